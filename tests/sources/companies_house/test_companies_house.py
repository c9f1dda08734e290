"""Companies House: companies in two products, owners of every kind, and what is no party."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

import pytest

from pipelines.card import Card, Kind, Party, Role
from pipelines.faults import BadFile
from pipelines.reasons import FileFault, RecordFault, Refusal
from pipelines.sources.registry import sources
from tests.sources.american import INBOX, Found, firm, found_below, found_in, shown, values
from tests.world.model import Firm, Mention, Planted
from tests.world.writers.companies_house import Writer

FILES = Path(__file__).parent / "files"
BASIC = "BasicCompanyDataAsOneFile-2026-03-01.csv"
STAKES = "persons-with-significant-control-snapshot-2026-03-05.txt"
SNAPSHOT = "product183.dat"


def found(name: str) -> Found:
    return found_in("companies_house", name, (FILES / name).read_bytes())


def stakes() -> dict[str, Card]:
    return {card.key.removeprefix("00990011/psc/"): card for card in found(STAKES).cards}


def test_a_company_of_the_monthly_data() -> None:
    result = found(BASIC)
    card = result.cards[0]
    assert (result.feed, result.drift) == ("basic", {})
    assert (card.key, card.kind, card.party) == ("00990011", Kind.COMPANY, Party.COMPANY)
    assert card.updated_on == "2026-01-03"
    street = "C/O HOLLAND REVIEW LLP, PO Box 77, UNIT 3 SKERRY COURT, WOLD ROAD"
    assert shown(card) == [
        ("company_name", '"SKERRY & WOLD" (HOLDINGS) LIMITED', "legal"),
        ("identifier", "GB-COH:00990011", ""),
        ("company_name", "SKERRY LIMITED", "former"),
        ("company_name", "TENTH NAME AGO LTD", "former"),
        ("address", f"{street}, MARROWBY, NORTH WOLDSHIRE, YO9 9XX, GB", "registered"),
        ("legal_form", "Private Limited Company", ""),
        ("jurisdiction", "United Kingdom", ""),
        ("status", "active", ""),
        ("incorporated_on", "2012-02-29", ""),
        ("industry", "UKSIC:62020", ""),
        ("industry", "UKSIC:99999", ""),
    ]
    assert card.claims[4].parts == {
        "street_address": street,
        "locality": "MARROWBY",
        "region": "NORTH WOLDSHIRE",
        "postal_code": "YO9 9XX",
        "country_code": "GB",
    }


def test_a_dissolved_company_without_address_or_activity() -> None:
    card = found(BASIC).cards[1]
    assert card.updated_on == ""
    assert shown(card) == [
        ("company_name", "PELLOW WIDOWS' FUND", "legal"),
        ("identifier", "GB-COH:CE999901", ""),
        ("legal_form", "Charitable Incorporated Organisation", ""),
        ("jurisdiction", "United Kingdom", ""),
        ("status", "inactive", ""),
        ("incorporated_on", "2014-04-17", ""),
        ("dissolved_on", "2025-12-01", ""),
    ]


def test_an_overseas_company_is_not_placed_in_the_united_kingdom() -> None:
    card = found(BASIC).cards[2]
    assert shown(card) == [
        ("company_name", "ORLAND SHIPPING AS", "legal"),
        ("identifier", "GB-COH:FC000999", ""),
        ("address", "P.O. BOX 5, C/o Kaien 2, BERGHAVN", "registered"),
        ("legal_form", "Other company type", ""),
        ("jurisdiction", "NORWAY", ""),
        ("status", "active", ""),
    ]


def test_broken_and_numberless_rows_are_set_aside() -> None:
    assert found(BASIC).aside == {RecordFault.COLUMNS: 1, RecordFault.NO_KEY: 1}


def test_a_row_without_name_is_set_aside() -> None:
    content = (FILES / BASIC).read_bytes().replace(b"ORLAND SHIPPING AS", b"")
    assert found_in("companies_house", BASIC, content).aside[RecordFault.NO_NAME] == 1


def test_companies_of_the_snapshot_in_fixed_width() -> None:
    result = found(SNAPSHOT)
    assert (result.feed, result.drift, result.aside) == ("product_183", {}, {})
    skerry, pellow, gone = result.cards
    assert (skerry.key, skerry.updated_on, pellow.updated_on) == ("00990011", "2026-01-03", "")
    assert shown(skerry) == [
        ("company_name", "SKERRY & WOLD (HOLDINGS) LIMITED", "legal"),
        ("identifier", "GB-COH:00990011", ""),
        (
            "address",
            "C/O HOLLAND REVIEW LLP, PO Box 77, 3 WOLD ROAD, OLD QUARTER, MARROWBY, WOLDSHIRE, YO9 9XX, GB",
            "registered",
        ),
        ("legal_form", "Private Limited Company", ""),
        ("jurisdiction", "England and Wales", ""),
        ("status", "active", ""),
        ("incorporated_on", "2012-02-29", ""),
    ]
    assert shown(pellow) == [
        ("company_name", "PELLOW HOUSING CO-OPERATIVE", "legal"),
        ("identifier", "GB-COH:SP99991R", ""),
        ("address", "SKERRY HOUSE, 1 LOW STREET, PELLOW, EH9 9XX, SCOTLAND", "registered"),
        ("jurisdiction", "Scotland", ""),
        ("status", "active", ""),
        ("incorporated_on", "2002-04-30", ""),
    ]
    assert ("status", "inactive", "") in shown(gone)


def test_an_individual_is_an_owner_at_the_company() -> None:
    cards = stakes()
    company, owner = cards["individual/aa1"], cards["individual/aa1/owner"]
    assert (company.kind, shown(company)) == (Kind.COMPANY, [("identifier", "GB-COH:00990011", "")])
    assert (owner.kind, owner.party, owner.role, owner.employer) == (
        Kind.PERSON,
        Party.PERSON,
        Role.OWNER,
        company.key,
    )
    assert (owner.started_on, owner.ended_on) == ("2016-04-06", "2019-10-11")
    assert shown(owner) == [("full_name", "Orla Jo Wexcombe", "")]
    assert owner.claims[0].parts == {"first_name": "Orla", "middle_name": "Jo", "last_name": "Wexcombe"}


def test_an_individual_without_name_elements_keeps_the_name_as_written() -> None:
    assert shown(stakes()["individual/aa2/owner"]) == [("full_name", "Mr Tavish Brask", "")]


def test_a_british_owner_is_a_relation_of_the_company() -> None:
    cards = stakes()
    company, owner = cards["corporate-entity/bb1"], cards["corporate-entity/bb1/owner"]
    assert shown(company)[1:] == [("relation", "GB-COH:00990099", "controlled_by")]
    assert (company.started_on, company.ended_on) == ("2018-05-06", "2024-05-06")
    assert (owner.kind, owner.employer, owner.ended_on) == (Kind.COMPANY, "", "")
    assert shown(owner) == [
        ("company_name", "Pellow Quay Limited", "legal"),
        ("identifier", "GB-COH:00990099", ""),
        ("legal_form", "Limited Company", ""),
        ("jurisdiction", "Engalnd And Wales", ""),
    ]


@pytest.mark.parametrize("key", ["corporate-entity/bb2", "legal-person/cc1"])
def test_an_owner_of_another_register_gets_no_british_number(key: str) -> None:
    cards = stakes()
    assert shown(cards[key]) == [("identifier", "GB-COH:00990011", "")]
    assert not any(name == "identifier" for name, _, _ in shown(cards[f"{key}/owner"]))


def test_a_protected_owner_is_restricted_and_nameless() -> None:
    owner = stakes()["super-secure/dd1/owner"]
    assert (owner.restriction, owner.claims) == (Refusal.SOURCE_RESTRICTION, [])


def test_what_is_private_is_refused_and_counted() -> None:
    result = found(STAKES)
    assert result.drift == {}
    assert result.refused == {
        ("data/name_elements/title", "gender"): 1,
        ("data/nationality", "nationality"): 1,
        ("data/country_of_residence", "nationality"): 1,
        ("data/date_of_birth/month", "birth"): 1,
        ("data/date_of_birth/year", "birth"): 1,
        ("data/address/premises", "home"): 1,
        ("data/address/address_line_1", "home"): 2,
        ("data/address/locality", "home"): 1,
        ("data/address/postal_code", "home"): 1,
        ("data/natures_of_control", "ownership"): 3,
        ("data/identity_verification_details/identity_verified_on", "personal_id"): 1,
        ("data/identity_verification_details/preferred_name", "personal_id"): 1,
    }
    for private in ("Freedonian", "Sylvania", "1955", "Private Lane", "Elmhollow", "voting-rights", "Mrs"):
        assert private not in values(result.cards)


def test_statements_unknown_kinds_and_nameless_records_are_set_aside() -> None:
    assert found(STAKES).aside == {
        RecordFault.UNREADABLE: 1,
        RecordFault.NOT_A_PARTY: 3,
        RecordFault.PARSER: 1,
        RecordFault.NO_KEY: 1,
        RecordFault.NO_NAME: 2,
    }


def test_weekly_filings_are_known_and_not_read() -> None:
    head = "AAAAAAAA32252026030220260302202603022026030220260302\nCE999901  020     20260302\n"
    assert sources()["companies_house"].feed_of("product101.txt", head) is None
    assert sources()["companies_house"].knows("product101.txt", head)


@pytest.mark.parametrize(
    ("name", "cut", "fault"),
    [
        (BASIC, lambda content: content[:-100], FileFault.TRUNCATED),
        (BASIC, lambda content: content.replace(b"RegAddress.PostTown", b"RegAddress.Town"), FileFault.COLUMN),
        (BASIC, lambda content: content.replace(b"SKERRY COURT", b"SK\xcbRRY COURT"), FileFault.ENCODING),
        (STAKES, lambda content: content[:-20], FileFault.TRUNCATED),
        (STAKES, lambda _: b'<!DOCTYPE html>\n<html><script>{"kind": 1}</script></html>', FileFault.HTML),
        (SNAPSHOT, lambda content: content[:-40], FileFault.TRUNCATED),
    ],
)
def test_a_bad_file_is_refused_whole(name: str, cut: object, fault: FileFault) -> None:
    assert callable(cut)
    with pytest.raises(BadFile) as caught:
        found_in("companies_house", name, cut((FILES / name).read_bytes()))
    assert caught.value.fault == fault


def invented(number: int) -> Firm:
    one = firm(number)
    director, *others = one.people
    return dataclasses.replace(
        one,
        country="US" if number % 9 == 8 else "GB",
        number=f"{9_000 + number:08d}",
        name=f"Quillon & Brask {number} Ltd",
        people=(director, *(dataclasses.replace(other, role="owner") for other in others)) if number % 2 else (),
    )


def test_the_writer_and_the_parser_agree(tmp_path: Path) -> None:
    writer = Writer(tmp_path, random.Random(7), "2026-03-05")
    told = [truth for number in range(40) for truth in writer.add(invented(number))]
    writer.close()
    results = [result for _, result in found_below("companies_house", tmp_path)]
    cards = [card for result in results for card in result.cards]
    mentions = [one for one in told if isinstance(one, Mention)]
    assert sorted((card.key, card.kind) for card in cards) == sorted((one.key, one.kind) for one in mentions)
    assert {result.feed for result in results} == {"basic", "psc"}
    assert not any(result.drift for result in results)
    assert any(card.restriction for card in cards)
    assert sum(result.aside[RecordFault.COLUMNS] + result.aside[RecordFault.UNREADABLE] for result in results) == 2
    planted = [one.value for one in told if isinstance(one, Planted)]
    assert planted
    assert not any(value in values(cards) for value in planted)


@pytest.mark.skipif(not (INBOX / "companies_house").is_dir(), reason="the shared inbox is not beside the checkout")
def test_every_file_of_the_inbox_is_understood() -> None:
    results = list(found_below("companies_house", INBOX / "companies_house"))
    assert {result.feed for _, result in results} == set(sources()["companies_house"].feeds)
    for file, result in results:
        assert (result.drift, bool(result.cards)) == ({}, True), file.name
