"""Which pairs each blocking key finds: of the true ones, alone, and at what cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from bench.matching.sets import Labelled
from pipelines.resolve import blocking
from pipelines.resolve.codes import Column
from pipelines.resolve.facts import Facts
from pipelines.resolve.features import columns

Integers = npt.NDArray[np.int64]


class Found(NamedTuple):
    """A key on a set: share of the true pairs it finds, share it alone finds, candidate pairs a card."""

    name: str
    key: str
    recall: float
    alone: float
    pairs: float


def found(given: Labelled) -> list[Found]:
    """All keys of the set's kind together, then each, the one that finds most first."""
    cards = columns(given.cards.reset_index(drop=True), given.kind)
    truth = pd.factorize(given.truth.to_numpy())[0].astype(np.int64)
    true = _true_pairs(truth)
    each = {name: _codes(blocking.join([("", key)], Facts()), len(truth)) for name, key in _named(cards, given.kind)}
    hits = {name: np.isin(true, codes) for name, codes in each.items()}
    times = np.sum(list(hits.values()), axis=0)
    total = len(np.unique(np.concatenate(list(each.values()))))
    lines = [Found(given.name, name, float(hits[name].mean()), float((hits[name] & (times == 1)).mean()),
                   len(codes) / len(truth)) for name, codes in each.items()]  # fmt: skip
    every = Found(given.name, "all", float((times > 0).mean()), float("nan"), total / len(truth))
    return [every, *sorted(lines, key=lambda one: -one.recall)]


def _keys(cards: dict[str, Column], kind: str) -> list[tuple[str, blocking.Key]]:
    """The narrow keys and the wide ones, which look at rare values only."""
    return [
        ("wide: " if wide else "", key)
        for wide in (False, True)
        for _, key in blocking.keys(cards, kind, Facts(), wide=wide)
        if key.hashes.any()
    ]


def _named(cards: dict[str, Column], kind: str) -> Iterator[tuple[str, blocking.Key]]:
    """The keys, each named by the fields without which it would be another."""
    made = _keys(cards, kind)
    without = {field: _prints(_keys({**cards, field: _blank(column)}, kind)) for field, column in cards.items()}
    seen: Counter[str] = Counter()
    for prefix, key in made:
        fields = [field for field, prints in without.items() if key.hashes.tobytes() not in prints]
        name = prefix + " + ".join(fields)
        seen[name] += 1
        yield f"{name} ({seen[name]})" if seen[name] > 1 else name, key


def _blank(column: Column) -> Column:
    return column.without_rows(np.ones(len(column.codes), dtype=bool))


def _prints(keys: list[tuple[str, blocking.Key]]) -> set[bytes]:
    return {key.hashes.tobytes() for _, key in keys}


def _codes(pairs: tuple[Integers, Integers], count: int) -> Integers:
    return np.asarray(pairs[0] * count + pairs[1], dtype=np.int64)


def _true_pairs(truth: Integers) -> Integers:
    """Pairs of rows of one entity, smaller row first, as row * rows + row."""
    order = np.argsort(truth, kind="stable")
    ordered, made = truth[order], []
    for step in range(1, int(np.bincount(truth).max())):
        at = np.flatnonzero(ordered[:-step] == ordered[step:])
        one, two = order[at], order[at + step]
        made.append(np.minimum(one, two) * len(truth) + np.maximum(one, two))
    return np.concatenate(made) if made else np.empty(0, dtype=np.int64)
