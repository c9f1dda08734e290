"""Curation: the golden records made in the lake and published in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from pipelines.curate import golden
from pipelines.retain.policy import policy
from resources import tables as t
from resources.database import Database
from resources.engine import Engine
from resources.engine.plan import run
from resources.lake import Lake
from resources.publication import Change, publish
from resources.references import reason_table

DATASET = "curate/tables"


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
        months = str(policy().months("contact.directory"))
        made = run(engine, golden.steps(), given, draft.folder, as_of=now.date().isoformat(), contact_months=months) | {
            "reasons": draft.file("reasons")
        }
        changes = publish(database, {table: made[name] for table, name in _published().items()}, now)
        draft.counts.update({name: change.total for name, change in changes.items()})
    return changes


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
        t.REFUSALS: "refusals",
        t.DRIFT: "drift",
        t.REASONS: "reasons",
    }
