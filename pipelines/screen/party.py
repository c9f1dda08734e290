"""Who stands behind a card: company, sole trader, person, public body or unknown.

What belongs here: the classing, from what the parser proved, words of legal form, registers and the source's word.
What does not: what follows from it (`screening.py`).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipelines.card import Card, Kind, Party
from pipelines.screen.contact_name import is_department
from pipelines.screen.rules import rules
from pipelines.screen.words import any_of, flat, words

IN_DOUBT = frozenset({Party.SOLE_TRADER, Party.UNKNOWN})
"""Parties whose contact values may be those of a natural person at home."""

_SAID_OF_TRUSTS = frozenset({"company_name", "legal_form"})

_SOCIETA_PER_AZIONI = re.compile(r"\bS\.\s?p\.\s?A\b\.?|\bSpA\b")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    said = rules("parties")
    forms = any_of(flat(said["anywhere"]))
    ends, starts = any_of(said["at_end"]), any_of(said["at_start"])
    return {
        "company": re.compile(rf"(?:^| ){forms}(?: |$)|. {ends}$|^{starts} ."),
        "sole_trader": re.compile(rf"(?:^| ){any_of(said['sole_trader'])}(?: |$)"),
        "natural_form": re.compile(rf"(?:^| ){any_of(flat(said['natural_form']))}(?: |$)"),
        "private_trust": re.compile(rf"(?:^| ){any_of(flat(said['private_trust']))}(?: |$)"),
        "private_trust_not": re.compile(rf"(?:^| ){any_of(said['private_trust_not'])}(?: |$)| (?:{forms}|{ends})$"),
        "public_body": re.compile(rf"(?:^| ){any_of(flat(said['public_body']))}(?: |$)"),
        "organisation": re.compile(rf"(?:^| ){any_of(said['organisation'])}(?: |$)"),
        "trustee": re.compile(r"(?:^| )(?:as trustees?|trustees? (?:of|for)|atf|re)(?: |$)"),
        "german_compound": re.compile(r"(?:gesellschaft|genossenschaft|verband|verein|ministerium|sparkasse)(?: |$)"),
    }


def classify(card: Card, *, organisations_only: bool = False) -> Party:
    """The party behind a card; a family's trust is in doubt whatever a register calls it.

    Args:
        card: Any card; a person's card is a person unless the parser proved a sole trader.
        organisations_only: Whether its source lists organisations only.
    """
    if card.party is Party.COMPANY or (card.party is Party.UNKNOWN and card.kind is Kind.COMPANY):
        said = (claim for claim in card.claims if claim.field in _SAID_OF_TRUSTS and claim.label != "former")
        if any(is_private_trust(claim.value) for claim in said):
            return Party.UNKNOWN
    if card.party is not Party.UNKNOWN:
        return card.party
    if card.kind is Kind.PERSON:
        return Party.PERSON
    of_form = [_of_form(claim.value) for claim in card.claims if claim.field == "legal_form"]
    of_register = [_of_register(claim.value) for claim in card.claims if claim.field == "identifier"]
    of_name = [of_words(claim.value) for claim in card.claims if claim.field == "company_name"]
    proved = next((party for party in (*of_form, *of_register, *of_name) if party is not Party.UNKNOWN), Party.UNKNOWN)
    return Party.COMPANY if proved is Party.UNKNOWN and organisations_only else proved


@lru_cache(maxsize=65_536)
def of_words(name: str) -> Party:
    """The party that the words of a name prove; a company's form outweighs a trading name behind it."""
    folded = words(_SOCIETA_PER_AZIONI.sub("societa per azioni", name))
    find = _patterns()
    if find["company"].search(folded):
        return Party.COMPANY
    if find["sole_trader"].search(folded):
        return Party.SOLE_TRADER
    if find["public_body"].search(folded):
        return Party.PUBLIC_BODY
    if find["organisation"].search(folded) or find["german_compound"].search(folded):
        return Party.COMPANY
    return Party.UNKNOWN


def has_form(name: str) -> bool:
    """Whether a name has a company's legal form in it, as `Zorbury Ports Ltd` has and `Zorbury Hospital` has not."""
    return _patterns()["company"].search(words(_SOCIETA_PER_AZIONI.sub("societa per azioni", name))) is not None


@lru_cache(maxsize=4_096)
def is_natural_form(form: str) -> bool:
    """Whether a legal form, in words or as a register's code, is one of natural persons."""
    folded, find = words(form), _patterns()
    by_words = find["sole_trader"].search(folded) or find["natural_form"].search(folded)
    return folded in _form_codes() or by_words is not None


@lru_cache(maxsize=65_536)
def is_private_trust(name: str) -> bool:
    """Whether a name, or a legal form, is of a trust, estate or pension of one person or family."""
    folded, find = words(name), _patterns()
    if not find["private_trust"].search(folded):
        return False
    return not find["private_trust_not"].search(folded) or find["trustee"].search(folded) is not None


def leads_to_a_person(street: str) -> bool:
    """Whether the lines of an address name who is at home there: `Clerk: Mrs W Quellen, 4 Ash Close`."""
    find = _addressees()
    if find["title"].search(street) or find["role"].search(street):
        return True
    if any(not is_department(found) for found in find["attention"].findall(street)):
        return True
    return any(not find["place"].search(line) for line in find["title_of_line"].findall(street))


@cache
def _addressees() -> dict[str, re.Pattern[str]]:
    said = rules("parties")["addressee"]
    before_a_name = r"(?:\.\s*|\s+)[^\W\d_]"
    return {
        "title": re.compile(rf"\b{any_of(said['title'])}{before_a_name}", re.IGNORECASE),
        "title_of_line": re.compile(
            rf"(?:^|[,;:(\n]|\bc/o)\s*({any_of(said['title_of_line'])}{before_a_name}[^,;:()\n\d]*)(?=$|[,;:)\n])",
            re.IGNORECASE,
        ),
        "role": re.compile(rf"\b{any_of(said['role'])}\b[^,;:\n\d]{{0,40}}:", re.IGNORECASE),
        "attention": re.compile(rf"\b{any_of(said['attention'])}\s*:\s*([^,;:\n]+)", re.IGNORECASE),
        "place": re.compile(rf"\b{any_of(said['place'])}\b", re.IGNORECASE),
    }


@cache
def _form_codes() -> frozenset[str]:
    return frozenset(map(str, rules("parties")["form_only"]))


@lru_cache(maxsize=4_096)
def _of_form(form: str) -> Party:
    """A legal form stands alone, so that it may be shorter and plainer than in a name."""
    return Party.SOLE_TRADER if is_natural_form(form) else of_words(f"x {form}")


@cache
def _registers() -> dict[str, Party]:
    return {scheme: Party(party) for party, schemes in rules("parties")["register"].items() for scheme in schemes}


def _of_register(identifier: str) -> Party:
    return _registers().get(identifier.partition(":")[0].strip().upper(), Party.UNKNOWN)
