"""What levels of agreement are worth: a mixture of latent classes, shipped as data (`model.yml`).

What belongs here: reading the model, the weight of a pattern, what a rare value adds, and fitting the model to the
cards at hand by EM for who asks for it. What does not: how the model was learned (`bench/training.py`). A pair is of
one of four classes: the same; the same name elsewhere (a namesake, a branch); the same place under another name (a
colleague, a subsidiary); unrelated. Sites have two: the same, and not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import yaml

from pipelines.resolve.codes import Column
from pipelines.resolve.comparing import ABSENT, Comparison, Packing, Role
from pipelines.resolve.facts import step
from pipelines.resolve.judges import Integers, Levels
from pipelines.resolve.words import COMMON_NAMES

Reals = npt.NDArray[np.float64]

SAME, NAMESAKE = 0, 1
STRENGTH = 150.0
"""Imaginary pairs a class that the built-in chances stand for: few real pairs change them little, many do."""
SHARE = 0.001
"""The same as a share of the real pairs, so that chances never leave their meaning however many pairs there are."""
ROUNDS = 60
_STILL = 1e-5
KNOWN_TIMES = 12.0
"""Cards that a name known to be common is taken to be on, at least."""
_COMMON, _RARE, _SMOOTH = -3.0, 1.5, 6.0


@dataclass(frozen=True, slots=True)
class Patterns:
    """The distinct patterns of levels of many pairs.

    Attributes:
        levels: Shape (patterns, comparisons).
        times: How often each occurs.
        of: The pattern of every pair.
    """

    levels: Levels
    times: Reals
    of: Integers


def patterns(packing: Packing, packed: Integers, times: Reals | None = None) -> Patterns:
    """Counts the distinct patterns of many pairs.

    Args:
        packing: What they are packed by.
        packed: A pattern a pair.
        times: How often each pair counts; once unless told.
    """
    of, found = pd.factorize(packed, sort=True)
    counts = np.bincount(of, weights=times, minlength=len(found)).astype(np.float64)
    return Patterns(packing.unpack(found), counts, of)


@dataclass(frozen=True, slots=True)
class Mixture:
    """Chances of the classes, and of every level in every class; learned ones need not add up to 1.

    Attributes:
        classes: Shape (classes,).
        chances: A table of shape (classes, levels) a comparison.
    """

    classes: Reals
    chances: tuple[Reals, ...]

    def joint(self, levels: Levels) -> Reals:
        """Logarithm of the joint chance of each pattern and class; shape (patterns, classes)."""
        total = np.tile(np.log(self.classes), (len(levels), 1))
        for column, table in zip(levels.T, self.chances, strict=True):
            total += _padded(table)[column]
        return total

    def log_odds(self, levels: Levels) -> Reals:
        """Natural logarithm of the odds that pairs of these patterns are the same."""
        joint = self.joint(levels)
        others = joint[:, SAME + 1 :]
        return np.asarray(joint[:, SAME] - np.logaddexp.reduce(others, axis=1), dtype=np.float64)

    def parts(self, levels: Levels) -> Reals:
        """What each comparison adds to the log-odds, against the other classes as likely as they are; same shape."""
        others = self.joint(levels)[:, SAME + 1 :]
        share = np.exp(others - np.logaddexp.reduce(others, axis=1, keepdims=True))
        found = np.zeros(levels.shape)
        for at, (column, table) in enumerate(zip(levels.T, self.chances, strict=True)):
            logs = _padded(table)[column]
            found[:, at] = logs[:, SAME] - (share * logs[:, SAME + 1 :]).sum(axis=1)
        return found


def _padded(table: Reals) -> Reals:
    """Logarithms by level, with a last row of zeros that the level -1 (absent) finds."""
    return np.vstack([np.log(table.T), np.zeros(len(table))])


@dataclass(frozen=True)
class Model:
    """What every level is worth, by kind of entity.

    Attributes:
        version: Of the figures.
        kinds: By kind: `classes`, log-weights of the classes; and by comparison log-weights of each level, one a class.
        refit: Whether the weights follow the cards at hand by EM. Then what becomes of a pair depends on what other
            cards are there; without it, never.
    """

    version: str
    kinds: Mapping[str, Mapping[str, Any]]
    refit: bool = False

    def mixture(self, kind: str, comparisons: Sequence[Comparison]) -> Mixture:
        """The mixture for these comparisons, in order; those of registers found in the data share one table.

        Raises:
            KeyError: The model lacks a comparison or a level.
        """
        known = self.kinds[kind]
        tables = tuple(
            np.exp(np.array([known["comparisons"][name][level] for level in one.levels], dtype=np.float64)).T
            for one, name in ((one, one.name.partition(":")[0]) for one in comparisons)
        )
        return Mixture(np.exp(np.array(known["classes"], dtype=np.float64)), tables)


@cache
def shipped() -> Model:
    """The model that comes with the package."""
    read = yaml.safe_load(files("pipelines.resolve").joinpath("model.yml").read_text(encoding="utf-8"))
    return Model(str(read["version"]), read["kinds"])


def normal(mixture: Mixture) -> Mixture:
    """The mixture with chances that add up to 1, as EM takes and gives them."""
    tables = tuple(table / table.sum(axis=1, keepdims=True) for table in mixture.chances)
    return Mixture(mixture.classes / mixture.classes.sum(), tables)


def fit(prior: Mixture, seen: Patterns, roles: Sequence[Role]) -> Mixture:
    """Fits the mixture to the patterns by EM, with the prior as imaginary pairs.

    Args:
        prior: Where it starts, and what it is held to.
        seen: Patterns of all candidates.
        roles: What each comparison is of.
    """
    prior = normal(prior)
    strength = STRENGTH + SHARE * float(seen.times.sum())
    mixture = prior
    for _ in range(ROUNDS):
        joint = mixture.joint(seen.levels)
        share = np.exp(joint - np.logaddexp.reduce(joint, axis=1, keepdims=True)) * seen.times[:, None]
        classes = share.sum(axis=0) + strength * prior.classes
        tables = tuple(
            _table(share, column, start, strength, role)
            for column, start, role in zip(seen.levels.T, prior.chances, roles, strict=True)
        )
        after = Mixture(classes / classes.sum(), tables)
        moved = float(np.abs(after.classes - mixture.classes).max())
        mixture = after
        if moved < _STILL:
            break
    return mixture


def _table(share: Reals, column: Levels, start: Reals, strength: float, role: Role) -> Reals:
    table = start * strength
    for level in range(table.shape[1]):
        table[:, level] += share[column == level].sum(axis=0)
    table /= table.sum(axis=1, keepdims=True)
    if len(table) > NAMESAKE + 1:
        table[NAMESAKE] = _of_namesakes(table[NAMESAKE], start[NAMESAKE], role)
    return table


def _of_namesakes(fitted: Reals, start: Reals, role: Role) -> Reals:
    """Holds the namesakes to what they are: the same name, and no mailbox or number in common; EM may not drift."""
    if role == "name":
        return start
    if role == "place":
        return fitted
    agreeing = np.minimum(fitted[1:], start[1:])
    return np.concatenate([[1.0 - agreeing.sum()], agreeing])


def rarity(column: Column, counts: Integers, middle: int) -> Reals:
    """What agreement on each distinct value adds to the log-odds: more for a rare one, takes for a common.

    How many cards have a value counts in powers of two, so that one card more is rarely of any matter to the rest. A
    name that many people bear is common in few cards too.

    Args:
        column: The values.
        counts: Cards a distinct value.
        middle: The step of the value of a card taken by chance.
    """
    if not middle:
        return np.zeros(len(counts))
    known = np.fromiter((value in COMMON_NAMES for value in column.distinct), dtype=bool, count=len(counts))
    times = np.exp2(step(counts) - 1.0)
    times = np.where(known, np.maximum(times, KNOWN_TIMES), times)
    return np.asarray(np.log(2.0 ** (middle - 1) + _SMOOTH) - np.log(times + _SMOOTH), dtype=np.float64)


def bounded(additions: Reals) -> Reals:
    """Additions of rarity within what they may say at most."""
    return np.clip(additions, _COMMON, _RARE)


def probability(log_odds: Reals) -> Reals:
    """The chance that stands for log-odds, never quite 0 or 1."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(log_odds, -20.0, 20.0))), dtype=np.float64)


def as_text(mixture: Mixture, comparisons: tuple[Comparison, ...], levels: Levels) -> pd.Series[str]:
    """`field=level:weight` of every present comparison of every pattern, and `prior` for the rest; no values."""
    parts, total = mixture.parts(levels), mixture.log_odds(levels)
    texts = []
    for row, weights, whole in zip(levels, parts, total, strict=True):
        said = [
            f"{one.name}={one.levels[level]}:{weight:+.1f}"
            for one, level, weight in zip(comparisons, row, weights, strict=True)
            if level != ABSENT
        ]
        texts.append(" ".join([*said, f"prior:{whole - weights.sum():+.1f}"]))
    return pd.Series(texts, dtype=object)
