"""Publication against a real server: only what differs changes, all of it or nothing, and the past is kept."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from resources import tables as t
from resources.database import LOCK, Database
from resources.errors import DatabaseFault
from resources.publication import Change, publish

pytestmark = [pytest.mark.postgres, pytest.mark.xdist_group("postgres")]

DAY = datetime(2026, 5, 1, 12, tzinfo=UTC)
Row = dict[str, object]


def uid(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, name))


def common(seen: datetime = DAY, **changes: object) -> Row:
    return {
        "confidence": "0.9", "source_count": "1", "family_count": "1", "sources": ["fdic"],
        "first_seen": seen.isoformat(), "last_seen": seen.isoformat(), "last_verified_at": seen.isoformat(),
        "retain_until": None,
    } | changes  # fmt: skip


def company(name: str, **changes: object) -> Row:
    return {
        "company_id": uid(name), "legal_name": name, "display_name": name, "former_names": [], "other_names": [],
        "party": "company", "status": None, "incorporated_on": None,
    } | common() | changes  # fmt: skip


def email(owner: str, address: str, **changes: object) -> Row:
    return {
        "email_id": uid(address), "company_id": uid(owner), "email_address": address,
        "domain": address.partition("@")[2], "kind": "role", "verification_status": "valid",
        "business_evidence": "employer_domain",
    } | common() | changes  # fmt: skip


def parquet(file: Path, rows: list[Row], like: Row) -> Path:
    lists = {name for name, value in like.items() if isinstance(value, list)}
    schema = pa.schema([(name, pa.list_(pa.string()) if name in lists else pa.string()) for name in like])
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), file)
    return file


class Desk:
    """Publishes companies and their e-mail addresses, an hour later each time."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.folder, self.now = database, folder, DAY

    def publish(self, companies: list[Row], emails: list[Row] | None = None) -> Mapping[str, Change]:
        self.now += timedelta(hours=1)
        files = {t.COMPANIES: parquet(self.folder / "c.parquet", companies, company("any"))}
        if emails is not None:
            files[t.EMAILS] = parquet(self.folder / "e.parquet", emails, email("any", "a@b.example"))
        return publish(self.database, files, self.now)

    def company(self, name: str) -> Mapping[str, object]:
        return self.database.rows("SELECT * FROM curated.companies WHERE company_id = :id", id=uid(name))[0]


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return Desk(database, tmp_path)


def test_inserts_updates_removes_and_leaves_alone(desk: Desk) -> None:
    first = desk.publish([company("Alder"), company("Birch"), company("Cedar")])
    assert first["curated.companies"] == Change(3, 0, 0, 3)
    born = desk.now
    second = desk.publish([company("Alder"), company("Birch", status="inactive"), company("Daphne")])
    assert second["curated.companies"] == Change(1, 1, 1, 3)
    assert desk.company("Alder")["recorded_at"] == born
    assert desk.company("Birch")["recorded_at"] == desk.now
    past = desk.database.rows(
        "SELECT display_name, status, change, recorded_at, recorded_until FROM history.companies ORDER BY display_name"
    )
    assert [tuple(row.values()) for row in past] == [
        ("Birch", None, "updated", born, desk.now),
        ("Cedar", None, "removed", born, desk.now),
    ]


def test_the_same_again_changes_nothing_and_is_not_logged(desk: Desk) -> None:
    rows = [company("Alder"), company("Birch", other_names=["B", "C"], retain_until="2027-01-01")]
    desk.publish(rows)
    before = desk.database.rows("SELECT xmin::text, * FROM curated.companies ORDER BY company_id")
    again = desk.publish(rows)
    assert again["curated.companies"] == Change(0, 0, 0, 2)
    assert desk.database.rows("SELECT xmin::text, * FROM curated.companies ORDER BY company_id") == before
    assert desk.database.scalar("SELECT count(*) FROM ops.publications") == 1
    assert desk.database.scalar("SELECT count(*) FROM history.companies") == 0


def test_first_seen_never_moves_forward_but_may_move_back(desk: Desk) -> None:
    desk.publish([company("Alder")])
    desk.publish([company("Alder", first_seen=(DAY + timedelta(days=9)).isoformat(), status="active")])
    assert desk.company("Alder")["first_seen"] == DAY
    earlier = DAY - timedelta(days=9)
    desk.publish([company("Alder", first_seen=earlier.isoformat(), status="active")])
    assert desk.company("Alder")["first_seen"] == earlier


def test_owners_come_and_go_with_what_they_own(desk: Desk) -> None:
    desk.publish([company("Alder")], [email("Alder", "info@alder.example"), email("Alder", "sales@alder.example")])
    moved = email("Birch", "info@alder.example")
    changes = desk.publish([company("Birch")], [moved])
    assert changes["curated.emails"] == Change(0, 1, 1, 1)
    owners = desk.database.rows("SELECT company_id::text FROM curated.emails")
    assert [row["company_id"] for row in owners] == [uid("Birch")]
    assert desk.database.scalar("SELECT count(*) FROM history.emails") == 2


