"""SEC EDGAR: filers as companies, and the officers and directors that their forms name.

A filer is told by its central index key (CIK); each form has its own cards, `<cik>/<form>`, so that none overwrites
another. People without a number of their own are told by a digest of their name.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pycountry

from pipelines.card import Card, Kind, Party, Role
from pipelines.faults import BadRecord
from pipelines.reasons import RecordFault
from pipelines.screen.reading import Record, each, text, texts

_TRUE = frozenset({"1", "true", "Y"})
_ABSENT = frozenset({"", "none", "n/a", "na", "-", "--", ".", "null"})

_ORGANISATION = re.compile(
    r"\b(L\.?L\.?C|L\.?L\.?P|L\.?P|Inc|Incorporated|Corp|Corporation|Ltd|Limited|P\.?L\.?C|GmbH|S\.A|N\.V|B\.V|Pte"
    r"|Company|Partners|Partnership|Holdings?|Capital|Advis[eo]rs|Management|Ventures|Investments?|Associates|Group"
    r"|Funds?|Trust|Bank of|Aktiengesellschaft|Foundation|University|Bancorp|Bancshares)\b\.?"
    r"|\b(AG|SA|NV|BV|CO|SPA|SRL|KG)\.?$"
    r"|\d",
    re.IGNORECASE,
)
_CONFORMED = re.compile(r"(?<!SA)\s*/\s?(?:(?:[A-Z]{2}|NEW|ADV|CAN|ADR)\s*/?)?$")
"""What EDGAR hangs on names to keep them apart: `/DE/`, `/NEW`, `/ADR`, a lone slash; not the Belgian form `SA/NV`."""
_PRIVATE_TRUST = re.compile(r"\b(family|living|revocable|irrevocable)\b.*\btrust\b", re.IGNORECASE)

_TITLE_WORD = re.compile(
    r"\b(chief|officer|president|chair\w*|director|manag\w+|partner|principal|secretary|treasurer|counsel|head"
    r"|founder|co-founder|controller|executive|vice|trustee|member|c[efot]o|[es]?vp)\b",
    re.IGNORECASE,
)
_NOT_A_TITLE = re.compile(
    r"\bissuer|\bof (the |its |a )?(general|managing|manager|sponsor|advis|fund|parent|trustee|company)"
    r"|\bsee\b|\bremarks?\b|authori[sz]ed|[.;:]\s|\d",
    re.IGNORECASE,
)
_SEE_REMARKS = re.compile(r"\bsee\b|\bremarks?\b|\bfootnotes?\b", re.IGNORECASE)
_OF_THE_ISSUER = re.compile(r",?\s*\bof (the )?(issuer|company)\.?$", re.IGNORECASE)
_LONGEST_TITLE = 80

_FORM_D_ROLES = (("Director", Role.DIRECTOR), ("Executive Officer", Role.OFFICER))


def tickers(record: Record) -> Iterator[Card]:
    """One listed security: its filer's name."""
    cik = _cik(record, "cik_str")
    card = Card(Kind.COMPANY, f"{cik}/ticker/{text(record, 'ticker')}", party=Party.COMPANY)
    yield _named(card, cik, _said(record, "title"))


def submissions(record: Record) -> Iterator[Card]:
    """One filer; an empty card for a natural person, who files as an insider only."""
    cik = _cik(record, "cik")
    if _is_insider(record):
        yield Card(Kind.PERSON, cik, party=Party.PERSON)
        return
    card = _named(Card(Kind.COMPANY, cik, party=Party.COMPANY), cik, _said(record, "name"))
    for former in texts(record, "formerNames/name"):
        card.add("company_name", _CONFORMED.sub("", former), "former")
    if (number := _said(record, "ein")).strip("0"):
        card.add("identifier", f"US-EIN:{number}")
    if lei := _said(record, "lei"):
        card.add("identifier", f"LEI:{lei}")
    if industry := _said(record, "sic"):
        card.add("industry", f"US-SIC:{industry}")
    state = _said(record, "stateOfIncorporation")
    card.add("jurisdiction", _jurisdiction(state, _said(record, "stateOfIncorporationDescription")))
    for which, label in (("business", "headquarters"), ("mailing", "mailing")):
        _add_address(card, next(each(record, f"addresses/{which}"), None), label)
    card.add("phone", _said(record, "phone"), "organisation")
    card.add("website", _said(record, "website"))
    yield card


