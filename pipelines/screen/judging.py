"""The gate for one flat card: columns in, columns out, by the same rules as `screening.screen`."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.card import ADDRESS_PARTS, Card, Kind, Role
from pipelines.reasons import Refusal
from pipelines.screen import business
from pipelines.screen.screening import CARD_LEVEL, screen
from pipelines.sources.registry import sources

_NAMES = ("first_name", "last_name")
_PERSON = ("full_name", *_NAMES, "job_title")
_PASSED_ON = ("card_id", "source")
_CLAIMED = ("company_name", "full_name", "job_title", "email_address", "phone", "website")
COLUMNS = (
    "card_id", "source", "full_name", "first_name", "last_name", "company_name", "job_title", "email_address", "phone",
    *ADDRESS_PARTS, "website", "identifiers",
)  # fmt: skip
"""The columns of a flat card, in their order."""

_COMPANY_KEY, _PERSON_KEY = "company", "person"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What of a flat card may be kept.

    Attributes:
        kept: Column to value, in the order given; judging it again keeps all of it.
        refused: Column to the code of `Refusal` for each column that is not kept, or not kept whole.
    """

    kept: dict[str, str] = dataclasses.field(default_factory=dict)
    refused: dict[str, str] = dataclasses.field(default_factory=dict)


def judge(card: Mapping[str, Any]) -> Judgement:
    """Judges one flat card.

    A card that names both a person and a company says that the person can be reached there: that is a role. The
    e-mail address and the telephone are then the person's, address, site and register numbers the company's.

    Args:
        card: Columns of `COLUMNS`, any absent, missing or raw. Another column is refused as `not_on_card`.
    """
    given, refused = _texts(card)
    judgement = _judge(given)
    while judgement.refused:
        refused = judgement.refused | refused
        # What was refused may have carried the rest: a person whose company is no name has no business role.
        judgement = _judge(judgement.kept)
    return Judgement(judgement.kept, refused)


def _judge(given: dict[str, str]) -> Judgement:
    """Judges once the columns that hold something."""
    refused: dict[str, str] = {}
    screened = screen(_cards(given), sources().get(given.get("source", "")))
    kept = _flattened(screened.kept, given)
    for column, value in given.items():
        if kept.get(column) != value:
            refused[column] = _code(column, value, screened.refused)
    if not any(column not in _PASSED_ON for column in kept):
        kept = {}
    return Judgement({column: kept[column] for column in given if column in kept}, refused)


def _texts(card: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """The columns of a card that hold something, as text, and why others are not looked at."""
    given: dict[str, str] = {}
    refused: dict[str, str] = {}
    for column, value in card.items():
        if column not in COLUMNS:
            refused[column] = str(Refusal.NOT_ON_CARD)
        elif _missing(value):
            continue
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            given[column] = str(value).strip()
        else:
            refused[column] = str(Refusal.UNUSABLE)
    return {column: text for column, text in given.items() if text}, refused


def _missing(value: Any) -> bool:  # noqa: ANN401 - a cell of any frame
    """Whether a cell is empty: None, NaN, pandas' NA and NaT."""
    if isinstance(value, float):
        return math.isnan(value)
    return value is None or type(value).__name__ in {"NAType", "NaTType"}


def _cards(given: Mapping[str, str]) -> list[Card]:
    named = any(column in given for column in ("full_name", *_NAMES))
    employed = "company_name" in given
    cards = []
    company, person = Card(Kind.COMPANY, _COMPANY_KEY), Card(Kind.PERSON, _PERSON_KEY)
    if employed or not named:
        cards.append(company)
    if named:
        cards.append(person)
        person.employer, person.role = (_COMPANY_KEY, Role.CONTACT_POINT) if employed else ("", None)
        person.add("full_name", given.get("full_name"), **{part: given.get(part, "") for part in _NAMES})
        person.add("job_title", given.get("job_title"))
    reached, organisation = cards[-1], cards[0]
    reached.add("email_address", given.get("email_address"))
    reached.add("phone", given.get("phone"))
    if employed:
        organisation.add("company_name", given["company_name"])
    organisation.add("address", None, **{part: given.get(part, "") for part in ADDRESS_PARTS})
    organisation.add("website", given.get("website"))
    for identifier in given.get("identifiers", "").split(";"):
        organisation.add("identifier", identifier)
    return cards


def _flattened(cards: list[Card], given: Mapping[str, str]) -> dict[str, str]:
    """The columns of kept cards; a column that was not given is not made up."""
    kept = {column: given[column] for column in _PASSED_ON if column in given and not _private_id(given[column])}
    identifiers = []
    for claim in (claim for card in cards for claim in card.claims):
        if claim.field in _CLAIMED:
            kept[claim.field] = claim.value
        elif claim.field == "identifier":
            identifiers.append(claim.value)
        kept.update(claim.parts)
    if identifiers:
        written = [text.strip() for text in given["identifiers"].split(";") if text.strip()]
        kept["identifiers"] = given["identifiers"] if written == identifiers else ";".join(identifiers)
    return {column: value for column, value in kept.items() if column in given}


def _private_id(text: str) -> bool:
    return bool(business.mail_in_text_refusal(text)) or business.card_number(text, shortest=16)


_CLAIM_OF = dict.fromkeys(ADDRESS_PARTS, "address") | dict.fromkeys(_NAMES, "full_name") | {"identifiers": "identifier"}


def _code(column: str, value: str, refused: list[tuple[str, str]]) -> str:
    """The code for a column that is not kept: of its claim, else of its card, else that it says nothing."""
    codes = dict(reversed(refused))
    if column in ADDRESS_PARTS and business.placeholder(value, part=True):
        return str(Refusal.UNUSABLE)
    return (
        codes.get(_CLAIM_OF.get(column, column))
        or codes.get(CARD_LEVEL)
        or str(Refusal.NOT_ON_CARD if column in _PERSON else Refusal.UNUSABLE)
    )
