"""What levels of agreement are worth: a mixture of latent classes, fitted by EM on the patterns of the candidates.

What belongs here: the built-in chances of every level in every class, the fit, the weight of a pattern, and what a rare
value adds. A pair is of one of four classes: the same; the same name elsewhere (a namesake, a branch); the same place
under another name (a colleague, a subsidiary); unrelated. Sites have two: the same, and not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.resolve.comparing import ABSENT, Column, Comparison, Role
from pipelines.resolve.judges import Integers, Levels

Reals = npt.NDArray[np.float64]

SAME, NAMESAKE = 0, 1
STRENGTH = 150.0
"""Imaginary pairs a class that the built-in chances stand for: few real pairs change them little, many do."""
SHARE = 0.001
"""The same as a share of the real pairs, so that chances never leave their meaning however many pairs there are."""
ROUNDS = 60
_STILL = 1e-5
_COMMON, _RARE, _SMOOTH = -3.0, 1.5, 6.0

_FOUR_PERSON = {
    "": (0.25, 0.10, 0.35, 0.30),
    "first_name": ((0.02, 0.10, 0.10, 0.08, 0.70), (0.02, 0.05, 0.05, 0.03, 0.85), (0.88, 0.04, 0.04, 0.005, 0.035),
                   (0.75, 0.04, 0.05, 0.01, 0.15)),
    "last_name": ((0.03, 0.03, 0.10, 0.84), (0.01, 0.02, 0.05, 0.92), (0.85, 0.01, 0.05, 0.09),
                  (0.65, 0.02, 0.08, 0.25)),
    "middle_name": ((0.05, 0.35, 0.60), (0.80, 0.10, 0.10), (0.90, 0.05, 0.05), (0.90, 0.05, 0.05)),
    "email_address": ((0.25, 0.06, 0.09, 0.60), (0.93, 0.005, 0.06, 0.005), (0.97, 0.01, 0.01, 0.01),
                      (0.985, 0.002, 0.01, 0.003)),
    "employer": ((0.08, 0.10, 0.40, 0.42), (0.93, 0.02, 0.03, 0.02), (0.04, 0.08, 0.44, 0.44),
                 (0.90, 0.03, 0.04, 0.03)),
    "domain": ((0.15, 0.85), (0.96, 0.04), (0.12, 0.88), (0.93, 0.07)),
    "job_title": ((0.45, 0.20, 0.35), (0.85, 0.10, 0.05), (0.82, 0.12, 0.06), (0.88, 0.08, 0.04)),
    "phone": ((0.35, 0.65), (0.98, 0.02), (0.35, 0.65), (0.97, 0.03)),
    "street": ((0.25, 0.05, 0.20, 0.50), (0.95, 0.02, 0.01, 0.02), (0.20, 0.05, 0.20, 0.55), (0.93, 0.03, 0.02, 0.02)),
    "area": ((0.10, 0.10, 0.30, 0.50), (0.80, 0.05, 0.12, 0.03), (0.08, 0.07, 0.30, 0.55), (0.70, 0.06, 0.19, 0.05)),
    "number": ((0.08, 0.12, 0.80), (0.95, 0.03, 0.02), (0.95, 0.03, 0.02), (0.95, 0.03, 0.02)),
}  # fmt: skip
_FOUR_COMPANY = {
    "": (0.30, 0.08, 0.32, 0.30),
    "name": ((0.03, 0.02, 0.03, 0.07, 0.02, 0.17, 0.66), (0.01, 0.03, 0.02, 0.03, 0.01, 0.10, 0.80),
             (0.52, 0.14, 0.20, 0.10, 0.002, 0.018, 0.02), (0.70, 0.06, 0.15, 0.05, 0.005, 0.02, 0.015)),
    "legal_form": ((0.12, 0.88), (0.35, 0.65), (0.45, 0.55), (0.50, 0.50)),
    "email_address": ((0.40, 0.60), (0.97, 0.03), (0.90, 0.10), (0.995, 0.005)),
    "domain": ((0.15, 0.85), (0.93, 0.07), (0.60, 0.40), (0.97, 0.03)),
    "country": ((0.02, 0.98), (0.40, 0.60), (0.05, 0.95), (0.30, 0.70)),
    "phone": ((0.35, 0.65), (0.95, 0.05), (0.50, 0.50), (0.98, 0.02)),
    "street": ((0.35, 0.05, 0.15, 0.45), (0.95, 0.03, 0.01, 0.01), (0.25, 0.05, 0.20, 0.50), (0.94, 0.03, 0.01, 0.02)),
    "area": ((0.20, 0.10, 0.25, 0.45), (0.80, 0.05, 0.10, 0.05), (0.10, 0.05, 0.25, 0.60), (0.60, 0.08, 0.22, 0.10)),
    "number": ((0.08, 0.12, 0.80), (0.95, 0.03, 0.02), (0.95, 0.03, 0.02), (0.95, 0.03, 0.02)),
}  # fmt: skip
_TWO_SITE = {
    "": (0.25, 0.75),
    "name": ((0.05, 0.02, 0.07, 0.12, 0.02, 0.22, 0.50), (0.72, 0.04, 0.12, 0.05, 0.005, 0.035, 0.03)),
    "legal_form": ((0.30, 0.70), (0.50, 0.50)),
    "email_address": ((0.40, 0.60), (0.97, 0.03)),
    "domain": ((0.20, 0.80), (0.80, 0.20)),
    "country": ((0.01, 0.99), (0.30, 0.70)),
    "phone": ((0.20, 0.80), (0.97, 0.03)),
    "street": ((0.10, 0.05, 0.30, 0.55), (0.85, 0.08, 0.03, 0.04)),
    "area": ((0.10, 0.10, 0.30, 0.50), (0.50, 0.05, 0.30, 0.15)),
    "number": ((0.08, 0.12, 0.80), (0.95, 0.03, 0.02)),
}  # fmt: skip
_CHANCES: dict[str, dict[str, Any]] = {"person": _FOUR_PERSON, "company": _FOUR_COMPANY, "site": _TWO_SITE}


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


def patterns(levels: Levels, times: Reals | None = None) -> Patterns:
    """Counts the distinct rows of `levels`.

    Args:
        levels: Shape (pairs, comparisons).
        times: How often each pair counts; once unless told.
    """
    code = np.zeros(len(levels), dtype=np.int64)
    for column in levels.T:
        code = code * (int(column.max(initial=0)) + 2) + (column.astype(np.int64) + 1)
    _, first, of = np.unique(code, return_index=True, return_inverse=True)
    return Patterns(
        levels[first], np.bincount(of, weights=times, minlength=len(first)).astype(np.float64), of.astype(np.int64)
    )


@dataclass(frozen=True, slots=True)
class Mixture:
    """Chances of the classes, and of every level in every class.

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


