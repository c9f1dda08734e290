"""What a run must know of all cards, however few it is given: how many have a value, a word, a key.

What belongs here: counting it (`Facts`), and the sorted tables that keep it from run to run (`Tables`). What does not:
what is done with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pipelines.resolve.codes import Column, Flags, Hashes, Integers, Values, hashed, mixed, spread

ROW_BITS = 26
"""Bits of a row in the entry of a table; the other 38 are of the hash."""
STEPS = 64
_BITS = np.uint64(ROW_BITS)
_ROW = np.uint64((1 << ROW_BITS) - 1)
_HALF, _LOWER = np.uint64(32), np.uint64((1 << 32) - 1)


def step(counts: Integers) -> Integers:
    """The number of the power of two that is not above each count; 0 for none."""
    return np.frexp(counts)[1].astype(np.int64)


def typical(counts: Integers) -> int:
    """How many share the value of a card taken by chance, as a step: of `by_step`, the middle; no giant moves it."""
    total = np.cumsum(counts)
    return int(np.searchsorted(total, total[-1] / 2)) if total[-1] else 0


def by_step(counts: Integers) -> Integers:
    """How many cards have a value of each step.

    Args:
        counts: Cards a distinct value.
    """
    return np.bincount(step(counts), weights=counts, minlength=STEPS).astype(np.int64)


def entries(hashes: Hashes, rows: Integers) -> Hashes:
    """A table: hash and row in one integer, sorted. Sorting those is ten times faster than sorting rows by hash.

    Two hashes that agree in 38 bits are taken for one.
    """
    return np.sort((hashes << _BITS) | rows.astype(np.uint64))


def keys_of(table: Hashes) -> Hashes:
    """The hash of each entry, as `found` takes it."""
    return table >> _BITS


def rows_of(table: Hashes) -> Integers:
    """The row of each entry."""
    return (table & _ROW).astype(np.int64)


def found(table: Hashes, keys: Hashes) -> tuple[Integers, Integers]:
    """Where the entries of each hash begin, and how many there are."""
    low = keys << _BITS
    start = np.searchsorted(table, low).astype(np.int64)
    return start, np.searchsorted(table, low | _ROW, side="right") - start


def members(table: Hashes, keys: Hashes) -> tuple[Integers, Integers]:
    """The rows of each hash, and of which hash (by place) each is."""
    start, counts = found(table, keys)
    at = np.repeat(start, counts) + spread(counts)
    return rows_of(table[at]), np.repeat(np.arange(len(keys)), counts)


def value_keys(column: Column) -> Hashes:
    """The hash of each distinct value, as `found` takes it."""
    return short(mixed(hashed(column.distinct)))


def short(hashes: Hashes) -> Hashes:
    """The bits of a hash that a table holds."""
    return (hashes << _BITS) >> _BITS


def value_table(column: Column) -> Hashes:
    """The table of a column: entries of the rows that have a value."""
    there = np.flatnonzero(column.present)
    keys = value_keys(column)
    return entries(keys[column.codes[there]], there.astype(np.int64))


class Facts:
    """The facts of a run on all cards: what it counts itself is what there is.

    Attributes:
        kept: The tables of keys, where they are to be kept.
    """

    def __init__(self, *, keep: bool = False) -> None:
        self.kept: dict[str, Hashes] | None = {} if keep else None

    def times(self, what: str, column: Column) -> Integers:  # noqa: ARG002 - for a run on some cards
        """How many cards have each distinct value of a field."""
        return column.counts()

    def middle(self, what: str, column: Column) -> int:  # noqa: ARG002 - for a run on some cards
        """The step of the value of a field that a card taken by chance has."""
        return typical(by_step(column.counts()))

    def shared(self, what: str, column: Column, names: Hashes, most: int) -> Flags:  # noqa: ARG002 - for a run on some cards
        """Whether more names than `most` carry each distinct value of a field."""
        known = np.flatnonzero(column.present & (names != 0))
        return names_of(column.codes[known].astype(np.int64), names[known], len(column.distinct)) > most

    def words(self, hashes: Hashes, own: Integers) -> Integers:  # noqa: ARG002 - for a run on some cards
        """How many cards have each word in their name, given how many of these do."""
        return own

    def sizes(self, table: Hashes, starts: Integers, own: Integers, what: str) -> Integers:  # noqa: ARG002 - for a run on some cards
        """How many cards have each key of one kind, given how many of these do."""
        if self.kept is not None:
            self.kept[what] = table
        return own

    def weak(self, own: Sequence[str]) -> list[str]:
        """The registers that prove nothing by themselves and are compared, given those of these cards."""
        return list(own)

    def hub(self, numbers: Values, own: Flags) -> Flags:  # noqa: ARG002 - for a run on some cards
        """Whether very many names carry each number, given whether they do here."""
        return own

    def renamed(self, *, own: bool) -> bool:
        """Whether any card has a former name."""
        return own

    def few(self, *, own: bool) -> bool:
        """Whether there are so few cards that every pair is worth a look."""
        return own


class Tables(Facts):
    """The facts of all cards out of tables, for a run on some.

    Args:
        tables: Entries of rows by hash, by what they are of.
        named: The name that each row counts by, as a hash; by the fields whose values may be shared, and for numbers.
        middles: The step of the typical value of a field.
        weak: Registers compared.
        renamed: Whether any card has a former name.
        most_names: Different names above which a number is a placeholder.
    """

    def __init__(
        self,
        tables: Mapping[str, Hashes],
        called: Hashes,
        named: Hashes,
        middles: Mapping[str, int],
        weak: Sequence[str],
        *,
        renamed: bool,
        most_names: int,
    ) -> None:
        super().__init__()
        self.tables, self.called, self.named = tables, called, named
        self.middles, self.schemes, self.any_renamed, self.most_names = middles, list(weak), renamed, most_names

    def times(self, what: str, column: Column) -> Integers:
        """As in `Facts`."""
        return found(self.tables[f"value {what}"], value_keys(column))[1]

    def middle(self, what: str, column: Column) -> int:  # noqa: ARG002 - as in `Facts`
        """As in `Facts`."""
        return self.middles[what]

    def shared(self, what: str, column: Column, names: Hashes, most: int) -> Flags:  # noqa: ARG002 - as in `Facts`
        """As in `Facts`."""
        return self.carried(f"shared {what}", value_keys(column)) > most

    def carried(self, what: str, keys: Hashes) -> Integers:
        """How many names carry each value."""
        rows, of = members(self.tables[what], keys)
        named = np.flatnonzero(self.called[rows])
        return names_of(of[named], self.called[rows[named]], len(keys))

    def words(self, hashes: Hashes, own: Integers) -> Integers:  # noqa: ARG002 - as in `Facts`
        """As in `Facts`."""
        return found(self.tables["word"], short(mixed(hashes)))[1]

    def sizes(self, table: Hashes, starts: Integers, own: Integers, what: str) -> Integers:  # noqa: ARG002 - as in `Facts`
        """As in `Facts`."""
        return found(self.tables[what], keys_of(table[starts]))[1]

    def weak(self, own: Sequence[str]) -> list[str]:  # noqa: ARG002 - as in `Facts`
        """As in `Facts`."""
        return self.schemes

    def hub(self, numbers: Values, own: Flags) -> Flags:  # noqa: ARG002 - as in `Facts`
        """As in `Facts`."""
        return self.hubs(short(mixed(hashed(numbers))))

    def hubs(self, keys: Hashes) -> Flags:
        """Whether very many names carry each number."""
        flags = found(self.tables["key 0"], keys)[1] > self.most_names
        many = np.flatnonzero(flags)
        rows, of = members(self.tables["key 0"], keys[many])
        flags[many] = _distinct_of(of, self.named[rows], len(many)) > self.most_names
        return flags

    def renamed(self, *, own: bool) -> bool:  # noqa: ARG002 - as in `Facts`
        """As in `Facts`."""
        return self.any_renamed

    def few(self, *, own: bool) -> bool:  # noqa: ARG002 - as in `Facts`
        """As in `Facts`."""
        return False


def names_of(of: Integers, names: Hashes, groups: int) -> Integers:
    """How many different names each group has, by either half of the name, whichever tells fewer of them apart.

    A group most of whose names have a half in common has one name, which some misspell.

    Args:
        of: The group of each name.
        names: As `halves` makes them.
        groups: How many groups.
    """
    parts = names >> _HALF, names & _LOWER
    found = np.minimum(*(_distinct_of(of, part, groups) for part in parts))
    several = np.append(found > 1, False)[of]
    of, parts = of[several], (parts[0][several], parts[1][several])
    both = np.concatenate([of, of[parts[0] != parts[1]]]), np.concatenate([parts[0], parts[1][parts[0] != parts[1]]])
    told = both[1] != 0
    most = _most_of(both[0][told], both[1][told], groups)
    return np.where(2 * most > np.bincount(of, minlength=groups), np.minimum(found, 1), found)


def _most_of(of: Integers, values: Hashes, groups: int) -> Integers:
    """How often the most frequent value of each group occurs in it."""
    order = np.lexsort((values, of))
    of, values = of[order], values[order]
    starts = np.flatnonzero((np.diff(of, prepend=-1) != 0) | np.append(True, values[1:] != values[:-1])[: len(of)])
    most = np.zeros(groups, dtype=np.int64)
    np.maximum.at(most, of[starts], np.diff(starts, append=len(of)))
    return most


def halves(one: Hashes, other: Hashes) -> Hashes:
    """Two hashes in one, half of each; 0 where neither is."""
    return (one >> _HALF) << _HALF | other >> _HALF


def _distinct_of(of: Integers, values: Hashes, groups: int) -> Integers:
    """How many distinct values each group has."""
    order = np.lexsort((values, of))
    of, values = of[order], values[order]
    fresh = (np.diff(of, prepend=-1) != 0) | np.append(True, values[1:] != values[:-1])[: len(of)]
    return np.bincount(of[fresh], minlength=groups).astype(np.int64)
