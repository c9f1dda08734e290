"""Every engine on every set, one at a time, and names alone: what the page is written from."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from bench.matching.engines import DEFAULT, ENGINES, Limits, Outcome, Task, run, task
from bench.matching.scoring import Score, score
from bench.matching.sets import Labelled, os_name_bench
from pipelines.resolve import link


@dataclass(frozen=True)
class Row:
    """An engine on a set: at its own threshold, and at the one that the labels would choose."""

    name: str
    rows: int
    engine: str
    outcome: Outcome
    own: Score | None = None
    best: float = float("nan")
    best_at: str = ""


@dataclass(frozen=True)
class Named:
    """Pairs of names alone, of one kind."""

    kind: str
    pairs: int
    precision: float
    recall: float
    f1: float
    seconds: float


def measured(given: Labelled, engines: Sequence[str], limits: Limits) -> Iterator[Row]:
    """The engines on one set, all on the same columns."""
    with task(given.kind, [(given.cards, given.truth)]) as asked:
        for name in engines:
            yield _row(given.name, name, asked, run(ENGINES[name], asked, limits))


def _row(name: str, engine: str, asked: Task, outcome: Outcome) -> Row:
    if outcome.failure:
        return Row(name, asked.rows, engine, outcome)
    scored = {one: score(found, asked.truth) for one, found in outcome.clusters.items()}
    best = max(scored, key=lambda one: scored[one].f1)
    slim = Outcome(outcome.seconds, outcome.peak_mb, outcome.laps)
    return Row(name, asked.rows, engine, slim, scored[DEFAULT], scored[best].f1, best)


def names(folder: Path) -> list[Named]:
    """`link` on each pair of names as if there were no other card."""
    pairs, found = os_name_bench(folder), []
    for kind, rows in pairs.groupby("kind", sort=False):
        start = time.perf_counter()
        linked = [_linked(str(kind), one, two) for one, two in zip(rows["one"], rows["two"], strict=True)]
        taken = time.perf_counter() - start
        same = rows["same"].to_numpy()
        right, said = int((same & linked).sum()), sum(linked)
        precision, recall = right / max(said, 1), right / max(int(same.sum()), 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        found.append(Named(str(kind), len(rows), precision, recall, f1, taken))
    return found


def _linked(kind: str, one: str, two: str) -> bool:
    column = "full_name" if kind == "person" else "company_name"
    found = link(pd.DataFrame({"card_id": ["1", "2"], column: [one, two]}), kind)
    return len(set(found["entity_id"])) == 1
