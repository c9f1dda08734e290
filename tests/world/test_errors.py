"""The error translator, on a real server: what is told, and that no value of a row ever is."""

from __future__ import annotations

import shutil
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import adbc_driver_postgresql.dbapi as adbc
import psycopg
import pyarrow as pa
import pytest
import sqlalchemy as sa

from resources.errors import DatabaseFault, check_version, translated
from resources.server import EmbeddedServer

pytestmark = pytest.mark.postgres

SECRET = "zq-canary-7731"
Ask = Callable[[str, str], None]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    home = Path(tempfile.mkdtemp(prefix="contacts-test-"))
    home.chmod(0o755)
    server = EmbeddedServer(home)
    try:
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute("CREATE SCHEMA curated")
            connection.execute(
                "CREATE TABLE curated.people (email text PRIMARY KEY, age int NOT NULL CHECK (age < 150))"
            )
            connection.execute("INSERT INTO curated.people VALUES (%s, 1)", [SECRET])
            connection.execute("CREATE ROLE reader LOGIN PASSWORD 'reader'")
            connection.execute("GRANT USAGE ON SCHEMA curated TO reader")
            connection.execute("CREATE ROLE lone LOGIN PASSWORD 'lone' CONNECTION LIMIT 0")
        yield server.url()
    finally:
        server.stop()
        shutil.rmtree(home)


def by_psycopg(url: str, statement: str) -> None:
    with psycopg.connect(url, connect_timeout=5) as connection:
        connection.execute(statement.encode())


def by_sqlalchemy(url: str, statement: str) -> None:
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"), connect_args={"connect_timeout": 5})
    try:
        with engine.begin() as connection:
            connection.execute(sa.text(statement))
    finally:
        engine.dispose()


def by_adbc(url: str, statement: str) -> None:
    with adbc.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(statement)


DRIVERS = pytest.mark.parametrize("ask", [by_psycopg, by_sqlalchemy, by_adbc])


def fault_of(work: Callable[[], object]) -> DatabaseFault:
    with pytest.raises(DatabaseFault) as refusal, translated():
        work()
    return refusal.value


def as_user(name: str, url: str) -> str:
    return f"postgresql://{name}:{name}@{url.partition('@')[2]}"


def everything_told(fault: BaseException) -> str:
    """All that a log could make of it: words, attributes, notes and the traceback of the whole chain."""
    notes = getattr(fault, "__notes__", [])
    return "\n".join([str(fault), repr(fault), repr(vars(fault)), *notes, *traceback.format_exception(fault)])


@DRIVERS
@pytest.mark.parametrize(
    ("statement", "state", "named"),
    [
        (f"INSERT INTO curated.people VALUES ('{SECRET}', 2)", "23505", {"constraint": "people_pkey"}),
        (f"INSERT INTO curated.people VALUES ('{SECRET}x', NULL)", "23502", {"column": "age"}),
        (f"INSERT INTO curated.people VALUES ('{SECRET}x', 777)", "23514", {"constraint": "people_age_check"}),
        (f"SELECT '{SECRET}'::int", "22P02", {}),
        (f"SELECT '{SECRET}'::date", "22007", {}),
        (f'SELECT "{SECRET}" FROM curated.people', "42703", {}),
        (f"DO $$ BEGIN RAISE EXCEPTION '{SECRET}'; END $$", "P0001", {}),
    ],
)
def test_no_value_of_a_row_is_told(url: str, ask: Ask, statement: str, state: str, named: dict[str, str]) -> None:
    fault = fault_of(lambda: ask(url, statement))
    assert fault.sqlstate == state
    assert state in str(fault)
    assert {name: getattr(fault, name) for name in named} == named
    assert all(name in str(fault) for name in named.values())
    assert fault.table == ("curated.people" if state.startswith("23") else "")
    assert fault.__cause__ is None
    assert fault.__context__ is None
    assert SECRET not in everything_told(fault)
    assert "Failing row" not in everything_told(fault)


def test_parameters_are_not_told(url: str) -> None:
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        fault = fault_of(
            lambda: connection.execute(sa.text("INSERT INTO curated.people VALUES (:a, 2)"), [{"a": SECRET}])
        )
    engine.dispose()
    assert fault.sqlstate == "23505"
    assert SECRET not in everything_told(fault)


def test_a_bulk_load_that_breaks_a_key_tells_no_value(url: str) -> None:
    rows = pa.table({"email": [SECRET], "age": pa.array([3], pa.int32())})

    def load() -> None:
        with adbc.connect(url) as connection, connection.cursor() as cursor:
            cursor.adbc_ingest("people", rows, mode="append", db_schema_name="curated")

    fault = fault_of(load)
    assert fault.sqlstate == "23505"
    assert SECRET not in everything_told(fault)


