"""How sure a value is: log-odds of its sources' trust, age, independent agreement, verification and contradiction."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pipelines.verify.agreement import STATED, opposition, witnesses
from pipelines.verify.outcome import Status

HALF_LIFE: Mapping[str, float] = {
    "job_title": 37, "department": 37, "email_address": 42, "phone": 72, "website": 72, "social_profile": 72,
    "relation": 72, "address": 120, "status": 120, "industry": 120, "full_name": 240, "company_name": 240,
    "legal_form": 240,
}  # fmt: skip
"""Months after which half of the values of a field are no longer right; a field that is not here does not age.

Titles 3.1 years, e-mail 3.5, telephone 6: the figures that vendors quote, to be replaced by the measured ones.
"""

SINGLE_VALUED = frozenset({"full_name", "job_title", "legal_form", "status", "incorporated_on", "jurisdiction"})
"""Fields of which a subject has one value, so that two values contradict each other."""

CHECKED: Mapping[str, float] = {
    str(Status.VALID): 0.4, str(Status.UNKNOWN): 0.0, str(Status.RISKY): -1.0, str(Status.INVALID): -4.0,
}  # fmt: skip
"""What verification adds to the log-odds."""

CORROBORATION, CONTRADICTION = 0.7, 0.9
"""Weights of another family's word, for and against: below 1, for families are never wholly independent."""

_LEAST, _MOST = 0.01, 0.99
_PLACES = 3

COLUMNS = [*STATED, "confidence", "source_count", "family_count", "factors"]


def score(evidence: pd.DataFrame) -> pd.DataFrame:
    """Scores every value of every subject.

    Args:
        evidence: A row a (subject, field, value, source), with `family` (text), `trust` (0..1), `age_months` (>= 0) and
            `status` (a value of `outcome.Status`).

    Returns:
        A row a (subject, field, value), sorted by them: `confidence` (0..1, three places), `source_count`,
        `family_count` and `factors`, which says what it is made of. The order of the input is of no matter.
    """
    if evidence.empty:
        return _empty()
    weighed = evidence.assign(strength=_strength(evidence), check=evidence["status"].map(CHECKED).fillna(0.0))
    families = witnesses(weighed)
    families["support"] = -np.log1p(-families["strength"])
    families = families.join(opposition(families, families["support"]))
    scored = _best(families).join(_counts(weighed), on=STATED)
    single = scored["field"].isin(SINGLE_VALUED)
    scored["opponents"] = scored["opponents"].where(single, 0)
    against = scored["against"].where(single, 0.0)
    odds = np.log(scored["strength"] / (1 - scored["strength"])) + scored["check"]
    odds += CORROBORATION * scored["corroboration"] - CONTRADICTION * against
    scored["confidence"] = (1 / (1 + np.exp(-odds))).clip(_LEAST, _MOST).round(_PLACES)
    scored["factors"] = _factors(scored)
    return scored.sort_values(STATED, kind="stable")[COLUMNS].reset_index(drop=True)


def _strength(evidence: pd.DataFrame) -> pd.Series:
    """The chance that what the source states is right today: its trust, halved with every half-life."""
    half_life = evidence["field"].map(HALF_LIFE).astype("float64").fillna(np.inf)
    aged: pd.Series = evidence["trust"].astype("float64") * np.exp2(
        -evidence["age_months"].astype("float64") / half_life
    )
    return aged.clip(_LEAST, _MOST)


def _best(families: pd.DataFrame) -> pd.DataFrame:
    """The strongest family of each value, with what the others add (`corroboration`)."""
    ranked = families.sort_values(
        [*STATED, "strength", "trust", "age_months", "family"],
        ascending=[True, True, True, False, False, True, True],
        kind="stable",
    )
    whole = ranked.groupby(STATED, sort=False)["support"].transform("sum")
    ranked["corroboration"] = (whole - ranked["support"]).round(9).clip(lower=0.0)
    return ranked.drop_duplicates(STATED).drop(columns=["check", "status"]).reset_index(drop=True)


def _counts(weighed: pd.DataFrame) -> pd.DataFrame:
    """Per value: how many sources and families state it, and the best that verification said of it."""
    best = weighed.sort_values("check", ascending=False, kind="stable").drop_duplicates(STATED)
    counts = weighed.groupby(STATED, sort=False).agg(
        source_count=("source", "nunique"), family_count=("family", "nunique"), check=("check", "max")
    )
    return counts.join(best.set_index(STATED)["status"])


def _factors(scored: pd.DataFrame) -> pd.Series:
    text = "prior " + scored["trust"].astype("float64").map("{:.2f}".format)
    more = scored["family_count"] - 1
    text += ("; +" + more.astype("str") + _plural(more, " family", " families")).where(more > 0, "")
    text += "; age " + scored["age_months"].astype("str") + _plural(scored["age_months"], " month", " months")
    text += "; status " + scored["status"].astype("str")
    opponents = scored["opponents"]
    against = "; contradicted by " + opponents.astype("str") + _plural(opponents, " family", " families")
    return text + against.where(opponents > 0, "")


def _plural(count: pd.Series, one: str, many: str) -> pd.Series:
    return pd.Series(np.where(count == 1, one, many), index=count.index, dtype="str")


def _empty() -> pd.DataFrame:
    types = {"confidence": "float64", "source_count": "int64", "family_count": "int64"}
    return pd.DataFrame({name: pd.Series(dtype=types.get(name, "str")) for name in COLUMNS})
