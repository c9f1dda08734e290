"""Companies House: companies in three products, and those who control them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType

from pipelines.card import Card, Kind, Party, Role
from pipelines.faults import BadRecord
from pipelines.reasons import RecordFault
from pipelines.screen.reading import Record, text
from pipelines.screen.restriction import objection

PREVIOUS_NAMES = 10
SIC_CODES = 4

GONE = ("dissolved", "closed", "converted", "removed")
"""How the status of a company begins that no longer exists; one in liquidation or administration still does."""

_NUMBER = re.compile(r"([A-Z]{0,2})(\d{1,8})([A-Z]?)")
_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
_COMPACT_DAY = re.compile(r"(?!0000)(\d{4})(\d{2})(\d{2})")
_SIC = re.compile(r"\d{5}|\d{4}(?= )")
_AT_HOME = re.compile(r"(?:NI|R|SC|OC|SO|NC|CE|CS|IP|SP|NP)?\d+[A-Z]?")
"""Numbers of bodies whose registered office is in the United Kingdom by law."""

_HOUSE_NUMBER = re.compile(r"\d+[A-Z]?(?:\s*[-/&]\s*\d+[A-Z]?)?", re.IGNORECASE)
_CARE_OF = re.compile(r"c\s*[/\\]\s*o\b|care of\b", re.IGNORECASE)
_UK = re.compile(
    r"\b(?:uk|u\.k|gb|united\s*kingdom|great britain|eng\w*\s*(?:and|&)\s*wales|e\s*&\s*w|england|scotland|wales|"
    r"northern ireland|companies house)\b",
    re.IGNORECASE,
)
_NOT_UK = re.compile(r"\b(?:jersey|guernsey|isle of man|new south wales|new england|gibraltar)\b", re.IGNORECASE)

STATEMENTS = ("exemptions", "totals#", "persons-with-significant-control-statement")

CATEGORIES = MappingProxyType(
    {
        "1": "Private Unlimited",
        "2": "Private Limited Company",
        "3": "Public Limited Company",
        "4": "Old Public Company",
        "5": "Private company limited by guarantee, exempt from the use of 'limited'",
        "6": "Limited Partnership",
        "7": "Private company limited by guarantee without share capital",
        "8": "Converted/Closed",
        "9": "Private Unlimited Company without share capital",
        "A": "Private company limited by shares, exempt from the use of 'limited'",
        "B": "Societas Europaea",
        "C": "Scottish Partnership",
        "D": "Protected Cell Company",
        "E": "Further Education Corporation or Sixth Form College",
    }
)
"""Product 183's codes of the kind of company; 0 is any other."""

JURISDICTIONS = MappingProxyType(
    {
        "1": "England and Wales",
        "2": "Wales",
        "3": "Scotland",
        "4": "Northern Ireland",
        "5": "European Union",
        "6": "United Kingdom",
        "7": "England",
    }
)
"""Product 183's codes of jurisdictions; 8 and 9 name no country."""


def basic(record: Record) -> Iterator[Card]:
    """One company of the monthly company data (also sold as product 217)."""
    card = _company(text(record, "CompanyNumber"), text(record, "CompanyName"))
    for n in range(1, PREVIOUS_NAMES + 1):
        card.add("company_name", text(record, f"PreviousName_{n}.CompanyName"), "former")
    card.add("address", None, "registered", **_basic_address(record, card.key))
    card.add("legal_form", text(record, "CompanyCategory"))
    card.add("jurisdiction", text(record, "CountryOfOrigin"))
    dissolved = _iso(text(record, "DissolutionDate"))
    card.add("status", _status(text(record, "CompanyStatus"), dissolved))
    card.add("incorporated_on", _iso(text(record, "IncorporationDate")))
    card.add("dissolved_on", dissolved)
    for n in range(1, SIC_CODES + 1):
        if sic := _SIC.match(text(record, f"SICCode.SicText_{n}")):
            card.add("industry", f"UKSIC:{sic[0]}")
    # the day as of which the company itself last confirmed what the register says of it
    card.updated_on = max(_iso(text(record, "ConfStmtLastMadeUpDate")), _iso(text(record, "Returns.LastMadeUpDate")))
    yield card


def product_183(record: Record) -> Iterator[Card]:
    """One company of the weekly snapshot in fixed width."""
    card = _company(text(record, "number"), text(record, "name"))
    card.add("address", None, "registered", **_product_183_address(text(record, "address"), card.key))
    category = text(record, "category")
    card.add("legal_form", CATEGORIES.get(category))
    card.add("jurisdiction", JURISDICTIONS.get(text(record, "jurisdiction")))
    card.add("status", _status(CATEGORIES.get(category, "Active"), ""))
    card.add("incorporated_on", _compact(text(record, "incorporated")))
    card.updated_on = _compact(text(record, "confirmed"))
    yield card


def psc(record: Record) -> Iterator[Card]:
    """One stake in a company: the company as far as the record knows it, then its owner."""
    kind = text(record, "data/kind")
    if kind.startswith(STATEMENTS):
        raise BadRecord(RecordFault.NOT_A_PARTY)
    if not kind.startswith(("individual-", "corporate-entity-", "legal-person-", "super-secure-")):
        raise BadRecord(RecordFault.PARSER)
    company = Card(Kind.COMPANY, _psc_key(record), party=Party.COMPANY)
    company.add("identifier", f"GB-COH:{company.key.partition('/')[0]}")
    if kind.startswith(("corporate-entity-", "legal-person-")):
        owner = _corporate_owner(record, company)
    else:
        owner = _owner(record, company, objection("companies_house", "data/kind", kind))
    yield company
    yield owner


