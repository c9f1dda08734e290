"""A process in which hostile files are read as a run reads them: in a child of bounded memory and time, and watched.

Names of cases come in by standard input, a line each; what came of each goes out as a line of JSON.
"""

from __future__ import annotations

import io
import json
import os
import resource
import shutil
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipelines.faults import BadFile
from pipelines.screen.intake import Ledger, cards
from pipelines.screen.sensitive import title_rule
from pipelines.sources.registry import sources
from resources.fetcher import Fetcher
from resources.lake import Lake
from resources.screening import dataset, screen_snapshot
from resources.spool import Spool
from tests.rules.hostile.kinds import FORMS, Case, cases

MEMORY, SECONDS = 1 << 30, 30
"""Address space that reading may take beyond what the process has, and processor time; beyond them it is ended."""
NOW = datetime(2026, 5, 1, tzinfo=UTC)
_OPEN_TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_WRITES = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod",
           "shutil.copyfile", "shutil.move", "os.chown", "os.utime")  # fmt: skip
_OUTSIDE = ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn")


@dataclass
class Outcome:
    """What came of one file.

    Attributes:
        fault: Code of the file's fault, or the traceback of an exception that is none.
        aside: Codes of the records that were set aside.
        cards: Cards in the lake.
        names: Names of companies in the lake.
        peak: Mebibytes that reading took beyond what the process had.
        seconds: Processor time.
        touched: What was written, connected to or started, elsewhere than in the spool and the lake.
    """

    fault: str = ""
    aside: list[str] = field(default_factory=list)
    cards: int = 0
    names: list[str] = field(default_factory=list)
    peak: int = 0
    seconds: float = 0.0
    touched: list[str] = field(default_factory=list)


def main() -> None:
    """Reads the cases that are asked for, one after the other."""
    home, known = Path(sys.argv[1]), cases()
    for form in FORMS.values():  # what is loaded once is not what a hostile file costs
        list(cards(io.BytesIO(form.file_of()), sources()[form.source], form.feed, Ledger(form.source), frozenset()))
    with Fetcher("cage/0", "nobody") as fetcher:
        for line in sys.stdin:
            sys.stdout.write(json.dumps(asdict(_case(known[line.strip()], home, fetcher))) + "\n")
            sys.stdout.flush()


def _case(case: Case, home: Path, fetcher: Fetcher) -> Outcome:
    shutil.rmtree(home, ignore_errors=True)
    (home / "inbox" / case.form.source).mkdir(parents=True)
    _in_child(lambda: _write(case, home))
    before, stood = _held(), _listing(home)
    status, used = _in_child(lambda: _read(case, home, fetcher))
    told = home / "told.json"
    outcome = Outcome(**json.loads(told.read_text("utf-8"))) if told.exists() else Outcome(fault=f"ended by {status}")
    told.unlink(missing_ok=True)
    outcome.peak, outcome.seconds = (used.ru_maxrss - before) >> 10, used.ru_utime + used.ru_stime
    outcome.touched += sorted(_listing(home) - stood)
    return outcome


def _write(case: Case, home: Path) -> None:
    name, content = case.pack(case.form, case.content)
    (home / "inbox" / case.form.source / name).write_bytes(content)


def _in_child(work: Callable[[], object]) -> tuple[int, resource.struct_rusage]:
    child = os.fork()
    if child:
        _, status, used = os.wait4(child, 0)
        return status, used
    try:
        work()
    finally:
        os._exit(0)


def _held() -> int:
    """Kibibytes of memory that this process holds, and that a child begins with."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() >> 10


def _listing(home: Path) -> set[str]:
    """Every path under the home that is neither in the spool nor in the lake."""
    inner = {home / "spool", home / "lake"}
    return {str(path) for path in home.parent.rglob("*") if path not in inner and inner.isdisjoint(path.parents)}


def _read(case: Case, home: Path, fetcher: Fetcher) -> None:
    outcome = Outcome()
    title_rule("Pfarerrin")  # the rules are the program's own: what is bounded is what a file takes
    space = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (space + MEMORY, space + MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    watched = _watch(home, outcome)
    try:
        _screen(case, home, fetcher, outcome)
    except BadFile as bad:
        outcome.fault = str(bad.fault)
    except BaseException:  # noqa: BLE001 - whatever it is, it is what was looked for
        outcome.fault = traceback.format_exc()
    watched.clear()
    (home / "told.json").write_text(json.dumps(asdict(outcome)), "utf-8")


def _screen(case: Case, home: Path, fetcher: Fetcher, outcome: Outcome) -> None:
    source = sources()[case.form.source]
    spool, lake = Spool(home / "spool", home / "inbox", fetcher), Lake(home / "lake")
    snapshot = spool.collect(source, NOW)
    ledger = screen_snapshot(source, snapshot, spool, lake)
    outcome.aside = sorted(ledger.by_code("set_aside"))
    tables = {name: lake.tables(dataset(source.id), name)[0] for name in ("cards", "claims")}
    outcome.cards = pq.ParquetFile(tables["cards"]).metadata.num_rows
    claims = pq.read_table(tables["claims"], columns=["field", "value"]).to_pylist()
    outcome.names = [claim["value"] for claim in claims if claim["field"] == "company_name"]


def _watch(home: Path, outcome: Outcome) -> list[bool]:
    """Notes what the interpreter writes elsewhere, connects to and starts; ends when the list is emptied."""
    on = [True]
    inner = (str(home / "spool"), str(home / "lake"))

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if not on:
            return
        if event in _OUTSIDE:
            outcome.touched.append(event)
        elif event in _WRITES or (event == "open" and isinstance(arguments[2], int) and arguments[2] & _OPEN_TO_WRITE):
            paths = [each for each in arguments if isinstance(each, str | bytes | os.PathLike)]
            changed = paths[-1:] if event in {"os.link", "os.rename", "shutil.copyfile"} else paths[:1]
            outcome.touched += [event for each in changed if not _whole(each, arguments).startswith(inner)]

    sys.addaudithook(hook)
    return on


def _whole(path: str | bytes | os.PathLike[str], arguments: tuple[Any, ...]) -> str:
    """The path from the root; what removes whole folders names files by the folder's number."""
    folder = arguments[-1] if isinstance(arguments[-1], int) and arguments[-1] > 0 else None
    base = Path(f"/proc/self/fd/{folder}").readlink() if folder and len(arguments) == 2 else Path.cwd()
    return os.path.normpath(base / os.fsdecode(path))


if __name__ == "__main__":
    main()
