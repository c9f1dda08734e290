"""Publication: tables made in the lake replace what is published, in one transaction, changing only what differs.

What belongs here: bulk load into staging, the comparison, the history. What does not: what the rows say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import adbc_driver_postgresql.dbapi as adbc
import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from resources.database import LOCK, Database
from resources.errors import translated
from resources.tables import CURATED, HISTORY, ID_MAP

BATCH = 50_000
"""Rows of one batch on its way into the database."""


_POSTGRESQL = sa.make_url("postgresql+psycopg://").get_dialect()()

KEPT = frozenset({ID_MAP})
"""Tables of which a publication removes nothing: an old id stays resolvable for ever."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a publication did to one table, in rows."""

    inserted: int
    updated: int
    removed: int
    total: int

    @property
    def rows(self) -> int:
        """Rows touched."""
        return self.inserted + self.updated + self.removed


def publish(database: Database, tables: Mapping[sa.Table, Path], now: datetime) -> dict[str, Change]:
    """Makes the tables hold what the files hold.

    A row that is the same stays untouched; one that differs is updated, one that is gone is removed, and for curated
    tables the former state goes to `history`. `first_seen` never moves forward, `recorded_at` only with a change.

    Args:
        database: Where.
        tables: A Parquet file by table, text or list-of-text columns named as the table's; owners come before what
            they own.
        now: The time of publication.

    Returns:
        What changed, by full name of table.

    Raises:
        DatabaseFault: Nothing was changed; the message says why.
    """
    database.engine()
    stamp = now.isoformat()
    with translated(), adbc.connect(database.url()) as connection, connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock({LOCK})")
        cursor.fetchall()
        for table, file in tables.items():
            _stage(cursor, table, file, stamp)
        counts = {table: _compare(cursor, table) for table in tables}
        for table in tables:
            if table in CURATED:
                _remember(cursor, table, stamp)
            _write(cursor, table)
        # last, for a row that stays may have pointed at one that goes until just now
        for table in reversed([table for table in tables if table not in KEPT]):
            _remove(cursor, table)
        changes = {table.fullname: Change(*counts[table], _count(cursor, table.fullname)) for table in tables}
        _log(cursor, changes, stamp)
        connection.commit()
    return changes


def _staged(table: sa.Table) -> str:
    return f'"next_{table.schema}_{table.name}"'


def _columns(table: sa.Table) -> list[str]:
    return [column.name for column in table.columns]


def _keys(table: sa.Table) -> list[str]:
    return [column.name for column in table.primary_key.columns]


def _stage(cursor: adbc.Cursor, table: sa.Table, file: Path, stamp: str) -> None:
    """Loads the file as it is, then casts it into a twin of the table.

    Values were judged in Python before: a cast that fails here is a fault of the pipeline, and aborts it.
    """
    raw = f"raw_{table.schema}_{table.name}"
    with pq.ParquetFile(file) as parquet:
        held = frozenset(parquet.schema_arrow.names)
        batches = pa.RecordBatchReader.from_batches(parquet.schema_arrow, parquet.iter_batches(batch_size=BATCH))
        cursor.adbc_ingest(raw, batches, mode="create", temporary=True)
    typed = ", ".join(_typed(column, held, stamp) for column in table.columns)
    on = " AND ".join(f'old."{key}" = raw."{key}"::{_kind(table.c[key])}' for key in _keys(table))
    cursor.execute(
        f"CREATE TEMP TABLE {_staged(table)} ON COMMIT DROP AS "
        f'SELECT {typed} FROM "{raw}" AS raw LEFT JOIN {table.fullname} AS old ON {on}'
    )
    cursor.execute(f'DROP TABLE "{raw}"')
    cursor.execute(f"CREATE UNIQUE INDEX ON {_staged(table)} ({', '.join(_keys(table))})")
    cursor.execute(f"ANALYZE {_staged(table)}")


def _kind(column: sa.Column[object]) -> str:
    return str(column.type.compile(_POSTGRESQL))


