"""Party first: who may be a natural person is told by every sign that a source gives, and keeps name and place only."""

from __future__ import annotations

import pytest

from pipelines.card import Card, Kind, Party, Role
from pipelines.screen.party import classify
from pipelines.screen.screening import screen
from tests.rules.screen.test_screening import SOURCE, company, person, placed

WAYS = (
    ("email_address", "info@flowers-sample.com", ""), ("phone", "+44 113 496 0000", "work"),
    ("social_profile", "https://facebook.com/flowers", ""), ("identifier", "LEI:529900T8BM49AURSDO55", ""),
)  # fmt: skip
SITE = ("website", "https://flowers-sample.com", "")


@pytest.mark.parametrize(
    "form",
    ["1000", "2135", "FIE", "ENK", "MEI", "10", "Individual", "Einzelunternehmen", "Sole Proprietorship",
     "Entrepreneur individuel", "Empresario individual", "Ditta individuale", "Eenmanszaak", "Enkeltmandsvirksomhed"],
)  # fmt: skip
def test_a_legal_form_of_one_person_proves_a_sole_trader(form: str) -> None:
    assert classify(company("Blue Flowers", ("legal_form", form, ""))) is Party.SOLE_TRADER


@pytest.mark.parametrize("name", ["Jane Roe", "Jane Roe Trucking", "J ROE TRANSPORT", "Roe & Son"])
def test_a_carrier_that_bears_a_persons_name_may_be_one(name: str) -> None:
    assert classify(company(name)) is Party.UNKNOWN


def kept(card: Card) -> dict[str, str]:
    (left,) = screen([card], SOURCE).kept
    return {claim.field: claim.value for claim in left.claims}


def test_a_proven_sole_trader_keeps_name_place_and_numbers() -> None:
    card = placed(company("Blue Flowers", ("legal_form", "1000", ""), SITE, *WAYS))
    assert kept(card) == {
        "company_name": "Blue Flowers", "legal_form": "1000", "identifier": "LEI:529900T8BM49AURSDO55",
        "address": "Leeds, GB",
    }  # fmt: skip


def test_who_may_be_one_keeps_the_site_as_well() -> None:
    card = placed(company("Blue Flowers", SITE, *WAYS))
    assert set(kept(card)) == {"company_name", "identifier", "website", "address"}
    assert kept(card)["address"] == "Leeds, GB"


def test_what_the_parser_proves_outweighs_the_name() -> None:
    trader = company("Muster Handels GmbH", SITE, *WAYS)
    trader.party = Party.SOLE_TRADER
    assert set(kept(trader)) == {"company_name", "identifier"}
    natural = company("Muster Handels GmbH", *WAYS)
    natural.party = Party.PERSON
    assert screen([natural], SOURCE).kept == []


def test_staff_of_a_sole_trader_keep_name_and_title() -> None:
    screened = screen([company("Hans Muster e.K."), person(*WAYS[:2], SITE)], SOURCE)
    staff = next(card for card in screened.kept if card.kind is Kind.PERSON)
    assert {claim.field for claim in staff.claims} == {"full_name", "job_title"}
    assert staff.role is Role.EMPLOYEE