def test_an_error_raised_while_another_is_handled_carries_neither(url: str) -> None:
    def work() -> None:
        try:
            by_psycopg(url, f"SELECT '{SECRET}'::int")
        except psycopg.Error:
            by_psycopg(url, f"SELECT '{SECRET}'::date")

    assert SECRET not in everything_told(fault_of(work))


@DRIVERS
def test_a_wrong_password_is_told_with_what_to_do(url: str, ask: Ask) -> None:
    fault = fault_of(lambda: ask(url.replace("contacts:", "contacts:x"), "SELECT 1"))
    assert fault.sqlstate == "28P01"
    assert "password is wrong; put the right ones into DATABASE_URL" in str(fault)


@DRIVERS
def test_a_missing_database_is_told_with_what_to_do(url: str, ask: Ask) -> None:
    fault = fault_of(lambda: ask(url + "x", "SELECT 1"))
    assert fault.sqlstate == "3D000"
    assert "no such database; create it" in str(fault)


@DRIVERS
@pytest.mark.parametrize("address", ["127.0.0.1:1", "nowhere.invalid:5432"])
def test_no_server_at_the_address_is_told_without_the_password(address: str, ask: Ask) -> None:
    fault = fault_of(lambda: ask(f"postgresql://contacts:{SECRET}@{address}/contacts", "SELECT 1"))
    assert str(fault).startswith("No PostgreSQL answers at the address; look whether it runs")
    assert SECRET not in everything_told(fault)


@DRIVERS
def test_too_many_connections_is_told_with_what_to_do(url: str, ask: Ask) -> None:
    fault = fault_of(lambda: ask(as_user("lone", url), "SELECT 1"))
    assert fault.sqlstate == "53300"
    assert "no connection left; end idle ones" in str(fault)


@DRIVERS
def test_a_missing_right_is_told_with_what_to_do(url: str, ask: Ask) -> None:
    fault = fault_of(lambda: ask(as_user("reader", url), "SELECT * FROM curated.people"))
    assert fault.sqlstate == "42501"
    assert "the user may not do that; grant the right" in str(fault)


@DRIVERS
def test_a_read_only_database_is_told_with_what_to_do(url: str, ask: Ask) -> None:
    fault = fault_of(
        lambda: ask(f"{url}?options=-cdefault_transaction_read_only%3Don", "CREATE TABLE curated.more (number int)")
    )
    assert fault.sqlstate == "25006"
    assert "read-only; name the primary" in str(fault)


@DRIVERS
@pytest.mark.parametrize(
    ("state", "said"),
    [("53100", "disk of the server is full; free some space"), ("40001", "run it again"), ("53200", "memory")],
)
def test_the_server_in_trouble_is_told_with_what_to_do(url: str, ask: Ask, state: str, said: str) -> None:
    statement = f"DO $$ BEGIN RAISE EXCEPTION '{SECRET}' USING ERRCODE = '{state}'; END $$"
    fault = fault_of(lambda: ask(url, statement))
    assert fault.sqlstate == state
    assert said in str(fault)
    assert SECRET not in everything_told(fault)


def test_a_connection_that_the_server_ends_is_told(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        pid = connection.info.backend_pid
        by_psycopg(url, f"SELECT pg_terminate_backend({pid}, 5000)")
        fault = fault_of(lambda: connection.execute("SELECT 1"))
    assert fault.sqlstate == "57P01"
    assert "run it again when it is up" in str(fault)


def test_a_misuse_of_the_library_is_told_by_its_kind(url: str) -> None:
    fault = fault_of(lambda: sa.create_engine(f"nonsense://{SECRET}"))
    assert "(NoSuchModuleError)" in str(fault)
    assert SECRET not in everything_told(fault)
    assert "refused" not in str(fault)
    assert url not in str(fault)


def test_what_is_no_database_error_passes_untouched() -> None:
    with pytest.raises(KeyError), translated():
        raise KeyError
    with pytest.raises(DatabaseFault, match="as it was"), translated():
        raise DatabaseFault("as it was")


@pytest.mark.parametrize(("number", "major"), [(140_012, 14), (90_624, 9)])
def test_a_server_too_old_is_refused(number: int, major: int) -> None:
    with pytest.raises(DatabaseFault, match=f"PostgreSQL {major}, and this project needs 15 or newer"):
        check_version(number)


@pytest.mark.parametrize("number", [150_000, 150_018, 180_006])
def test_a_server_young_enough_is_taken(number: int) -> None:
    check_version(number)
