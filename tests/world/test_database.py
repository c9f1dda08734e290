"""The database against a real server: migrations, views, transactions."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from pipelines.private import Private
from resources import database as module
from resources.database import Database
from resources.errors import DatabaseFault
from resources.settings import Settings
from resources.tables import METADATA, SCHEMAS

pytestmark = [pytest.mark.postgres, pytest.mark.xdist_group("postgres")]

MART = "SELECT oid FROM pg_class WHERE relnamespace = 'mart'::regnamespace ORDER BY oid"


def test_every_table_and_schema_is_there_and_says_what_it_holds(database: Database) -> None:
    found = database.rows(
        "SELECT schemaname || '.' || tablename AS name, "
        "obj_description((schemaname || '.' || tablename)::regclass) AS said "
        "FROM pg_tables WHERE schemaname = ANY(:schemas)",
        schemas=list(SCHEMAS),
    )
    wanted = {table.fullname: table.comment for table in METADATA.tables.values()}
    assert {row["name"]: row["said"] for row in found if row["name"] != "ops.schema_version"} == wanted
    assert database.scalar("SELECT count(*) FROM pg_namespace WHERE nspname = ANY(:s)", s=list(SCHEMAS)) == len(SCHEMAS)


def test_migrating_twice_changes_nothing(database: Database) -> None:
    before = database.rows(MART)
    version = database.rows("SELECT * FROM ops.schema_version")
    database.migrate()
    assert before
    assert database.rows(MART) == before
    assert database.rows("SELECT * FROM ops.schema_version") == version


def test_the_views_are_rebuilt_when_their_text_has_changed_and_only_then(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(module.HERE / "queries", tmp_path / "queries")
    shutil.copytree(module.HERE / "migrations", tmp_path / "migrations")
    view = "CREATE VIEW mart.percent AS SELECT '50%' AS share WHERE 'abc' LIKE 'a%';"
    (tmp_path / "queries" / "mart" / "99_more.sql").write_text(view)
    before = database.rows(MART)
    with monkeypatch.context() as patch:
        patch.setattr(module, "HERE", tmp_path)
        database.migrate()
        assert database.scalar("SELECT share FROM mart.percent") == "50%"
        rebuilt = database.rows(MART)
        assert rebuilt != before
        database.migrate()
        assert database.rows(MART) == rebuilt
    database.migrate()
    assert database.scalar("SELECT to_regclass('mart.percent')") is None


def test_a_transaction_that_fails_leaves_nothing_and_names_no_value(database: Database) -> None:
    def fail() -> None:
        with database.transaction() as connection:
            connection.execute(sa.text("INSERT INTO privacy.reasons VALUES ('a', 'b')"))
            connection.execute(sa.text("INSERT INTO privacy.reasons VALUES (:code, 'b')"), {"code": "a"})

    with pytest.raises(DatabaseFault) as fault:
        fail()
    assert fault.value.sqlstate == "23505"
    assert "(a)" not in str(fault.value)
    assert database.scalar("SELECT count(*) FROM privacy.reasons") == 0


def test_rows_and_scalars_bind_their_parameters(database: Database) -> None:
    odd = "it's; -- %s :x"
    assert database.rows("SELECT :odd AS said, 1 AS one", odd=odd) == [{"said": odd, "one": 1}]
    assert database.scalar("SELECT 1 WHERE false") is None


def test_it_can_be_used_again_after_it_was_closed(database: Database) -> None:
    engine = database.engine()
    assert database.engine() is engine
    database.close()
    database.close()
    assert database.scalar("SELECT 1") == 1


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg"])
def test_an_address_of_ones_own_is_used(database: Database, tmp_path: Path, scheme: str) -> None:
    address = database.url().replace("postgresql://", f"{scheme}://", 1)
    own = Database(Settings(home=tmp_path, database_url=Private(address)))
    assert own.url() == database.url()
    assert own.scalar("SELECT current_database()") == "contacts"
    own.close()


def test_an_address_without_a_server_is_told_without_its_password(tmp_path: Path) -> None:
    own = Database(Settings(home=tmp_path, database_url=Private("postgresql://me:hush@127.0.0.1:1/nowhere")))
    with pytest.raises(DatabaseFault, match="No PostgreSQL answers") as fault:
        own.scalar("SELECT 1")
    assert "hush" not in str(fault.value)


def test_what_is_shown_of_a_server_that_is_not_ours_has_no_password(tmp_path: Path) -> None:
    own = Database(Settings(home=tmp_path, database_url=Private("postgresql://me:hush@127.0.0.1:1/contacts")))
    assert own.shown() == "postgresql://me:***@127.0.0.1:1/contacts"
    assert "hush" in own.url()
