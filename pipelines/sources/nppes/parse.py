"""NPPES: organisations that provide health care, with the official who answers for each.

Practitioners (entity type 1) stand in the same file without an organisation: their cards are empty, so that screen
counts and refuses them, and nothing of them was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.card import Card, Kind, Party, Role
from pipelines.faults import BadRecord
from pipelines.reasons import RecordFault
from pipelines.screen.party import has_form
from pipelines.screen.reading import Record
from pipelines.screen.restriction import objection

PRACTITIONER, ORGANISATION = "1", "2"

_WITHHELD = "<UNAVAIL>"
_FLOAT = re.compile(r"\d+\.0")
_GOVERNMENT = re.compile(
    r"(?:the )?(?:city|county|town|township|village|borough|state|commonwealth)(?: (?:and|&) (?:city|county))? of ",
    re.IGNORECASE,
)
_OTHER_NAME_LABELS = {"3": "trading", "4": "former"}


def providers(record: Record) -> Iterator[Card]:
    """An organisation and its authorised official; an empty card for a practitioner; nothing else is a party."""
    number = _cell(record, "NPI")
    if not number:
        raise BadRecord(RecordFault.NO_KEY)
    entity = _cell(record, "Entity Type Code")
    if entity == ORGANISATION:
        yield from _organisation(record, number)
    elif entity == PRACTITIONER:
        yield Card(Kind.PERSON, number, party=Party.PERSON)
    else:  # a deactivated number keeps neither its type nor anything else
        raise BadRecord(RecordFault.NOT_A_PARTY)


def _cell(record: Record, name: str) -> str:
    """A cell without the marks of its format: withheld values, and the `.0` of a detour through numbers."""
    value = str(record.get(name, "")).strip()
    if value == _WITHHELD:
        return ""
    return value[:-2] if _FLOAT.fullmatch(value) else value


def _organisation(record: Record, number: str) -> Iterator[Card]:
    name = _cell(record, "Provider Organization Name (Legal Business Name)")
    if not name:
        raise BadRecord(RecordFault.NO_NAME)
    restriction = _deactivated(record)
    confirmed = max(_iso(record, "Last Update Date"), _iso(record, "Certification Date"))
    party = Party.PUBLIC_BODY if _GOVERNMENT.match(name) and not has_form(name) else Party.COMPANY
    card = Card(Kind.COMPANY, number, party=party, updated_on=confirmed, restriction=restriction)
    card.add("company_name", name, "legal")
    other = _OTHER_NAME_LABELS.get(_cell(record, "Provider Other Organization Name Type Code"), "other")
    card.add("company_name", _cell(record, "Provider Other Organization Name"), other)
    card.add("identifier", f"US-NPI:{number}")
    if employer_number := _cell(record, "Employer Identification Number (EIN)"):
        card.add("identifier", f"US-EIN:{employer_number}")
    card.add("status", "inactive" if restriction else "active")
    _add_address(card, record, "Practice Location", "trading")
    _add_address(card, record, "Mailing", "mailing")
    _add_phones(card, record, "Telephone", "organisation")
    _add_phones(card, record, "Fax", "fax")
    yield card
    yield from _official(record, card)


def _deactivated(record: Record) -> str:
    ended = _iso(record, "NPI Deactivation Date")
    again = _iso(record, "NPI Reactivation Date") >= ended
    return "" if again else objection("nppes", "NPI Deactivation Date", ended)


def _iso(record: Record, name: str) -> str:
    """The ISO date of a `MM/DD/YYYY` cell, empty when it is none."""
    month, _, rest = _cell(record, name).partition("/")
    day, _, year = rest.partition("/")
    return f"{year}-{month:0>2}-{day:0>2}" if month.isdigit() and day.isdigit() and len(year) == len("YYYY") else ""


def _add_address(card: Card, record: Record, which: str, label: str) -> None:
    lines = [_cell(record, f"Provider {line} Line Business {which} Address") for line in ("First", "Second")]
    prefix = f"Provider Business {which} Address"
    country = _cell(record, f"{prefix} Country Code (If outside U.S.)")
    locality = _cell(record, f"{prefix} City Name")
    if not locality and not any(lines):
        return
    postal_code = _cell(record, f"{prefix} Postal Code")
    card.add(
        "address",
        None,
        label,
        street_address=", ".join(filter(None, lines)),
        locality=locality,
        region=_cell(record, f"{prefix} State Name"),
        postal_code=_zip(postal_code) if country in ("", "US") else postal_code,
        country_code=country or "US",
    )


def _zip(digits: str) -> str:
    """A ZIP code with the hyphen that the format leaves out, and the zeros that a detour through numbers loses."""
    if not digits.isdigit():
        return digits
    whole = digits.zfill(5 if len(digits) <= 5 else 9)  # noqa: PLR2004 - ZIP and ZIP+4
    return f"{whole[:5]}-{whole[5:]}" if len(whole) == 9 else whole  # noqa: PLR2004 - ZIP+4


def _add_phones(card: Card, record: Record, which: str, label: str) -> None:
    numbers = [
        _cell(record, f"Provider Business {place} Address {which} Number") for place in ("Practice Location", "Mailing")
    ]
    for number in dict.fromkeys(numbers):
        card.add("phone", number, label)


def _official(record: Record, company: Card) -> Iterator[Card]:
    card = Card(
        Kind.PERSON,
        f"{company.key}/official",
        party=Party.PERSON,
        employer=company.key,
        role=Role.OFFICER,
        updated_on=company.updated_on,
        restriction=company.restriction,
    )
    card.add(
        "full_name",
        None,
        first_name=_cell(record, "Authorized Official First Name"),
        middle_name=_cell(record, "Authorized Official Middle Name"),
        last_name=_cell(record, "Authorized Official Last Name"),
        name_suffix=_cell(record, "Authorized Official Name Suffix Text"),
    )
    if not card.claims:
        return
    card.add("job_title", _cell(record, "Authorized Official Title or Position"))
    card.add("phone", _cell(record, "Authorized Official Telephone Number"), "work")
    yield card
