from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from pipelines.card import Kind, Party, Role
from pipelines.faults import BadFile
from pipelines.reasons import FileFault, RecordFault
from pipelines.sources.edgar.parse import name_key
from pipelines.sources.registry import sources
from tests.sources.american import INBOX, found_below, found_in, shown, values, written
from tests.world.writers.edgar import Writer

HERE = Path(__file__).parent

SUBMISSION: dict[str, Any] = {
    "cik": "7000001",
    "entityType": "operating",
    "sic": "3711",
    "sicDescription": "Motor Vehicles",
    "ownerOrg": "04 Manufacturing",
    "insiderTransactionForOwnerExists": 0,
    "insiderTransactionForIssuerExists": 1,
    "name": "WREN HOLLOW MOTORS INC /DE/",
    "tickers": ["WREN"],
    "exchanges": ["Nasdaq"],
    "ein": "009999999",
    "lei": None,
    "website": "",
    "stateOfIncorporation": "DE",
    "stateOfIncorporationDescription": "DE",
    "addresses": {
        "mailing": {"street1": "PO BOX 7", "street2": "None", "city": "OTTAWA", "stateOrCountry": "A6",
                    "zipCode": "K1A 0B1", "stateOrCountryDescription": "Ontario, Canada"},
        "business": {"street1": "1 QUARRY RD", "street2": "STE 4", "city": "MAPLEWICK", "stateOrCountry": "OH",
                     "zipCode": "43001", "stateOrCountryDescription": "OH", "isForeignLocation": 0},
    },
    "phone": "(614) 555-0110",
    "formerNames": [{"name": "WREN CARTS CO", "from": "2005-02-17T00:00:00.000Z", "to": "2017-01-27T00:00:00.000Z"}],
    "filings": {"recent": {"accessionNumber": ["0000000000-26-000001"] * 3}, "files": []},
}  # fmt: skip


def submission(**changed: object) -> bytes:
    return json.dumps(SUBMISSION | changed).encode()


def form(name: str) -> bytes:
    return (HERE / name).read_bytes()


def test_a_ticker_is_a_company_and_every_share_class_a_card_of_its_own() -> None:
    listed = {
        "0": {"cik_str": 7000001, "ticker": "WREN", "title": "Wren Hollow Motors, Inc."},
        "1": {"cik_str": 7000001, "ticker": "WREN-B", "title": "Wren Hollow Motors, Inc."},
        "2": {"ticker": "LOST", "title": "Numberless Corp"},
        "3": {"cik_str": 7000002, "ticker": "MUTE", "title": ""},
    }
    found = found_in("edgar", "company_tickers.json", json.dumps(listed).encode())
    assert [card.key for card in found.cards] == ["0007000001/ticker/WREN", "0007000001/ticker/WREN-B"]
    assert shown(found.cards[0]) == [
        ("company_name", "Wren Hollow Motors, Inc.", "legal"),
        ("identifier", "US-CIK:0007000001", ""),
    ]
    assert found.aside == {RecordFault.NO_KEY: 1, RecordFault.NO_NAME: 1}


@pytest.mark.parametrize(
    ("conformed", "name"),
    [
        ("WREN CORP /DE/", "WREN CORP"),
        ("Wren plc/ADR", "Wren plc"),
        ("WREN CORP/", "WREN CORP"),
        ("WREN SA /FI", "WREN SA"),
        ("Wren Pharma A/S", "Wren Pharma A/S"),
        ("Wren SA/NV", "Wren SA/NV"),
    ],
)
def test_what_edgar_hangs_on_a_name_is_taken_off(conformed: str, name: str) -> None:
    listed = {"0": {"cik_str": 7000001, "ticker": "WREN", "title": conformed}}
    [card] = found_in("edgar", "company_tickers.json", json.dumps(listed).encode()).cards
    assert shown(card)[0] == ("company_name", name, "legal")


def test_a_submission_is_a_company_with_numbers_addresses_and_former_names() -> None:
    found = found_in("edgar", "CIK0007000001.json", submission())
    [card] = found.cards
    assert (card.kind, card.party, card.key) == (Kind.COMPANY, Party.COMPANY, "0007000001")
    assert shown(card) == [
        ("company_name", "WREN HOLLOW MOTORS INC", "legal"),
        ("identifier", "US-CIK:0007000001", ""),
        ("company_name", "WREN CARTS CO", "former"),
        ("identifier", "US-EIN:009999999", ""),
        ("industry", "US-SIC:3711", ""),
        ("jurisdiction", "US-DE", ""),
        ("address", "1 QUARRY RD, STE 4, MAPLEWICK, OH, 43001, US", "headquarters"),
        ("address", "PO BOX 7, OTTAWA, Ontario, K1A 0B1, CA", "mailing"),
        ("phone", "(614) 555-0110", "organisation"),
    ]
    assert not found.drift
    assert not found.refused


