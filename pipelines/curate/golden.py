"""Golden records: the queries that make the curated tables, in the order in which they need each other.

What belongs here: which query makes what from what. What does not: running them, and what a rule says (the .sql
files beside, one a step; survivorship is the order at the end of `facts.sql`).
"""

from __future__ import annotations

from pathlib import Path

from pipelines.curate import mailboxes, second_look
from pipelines.steps import Step, query, rule
from pipelines.verify.confidence import score

FOLDER = Path(__file__).parent

_COMMON = ("confidence", "source_count", "family_count", "sources", "first_seen", "last_seen", "last_verified_at",
           "retain_until")  # fmt: skip

LAST = ("last_members", "last_names", "last_jobs", "remembered")
"""What the last publication knew: members, names by company card, current jobs, former jobs by cards."""


def steps() -> tuple[Step, ...]:
    """From verified `headers` and `claims`, resolved `members`, the ledgers and `LAST` to every published table.

    Constants: `as_of` (ISO date), `contact_months` (how long an unconfirmed job may be shown). Owners come before
    what they own; `jobs` are the employments that are published.
    """
    return (
        query(FOLDER, "former_jobs", "headers", "claims", "members", *LAST),
        query(FOLDER, "assigned", "headers", "claims", "members", "former_jobs"),
        query(FOLDER, "asked", "assigned"),
        rule("answers", "asked", second_look.judge),
        query(FOLDER, "withheld", "assigned", "answers"),
        query(FOLDER, "owned", "assigned", "withheld"),
        query(FOLDER, "employments", "owned"),
        query(FOLDER, "mailbox_domains", "owned", "employments", file="mailboxes"),
        rule("mailboxes", "mailbox_domains", mailboxes.judge),
        query(FOLDER, "published", "owned", "employments", "mailboxes"),
        query(FOLDER, "unpublished", "owned", "employments", "mailboxes", "withheld"),
        query(FOLDER, "evidence", "published"),
        rule("scores", "evidence", score, together="subject"),
        query(FOLDER, "facts", "published", "scores", "employments"),
        query(FOLDER, "entities", "published", "scores", "employments"),
        _table("companies", "facts", "published", "entities"),
        _table("contacts", "facts", "employments", "companies", "entities"),
        _table("jobs", "employments", "contacts", "companies", "entities", "facts"),
        _table("emails", "facts", "companies", "jobs"),
        _table("phones", "facts", "companies", "jobs"),
        _table("addresses", "facts", "companies"),
        _table("websites", "facts", "companies"),
        _table("social_profiles", "facts", "companies", "jobs"),
        _table("identifiers", "facts", "companies"),
        _table("company_relations", "facts", "published", "companies"),
        _table("claims_published", "published", "companies", file="claims"),
        _table("field_confidence", "facts", "companies"),
        query(FOLDER, "match_members", "members", "headers", file="match"),
        query(FOLDER, "match_decisions", "decisions"),
        query(FOLDER, "match_moves", "moves"),
        query(FOLDER, "refusals", "ledgers", "unpublished", "snapshots"),
        query(FOLDER, "drift", "ledgers"),
        query(FOLDER, "source_rows", "sources"),
        query(FOLDER, "snapshot_rows", "snapshots"),
    )


def _table(name: str, *needs: str, file: str = "") -> Step:
    common = ",\n    ".join(f"own.{column}" for column in _COMMON)
    text = (FOLDER / "tables" / f"{file or name}.sql").read_text("utf-8")
    return Step(name, needs, query=text.replace("{common}", common))
