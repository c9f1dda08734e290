"""Explaining: what is published of one company, person or job, who states it, and why its cards are one.

What belongs here: the questions asked of the database, and their order. What does not: printing.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from pipelines.reporting.pictures import stacked, waterfall
from pipelines.resolve import why
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

_JUDGEMENTS = """
    SELECT judgement_id, left_id, right_id, judgement, reason, who, made_at, withdrawn_at, withdrawn_by,
        withdrawn_because
    FROM match.judgements WHERE left_id = ANY(:cards) OR right_id = ANY(:cards) ORDER BY judgement_id"""

_SAID = """
    SELECT card_id, array_agg(field || '=' || value) AS said FROM evidence.claims
    WHERE card_id = ANY(:cards) GROUP BY card_id"""

PICTURED = 12
"""Links drawn at most, the weakest first: a merge is as good as its weakest link."""

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
        `cards` (which records were found to be about it), `links` (which decision joined each card: the strongest
        links that hold all of them), `fields` (per link and field the level, its weight in log-odds and bits, and what
        that says), `decisions` (every pair of its cards that was weighed), `judgements` (what stewards said of its
        cards, withdrawn ones too), `rivals` (single-valued fields with what else was claimed). What has no rows is
        left out.

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
    ids = [row["card_id"] for row in cards]
    decisions = _ask(database, _DECISIONS, cards=ids)
    found["links"] = _links(database, ids, decisions)
    found["fields"] = _fields("company" if kind == "company" else "person", found["links"], decisions)
    found["decisions"] = decisions
    found["judgements"] = _ask(database, _JUDGEMENTS, cards=ids)
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


def _links(database: Database, cards: Sequence[uuid.UUID], decisions: Rows) -> Rows:
    """The strongest links that hold the cards together, then the cards that are copies of others."""
    by_pair = {(str(row["left_id"]), str(row["right_id"])): row for row in decisions}
    held = why.tree([*map(str, cards)], [(*pair, float(row["weight"])) for pair, row in by_pair.items()])
    links = [_link(number, by_pair[left, right]) for number, (left, right, _) in enumerate(held, start=1)]
    return links + _copies(database, cards, held, len(links)) if len(cards) > 1 else []


def _link(number: int, decision: Mapping[str, Any]) -> dict[str, Any]:
    weight = float(decision["weight"])
    return {
        "link": number, "left_id": decision["left_id"], "right_id": decision["right_id"],
        "decided_by": _decided_by(str(decision["reasons"])), "weight": decision["weight"], "bits": why.bits(weight),
        "words": why.in_words(weight),
    }  # fmt: skip


def _decided_by(reasons: str) -> str:
    terms = {part.term for part in why.parts(reasons)}
    if why.JUDGEMENT in terms:
        return "a steward's judgement"
    number = next((term for term in terms if term.startswith(why.NUMBER)), "")
    return f"an equal {number.replace(':', ' of ')}" if number and len(terms) == 1 else "the evidence of its fields"


def _copies(database: Database, cards: Sequence[uuid.UUID], held: Sequence[why.Link], after: int) -> Rows:
    """Cards that no weighed pair reaches: what is compared of them is equal to another card's, so they are one."""
    reached = {card for left, right, _ in held for card in (left, right)} or {str(cards[0])}
    said = {str(row["card_id"]): frozenset(row["said"]) for row in database.rows(_SAID, cards=list(cards))}
    rest = sorted({*map(str, cards)} - reached)
    nearest = {
        card: max(sorted(reached), key=lambda other: len(said.get(card, frozenset()) & said.get(other, frozenset())))
        for card in rest
    }
    return [
        {"link": number, "left_id": nearest[card], "right_id": card, "decided_by": "equal content", "weight": None,
         "bits": None, "words": "what is compared of the two is the same"}
        for number, card in enumerate(rest, start=after + 1)
    ]  # fmt: skip


def _fields(kind: str, links: Rows, decisions: Rows) -> Rows:
    """The parts of every link's decision, in words."""
    reasons = {(row["left_id"], row["right_id"]): str(row["reasons"]) for row in decisions}
    return [
        {"link": link["link"], "field": part.term, "level": part.level, "weight": round(part.weight or 0.0, 1),
         "bits": why.bits(part.weight or 0.0), "words": why.in_words(part.weight or 0.0),
         "meaning": why.sentence(kind, part.term, part.level)}
        for link in links if link["weight"] is not None
        for part in why.steps(reasons[link["left_id"], link["right_id"]], float(link["weight"]))
    ]  # fmt: skip


def drawn(found: Mapping[str, Rows]) -> str:
    """The weights of the links as waterfall charts in one SVG, the weakest link first: levels and weights, no values.

    Args:
        found: What `explanation` found.

    Raises:
        BadSettings: Nothing was merged on evidence, so that there is nothing to draw.
    """
    steps: dict[int, list[tuple[str, float]]] = defaultdict(list)
    for row in found.get("fields", []):
        steps[row["link"]].append((f"{row['field']} {row['level']}".strip(), float(row["weight"])))
    if not steps:
        raise BadSettings(["no two cards of it were joined by evidence: there is nothing to draw"])
    weakest = sorted(steps, reverse=True)[:PICTURED]
    return stacked([waterfall(steps[link], f"Link {link} (log-odds that the two are one)") for link in weakest])


def _subjects(database: Database, kind: str, entity: uuid.UUID) -> list[uuid.UUID]:
    """Whom single-valued fields describe: a person's title and department are those of the jobs."""
    if kind != "contact":
        return [entity]
    jobs = database.rows("SELECT employment_id FROM curated.employments WHERE contact_id = :id", id=entity)
    return [entity, *(row["employment_id"] for row in jobs)]
