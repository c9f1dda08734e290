"""What a delta costs beside a full run: `python -m bench.matching.delta --rows 100000 300000`, as shares of CPU time.

What belongs here: making a delta of a world, and measuring both. What does not: whether both end alike: tests do.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa

from bench.matching.worlds import WORLDS
from pipelines.resolve import increment, resolve
from resources.lake import Lake
from resources.linking import DATASETS, link_into

SHARE = 0.01
"""Of the cards that a delta concerns: a third each new, changed and gone."""
PARTS = 3
_Made = TypeVar("_Made")
_KINDS: tuple[Literal["person", "company"], ...] = ("person", "company")


@dataclass(frozen=True)
class Delta:
    """Cards before, and what became of them.

    Attributes:
        before: All cards.
        changed: Cards that are new or other than they were, in any order.
        gone: Ids of those that are not there any more.
    """

    before: pd.DataFrame
    changed: pd.DataFrame
    gone: pd.Series[str]

    def after(self) -> pd.DataFrame:
        """All cards after it."""
        left = self.before[~self.before["card_id"].isin({*self.gone, *self.changed["card_id"]})]
        return pd.concat([left, self.changed], ignore_index=True)


def delta_of(cards: pd.DataFrame, seed: int = 1) -> Delta:
    """A delta of `SHARE` of the cards, drawn by chance; what changes takes some values of other cards."""
    rng = np.random.default_rng(seed)
    order, part = rng.permutation(len(cards)), max(round(len(cards) * SHARE / PARTS), 1)
    new, own, others, gone = (cards.iloc[order[at * part : (at + 1) * part]] for at in range(4))
    taken = [name for name in cards.columns if name != "card_id" and rng.random() < 0.4]
    changed = own.assign(**{name: others[name].to_numpy() for name in taken})
    before = cards.drop(index=new.index)
    return Delta(before, pd.concat([changed, new]).sample(frac=1, random_state=seed), gone["card_id"])


def _least(run: Callable[[], Any], times: int) -> float:
    """The least CPU seconds, of all threads."""
    return min(_timed(run)[0] for _ in range(times))


def _timed(run: Callable[[], _Made]) -> tuple[float, _Made]:
    gc.collect()
    began = time.process_time()
    made = run()
    return time.process_time() - began, made


def matching(delta: Delta, kind: str, times: int) -> tuple[float, float, int]:
    """CPU seconds of a full run and of the delta, and how many cards it concerned."""
    state = increment.begin(delta.before, kind).state
    touched = increment.advance(state, delta.changed, delta.gone).touched
    full = _least(lambda: resolve(delta.before, kind), times)
    return full, _least(lambda: increment.advance(state, delta.changed, delta.gone), times), touched


class _Published:
    """In the place of a database: what the last run published; no judgements."""

    def __init__(self, members: pd.DataFrame | None = None) -> None:
        self.members = members

    def rows(self, _: str) -> list[tuple[Any, ...]]:
        """As `Database.rows`: no judgements."""
        return []

    @contextmanager
    def batches(self, _: str) -> Iterator[pa.RecordBatchReader]:
        """As `Database.batches`: the members."""
        members = pd.DataFrame({"card_id": [], "entity_id": []}, dtype="str") if self.members is None else self.members
        yield pa.Table.from_pandas(members[["card_id", "entity_id"]], preserve_index=False).to_reader()


@contextmanager
def _lake() -> Any:
    with tempfile.TemporaryDirectory(prefix="contacts-delta-") as folder:
        yield Lake(Path(folder))


def linking(delta: Delta, kind: Literal["person", "company"], times: int) -> tuple[float, float]:
    """CPU seconds of the same as an asset runs it, all that is read from the lake and put into it included."""
    with _lake() as lake:

        def run(cards: pd.DataFrame, before: pd.DataFrame | None = None) -> tuple[float, pd.DataFrame]:
            with lake.write(DATASETS[kind]) as draft:
                draft.frame("flat", cards)
                database: Any = _Published(before)
                seconds, done = _timed(lambda: link_into(draft, draft.file("flat"), kind, database, lake))
                return seconds, done.found.members

        full, part = [], []
        for _ in range(times):
            (lake.folder / DATASETS[kind] / "current.json").unlink(missing_ok=True)
            seconds, members = run(delta.before)
            full.append(seconds)
            part.append(run(delta.after(), members)[0])
        return min(full), min(part)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures each world, kind and size; prints a row each."""
    parser = argparse.ArgumentParser("python -m bench.matching.delta", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 300_000])
    parser.add_argument("--worlds", nargs="+", default=["plain", "hard"])
    parser.add_argument("--kinds", nargs="+", default=list(_KINDS))
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args(arguments)
    print(
        "| world | kind | cards | concerned | full, s | delta, s | share | with the lake: full, s | delta, s | share |"
    )
    print("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for name in asked.worlds:
        for kind in asked.kinds:
            for rows in asked.rows:
                cards = WORLDS[name][kind](rows, 11).cards.reset_index(drop=True).astype({"card_id": "str"})
                delta = delta_of(cards)
                full, part, touched = matching(delta, kind, asked.times)
                whole, some = linking(delta, kind, asked.times)
                print(f"| {name} | {kind} | {rows:,} | {touched:,} | {full:.2f} | {part:.2f} | {part / full:.1%} | "
                      f"{whole:.2f} | {some:.2f} | {some / whole:.1%} |", flush=True)  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
