"""The gate: of the cards that one record gave, the claims that may be kept, and why the others may not.

What belongs here: the order of the rules and what follows from the party. What does not: the judgement on a single
value (`business.py`, `sensitive.py`, `party.py`) and the rule data (`rules/`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipelines.card import ADDRESS_PARTS, Card, Claim, Kind, Party
from pipelines.reasons import Refusal
from pipelines.screen import business, party, sensitive
from pipelines.screen.rules import rules
from pipelines.screen.words import words
from pipelines.sources.declaration import Source
from pipelines.verify import email, mailboxes, social
from pipelines.verify.countries import country_code

CARD_LEVEL = "card"
"""Stands for the field where a whole card is refused."""

_CONTACT = frozenset({"email_address", "phone", "address", "website", "social_profile"})
_NOT_FOR_DOUBTFUL = frozenset({"email_address", "phone", "social_profile"})
_CITY_AND_COUNTRY = ("locality", "region", "country_code")
_WHERE = ("locality", "region")
_VALUE_IS_PRIVATE = frozenset(
    {Refusal.HOME, Refusal.HOME_PHONE, Refusal.HOME_ADDRESS, Refusal.PAGER, Refusal.SOLE_TRADER}
)
_OWN_WORD = frozenset({"cards", "pages"})
"""Groups of sources in which people and organisations speak for themselves."""
_LONG_PHONE, _LONG_IDENTIFIER, _SHORTEST_CARD = 15, 16, 13


@dataclass(slots=True)
class Screened:
    """What the gate let through, and what it refused.

    Attributes:
        kept: New cards that hold admitted claims only, their party filled in.
        refused: (field name or `card`, code of `Refusal`), one for each refusal.
    """

    kept: list[Card] = dataclasses.field(default_factory=list)
    refused: list[tuple[str, str]] = dataclasses.field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Organisation:
    """What a company card says that its people are judged by."""

    party: Party
    names: tuple[str, ...] = ()
    sensitive: bool = False
    country: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class _Scene:
    """What a claim is judged in: its card, and the organisation that the card is of or at."""

    card: Card
    party: Party
    organisation: _Organisation
    person: str
    vouched: bool
    own_word: bool

    @property
    def of_person(self) -> bool:
        return self.card.kind is Kind.PERSON

    @property
    def doubtful(self) -> bool:
        """Whether contact values may be those of a natural person at home."""
        if not self.of_person:
            return self.party in party.IN_DOUBT
        employer = self.organisation
        namesake = employer.party is Party.UNKNOWN and _bears_name_of(employer.names, self.person)
        return Party.SOLE_TRADER in {self.party, employer.party} or namesake


_NOBODY = _Organisation(Party.UNKNOWN)


def screen(cards: Sequence[Card], source: Source | None, believers: set[str] | None = None) -> Screened:
    """Screens the cards that one record of a source gave.

    Args:
        cards: The company's card first, then its people's, each with `employer` naming the company's key.
        source: Where they come from; None where that is not known, so that nobody's word is trusted.
        believers: Identifiers of organisations of religion, party or union that earlier records of the source told;
            this record's are added. Registers write an organisation and its people in different records.
    """
    outcome = Screened()
    private: set[tuple[str, str]] = set()
    known = believers if believers is not None else set()
    organisations = {card.key: _organisation(card, source, known) for card in cards if card.kind is Kind.COMPANY}
    kept_keys: set[str] = set()
    for card in sorted(cards, key=lambda each: each.kind is Kind.PERSON):
        at = organisations.get(card.key if card.kind is Kind.COMPANY else card.employer, _NOBODY)
        orphan = card.employer in organisations and card.employer not in kept_keys
        refusal = _card_refusal(card, at) or (Refusal.NO_BUSINESS_ROLE if orphan else "")
        if refusal:
            outcome.refused.append((CARD_LEVEL, str(refusal)))
        else:
            _screen_card(_scene(card, at, source), outcome, private)
            kept_keys.update(kept.key for kept in outcome.kept[-1:])
    if private:
        _withdraw(outcome, private)
    return outcome


def _organisation(card: Card, source: Source | None, believers: set[str]) -> _Organisation:
    names = tuple(claim.value for claim in card.claims if claim.field == "company_name")
    codes = [claim.value for claim in card.claims if claim.field == "industry"]
    numbers = {claim.value for claim in card.claims if claim.field == "identifier"}
    sector = sensitive.sensitive_sector(names, codes) or not numbers.isdisjoint(believers)
    if sector:
        believers |= numbers
    who = party.classify(card, organisations_only=source is not None and source.organisations_only)
    who = Party.COMPANY if sector and who is Party.UNKNOWN else who
    country = _country(card) or (source.country if source else "")
    nobody = card.restriction or (Refusal.NO_BUSINESS_ROLE if who is Party.PERSON else "")
    return _Organisation(who, names, sector, country, nobody)


def _country(card: Card) -> str:
    """The ISO code of the first country that is told; sources write `UNITED KINGDOM` and `England` as well."""
    said = (claim.parts["country_code"] for claim in card.claims if "country_code" in claim.parts)
    return next((code for code in map(country_code, said) if code), "")


def _scene(card: Card, at: _Organisation, source: Source | None) -> _Scene:
    who = at.party if card.kind is Kind.COMPANY else party.classify(card)
    vouched = source is None or source.group != "cards"
    own_word = source is None or source.group in _OWN_WORD
    return _Scene(card, who, at, _person(card), vouched, own_word)


def _person(card: Card) -> str:
    """The person's name, given name first, for comparison with domains and companies."""
    for claim in card.claims:
        if claim.field == "full_name":
            parts = [claim.parts[part] for part in ("first_name", "last_name") if part in claim.parts]
            return " ".join(parts) if len(parts) == 2 else claim.value  # noqa: PLR2004 - both names
    return ""


