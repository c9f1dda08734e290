"""Many pairs of values as places among their distinct values, so that what a value is like is found once a value.

What belongs here: carrying a property of values over to pairs. What does not: what makes two values alike
(`judges.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.resolve.codes import Flags, Integers, Values

_Found = TypeVar("_Found", bound=np.generic)


class Pairs:
    """Pairs of values.

    Args:
        distinct: The values, each once.
        left: A place in them a pair.
        right: As many.
    """

    def __init__(self, distinct: Values, left: Integers, right: Integers) -> None:
        self.distinct, self.left, self.right = distinct, left, right

    @classmethod
    def of(cls, left: Values, right: Values) -> Pairs:
        """The pairs of two arrays of one length."""
        places, values = pd.factorize(np.concatenate([left, right]))
        return cls(values, places[: len(left)], places[len(left) :])

    def some(self, wanted: Integers) -> Pairs:
        """Some of the pairs, and the values that they are of."""
        used = np.zeros(len(self.distinct), dtype=bool)
        used[self.left[wanted]] = used[self.right[wanted]] = True
        place = np.cumsum(used) - 1
        return Pairs(self.distinct[used], place[self.left[wanted]], place[self.right[wanted]])

    def sides(self, found: npt.NDArray[_Found]) -> tuple[npt.NDArray[_Found], npt.NDArray[_Found]]:
        """What was found of each value, for the left and for the right value of each pair."""
        return found[self.left], found[self.right]

    def texts(self, derive: Callable[[str], str]) -> Values:
        """What `derive` makes of each value."""
        made = np.empty(len(self.distinct), dtype=object)
        made[:] = [derive(value) for value in self.distinct]
        return made

    def equal(self, derive: Callable[[str], str]) -> Flags:
        """Whether `derive` makes the same of both values of each pair."""
        left, right = self.sides(pd.factorize(self.texts(derive))[0])
        return np.asarray(left == right, dtype=bool)

    def either(self, holds: Callable[[str], bool]) -> Flags:
        """Whether it holds for either value of each pair."""
        left, right = self.sides(np.fromiter(map(holds, self.distinct), dtype=bool, count=len(self.distinct)))
        return np.asarray(left | right, dtype=bool)

    def shorter(self) -> Integers:
        """The length of the shorter of each two."""
        left, right = self.sides(np.fromiter(map(len, self.distinct), dtype=np.int64, count=len(self.distinct)))
        return np.asarray(np.minimum(left, right), dtype=np.int64)
