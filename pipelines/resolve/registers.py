"""The numbers that cards carry in registers, as one long table of card and number.

What belongs here: taking the identifiers of cards apart. What does not: which registers prove what (`features.py`).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from pipelines.resolve.codes import ABSENT, Column, Flags, Hashes, Integers, Values, hashed, spread


class Items:
    """The values between `;` of a column, as a long table sorted by card.

    Attributes:
        rows: A card an item of it.
        codes: The item, a place in `distinct`.
        distinct: The items, once each.
    """

    def __init__(self, column: Column) -> None:
        split = [value.split(";") for value in column.distinct]
        counts = np.fromiter(map(len, split), dtype=np.int64, count=len(split))
        flat = np.array([item for items in split for item in items] or [""], dtype=object)
        codes, self.distinct = pd.factorize(flat)
        starts = np.cumsum(counts) - counts
        self.rows: Integers = np.flatnonzero(column.present).astype(np.int64)
        own = column.codes[self.rows]
        self.rows = np.repeat(self.rows, counts[own])
        self.codes: Integers = codes[np.repeat(starts[own], counts[own]) + spread(counts[own])]

    def hashes(self) -> Hashes:
        """A hash an item of a card."""
        return hashed(self.distinct)[self.codes]


class Numbers(Items):
    """The numbers of all cards, `SCHEME:value` each.

    Attributes:
        schemes: The distinct schemes.
        scheme: Of every distinct number, a place in `schemes`.
    """

    def __init__(self, column: Column) -> None:
        super().__init__(column)
        names = np.array([item.partition(":")[0] for item in self.distinct], dtype=object)
        self.scheme, schemes = pd.factorize(names)
        self.schemes: list[str] = list(schemes)

    def of(self, wanted: Callable[[str], bool]) -> Flags:
        """Whether each row of the table is of a scheme that is wanted."""
        chosen = np.array([wanted(scheme) for scheme in self.schemes], dtype=bool)
        return np.asarray(chosen[self.scheme[self.codes]], dtype=bool)

    def column(self, scheme: str, cards: int) -> Column:
        """The first number of one scheme of every card."""
        own = np.flatnonzero(self.of(lambda one: one == scheme))[::-1]
        codes = np.full(cards, ABSENT, dtype=np.int64)
        codes[self.rows[own]] = self.codes[own]
        values: Values = np.array([item.partition(":")[2] for item in self.distinct], dtype=object)
        return Column(codes, values).tidied()
