"""Weighing pairs of nodes: levels of agreement, what they are worth, how rare the values are, and the rules.

What belongs here: the weight of a pair and its reasons. What does not: which pairs, and what becomes of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.resolve import decisions, mixture
from pipelines.resolve.codes import (
    Column,
    Flags,
    Integers,
    distinct,
)
from pipelines.resolve.comparing import Comparer, number_comparisons
from pipelines.resolve.facts import (
    Facts,
)
from pipelines.resolve.features import is_strong
from pipelines.resolve.mixture import Model, Reals
from pipelines.resolve.registers import Numbers
from pipelines.resolve.told import Told, coded

WEAK_SCHEMES = 6
"""Registers that prove nothing by themselves, at most so many are compared: those on most cards."""
_BESIDE = ("email", "domain", "phone", "street", "postal", "locality", "identifiers")
"""What a card says beside its names and its country."""
_PARTS = ("left", "right", "pattern", "weights", "rules", "rare")


@dataclass(frozen=True)
class Weighed:
    """Pairs of nodes with what was found of them: pattern of levels, log-odds, the rule that changed it, rarity."""

    left: Integers
    right: Integers
    pattern: Integers
    weights: Reals
    rules: npt.NDArray[np.int8]
    rare: npt.NDArray[np.float32]

    def __add__(self, other: Weighed) -> Weighed:
        return Weighed(*(np.concatenate([getattr(self, name), getattr(other, name)]) for name in _PARTS))

    def of(self, wanted: Flags) -> Weighed:
        """Some of them."""
        places = np.flatnonzero(wanted)
        return Weighed(*(getattr(self, name)[places] for name in _PARTS))


class Scales:
    """What weighs pairs of nodes.

    Args:
        fields: What is compared of every node, without shared values.
        kind: `company`, `person` or `site`.
        model: What levels are worth.
        facts: Of all cards.
    """

    def __init__(self, fields: Mapping[str, Column], kind: str, model: Model, facts: Facts) -> None:
        self.kind, self.model, self.facts = kind, model, facts
        self.nodes = dict(fields)
        self.size = len(self.nodes["identifiers"].codes)
        self.bare = ~np.logical_or.reduce([self.nodes[field].present for field in _BESIDE])
        self.numbers = Numbers(self.nodes["identifiers"])
        weak = facts.weak(most_used(weak_schemes(self.numbers)))
        self.nodes |= {f"number:{scheme}": self.numbers.column(scheme, self.size) for scheme in weak}
        self.comparer = Comparer(self.nodes, kind, number_comparisons(weak))
        self.mixture = model.mixture(kind, self.comparer.comparisons)

    def weighed(self, left: Integers, right: Integers, compared: Integers | None = None) -> Weighed:
        """Pairs, weighed.

        Args:
            left: Nodes.
            right: Nodes, as many.
            compared: Their patterns of levels, where these are known.
        """
        compared = self.comparer.compare(left, right) if compared is None else compared
        seen = mixture.patterns(self.comparer.packing, compared)
        weights = self.mixture.log_odds(seen.levels)[seen.of]
        rare = np.zeros(len(left))
        for one in self.comparer.comparisons:
            if one.rare:
                column = self.comparer.columns[one.field]
                agree = np.flatnonzero((column.codes[left] >= 0) & (column.codes[left] == column.codes[right]))
                rare[agree] += np.append(self._rarity(one.field, column), 0.0)[column.codes[left[agree]]]
        rare = mixture.bounded(rare)
        bare = self.bare[left] & self.bare[right]
        after, rules = decisions.ruled(self.kind, self.comparer.comparisons, seen, weights + rare, rare, bare)
        return Weighed(left, right, compared, after, rules, rare.astype(np.float32))

    def _rarity(self, field: str, column: Column) -> Reals:
        return mixture.rarity(column, self.facts.times(field, column), self.facts.middle(field, column))

    def tell(self, pairs: Weighed, together: Flags) -> Told:
        """Decisions of pairs, given whether the two are one entity; with nodes for cards."""
        outcome = coded(decisions.outcomes(pairs.weights, together))
        return Told(pairs.left, pairs.right, pairs.weights, outcome, self._reasons(pairs))

    def _reasons(self, pairs: Weighed) -> Column:
        """Why each pair weighs what it does, put in words once a pattern, rarity and rule."""
        seen = mixture.patterns(self.comparer.packing, pairs.pattern)
        rare = np.round(pairs.rare * 10).astype(np.int64)
        names = decisions.RULE_NAMES[self.kind]
        of, combined = pd.factorize((seen.of * 256 + rare + 128) * len(names) + pairs.rules)
        patterns = mixture.as_text(self.mixture, self.comparer.comparisons, seen.levels).to_numpy(dtype=object)
        texts = [
            f"{patterns[one // len(names) // 256]}{_told_rarity(one // len(names) % 256 - 128)}"
            f"{_told_rule(names[one % len(names)])}"
            for one in combined.tolist()
        ]
        return Column(of, np.array([*texts, ""], dtype=object)[:-1]).tidied()


def weak_schemes(numbers: Numbers) -> dict[str, int]:
    """How many nodes have a number in each register that proves nothing by itself."""
    schemes = max(len(numbers.schemes), 1)
    own = distinct(numbers.rows * schemes + numbers.scheme[numbers.codes])
    times = np.bincount(own % schemes, minlength=schemes)
    return {
        scheme: int(count)
        for scheme, count in zip(numbers.schemes, times, strict=False)
        if count and not is_strong(scheme)
    }


def most_used(schemes: Mapping[str, int]) -> list[str]:
    """The registers that most nodes have a number in, sorted."""
    return sorted(sorted(schemes, key=lambda one: (-schemes[one], one))[:WEAK_SCHEMES])


def _told_rarity(tenths: int) -> str:
    return f" rarity:{tenths / 10:+.1f}" if tenths else ""


def _told_rule(name: str) -> str:
    return f" rule:{name}" if name else ""