def _bears_name_of(names: Sequence[str], person: str) -> bool:
    last = words(person).split()[-1:]
    return bool(last) and any(last[0] in words(name).split() for name in names)


# --- whole cards ------------------------------------------------------------------------------------------------------


def _card_refusal(card: Card, at: _Organisation) -> str:
    refusal = card.restriction or at.refusal
    return refusal or (_person_refusal(card, at) if card.kind is Kind.PERSON else "")


def _person_refusal(card: Card, at: _Organisation) -> str:
    titles = [claim.value for claim in card.claims if claim.field == "job_title"]
    if any(map(sensitive.sensitive_title, titles)):
        return Refusal.SENSITIVE_TITLE
    if not card.employer or not (card.role or any(not business.placeholder(title) for title in titles)):
        return Refusal.NO_BUSINESS_ROLE
    return Refusal.SENSITIVE_SECTOR if at.sensitive else ""


def _screen_card(scene: _Scene, outcome: Screened, private: set[tuple[str, str]]) -> None:
    """Adds what is kept of one card, and what is refused, to the outcome."""
    card, kept = scene.card, []
    refused: list[tuple[str, str]] = []
    for claim in card.claims:
        admitted, refusal = _admit(claim, scene)
        if admitted is not None:
            kept.append(admitted)
        if refusal:
            refused.append((claim.field, str(refusal)))
            if refusal in _VALUE_IS_PRIVATE:
                private.add((claim.value, str(refusal)))
    outcome.refused += refused
    if not kept or (scene.of_person and not any(claim.field == "full_name" for claim in kept)):
        outcome.refused.append((CARD_LEVEL, str(Refusal.UNUSABLE)))
        return
    outcome.kept.append(
        Card(card.kind, card.key, scene.party, card.employer, card.role, card.started_on, card.ended_on,
             card.updated_on, "", kept)
    )  # fmt: skip


def _withdraw(outcome: Screened, private: set[tuple[str, str]]) -> None:
    """Refuses a value wherever it stands in the record, when one of its cards shows that it is private."""
    codes = dict(sorted(private))
    for card in outcome.kept:
        again = [claim for claim in card.claims if claim.field in _CONTACT and claim.value in codes]
        if again:
            outcome.refused += [(claim.field, codes[claim.value]) for claim in again]
            card.claims = [claim for claim in card.claims if claim not in again]
    emptied = sum(not card.claims for card in outcome.kept)
    outcome.refused += [(CARD_LEVEL, str(Refusal.UNUSABLE))] * emptied
    outcome.kept = [card for card in outcome.kept if card.claims]


# --- single claims ----------------------------------------------------------------------------------------------------


def _admit(claim: Claim, scene: _Scene) -> tuple[Claim | None, str]:
    """The claim as it may be kept, or None, and the code of what was refused of it, or the empty string."""
    refusal = _any_refusal(claim)
    if refusal:
        return None, refusal
    if claim.field == "address":
        return _admit_address(_without_blank_parts(claim), scene)
    if claim.field == "full_name":
        return _admit_name(claim)
    judge = _BY_FIELD.get(claim.field)
    refusal = judge(claim, scene) if judge else ""
    if not refusal and claim.field in _CONTACT:
        refusal = _party_refusal(claim, scene)
    return (None, refusal) if refusal else (claim, "")