def form_d(record: Record) -> Iterator[Card]:
    """One notice of an exempt offering: its issuers, and the people and firms related to the first of them."""
    issuers = [*each(record, "primaryIssuer"), *each(record, "issuerList/issuer")]
    if not issuers:
        raise BadRecord(RecordFault.NO_KEY)
    signed_on = max(texts(record, "offeringData/signatureBlock/signature/signatureDate"), default="")
    cards = {card.key: card for card in (_issuer(issuer, signed_on) for issuer in issuers)}
    first = next(iter(cards.values()))
    titles = dict(_signers(record))
    for person in each(record, "relatedPersonsList/relatedPersonInfo"):
        for card in _related(person, first, titles):
            cards.setdefault(card.key, card)
    yield from cards.values()


def ownership(record: Record) -> Iterator[Card]:
    """One insider's statement (form 3, 4 or 5): the issuer, and its officers and directors among the owners."""
    cik = _cik(record, "issuer/issuerCik")
    reported_on = text(record, "periodOfReport")[:10]
    company = Card(Kind.COMPANY, f"{cik}/issuer", party=Party.COMPANY, updated_on=reported_on)
    yield _named(company, cik, _said(record, "issuer/issuerName"))
    left = text(record, "notSubjectToSection16") in _TRUE
    for owner in each(record, "reportingOwner"):
        role = _owner_role(owner)
        name, number = text(owner, "reportingOwnerId/rptOwnerName"), text(owner, "reportingOwnerId/rptOwnerCik")
        if role is None or not name or not number or _is_organisation(name):
            continue
        person = Card(
            Kind.PERSON,
            f"{cik}/owner/{number:0>10}",
            party=Party.PERSON,
            employer=company.key,
            role=role,
            ended_on=reported_on if left else "",
            updated_on=reported_on,
        )
        person.add("full_name", name, "surname_first")
        person.add("identifier", f"US-CIK:{number:0>10}")
        title = _said(owner, "reportingOwnerRelationship/officerTitle")
        person.add("job_title", "" if _SEE_REMARKS.search(title) else title)
        yield person


def form_c(record: Record) -> Iterator[Card]:
    """One crowdfunding form: the issuer and those who signed for it."""
    cik = _cik(record, "headerData/filerInfo/filer/filerCredentials/filerCik")
    issuer: Record = next(each(record, "formData/issuerInformation/issuerInfo"), {})
    signatures = list(each(record, "formData/signatureInfo/signaturePersons/signaturePerson"))
    signed_on = max((_iso(text(one, "signatureDate")) for one in signatures), default="")
    card = Card(Kind.COMPANY, f"{cik}/c", party=Party.COMPANY, updated_on=signed_on)
    _named(card, cik, _said(issuer, "nameOfIssuer"))
    card.add("legal_form", _said(issuer, "legalStatus/legalStatusForm"))
    card.add("jurisdiction", _jurisdiction(_said(issuer, "legalStatus/jurisdictionOrganization")))
    card.add("incorporated_on", _iso(text(issuer, "legalStatus/dateIncorporation")))
    _add_address(card, next(each(issuer, "issuerAddress"), None), "headquarters")
    card.add("website", _said(issuer, "issuerWebsite"))
    yield card
    yield from _signatories(card, [(text(one, "personSignature"), text(one, "personTitle"), "") for one in signatures])


