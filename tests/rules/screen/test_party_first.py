"""Party first: who may be a natural person is told by every sign that a source gives, and keeps name and place only."""

from __future__ import annotations

import pytest

from pipelines.card import Card, Kind, Party, Role
from pipelines.screen.party import classify, leads_to_a_person
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


def registered(name: str, form: str = "") -> Card:
    card = placed(
        company(name, *([("legal_form", form, "")] if form else [])), "registered", "Rose Cottage, 4 Ash Close"
    )
    card.party = Party.COMPANY
    return card


@pytest.mark.parametrize(
    "name",
    ["Sven Quellar Will Trust", "The Quellar Discretionary Trust", "Quellar Discretionary Discounted Gift Trust",
     "The Quellar Family Trust of 2022", "Quellar Family Discretionary Settlement", "S Quellar 1987 Settlement",
     "Wilma Quellar Deceased", "Estate of Sven Quellar", "S Quellar SIPP", "Sven Quellar (Deceased) Will Trust",
     "S W Quellar Pension Scheme", "Pension Scheme of Mr Quellar", "Mrs W Quellar Trust", "Quellar Familienstiftung",
     "Fiducie familiale Quellar", "Quellar Trustees Ltd as trustee of the Quellar Family Trust",
     "Sven Quellar Living Trust"],
)  # fmt: skip
def test_a_familys_trust_is_in_doubt_whatever_a_register_says(name: str) -> None:
    assert classify(registered(name)) is Party.UNKNOWN
    assert kept(registered(name)) == {"company_name": name, "address": "Leeds, GB"}


def test_a_trust_may_be_a_familys_by_its_legal_form() -> None:
    assert classify(registered("Quellar", "Discretionary Trust")) is Party.UNKNOWN


@pytest.mark.parametrize(
    "name",
    ["Quellar Investment Trust plc", "Quellar Unit Trust", "Quellar Family Trust Company",
     "Zorbury NHS Trust", "Quellar REIT",
     "Quellar Family Trust Ltd", "Quellar SIPP Trustees Limited", "Zorbury Real Estate of Quell Inc",
     "Zorbury Personal Injury Settlement Trust", "Zorbury University Settlement", "Quellar Auto Loan Trust 2020-1",
     "Zorbury Ports Pension Scheme", "Zorbury Family Housing Trust"],
)  # fmt: skip
def test_a_trust_in_business_keeps_its_address(name: str) -> None:
    assert classify(registered(name)) is Party.COMPANY
    assert "Rose Cottage" in kept(registered(name))["address"]


@pytest.mark.parametrize(
    "street",
    ["Clerk: Mrs W Quellen, 4 Ash Close", "4 Ash Close, Mrs. W Quellen", "c/o Herrn Quell, Birkenweg 7",
     "Owner: Quellar, 7 Birch Lane",
     "Attn: Sven Quellar, 7 Birch Lane", "Prof. Sven Quellar, 7 Birch Lane"],
)  # fmt: skip
def test_a_street_may_lead_to_a_person(street: str) -> None:
    assert leads_to_a_person(street)


@pytest.mark.parametrize(
    "street",
    ["1 High Street", "100 Quarry Dr Suite 5", "Dr Quell Hospital, 1 Ash Way", "Rua Dr. Quellar 5",
     "Quarry, MS 39201", "Herrenweg 4",
     "Attn: Procurement Department, 1 High Street", "Director House, 1 High Street", ""],
)  # fmt: skip
def test_a_street_named_after_somebody_does_not(street: str) -> None:
    assert not leads_to_a_person(street)