def _any_refusal(claim: Claim) -> str:
    """The rules for every text."""
    text = " | ".join((claim.value, *claim.parts.values())) if claim.parts else claim.value
    return Refusal.UNUSABLE if business.placeholder(claim.value) else text_refusal(claim.field, text)


def text_refusal(field: str, text: str) -> str:
    """Why a text may not be held for what is hidden in it, or the empty string: a payment card, somebody's e-mail.

    Args:
        field: The field it is of; numbers of telephones and registers may be as long as those of cards.
        text: The value with its parts.
    """
    shortest = _SHORTEST_CARD
    if field == "phone":
        shortest = _LONG_PHONE + text.lstrip(" (").startswith("+")
    elif field == "identifier":
        shortest = _LONG_IDENTIFIER
    if len(text) >= shortest and business.card_number(text, shortest=shortest):
        return Refusal.CARD_NUMBER
    if field in _ABOUT_SOMEBODY and (refusal := business.aside_refusal(text)):
        return refusal
    return "" if field == "email_address" else business.mail_in_text_refusal(text)


def _party_refusal(claim: Claim, scene: _Scene) -> str:
    """What follows for a contact value from who stands behind the card."""
    if scene.of_person and scene.card.ended_on:
        return Refusal.ENDED
    return Refusal.SOLE_TRADER if _leads_home(claim, scene) else ""


def _leads_home(claim: Claim, scene: _Scene) -> bool:
    """Whether a contact value may lead to a natural person; a site does when it is one's beyond doubt."""
    if claim.field == "website":
        return Party.SOLE_TRADER in {scene.party, scene.organisation.party}
    return scene.doubtful and claim.field in _NOT_FOR_DOUBTFUL


def _mail(claim: Claim, scene: _Scene) -> str:
    refusal = business.mail_refusal(claim.value, claim.label)
    if refusal:
        return refusal
    names = scene.organisation.names
    if scene.of_person and any(
        business.personal_domain(domain, scene.person, names) for domain in business.domains_in(claim.value)
    ):
        return Refusal.PERSONAL_DOMAIN
    if scene.organisation.sensitive and not business.role_mailbox(claim.value):
        return Refusal.SENSITIVE_SECTOR
    return Refusal.NO_BUSINESS_ROLE if not scene.of_person and _somebodys(claim.value, scene.card) else ""


def _somebodys(mail: str, company: Card) -> bool:
    """Whether a mailbox on an organisation's card is a person's, whom the card does not name."""
    return any(mailboxes.reads_as_a_persons(found.value, _own_words(company)) for found in email.judge(mail))


def _own_words(company: Card) -> tuple[str, ...]:
    """What an organisation is called and where it is."""
    names = (claim.value for claim in company.claims if claim.field == "company_name")
    places = (claim.parts[part] for claim in company.claims for part in _WHERE if part in claim.parts)
    return (*names, *places)


def _phone(claim: Claim, scene: _Scene) -> str:
    refusal = business.phone_refusal(
        claim.value,
        claim.label,
        country=scene.organisation.country,
        vouched=scene.vouched,
        of_organisation=not scene.of_person,
        own_word=scene.own_word,
    )
    if refusal:
        return refusal
    mobile = claim.label == "work_mobile" or business.phone_kind(claim.value, scene.organisation.country) == "mobile"
    if scene.organisation.sensitive and claim.label == "work_mobile":
        return Refusal.SENSITIVE_SECTOR
    alone = scene.of_person and mobile and scene.organisation.party is Party.UNKNOWN
    return Refusal.SOLE_TRADER if alone else ""


def _social(claim: Claim, scene: _Scene) -> str:
    return business.social_refusal(claim.value, of_person=True) if scene.of_person else _page(claim, scene.card)


def _site(claim: Claim, scene: _Scene) -> str:
    if scene.of_person:
        return business.site_refusal(claim.value, scene.person, scene.organisation.names)
    return _page(claim, scene.card)


def _page(claim: Claim, company: Card) -> str:
    """Why a page may not stand on an organisation's card, whether as a profile or as its site."""
    handles = (found.details.get("handle", "") for found in social.judge(claim.value))
    somebodys = any(social.reads_as_a_persons(handle, _own_words(company)) for handle in handles)
    return Refusal.PRIVATE_NETWORK if somebodys else business.social_refusal(claim.value, of_person=False)