def test_a_foreign_filer_keeps_its_country_as_written() -> None:
    place = {"street1": "1 Kai", "city": "Oslo", "stateOrCountry": "Q8", "stateOrCountryDescription": "Norway",
             "zipCode": None}  # fmt: skip
    content = submission(
        addresses={"business": place}, stateOfIncorporation="Q8", stateOfIncorporationDescription="Norway",
        ein="000000000",
    )  # fmt: skip
    [card] = found_in("edgar", "CIK0007000001.json", content).cards
    [address] = [claim for claim in card.claims if claim.field == "address"]
    assert dict(address.parts) == {"street_address": "1 Kai", "locality": "Oslo", "country_code": "Norway"}
    assert ("jurisdiction", "Norway", "") in shown(card)
    assert not [value for _, value, _ in shown(card) if value.startswith("US-EIN")]


def test_an_insider_who_files_for_himself_leaves_an_empty_card() -> None:
    person: dict[str, object] = {
        "sic": "",
        "ein": None,
        "stateOfIncorporation": "",
        "insiderTransactionForOwnerExists": 1,
        "insiderTransactionForIssuerExists": 0,
        "name": "WEXCOMBE ORLA J",
    }
    [card] = found_in("edgar", "CIK0007000001.json", submission(**person)).cards
    assert (card.kind, card.party, card.employer, card.claims) == (Kind.PERSON, Party.PERSON, "", [])
    [fund] = found_in("edgar", "CIK0007000001.json", submission(**(person | {"name": "WREN VENTURES LP"}))).cards
    assert fund.kind is Kind.COMPANY


def test_form_d_gives_issuers_people_and_the_firms_written_as_people() -> None:
    found = found_in("edgar", "D.wren.xml", form("form_d.xml"))
    assert found.feed == "form_d"
    issuer, second, *related = found.cards
    assert (issuer.key, issuer.updated_on) == ("0007000001/d", "2026-01-30")
    assert shown(issuer) == [
        ("company_name", "Wren Hollow Fund I, LP", "legal"),
        ("identifier", "US-CIK:0007000001", ""),
        ("company_name", "Wren Hollow Seed, LP", "former"),
        ("legal_form", "Limited Partnership", ""),
        ("jurisdiction", "US-DE", ""),
        ("incorporated_on", "2022", ""),
        ("address", "1 Quarry Road, Suite 220, Maplewick, OH, 43001, US", "headquarters"),
        ("phone", "6145550110", "organisation"),
    ]
    assert second.key == "0007000002/d"
    told = [(card.kind, card.role, card.employer, shown(card)) for card in related]
    person = (Kind.PERSON, Role.DIRECTOR, issuer.key)
    assert told == [
        (*person, [("full_name", "Orla J. Wexcombe", ""), ("job_title", "President and CEO", "")]),
        (Kind.PERSON, Role.OFFICER, issuer.key,
         [("full_name", "Tavish Fenwick", ""), ("job_title", "Chairman of the Board", "")]),
        (*person, [("full_name", "Ines Ashdown", "")]),
        (Kind.COMPANY, None, "", [("company_name", "Belfry Tower Fund Group Ltd.", "legal")]),
        (Kind.COMPANY, None, "", [("company_name", "Wren Hollow GP, LLC", "legal")]),
    ]  # fmt: skip
    assert related[0].key == f"0007000001/d/{name_key('Orla', 'J.', 'Wexcombe')}"
    assert not found.drift
    assert {category for _, category in found.refused} == {"home", "money"}
    assert "Private Lane" not in values(found.cards)


def test_a_statement_of_ownership_gives_officers_and_directors_only() -> None:
    found = found_in("edgar", "form4.xml", form("form_4.xml"))
    assert found.feed == "ownership"
    issuer, officer, director = found.cards
    assert (issuer.key, issuer.updated_on) == ("0007000001/issuer", "2026-04-30")
    assert (officer.key, officer.role, officer.employer) == ("0007000001/owner/0008000001", Role.OFFICER, issuer.key)
    assert shown(officer) == [
        ("full_name", "WEXCOMBE ORLA J", "surname_first"),
        ("identifier", "US-CIK:0008000001", ""),
        ("job_title", "Chief Technology Officer", ""),
    ]
    assert (director.role, [field for field, _, _ in shown(director)]) == (Role.DIRECTOR, ["full_name", "identifier"])
    assert (officer.ended_on, officer.updated_on) == ("", "2026-04-30")
    assert not found.drift
    assert {category for _, category in found.refused} == {"home", "money", "free_text", "ownership"}


