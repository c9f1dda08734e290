"""Retention: what the policy ends is erased or archived, in one transaction, and leaves a count.

What belongs here: the statements that end things. What does not: durations (`pipelines/retain/policy.yml`).
"""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from resources.database import Database

_GONE = "SELECT contact_id FROM curated.contacts WHERE retain_until < :today"
_STATEMENTS = (
    # what belongs to a person goes before the person; history and evidence of an erased person go with them
    ("emails", f"DELETE FROM curated.emails WHERE contact_id IN ({_GONE})"),
    ("phones", f"DELETE FROM curated.phones WHERE contact_id IN ({_GONE})"),
    ("social_profiles", f"DELETE FROM curated.social_profiles WHERE contact_id IN ({_GONE})"),
    (
        "field_confidence",
        (
            f"DELETE FROM evidence.field_confidence WHERE subject IN ({_GONE} UNION ALL "
            f"SELECT employment_id FROM curated.employments WHERE contact_id IN ({_GONE}))"
        ),
    ),
    (
        "former_jobs",
        (
            "DELETE FROM match.former_jobs WHERE card_id IN "
            f"(SELECT card_id FROM match.members WHERE entity_id IN ({_GONE}))"
        ),
    ),
    ("claims", f"DELETE FROM evidence.claims WHERE contact_id IN ({_GONE})"),
    ("employments", f"DELETE FROM curated.employments WHERE contact_id IN ({_GONE})"),
    *(
        (f"history_{table}", f"DELETE FROM history.{table} WHERE contact_id IN ({_GONE})")
        for table in ("emails", "phones", "social_profiles", "employments", "contacts")
    ),
    ("contacts", "DELETE FROM curated.contacts WHERE retain_until < :today"),
    # what has left the curated tables before: the policy of its time counts for its history too
    *(
        (f"former_{table}", f"DELETE FROM history.{table} WHERE contact_id IS NOT NULL AND retain_until < :today")
        for table in ("emails", "phones", "social_profiles", "employments")
    ),
    (
        "former_contacts",
        (
            "DELETE FROM history.contacts AS past WHERE past.retain_until < :today "
            "AND NOT EXISTS (SELECT 1 FROM curated.contacts AS now WHERE now.contact_id = past.contact_id)"
        ),
    ),
    ("archive", "DELETE FROM archive.records WHERE destroy_after < :today"),
)


def expire(database: Database, today: date) -> dict[str, int]:
    """Ends every person whom no source has confirmed within the policy's time, and every archived row past its end.

    Args:
        database: Where.
        today: The day to judge by.

    Returns:
        Rows ended, by table; the same call again ends none.

    Raises:
        DatabaseFault: Nothing was ended.
    """
    with database.transaction() as connection:
        return {name: connection.execute(sa.text(text), {"today": today}).rowcount for name, text in _STATEMENTS}
