"""OCDS: the exact cards of invented releases."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.card import Card, Party
from pipelines.faults import BadFile, BadRecord
from pipelines.screen.formats import read
from pipelines.screen.party import classify
from pipelines.screen.reading import Reader
from pipelines.sources.ocds.parse import releases
from pipelines.sources.registry import parser, sources

SOURCE = sources()["ocds"]
SHARED = Path(__file__).resolve().parents[3] / ".." / "shared"

BUYER = {
    "id": "GB-CFS-1",
    "name": "Zorbury Council",
    "identifier": {"legalName": "ZORBURY  COUNCIL", "id": "9"},
    "address": {"streetAddress": "1 High Street", "region": "UKD1", "countryName": "England"},
    "contactPoint": {"name": "Mira Quillfeather", "email": "mira@zorbury.example", "telephone": "01632 960001"},
    "roles": ["buyer"],
    "beneficialOwners": [{"name": "planted-owner"}],
}
SUPPLIER = {
    "id": "S1",
    "name": "Quorvex Ltd",
    "identifier": {"scheme": "GB-COH", "id": "123456.0"},
    "contactPoint": {"name": "Mira Quillfeather", "email": "mira@zorbury.example"},
    "roles": ["supplier"],
}
RELEASE = {
    "ocid": "ocds-x-1",
    "id": "r1",
    "date": "2026-01-02T03:04:05Z",
    "tag": ["award"],
    "parties": [BUYER, SUPPLIER],
}


def cards_of(name: str, raw: bytes) -> tuple[list[Card], Reader]:
    feed = SOURCE.feed_of(name, raw.decode("latin-1"))
    assert feed is not None
    reader = Reader(SOURCE.feeds[feed])
    found: list[Card] = []
    for item in read(io.BytesIO(raw), SOURCE.feeds[feed]):
        assert isinstance(item, dict)
        found += parser("ocds", feed)(reader.project(item))
    return found, reader


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("a.json", {"releases": [RELEASE]}),
        ("a.json", {"records": [{"compiledRelease": RELEASE}]}),
        ("a.json", {"records": [{"ocid": "ocds-x-1", "releases": [RELEASE]}]}),
        ("a.jsonl", RELEASE),
        ("a.json", RELEASE),
    ],
)
def test_every_dialect_gives_the_same_cards(name: str, document: dict[str, Any]) -> None:
    cards, reader = cards_of(name, json.dumps(document).encode() + b"\n")
    assert [(card.key, card.party) for card in cards] == [
        ("ocds-x-1/r1/GB-CFS-1", Party.PUBLIC_BODY),
        ("ocds-x-1/r1/GB-CFS-1/contact", Party.UNKNOWN),
        ("ocds-x-1/r1/S1", Party.COMPANY),
    ]
    assert [(claim.field, claim.value, claim.label) for claim in cards[0].claims] == [
        ("company_name", "ZORBURY  COUNCIL", "legal"),
        ("address", "1 High Street, GB", ""),
    ]
    assert [(claim.value, claim.label) for claim in cards[1].claims] == [
        ("Mira Quillfeather", ""), ("mira@zorbury.example", "work"), ("01632 960001", "work"),
    ]  # fmt: skip
    assert [claim.value for claim in cards[2].claims] == ["Quorvex Ltd", "GB-COH:00123456"]
    assert {card.updated_on for card in cards} == {"2026-01-02"}
    assert not reader.drift
    assert reader.refused == {("parties/beneficialOwners/name", "ownership"): 1}


def parts_of(*parties: dict[str, Any]) -> list[Card]:
    return list(releases(RELEASE | {"parties": list(parties)}))


def values(card: Card, field: str) -> list[str]:
    return [claim.value for claim in card.claims if claim.field == field]


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("Zorbury Council", Party.PUBLIC_BODY),
        ("Zorbury Hospital", Party.UNKNOWN),
        ("ZORBURY PORTS LTD.", Party.UNKNOWN),
        ("Zorbury Water PLC", Party.UNKNOWN),
        ("Stadtwerke Zorburg GmbH", Party.UNKNOWN),
        ("In-Tend e-Tendering", Party.UNKNOWN),
    ],
)
def test_a_legal_form_outweighs_the_role_of_a_buyer(name: str, party: Party) -> None:
    buyer = BUYER | {"name": name, "identifier": {}}
    assert parts_of(buyer)[0].party is party


@pytest.mark.parametrize("role", ["buyer", "procuringEntity"])
@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("Sven Quellar", Party.UNKNOWN),
        ("Gospodarstwo Rolne Ulrik Quellski", Party.UNKNOWN),
        ("Quellar Court Farm", Party.UNKNOWN),
        ("Stadt Apotheke", Party.UNKNOWN),
        ("Zorbury Hospital", Party.COMPANY),
        ("Zorbury Ports Ltd", Party.COMPANY),
        ("Zorbury Housing Group", Party.COMPANY),
        ("Zorbury Estate Agency", Party.UNKNOWN),
        ("Zorbury Vehicle Standards Agency", Party.PUBLIC_BODY),
        ("Zorbury Harbour Authority", Party.PUBLIC_BODY),
        ("Stadt Zorburg am Quell", Party.PUBLIC_BODY),
        ("Gmina Zorbów", Party.PUBLIC_BODY),
        ("Urz\u0105d Miasta Zorb\u00f3w", Party.PUBLIC_BODY),
        ("Ayuntamiento de Zorburia", Party.PUBLIC_BODY),
        ("Община Зорбури", Party.PUBLIC_BODY),
    ],
)
def test_who_buys_is_a_public_body_by_the_words_of_its_name_only(name: str, party: Party, role: str) -> None:
    assert classify(parts_of({"id": "1", "name": name, "roles": [role]})[0]) is party


@pytest.mark.parametrize(
    ("number", "party"),
    [("GB-COH", Party.COMPANY), ("GB-LAE", Party.PUBLIC_BODY), ("NL-KVK", Party.UNKNOWN), ("LEI", Party.UNKNOWN)],
)
def test_a_register_of_companies_or_of_bodies_proves_a_buyer(number: str, party: Party) -> None:
    buyer = {"id": "1", "name": "Sven Quellar", "roles": ["buyer"], "identifier": {"scheme": number, "id": "900001"}}
    assert classify(parts_of(buyer)[0]) is party


@pytest.mark.parametrize(
    "scale", ["soleTrader", "sole_proprietor", "SOLE TRADER", "SoleProprietorship", "selfEmployed"]
)
def test_a_sole_trader_is_one_whatever_number_stands_beside_it(scale: str) -> None:
    numbered = {"scheme": "GB-COH", "id": "900001"}
    trader = SUPPLIER | {"name": "Sven Quellar", "identifier": numbered, "details": {"scale": scale}}
    assert classify(parts_of(trader)[0]) is Party.SOLE_TRADER


@pytest.mark.parametrize("scale", ["sme", "large", "consoleMaker"])
def test_a_size_says_nothing_of_a_sole_trader(scale: str) -> None:
    assert parts_of(SUPPLIER | {"details": {"scale": scale}})[0].party is Party.COMPANY


@pytest.mark.parametrize(
    ("name", "site", "mail", "kept_site", "kept_person"),
    [
        ("EU SUPPLY LIMITED", "https://www.zorbury.gov.uk", "mira@zorbury.gov.uk", False, False),
        ("In-Tend e-Tendering", "https//www.zorbury.gov.uk", "mira@zorbury-homes.co.uk", False, False),
        ("In-Tend e-Tendering", "https://www.in-tendhost.co.uk", "mira@in-tendhost.co.uk", True, True),
        ("Zorbury College", "https://suppliers.multiquote.com", "support@multiquote.com", False, False),
        ("Quorvex Ltd", "https://www.zorbury.gov.uk", "mira@zorbury.gov.uk", False, False),
        ("Zorbury Homes Ltd", "https://www.zorbury.gov.uk", "mira@zorbury.gov.uk", True, True),
        ("Zorbury Council", "https://www.zorbury.gov.uk", "mira@zorbury.gov.uk", True, True),
        ("Zorbury Council", "https://www.zorbury.gov.uk", "mira@adviser.co.uk", True, True),
    ],
)
def test_nobody_is_employed_by_a_platform(name: str, site: str, mail: str, kept_site: bool, kept_person: bool) -> None:  # noqa: FBT001
    contact = {"name": "Mira Quillfeather", "email": mail}
    party = {"id": "1", "name": name, "roles": ["buyer"], "details": {"url": site}, "contactPoint": contact}
    cards = parts_of(party)
    assert bool(values(cards[0], "website")) is kept_site
    assert (len(cards) == 2) is kept_person


def test_a_buyers_contact_at_another_partys_domain_is_nobodys() -> None:
    contact = {"name": "Mira Quillfeather", "email": "mira@quorvex.co.uk"}
    cards = parts_of(BUYER | {"contactPoint": contact}, SUPPLIER | {"contactPoint": {}})
    assert [card.key.rpartition("/")[2] for card in cards] == ["GB-CFS-1", "S1"]


@pytest.mark.parametrize(
    ("told", "code"),
    [("UNITED KINGDOM", "GB"), ("ENGLAND", "GB"), ("ENG", "GB"), ("Wales", "GB"), ("Deutschland", "DE")],
)
def test_countries_are_codes(told: str, code: str) -> None:
    card = parts_of(BUYER | {"address": {"streetAddress": "1 High Street", "countryName": told}})[0]
    assert [claim.parts["country_code"] for claim in card.claims if claim.field == "address"] == [code]


@pytest.mark.parametrize(
    ("street", "lines"),
    [
        ("12 Quarry RoadrnZorburyrnZZ1 1ZZ", "12 Quarry Road, Zorbury, ZZ1 1ZZ"),
        ("Mill HousenMill LanenZorburynZZ12 6RU", "Mill House, Mill Lane, Zorbury, ZZ12 6RU"),
        ("Unit 7n  Mill Park,n  Zorbury", "Unit 7, Mill Park, Zorbury"),
        ("1 High Street\\r\\nZorbury", "1 High Street, Zorbury"),
        ("Fern LodgenZorbury", "Fern LodgenZorbury"),
        ("1 Northern Road, LondonNW1", "1 Northern Road, LondonNW1"),
        ("Mira Quillfeather, 1 High Street", "1 High Street"),
        ("Quillfeather House, 1 High Street", "Quillfeather House, 1 High Street"),
    ],
)
def test_streets_without_debris_and_without_people(street: str, lines: str) -> None:
    card = parts_of(BUYER | {"address": {"streetAddress": street}})[0]
    assert [claim.parts["street_address"] for claim in card.claims if claim.field == "address"] == [lines]


@pytest.mark.parametrize(
    "street",
    [
        "Mr M Quillfeather, 1 High Street",
        "Clerk: Mrs W Quellen, 4 Ash Close",
        "Clerk to the Council: W Quellen, 4 Ash Close",
        "4 Ash Close\\r\\nMiss Quellen",
        "FAO: Sven Quellar, 4 Ash Close",
        "Dr W Quellen, 4 Ash Close",
    ],
)
def test_a_street_at_which_somebody_is_named_is_dropped(street: str) -> None:
    told = {"streetAddress": street, "locality": "Zorbury", "postalCode": "ZZ1 1ZZ", "countryName": "England"}
    card = parts_of(BUYER | {"name": "Zorbury Parish Council", "address": told})[0]
    assert values(card, "address") == ["Zorbury, GB"]


def test_a_release_without_key_or_party_is_set_aside() -> None:
    with pytest.raises(BadRecord, match="record_no_key"):
        list(releases({"parties": [BUYER]}))
    with pytest.raises(BadRecord, match="record_no_name"):
        list(releases({"ocid": "1", "id": "2"}))


def test_a_cut_package_is_a_bad_file() -> None:
    with pytest.raises(BadFile):
        cards_of("a.json", json.dumps({"releases": [RELEASE]}).encode()[:-40])


@pytest.mark.skipif(not (SHARED / "inbox/ocds").is_dir(), reason="no shared inbox beside the checkout")
def test_the_inbox_has_no_drift() -> None:
    for file in sorted((SHARED / "inbox/ocds").iterdir()):
        cards, reader = cards_of(file.name, file.read_bytes())
        assert cards, file.name
        assert not reader.drift, file.name


@pytest.mark.skipif(not (SHARED / "samples/ocds").is_dir(), reason="no shared samples beside the checkout")
def test_malformed_samples_never_crash() -> None:
    for file in sorted((SHARED / "samples/ocds").rglob("*.json")):
        feed = SOURCE.feed_of(file.name, file.read_bytes()[:65536].decode("latin-1"))
        assert feed is not None
        reader = Reader(SOURCE.feeds[feed])
        try:
            items = [item for item in read(io.BytesIO(file.read_bytes()), SOURCE.feeds[feed]) if isinstance(item, dict)]
        except BadFile:
            continue
        for item in items:
            try:
                assert list(parser("ocds", feed)(reader.project(item))), file.name
            except BadRecord:
                continue
