"""vCard: a person at a company, or a company, as they stand on a business card."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from pipelines.card import Card, Kind, Role
from pipelines.faults import BadRecord
from pipelines.reasons import RecordFault
from pipelines.screen.formats.vcard import said_of
from pipelines.screen.reading import Record, each, text, texts
from pipelines.screen.restriction import objection

_DATE = re.compile(r"^(\d{4})-?(\d{2})-?(\d{2})")
_URI = re.compile(r"^(?:tel:|mailto:)", re.IGNORECASE)
_EXTENSION = re.compile(r";ext=(\d+)", re.IGNORECASE)

_ORGANISATION_KINDS = frozenset({"org", "organization", "organisation", "company"})
_PERSON_KINDS = frozenset({"", "individual"})

_PHONE_LABELS = (("pager", "pager"), ("fax", "fax"), ("main", "switchboard"), ("work", "work"))
_DOMESTIC = "dom"
"""The type of an address for domestic mail, which in some languages is the word for a home."""


def cards(record: Record) -> Iterator[Card]:
    """Each company of one card and the person there; the company alone when the card names nobody.

    Where a card names several, its telephones, addresses and sites are those of the first.
    """
    kind = _kind(record)
    name, organisations = _full_name(record), _organisations(record)
    if kind not in _PERSON_KINDS | _ORGANISATION_KINDS:
        raise BadRecord(RecordFault.NOT_A_PARTY)
    if not name and not organisations:
        raise BadRecord(RecordFault.NO_NAME)
    nobody = kind in _ORGANISATION_KINDS or not name or [name] == [known for known, _ in organisations]
    found = _alone(record, name, organisations) if nobody else _employments(record, name, organisations)
    for card in found:
        card.updated_on = _date(text(record, "REV"))
        card.restriction = _objection(record)
        yield card


def _objection(record: Record) -> str:
    """The objection of any of the card's classes: a card that has several is as closed as the most closed of them."""
    said = (word for written in texts(record, "CLASS") for word in re.split(r"[^\w-]+", written))
    return next((found for word in said if (found := objection("vcard", "CLASS", word))), "")


def key_of(record: Record) -> str:
    """The card's `UID`; without one, a hash of the names, organisations and e-mail addresses as written."""
    if uid := text(record, "UID").removeprefix("urn:uuid:"):
        return uid
    named = [_full_name(record), *(name for name, _ in _organisations(record)), *texts(record, "EMAIL")]
    return hashlib.sha256("\x1f".join(named).encode()).hexdigest()[:20]


def _kind(record: Record) -> str:
    return (text(record, "KIND") or text(record, "X-ABSHOWAS")).lower()


def _full_name(record: Record) -> str:
    parts = (text(record, f"N/{part}") for part in ("prefix", "given", "additional", "family", "suffix"))
    return text(record, "FN") or " ".join(part for part in parts if part)


def _organisations(record: Record) -> list[tuple[str, str]]:
    """Name and units of each organisation, each name once."""
    found: dict[str, str] = {}
    for node in each(record, "ORG"):
        if name := text(node, "name"):
            found.setdefault(name, ", ".join(texts(node, "unit")))
    return list(found.items())


def _date(raw: str) -> str:
    found = _DATE.match(raw)
    return "-".join(found.groups()) if found else ""


def _alone(record: Record, name: str, organisations: list[tuple[str, str]]) -> Iterator[Card]:
    card = Card(Kind.COMPANY, key_of(record))
    card.add("company_name", organisations[0][0] if organisations else name)
    _reach(record, card)
    _places(record, card, card)
    _sites(record, card, card)
    yield card


