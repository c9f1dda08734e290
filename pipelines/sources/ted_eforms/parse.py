"""TED eForms: the organisations that a notice names, their units and their contact persons."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pycountry

from pipelines.card import Card, Kind, Party
from pipelines.faults import BadRecord
from pipelines.reasons import RecordFault
from pipelines.screen.contact_name import ContactPoint, attach
from pipelines.screen.party import has_form, leads_to_a_person, of_words
from pipelines.screen.reading import Record, each, text, texts
from pipelines.screen.restriction import objection

_EXTENSION = "UBLExtensions/UBLExtension/ExtensionContent/EformsExtension"
_UNDERTAKINGS = frozenset({"pub-undert", "pub-undert-cga", "pub-undert-la", "pub-undert-ra", "spec-rights-entity"})
"""Legal types of buyers that are enterprises."""

_AUTHORITIES = frozenset(
    {
        "body-pl",
        "body-pl-cga",
        "body-pl-la",
        "body-pl-ra",
        "cga",
        "def-cont",
        "eu-ins-bod-ag",
        "grp-p-aut",
        "int-org",
        "la",
        "ra",
    }
)
"""Legal types of buyers that are public bodies; one that is subsidised (`org-sub`) may be a farmer."""

_COUNTRIES = {"1A0": "XK"}
"""Codes of the EU's country list that ISO 3166 does not have."""

_DIGITS = 4
"""Fewest digits of a text that is taken for a company number."""


def notices(record: Record) -> Iterator[Card]:
    """Every organisation of one notice, each followed by its contact persons; nothing when it names none.

    Raises:
        BadRecord: The notice names organisations and carries no id.
    """
    notice = text(record, "ID") or text(record, f"{_EXTENSION}/Publication/NoticePublicationID")
    organisations = list(each(record, f"{_EXTENSION}/Organizations/Organization"))
    businesses = list(each(record, "BusinessParty/PartyLegalEntity"))
    if not notice and (organisations or businesses):
        raise BadRecord(RecordFault.NO_KEY)
    for number, organisation in enumerate(organisations, 1):
        yield from _organisation(record, organisation, notice, number)
    for number, business in enumerate(businesses, 1):
        yield from _business(business, f"{notice}/BUSINESS-{number:04}", _day(text(record, "IssueDate")))


def _organisation(record: Record, organisation: Record, notice: str, number: int) -> Iterator[Card]:
    """One organisation, its units' ways of contact, and the persons at them."""
    company: Record = next(each(organisation, "Company"), {})
    identity = text(company, "PartyIdentification/ID")
    card = Card(
        Kind.COMPANY,
        f"{notice}/{identity or f'#{number}'}",
        party=_party(record, organisation, identity),
        updated_on=_day(text(record, "IssueDate")),
    )
    _name(card, company, text(record, "NoticeLanguageCode"))
    if not card.claims:
        return
    name = card.claims[0].value
    masked = objection("ted_eforms", "PartyName/Name", name)
    card.restriction = masked or _withheld(record, organisation, identity)
    country = _country(text(company, "PostalAddress/Country/IdentificationCode"))
    _identify(card, company, country)
    _address(card, next(each(company, "PostalAddress"), {}), country)
    card.add("website", text(company, "WebsiteURI"))
    people = list(attach(card, _contact_point(company, text(company, "PostalAddress/Department")), name))
    for unit in each(organisation, "TouchPoint"):
        suffix = text(unit, "PartyIdentification/ID") or "unit"
        people += attach(card, _contact_point(unit, text(unit, "PartyName/Name")), name, suffix)
    yield card
    yield from people


def _business(entity: Record, key: str, day: str) -> Iterator[Card]:
    """The grouping or European company whose registration a notice announces."""
    name = text(entity, "RegistrationName")
    if not name:
        return
    card = Card(Kind.COMPANY, key, party=Party.COMPANY, updated_on=day)
    card.add("company_name", name, "legal")
    seat: Record = next(each(entity, "CorporateRegistrationScheme/JurisdictionRegionAddress"), {})
    country = _country(text(seat, "Country/IdentificationCode"))
    _identify(card, {"PartyLegalEntity": entity}, country)
    card.add("incorporated_on", _day(text(entity, "RegistrationDate")))
    _address(card, seat, country, "registered")
    yield card