def test_one_who_is_no_longer_an_insider_has_left() -> None:
    content = form("form_4.xml").replace(b"<issuer>", b"<notSubjectToSection16>true</notSubjectToSection16><issuer>")
    found = found_in("edgar", "form4.xml", content)
    assert {card.ended_on for card in found.cards if card.kind is Kind.PERSON} == {"2026-04-30"}
    assert not found.drift


def test_a_crowdfunding_form_gives_the_issuer_and_its_signatories() -> None:
    found = found_in("edgar", "formc.xml", form("form_c.xml"))
    issuer, signatory = found.cards
    assert (found.feed, issuer.key, issuer.updated_on) == ("form_c", "0007000003/c", "2026-03-27")
    assert ("website", "https://www.wren.example", "") in shown(issuer)
    assert ("incorporated_on", "2021-08-20", "") in shown(issuer)
    assert shown(signatory) == [("full_name", "Orla Wexcombe", ""), ("job_title", "Managing Member", "")]
    assert "Platform" not in values(found.cards)
    assert not found.drift


def test_a_managers_report_gives_the_manager_and_who_signed() -> None:
    found = found_in("edgar", "primary_doc.xml", form("form_13f.xml"))
    manager, signatory = found.cards
    assert (found.feed, manager.key) == ("form_13f", "0007000004/13f")
    assert (signatory.employer, signatory.role) == (manager.key, Role.OFFICER)
    assert shown(signatory) == [
        ("full_name", "Tavish Fenwick", ""),
        ("job_title", "Chief Compliance Officer", ""),
        ("phone", "614-555-0110", "work"),
    ]
    assert not found.drift


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("D.cut.xml", form("form_d.xml")[:1500], FileFault.TRUNCATED),
        ("CIK0007000001.json", submission()[:-40], FileFault.TRUNCATED),
        ("company_tickers.json", b"<html><body>Request rate exceeded</body></html>", FileFault.MALFORMED),
    ],
)
def test_a_cut_file_or_an_error_page_is_refused(name: str, content: bytes, fault: FileFault) -> None:
    with pytest.raises(BadFile) as raised:
        found_in("edgar", name, content)
    assert raised.value.fault in {fault, FileFault.HTML}


def test_a_form_without_its_issuer_is_set_aside() -> None:
    content = form("form_4.xml").replace(b"<issuerCik>0007000001</issuerCik>", b"")
    assert found_in("edgar", "form4.xml", content).aside == {RecordFault.NO_KEY: 1}


def test_a_new_element_is_drift_and_named() -> None:
    content = form("form_4.xml").replace(b"<issuer>", b"<ownerBirthDate>1971-01-02</ownerBirthDate><issuer>")
    found = found_in("edgar", "form4.xml", content)
    assert found.drift == {"ownerBirthDate": 1}
    assert "1971" not in values(found.cards)


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("apple.xml", "<ns2:edgarSubmission><ns2:submissionType>144</ns2:submissionType>"),
        ("adviser.xml", "<edgarSubmission><submissionType>MA-I</submissionType>"),
        ("table.xml", "<ns1:informationTable>"),
        ("CIK0007000001-submissions-001.json", "{"),
        ("company_tickers_exchange.json", "{"),
        ("company.20261003.idx", "Description"),
    ],
)
def test_what_is_not_read_is_known(name: str, head: str) -> None:
    assert sources()["edgar"].feed_of(name, head) is None
    assert sources()["edgar"].knows(name, head)


@pytest.mark.skipif(not (INBOX / "edgar").is_dir(), reason="the shared inbox is not here")
def test_the_true_files_give_cards_and_no_drift() -> None:
    feeds = set()
    for file, found in found_below("edgar", INBOX / "edgar"):
        feeds.add(found.feed)
        assert found.cards, file.name
        assert len({card.key for card in found.cards}) == len(found.cards), file.name
        assert not found.drift, file.name
        assert not found.aside, file.name
    assert feeds == set(sources()["edgar"].feeds)


def test_the_world_writes_what_the_parser_reads(tmp_path: Path) -> None:
    mentions, planted = written(Writer(tmp_path, random.Random(7), "2026-03-31"), 120)
    results = [found for _, found in found_below("edgar", tmp_path)]
    cards = [card for found in results for card in found.cards]
    assert {(card.key, card.kind) for card in cards} == {(one.key, one.kind) for one in mentions}
    assert len({one.key for one in mentions}) == len(mentions)
    assert {found.feed for found in results} == {"tickers", "submissions", "form_d", "ownership"}
    said = values(cards)
    assert {one.reason for one in planted} == {"money", "home", "free_text"}
    assert not [one.reason for one in planted if one.value in said]
    assert not any(found.drift for found in results)
    assert sum(found.aside[RecordFault.NO_KEY] for found in results) == 1
