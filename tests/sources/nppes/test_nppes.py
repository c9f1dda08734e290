from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import pytest

from pipelines.card import Kind, Party, Role
from pipelines.faults import BadFile
from pipelines.reasons import FileFault, RecordFault, Refusal
from pipelines.screen.screening import screen
from pipelines.sources.registry import sources
from tests.sources.american import INBOX, found_below, found_in, shown, values, written
from tests.world.writers.nppes import COLUMNS, Writer, with_check_digit

FILE = "npidata_pfile_20050523-20260308.csv"

CLINIC = {
    "NPI": "1999999984",
    "Entity Type Code": "2",
    "Employer Identification Number (EIN)": "<UNAVAIL>",
    "Provider Organization Name (Legal Business Name)": "WREN HOLLOW CLINIC, LLC",
    "Provider Other Organization Name": "WREN CARE",
    "Provider Other Organization Name Type Code": "3",
    "Provider First Line Business Mailing Address": "PO BOX 12",
    "Provider Business Mailing Address City Name": "MAPLEWICK",
    "Provider Business Mailing Address State Name": "OH",
    "Provider Business Mailing Address Postal Code": "43001",
    "Provider Business Mailing Address Country Code (If outside U.S.)": "US",
    "Provider Business Mailing Address Telephone Number": "6145550111",
    "Provider First Line Business Practice Location Address": "1 QUARRY RD",
    "Provider Second Line Business Practice Location Address": "STE 4",
    "Provider Business Practice Location Address City Name": "MAPLEWICK",
    "Provider Business Practice Location Address State Name": "OH",
    "Provider Business Practice Location Address Postal Code": "430011234",
    "Provider Business Practice Location Address Country Code (If outside U.S.)": "US",
    "Provider Business Practice Location Address Telephone Number": "6145550110",
    "Provider Business Practice Location Address Fax Number": "6145550112",
    "Last Update Date": "09/26/2021",
    "Authorized Official Last Name": "WEXCOMBE",
    "Authorized Official First Name": "ORLA",
    "Authorized Official Middle Name": "J",
    "Authorized Official Title or Position": "CEO",
    "Authorized Official Telephone Number": "6145550113",
    "Authorized Official Name Prefix Text": "MRS.",
    "Authorized Official Name Suffix Text": "JR.",
    "Provider License Number_1": "L-1",
    "Other Provider Identifier_50": "O-50",
    "Provider License Number State Code_1": "OH",
    "Parent Organization TIN": "<UNAVAIL>",
    "Certification Date": "01/05/2024",
}
PRACTITIONER = {
    "NPI": "1888888885",
    "Entity Type Code": "1",
    "Provider Last Name (Legal Name)": "FENWICK",
    "Provider First Name": "TAVISH",
    "Provider First Line Business Practice Location Address": "9 PRIVATE LANE",
    "Provider Business Practice Location Address City Name": "MAPLEWICK",
    "Provider Sex Code": "M",
    "Is Sole Proprietor": "Y",
}
GONE = {"NPI": "1777777776", "NPI Deactivation Date": "05/23/2024"}


def table(*rows: dict[str, str]) -> bytes:
    stream = io.StringIO()
    lines = csv.DictWriter(stream, COLUMNS, restval="", quoting=csv.QUOTE_ALL)
    lines.writeheader()
    lines.writerows(rows)
    return stream.getvalue().encode()


def test_an_organisation_is_a_company_and_its_official() -> None:
    found = found_in("nppes", FILE, table(CLINIC))
    company, official = found.cards
    assert (company.kind, company.party, company.key) == (Kind.COMPANY, Party.COMPANY, "1999999984")
    assert (company.updated_on, company.restriction) == ("2024-01-05", "")
    assert shown(company) == [
        ("company_name", "WREN HOLLOW CLINIC, LLC", "legal"),
        ("company_name", "WREN CARE", "trading"),
        ("identifier", "US-NPI:1999999984", ""),
        ("status", "active", ""),
        ("address", "1 QUARRY RD, STE 4, MAPLEWICK, OH, 43001-1234, US", "trading"),
        ("address", "PO BOX 12, MAPLEWICK, OH, 43001, US", "mailing"),
        ("phone", "6145550110", "organisation"),
        ("phone", "6145550111", "organisation"),
        ("phone", "6145550112", "fax"),
    ]
    assert (official.key, official.employer, official.role) == ("1999999984/official", company.key, Role.OFFICER)
    assert shown(official) == [
        ("full_name", "ORLA J WEXCOMBE JR.", ""),
        ("job_title", "CEO", ""),
        ("phone", "6145550113", "work"),
    ]
    assert found.refused == {
        ("Authorized Official Name Prefix Text", "gender"): 1,
        ("Provider License Number_1", "personal_id"): 1,
        ("Other Provider Identifier_50", "personal_id"): 1,
        ("Parent Organization TIN", "personal_id"): 1,
    }
    assert not found.drift


def test_a_detour_through_numbers_is_repaired() -> None:
    damaged = CLINIC | {
        "NPI": "1999999984.0",
        "Entity Type Code": "2.0",
        "Provider Business Practice Location Address Postal Code": "10011234.0",
        "Provider Business Practice Location Address Telephone Number": "6145550110.0",
    }
    company = found_in("nppes", FILE, table(damaged)).cards[0]
    assert company.key == "1999999984"
    assert next(claim.parts["postal_code"] for claim in company.claims if claim.field == "address") == "01001-1234"
    assert ("phone", "6145550110", "organisation") in shown(company)


