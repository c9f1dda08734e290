"""GLEIF: entities in three dialects, relationships in two, and what is no party."""

from __future__ import annotations

import dataclasses
import json
import random
from pathlib import Path

import pytest

from pipelines.card import Card, Kind, Party
from pipelines.faults import BadFile
from pipelines.reasons import FileFault, RecordFault
from pipelines.screen.party import classify
from pipelines.sources.registry import sources
from tests.sources.american import INBOX, Found, firm, found_below, found_in, shown, values
from tests.world.model import Firm, Mention, Planted
from tests.world.writers.gleif import Writer

FILES = Path(__file__).parent / "files"


def found(name: str) -> Found:
    return found_in("gleif", name, (FILES / name).read_bytes())


def by_key(cards: list[Card]) -> dict[str, Card]:
    return {card.key: card for card in cards}


def test_an_entity_of_the_xml_golden_copy() -> None:
    result = found("lei2.xml")
    card = by_key(result.cards)["00INVENTED0000000101"]
    assert (result.feed, result.drift) == ("entities_xml", {})
    assert (card.kind, card.party, card.updated_on) == (Kind.COMPANY, Party.COMPANY, "2026-02-01")
    registered = "C/O Holmgren Revision, Ekgatan 11, Hus B, 4 tr"
    assert shown(card) == [
        ("company_name", "Björkvik Räls Aktiebolag", "legal"),
        ("company_name", "Björkvik Järn AB", "former"),
        ("company_name", "Bjorkvik Rail", "trading"),
        ("company_name", "Birch Bay Rails Ltd", "other"),
        ("company_name", "Bjorkvik Rals Aktiebolag", "other"),
        ("identifier", "LEI:00INVENTED0000000101", ""),
        ("identifier", "RA000544:559900-0011", ""),
        ("address", f"{registered}, Björkvik, SE-D, 641 99, SE", "registered"),
        ("address", "Kajen 2, Björkvik, SE", "headquarters"),
        ("legal_form", "Aktiebolag", ""),
        ("jurisdiction", "SE", ""),
        ("status", "inactive", ""),
        ("incorporated_on", "1997-06-05", ""),
        ("dissolved_on", "2025-11-30", ""),
    ]
    assert card.claims[7].parts == {
        "street_address": registered,
        "locality": "Björkvik",
        "region": "SE-D",
        "postal_code": "641 99",
        "country_code": "SE",
    }


def test_a_lapsed_entity_stays_and_is_as_old_as_its_missed_renewal() -> None:
    card = by_key(found("lei2.xml").cards)["00INVENTED0000000202"]
    assert card.updated_on == "2019-04-30"
    assert ("status", "active", "") in shown(card)


def test_a_number_of_companies_house_is_written_as_companies_house_writes_it() -> None:
    card = by_key(found("lei2.xml").cards)["00INVENTED0000000202"]
    assert ("identifier", "GB-COH:00998877", "") in shown(card)
    assert ("identifier", "GB-COH:SC999999", "") in shown(found("00INVENTED0000000808.json").cards[0])


def test_a_pseudo_form_gives_way_to_the_form_in_words() -> None:
    card = by_key(found("lei2.xml").cards)["00INVENTED0000000202"]
    assert ("legal_form", "FUND", "") in shown(card)


def test_records_without_number_name_or_truth_are_set_aside() -> None:
    assert found("lei2.xml").aside == {
        RecordFault.NO_KEY: 1,
        RecordFault.NO_NAME: 1,
        RecordFault.NOT_A_PARTY: 1,
    }


def test_the_json_golden_copy_is_read_alike() -> None:
    result = found("lei2.json")
    cards = by_key(result.cards)
    assert (result.feed, result.drift, result.aside) == ("entities_json", {}, {})
    sole, borough, sailmaker = cards.values()
    assert sole.party == Party.SOLE_TRADER
    assert shown(sole) == [
        ("company_name", "Hestrel Joinery", "legal"),
        ("company_name", "Hestrel & Daughter", "trading"),
        ("identifier", "LEI:00INVENTED0000000505", ""),
        (
            "address",
            "c/o Wold Accountants, Unit 4, Cordwain Yard, Mill Lane, Oxmoor, GB-YOR, YO9 9XX, GB",
            "registered",
        ),
        ("jurisdiction", "GB", ""),
        ("status", "active", ""),
    ]
    assert (borough.party, shown(borough)[-1]) == (Party.PUBLIC_BODY, ("legal_form", "ZZZZ", ""))
    assert (sailmaker.party, shown(sailmaker)[-1]) == (
        Party.SOLE_TRADER,
        ("legal_form", "Enkeltmandsvirksomhed", ""),
    )


