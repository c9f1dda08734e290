"""One installation for all runs on the canaries: made once, run, broken and killed in turn."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import psycopg
import pytest

from tests.canary.corpus import Corpus, write
from tests.canary.scanner import Hit, Scanner
from tests.journeys.command import AS_OF, Ended, Installation


@dataclass
class Aviary:
    """The canaries, the installation that reads them, and everything that its commands said.

    Attributes:
        root: Folder of all that is written: the inbox, the home, temporary files.
        corpus: The canaries.
        made: The installation.
        said: What its commands wrote to standard output and standard error.
    """

    root: Path
    corpus: Corpus
    made: Installation
    said: list[str] = field(default_factory=list)

    def run(self, *arguments: str, inbox: Path | None = None) -> Ended:
        """Runs the main job to its end."""
        self.made.inbox = inbox or self.root / "inbox"
        ended = self.made("run", "--as-of", AS_OF, *arguments)
        self.said += [ended.out, ended.err]
        return ended

    @cached_property
    def scanner(self) -> Scanner:
        """Knows what must be nowhere."""
        return Scanner(self.corpus.secrets)

    def hits(self, leave: Callable[[Path], bool] = lambda _: False) -> set[Hit]:
        """Every canary that is anywhere but in the inbox: database, home, temporary files, what was said."""
        look = self.scanner
        found = look.server(self.made.database.url())
        found |= look.tree(self.made.home, leave) | look.tree(self.root / "tmp", leave)
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
