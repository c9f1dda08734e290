"""Values as integers: a code a distinct value, so that work is done once a value and cards are compared as numbers.

What belongs here: columns of codes, their hashes, and the sorted tables that matching is made of. What does not: what
any value means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

Integers = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Values = npt.NDArray[np.object_]
Flags = npt.NDArray[np.bool_]

ABSENT = -1
"""The code of a value that is not there."""
_ODD, _OTHER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_HALF = np.uint64(32)


class Column:
    """A field of all cards as codes of its distinct values; -1 for absent.

    Args:
        codes: A code a card.
        distinct: The values, none of them ''.
    """

    def __init__(self, codes: npt.NDArray[np.integer], distinct: Values) -> None:
        self.codes: npt.NDArray[np.int32] = np.asarray(codes, dtype=np.int32)
        self.distinct = distinct
        self._hashes: dict[Callable[[str], str] | None, Hashes] = {}

    @classmethod
    def of(cls, values: pd.Series[str] | Values) -> Column:
        """The column of texts with '' for absent."""
        codes, distinct = pd.factorize(np.asarray(values, dtype=object))
        return cls(codes, distinct).tidied()

    def changed(self, change: Callable[[str], str]) -> Column:
        """The column of what `change`, called once a distinct value, makes of the values; '' is absent."""
        made = np.empty(len(self.distinct), dtype=object)
        made[:] = [change(value) for value in self.distinct]
        return Column(self.codes, made).tidied()

    def tidied(self) -> Column:
        """The column with one code for equal values, and none for ''."""
        codes, distinct = pd.factorize(self.distinct)
        empty = np.flatnonzero(distinct == "")
        if len(empty):
            codes = np.where(codes == empty[0], ABSENT, codes - (codes > empty[0]))
            distinct = np.delete(distinct, empty)
        return Column(np.append(codes, ABSENT)[self.codes], distinct)

    def rows(self, wanted: Integers) -> Column:
        """The column of some cards."""
        return Column(self.codes[wanted], self.distinct)

    def or_else(self, other: Column) -> Column:
        """This column, filled with the other where absent."""
        if not len(other.distinct):
            return self
        codes, distinct = pd.factorize(np.concatenate([self.distinct, other.distinct]))
        ours, theirs = codes[: len(self.distinct)], codes[len(self.distinct) :]
        here = np.append(ours, ABSENT)[self.codes]
        return Column(np.where(here >= 0, here, np.append(theirs, ABSENT)[other.codes]), distinct)

    def without(self, unwanted: Flags) -> Column:
        """The column with some of the distinct values blanked."""
        return Column(np.where(np.append(unwanted, False)[self.codes], ABSENT, self.codes), self.distinct)

    def without_rows(self, unwanted: Flags) -> Column:
        """The column with some of the cards blanked."""
        return Column(np.where(unwanted, ABSENT, self.codes), self.distinct)

    @property
    def present(self) -> Flags:
        """Whether each card has a value."""
        return self.codes >= 0

    def texts(self) -> Values:
        """The values, '' for absent."""
        return np.append(self.distinct, "")[self.codes]

    def hashes(self, derive: Callable[[str], str] | None = None) -> Hashes:
        """A hash of each card's value, or of what is derived from it; 0 for absent."""
        if derive not in self._hashes:
            self._hashes[derive] = hashed(self.distinct if derive is None else map(derive, self.distinct))
        return np.append(self._hashes[derive], np.uint64(0))[self.codes]

    def counts(self) -> Integers:
        """How many cards have each distinct value."""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.distinct)).astype(np.int64)


def together(*columns: Column) -> Column:
    """The column of the values of several, with U+001F between, '' for absent ones."""
    whole = np.zeros(len(columns[0].codes), dtype=np.int64)
    for column in columns:
        whole = pd.factorize(whole * (len(column.distinct) + 1) + column.codes)[0]
    first = np.empty(int(whole.max(initial=-1)) + 1, dtype=np.int64)
    first[whole[::-1]] = np.arange(len(whole))[::-1]
    parts = zip(*(column.rows(first).texts() for column in columns), strict=True)
    return Column(whole, np.array(["\x1f".join(one) for one in parts], dtype=object))


def parted(column: Column, change: Callable[[str], tuple[str, ...]], parts: int) -> list[Column]:
    """The columns of the parts that `change`, called once a distinct value, makes of the values."""
    made = np.empty((parts, len(column.distinct)), dtype=object)
    for at, part in enumerate(zip(*map(change, column.distinct), strict=True)):
        made[at] = part
    return [Column(column.codes, part).tidied() for part in made]


def hashed(values: Iterable[str]) -> Hashes:
    """A hash a text, the same in every process; 0 for ''."""
    array = values if isinstance(values, np.ndarray) else np.array([*values, ""], dtype=object)[:-1]
    if not len(array):
        return np.empty(0, dtype=np.uint64)
    found: Hashes = pd.util.hash_array(array, categorize=False)
    return np.where(array == "", np.uint64(0), found | np.uint64(1))


def mixed(first: Hashes, *others: Hashes) -> Hashes:
    """One hash of several, in order."""
    whole = first * _ODD
    for one in others:
        whole = ((whole ^ (whole >> _HALF)) + one) * _OTHER
    return np.asarray(whole ^ (whole >> _HALF), dtype=np.uint64)


def distinct(values: Integers) -> Integers:
    """The distinct values, sorted: by sorting, which for many nearly distinct integers is faster than hashing."""
    ordered = np.sort(values)
    return np.asarray(ordered[np.diff(ordered, prepend=-1) != 0], dtype=np.int64)


def sorted_texts(values: Values) -> Integers:
    """The order of texts by their code points."""
    try:
        order = pc.sort_indices(pa.array(values, pa.large_string())).to_numpy()
    except (UnicodeError, pa.ArrowInvalid):  # half a surrogate pair
        order = np.argsort(values, kind="stable")
    return np.asarray(order, dtype=np.int64)


def taken(values: Values, places: npt.NDArray[np.integer]) -> pd.Series[str]:
    """The texts at some places, as the column of a frame."""
    try:
        return pd.Series(pa.array(values, pa.large_string()).take(pa.array(places)), dtype="str")
    except (UnicodeError, pa.ArrowInvalid):  # half a surrogate pair
        return pd.Series(values[places])


def spread(counts: Integers) -> Integers:
    """0, 1 … count - 1 for every count, one after the other."""
    ends = np.cumsum(counts)
    whole = np.arange(int(ends[-1]) if len(ends) else 0, dtype=np.int64)
    return whole - np.repeat(ends - counts, counts)
