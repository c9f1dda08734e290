"""One installation and the `contacts` command on it, run in a process of its own; digests of what it made."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg

from resources.database import Database
from resources.server import EmbeddedServer
from resources.settings import load

CHECKOUT = Path(__file__).resolve().parents[2]
AS_OF = "2026-11-01"
PATIENCE = 300
"""Seconds after which a command that has not ended is a failure."""
OURS = ("CONTACTS_", "DATABASE_URL", "PG_BINDIR", "DAGSTER_")
SCHEMAS = ("curated", "evidence", "match", "privacy")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> Any:
        """What it printed as JSON."""
        return json.loads(self.out)

    @property
    def sentence(self) -> str:
        """The one sentence on standard error; fails when there is more, or a traceback."""
        assert "Traceback" not in self.out + self.err, self.err
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        return lines[0]


@dataclass
class Installation:
    """A CONTACTS_HOME and what its commands are given.

    Attributes:
        home: The home; made by the first run.
        inbox: Where the files are.
        database_url: A server of one's own; empty means the embedded one.
        checkout: Where the code is.
        user: Id of the account that runs the commands; None means this one.
        python: The interpreter.
        more: Further variables.
    """

    home: Path
    inbox: Path | None = None
    database_url: str = ""
    checkout: Path = CHECKOUT
    user: int | None = None
    python: str = sys.executable
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def environ(self) -> dict[str, str]:
        """The variables of its commands."""
        kept = {name: text for name, text in os.environ.items() if not name.startswith(OURS)}
        packages = Path(psycopg.__file__).parents[1]
        own = {
            "CONTACTS_HOME": str(self.home),
            "PYTHONPATH": os.pathsep.join((str(self.checkout), str(packages))),
            "NO_COLOR": "1",
            "COLUMNS": "200",
        }
        if self.inbox is not None:
            own["CONTACTS_INBOX"] = str(self.inbox)
        if self.database_url:
            own["DATABASE_URL"] = self.database_url
        return kept | own | dict(self.more)

    def __call__(self, *arguments: str) -> Ended:
        """Runs `contacts` to its end."""
        with self.begin(*arguments) as process:
            out, err = process.communicate(timeout=PATIENCE)
        return Ended(process.returncode, out, err)

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        """Starts `contacts` in a process group of its own."""
        return subprocess.Popen(
            [self.python, "-m", "assets.cli", *arguments],
            cwd=self.checkout,
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            user=self.user,
            group=self.user,
            extra_groups=None if self.user is None else [],
        )

    def refresh(self, *arguments: str, code: int = 0) -> Any:
        """Runs the main job as of one day; returns what it said as JSON."""
        ended = self("run", "--json", "--as-of", AS_OF, *arguments)
        assert ended.code == code, (ended.out[-3000:], ended.err[-3000:])
        assert "Traceback" not in ended.out + ended.err
        return ended.said

    @cached_property
    def database(self) -> Database:
        """Its database."""
        return Database(load(self.environ))

    def stop(self) -> None:
        """Ends its server and its connections."""
        if "database" in self.__dict__:
            self.database.close()
        if not self.database_url:
            EmbeddedServer(self.home).stop()

    def leftovers(self) -> list[str]:
        """Drafts, raw files, spilt data and staging tables; a run that ended leaves none."""
        lake, spool = self.home / "lake", self.home / "spool"
        found = [*lake.rglob(".*"), *spool.glob("*/files"), *spool.rglob("*.new"), *(self.home / "spill").glob("*")]
        several = [home.parent for home in lake.rglob("current.json") if len(list(home.parent.iterdir())) != 2]
        staged = self.database.rows("SELECT oid::regclass::text AS name FROM pg_class WHERE relkind = 'r' "
                                    "AND (relname ~ '^(raw|next)_' OR relpersistence = 't')")  # fmt: skip
        return [*map(str, (*found, *several)), *(str(row["name"]) for row in staged)]

    def digests(self, schemas: tuple[str, ...] = SCHEMAS) -> dict[str, str]:
        """A digest of every row of every table, in the order of the primary keys."""
        with psycopg.connect(self.database.url()) as connection:
            return dict(_digests(connection, schemas))


def _digests(connection: psycopg.Connection[Any], schemas: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    tables = connection.execute(
        "SELECT c.oid::regclass::text, coalesce((SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY k.place) "
        "FROM pg_index AS i, unnest(i.indkey) WITH ORDINALITY AS k (number, place), pg_attribute AS a "
        "WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = c.oid AND a.attnum = k.number), 't::text') "
        "FROM pg_class AS c WHERE c.relkind = 'r' AND c.relnamespace::regnamespace::text = ANY (%s) ORDER BY 1",
        [list(schemas)],
    ).fetchall()
    for table, order in tables:
        digest = hashlib.sha256()
        with connection.cursor().copy(f"COPY (SELECT * FROM {table} AS t ORDER BY {order}) TO STDOUT".encode()) as rows:
            for row in rows:
                digest.update(row)
        yield table, digest.hexdigest()


def python_for_all() -> str:
    """An interpreter that every account can reach; empty when there is none, or this process may not change account."""
    system = shutil.which(f"python3.{sys.version_info.minor}", path="/usr/local/bin:/usr/bin")
    found = (python for python in (sys.executable, system) if python and _is_open(Path(python)))
    return next(found, "") if os.geteuid() == 0 and _is_open(Path(psycopg.__file__)) else ""


def _is_open(path: Path) -> bool:
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in path.resolve().parents)


def kill(process: subprocess.Popen[str]) -> None:
    """Ends the whole process group at once, as a machine that loses its power would."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
