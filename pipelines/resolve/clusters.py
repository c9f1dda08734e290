"""From weighed pairs to entities: what must be one, what must not, and average linkage between the two.

What belongs here: the guarded union of rows known to be the same, and the clustering of the rest. What does not: the
weights, and why two rows must or must not be one.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from pipelines.resolve.judges import Integers
from pipelines.resolve.mixture import Reals

MISSING = -2.0
"""Log-odds of a pair that was never weighed: no candidate, so rather not the same."""
BOUND = 12.0
"""Log-odds beyond which a pair says no more: one pair must not outvote all others."""


class Guarded:
    """Sets of rows that grow by union, unless something forbids two of them to be one.

    Args:
        rows: How many rows.
        numbers: Values of registers that give one number an entity, by row and scheme.
        groups: Names of groups of which an entity has at most one row, by row.
    """

    def __init__(
        self, rows: int, numbers: Mapping[int, Mapping[str, set[str]]], groups: Mapping[int, set[str]]
    ) -> None:
        self._parent = list(range(rows))
        self._numbers = {row: {scheme: set(held) for scheme, held in own.items()} for row, own in numbers.items()}
        self._groups = {row: set(own) for row, own in groups.items()}
        self._enemies: dict[int, set[int]] = {}

    def root(self, row: int) -> int:
        """The row that stands for the set."""
        parent = self._parent
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    def part(self, left: int, right: int) -> None:
        """Forbids two rows to be one, whatever says that they are."""
        a, b = self.root(left), self.root(right)
        if a != b:
            self._enemies.setdefault(a, set()).add(b)
            self._enemies.setdefault(b, set()).add(a)

    def apart(self, left: int, right: int) -> bool:
        """Whether a judgement or a group forbids the two sets to be one."""
        a, b = self.root(left), self.root(right)
        if b in self._enemies.get(a, ()):
            return True
        ours, theirs = self._groups.get(a), self._groups.get(b)
        return bool(ours and theirs and ours & theirs)

    def conflict(self, left: int, right: int) -> bool:
        """Whether the two sets have different numbers in a register that gives an entity one."""
        ours, theirs = self._numbers.get(self.root(left)), self._numbers.get(self.root(right))
        if not ours or not theirs:
            return False
        return any(scheme in theirs and not held & theirs[scheme] for scheme, held in ours.items())

    def join(self, left: int, right: int, *, judged: bool = False) -> bool:
        """Makes one set of two unless that is forbidden; a judgement outweighs different numbers.

        Returns:
            Whether the two are one now.
        """
        a, b = sorted((self.root(left), self.root(right)))
        if a == b:
            return True
        if self.apart(a, b) or (not judged and self.conflict(a, b)):
            return False
        self._parent[b] = a
        for scheme, held in self._numbers.pop(b, {}).items():
            self._numbers.setdefault(a, {}).setdefault(scheme, set()).update(held)
        if b in self._groups:
            self._groups.setdefault(a, set()).update(self._groups.pop(b))
        for enemy in self._enemies.pop(b, set()):
            self._enemies[enemy].discard(b)
            self._enemies[enemy].add(a)
            self._enemies.setdefault(a, set()).add(enemy)
        return True

    def roots(self) -> Integers:
        """The root of every row."""
        return np.array([self.root(row) for row in range(len(self._parent))], dtype=np.int64)


def components(rows: int, left: Integers, right: Integers) -> Integers:
    """The smallest row that each row is connected to.

    Args:
        rows: How many rows.
        left: Rows.
        right: Rows that these are connected to.
    """
    label = np.arange(rows, dtype=np.int64)
    while True:
        before = label.copy()
        low = np.minimum(label[left], label[right])
        np.minimum.at(label, left, low)
        np.minimum.at(label, right, low)
        label = label[label]
        if np.array_equal(before, label):
            return label


def units(sets: Guarded, left: Integers, right: Integers, weights: Reals) -> pd.DataFrame:
    """The pairs between sets already united: the best pair speaks for two sets.

    Returns:
        Columns left, right (roots, left < right) and weight, one row a pair of roots, sorted.
    """
    roots = sets.roots()
    a, b = roots[left], roots[right]
    frame = pd.DataFrame({
        "left": np.minimum(a, b), "right": np.maximum(a, b), "weight": np.clip(weights, -BOUND, BOUND),
    })  # fmt: skip
    frame = frame[frame["left"] != frame["right"]]
    return frame.groupby(["left", "right"], sort=True).agg({"weight": "max"}).reset_index()


def cluster(sets: Guarded, left: Integers, right: Integers, weights: Reals) -> None:
    """Unites the sets that average linkage finds to be one, in place.

    Args:
        sets: With all that must be one united already.
        left: Rows of the weighed pairs.
        right: The other rows.
        weights: Log-odds that the pair is the same.
    """
    pairs = units(sets, left, right, weights)
    rows = len(sets.roots())
    good = pairs["weight"].to_numpy() > 0
    if not good.any():
        return
    label = components(rows, pairs["left"].to_numpy()[good], pairs["right"].to_numpy()[good])
    place = label[pairs["left"].to_numpy()]
    inside = pairs[place == label[pairs["right"].to_numpy()]].assign(component=lambda own: label[own["left"]])
    inside = inside.sort_values(["component", "left", "right"], kind="stable")
    values = inside[["left", "right"]].to_numpy()
    heights = inside["weight"].to_numpy()
    starts = np.flatnonzero(np.diff(inside["component"].to_numpy(), prepend=-1))
    for start, end in zip(starts, [*starts[1:], len(inside)], strict=True):
        if end - start == 1:
            sets.join(int(values[start, 0]), int(values[start, 1]))
        else:
            _link(sets, values[start:end].tolist(), heights[start:end].tolist())


def _link(sets: Guarded, pairs: Sequence[Sequence[int]], weights: Sequence[float]) -> None:
    """Average linkage of one component: pairs never weighed count against it, what is forbidden is a veto."""
    total: dict[int, dict[int, float]] = defaultdict(dict)
    size: dict[int, int] = {}
    for (a, b), weight in zip(pairs, weights, strict=True):
        # Sums are kept above MISSING, so that a pair that is not there adds nothing.
        total[a][b] = total[b][a] = weight - MISSING
        size[a] = size[b] = 1
    heap = [(-weight, a, b, 1, 1) for (a, b), weight in zip(pairs, weights, strict=True) if weight > 0]
    heapq.heapify(heap)
    while heap:
        _, a, b, size_a, size_b = heapq.heappop(heap)
        if size.get(a) != size_a or size.get(b) != size_b or not sets.join(a, b):
            continue
        _absorb(total, size, a, b)
        for other, raised in total[a].items():
            average = raised / (size[a] * size[other]) + MISSING
            if average > 0:
                low, high = min(a, other), max(a, other)
                heapq.heappush(heap, (-average, low, high, size[low], size[high]))


def _absorb(total: dict[int, dict[int, float]], size: dict[int, int], kept: int, gone: int) -> None:
    size[kept] += size.pop(gone)
    for other, raised in total.pop(gone).items():
        total[other].pop(gone)
        if other != kept:
            total[kept][other] = total[other][kept] = total[kept].get(other, 0.0) + raised


def missing_pairs(label: Integers, left: Integers, right: Integers, most: int) -> tuple[Integers, Integers]:
    """The pairs inside small components that are no candidates yet.

    Args:
        label: Component of every row.
        left: Rows of the candidates, each less than its right one.
        right: The other rows.
        most: Rows that a component may have.
    """
    rows = pd.Series(label)
    sizes = rows.groupby(rows).transform("size").to_numpy()
    wanted = np.flatnonzero((sizes > 2) & (sizes <= most))  # noqa: PLR2004 - a pair has its weight
    order = wanted[np.argsort(label[wanted], kind="stable")]
    found = []
    at = np.arange(len(order))
    for step in range(1, most):
        at = at[at + step < len(order)]
        at = at[label[order[at]] == label[order[at + step]]]
        if not len(at):
            break
        found.append(order[at] * len(label) + order[at + step])
    every = np.concatenate(found) if found else np.empty(0, dtype=np.int64)
    span = max(len(label), 1)
    return without(every // span, every % span, left, right, span)


def without(ours: Integers, theirs: Integers, left: Integers, right: Integers, rows: int) -> tuple[Integers, Integers]:
    """The pairs (ours, theirs) that are not among (left, right), sorted; `rows` is how many rows there are."""
    fresh, known = np.sort(ours * rows + theirs), np.sort(left * rows + right)
    if len(known):
        fresh = fresh[known[np.minimum(np.searchsorted(known, fresh), len(known) - 1)] != fresh]
    return fresh // max(rows, 1), fresh % max(rows, 1)


def enumerate_sets(roots: Integers) -> Iterable[Integers]:
    """The rows of every set, in the order of the roots."""
    order = np.argsort(roots, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(roots[order])) + 1) if len(order) else []
