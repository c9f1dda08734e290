"""Curation: the golden records made in the lake and published in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq
import sqlalchemy as sa

from pipelines.curate import golden
from pipelines.retain.policy import policy
from resources import tables as t
from resources.database import Database
from resources.engine import Engine
from resources.engine.plan import run
from resources.lake import Draft, Lake
from resources.publication import Change, publish
from resources.references import reason_table, term_table

DATASET = "curate/tables"

_LAST = {
    "last_members": "SELECT card_id::text, entity_id::text, employer_card_id::text FROM match.members",
    "last_names": """
        SELECT card_id::text, value AS name FROM evidence.claims
        WHERE field = 'company_name' AND card_id IN (SELECT employer_card_id FROM match.members)""",
    "last_jobs": """
        SELECT contact_id::text, company_id::text, coalesce(role_type, '') AS role_type, job_title, seniority,
            department, left(start_date::text,
                CASE start_date_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END) AS started_on,
            (last_verified_at AT TIME ZONE 'UTC')::date AS stated_on
        FROM curated.employments WHERE is_current""",
    "remembered": """
        SELECT card_id::text, employer_card_id::text, role_type, job_title, seniority, department, started_on, ended_on,
            stated_on
        FROM match.former_jobs""",
}
"""What the last publication knew, by the name under which the rules read it."""


def curate(engine: Engine, lake: Lake, database: Database, now: datetime) -> dict[str, Change]:
    """Makes every published table from what the lake has, and publishes what differs.

    Args:
        engine: Runs the queries and rules.
        lake: Holds the verified claims and the resolved members.
        database: Where the tables are published.
        now: The time that everything is judged by.

    Returns:
        What changed, by full name of table.

    Raises:
        DatabaseFault: Nothing was published.
        Missing: A stage before has not run.
    """
    kinds = ("resolve/companies", "resolve/people")
    given: Mapping[str, list[Path]] = {
        "headers": lake.tables("verify/cards", "headers"),
        "claims": lake.tables("verify/cards", "verified"),
        "sources": lake.tables("verify/cards", "sources"),
        "members": [file for kind in kinds for file in lake.tables(kind, "members")],
        "decisions": [file for kind in kinds for file in lake.tables(kind, "decisions")],
        "moves": [file for kind in kinds for file in lake.tables(kind, "moves")],
        "ledgers": lake.tables("screen/*", "ledger"),
        "snapshots": lake.tables("screen/*", "snapshot"),
    }
    with lake.write(DATASET) as draft:
        draft.frame("reasons", reason_table())
        draft.frame("terms", term_table())
        months = str(policy().months("contact.directory"))
        known = {**given, **_last(database, draft)}
        made = run(engine, golden.steps(), known, draft.folder, as_of=now.date().isoformat(), contact_months=months) | {
            name: draft.file(name) for name in ("reasons", "terms")
        }
        changes = publish(database, {table: made[name] for table, name in _published().items()}, now)
        draft.counts.update({name: change.total for name, change in changes.items()})
    return changes


def _last(database: Database, draft: Draft) -> dict[str, list[Path]]:
    """Copies what the last publication knew into the draft, in batches."""
    for name, query in _LAST.items():
        with database.batches(query) as batches, pq.ParquetWriter(draft.file(name), batches.schema) as writer:
            for batch in batches:
                writer.write_batch(batch)
    return {name: [draft.file(name)] for name in _LAST}


def _published() -> dict[sa.Table, str]:
    """Which step's result each table is published from; owners before what they own."""
    return {
        t.SOURCES: "source_rows",
        t.SNAPSHOTS: "snapshot_rows",
        t.COMPANIES: "companies",
        t.CONTACTS: "contacts",
        t.EMPLOYMENTS: "jobs",
        t.EMAILS: "emails",
        t.PHONES: "phones",
        t.ADDRESSES: "addresses",
        t.WEBSITES: "websites",
        t.SOCIAL_PROFILES: "social_profiles",
        t.IDENTIFIERS: "identifiers",
        t.COMPANY_RELATIONS: "company_relations",
        t.CLAIMS: "claims_published",
        t.CONFIDENCES: "field_confidence",
        t.MEMBERS: "match_members",
        t.DECISIONS: "match_decisions",
        t.ID_MAP: "match_moves",
        t.FORMER_JOBS: "former_jobs",
        t.TERMS: "terms",
        t.REFUSALS: "refusals",
        t.DRIFT: "drift",
        t.REASONS: "reasons",
    }
