"""The database: an address that works, its schema at the present version, and transactions.

What belongs here: reaching PostgreSQL, migrating it, running statements. What does not: what the statements say
(`queries/`), what the tables are (`tables.py`), how a publication replaces them (`publication.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import adbc_driver_postgresql.dbapi as adbc
import pyarrow as pa
import sqlalchemy as sa
from adbc_driver_manager._reader import AdbcRecordBatchReader
from alembic import command
from alembic.config import Config

from resources.errors import check_version, translated
from resources.server import EmbeddedServer
from resources.settings import Settings
from resources.tables import CONTACTS, SCHEMAS

HERE = Path(__file__).parent
LOCK = 7_203_911
"""Key of the advisory lock that one publication or migration holds at a time."""

_VIEWS = "SELECT 'match.' || quote_ident(viewname) FROM pg_views WHERE schemaname = 'match'"


class Database:
    """PostgreSQL at an address, or the embedded server under the home.

    Args:
        settings: Where.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._engine: sa.Engine | None = None

    def url(self) -> str:
        """The address, as libpq writes it; starts the embedded server if need be."""
        if self._settings.database_url:
            address = self._settings.database_url.reveal()
            return address.replace("postgresql+psycopg://", "postgresql://", 1)
        return EmbeddedServer(self._settings.home, self._settings.pg_bindir).url()

    def shown(self) -> str:
        """The address to be shown after a run: with the password of a server that is not ours left out."""
        if not self._settings.database_url:
            return self.url()
        return sa.make_url(self.url()).render_as_string(hide_password=True)

    def engine(self) -> sa.Engine:
        """A SQLAlchemy engine on psycopg, made once.

        Raises:
            DatabaseFault: The server cannot be reached, or is older than 15.
        """
        if self._engine is None:
            address = sa.make_url(self.url()).set(drivername="postgresql+psycopg")
            engine = sa.create_engine(address, hide_parameters=True, pool_pre_ping=True)
            with translated(), engine.connect() as connection:
                check_version(int(connection.scalar(sa.text("SHOW server_version_num")) or 0))
            self._engine = engine
        return self._engine

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """A transaction that commits at the end of the block; its errors carry no value.

        Raises:
            DatabaseFault: A statement failed.
        """
        engine = self.engine()
        with translated(), engine.begin() as connection:
            yield connection

    def migrate(self) -> None:
        """Brings the tables to the present version and rebuilds the views when their text has changed."""
        with self.transaction() as connection:
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
            for schema, meaning in SCHEMAS.items():
                connection.execute(sa.schema.CreateSchema(schema, if_not_exists=True))
                if schema != "mart":
                    connection.execute(sa.text(f"COMMENT ON SCHEMA {schema} IS {_quoted(meaning)}"))
            config = Config()
            config.set_main_option("script_location", str(HERE / "migrations").replace("%", "%%"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            self._rebuild_views(connection)

    def _rebuild_views(self, connection: sa.Connection) -> None:
        """The views hold no data: they are made anew from their files whenever one of these has changed."""
        past = ", ".join(f"past.{column.name}" for column in CONTACTS.columns)
        files = sorted((HERE / "queries").glob("*/*.sql"))
        texts = [file.read_text("utf-8").replace("{contacts_columns}", past) for file in files]
        digest = hashlib.sha256("\x1e".join(texts).encode()).hexdigest()[:16]
        stamp = f"{SCHEMAS['mart']} Built from {digest}."
        built = connection.scalar(sa.text("SELECT obj_description('mart'::regnamespace, 'pg_namespace')"))
        if built == stamp:
            return
        for view in connection.scalars(sa.text(_VIEWS)).all():
            connection.execute(sa.text(f"DROP VIEW IF EXISTS {view} CASCADE"))
        connection.execute(sa.text("DROP SCHEMA mart CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA mart"))
        for statements in texts:
            connection.exec_driver_sql(statements.replace("%", "%%"))
        connection.execute(sa.text(f"COMMENT ON SCHEMA mart IS {_quoted(stamp)}"))

    def rows(self, statement: str, **parameters: Any) -> list[Mapping[str, Any]]:  # noqa: ANN401 - any bound value
        """The rows of one SELECT."""
        with self.transaction() as connection:
            return [dict(row._mapping) for row in connection.execute(sa.text(statement), parameters)]  # noqa: SLF001 - public in all but name

    @contextmanager
    def batches(self, statement: str) -> Iterator[pa.RecordBatchReader]:
        """The rows of one SELECT as Arrow batches, for the block: for those that are many.

        Raises:
            DatabaseFault: The statement failed.
        """
        self.engine()
        with translated(), adbc.connect(self.url()) as connection, connection.cursor() as cursor:
            cursor.execute(statement)
            stream = cursor.fetch_arrow()
            # The reader that cursors give out raises OSError, whose text quotes rows; this one raises errors of ADBC.
            yield AdbcRecordBatchReader._import_from_c(stream.address)  # noqa: SLF001 - there is no public way

    def scalar(self, statement: str, **parameters: Any) -> Any:  # noqa: ANN401 - any bound value
        """The first value of one SELECT."""
        with self.transaction() as connection:
            return connection.scalar(sa.text(statement), parameters)

    def close(self) -> None:
        """Lets go of all connections."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