def form_13f(record: Record) -> Iterator[Card]:
    """One report of an investment manager: the manager and the one who signed for it."""
    cik = _cik(record, "headerData/filerInfo/filer/credentials/cik")
    manager: Record = next(each(record, "formData/coverPage/filingManager"), {})
    signature: Record = next(each(record, "formData/signatureBlock"), {})
    signed_on = _iso(text(signature, "signatureDate"))
    card = Card(Kind.COMPANY, f"{cik}/13f", party=Party.COMPANY, updated_on=signed_on)
    _named(card, cik, _said(manager, "name"))
    _add_address(card, next(each(manager, "address"), None), "headquarters")
    yield card
    yield from _signatories(card, [(text(signature, "name"), text(signature, "title"), text(signature, "phone"))])


def name_key(*names: str) -> str:
    """A short digest of a name, whatever its case and punctuation: the key of a party without a number."""
    letters = " ".join(re.findall(r"\w+", " ".join(names).casefold()))
    return hashlib.blake2b(letters.encode(), digest_size=8).hexdigest()


def _said(node: Any, path: str) -> str:  # noqa: ANN401 - JSON is of any type
    """The text at `path` unless it is one of the words with which filers and exports say nothing."""
    found = text(node, path)
    return "" if found.casefold() in _ABSENT else found


def _cik(record: Record, path: str) -> str:
    number = text(record, path)
    if not number.isdigit():
        raise BadRecord(RecordFault.NO_KEY)
    return f"{number:0>10}"


def _named(card: Card, cik: str, name: str) -> Card:
    if not name:
        raise BadRecord(RecordFault.NO_NAME)
    card.add("company_name", _CONFORMED.sub("", name), "legal")
    card.add("identifier", f"US-CIK:{cik}")
    return card


def _is_insider(record: Record) -> bool:
    """Whether the filer is a natural person: one who owns securities, issues none and is registered nowhere."""
    registered = _said(record, "sic") or _said(record, "stateOfIncorporation") or _said(record, "ein").strip("0")
    owns = text(record, "insiderTransactionForOwnerExists") in _TRUE
    issues = text(record, "insiderTransactionForIssuerExists") in _TRUE
    return owns and not issues and not registered and not _is_organisation(_said(record, "name"))


def _is_organisation(name: str) -> bool:
    """Whether a name is an organisation's, by the words that only organisations have."""
    return _ORGANISATION.search(name) is not None


@cache
def _states() -> dict[str, str]:
    """Codes of the states and territories of the United States, by code and by name in capitals."""
    subdivisions: list[Any] = list(pycountry.subdivisions)
    states = {one.code.removeprefix("US-"): one.name.upper() for one in subdivisions if one.country_code == "US"}
    return {code: code for code in states} | {name: code for code, name in states.items()}


def _jurisdiction(place: str, description: str = "") -> str:
    """`US-DE` for a state, by code or name; otherwise the description or the name of the country as written."""
    state = _states().get(place.upper())
    return f"US-{state}" if state else description or place


def _add_address(card: Card, node: Any, label: str) -> None:  # noqa: ANN401 - JSON is of any type
    """Adds an address; EDGAR has one code for the state or the country, and describes it in words."""
    region, country = _place(_said(node, "stateOrCountry"), _said(node, "stateOrCountryDescription"))
    street = ", ".join(filter(None, (_said(node, "street1"), _said(node, "street2"))))
    locality = _said(node, "city")
    if not street and not locality:
        return
    card.add(
        "address",
        None,
        label,
        street_address=street,
        locality=locality,
        region=region or _said(node, "foreignStateTerritory"),
        postal_code=_said(node, "zipCode"),
        country_code=_said(node, "countryCode") or country or _said(node, "country"),
    )


def _place(code: str, description: str) -> tuple[str, str]:
    """Region and country of EDGAR's code for a state, a Canadian province or a country."""
    if state := _states().get(code.upper()):
        return state, "US"
    if description.casefold().endswith(", canada"):
        return description[: -len(", canada")], "CA"
    return "", description


