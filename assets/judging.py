"""Judging: what a steward says of two cards, companies or people, written down and withdrawn.

What belongs here: which cards are meant, and the rows of `match.judgements`. What does not: following them, which
resolving does at its next run.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from pipelines.resolve.identity import mint
from resources.database import Database
from resources.settings import BadSettings
from resources.tables import JUDGEMENTS

SAME, DIFFERENT = "same", "different"
Row = dict[str, Any]

_CARD = "SELECT kind FROM match.members WHERE card_id = :id"
_OF_ENTITY = """
    SELECT card_id, kind FROM match.members WHERE entity_id = :id
    UNION SELECT member.card_id, member.kind FROM match.current_ids AS went
    JOIN match.members AS member ON member.entity_id = went.present_id WHERE went.former_id = :id
    ORDER BY 1"""
_SUREST = "SELECT card_id FROM match.members WHERE entity_id = :id ORDER BY probability DESC, card_id LIMIT 1"


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said of whom.

    Attributes:
        left: A card id, or a company_id or contact_id, present or former, as typed.
        right: The other.
        said: `same` or `different`.
    """

    left: str
    right: str
    said: str


@dataclass(frozen=True, slots=True)
class _Meant:
    """The card that an id stands for, of what kind, and why that one."""

    card: uuid.UUID
    kind: str
    why: str


def judge(database: Database, statement: Statement, reason: str, who: str, now: datetime) -> Row:
    """Writes a judgement down; saying the same again adds nothing.

    An id of a company or person stands for the card that founded it, which an id of old still names after a merge; of
    one whose founding card is gone, for the card that is surest to belong there.

    Args:
        database: Where.
        statement: What is said of whom.
        reason: Why; about the records, never quoting them.
        who: Who says it.
        now: When.

    Returns:
        The row, and `note`: which cards were chosen and what else stands.

    Raises:
        BadSettings: An id is none, unknown, twice the same card, or of another kind; or word or reason is missing.
        DatabaseFault: Nothing was written.
    """
    if not reason.strip():
        raise BadSettings(["say why with --reason: a judgement outlives who made it"])
    left, right = _pair(database, statement)
    standing = _standing(database, left.card, right.card)
    again = next((row for row in standing if row["judgement"] == statement.said), None)
    written = again or _written(database, left, right, statement.said, reason.strip(), who, now)
    notes = [left.why, right.why, "said before: nothing was added" if again else "the next run follows it"]
    against = [str(row["judgement_id"]) for row in standing if row["judgement"] != statement.said]
    if against:
        beaten = "it outweighs" if statement.said == DIFFERENT else "outweighed, until withdrawn, by"
        notes.append(f"{beaten} {', '.join(against)}, which says the opposite")
    return dict(written) | {"note": "; ".join(note for note in notes if note)}


def withdraw(database: Database, statement: Statement, reason: str, who: str, now: datetime) -> list[Row]:
    """Withdraws what was said of two cards; the rows stay, with the time, who and why.

    Args:
        database: Where.
        statement: What was said of whom.
        reason: Why it is withdrawn; may be empty.
        who: Who withdraws it.
        now: When.

    Returns:
        The rows withdrawn.

    Raises:
        BadSettings: As of `judge`; or nothing of the kind stands.
        DatabaseFault: Nothing was withdrawn.
    """
    left, right = _pair(database, statement)
    ids = [
        row["judgement_id"] for row in _standing(database, left.card, right.card) if row["judgement"] == statement.said
    ]
    if not ids:
        raise BadSettings([f"nobody says that these two are {statement.said}: there is nothing to withdraw"])
    change = (
        sa.update(JUDGEMENTS)
        .where(JUDGEMENTS.c.judgement_id.in_(ids))
        # a judgement may have been written by the database's own clock, which this one may stand behind
        .values(
            withdrawn_at=sa.func.greatest(JUDGEMENTS.c.made_at, now), withdrawn_by=who, withdrawn_because=reason or None
        )
        .returning(JUDGEMENTS)
    )
    with database.transaction() as connection:
        return [dict(row) for row in connection.execute(change).mappings()]


def _pair(database: Database, statement: Statement) -> tuple[_Meant, _Meant]:
    if statement.said not in (SAME, DIFFERENT):
        raise BadSettings([f"two cards are {SAME} or {DIFFERENT}: say one of these words"])
    left, right = (
        _meant(database, typed, side) for typed, side in ((statement.left, "first"), (statement.right, "second"))
    )
    if left.card == right.card:
        raise BadSettings(["both ids stand for the same card: nothing can be said of a card and itself"])
    if left.kind != right.kind:
        raise BadSettings([f"the first id is of a {left.kind}, the second of a {right.kind}: they are never one"])
    return left, right


def _meant(database: Database, typed: str, side: str) -> _Meant:
    try:
        asked = uuid.UUID(typed.strip())
    except ValueError:
        # what was typed may be somebody's name or address: it is not repeated
        raise BadSettings(
            [f"the {side} id is none: copy a card_id, company_id or contact_id (32 hex digits)"]
        ) from None
    own = database.rows(_CARD, id=asked)
    if own:
        return _Meant(asked, str(own[0]["kind"]), "")
    held = database.rows(_OF_ENTITY, id=asked)
    if not held:
        raise BadSettings([f"nobody bears the {side} id {asked}: see match.members for cards, companies and people"])
    founder = next((row["card_id"] for row in held if mint(str(row["card_id"])) == str(asked)), None)
    if founder is not None:
        return _Meant(founder, str(held[0]["kind"]), f"for the {side}, the card that founded it")
    surest = database.scalar(_SUREST, id=asked)
    if surest is None:
        raise BadSettings([f"the {side} id {asked} is a former one, and its founding card is gone: give a card_id"])
    return _Meant(surest, str(held[0]["kind"]), f"for the {side}, the surest of its {len(held)} cards")


def _standing(database: Database, left: uuid.UUID, right: uuid.UUID) -> list[Mapping[str, Any]]:
    """What is said of two cards and not withdrawn, in either order."""
    pair = sa.tuple_(JUDGEMENTS.c.left_id, JUDGEMENTS.c.right_id)
    query = (
        sa.select(JUDGEMENTS)
        .where(JUDGEMENTS.c.withdrawn_at.is_(None), pair.in_([(left, right), (right, left)]))
        .order_by(JUDGEMENTS.c.judgement_id)
    )
    with database.transaction() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def _written(
    database: Database, left: _Meant, right: _Meant, said: str, reason: str, who: str, now: datetime
) -> Mapping[str, Any]:
    row = {
        "left_id": left.card,
        "right_id": right.card,
        "judgement": said,
        "reason": reason,
        "who": who,
        "made_at": now,
    }
    with database.transaction() as connection:
        return dict(connection.execute(sa.insert(JUDGEMENTS).values(row).returning(JUDGEMENTS)).mappings().one())
