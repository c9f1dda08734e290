"""What the database says when it refuses, in one sentence of our own: PostgreSQL's own words quote rows.

What belongs here: the one translator that every use of the database goes through, and what to do about each refusal.
What does not: catching what a caller could put right itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import adbc_driver_manager
import psycopg
from sqlalchemy.exc import SQLAlchemyError

OLDEST = 15
"""The oldest major version of PostgreSQL that the SQL of this project is written for."""

_BY_STATE = {
    "22": "a value does not fit the type of its column; cast it before it is loaded",
    "22P02": "a text could not be read as the type of its column; cast it before it is loaded",
    "23": "a row breaks a rule of the table",
    "23502": "a value that must be there is missing",
    "23503": "a row points at one that is not there, or is pointed at by one that would lose it",
    "23505": "a row with that key is there already",
    "23514": "a row breaks a check of the table",
    "23P01": "a row overlaps one that is there already",
    "25006": "the database is read-only; name the primary in DATABASE_URL, or end its read-only mode",
    "28": "the user or the password is wrong; put the right ones into DATABASE_URL",
    "3D000": "there is no such database; create it, or name another in DATABASE_URL",
    "40": "another transaction got in between; run it again",
    "42": "the statement does not fit the schema; bring the schema up to date with the migrations",
    "42501": "the user may not do that; grant the right, or name the owner of the schema in DATABASE_URL",
    "53": "the server has run out of something; read its log",
    "53100": "the disk of the server is full; free some space and run it again",
    "53200": "the server has run out of memory; give it more, or load fewer rows at a time",
    "53300": "the server has no connection left; end idle ones or raise max_connections",
    "55": "something in the database is held by another session; run it again when that one has ended",
    "57014": "the statement was cancelled or took too long; run it again",
    "57": "the server is starting, stopping or was stopped; run it again when it is up",
    "58": "the server has trouble with its own files; read its log",
    "58030": "the server cannot read or write its disk; read its log",
    "08": "the connection to the server was lost; look whether it runs, then run it again",
    "XX": "the server found something broken in itself; read its log",
}
"""What happened and what to do, by SQLSTATE; the class (two characters) stands for those that are not named."""

# A refused connection has no SQLSTATE in any of the drivers: its text is read, and never repeated.
_BY_SIGN = (
    ("too many clients", "53300"),
    ("remaining connection slots", "53300"),
    ("too many connections", "53300"),
    ("password authentication failed", "28P01"),
    ("no password supplied", "28P01"),
    ("no pg_hba.conf entry", "28000"),
    ('role "', "28000"),
    ('permission denied for database "', "42501"),
    ('database "', "3D000"),
    ("starting up", "57P03"),
    ("shutting down", "57P03"),
    ("terminating connection", "57P01"),
    ("closed the connection unexpectedly", "08006"),
    ("connection is lost", "08006"),
    ("connection is closed", "08003"),
)
_SIGNS_OF_NO_SERVER = (
    *("connection refused", "resolve host", "translate host name", "timeout", "timed out", "unreachable"),
    *("no route to host", "no such file or directory", "could not connect", "failed to connect", "connection failed"),
)
_REFUSED_CONNECTION = (psycopg.OperationalError, adbc_driver_manager.OperationalError)


class DatabaseFault(Exception):  # noqa: N818 - the field's own word
    """A refusal of the database in one sentence, without a value of any row.

    Attributes:
        sqlstate: PostgreSQL's five-character code; empty when there is none.
        table: `schema.table` that it is about, when the server names one.
        column: Column that it is about, when the server names one.
        constraint: Constraint that was broken, when the server names one.
    """

    def __init__(
        self, sentence: str, *, sqlstate: str = "", table: str = "", column: str = "", constraint: str = ""
    ) -> None:
        self.sqlstate, self.table, self.column, self.constraint = sqlstate, table, column, constraint
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What may be known of an error: names of the schema and codes, no words of the server."""

    sqlstate: str = ""
    schema: str = ""
    table: str = ""
    column: str = ""
    constraint: str = ""


@contextmanager
def translated() -> Iterator[None]:
    """Turns every error of SQLAlchemy, psycopg and ADBC into a `DatabaseFault` that carries nothing of the original.

    Raises:
        DatabaseFault: The database refused, could not be reached, or was asked wrongly.
    """
    try:
        yield
    except (SQLAlchemyError, psycopg.Error, adbc_driver_manager.Error) as error:
        fault = _fault_of(error)
        try:
            raise fault from None
        except DatabaseFault:
            # `from None` only hides the original, which quotes rows; here it is let go. A bare raise keeps it so.
            fault.__context__ = None
            raise


def check_version(server_version_num: int) -> None:
    """Refuses a server that is too old.

    Args:
        server_version_num: As PostgreSQL counts it: 150018 is 15.18.

    Raises:
        DatabaseFault: It is older than PostgreSQL 15.
    """
    major = server_version_num // 10_000
    if major < OLDEST:
        raise DatabaseFault(
            f"the server is PostgreSQL {major}, and this project needs {OLDEST} or newer; upgrade it, or unset "
            f"DATABASE_URL to use the embedded one."
        )


def _fault_of(error: Exception) -> DatabaseFault:
    driver_error = getattr(error, "orig", None) or error
    facts = _facts_of(driver_error)
    text = str(driver_error).lower()
    state = facts.sqlstate or next((state for sign, state in _BY_SIGN if sign in text), "")
    table = ".".join(part for part in (facts.schema, facts.table) if part)
    return DatabaseFault(
        _sentence(state, driver_error, text) + _whereabouts(state, table, facts),
        sqlstate=state,
        table=table,
        column=facts.column,
        constraint=facts.constraint,
    )


def _sentence(state: str, error: BaseException, text: str) -> str:
    known = _BY_STATE.get(state) or _BY_STATE.get(state[:2])
    if known:
        return f"The database refused: {known}"
    if isinstance(error, _REFUSED_CONNECTION) and any(sign in text for sign in _SIGNS_OF_NO_SERVER):
        return (
            "No PostgreSQL answers at the address; look whether it runs and whether host and port in DATABASE_URL "
            "are right"
        )
    return f"The database could not do it ({type(error).__name__}); look into the server's log"


def _whereabouts(state: str, table: str, facts: _Facts) -> str:
    named = {"table": table, "column": facts.column, "constraint": facts.constraint, "SQLSTATE": state}
    parts = [f"{what} {name}" for what, name in named.items() if name]
    return f" ({', '.join(parts)})." if parts else "."


def _facts_of(error: BaseException) -> _Facts:
    if isinstance(error, psycopg.Error):
        said = error.diag
        return _Facts(
            error.sqlstate or "",
            said.schema_name or "",
            said.table_name or "",
            said.column_name or "",
            said.constraint_name or "",
        )
    if isinstance(error, adbc_driver_manager.Error):
        details = {_text(name): _text(value) for name, value in error.details or ()}
        names = ("SCHEMA_NAME", "TABLE_NAME", "COLUMN_NAME", "CONSTRAINT_NAME")
        return _Facts(error.sqlstate or "", *(details.get(f"PG_DIAG_{name}", "") for name in names))
    return _Facts()


def _text(value: str | bytes) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value