def test_a_practitioner_is_counted_and_nothing_of_him_is_read() -> None:
    found = found_in("nppes", FILE, table(PRACTITIONER))
    [card] = found.cards
    assert (card.kind, card.party, card.employer, card.claims) == (Kind.PERSON, Party.PERSON, "", [])
    assert found.refused == {
        ("Provider Last Name (Legal Name)", "person_record"): 1,
        ("Provider First Name", "person_record"): 1,
        ("Provider Sex Code", "gender"): 1,
    }
    screened = screen([card], sources()["nppes"])
    assert screened.kept == []
    assert screened.refused == [("card", Refusal.NO_BUSINESS_ROLE)]


def test_a_deactivated_number_is_no_party_and_a_deactivated_organisation_is_restricted() -> None:
    ended = CLINIC | {"NPI Deactivation Date": "05/23/2024"}
    again = ended | {"NPI": "1666666667", "NPI Reactivation Date": "05/24/2024"}
    found = found_in("nppes", FILE, table(GONE, ended, again))
    assert found.aside == {RecordFault.NOT_A_PARTY: 1}
    assert [card.restriction for card in found.cards] == [Refusal.SOURCE_RESTRICTION] * 2 + [""] * 2
    assert ("status", "inactive", "") in shown(found.cards[0])


def test_rows_without_number_or_name_are_set_aside() -> None:
    found = found_in(
        "nppes",
        FILE,
        table(CLINIC | {"NPI": ""}, CLINIC | {"Provider Organization Name (Legal Business Name)": "<UNAVAIL>"}),
    )
    assert found.aside == {RecordFault.NO_KEY: 1, RecordFault.NO_NAME: 1}
    assert not found.cards


def test_a_cut_file_and_one_without_its_columns_are_refused() -> None:
    with pytest.raises(BadFile) as cut:
        found_in("nppes", FILE, table(CLINIC, CLINIC)[:-900])
    assert cut.value.fault is FileFault.TRUNCATED
    with pytest.raises(BadFile) as other:
        found_in("nppes", FILE, table(CLINIC).replace(b'"Last Update Date"', b'"Date"', 1))
    assert other.value.fault is FileFault.COLUMN
    assert "Last Update Date" in str(other.value)


def test_the_other_files_of_a_release_are_known() -> None:
    source = sources()["nppes"]
    for name in (
        "npidata_pfile_20050523-20260308_fileheader.csv",
        "othername_pfile_20050523-20260308.csv",
        "pl_pfile_20050523-20260308.csv",
        "endpoint_pfile_20050523-20260308.csv",
    ):
        assert source.feed_of(name, '"NPI"') is None
        assert source.knows(name, '"NPI"')


def test_check_digits_are_those_of_the_register() -> None:
    assert with_check_digit("123456789") == "1234567893"  # the example of the standard


@pytest.mark.skipif(not (INBOX / "nppes").is_dir(), reason="the shared inbox is not here")
def test_the_true_files_give_organisations_and_no_drift() -> None:
    for _, found in found_below("nppes", INBOX / "nppes"):
        companies = [card for card in found.cards if card.kind is Kind.COMPANY]
        officials = [card for card in found.cards if card.employer]
        assert len(companies) == len(officials) > 100
        assert not any(card.claims for card in found.cards if card.kind is Kind.PERSON and not card.employer)
        assert len({card.key for card in found.cards}) == len(found.cards)
        assert "UNAVAIL" not in values(found.cards)
        assert not found.drift
        assert set(found.aside) <= {RecordFault.NOT_A_PARTY}


def test_the_world_writes_what_the_parser_reads(tmp_path: Path) -> None:
    mentions, planted = written(Writer(tmp_path, random.Random(7), "2026-03-31"), 200)
    [(_, found)] = found_below("nppes", tmp_path)
    assert [(card.key, card.kind) for card in found.cards] == [(one.key, one.kind) for one in mentions]
    assert {one.kind for one in mentions} == {"company", "person"}
    said = values(found.cards)
    assert planted
    assert not [one.reason for one in planted if one.value in said]
    assert not found.drift
    assert found.aside[RecordFault.NO_KEY] == 1
    assert found.aside[RecordFault.NOT_A_PARTY] > 0


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("CITY OF MAPLEWICK", Party.PUBLIC_BODY),
        ("THE COUNTY OF WREN", Party.PUBLIC_BODY),
        ("CITY AND COUNTY OF WREN", Party.PUBLIC_BODY),
        ("TOWN OF MAPLEWICK FIRE RESCUE", Party.PUBLIC_BODY),
        ("CITY OF HOPEWELL CLINIC, INC", Party.COMPANY),
        ("MAPLEWICK CITY CLINIC", Party.COMPANY),
    ],
)
def test_a_city_or_county_is_a_public_body(name: str, party: Party) -> None:
    row = CLINIC | {"Provider Organization Name (Legal Business Name)": name}
    assert found_in("nppes", FILE, table(row)).cards[0].party is party
