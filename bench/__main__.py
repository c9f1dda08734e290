"""Measures the whole line on an invented world, beside floors and peers of the same run: `python -m bench [--quick]`.

Figures are ratios, for seconds are the machine's. Each step runs in a process of its own, one after the other.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import sensitive
from resources.database import Database
from resources.server import EmbeddedServer
from resources.settings import Settings
from tests.world.__main__ import chosen, prepare, write
from tests.world.firms import SNAPSHOT

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
STAGES = ("screen", "verify", "resolve", "curate_and_publish")
BESIDE = (
    "match_all",
    "match_delta",
    "publish_first",
    "publish_again",
    "read_only",
    "copy_claims",
    "join_exactly",
    "copy_rows",
    "to_sql",
)
QUICK = 100
"""Firms of a quick run, which leaves the growth of memory out."""
SMALLER = 4
"""The world by which growth of memory is judged is so many times smaller."""


@dataclass(frozen=True)
class Measured:
    """One step: seconds, its peak of memory in MB (with Python and its libraries, `idle`, before it began), rows."""

    seconds: float
    peak: float
    idle: float
    rows: int


@dataclass(frozen=True)
class Aim:
    """A ratio and the most that it should be."""

    what: str
    of: str
    to: str
    most: float


AIMS = (
    Aim("screen, to reading the same files with csv, json and lxml alone", "screen", "read_only", 25),
    Aim("verify, to reading and writing the same claims with pandas", "verify", "copy_claims", 50),
    Aim("resolve, to joining the same cards on equal names with pandas", "resolve", "join_exactly", 100),
    Aim(
        "matching a delta of 1 %, to matching all, reading and writing the state included",
        "match_delta",
        "match_all",
        0.05,
    ),
    Aim("curate and publish, to COPY of the published rows", "curate_and_publish", "copy_rows", 10),
    Aim("publish into empty tables, to COPY of the same rows", "publish_first", "copy_rows", 3),
    Aim("publish the same again, to COPY of the same rows", "publish_again", "copy_rows", 2),
    Aim("publish into empty tables, to pandas.to_sql of the same rows", "publish_first", "to_sql", 1),
)
"""Set before they were first measured, so that a miss is a miss."""

GROWTH = 1.25
"""How much more memory a world four times as large may take; resolve alone may grow."""


def measure(home: Path, name: str) -> Measured:
    """One step in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.work", name, str(home)], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


@contextmanager
def world(firms: int, seed: int) -> Iterator[Path]:
    """A home with an inbox of so many invented firms and a database of its own."""
    home = Path(tempfile.mkdtemp(prefix="contacts-bench-"))
    home.chmod(0o755)
    try:
        makers = chosen("")
        prepare(home / "inbox", list(makers), force=True)
        write(firms, seed, home / "inbox", makers, str(SNAPSHOT))
        database = Database(Settings(home=home))
        database.migrate()
        database.close()
        yield home
    finally:
        EmbeddedServer(home).stop()
        shutil.rmtree(home)


def measured(firms: int, seed: int, steps: Sequence[str]) -> dict[str, Measured]:
    """All steps on one world, in order."""
    with world(firms, seed) as home:
        return {name: _said(measure(home, name), name, firms) for name in steps}


def _said(found: Measured, name: str, firms: int) -> Measured:
    sys.stderr.write(f"{firms:,} firms: {name} {found.seconds:.1f} s\n")
    return found


def report(firms: int, large: dict[str, Measured], small: dict[str, Measured]) -> str:
    """What was measured, as the Markdown that is printed and kept."""
    cards = large["screen"].rows
    return "\n".join(
        [
            (
                f"An invented world of {firms:,} firms: {cards:,} cards, {large['verify'].rows:,} checked values, "
                f"{large['publish_first'].rows:,} published rows, "
                f"Python {platform.python_version()} on {platform.system()}."
            ),
            "",
            "| step | s per 1,000 cards | peak memory, MB | of it before work | rows |",
            "|---|--:|--:|--:|--:|",
            *(_line(name, large[name], cards) for name in (*STAGES, *BESIDE)),
            "",
            "| ratio | measured | aim, at most | |",
            "|---|--:|--:|---|",
            *(_ratio(aim.what, large[aim.of].seconds / large[aim.to].seconds, aim.most) for aim in AIMS),
            *(
                _ratio(f"{name}: peak memory, to that of a world {SMALLER} times smaller",
                       large[name].peak / small[name].peak, GROWTH)
                for name in STAGES if name in small and name != "resolve"
            ),
        ]
    )  # fmt: skip


def _line(name: str, found: Measured, cards: int) -> str:
    each = found.seconds * 1000 / max(cards, 1)
    return f"| {name} | {each:.3f} | {found.peak:,.0f} | {found.idle:,.0f} | {found.rows:,} |"


def _ratio(what: str, ratio: float, most: float) -> str:
    return f"| {what} | {ratio:.2f} | {most:g} | {'hit' if ratio <= most else '**miss**'} |"


HEAD = """\
# Benchmarks

Written by `make bench` from what it measured; seconds depend on the machine, ratios of one run much less. A floor is
the least that any program would have to do, a peer another way to do a part of it.

* `read_only`: the raw files read with the csv, json and lxml libraries, nothing kept.
* `copy_claims`: the screened claims read and written again by pandas.
* `join_exactly`: the flat cards grouped by equal names with pandas.
* `match_all`, `match_delta`: the flat cards matched as if for the first time, and after a delta of one in a
  hundred, each with the state that is kept from run to run.
* `copy_rows`: the published rows by COPY of psycopg into tables without keys.
* `to_sql`: the same rows by `pandas.to_sql`, 1,000 to a statement, without comparison, history or keys.

Memory is the most that the step's own process held; the database server's is not counted. How well and how fast
records are matched is on a page of its own, [Matching](matching.md).

"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints, and writes the page unless it was a quick run."""
    parser = argparse.ArgumentParser("python -m bench", description=__doc__)
    parser.add_argument("--firms", type=int, default=3000, help="how many firms the invented world has")
    parser.add_argument("--seed", type=int, default=7, help="another seed gives another world")
    parser.add_argument("--quick", action="store_true", help="a small world, to see that it runs; writes nothing")
    asked = parser.parse_args(arguments)
    firms = QUICK if asked.quick else asked.firms
    small = {} if asked.quick else measured(max(firms // SMALLER, QUICK), asked.seed, STAGES)
    large = measured(firms, asked.seed, (*STAGES, *BESIDE))
    text = report(firms, large, small)
    print(text)
    if not asked.quick:
        PAGE.write_text(HEAD + text + "\n", "utf-8")
        sensitive.main([])
    return 0


if __name__ == "__main__":
    sys.exit(main())