def _company(number: str, name: str) -> Card:
    if not number:
        raise BadRecord(RecordFault.NO_KEY)
    if not name:
        raise BadRecord(RecordFault.NO_NAME)
    card = Card(Kind.COMPANY, _padded(number), party=Party.COMPANY)
    card.add("company_name", name, "legal")
    card.add("identifier", f"GB-COH:{card.key}")
    return card


def _owner(record: Record, company: Card, restriction: str) -> Card:
    owner = Card(
        Kind.PERSON,
        f"{company.key}/owner",
        party=Party.PERSON,
        employer=company.key,
        role=Role.OWNER,
        started_on=text(record, "data/notified_on"),
        ended_on=text(record, "data/ceased_on"),
    )
    if restriction:
        owner.restriction = restriction
        return owner
    elements = "data/name_elements/"
    owner.add(
        "full_name",
        None,
        first_name=text(record, elements + "forename"),
        middle_name=text(record, elements + "middle_name") or text(record, elements + "other_forenames"),
        last_name=text(record, elements + "surname"),
    )
    if not owner.claims:
        owner.add("full_name", text(record, "data/name"))
    if not owner.claims:
        raise BadRecord(RecordFault.NO_NAME)
    return owner


def _corporate_owner(record: Record, company: Card) -> Card:
    name = text(record, "data/name")
    if not name:
        raise BadRecord(RecordFault.NO_NAME)
    owner = Card(Kind.COMPANY, f"{company.key}/owner", party=Party.COMPANY)
    owner.add("company_name", name, "legal")
    if number := _uk_number(record):
        owner.add("identifier", f"GB-COH:{number}")
        company.add("relation", f"GB-COH:{number}", "controlled_by")
        company.started_on, company.ended_on = text(record, "data/notified_on"), text(record, "data/ceased_on")
    owner.add("legal_form", text(record, "data/identification/legal_form"))
    owner.add("jurisdiction", text(record, "data/identification/country_registered"))
    return owner


def _psc_key(record: Record) -> str:
    """`<company number>/psc/<kind>/<id>`, out of the record's link; the number there is the better padded one."""
    path = text(record, "data/links/self").strip("/").split("/")
    number = text(record, "company_number") or (path[1] if len(path) > 1 else "")
    if len(path) < 4 or not number:  # noqa: PLR2004 - company/<number>/…/<id>
        raise BadRecord(RecordFault.NO_KEY)
    return "/".join([_padded(number), "psc", *path[3:]])


def _uk_number(record: Record) -> str:
    """The owner's number when the register that gave it is the United Kingdom's, else the empty string."""
    at = "data/identification/"
    where = text(record, at + "country_registered") or text(record, at + "place_registered")
    number = text(record, at + "registration_number").replace(" ", "").upper()
    if not _UK.search(where) or _NOT_UK.search(where) or not _NUMBER.fullmatch(number) or not number.strip("0"):
        return ""
    return _padded(number)


def _padded(number: str) -> str:
    """The number in eight characters: spreadsheets and old systems drop the zeros after the letters."""
    found = _NUMBER.fullmatch(number.strip().upper())
    if found is None:
        return number.strip().upper()
    letters, digits, end = found.groups()
    return letters + digits.zfill(8 - len(letters) - len(end)) + end


def _basic_address(record: Record, number: str) -> dict[str, str]:
    at = "RegAddress."
    care, box = text(record, at + "CareOf"), text(record, at + "POBox")
    lines = [
        care if not care or _CARE_OF.match(care) else f"C/O {care}",
        f"PO Box {box}" if box.isdigit() else box,
        text(record, at + "AddressLine1"),
        text(record, at + "AddressLine2"),
    ]
    return _address(
        lines,
        text(record, at + "PostTown"),
        text(record, at + "County"),
        text(record, at + "PostCode"),
        text(record, at + "Country"),
        number,
    )


def _product_183_address(written: str, number: str) -> dict[str, str]:
    """House, street, area, town, county, country, postal code, care of, supplied name, box; `<` after each."""
    cells = [cell.strip().rstrip(",") for cell in written.split("<")]
    house, street, area, town, county, country, code, care, _, box = (cells + [""] * 10)[:10]
    lines = [
        f"C/O {care}" if care else "",
        f"PO Box {box}" if box else "",
        f"{house}{' ' if _HOUSE_NUMBER.fullmatch(house) else ', '}{street}".strip(", "),
        area,
    ]
    return _address(lines, town, county, code, country, number)


def _address(lines: list[str], town: str, county: str, code: str, country: str, number: str) -> dict[str, str]:
    """The parts of an address; a blank country is the United Kingdom where the law says so, else stays blank."""
    street = ", ".join(" ".join(line.split()) for line in lines if line)
    at_home = not country and (street or code) and _AT_HOME.fullmatch(number)
    return {
        "street_address": street,
        "locality": town,
        "region": county,
        "postal_code": code,
        "country_code": "GB" if at_home else country,
    }


def _status(written: str, dissolved: str) -> str:
    if dissolved or written.lower().startswith(GONE):
        return "inactive"
    return "active" if written else ""


def _iso(day: str) -> str:
    """`DD/MM/YYYY` as an ISO date; anything else is no date."""
    found = _DAY.fullmatch(day)
    return f"{found[3]}-{found[2]}-{found[1]}" if found else ""


def _compact(day: str) -> str:
    """`YYYYMMDD` as an ISO date; zeros are no date."""
    found = _COMPACT_DAY.fullmatch(day)
    return f"{found[1]}-{found[2]}-{found[3]}" if found else ""
