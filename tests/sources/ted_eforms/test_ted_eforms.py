"""TED eForms: the exact cards of an invented notice."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from pipelines.card import Card, Party
from pipelines.faults import BadFile
from pipelines.reasons import Refusal
from pipelines.screen.formats import xml_records
from pipelines.screen.reading import Reader
from pipelines.sources.declaration import Xml
from pipelines.sources.registry import sources
from pipelines.sources.ted_eforms.parse import notices

SOURCE = sources()["ted_eforms"]
SHARED = Path(__file__).resolve().parents[3] / ".." / "shared"

NOTICE = """<N xmlns="http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1">
<UBLExtensions><UBLExtension><ExtensionContent><EformsExtension><Organizations>
<Organization><NaturalPersonIndicator>{natural}</NaturalPersonIndicator>{privacy}<Company>
<PartyIdentification><ID schemeName="organization">ORG-0001</ID></PartyIdentification>
<PartyName><Name languageID="ENG">Zorbury Office</Name><Name languageID="FRA">Bureau de Zorbury</Name></PartyName>
<PostalAddress><CityName>Zorbury</CityName><Country><IdentificationCode>FRA</IdentificationCode></Country></PostalAddress>
<PartyLegalEntity><CompanyID schemeName="siren">123 456 789</CompanyID></PartyLegalEntity>
<Contact><Name>Mira Quillfeather</Name><ElectronicMail>mira@zorbury.example</ElectronicMail></Contact></Company>
<TouchPoint><PartyName><Name>Service Achats</Name></PartyName><Contact><Telefax>+33 1</Telefax>
<ElectronicMail>achats@zorbury.example</ElectronicMail></Contact></TouchPoint></Organization>
<UltimateBeneficialOwner><FamilyName>planted</FamilyName><ResidenceAddress><CityName>planted</CityName>
</ResidenceAddress><Nationality><NationalityID>planted</NationalityID></Nationality></UltimateBeneficialOwner>
</Organizations></EformsExtension></ExtensionContent></UBLExtension></UBLExtensions>
<ID schemeName="notice-id">n1</ID><IssueDate>2026-01-02+01:00</IssueDate>
<NoticeLanguageCode>FRA</NoticeLanguageCode></N>"""
PRIVACY = "<FieldsPrivacy><FieldIdentifierCode>x</FieldIdentifierCode></FieldsPrivacy>"


def cards_of(raw: bytes) -> tuple[list[Card], Reader]:
    reader = Reader(SOURCE.feeds["notices"])
    records = [item for item in xml_records.read(io.BytesIO(raw), Xml(kind="xml")) if isinstance(item, dict)]
    return [card for record in records for card in notices(reader.project(record))], reader


def test_a_notice() -> None:
    cards, reader = cards_of(NOTICE.format(natural="false", privacy="").encode())
    assert [(card.key, card.party) for card in cards] == [
        ("n1/ORG-0001", Party.COMPANY), ("n1/ORG-0001/contact", Party.UNKNOWN),
    ]  # fmt: skip
    assert [(claim.field, claim.value, claim.label) for claim in cards[0].claims] == [
        ("company_name", "Bureau de Zorbury", "legal"),
        ("company_name", "Zorbury Office", "other"),
        ("identifier", "FR-SIREN:123 456 789", ""),
        ("address", "Zorbury, FR", ""),
        ("phone", "+33 1", "fax"),
        ("email_address", "achats@zorbury.example", "organisation"),
    ]
    assert [claim.value for claim in cards[1].claims] == ["Mira Quillfeather", "mira@zorbury.example"]
    assert cards[0].updated_on == "2026-01-02"
    assert not reader.drift
    assert sorted(category for _, category in reader.refused) == ["home", "nationality", "ownership"]


def test_natural_persons_and_withheld_fields() -> None:
    cards, _ = cards_of(NOTICE.format(natural="true", privacy=PRIVACY).encode())
    assert cards[0].party == Party.SOLE_TRADER
    assert {card.restriction for card in cards} == {Refusal.SOURCE_RESTRICTION}


BUYER = """<ContractingParty><ContractingPartyType><PartyTypeCode listName="buyer-legal-type">{kind}</PartyTypeCode>
</ContractingPartyType><Party><PartyIdentification><ID>ORG-0001</ID></PartyIdentification></Party></ContractingParty>
</N>"""


@pytest.mark.parametrize(
    ("name", "kind", "party"),
    [
        ("Sven Quellar", "org-sub", Party.UNKNOWN),
        ("Sven Quellar", "pub-undert", Party.UNKNOWN),
        ("Gospodarstwo Rolne Ulrik Quellski", "", Party.UNKNOWN),
        ("Zorbury Office", "la", Party.PUBLIC_BODY),
        ("Zorbury Office", "body-pl-cga", Party.PUBLIC_BODY),
        ("Commune de Zorbury", "", Party.PUBLIC_BODY),
        ("Zorbury Ports Ltd", "la", Party.UNKNOWN),
    ],
)
def test_a_buyer_is_a_public_body_by_its_legal_type_or_its_name(name: str, kind: str, party: Party) -> None:
    raw = NOTICE.format(natural="", privacy="").replace("</N>", BUYER.format(kind=kind))
    raw = raw.replace("Zorbury Office", name).replace("Bureau de Zorbury", name)
    assert cards_of(raw.encode())[0][0].party is party


def test_a_street_at_which_somebody_is_named_is_dropped() -> None:
    street = "<StreetName>Clerk: Mrs W Quellen</StreetName><PostalZone>ZZ1</PostalZone><CityName>"
    raw = NOTICE.format(natural="false", privacy="").replace("<CityName>", street, 1)
    assert [claim.value for claim in cards_of(raw.encode())[0][0].claims if claim.field == "address"] == ["Zorbury, FR"]


def test_a_cut_notice_is_a_bad_file() -> None:
    with pytest.raises(BadFile):
        cards_of(NOTICE.encode()[:-30])


@pytest.mark.skipif(not (SHARED / "inbox/ted_eforms").is_dir(), reason="no shared inbox beside the checkout")
def test_the_inbox_has_no_drift() -> None:
    for file in sorted((SHARED / "inbox/ted_eforms").iterdir()):
        assert SOURCE.feed_of(file.name, file.read_text("utf-8")[:65536]) == "notices"
        cards, reader = cards_of(file.read_bytes())
        assert bool(cards) is not file.name.startswith("INVALID"), file.name
        assert not reader.drift, (file.name, dict(reader.drift))
