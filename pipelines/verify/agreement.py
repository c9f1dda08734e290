"""Which independent families of sources state a value: copies of one feed are one witness, however many there are."""

from __future__ import annotations

import pandas as pd

STATED = ["subject", "field", "value"]
"""What a statement is about: one value of one field of one subject."""


def witnesses(evidence: pd.DataFrame) -> pd.DataFrame:
    """Folds the sources of each family into its strongest one.

    Args:
        evidence: A row a (subject, field, value, source), with `family`, `trust`, `age_months` and `strength` (0..1).

    Returns:
        A row a (subject, field, value, family): the row of its strongest source, the more trusted, younger and first by
        name of equals; the order of the rows of `evidence` is of no matter.
    """
    ranked = evidence.sort_values(
        [*STATED, "family", "strength", "trust", "age_months", "source"],
        ascending=[True, True, True, True, False, False, True, True],
        kind="stable",
    )
    return ranked.drop_duplicates([*STATED, "family"]).reset_index(drop=True)


def opposition(families: pd.DataFrame, weight: pd.Series) -> pd.DataFrame:
    """What speaks against each value: the families that hold only other values of the same field of the same subject.

    Args:
        families: As `witnesses` gives them.
        weight: Weight of each of its rows as evidence, at least 0.

    Returns:
        `families`' index; `against` (the sum of the weights of the opposing families, each by its strongest value) and
        `opponents` (their number), the same for all rows of one value.
    """
    rows = families[[*STATED, "family"]].assign(weight=weight, one=1)
    witness = rows.groupby(["subject", "field", "family"], sort=False)["weight"].transform("max")
    rows = rows.assign(witness=witness)
    heard = rows.drop_duplicates(["subject", "field", "family"])
    total = heard.groupby(["subject", "field"], sort=False)[["witness", "one"]].sum()
    total.columns = pd.Index(["all_weight", "all_count"])
    own = rows.groupby(STATED, sort=False)[["witness", "one"]].transform("sum")
    every = rows[["subject", "field"]].join(total, on=["subject", "field"])
    return pd.DataFrame(
        {
            # Sums in another order differ in the last digit: what is nothing must be exactly nothing.
            "against": (every["all_weight"] - own["witness"]).round(9).clip(lower=0.0),
            "opponents": (every["all_count"] - own["one"]).astype("int64"),
        }
    )