def _employments(record: Record, name: str, organisations: list[tuple[str, str]]) -> Iterator[Card]:
    key = key_of(record)
    titles = texts(record, "TITLE") or texts(record, "ROLE")
    person = _person(record, key, name)
    company = person
    for number, (organisation, unit) in enumerate(organisations, start=1):
        company = Card(Kind.COMPANY, f"{key}/org/{number}")
        company.add("company_name", organisation)
        if number > 1:
            person = _person(record, f"{key}/{number}", name)
        person.employer, person.role = company.key, Role.EMPLOYEE
        person.add("department", unit)
        for title in titles if len(organisations) == 1 else titles[number - 1 : number]:
            person.add("job_title", title)
        if number == 1:
            _contact(record, person, company)
        yield company
        yield person
    if not organisations:
        _contact(record, person, person)
        yield person


def _person(record: Record, key: str, name: str) -> Card:
    card = Card(Kind.PERSON, key)
    card.add(
        "full_name",
        name,
        name_prefix=text(record, "N/prefix"),
        first_name=text(record, "N/given"),
        middle_name=text(record, "N/additional"),
        last_name=text(record, "N/family"),
        name_suffix=text(record, "N/suffix"),
    )
    return card


def _contact(record: Record, person: Card, company: Card) -> None:
    """How to reach the person; what is labelled work and is a place or a site belongs to the company."""
    _reach(record, person)
    _places(record, person, company)
    _sites(record, person, company)


def _reach(record: Record, card: Card) -> None:
    ours = "organisation" if card.kind is Kind.COMPANY else ""
    for node in each(record, "TEL"):
        if "assistant" in text(node, "@LABEL").lower():
            continue  # somebody else's
        card.add("phone", _number(text(node, "$")), _phone_label(_said(node), of_company=bool(ours)) or ours)
    for node in each(record, "EMAIL"):
        card.add("email_address", _URI.sub("", text(node, "$")), _place_label(_said(node)) or ours)


def _number(raw: str) -> str:
    """The number of a `tel:` address, with its extension and without its other parameters; any other as it is."""
    if not _URI.match(raw):
        return raw
    return _EXTENSION.sub(r" ext. \1", _URI.sub("", raw)).partition(";")[0]


def _places(record: Record, person: Card, company: Card) -> None:
    for node in each(record, "ADR"):
        label = _place_label(_said(node))
        lines = [text(node, "extended"), text(node, "street")]
        (company if label == "work" else person).add(
            "address",
            None,
            label,
            # a line break within a part is how programs write several lines of a street
            street_address=", ".join(line for part in lines for line in part.split("\n") if line) or text(node, "box"),
            locality=text(node, "city"),
            region=text(node, "region"),
            postal_code=text(node, "code"),
            country_code=text(node, "country"),
        )


def _sites(record: Record, person: Card, company: Card) -> None:
    for node in each(record, "URL"):
        label = _place_label(_said(node))
        if label != "home":  # no label of a site says that it is private, so that one stays behind here
            (company if label == "work" else person).add("website", text(node, "$"))
    for profile in texts(record, "X-SOCIALPROFILE"):
        person.add("social_profile", profile)


def _said(node: Record) -> frozenset[str]:
    """What the card says of a value by its types and its label.

    A label in its holder's own words stands before the types: one that is not understood takes back that it is `work`.
    """
    label = said_of(text(node, "@LABEL"))
    types = said_of(" ".join(one for one in texts(node, "@TYPE") if one != _DOMESTIC))
    return label | (types - {"work"} if "unknown" in label else types)


def _place_label(said: frozenset[str]) -> str:
    return "home" if "home" in said else "work" if "work" in said else ""


def _phone_label(said: frozenset[str], *, of_company: bool) -> str:
    """The label of a telephone; home beats all, since a fax at home is at home first.

    A fax of a person of which nothing says that it is at work may as well be at home: it has no label.
    """
    if "home" in said:
        return "home"
    if "mobile" in said:
        return "work_mobile" if "work" in said else "mobile"
    vouched = said if of_company or "work" in said else said - {"fax"}
    return next((label for word, label in _PHONE_LABELS if word in vouched), "")
