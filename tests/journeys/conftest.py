"""Installations that the journeys drive by the `contacts` command, as a user would, on real files and PostgreSQL."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from resources.database import Database
from resources.server import EmbeddedServer
from resources.settings import load
from tests.journeys.command import Installation
from tests.world.__main__ import available, prepare, write
from tests.world.firms import SNAPSHOT
from tests.world.town import Town

CHECKOUT = Path(__file__).resolve().parents[2]
SAMPLES = CHECKOUT / "samples"
NewInstallation = Callable[[Path], Installation]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share an expensive run stay on one worker."""
    for item in items:
        shared = {"filled", "installation"} & set(getattr(item, "fixturenames", ()))
        if shared and Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("filled"))


def _folder() -> Iterator[Path]:
    """A folder that every account can reach, which pytest's own is not for root."""
    folder = Path(tempfile.mkdtemp(prefix="contacts-journey-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


open_folder = pytest.fixture(_folder)
lasting_folder = pytest.fixture(_folder, scope="session")


@pytest.fixture(scope="session")
def installation(lasting_folder: Path) -> Iterator[Installation]:
    """A home with the embedded server, after one full run on the samples."""
    made = Installation(lasting_folder / "filled home", inbox=SAMPLES)
    made.refresh()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def filled(installation: Installation) -> Database:
    """The database of `installation`; who changes it, changes it back."""
    return installation.database


@pytest.fixture(scope="session")
def server(lasting_folder: Path) -> Iterator[EmbeddedServer]:
    """A server of one's own, as DATABASE_URL names one."""
    made = EmbeddedServer(lasting_folder / "server")
    yield made
    made.stop()


@pytest.fixture(scope="session")
def _names() -> Iterator[str]:
    return (f"journey_{number}" for number in range(1000))


@pytest.fixture
def fresh(open_folder: Path, server: EmbeddedServer, _names: Iterator[str]) -> Iterator[NewInstallation]:
    """Makes an installation with a home and a database that are empty, on an inbox."""
    made: list[Installation] = []

    def make(inbox: Path) -> Installation:
        name = next(_names)
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        url = server.url().rpartition("/")[0] + f"/{name}"
        made.append(Installation(open_folder / name, inbox=inbox, database_url=url))
        return made[-1]

    yield make
    for each in made:
        each.database.close()


@pytest.fixture
def town(open_folder: Path, server: EmbeddedServer, _names: Iterator[str]) -> Iterator[Town]:
    """An empty town on a database of its own."""
    name = next(_names)
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    url = server.url().rpartition("/")[0] + f"/{name}"
    database = Database(load({"CONTACTS_HOME": str(open_folder), "DATABASE_URL": url}))
    database.migrate()
    yield Town(database, open_folder)
    database.close()


@pytest.fixture(scope="session")
def world(lasting_folder: Path) -> Path:
    """A small invented inbox with all sources; copy it before changing it."""
    return invent(lasting_folder / "world", 40)


@pytest.fixture(scope="session")
def usual(lasting_folder: Path, world: Path) -> Iterator[Installation]:
    """A home with the embedded server, after a run on the small inbox."""
    made = Installation(lasting_folder / "usual", inbox=world)
    made.refresh()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def usual_digests(usual: Installation) -> dict[str, str]:
    """What every first run on the small inbox ends in."""
    return usual.digests()


@pytest.fixture
def inbox(world: Path, open_folder: Path) -> Path:
    """The small inbox, to be changed."""
    return Path(shutil.copytree(world, open_folder / "inbox"))


def invent(folder: Path, companies: int, seed: int = 11) -> Path:
    """Writes an invented inbox."""
    makers = available()
    prepare(folder, list(makers), force=False)
    write(companies, seed, folder, makers, str(SNAPSHOT))
    return folder