def _identifier(claim: Claim, scene: _Scene) -> str:
    scheme = claim.value.partition(":")[0].strip().upper()
    if {scheme, scheme.rpartition("-")[2]} & _schemes("personal_schemes"):
        return Refusal.PERSONAL_ID
    # The number under which one person trades is often that person's tax number (GSTIN, codice fiscale).
    personal = not scene.of_person and scene.party is Party.SOLE_TRADER and scheme not in _schemes("business_schemes")
    return Refusal.PERSONAL_ID if personal else ""


@cache
def _schemes(name: str) -> frozenset[str]:
    return frozenset(rules("parties")[name])


_ABOUT_SOMEBODY = frozenset({"full_name", "job_title", "department"})
_BY_FIELD: Mapping[str, Callable[[Claim, _Scene], str]] = {
    "email_address": _mail,
    "phone": _phone,
    "social_profile": _social,
    "website": _site,
    "identifier": _identifier,
}


# --- addresses and names ----------------------------------------------------------------------------------------------


def _admit_address(claim: Claim, scene: _Scene) -> tuple[Claim | None, str]:
    refusal = _address_refusal(claim, scene)
    if refusal:
        return None, refusal
    reason = _reduction(claim, scene)
    return (_city_of(claim), reason) if reason else (claim, "")


def _address_refusal(claim: Claim, scene: _Scene) -> str:
    """Why nothing of an address may be kept."""
    if claim.label == "home":
        return Refusal.HOME_ADDRESS
    if claim.label == "correspondence" or (scene.of_person and claim.label != "work"):
        return Refusal.PERSON_ADDRESS
    return Refusal.ENDED if scene.of_person and scene.card.ended_on else ""


def _reduction(claim: Claim, scene: _Scene) -> str:
    """Why only city and country may be kept; an organisation in somebody's flat is one whoever says where it is."""
    at_home = business.dwelling(claim.value)
    if at_home and any(part in claim.parts for part in ("street_address", "postal_code")):
        return Refusal.HOME_ADDRESS
    more = not claim.parts or any(part not in _CITY_AND_COUNTRY for part in claim.parts)
    return Refusal.SOLE_TRADER if scene.doubtful and more else Refusal.HOME_ADDRESS if at_home else ""


def _city_of(claim: Claim) -> Claim | None:
    parts = {part: claim.parts[part] for part in _CITY_AND_COUNTRY if part in claim.parts}
    if business.dwelling(", ".join(parts.values())):
        parts = {part: text for part, text in parts.items() if part == "country_code" and not business.dwelling(text)}
    return Claim("address", ", ".join(parts.values()), claim.label, parts) if parts else None


def _without_blank_parts(claim: Claim) -> Claim:
    """An address whose parts that say nothing are left out."""
    if not any(business.placeholder(text, part=True) for text in claim.parts.values()):
        return claim
    kept = {part: text for part, text in claim.parts.items() if not business.placeholder(text, part=True)}
    joined = ", ".join(kept[part] for part in ADDRESS_PARTS if part in kept)
    return Claim(claim.field, joined or claim.value, claim.label, kept)


def _admit_name(claim: Claim) -> tuple[Claim | None, str]:
    """A name without clerical forms of address."""
    spare = frozenset(_said_names(claim))
    value = sensitive.without_clerical(claim.value, spare=spare)
    parts = dict(_lay_parts(claim, spare))
    if business.nobodys_name(value):
        return None, Refusal.UNUSABLE
    if value == claim.value and parts == dict(claim.parts):
        return claim, ""
    if business.placeholder(value):
        return None, Refusal.CLERICAL_TITLE
    return Claim("full_name", value, claim.label, parts), Refusal.CLERICAL_TITLE


def _said_names(claim: Claim) -> Iterator[str]:
    """Words that the source itself calls a name of the person."""
    for part in ("first_name", "last_name"):
        text = words(claim.parts.get(part, ""))
        if text and (part == "last_name" or " " not in text):
            yield from text.split()
    if claim.label == "surname_first":
        yield from words(claim.value).split()[:1]


def _lay_parts(claim: Claim, spare: frozenset[str]) -> Iterator[tuple[str, str]]:
    for part, text in claim.parts.items():
        if part == "name_prefix":
            kept = sensitive.without_clerical(f"{text} x y").removesuffix("x y").strip()
        elif part == "name_suffix":
            kept = sensitive.without_clerical(f"x, {text}").removeprefix("x").strip(" ,")
        elif part == "first_name":
            kept = sensitive.without_clerical(f"{text} x y", spare=spare).removesuffix("x y").strip()
        else:
            kept = text
        if kept and not (kept == text and business.placeholder(text, part=True)):
            yield part, kept
