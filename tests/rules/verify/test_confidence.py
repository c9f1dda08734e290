"""What confidence promises: bounded, monotone, deaf to copies, and explained."""

from __future__ import annotations

from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.verify.confidence import COLUMNS, score

ROWS = st.fixed_dictionaries({
    "subject": st.sampled_from(["s1", "s2"]),
    "field": st.sampled_from(["job_title", "email_address", "phone", "identifier", "full_name", "status"]),
    "value": st.sampled_from(["a", "b", "c"]),
    "family": st.sampled_from(["f1", "f2", "f3"]),
    "trust": st.floats(0, 1),
    "age_months": st.integers(0, 400),
    "status": st.sampled_from(["valid", "risky", "unknown", "invalid"]),
})  # fmt: skip

Row = dict[str, Any]


def evidence(rows: list[Row]) -> pd.DataFrame:
    """Rows with a source of their own in their family."""
    return pd.DataFrame([{"source": f"{row['family']}-{at}", **row} for at, row in enumerate(rows)])


def of(frame: pd.DataFrame, row: Row) -> float:
    """Confidence of the row's value."""
    same = (frame["subject"] == row["subject"]) & (frame["field"] == row["field"]) & (frame["value"] == row["value"])
    return float(frame.loc[same, "confidence"].iloc[0])


def row(**changed: Any) -> Row:
    base = {"subject": "s", "field": "job_title", "value": "a", "family": "f1", "trust": 0.8, "age_months": 14,
            "status": "valid"}  # fmt: skip
    return base | changed


@settings(deadline=None, max_examples=60)
@given(st.lists(ROWS, min_size=1, max_size=12))
def test_one_bounded_score_a_value_whatever_the_order(rows: list[Row]) -> None:
    frame = evidence(rows)
    scored = score(frame)
    assert list(scored.columns) == COLUMNS
    assert scored["confidence"].between(0, 1).all()
    assert len(scored) == len(frame[["subject", "field", "value"]].drop_duplicates())
    pd.testing.assert_frame_equal(scored, score(frame.iloc[::-1]))


@settings(deadline=None, max_examples=60)
@given(st.lists(ROWS, min_size=1, max_size=8), st.data())
def test_a_feed_copied_within_its_family_changes_nothing(rows: list[Row], data: st.DataObject) -> None:
    frame = evidence(rows)
    copied = frame.iloc[[data.draw(st.integers(0, len(rows) - 1))]].assign(source="copy")
    both = pd.concat([frame, copied], ignore_index=True)
    pd.testing.assert_series_equal(score(frame)["confidence"], score(both)["confidence"])


@settings(deadline=None, max_examples=60)
@given(st.lists(ROWS, min_size=1, max_size=8), st.floats(0, 1), st.integers(0, 400))
def test_an_independent_family_raises(rows: list[Row], trust: float, age: int) -> None:
    first = rows[0]
    frame = evidence(rows)
    another = pd.DataFrame([{**first, "source": "n", "family": "new", "trust": trust, "age_months": age}])
    assert of(score(pd.concat([frame, another], ignore_index=True)), first) >= of(score(frame), first)


@settings(deadline=None, max_examples=60)
@given(ROWS, st.integers(1, 200))
def test_ageing_lowers(one: Row, months: int) -> None:
    older = {**one, "age_months": one["age_months"] + months}
    assert of(score(evidence([older])), one) <= of(score(evidence([one])), one)


@settings(deadline=None, max_examples=60)
@given(ROWS, st.floats(0, 1))
def test_trust_raises(one: Row, trust: float) -> None:
    low, high = sorted((one["trust"], trust))
    assert of(score(evidence([{**one, "trust": low}])), one) <= of(score(evidence([{**one, "trust": high}])), one)


def confidence(*rows: Row) -> float:
    return of(score(evidence(list(rows))), rows[0])


def test_a_second_family_a_check_and_youth_show_in_the_figure() -> None:
    assert confidence(row(), row(family="f2")) > confidence(row())
    assert confidence(row(age_months=0)) > confidence(row()) > confidence(row(age_months=60))
    assert confidence(row(status="valid")) > confidence(row(status="unknown")) > confidence(row(status="risky"))


def test_identifiers_do_not_age() -> None:
    assert confidence(row(field="identifier", age_months=0)) == confidence(row(field="identifier", age_months=600))


def test_only_single_valued_fields_contradict_and_only_other_families() -> None:
    other = row(value="b", family="f2")
    assert confidence(row(), other) < confidence(row())
    assert confidence(row(), row(value="b")) == confidence(row())
    assert confidence(row(field="phone"), {**other, "field": "phone"}) == confidence(row(field="phone"))
    assert confidence(row(), {**other, "subject": "t"}) == confidence(row())


def test_the_factors_say_what_it_is_made_of() -> None:
    scored = score(evidence([row(trust=0.97), row(family="f2", trust=0.5), row(value="b", family="f3", age_months=1)]))
    assert scored["factors"].tolist() == [
        "prior 0.97; +1 family; age 14 months; status valid; contradicted by 1 family",
        "prior 0.80; age 1 month; status valid; contradicted by 2 families",
    ]
    assert scored["source_count"].tolist() == scored["family_count"].tolist() == [2, 1]


def test_no_evidence_no_scores() -> None:
    empty = score(evidence([row()]).iloc[:0])
    assert (len(empty), list(empty.columns)) == (0, COLUMNS)
