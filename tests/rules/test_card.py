"""The business card: only its fields, labels and parts may exist, and what they are called says nothing."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.card import (
    ADDRESS_PARTS,
    CARD,
    CARD_COLUMNS,
    CLAIM_COLUMNS,
    NAME_PARTS,
    Card,
    Claim,
    Kind,
    Party,
    Role,
    card_id,
    card_row,
    claim_rows,
)

SECRET = "s3cret"


def test_every_field_says_what_it_is_for() -> None:
    for name, spec in CARD.items():
        assert spec.name == name
        assert spec.meaning.endswith(".")
        assert spec.of
        assert spec.data_class in {"business-card", "register"}
        assert spec.purpose in {"contact", "identify", "relate"}
        assert set(spec.parts) <= {*NAME_PARTS, *ADDRESS_PARTS}


@pytest.mark.parametrize(
    ("field", "label", "parts", "named"),
    [
        ("birth_date", "", {}, "'birth_date'"),
        ("phone", "secretary", {}, "'secretary'"),
        ("phone", "", {"street_address": SECRET}, "'street_address'"),
        ("address", "", {"first_name": SECRET}, "'first_name'"),
    ],
)
def test_what_is_not_on_the_card_is_refused_by_name(field: str, label: str, parts: dict[str, str], named: str) -> None:
    with pytest.raises(ValueError, match=named) as refused:
        Claim(field, SECRET, label, parts)
    assert SECRET not in str(refused.value)


def test_blank_values_add_nothing() -> None:
    card = Card(Kind.COMPANY, "1")
    for value in (None, "", "  \t\n"):
        card.add("company_name", value)
        card.add("address", value, "registered", locality=value, region="")
    assert card.claims == []


def test_parts_are_joined_for_reading_in_their_order() -> None:
    card = Card(Kind.PERSON, "1")
    card.add("full_name", None, last_name=" Roe ", first_name="Jane", middle_name=" ")
    card.add("address", None, "work", country_code="US", street_address="1 Main St")
    card.add("full_name", " Dr. Jane Roe ", first_name="Jane")
    assert [claim.value for claim in card.claims] == ["Jane Roe", "1 Main St, US", "Dr. Jane Roe"]
    assert card.claims[0].parts == {"last_name": "Roe", "first_name": "Jane"}


def test_rows_have_the_columns_of_the_lake() -> None:
    card = Card(Kind.PERSON, "1/jane", Party.PERSON, "1", Role.OFFICER, "2019", "", "2026-01-01")
    card.add("full_name", None, first_name="Jane", last_name="Roe")
    header = card_row(card, "gleif", "level1", "s1")
    assert tuple(header) == CARD_COLUMNS
    assert header["employer_card_id"] == card_id("gleif", "1")
    assert (header["kind"], header["party"], header["role"]) == ("person", "person", "officer")
    (claim,) = claim_rows(card, "gleif")
    assert set(claim) <= set(CLAIM_COLUMNS)
    assert (claim["card_id"], claim["value"], claim["first_name"]) == (header["card_id"], "Jane Roe", "Jane")


def test_a_card_without_employer_or_role_has_blanks() -> None:
    header = card_row(Card(Kind.COMPANY, "1"), "gleif", "level1", "s1")
    assert (header["employer_card_id"], header["role"], header["party"]) == ("", "", "unknown")


@given(st.text(), st.text(), st.text(), st.text())
def test_ids_are_uuids_that_only_source_and_key_decide(source: str, key: str, other: str, more: str) -> None:
    made = card_id(source, key)
    assert str(uuid.UUID(made)) == made == card_id(source, key)
    if "\x1f" not in source + key + other + more and (source, key) != (other, more):
        assert card_id(other, more) != made
