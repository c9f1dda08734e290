"""Growth: one world inside ever larger ones: time, memory, and whether its clusters stay the same.

What belongs here: how the larger worlds are made, one at a time, and what is measured on each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from bench.matching.engines import DEFAULT, ENGINES, Limits, Outcome, Task, run, task
from bench.matching.scoring import Codes, Score, kept_whole, score
from bench.matching.worlds import WORLDS

WORLD, KIND = "hard", "person"
OTHER_SEED = 7919
PART = 1_000_000


@dataclass(frozen=True)
class Grown:
    """An engine on a world of some rows.

    Attributes:
        rows: Cards in all.
        engine: Its name.
        outcome: Time and memory, or the failure.
        score: Of all cards at its own threshold.
        best: The highest F1 at any threshold.
        whole: Share of the planted clusters that are as they were alone.
    """

    rows: int
    engine: str
    outcome: Outcome
    score: Score | None = None
    best: float = float("nan")
    whole: float = float("nan")


def grown(planted: int, sizes: Sequence[int], engines: dict[int, Sequence[str]], seed: int,
          limits: Limits) -> Iterator[Grown]:  # fmt: skip
    """Each engine on each size; the first `planted` cards are the same in all sizes.

    Args:
        planted: Cards of the world that is planted.
        sizes: Cards in all, the first as many as planted.
        engines: Those that are asked, by size.
        seed: Of the planted world.
        limits: Where an engine is stopped.
    """
    alone: dict[str, Codes] = {}
    for size in sizes:
        with task(KIND, _parts(planted, size, seed)) as asked:
            for name in engines[size]:
                outcome = run(ENGINES[name], asked, limits)
                if size == planted and not outcome.failure:
                    alone[name] = outcome.clusters[DEFAULT]
                yield _measured(name, outcome, asked, alone.get(name))


def _measured(name: str, outcome: Outcome, asked: Task, alone: Codes | None) -> Grown:
    if outcome.failure:
        return Grown(asked.rows, name, outcome)
    own = outcome.clusters[DEFAULT]
    best = max(score(found, asked.truth).f1 for found in outcome.clusters.values())
    slim = Outcome(outcome.seconds, outcome.peak_mb, outcome.laps)
    whole = float("nan") if alone is None else kept_whole(alone, _with_strangers(own, len(alone)))
    return Grown(asked.rows, name, slim, score(own, asked.truth), best, whole)


def _with_strangers(own: Codes, planted: int) -> Codes:
    """The planted cards' clusters; cards that a stranger has joined are each alone, so that theirs is not kept."""
    found = np.asarray(own[:planted], dtype=np.int64).copy()
    joined = np.isin(found, own[planted:])
    found[joined] = int(own.max(initial=0)) + 1 + np.arange(int(joined.sum()))
    return found


def _parts(planted: int, size: int, seed: int) -> Iterator[tuple[pd.DataFrame, pd.Series]]:
    """The planted world, then others of at most `PART` cards each, so that few are held at a time."""
    made, entities = 0, 0
    while made < size:
        rows = planted if not made else min(PART, size - made)
        world = WORLDS[WORLD][KIND](rows, seed + OTHER_SEED * (made > 0) + made)
        yield world.cards.assign(card_id=f"w{made}-" + world.cards["card_id"]), world.truth + entities
        made, entities = made + rows, entities + int(world.truth.max()) + 1
