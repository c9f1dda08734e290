"""Explaining: what is published of one company, person or job, who states it, and why its cards are one.

What belongs here: the questions asked of the database, and their order. What does not: printing.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from resources.database import Database
from resources.settings import BadSettings

Rows = list[dict[str, Any]]

_GOLDEN = {
    "company": "SELECT * FROM curated.companies WHERE company_id = :id",
    "contact": "SELECT * FROM curated.contacts WHERE contact_id = :id",
    "employment": """
        SELECT job.*, contact.full_name, company.display_name AS company_name FROM curated.employments AS job
        JOIN curated.contacts AS contact USING (contact_id)
        JOIN curated.companies AS company ON company.company_id = job.company_id
        WHERE job.employment_id = :id""",
}
"""The golden row by kind of entity."""

_OWN = {
    "company": "company_id = :id AND contact_id IS NULL",
    "contact": "contact_id = :id",
    "employment": "employment_id = :id",
}
"""Which rows of a table that companies and people share belong to the entity."""

_SHARED = (("emails", "email_address"), ("phones", "e164"), ("social_profiles", "url"))
_OF_COMPANIES = (
    ("addresses", "formatted"),
    ("websites", "url"),
    ("identifiers", "scheme || ':' || value"),
    ("company_relations", "kind || ' ' || related_company_id"),
)

_CLAIMS = """
    SELECT field, value, label, source, record_id, snapshot_id, stated_on, verification_status AS status, findings
    FROM evidence.claims WHERE {own} ORDER BY field, value, source, record_id, label"""

_CARDS = {
    "company": """
        SELECT card_id, source, record_id, probability FROM match.members
        WHERE entity_id = :id ORDER BY 2, 3, 1""",
    "employment": """
        SELECT card_id, source, record_id, probability FROM match.members
        WHERE card_id IN (SELECT card_id FROM evidence.claims WHERE employment_id = :id) ORDER BY 2, 3, 1""",
}
_CARDS["contact"] = _CARDS["company"]

_DECISIONS = """
    SELECT left_id, right_id, outcome, probability, weight, reasons FROM match.decisions
    WHERE left_id = ANY(:cards) AND right_id = ANY(:cards) ORDER BY probability DESC, left_id, right_id"""

_RIVALS = """
    SELECT field, value, confidence, is_winner, source_count, family_count, factors FROM evidence.field_confidence
    WHERE subject = ANY(:subjects) ORDER BY field, is_winner DESC, confidence DESC, value"""

_MOVES = "SELECT old_id, new_id, kind, recorded_at FROM match.id_map WHERE old_id = :id ORDER BY kind, new_id"


def explanation(database: Database, entity: str) -> dict[str, Rows]:
    """What is known of an id.

    Args:
        database: Where.
        entity: A company_id, contact_id or employment_id, present or former.

    Returns:
        Rows by title, in the order in which to read them: `moved` (where the id went, when it did), `golden` (a row a
        column that holds something), `values` (what is published, with its confidence), `claims` (who states it),
        `cards` (which records were found to be about it), `decisions` (why they are one), `rivals` (single-valued
        fields with what else was claimed). What has no rows is left out.

    Raises:
        BadSettings: The id cannot be one, nobody bears it, or it was split and the parts must be asked for.
        DatabaseFault: The database cannot be asked.
    """
    asked = _parsed(entity)
    present, moves = _followed(database, asked)
    kind, golden = _golden(database, present)
    found = {"moved": moves, "golden": _columns(golden)}
    cards = _ask(database, _CARDS[kind], id=present)
    found["values"] = _values(database, kind, present)
    found["claims"] = _ask(database, _CLAIMS.format(own=_OWN[kind]), id=present)
    found["cards"] = cards
    found["decisions"] = _ask(database, _DECISIONS, cards=[row["card_id"] for row in cards])
    found["rivals"] = _ask(database, _RIVALS, subjects=_subjects(database, kind, present))
    return {title: rows for title, rows in found.items() if rows}


def _parsed(entity: str) -> uuid.UUID:
    try:
        return uuid.UUID(entity.strip())
    except ValueError:
        # what was typed may be somebody's name or address: it is not repeated
        raise BadSettings(
            ["that is no id: copy one from a column company_id, contact_id or employment_id (32 hex digits, dashes)"]
        ) from None


def _ask(database: Database, statement: str, **parameters: Any) -> Rows:  # noqa: ANN401 - any bound value
    return [dict(row) for row in database.rows(statement, **parameters)]


def _followed(database: Database, asked: uuid.UUID) -> tuple[uuid.UUID, Rows]:
    """The id that is in use now, and a line for every step on the way to it, or for what was split off it."""
    present, moves, seen = asked, list[dict[str, Any]](), {asked}
    while not _is_published(database, present):
        steps = _ask(database, _MOVES, id=present)
        targets = [step["new_id"] for step in steps if step["kind"] == "merge"] or [step["new_id"] for step in steps]
        if not targets:
            raise BadSettings([_unknown(database, present, moved=bool(moves))])
        if len(targets) > 1:
            raise BadSettings([f"{present} was split into {', '.join(map(str, targets))}: ask for one of these"])
        present = targets[0]
        if present in seen:
            raise BadSettings([f"the moves of {asked} lead back to where they began: nothing bears that id now"])
        seen.add(present)
        moves += steps
    moves += [] if moves else _ask(database, _MOVES, id=present)
    return present, [step | {"note": _told(step)} for step in moves]


def _told(step: Mapping[str, Any]) -> str:
    went = "was merged into" if step["kind"] == "merge" else "was split; cards of it went to"
    return f"{step['old_id']} {went} {step['new_id']}"


def _unknown(database: Database, entity: uuid.UUID, *, moved: bool) -> str:
    cards = int(database.scalar("SELECT count(*) FROM match.members WHERE entity_id = :id", id=entity))
    if cards:
        return (
            f"{entity} is known from {cards} cards and not published: see privacy.refusals for the reasons (ended, "
            "stale, no_business_evidence) by source"
        )
    return f"nobody bears the id {entity}" + (" that it led to: it is not published any more" if moved else "")


def _is_published(database: Database, entity: uuid.UUID) -> bool:
    return any(database.rows(statement, id=entity) for statement in _GOLDEN.values())


def _golden(database: Database, entity: uuid.UUID) -> tuple[str, dict[str, Any]]:
    found = {kind: database.rows(statement, id=entity) for kind, statement in _GOLDEN.items()}
    return next((kind, dict(rows[0])) for kind, rows in found.items() if rows)


def _columns(row: Mapping[str, Any]) -> Rows:
    return [{"column": name, "value": value} for name, value in row.items() if value is not None and value != []]


def _values(database: Database, kind: str, entity: uuid.UUID) -> Rows:
    tables: Sequence[tuple[str, str]] = (*_SHARED, *_OF_COMPANIES) if kind == "company" else _SHARED
    own = {table: "company_id = :id" if table in dict(_OF_COMPANIES) else _OWN[kind] for table, _ in tables}
    parts = [
        f"SELECT '{table}' AS held_in, {value} AS value, confidence, source_count, family_count, sources, "
        f"last_verified_at FROM curated.{table} WHERE {own[table]}"
        for table, value in tables
    ]
    return _ask(database, " UNION ALL ".join(parts) + " ORDER BY held_in, confidence DESC, value", id=entity)


def _subjects(database: Database, kind: str, entity: uuid.UUID) -> list[uuid.UUID]:
    """Whom single-valued fields describe: a person's title and department are those of the jobs."""
    if kind != "contact":
        return [entity]
    jobs = database.rows("SELECT employment_id FROM curated.employments WHERE contact_id = :id", id=entity)
    return [entity, *(row["employment_id"] for row in jobs)]