def test_the_api_is_read_alike() -> None:
    result = found("00INVENTED0000000808.json")
    assert (result.feed, result.drift, len(result.cards)) == ("entities_api", {}, 1)
    assert result.cards[0].updated_on == "2026-02-03"
    assert shown(result.cards[0]) == [
        ("company_name", "Pellow Quay plc", "legal"),
        ("company_name", "Pellow Docks plc", "former"),
        ("identifier", "LEI:00INVENTED0000000808", ""),
        ("identifier", "GB-COH:SC999999", ""),
        ("address", "Quay House, 1 Pellow Quay, Pellow, GB-CON, TR9 9XX, GB", "registered"),
        ("address", "2 Pellow Quay, Pellow, GB", "headquarters"),
        ("legal_form", "Public Limited Company", ""),
        ("jurisdiction", "GB", ""),
        ("status", "active", ""),
        ("incorporated_on", "1999-01-31", ""),
    ]


def test_a_list_of_entities_of_the_api_is_read_too() -> None:
    one = json.loads((FILES / "00INVENTED0000000808.json").read_text("utf-8"))
    result = found_in("gleif", "page.json", json.dumps({"data": [one["data"], one["data"]]}).encode())
    assert len(result.cards) == 2


def general(
    name: str = "Sven Quellar", code: str = "8888", form: str = "", number: str = "", category: str = "GENERAL"
) -> Card:
    authority = {"RegistrationAuthorityID": {"$": "RA999999"}}
    if number:
        authority = {"RegistrationAuthorityID": {"$": "RA000242"}, "RegistrationAuthorityEntityID": {"$": number}}
    entity = {
        "LegalName": {"$": name},
        "LegalAddress": {"FirstAddressLine": {"$": "7 Birch Lane"}, "City": {"$": "Zorbury"}, "Country": {"$": "GB"}},
        "RegistrationAuthority": authority,
        "EntityCategory": {"$": category},
        "LegalForm": {"EntityLegalFormCode": {"$": code}, "OtherLegalForm": {"$": form}},
    }
    return found_in(
        "gleif", "x.json", json.dumps({"records": [{"LEI": {"$": "L1"}, "Entity": entity}]}).encode()
    ).cards[0]


@pytest.mark.parametrize(
    "form",
    ["eingetragener Kaufmann", "Ditta individuale", "Persona f\u00edsica", "Individual Entrepreneur",
     "Imprenditore individuale",
     "Jednoosobowa dzia\u0142alno\u015b\u0107 gospodarcza", "Egy\u00e9ni v\u00e1llalkoz\u00f3", "مؤسسة فردية",
     "Индивидуальный предприниматель", "SOLE PROPRIETORSHIP"],
)  # fmt: skip
@pytest.mark.parametrize("number", ["", "HRA 900001"])
def test_a_form_of_natural_persons_in_words_outweighs_category_and_number(form: str, number: str) -> None:
    assert classify(general(form=form, number=number)) is Party.SOLE_TRADER


@pytest.mark.parametrize(
    "code",
    ["OL20", "G3R6", "ECWU", "ZY9X", "AZA0", "EV7F", "ZVVM", "3UPJ", "2A44", "FJQ8", "AI01", "QW8S", "FUKI",
     "K09E", "4QXM", "VALH",
     "LHBB", "1SL4", "EXD7", "95G8", "C4PZ", "BS22", "P9CF", "9O67", "946C", "RV48"],
)  # fmt: skip
def test_a_form_of_natural_persons_by_its_code_does_too(code: str) -> None:
    assert classify(general(code=code, number="HRA 900001")) is Party.SOLE_TRADER


@pytest.mark.parametrize(
    ("card", "party"),
    [
        (general(), Party.UNKNOWN),
        (general(code="ZZZZ"), Party.UNKNOWN),
        (general(number="NOT AVAILABLE"), Party.UNKNOWN),
        (general(number="HRB 900001"), Party.COMPANY),
        (general(name="Sven Quellar e.K.", number="HRA 900001"), Party.SOLE_TRADER),
        (general(code="2HBR"), Party.COMPANY),
        (general(code="6DYI"), Party.COMPANY),
        (general(code="EJ06"), Party.COMPANY),
        (general(form="Limited Liability Company"), Party.COMPANY),
        (general(name="Quellar Ports Ltd"), Party.COMPANY),
        (general(category="FUND"), Party.COMPANY),
        (general(category=""), Party.UNKNOWN),
    ],
)
def test_general_proves_nothing_without_a_form_or_a_register(card: Card, party: Party) -> None:
    assert classify(card) is party


