"""The command that writes an invented inbox: `python -m tests.world --companies N --seed S --out DIR`."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Column, Table

from tests.world import writers
from tests.world.firms import RATES, SNAPSHOT, firms, stale
from tests.world.model import Mention, Writer
from tests.world.truth import Truth, folder_of

_COLUMNS = ("mentions", "planted", "files", "bytes")

MakeWriter = Callable[[Path, random.Random, str], Writer]

README = """\
# Samples

An inbox of invented data: one folder for each source, in the source's true file format. No company, person, house,
number or domain in it is meant to be a real one: given and family names are common words put together at random, and
switchboards have numbers of the ranges set aside for fiction where a country has one.

The files hold on purpose what real ones hold: typos, names without accents, old names, contradictions, records years
out of date, records cut short, and private values that must never come through (homes, birth dates, free mail).

Made by this command, and by it again byte for byte (with `--force` over what is here):

    {command}

It also writes `{truth}/` beside this folder: who exists, which card is about whom, and every private value planted.

Licence: CC0 1.0 (public domain), https://creativecommons.org/publicdomain/zero/1.0/
"""


class CannotWrite(Exception):  # noqa: N818 - said to whoever runs the command
    """What was asked for cannot be done; the message says why and what to do."""


def available() -> dict[str, MakeWriter]:
    """The writers by source id, in alphabetical order: every module of `tests.world.writers`."""
    names = sorted(module.name for module in pkgutil.iter_modules(writers.__path__))
    return {name: importlib.import_module(f"{writers.__name__}.{name}").Writer for name in names}


def chosen(sources: str) -> dict[str, MakeWriter]:
    """The writers of the named sources (`a,b`), all of them when none is named.

    Raises:
        CannotWrite: There is no writer of that name.
    """
    every = available()
    wanted = [name.strip() for name in sources.split(",") if name.strip()] or list(every)
    unknown = sorted(set(wanted) - set(every))
    if unknown:
        raise CannotWrite(f"No writer for {', '.join(unknown)}. There are: {', '.join(every)}.")
    return {name: every[name] for name in sorted(set(wanted))}


def prepare(out: Path, names: Sequence[str], *, force: bool) -> None:
    """Makes an empty folder for each source.

    Args:
        out: The inbox.
        names: Ids of the sources.
        force: Whether the sources' folders, and the truth, may be replaced when `out` already holds something.

    Raises:
        CannotWrite: `out` is a file, or holds something and may not be replaced.
    """
    if out.exists() and not out.is_dir():
        raise CannotWrite(f"{out} is a file. Name a folder.")
    if out.is_dir() and any(out.iterdir()) and not force:
        raise CannotWrite(f"{out} is not empty. Name another folder, or add --force to replace the sources in it.")
    for name in names:
        shutil.rmtree(out / name, ignore_errors=True)
        (out / name).mkdir(parents=True)


def write(count: int, seed: int, out: Path, makers: dict[str, MakeWriter], snapshot: str) -> Counter[tuple[str, str]]:
    """Writes the first firms of a seed into the folders of all sources, and the truth beside them, as one stream.

    Args:
        count: How many firms.
        seed: Which world.
        out: The inbox, prepared.
        makers: Writers by source id.
        snapshot: ISO date of the day on which the sources are written.

    Returns:
        How many (`all`, `firms`), (`all`, `people`), (source, `mentions`) and (source, `planted`) there are.
    """
    counts: Counter[tuple[str, str]] = Counter()
    rngs = {name: random.Random(f"{seed}/{name}") for name in makers}
    open_writers = {name: make(out / name, rngs[name], snapshot) for name, make in makers.items()}
    with Truth(folder_of(out)) as truth:
        for firm in firms(count, seed, snapshot):
            truth.firm(firm)
            counts["all", "firms"] += 1
            counts["all", "people"] += len(firm.people)
            for name, writer in open_writers.items():
                is_stale = rngs[name].random() < RATES["stale_in_source"].share and firm.active
                for told in writer.add(stale(rngs[name], firm) if is_stale else firm):
                    truth.told(told)
                    counts[name, "mentions" if isinstance(told, Mention) else "planted"] += 1
        for writer in open_writers.values():
            writer.close()
    return counts


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; 0 when the inbox was written, 2 with one sentence when it could not be."""
    asked = _asked(arguments)
    try:
        makers = chosen(asked.sources)
        prepare(asked.out, list(makers), force=asked.force)
    except CannotWrite as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 2
    counts = write(asked.companies, asked.seed, asked.out, makers, str(asked.snapshot))
    (asked.out / "README.md").write_text(
        README.format(command=_command(asked), truth=folder_of(asked.out).name), "utf-8"
    )
    Console().print(_table(asked.out, list(makers), counts))
    return 0


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.world", description="Writes an inbox of invented data.")
    parser.add_argument("--companies", type=_positive, required=True, help="how many firms there are")
    parser.add_argument("--seed", type=int, required=True, help="another seed gives another world")
    parser.add_argument("--out", type=Path, required=True, help="folder; the truth is written to OUT.truth beside it")
    parser.add_argument("--sources", default="", help="ids with commas between; all by default")
    parser.add_argument("--snapshot", type=date.fromisoformat, default=SNAPSHOT, help="ISO date of all files")
    parser.add_argument("--force", action="store_true", help="replace the sources' folders in OUT")
    return parser.parse_args(arguments)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _command(asked: argparse.Namespace) -> str:
    options = {
        "companies": asked.companies,
        "seed": asked.seed,
        "out": asked.out.name,
        "sources": asked.sources.replace(" ", ""),
    }
    if str(asked.snapshot) != SNAPSHOT:
        options["snapshot"] = asked.snapshot
    said = " ".join(f"--{name} {value}" for name, value in options.items() if value != "")
    return f"python -m tests.world {said}"


def _table(out: Path, names: Sequence[str], counts: Counter[tuple[str, str]]) -> Table:
    title = f"{counts['all', 'firms']:,} firms, {counts['all', 'people']:,} people"
    table = Table("source", *(Column(name, justify="right") for name in _COLUMNS), title=title)
    total: Counter[str] = Counter()
    for name in names:
        row = Counter({"mentions": counts[name, "mentions"], "planted": counts[name, "planted"]}) + _measured(
            out / name
        )
        total += row
        table.add_row(name, *(f"{row[column]:,}" for column in _COLUMNS))
    table.add_section()
    table.add_row("all", *(f"{total[column]:,}" for column in _COLUMNS))
    return table


def _measured(folder: Path) -> Counter[str]:
    """How many files and bytes a folder holds; there may be many, so that they are never listed at once."""
    with os.scandir(folder) as entries:
        return sum((Counter(files=1, bytes=entry.stat().st_size) for entry in entries), Counter())


if __name__ == "__main__":
    sys.exit(main())