def built_in(kind: str, comparisons: tuple[Comparison, ...]) -> Mixture:
    """The mixture before any data.

    Args:
        kind: `company`, `person` or `site`.
        comparisons: Those that the levels come from, in order.
    """
    table = _CHANCES[kind]
    found = [np.array(table[one.name.partition(":")[0]], dtype=np.float64) for one in comparisons]
    tables = tuple(chances / chances.sum(axis=1, keepdims=True) for chances in found)
    return Mixture(np.array(table[""], dtype=np.float64), tables)


def fit(prior: Mixture, seen: Patterns, roles: Sequence[Role]) -> Mixture:
    """Fits the mixture to the patterns by EM, with the prior as imaginary pairs.

    Args:
        prior: Where it starts, and what it is held to.
        seen: Patterns of all candidates.
        roles: What each comparison is of.
    """
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


def rarity(comparison: Comparison, column: Column, levels: Levels, rows: Integers) -> Reals:
    """What agreement on a rare value adds, and on a common one takes.

    Args:
        comparison: Its highest level is agreement.
        column: The values.
        levels: Of this comparison, a pair.
        rows: The left row of every pair.

    Returns:
        Additions to the log-odds, 0 where the values do not agree.
    """
    found = np.zeros(len(levels))
    agree = np.flatnonzero((levels == len(comparison.levels) - 1) & (column.codes[rows] >= 0))
    if len(agree):
        times = column.counts()[column.codes[rows[agree]]] + _SMOOTH
        logs = np.log(times)
        found[agree] = np.log(_typical(column)) - logs
    return found


def _typical(column: Column) -> float:
    """How many rows share the value of a row taken by chance, in the middle (the median is not moved by one giant)."""
    counts = np.sort(column.counts())
    total = np.cumsum(counts)
    return float(counts[np.searchsorted(total, total[-1] / 2)]) + _SMOOTH


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