@pytest.mark.parametrize(
    "spoilt",
    [
        {"confidence": "secret-value"},
        {"incorporated_on": "2026-02-31"},
        {"company_id": "secret-value"},
        {"display_name": None, "legal_name": "secret-value"},
        {"first_seen": "secret-value"},
    ],
)
def test_a_value_that_does_not_fit_rolls_everything_back_and_is_not_named(desk: Desk, spoilt: Row) -> None:
    desk.publish([company("Alder")], [email("Alder", "info@alder.example")])
    before = desk.database.rows("SELECT * FROM curated.companies")
    with pytest.raises(DatabaseFault) as fault:
        desk.publish([company("Birch"), company("Cedar", **spoilt)], [])
    assert desk.database.rows("SELECT * FROM curated.companies") == before
    assert desk.database.scalar("SELECT count(*) FROM curated.emails") == 1
    said = f"{fault.value}{fault.value.__cause__}{fault.value.__context__}"
    assert not any(word in said for word in ("secret", "2026-02-31", "Birch", "Cedar"))
    assert fault.value.sqlstate


def test_an_owner_that_is_missing_rolls_everything_back(desk: Desk) -> None:
    with pytest.raises(DatabaseFault) as fault:
        desk.publish([company("Alder")], [email("Nobody", "info@nobody.example")])
    assert fault.value.sqlstate == "23503"
    assert "nobody" not in str(fault.value).lower()
    assert desk.database.scalar("SELECT count(*) FROM curated.companies") == 0


def test_a_key_that_stands_twice_is_refused(desk: Desk) -> None:
    with pytest.raises(DatabaseFault) as fault:
        desk.publish([company("Alder"), company("Alder", status="active")])
    assert fault.value.sqlstate == "23505"
    assert uid("Alder") not in str(fault.value)


def test_arrays_nulls_and_every_script_arrive_as_they_were(desk: Desk) -> None:
    names = [
        "Ærø Ødegård A/S",
        "株式会社テスト",
        "شركة",
        "a,b",
        'say "hi"',
        "{}",
        "NULL",
        "back\\slash",
        "\U0001d518\U0001f9ff",
        "O'Hara\ttab\nline",
    ]
    desk.publish([company("Alder", display_name=names[-1], other_names=names, legal_name=None)])
    found = desk.company("Alder")
    assert found["other_names"] == names
    assert (found["display_name"], found["legal_name"], found["former_names"]) == (names[-1], None, [])
    assert desk.publish([company("Alder", display_name=names[-1], other_names=names, legal_name=None)])[
        "curated.companies"
    ] == Change(0, 0, 0, 1)


def test_nothing_at_all_empties_the_table_into_history(desk: Desk) -> None:
    desk.publish([company("Alder")])
    assert desk.publish([])["curated.companies"] == Change(0, 0, 1, 0)
    assert desk.database.scalar("SELECT change FROM history.companies") == "removed"


def test_old_ids_stay_resolvable_for_ever(database: Database, tmp_path: Path) -> None:
    def moves(*pairs: tuple[str, str]) -> dict[sa.Table, Path]:
        rows: list[Row] = [{"old_id": uid(old), "new_id": uid(new), "kind": "merge"} for old, new in pairs]
        return {t.ID_MAP: parquet(tmp_path / "m.parquet", rows, {"old_id": "", "new_id": "", "kind": ""})}

    publish(database, moves(("a", "b")), DAY)
    change = publish(database, moves(("c", "d")), DAY + timedelta(days=1))["match.id_map"]
    assert change == Change(1, 0, 0, 2)


def test_two_publications_at_once_come_one_after_the_other(desk: Desk, tmp_path: Path) -> None:
    files = [
        parquet(tmp_path / f"{turn}.parquet", [company(f"{turn}-{n}") for n in range(300)], company("any"))
        for turn in range(2)
    ]
    done: list[Change] = []

    def work(turn: int) -> None:
        done.append(publish(desk.database, {t.COMPANIES: files[turn]}, DAY)["curated.companies"])

    threads = [threading.Thread(target=work, args=(turn,)) for turn in range(2)]
    with desk.database.transaction() as connection:
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        for thread in threads:
            thread.start()
        time.sleep(0.3)
        assert not done, "a publication must wait for the lock"
    for thread in threads:
        thread.join(30)
    assert sorted(done, key=lambda change: change.removed) == [Change(300, 0, 0, 300), Change(300, 0, 300, 300)]


def test_many_rows_take_bounded_time(desk: Desk, tmp_path: Path) -> None:
    rows, file = 200_000, tmp_path / "many.parquet"
    one = company("any")
    frame = pd.DataFrame({name: [value] * rows for name, value in one.items()})
    ids = pd.Series([str(uuid.UUID(int=n)) for n in range(rows)], dtype="str")
    schema = pa.schema(
        [(name, pa.list_(pa.string()) if isinstance(value, list) else pa.string()) for name, value in one.items()]
    )
    pq.write_table(pa.Table.from_pandas(frame.assign(company_id=ids), schema=schema, preserve_index=False), file)
    began = time.monotonic()
    assert publish(desk.database, {t.COMPANIES: file}, DAY)["curated.companies"] == Change(rows, 0, 0, rows)
    assert publish(desk.database, {t.COMPANIES: file}, DAY)["curated.companies"] == Change(0, 0, 0, rows)
    assert time.monotonic() - began < 90