def pair(kind: str = "IS_DIRECTLY_CONSOLIDATED_BY", status: str = "ACTIVE", node: str = "LEI") -> dict[str, object]:
    return {
        "Relationship": {
            "StartNode": {"NodeID": "CHILD000000000000001", "NodeIDType": "LEI"},
            "EndNode": {"NodeID": "PARENT00000000000001", "NodeIDType": node},
            "RelationshipType": kind,
            "RelationshipPeriods": [
                {"StartDate": "2020-01-01", "EndDate": "2020-12-31", "PeriodType": "ACCOUNTING_PERIOD"},
                {"StartDate": "2018-02-06T00:00:00Z", "PeriodType": "RELATIONSHIP_PERIOD"},
            ],
            "RelationshipStatus": status,
        },
        "Registration": {"LastUpdateDate": "2026-01-09T10:00:00Z", "RegistrationStatus": "PUBLISHED"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("IS_DIRECTLY_CONSOLIDATED_BY", "direct_parent"),
        ("IS_ULTIMATELY_CONSOLIDATED_BY", "ultimate_parent"),
        ("IS_FUND-MANAGED_BY", "fund_manager"),
        ("IS_SUBFUND_OF", "umbrella_fund"),
        ("IS_FEEDER_TO", "master_fund"),
        ("IS_INTERNATIONAL_BRANCH_OF", "branch_of"),
    ],
)
def test_an_active_relationship_is_a_card_of_the_child(kind: str, label: str) -> None:
    result = found_in("gleif", "rr.json", json.dumps([pair(kind)]).encode())
    assert (result.feed, result.drift) == ("relationships_json", {})
    assert result.cards[0].key == f"CHILD000000000000001/relation/{label}/PARENT00000000000001"
    assert (result.cards[0].started_on, result.cards[0].updated_on) == ("2018-02-06", "2026-01-09")
    assert shown(result.cards[0]) == [
        ("identifier", "LEI:CHILD000000000000001", ""),
        ("relation", "LEI:PARENT00000000000001", label),
    ]


@pytest.mark.parametrize(
    ("record", "fault"),
    [
        (pair(status="INACTIVE"), RecordFault.NOT_A_PARTY),
        (pair(node="ISIN"), RecordFault.NOT_A_PARTY),
        (pair(kind="IS_COUSIN_OF"), RecordFault.PARSER),
        ({"Relationship": {"RelationshipStatus": "ACTIVE"}}, RecordFault.NO_KEY),
    ],
)
def test_a_relationship_that_does_not_stand_is_set_aside(record: dict[str, object], fault: RecordFault) -> None:
    result = found_in("gleif", "rr.json", json.dumps([record]).encode())
    assert (result.cards, result.aside) == ([], {fault: 1})


def test_reporting_exceptions_are_known_and_not_read() -> None:
    head = "<repex:ReportingExceptionData><repex:Exception><repex:ExceptionCategory>DIRECT"
    assert sources()["gleif"].feed_of("repex.xml", head) is None
    assert sources()["gleif"].knows("repex.xml", head)


def test_a_new_field_is_drift_by_its_name_only() -> None:
    content = b'{"records":[{"LEI":{"$":"L1"},"Entity":{"LegalName":{"$":"N"},"FaxOfOwner":{"$":"secret-1"}}}]}'
    assert found_in("gleif", "x.json", content).drift == {"Entity/FaxOfOwner": 1}


@pytest.mark.parametrize(
    ("name", "cut", "fault"),
    [
        ("lei2.xml", lambda content: content[:3000], FileFault.TRUNCATED),
        ("lei2.json", lambda content: content[:900], FileFault.TRUNCATED),
        ("lei2.json", lambda content: content.replace("Ærø".encode(), "Ærø".encode("latin-1")), FileFault.ENCODING),
        ("lei2.xml", lambda _: b"<html><body>LEIData: try again later</body></html>", FileFault.HTML),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_whole(name: str, cut: object, fault: FileFault) -> None:
    assert callable(cut)
    with pytest.raises(BadFile) as caught:
        found_in("gleif", name, cut((FILES / name).read_bytes()))
    assert caught.value.fault == fault


def invented(number: int) -> Firm:
    countries = ("GB", "DE", "NO", "US")
    country = countries[number % 4]
    return dataclasses.replace(
        firm(number),
        lei="" if number % 5 == 4 else f"{number:018d}{10 + number % 80}",
        country=country,
        form=("Ltd", "GmbH", "AS", "LLC")[number % 4],
        name=f"Brøndal & Søn {number}",
        place=dataclasses.replace(firm(number).place, street=f"Unit {number}, Quarry Yard", country=country),
        parent_lei=f"{number:018d}99" if number % 3 == 0 else "",
    )


def test_the_writer_and_the_parser_agree(tmp_path: Path) -> None:
    writer = Writer(tmp_path, random.Random(7), "2026-03-05")
    told = [truth for number in range(40) for truth in writer.add(invented(number))]
    writer.close()
    results = [result for _, result in found_below("gleif", tmp_path)]
    cards = [card for result in results for card in result.cards]
    mentions = [one for one in told if isinstance(one, Mention)]
    assert sorted(card.key for card in cards) == sorted(one.key for one in mentions)
    assert {result.feed for result in results} == {"entities_xml", "entities_json", "relationships_xml"}
    assert not any(result.drift for result in results)
    planted = [one.value for one in told if isinstance(one, Planted)]
    assert planted
    open_values = values([card for card in cards if card.party != Party.SOLE_TRADER])
    assert not any(value in open_values for value in planted)


@pytest.mark.skipif(not (INBOX / "gleif").is_dir(), reason="the shared inbox is not beside the checkout")
def test_every_file_of_the_inbox_is_understood() -> None:
    results = list(found_below("gleif", INBOX / "gleif"))
    assert {result.feed for _, result in results} == set(sources()["gleif"].feeds)
    for file, result in results:
        assert (result.drift, bool(result.cards), result.aside) == ({}, True, {}), file.name
