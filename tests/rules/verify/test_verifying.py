"""The batch form of verify: its columns, its order, and that it says what `check` says."""

from __future__ import annotations

import pickle

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.verify import check
from pipelines.verify.fields import RULES
from pipelines.verify.verifying import INPUT_COLUMNS, OUTPUT_COLUMNS, verify


def batch(*claims: dict[str, object]) -> pd.DataFrame:
    """Claims as verify takes them, with numbers of their own."""
    rows = [{"distinct_id": number, **claim} for number, claim in enumerate(claims, start=10)]
    return pd.DataFrame(rows, columns=list(INPUT_COLUMNS))


def test_a_row_for_each_normal_value_and_one_for_none() -> None:
    out = verify(batch(
        {"field": "email_address", "value": "a@roe.com; info@roe.com"},
        {"field": "email_address", "value": "none"},
        {"field": "address", "value": "", "country": "GB", "street_address": "1 HIGH STREET", "locality": "LEITH",
         "postal_code": "eh66aa"},
    ))  # fmt: skip
    assert list(out.columns) == list(OUTPUT_COLUMNS)
    assert out["distinct_id"].tolist() == [10, 10, 11, 12]
    assert out["value_no"].tolist() == [0, 1, 0, 0]
    assert out["normal"].tolist() == ["a@roe.com", "info@roe.com", "", "1 High Street, Leith, EH6 6AA, GB"]
    assert out["status"].tolist() == ["valid", "risky", "invalid", "valid"]
    assert out["reasons"].tolist() == ["several", "role_mailbox;several", "placeholder", ""]
    assert out["domain"].tolist() == ["roe.com", "roe.com", "", ""]
    assert out["postal_code"].tolist() == ["", "", "", "EH6 6AA"]


def test_the_columns_are_typed_and_never_missing() -> None:
    out = verify(batch({"field": "phone", "value": "020 7946 0123", "country": float("nan")}))
    assert str(out.dtypes["distinct_id"]) == str(out.dtypes["value_no"]) == "int64"
    assert all(str(out.dtypes[name]) == "str" for name in OUTPUT_COLUMNS[2:])
    assert not out.isna().any().any()
    empty = verify(batch())
    assert (len(empty), list(empty.dtypes)) == (0, list(out.dtypes))


def test_the_function_travels_to_another_process() -> None:
    claims = batch({"field": "company_name", "value": "Roe Ltd"})
    travelled = pickle.loads(pickle.dumps(verify))  # noqa: S301 - our own bytes
    pd.testing.assert_frame_equal(travelled(claims), verify(claims))


def test_an_unknown_field_is_named() -> None:
    with pytest.raises(ValueError, match="shoe_size"):
        verify(batch({"field": "shoe_size", "value": "44"}))


CLAIMS = st.fixed_dictionaries({
    "field": st.sampled_from(sorted(RULES)),
    "value": st.one_of(st.text(max_size=30), st.just(float("nan"))),
    "country": st.sampled_from(["", "GB", "Deutschland", "nowhere"]),
    "last_name": st.one_of(st.just(""), st.text(max_size=10)),
    "region": st.one_of(st.just(""), st.text(max_size=10)),
    "postal_code": st.one_of(st.just(""), st.text(max_size=10)),
})  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(CLAIMS, max_size=6))
def test_a_batch_of_any_text_comes_out_and_says_what_check_says(claims: list[dict[str, object]]) -> None:
    frame = batch(*claims)
    out = verify(frame)
    assert out["distinct_id"].drop_duplicates().tolist() == frame["distinct_id"].tolist()
    pd.testing.assert_frame_equal(out, verify(frame))
    for number, claim in zip(frame["distinct_id"], claims, strict=True):
        if claim["field"] in ("full_name", "address") or not isinstance(claim["value"], str):
            continue
        rows = out[out["distinct_id"] == number]
        expected = check(str(claim["field"]), claim["value"], str(claim["country"]))
        assert [value for value in rows["normal"] if value] == list(expected.values)
