"""The command: which sets, worlds and engines, the table of what they reach, and the page."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.matching import keys
from bench.matching.engines import ENGINES, Limits
from bench.matching.measuring import Named, Row, measured, names
from bench.matching.page import PAGE, Measured, written
from bench.matching.scale import Grown, grown
from bench.matching.sets import LABELLED, SETS, Labelled
from bench.matching.worlds import WORLDS

NAMES = "os_name_bench"
ROWS, QUICK_ROWS = 10_000, 1_000
PLANTED, SIZES = 100_000, (100_000, 1_000_000, 4_000_000)
QUICK_PLANTED, QUICK_SIZES = 1_000, (1_000, 3_000, 6_000)
SETTINGS = ("contacts", "splink", "splink_1e7", "splink_few")
BOTH = ("contacts", "splink_1e7")
"""Engines asked at the second size and at the first; at the last ours alone."""
MAIN = tuple(name for name in ENGINES if name != "splink_1e7")
MEMORY_MB = 18_000.0


def _listed(given: Sequence[str]) -> list[str]:
    return [name for text in given for name in text.split(",") if name]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m bench.matching", description=__doc__)
    parser.add_argument("--labelled", type=Path, default=LABELLED, help="folder of the labelled sets")
    parser.add_argument("--sets", nargs="*", default=None, help=f"labelled sets: {', '.join(SETS)}, {NAMES}")
    parser.add_argument("--worlds", nargs="*", default=None, help=f"invented worlds: {', '.join(WORLDS)}")
    parser.add_argument("--kinds", nargs="*", default=["person", "company"], help="kinds of the invented worlds")
    parser.add_argument("--engines", nargs="*", default=["contacts"], help=f"all, or some of {', '.join(ENGINES)}")
    parser.add_argument("--rows", type=int, default=ROWS, help="cards of each invented world")
    parser.add_argument("--invented", type=int, default=None, help="as --rows; 0 for no invented world")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=90.0, help="after which an engine is stopped")
    parser.add_argument("--grow", action="store_true", help="also one world inside ever larger ones")
    parser.add_argument("--keys", action="store_true", help="also what each blocking key finds")
    parser.add_argument("--quick", action="store_true", help="small worlds, to see that it runs")
    parser.add_argument("--page", nargs="?", type=Path, const=PAGE, help="all of it, and write the page")
    return parser


def chosen_sets(asked: argparse.Namespace) -> Iterator[Labelled]:
    """The labelled sets that are there, then the invented worlds."""
    everything = asked.sets is None and asked.worlds is None
    for name in list(SETS) if everything else _listed(asked.sets or []):
        folder = asked.labelled / name
        if name in SETS and folder.is_dir():
            yield from SETS[name](folder)
        elif name in SETS:
            print(f"{name}: not there, left out")
    yield from chosen_worlds(asked, everything=everything)


def chosen_worlds(asked: argparse.Namespace, *, everything: bool = True) -> Iterator[Labelled]:
    """The invented worlds of the kinds asked for."""
    rows = asked.rows if asked.invented is None else asked.invented
    for name in (list(WORLDS) if everything else _listed(asked.worlds or [])) if rows else ():
        for kind in _listed(asked.kinds):
            made = WORLDS[name][kind](rows, asked.seed)
            yield Labelled(f"{name} {kind}", made.kind, made.cards, made.truth)


def line(row: Row) -> str:
    """A line of the printed table: at the engine's own threshold, then at the best one."""
    head = f"{row.engine:14} {row.name:22} {row.rows:>8,}"
    if row.own is None:
        return f"{head} {row.outcome.failure}"
    laps = " ".join(f"{part} {seconds:.1f}" for part, seconds in row.outcome.laps.items())
    figures = " ".join(f"{one:.3f}" for one in row.own)
    best = f" best {row.best:.3f} at {row.best_at}" if row.best_at != "default" else ""
    return f"{head} {figures} {row.outcome.seconds:>6.1f} s {row.outcome.peak_mb:>6,.0f} MB ({laps}){best}"


def _said(row: Row) -> Row:
    print(line(row), flush=True)
    return row


def _named(asked: argparse.Namespace) -> list[Named]:
    wanted = NAMES in _listed(asked.sets) if asked.sets is not None else asked.worlds is None
    found = names(asked.labelled / NAMES) if wanted and (asked.labelled / NAMES).is_dir() else []
    for one in found:
        print(f"contacts       {NAMES} {one.kind:8} {one.pairs:>8,} {one.precision:.3f} {one.recall:.3f} {one.f1:.3f}")
    return found


def _grown(asked: argparse.Namespace, limits: Limits) -> Iterator[Grown]:
    planted, sizes = (QUICK_PLANTED, QUICK_SIZES) if asked.quick else (PLANTED, SIZES)
    engines: dict[int, Sequence[str]] = dict.fromkeys(sizes, SETTINGS[:1])
    if len(_listed(asked.engines)) > 1 or "all" in asked.engines:
        engines |= {sizes[0]: BOTH, sizes[1]: SETTINGS}
    for one in grown(planted, sizes, engines, asked.seed, limits):
        figures = f"F1 {one.score.f1:.3f} whole {one.whole:.4f}" if one.score else one.outcome.failure
        taken = f"{one.outcome.seconds:>7.1f} s {one.outcome.peak_mb:>7,.0f} MB"
        print(f"{one.engine:14} {one.rows:>12,} {taken} {figures}", flush=True)
        yield one


def _found(asked: argparse.Namespace) -> Iterator[keys.Found]:
    for given in chosen_worlds(asked):
        for one in keys.found(given):
            print(f"{one.name:22} {one.key:34} {one.recall:.4f} alone {one.alone:.4f} pairs a card {one.pairs:.2f}")
            yield one


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints, and writes the page when asked to."""
    asked = _parser().parse_args(arguments)
    asked.rows = QUICK_ROWS if asked.quick else asked.rows
    engines = list(MAIN) if "all" in asked.engines else _listed(asked.engines)
    limits = Limits(asked.seconds, MEMORY_MB)
    print("engine         set                       cards prec. recall F1    B3    seconds, memory (parts)")
    rows = [_said(row) for given in chosen_sets(asked) for row in measured(given, engines, limits)]
    found = Measured(
        rows=rows, names=_named(asked), engines=engines, seconds=asked.seconds, memory_mb=MEMORY_MB,
        grown=list(_grown(asked, Limits(3 * asked.seconds, MEMORY_MB))) if asked.grow or asked.page else (),
        keys=list(_found(asked)) if asked.keys or asked.page else (),
    )  # fmt: skip
    if asked.page:
        asked.page.write_text(written(found), "utf-8")
    return 0
