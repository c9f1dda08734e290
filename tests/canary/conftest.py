"""One installation for all runs on the canaries: made once, run, broken and killed in turn."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import psycopg
import pytest

from tests.canary.corpus import Corpus, write
from tests.canary.scanner import Hit, Scanner
from tests.journeys.command import AS_OF, Ended, Installation

_SESSIONS = "SELECT concat_ws(' ', application_name, query) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"


@dataclass
class Aviary:
    """The canaries, the installation that reads them, and everything that its commands said.

    Attributes:
        root: Folder of all that is written: the inbox, the home, temporary files.
        corpus: The canaries.
        made: The installation.
        said: What its commands wrote to standard output and standard error.
        asked: What sessions of the database were seen doing while they ran, the texts of their statements with it.
    """

    root: Path
    corpus: Corpus
    made: Installation
    said: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def run(self, *arguments: str, inbox: Path | None = None) -> Ended:
        """Runs the main job to its end."""
        self.made.inbox = inbox or self.root / "inbox"
        with self._watched():
            ended = self.made("run", "--as-of", AS_OF, *arguments)
        self.said += [ended.out, ended.err]
        return ended

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Reads `pg_stat_activity` again and again: what stands there is gone when a session ends."""
        over = threading.Event()
        with psycopg.connect(self.made.database.url(), autocommit=True) as connection:
            watcher = threading.Thread(target=self._watch, args=(connection, over))
            watcher.start()
            try:
                yield
            finally:
                over.set()
                watcher.join()

    def _watch(self, connection: psycopg.Connection, over: threading.Event) -> None:
        while not over.wait(0.02):
            self.asked |= {row[0] for row in connection.execute(_SESSIONS)}

    @cached_property
    def scanner(self) -> Scanner:
        """Knows what must be nowhere."""
        return Scanner(self.corpus.secrets)

    def hits(self, leave: Callable[[Path], bool] = lambda _: False) -> set[Hit]:
        """Every canary that is anywhere but in the inbox: database, home, temporary files, what was said."""
        look = self.scanner
        found = look.server(self.made.database.url())
        found |= look.tree(self.made.home, leave) | look.tree(self.root / "tmp", leave)
        found |= set(look.text("statements of sessions", "\n".join(self.asked)))
        return found | set(look.text("what was said", "\n".join(self.said)))


@pytest.fixture(scope="session")
def aviary() -> Iterator[Aviary]:
    """The installation after a normal run on the canaries; those on the list of suppressions were listed before it."""
    root = Path(tempfile.mkdtemp(prefix="contacts-canary-"))
    root.chmod(0o755)
    temporary = root / "tmp"
    temporary.mkdir()
    corpus = write(root / "inbox")
    made = Installation(root / "home", inbox=root / "inbox", more={"TMPDIR": str(temporary)})
    try:
        made.database.migrate()
        _suppress(made.database.url(), corpus.suppressed)
        aviary = Aviary(root, corpus, made)
        aviary.said.append(str(aviary.run().code))
        yield aviary
    finally:
        made.stop()
        shutil.rmtree(root, ignore_errors=True)


def _suppress(url: str, cards: tuple[str, ...]) -> None:
    with psycopg.connect(url) as connection:
        connection.cursor().executemany(
            "INSERT INTO privacy.suppressions (card_id, ground, since) VALUES (%s, 'objection', now())",
            [(card,) for card in cards],
        )