def _day(moment: str) -> str:
    """The date without its time zone."""
    return moment[:10] if re.match(r"\d{4}-\d\d-\d\d", moment) else ""


def _party(record: Record, organisation: Record, identity: str) -> Party:
    """What the notice proves: a natural person, an enterprise, or an authority that buys."""
    natural = text(organisation, "NaturalPersonIndicator").lower()
    if natural == "true":
        return Party.SOLE_TRADER
    if natural == "false":
        return Party.COMPANY
    for buyer in each(record, "ContractingParty"):
        if identity in texts(buyer, "Party/PartyIdentification/ID"):
            types = set(texts(buyer, "ContractingPartyType/PartyTypeCode"))
            names = texts(organisation, "Company/PartyName/Name")
            is_firm = types & _UNDERTAKINGS or any(map(has_form, names))
            is_body = types & _AUTHORITIES or Party.PUBLIC_BODY in map(of_words, names)
            return Party.PUBLIC_BODY if is_body and not is_firm else Party.UNKNOWN
    return Party.UNKNOWN


def _withheld(record: Record, organisation: Record, identity: str) -> str:
    """The objection when fields of the organisation, or of a tendering party that it belongs to, are withheld."""
    code = "FieldsPrivacy/FieldIdentifierCode"
    own = [text(organisation, f"{path}{code}") for path in ("", "Company/", "TouchPoint/")]
    tenderings = each(record, f"{_EXTENSION}/NoticeResult/TenderingParty")
    joint = [text(tendering, code) for tendering in tenderings if identity in texts(tendering, "Tenderer/ID")]
    return next(filter(None, (objection("ted_eforms", code, said) for said in (*own, *joint))), "")


def _name(card: Card, company: Record, language: str) -> None:
    """One legal name, in the notice's own language where there is one; the same in other languages beside it."""
    nodes = list(each(company, "PartyName/Name"))
    nodes.sort(key=lambda node: not (isinstance(node, dict) and node.get("@languageID") == language))
    names = dict.fromkeys(name for node in nodes for name in texts({"Name": node}, "Name"))
    for name, label in zip(names, ["legal", *["other"] * len(names)], strict=False):
        card.add("company_name", name, label)


def _identify(card: Card, company: Record, country: str) -> None:
    """A company number with at least four digits and a country counts; other texts in its place do not."""
    for node in each(company, "PartyLegalEntity/CompanyID"):
        number = text({"ID": node}, "ID")
        scheme = node.get("@schemeName", "").strip().upper() if isinstance(node, dict) else ""
        if country and len(re.findall(r"\d", number)) >= _DIGITS:
            card.add("identifier", f"{country}-{scheme or 'REG'}:{number}")


def _country(code: str) -> str:
    """Alpha-2 for the EU's alpha-3; an unknown code as it is."""
    found = pycountry.countries.get(alpha_3=code) if code else None
    return found.alpha_2 if found else _COUNTRIES.get(code, code)


def _address(card: Card, address: Record, country: str, label: str = "") -> None:
    lines = ("StreetName", "AdditionalStreetName", "AddressLine/Line")
    street = ", ".join(line.strip(" ,") for path in lines for line in texts(address, path))
    at_home = leads_to_a_person(street)
    card.add(
        "address",
        None,
        label,
        street_address="" if at_home else street,
        locality=text(address, "CityName"),
        region=text(address, "CountrySubentity"),
        postal_code="" if at_home else text(address, "PostalZone"),
        country_code=country,
    )


def _contact_point(party: Record, department: str) -> ContactPoint:
    contact: Record = next(each(party, "Contact"), {})
    return ContactPoint(
        name=text(contact, "Name"),
        emails=tuple(texts(contact, "ElectronicMail")),
        phones=tuple(texts(contact, "Telephone")),
        faxes=tuple(texts(contact, "Telefax")),
        department=department,
    )
