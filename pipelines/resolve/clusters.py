"""From weighed pairs to entities: what must be one, what must not, and average linkage between the two.

What belongs here: the guarded union of rows known to be the same, and the clustering of the rest. What does not: the
weights, and why two rows must or must not be one.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from pipelines.resolve.codes import Flags, Integers, distinct, spread
from pipelines.resolve.mixture import Reals

MISSING = -2.0
"""Log-odds of a pair that was never weighed: no candidate, so rather not the same."""
_SPAN, _LOW = np.int64(32), np.int64((1 << 32) - 1)
BOUND = 12.0
"""Log-odds beyond which a pair says no more: one pair must not outvote all others."""


class Guarded:
    """Sets of rows that grow by union, unless something forbids two of them to be one.

    Args:
        rows: How many rows.
        numbers: Values of registers that give one number an entity, by row and scheme.
        groups: Groups of which an entity has at most one row, by row.
    """

    def __init__(
        self, rows: int, numbers: Mapping[int, Mapping[str, set[str]]], groups: Mapping[int, set[int]]
    ) -> None:
        self._rows, self._parent = rows, dict[int, int]()
        self._numbers = {row: {scheme: set(held) for scheme, held in own.items()} for row, own in numbers.items()}
        self._groups = {row: set(own) for row, own in groups.items()}
        self._enemies: dict[int, set[int]] = {}

    def root(self, row: int) -> int:
        """The row that stands for the set."""
        parent = self._parent
        while (above := parent.get(row, row)) != row:
            parent[row] = row = parent.get(above, above)
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
        roots = np.arange(self._rows, dtype=np.int64)
        for row in self._parent:
            roots[row] = self.root(row)
        return roots

    def contested(self, label: Integers) -> Integers:
        """The labels under which something may forbid two sets to be one.

        Args:
            label: Of every row.
        """
        found = [label[list(self._enemies)]] if self._enemies else []
        held = [(row, name) for row, names in self._groups.items() for name in names]
        found.append(_repeated(label, held))
        numbers: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for row, own in self._numbers.items():
            for scheme, values in own.items():
                # Two cards with sets of numbers agree where any is equal: only single ones are told apart here.
                numbers[scheme].append((row, min(values) if len(values) == 1 else f"{row}\x1f"))
        found += [_several(label, held) for held in numbers.values()]
        return np.unique(np.concatenate(found))


def _labelled(label: Integers, held: Sequence[tuple[int, Hashable]]) -> tuple[Integers, Integers]:
    rows = np.array([row for row, _ in held], dtype=np.int64)
    codes, _ = pd.factorize(np.array([*(value for _, value in held), ""], dtype=object)[:-1])
    return label[rows], codes.astype(np.int64)


def _repeated(label: Integers, held: Sequence[tuple[int, Hashable]]) -> Integers:
    """The labels under which a value occurs twice."""
    labels, codes = _labelled(label, held)
    both = np.sort(labels << _SPAN | codes)
    return np.asarray(both[1:][both[1:] == both[:-1]] >> _SPAN, dtype=np.int64)


def _several(label: Integers, held: Sequence[tuple[int, Hashable]]) -> Integers:
    """The labels under which two values occur."""
    labels, codes = _labelled(label, held)
    under = distinct(labels << _SPAN | codes) >> _SPAN
    return np.asarray(under[1:][under[1:] == under[:-1]], dtype=np.int64)


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


def cluster(sets: Guarded, left: Integers, right: Integers, weights: Reals) -> Integers:
    """What of each row stands for its entity, once average linkage has united the sets that are one.

    Args:
        sets: With all that must be one united already; changed in place.
        left: Rows of the weighed pairs.
        right: The other rows.
        weights: Log-odds that the pair is the same.
    """
    roots = sets.roots()
    good = weights > 0
    label = components(len(roots), roots[left[good]], roots[right[good]])
    ours, theirs = roots[left], roots[right]
    inside = (label[ours] == label[theirs]) & (ours != theirs)
    ours, theirs, heights = _best(ours[inside], theirs[inside], weights[inside])
    whole = _unanimous(label, roots, ours, heights)
    whole[sets.contested(label)] = False
    after = np.where(whole[label], label, np.arange(len(roots)))
    split = np.flatnonzero(~whole[label[ours]])
    split = split[np.argsort(label[ours[split]], kind="stable")]
    pairs = np.stack([ours[split], theirs[split]], axis=1).tolist()
    values = heights[split].tolist()
    starts = np.flatnonzero(np.diff(label[ours[split]], prepend=-1)).tolist()
    for start, end in pairwise([*starts, len(split)]):
        _link(sets, pairs[start:end], values[start:end])
    rows = distinct(np.concatenate([ours[split], theirs[split]]))
    after[rows] = [sets.root(row) for row in rows.tolist()]
    return np.asarray(after[roots], dtype=np.int64)


def _best(left: Integers, right: Integers, weights: Reals) -> tuple[Integers, Integers, Reals]:
    """Distinct pairs, sorted, each with its best weight: the best pair speaks for two sets."""
    packed = np.minimum(left, right) << _SPAN | np.maximum(left, right)
    order = np.argsort(packed, kind="stable")
    packed = packed[order]
    starts = np.flatnonzero(np.diff(packed, prepend=-1))
    heights = np.minimum(weights, BOUND)[order]
    best = np.maximum.reduceat(heights, starts) if len(starts) else heights
    return packed[starts] >> _SPAN, packed[starts] & _LOW, best


def _unanimous(label: Integers, roots: Integers, left: Integers, weights: Reals) -> Flags:
    """By label, whether every two sets under it are a pair that says the same: average linkage would unite them all."""
    sizes = np.bincount(label[distinct(roots)], minlength=len(label))
    agreeing = np.bincount(label[left[weights > 0]], minlength=len(label))
    return np.asarray(agreeing == sizes * (sizes - 1) // 2, dtype=bool)


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
    sizes = np.bincount(label, minlength=len(label))[label]
    wanted = np.flatnonzero((sizes > 2) & (sizes <= most))  # noqa: PLR2004 - a pair has its weight
    order = wanted[np.argsort(label[wanted], kind="stable")]
    after = sizes[order] - 1 - spread(sizes[order[np.flatnonzero(np.diff(label[order], prepend=-1))]])
    own = np.repeat(np.arange(len(order)), after)
    inside = (label[left] == label[right]) & (left != right)
    return without(order[own], order[own + 1 + spread(after)], left[inside], right[inside])


def bridges(left: Integers, right: Integers, weights: Reals, one: Integers, other: Integers, clearly: float) -> Flags:
    """The links of a row to another, where it is linked nearly as well to a third that is not one with the other.

    Args:
        left: Rows of links.
        right: The other rows.
        weights: Log-odds of the links.
        one: Rows that are not one with another.
        other: These others, each above its `one`.
        clearly: By how much a link must be better than the other to stand.
    """
    centre, leaf = np.concatenate([left, right]), np.concatenate([right, left])
    link = np.concatenate([np.arange(len(left))] * 2)
    order = np.argsort(centre, kind="stable")
    centre, leaf, link = centre[order], leaf[order], link[order]
    sizes = np.bincount(centre, minlength=1)[centre]
    after = sizes - 1 - spread(np.bincount(centre)[np.bincount(centre) > 0])
    at = np.repeat(np.arange(len(centre)), after)
    beside = at + 1 + spread(after)
    apart = np.sort(one << _SPAN | other)
    wedge = np.minimum(leaf[at], leaf[beside]) << _SPAN | np.maximum(leaf[at], leaf[beside])
    found = np.minimum(np.searchsorted(apart, wedge), max(len(apart) - 1, 0))
    met = np.flatnonzero(apart[found] == wedge) if len(apart) else np.empty(0, dtype=np.int64)
    first, second = link[at[met]], link[beside[met]]
    flags = np.zeros(len(left), dtype=bool)
    flags[first[weights[first] < weights[second] + clearly]] = True
    flags[second[weights[second] < weights[first] + clearly]] = True
    return flags


def without(ours: Integers, theirs: Integers, left: Integers, right: Integers) -> tuple[Integers, Integers]:
    """The pairs (ours, theirs) that are not among (left, right), sorted."""
    fresh, known = np.sort(ours << _SPAN | theirs), np.sort(left << _SPAN | right)
    if len(known):
        fresh = fresh[known[np.minimum(np.searchsorted(known, fresh), len(known) - 1)] != fresh]
    return fresh >> _SPAN, fresh & _LOW