def _typed(column: sa.Column[object], held: frozenset[str], stamp: str) -> str:
    """What a column of the twin is made of."""
    if column.name == "recorded_at":
        return f"'{stamp}'::timestamptz AS recorded_at"
    if column.name == "first_seen":
        return 'least(raw."first_seen"::timestamptz, old."first_seen") AS first_seen'
    raw = f'raw."{column.name}"' if column.name in held else "NULL"
    return f'{raw}::{_kind(column)} AS "{column.name}"'


def _differs(table: sa.Table, one: str, other: str) -> str:
    compared = [name for name in _columns(table) if name not in {*_keys(table), "recorded_at"}]
    if not compared:
        return "false"
    left, right = (", ".join(f'{alias}."{name}"' for name in compared) for alias in (one, other))
    return f"ROW({left}) IS DISTINCT FROM ROW({right})"


def _on(table: sa.Table, one: str, other: str) -> str:
    return " AND ".join(f'{one}."{key}" = {other}."{key}"' for key in _keys(table))


def _compare(cursor: adbc.Cursor, table: sa.Table) -> tuple[int, int, int]:
    key = _keys(table)[0]
    cursor.execute(
        f'SELECT count(*) FILTER (WHERE old."{key}" IS NULL), '
        f'count(*) FILTER (WHERE old."{key}" IS NOT NULL AND fresh."{key}" IS NOT NULL AND {_differs(table, "old", "fresh")}), '  # noqa: E501
        f'count(*) FILTER (WHERE fresh."{key}" IS NULL) '
        f"FROM {_staged(table)} AS fresh FULL JOIN {table.fullname} AS old ON {_on(table, 'old', 'fresh')}"
    )
    inserted, updated, removed = cursor.fetchone() or (0, 0, 0)
    return int(inserted), int(updated), 0 if table in KEPT else int(removed)


def _remove(cursor: adbc.Cursor, table: sa.Table) -> None:
    cursor.execute(
        f"DELETE FROM {table.fullname} AS old WHERE NOT EXISTS "
        f"(SELECT 1 FROM {_staged(table)} AS fresh WHERE {_on(table, 'old', 'fresh')})"
    )


def _remember(cursor: adbc.Cursor, table: sa.Table, stamp: str) -> None:
    history = HISTORY[CURATED.index(table)]
    names = ", ".join(f'"{name}"' for name in _columns(table))
    values = ", ".join(f'old."{name}"' for name in _columns(table))
    key = _keys(table)[0]
    cursor.execute(
        f"INSERT INTO {history.fullname} ({names}, recorded_until, change) "
        f"SELECT {values}, '{stamp}'::timestamptz, "
        f"CASE WHEN fresh.\"{key}\" IS NULL THEN 'removed' ELSE 'updated' END "
        f"FROM {table.fullname} AS old LEFT JOIN {_staged(table)} AS fresh ON {_on(table, 'old', 'fresh')} "
        f'WHERE fresh."{key}" IS NULL OR {_differs(table, "old", "fresh")}'
    )


def _write(cursor: adbc.Cursor, table: sa.Table) -> None:
    names = ", ".join(f'"{name}"' for name in _columns(table))
    others = [name for name in _columns(table) if name not in _keys(table)]
    assigned = ", ".join(f'"{name}" = excluded."{name}"' for name in others)
    action = f"UPDATE SET {assigned} WHERE {_differs(table, 'old', 'excluded')}" if others else "NOTHING"
    cursor.execute(
        f"INSERT INTO {table.fullname} AS old ({names}) SELECT {names} FROM {_staged(table)} "
        f"ON CONFLICT ({', '.join(_keys(table))}) DO {action}"
    )


def _count(cursor: adbc.Cursor, name: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {name}")
    row = cursor.fetchone()
    return int(row[0]) if row else 0


def _log(cursor: adbc.Cursor, changes: Mapping[str, Change], stamp: str) -> None:
    values = ", ".join(
        f"('{stamp}', '{name}', {change.inserted}, {change.updated}, {change.removed}, {change.total})"
        for name, change in changes.items()
        if change.rows
    )
    if values:
        cursor.execute(
            "INSERT INTO ops.publications (published_at, table_name, inserted, updated, removed, total) "
            f"VALUES {values} ON CONFLICT (published_at, table_name) DO UPDATE SET inserted = excluded.inserted, "
            "updated = excluded.updated, removed = excluded.removed, total = excluded.total"
        )
