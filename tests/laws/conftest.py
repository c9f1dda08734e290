"""One migrated database for the laws that only a real PostgreSQL can tell."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from resources.database import Database
from resources.server import EmbeddedServer
from resources.settings import Settings


@pytest.fixture(scope="session")
def database() -> Iterator[Database]:
    """A database of its own, empty but for what migrating makes; stopped and removed at the end."""
    home = Path(tempfile.mkdtemp(prefix="contacts-laws-"))
    home.chmod(0o755)  # the account that the server runs as must pass through it
    found = Database(Settings(home))
    try:
        found.migrate()
        yield found
    finally:
        found.close()
        EmbeddedServer(home).stop()
        shutil.rmtree(home)
