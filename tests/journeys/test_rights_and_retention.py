"""Objections and the end of retention: who must go is gone everywhere, and no import brings them back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from resources.database import Database
from resources.tables import CURATED
from tests.journeys.command import Installation
from tests.journeys.conftest import NewInstallation

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.xdist_group("rights")]

PERSONAL = [table.name for table in CURATED if "contact_id" in table.columns]
LATER = "2029-01-01"


def traces(database: Database, contact: str) -> dict[str, int]:
    """In how many rows of each table the person still stands."""
    held = {f"{schema}.{table}": "contact_id" for schema in ("curated", "history") for table in PERSONAL}
    held |= {"evidence.claims": "contact_id", "evidence.field_confidence": "subject", "match.members": "entity_id"}
    held |= {"mart.contact_current": "contact_id", "mart.contact_360": "contact_id", "mart.job_changes": "contact_id"}
    held |= {"mart.as_of(now())": "contact_id", "mart.as_of('2026-11-02')": "contact_id"}
    counts = {
        table: int(database.scalar(f"SELECT count(*) FROM {table} WHERE {column} = :id", id=contact))
        for table, column in held.items()
    }
    return {table: n for table, n in counts.items() if n}


def suppress(database: Database, contact: str) -> None:
    with database.transaction() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO privacy.suppressions (card_id, ground, since) "
                "SELECT card_id, 'objection', now() FROM match.members WHERE entity_id = :id"
            ),
            {"id": contact},
        )


def well_known(database: Database) -> str:
    """A person whom several sources describe."""
    return str(
        database.scalar("SELECT contact_id FROM curated.contacts ORDER BY source_count DESC, contact_id LIMIT 1")
    )


def test_who_objects_is_gone_stays_gone_and_may_come_back(fresh: NewInstallation, inbox: Path) -> None:
    made = fresh(inbox)
    made.refresh()
    before, database = made.digests(("curated", "evidence", "match")), made.database
    contact = well_known(database)
    cards = int(database.scalar("SELECT count(*) FROM match.members WHERE entity_id = :id", id=contact))
    assert cards > 1
    suppress(database, contact)

    made.refresh()
    assert traces(database, contact) == {}
    refused = "SELECT coalesce(sum(n), 0) FROM privacy.refusals WHERE code = 'suppressed' AND entry = 'refused'"
    assert int(database.scalar(refused)) == cards
    listed = "SELECT card_id::text FROM privacy.suppressions"
    assert database.rows(f"SELECT 1 FROM evidence.claims WHERE card_id::text IN ({listed})") == []
    gone = made.digests()
    made.refresh()
    assert made.digests() == gone

    with database.transaction() as connection:
        connection.execute(sa.text("DELETE FROM privacy.suppressions"))
    made.refresh()
    assert traces(database, contact).keys() >= {"curated.contacts", "evidence.claims", "mart.contact_current"}
    assert made.digests(("curated", "evidence", "match")) == before

    # out of use by the job of its own, before any source is read again; a source that fails gives nobody back
    suppress(database, contact)
    assert made("run", "--job", "rights", "--json").code == 0
    assert set(traces(database, contact)) <= {"match.members"}
    for file in (inbox / "vcard").iterdir():
        file.write_bytes(b"")
    assert made.refresh(code=1)["failed"].keys() == {"collect/vcard_snapshot"}
    assert traces(database, contact) == {}


def test_a_former_state_can_be_asked_for_until_retention_ends_it(fresh: NewInstallation, inbox: Path) -> None:
    made = fresh(inbox)
    made.refresh()
    database = made.database
    before = database.rows("SELECT * FROM curated.contacts ORDER BY contact_id")
    for file in (inbox / "web").iterdir():
        file.unlink()
    (inbox / "web").rmdir()
    newer = sorted((inbox / "vcard").iterdir())
    newer[0].write_text("\n".join(newer[0].read_text("utf-8").replace("TITLE:", "TITLE:Deputy ").splitlines()), "utf-8")
    ended = made("run", "--as-of", "2026-11-15", "--json")
    assert ended.code == 0, ended.err
    assert sum(ended.said["changed"]["curated/contacts"].values()) > 0
    then = "SELECT * FROM mart.as_of(:moment) ORDER BY contact_id"
    day = datetime(2026, 11, 10, tzinfo=UTC)
    assert database.rows(then, moment=day) == before
    assert database.rows(then, moment=day + timedelta(days=10)) == database.rows(
        "SELECT * FROM curated.contacts ORDER BY contact_id"
    )
    assert database.rows(then, moment=datetime(2026, 10, 1, tzinfo=UTC)) == []
    assert database.scalar("SELECT count(*) FROM history.contacts") > 0

    _retention_erases_everybody(made)


def _retention_erases_everybody(made: Installation) -> None:
    database = made.database
    contact = well_known(database)
    assert database.scalar("SELECT max(retain_until) FROM curated.contacts").isoformat() < LATER

    first = made("run", "--job", "retention", "--as-of", LATER, "--json")
    assert first.code == 0, first.err
    assert traces(database, contact).keys() <= {"match.members"}
    for table in PERSONAL:
        for schema in ("curated", "history"):
            owned = f"SELECT count(*) FROM {schema}.{table} WHERE contact_id IS NOT NULL"
            assert database.scalar(owned) == 0, (schema, table)
    assert database.scalar("SELECT count(*) FROM evidence.claims WHERE contact_id IS NOT NULL") == 0
    assert database.scalar("SELECT count(*) FROM curated.companies") > 0

    ended = made.digests(("curated", "evidence", "history", "match", "privacy"))
    again = made("run", "--job", "retention", "--as-of", LATER, "--json")
    assert again.code == 0
    assert made.digests(("curated", "evidence", "history", "match", "privacy")) == ended

    # the same files still lie in the inbox: judged as of that day they bring nobody back
    said = made("run", "--as-of", LATER, "--json").said
    assert said["failed"] == {}
    assert traces(database, contact).keys() <= {"match.members"}
    assert database.scalar("SELECT count(*) FROM curated.contacts WHERE retain_until < '2029-01-01'") == 0
