"""The flat card: the same rules, columns in and columns out."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reasons import SENTENCES, Refusal
from pipelines.screen import judge
from pipelines.screen.judging import COLUMNS

CARD = {
    "card_id": "c1", "source": "nowhere", "full_name": "Jane Roe", "first_name": "Jane", "last_name": "Roe",
    "company_name": "Sample Widgets Ltd", "job_title": "Buyer", "email_address": "jane.roe@samplewidgets.com",
    "phone": "+44 113 496 0000", "street_address": "1 High St", "locality": "Leeds", "region": "West Yorkshire",
    "postal_code": "LS1 1AA", "country_code": "GB", "website": "samplewidgets.com",
    "identifiers": "GB-COH:01234567;LEI:00000000000000000098",
}  # fmt: skip


def test_a_business_card_passes_whole() -> None:
    judgement = judge(CARD)
    assert judgement.kept == CARD
    assert list(judgement.kept) == list(CARD)
    assert judgement.refused == {}


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("email_address", "jane@gmail.com", Refusal.FREE_MAIL),
        ("email_address", "jane@janeroe.com", Refusal.PERSONAL_DOMAIN),
        ("phone", "+44 7700 900123", Refusal.MOBILE_PHONE),
        ("phone", "07700 900123", Refusal.MOBILE_PHONE),
        ("phone", "+44 70 1234 5678", Refusal.PREMIUM_PHONE),
        ("street_address", "Flat 3, 1 High St", Refusal.HOME_ADDRESS),
        ("job_title", "4111 1111 1111 1111", Refusal.CARD_NUMBER),
        ("website", "N/A", Refusal.UNUSABLE),
        ("locality", "-----", Refusal.UNUSABLE),
        ("phone", ["+44 113 496 0000"], Refusal.UNUSABLE),
        ("birth_date", "1970-01-01", Refusal.NOT_ON_CARD),
        ("gender", "", Refusal.NOT_ON_CARD),
    ],
)
def test_a_private_or_empty_value_is_refused_by_column(column: str, value: object, code: str) -> None:
    judgement = judge(CARD | {column: value})
    assert judgement.refused[column] == code
    assert column not in judgement.kept


def test_a_sensitive_person_goes_and_the_company_stays() -> None:
    judgement = judge(CARD | {"job_title": "Imam"})
    assert {"full_name", "first_name", "last_name", "job_title", "email_address", "phone"} <= set(judgement.refused)
    assert set(judgement.refused.values()) == {Refusal.SENSITIVE_TITLE}
    assert judgement.kept["company_name"] == "Sample Widgets Ltd"


def test_a_clerical_form_of_address_is_stripped_and_said() -> None:
    judgement = judge(CARD | {"full_name": "Rev. Jane Roe"})
    assert judgement.kept["full_name"] == "Jane Roe"
    assert judgement.refused == {"full_name": Refusal.CLERICAL_TITLE}


def test_a_person_without_a_company_has_no_business_role() -> None:
    judgement = judge({"card_id": "c1", "full_name": "Jane Roe", "email_address": "jane@samplewidgets.com"})
    assert judgement.kept == {}
    assert judgement.refused["full_name"] == Refusal.NO_BUSINESS_ROLE


def test_who_may_be_a_sole_trader_keeps_city_and_country() -> None:
    judgement = judge({"company_name": "Joe's Plumbing", "phone": "+44 113 496 0000", "street_address": "1 High St",
                       "locality": "Leeds", "country_code": "GB"})  # fmt: skip
    assert judgement.kept == {"company_name": "Joe's Plumbing", "locality": "Leeds", "country_code": "GB"}
    assert judgement.refused == {"phone": Refusal.SOLE_TRADER, "street_address": Refusal.SOLE_TRADER}


def test_a_source_that_lists_organisations_only_is_trusted_when_known() -> None:
    card = {"source": "fdic", "company_name": "Sample", "phone": "+1 212 555 0100"}
    assert "phone" in judge(card).kept
    assert judge(card | {"source": "nowhere"}).refused == {"phone": Refusal.SOLE_TRADER}


@pytest.mark.parametrize("empty", [None, math.nan, pd.NA, pd.NaT, "", "  "])
def test_empty_cells_are_absent(empty: object) -> None:
    judgement = judge(CARD | {"phone": empty})
    assert "phone" not in judgement.kept
    assert judgement.refused == {}


def test_nothing_gives_nothing() -> None:
    assert judge({}).kept == {}
    assert judge({}).refused == {}


VALUES: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.text(max_size=30), st.floats(), st.integers(), st.booleans(), st.binary(max_size=4),
    st.lists(st.text(max_size=3), max_size=2), st.sampled_from([*CARD.values(), "Rev. Fr. Jane Roe",
    "Pastor Pastor Roe",
    "Bishop Pastor Jim Roe", "Flat 3", "N/A", "Sample Church", "a@gmail.com", "Priest", "x;y;;z", "NA",
    "Hans Muster e.K."]),
)  # fmt: skip


@given(st.dictionaries(st.one_of(st.sampled_from(COLUMNS), st.text(max_size=5)), VALUES))
@settings(max_examples=600, deadline=None)
def test_it_never_breaks_and_what_it_keeps_it_keeps_again(card: dict[str, Any]) -> None:
    judgement = judge(card)
    assert set(judgement.kept) <= set(COLUMNS)
    assert all(code in SENTENCES for code in judgement.refused.values())
    again = judge(judgement.kept)
    assert again.kept == judgement.kept
    assert again.refused == {}
