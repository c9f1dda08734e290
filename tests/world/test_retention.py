"""Retention and suppression against a real server and a real lake: what ends, ends everywhere."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from resources import tables as t
from resources.database import Database
from resources.lake import Lake
from resources.retention import expire
from resources.screening import SUPPRESSIONS
from resources.suppression import hand_over

pytestmark = [pytest.mark.postgres, pytest.mark.xdist_group("postgres")]

TODAY = date(2026, 5, 1)
LONG_AGO, TOMORROW = date(2026, 4, 30), date(2026, 5, 2)
MOMENT = datetime(2025, 1, 1, tzinfo=UTC)
OWNED = (t.EMPLOYMENTS, t.EMAILS, t.PHONES, t.SOCIAL_PROFILES)
_PAST = {table.name: table for table in t.HISTORY}


def uid(name: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_OID, name)


def rows_of(person: str, until: date) -> dict[sa.Table, dict[str, object]]:
    """One row of every table that holds something of a person."""
    common = {
        "confidence": 0.9, "source_count": 1, "family_count": 1, "sources": ["x"], "first_seen": MOMENT,
        "last_seen": MOMENT, "last_verified_at": MOMENT, "recorded_at": MOMENT, "retain_until": until,
    }  # fmt: skip
    of = {"contact_id": uid(person), "company_id": uid("firm"), "employment_id": uid(f"job {person}")} | common
    return {
        t.CONTACTS: {"contact_id": uid(person), "full_name": person} | common,
        t.EMPLOYMENTS: of | {"is_current": True, "is_primary": True},
        t.EMAILS: of | {"email_id": uid(f"mail {person}"), "email_address": "a@b.example", "domain": "b.example",
                        "kind": "named", "verification_status": "valid", "business_evidence": "employer_domain"},
        t.PHONES: of | {"phone_id": uid(f"phone {person}"), "e164": "+15550100", "verification_status": "valid"},
        t.SOCIAL_PROFILES: of | {"social_profile_id": uid(f"page {person}"), "platform": "x", "url": "https://x.example"},
    }  # fmt: skip


def place(database: Database, person: str, until: date, *, current: bool = True, past: bool = True) -> None:
    """Puts a person into the curated tables, into history, or both."""
    with database.transaction() as connection:
        firm = {
            "company_id": uid("firm"), "display_name": "Firm", "former_names": [], "other_names": [],
            "party": "company", "confidence": 0.9, "source_count": 1, "family_count": 1, "sources": ["x"],
            "first_seen": MOMENT, "last_seen": MOMENT, "last_verified_at": MOMENT, "recorded_at": MOMENT,
        }  # fmt: skip
        if not connection.scalar(sa.select(sa.func.count()).select_from(t.COMPANIES)):
            connection.execute(t.COMPANIES.insert().values(firm))
        for table, row in rows_of(person, until).items():
            if current:
                connection.execute(table.insert().values(row))
            if past:
                ended = {"recorded_until": MOMENT, "change": "removed"}
                connection.execute(_PAST[table.name].insert().values(row | ended))
        if current:
            claim = {
                "claim_id": uid(f"claim {person}"), "source": "x", "snapshot_id": "s", "record_id": "r",
                "card_id": uid("card"), "field": "full_name", "value": person, "contact_id": uid(person),
                "verification_status": "valid", "first_seen": MOMENT, "last_seen": MOMENT,
            }  # fmt: skip
            connection.execute(t.CLAIMS.insert().values(claim))
            score = {"field": "full_name", "value": person, "confidence": 0.9, "source_count": 1, "family_count": 1,
                     "is_winner": True}  # fmt: skip
            for subject in (person, f"job {person}"):
                connection.execute(t.CONFIDENCES.insert().values(score | {"subject": uid(subject)}))


def left(database: Database) -> dict[str, int]:
    """How many rows speak of people, by table."""
    tables = (t.CONTACTS, *OWNED, t.CLAIMS, t.CONFIDENCES, *(_PAST[table.name] for table in (t.CONTACTS, *OWNED)))
    return {table.fullname: int(database.scalar(f"SELECT count(*) FROM {table.fullname}")) for table in tables}


def test_an_expired_person_goes_everywhere_and_the_others_stay(database: Database) -> None:
    place(database, "fresh", TOMORROW)
    before = left(database)
    place(database, "on the day", TODAY, past=False)
    place(database, "stale", LONG_AGO)
    ended = expire(database, TODAY)
    assert ended["contacts"] == 1
    names = database.rows("SELECT full_name FROM curated.contacts ORDER BY 1")
    assert [row["full_name"] for row in names] == ["fresh", "on the day"]
    expire(database, date(2026, 5, 2))
    assert left(database) == before
    assert database.scalar("SELECT count(*) FROM curated.companies") == 1


def test_the_same_again_ends_nothing(database: Database) -> None:
    place(database, "stale", LONG_AGO)
    assert sum(expire(database, TODAY).values()) > 0
    assert sum(expire(database, TODAY).values()) == 0


def test_the_history_of_one_who_left_before_is_ended_too(database: Database) -> None:
    place(database, "gone", LONG_AGO, current=False)
    place(database, "recent", TOMORROW, current=False)
    expire(database, TODAY)
    found = left(database)
    for table in (t.CONTACTS, *OWNED):
        assert found[f"history.{table.name}"] == 1, table.name


def test_a_former_job_of_one_who_is_still_shown_is_ended(database: Database) -> None:
    place(database, "mover", TOMORROW, past=False)
    with database.transaction() as connection:
        for table, row in rows_of("mover", LONG_AGO).items():
            past = row | {"recorded_until": MOMENT, "change": "updated"}
            connection.execute(_PAST[table.name].insert().values(past))
    expire(database, TODAY)
    found = left(database)
    assert [found[f"history.{table.name}"] for table in OWNED] == [0, 0, 0, 0]
    assert found["history.contacts"] == 1
    assert found["curated.emails"] == 1


def test_archived_rows_are_destroyed_after_their_day(database: Database) -> None:
    with database.transaction() as connection:
        for name, day in (("old", LONG_AGO), ("due", TODAY)):
            connection.execute(
                t.ARCHIVE.insert().values(
                    record_id=uid(name), table_name="x", row={}, reason="dispute", archived_at=MOMENT, destroy_after=day
                )
            )
    assert expire(database, TODAY)["archive"] == 1
    assert database.scalar("SELECT count(*) FROM archive.records") == 1


def test_suppressions_are_handed_to_the_gate_once(database: Database, tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    assert hand_over(database, lake) == 0
    empty = lake.current(SUPPRESSIONS)
    with database.transaction() as connection:
        for name in ("one", "two"):
            connection.execute(t.SUPPRESSIONS.insert().values(card_id=uid(name), ground="objection", since=MOMENT))
    assert hand_over(database, lake) == 2
    (file,) = lake.tables(SUPPRESSIONS, "cards")
    assert pq.read_table(file)["card_id"].to_pylist() == sorted(str(uid(name)) for name in ("one", "two"))
    full = lake.current(SUPPRESSIONS)
    made = file.stat().st_mtime_ns
    assert full != empty
    assert hand_over(database, lake) == 2
    assert (lake.current(SUPPRESSIONS), file.stat().st_mtime_ns) == (full, made)
