"""What the tests of the outside world share: one embedded PostgreSQL a worker, empty again after every test."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from resources.database import Database
from resources.server import EmbeddedServer
from resources.settings import Settings
from resources.tables import METADATA


@pytest.fixture(scope="session")
def served() -> Iterator[Database]:
    """A migrated database in a folder that every account can reach, which pytest's own is not for root."""
    folder = Path(tempfile.mkdtemp(prefix="contacts-test-"))
    folder.chmod(0o755)
    found = Database(Settings(home=folder / "home"))
    try:
        found.migrate()
        yield found
    finally:
        found.close()
        EmbeddedServer(folder / "home").stop()
        shutil.rmtree(folder)


@pytest.fixture
def database(served: Database) -> Iterator[Database]:
    yield served
    with served.transaction() as connection:
        names = ", ".join(table.fullname for table in METADATA.tables.values())
        connection.execute(sa.text(f"TRUNCATE {names} CASCADE"))