def _issuer(issuer: Record, signed_on: str) -> Card:
    cik = _cik(issuer, "cik")
    card = Card(Kind.COMPANY, f"{cik}/d", party=Party.COMPANY, updated_on=signed_on)
    _named(card, cik, _said(issuer, "entityName"))
    for names in ("issuerPreviousNameList", "edgarPreviousNameList"):
        for former in (*texts(issuer, f"{names}/previousName"), *texts(issuer, f"{names}/value")):
            if former.casefold() not in _ABSENT:
                card.add("company_name", former, "former")
    card.add("legal_form", _said(issuer, "entityType"))
    card.add("jurisdiction", _jurisdiction(_said(issuer, "jurisdictionOfInc")))
    card.add("incorporated_on", _said(issuer, "yearOfInc/value"))
    _add_address(card, next(each(issuer, "issuerAddress"), None), "headquarters")
    card.add("phone", _said(issuer, "issuerPhoneNumber"), "organisation")
    return card


def _signers(record: Record) -> Iterator[tuple[tuple[str, str], str]]:
    """Title by first and last word of the name of each who signed."""
    for signature in each(record, "offeringData/signatureBlock/signature"):
        if words := text(signature, "nameOfSigner").casefold().split():
            yield (words[0], words[-1]), text(signature, "signatureTitle")


def _related(person: Record, issuer: Card, titles: dict[tuple[str, str], str]) -> Iterator[Card]:
    first, middle, last = (_said(person, f"relatedPersonName/{which}Name") for which in ("first", "middle", "last"))
    key = f"{issuer.key}/{name_key(first, middle, last)}"
    # a firm fills in a form made for people: its name is cut anywhere, its legal form often comes first
    whole = " ".join(filter(None, (last, first, middle)))
    if _is_organisation(whole):
        if not _PRIVATE_TRUST.search(whole):
            firm = Card(Kind.COMPANY, key, party=Party.COMPANY, updated_on=issuer.updated_on)
            firm.add("company_name", whole, "legal")
            yield firm
        return
    stated = texts(person, "relatedPersonRelationshipList/relationship")
    role = next((role for name, role in _FORM_D_ROLES if name in stated), None)
    if role is None or not first or not last:
        return
    card = Card(Kind.PERSON, key, party=Party.PERSON, employer=issuer.key, role=role, updated_on=issuer.updated_on)
    card.add("full_name", None, first_name=first, middle_name=middle, last_name=last)
    signed_as = titles.get((first.casefold().split()[0], last.casefold().split()[-1]), "")
    card.add("job_title", _title(_said(person, "relationshipClarification")) or _title(signed_as))
    yield card


def _title(words: str) -> str:
    """The words when they are a function at the issuer itself, otherwise nothing."""
    title = _OF_THE_ISSUER.sub("", words)
    if len(title) > _LONGEST_TITLE or _NOT_A_TITLE.search(title) or not _TITLE_WORD.search(title):
        return ""
    return title


def _owner_role(owner: Record) -> Role | None:
    if text(owner, "reportingOwnerRelationship/isOfficer") in _TRUE:
        return Role.OFFICER
    return Role.DIRECTOR if text(owner, "reportingOwnerRelationship/isDirector") in _TRUE else None


def _iso(date: str) -> str:
    """The ISO date of `MM-DD-YYYY`, empty when it is none."""
    found = re.fullmatch(r"(\d\d)-(\d\d)-(\d{4})", date)
    return f"{found[3]}-{found[1]}-{found[2]}" if found else ""


def _signatories(company: Card, signed: list[tuple[str, str, str]]) -> Iterator[Card]:
    """Cards of those who signed with a title: (name, title, telephone) each."""
    seen = set()
    for signature, title, phone in signed:
        name = re.sub(r"^\s*/s/\s*", "", signature)
        key = f"{company.key}/{name_key(name)}"
        if not name or not _title(title) or _is_organisation(name) or key in seen:
            continue
        seen.add(key)
        card = Card(
            Kind.PERSON, key, party=Party.PERSON, employer=company.key, role=Role.OFFICER,
            updated_on=company.updated_on,
        )  # fmt: skip
        card.add("full_name", name)
        card.add("job_title", title)
        card.add("phone", phone, "work")
        yield card
