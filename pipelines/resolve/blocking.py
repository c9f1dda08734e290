"""Which pairs are worth comparing: many narrow keys, each too common key skipped, all pairs as integers.

What belongs here: the keys of each kind and the self-join on them. What does not: what a shared key is worth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from pipelines.resolve.codes import Column, Hashes, Integers, Values, distinct, hashed, mixed, spread
from pipelines.resolve.facts import Facts, entries, keys_of, rows_of, short, step
from pipelines.resolve.registers import Items

CAP = 60
"""Rows that a key of one telling value may have; a key of more is a hub, and its rows meet on narrower keys."""
MIDDLING_CAP = 30
"""The same for a part of a name at a place."""
NAME_CAP = 20
"""The same for a name without a place."""
WIDE_CAP = 8
"""The same for keys of a few letters of a name, which are worth a look only where they are rare."""
FEW = 64
"""Rows up to which every pair is worth a look."""
_CLASSES = str.maketrans({
    **dict.fromkeys("bpfvw", "1"), **dict.fromkeys("ckgqxsz", "2"), **dict.fromkeys("dt", "3"),
    **dict.fromkeys("lr", "4"), **dict.fromkeys("mn", "5"), **dict.fromkeys("aeiouyhj 0123456789", ""),
})  # fmt: skip
_HELD = 1 << 25
_SPAN = np.int64(32)
_LOW = np.int64((1 << 32) - 1)

Columns = Mapping[str, Column]


class Key(NamedTuple):
    """One kind of key: a hash for each of some rows (of all, where rows are not told), 0 for none."""

    hashes: Hashes
    cap: int = CAP
    rows: Integers | None = None


@lru_cache(maxsize=1 << 16)
def sound(word: str) -> str:
    """A coarse phonetic key: the consonant classes of the word, without repetition; vowels and h are silent."""
    classes = word.replace("ph", "f").translate(_CLASSES)
    return "".join(one for at, one in enumerate(classes) if at == 0 or classes[at - 1] != one)


@cache
def _head(length: int) -> Callable[[str], str]:
    return lambda text: text.replace(" ", "")[:length]


def candidates(
    cards: Columns, kind: str, *, wide: bool = False, facts: Facts | None = None
) -> tuple[Integers, Integers]:
    """Pairs of rows that share at least one key.

    Args:
        cards: Fields by name.
        kind: `company`, `person` or `site`.
        facts: Of all cards, where these are only some.
        wide: Whether by the wide keys (a few letters of a name, where they are rare) instead of the narrow ones; every
            pair of very few rows. Pairs
            that only a wide key found are so seldom the same that they would blur what EM learns.

    Returns:
        Two arrays, `left < right` in every place, sorted and distinct.
    """
    facts = facts or Facts()
    rows = len(next(iter(cards.values())).codes)
    if wide and facts.few(own=rows <= FEW):
        left, right = np.triu_indices(rows, 1)
        return left.astype(np.int64), right.astype(np.int64)
    return join(keys(cards, kind, facts, wide=wide), facts)


def keys(cards: Columns, kind: str, facts: Facts, *, wide: bool) -> Iterator[tuple[str, Key]]:
    """The keys of cards, each kind under a name of its own."""
    if kind == "person":
        made = _wide_person_keys(cards) if wide else _person_keys(cards)
    else:
        made = _wide_company_keys(cards, facts) if wide else _company_keys(cards, facts)
    return ((f"{'wide' if wide else 'key'} {at}", key) for at, key in enumerate(made))


def table(key: Key) -> Hashes:
    """The entries of the rows that have a key."""
    there = np.flatnonzero(key.hashes)
    return entries(key.hashes[there], there if key.rows is None else key.rows[there])


def word_table(names: Column) -> Hashes:
    """The entries of the rows by the words of their names."""
    words = _Words(names)
    once = distinct(words.of << _SPAN | words.codes)
    hashes = short(mixed(hashed(words.words)))[once & _LOW] if len(once) else np.empty(0, dtype=np.uint64)
    starts = np.searchsorted(once >> _SPAN, np.arange(len(words.counts) + 1))
    rows = np.flatnonzero(names.present).astype(np.int64)
    own = names.codes[rows]
    counts = (starts[1:] - starts[:-1])[own]
    return entries(hashes[np.repeat(starts[own], counts) + spread(counts)], np.repeat(rows, counts))


def rarest(names: Column, facts: Facts) -> Hashes:
    """A hash of the words of each name that keys are made of."""
    return mixed(*_Words(names).rarest(facts))


def join(keys: Iterable[tuple[str, Key]], facts: Facts) -> tuple[Integers, Integers]:
    """All pairs of rows with an equal key of one kind that no more rows have than its cap.

    Pairs are at most half the sum of the caps a row, however the keys lie.

    Args:
        keys: The kinds of keys, by name.
        facts: How many rows have a key.

    Returns:
        Two arrays, `left < right` in every place, sorted and distinct.
    """
    found: list[Integers] = []
    held = 0
    with ThreadPoolExecutor() as threads:
        for pairs in threads.map(lambda one: _pairs(one[0], one[1], facts), keys):
            found.append(pairs)
            held += len(pairs)
            if held > _HELD:
                found = [distinct(np.concatenate(found))]
                held = len(found[0])
    whole = distinct(np.concatenate([np.empty(0, dtype=np.int64), *found]))
    return whole >> _SPAN, whole & _LOW


def _pairs(name: str, key: Key, facts: Facts) -> Integers:
    """The pairs of one kind of key, each as `left << 32 | right`."""
    whole = table(key)
    starts = np.flatnonzero(np.diff(keys_of(whole), prepend=~np.uint64(0)))
    sizes = np.diff(starts, append=len(whole))
    wanted = (sizes > 1) & (facts.sizes(whole, starts, sizes, name) <= key.cap)
    starts, sizes = starts[wanted], sizes[wanted]
    place = spread(sizes)
    at = np.repeat(starts, sizes) + place
    after = np.repeat(sizes, sizes) - place - 1
    own = rows_of(whole)
    left = np.repeat(own[at], after)
    right = own[np.repeat(at + 1, after) + spread(after)]
    return np.asarray(((left << _SPAN) | right)[left != right], dtype=np.int64)


def _all(*parts: Hashes, cap: int = CAP) -> Key:
    """A key of several parts, for the rows that have them all."""
    there = np.logical_and.reduce([part != 0 for part in parts])
    return Key(np.where(there, mixed(*parts), np.uint64(0)), cap)


def _each(column: Column) -> Key:
    """A key for every one of the values between `;`."""
    items = Items(column)
    return Key(mixed(items.hashes()), rows=items.rows)


def _numbered(column: Column, part: Hashes) -> Key:
    """A key for every one of the values between `;` with a part of the card."""
    items = Items(column)
    own = part[items.rows]
    return Key(np.where(own != 0, mixed(items.hashes(), own), np.uint64(0)), NAME_CAP, items.rows)


def _person_keys(cards: Columns) -> Iterator[Key]:
    first, initial, first3 = (cards["first"].hashes(one) for one in (None, _head(1), _head(3)))
    last, last4, last_sound = (cards["last"].hashes(one) for one in (None, _head(4), sound))
    first_sound, email, local = cards["first"].hashes(sound), cards["email"].hashes(), cards["email"].hashes(_local)
    phone, employer, locality = (cards[field].hashes() for field in ("phone", "employer", "locality"))
    yield _each(cards["identifiers"])
    yield _numbered(cards["employer_numbers"], initial)
    yield _numbered(cards["employer_numbers"], last_sound)
    yield _all(email)
    yield _all(local, last_sound)
    yield _all(local, first3)
    yield _swapped(first, last)
    yield _all(first_sound, last_sound, initial, cap=NAME_CAP)
    yield _swapped(first_sound, last_sound)
    for place in (employer, cards["company"].hashes(_head(8)), cards["domain"].hashes(), phone,
                  cards["street"].hashes(), cards["postal"].hashes()):  # fmt: skip
        yield _all(place, last4, cap=MIDDLING_CAP)
        yield _all(place, first3, cap=MIDDLING_CAP)
        yield _all(place, initial, last_sound, cap=MIDDLING_CAP)
    yield _all(employer, phone)
    yield _all(phone, cap=WIDE_CAP)
    yield _all(cards["street"].hashes(_house), initial, cap=NAME_CAP)
    yield _all(cards["company"].hashes(_head(8)), cards["postal"].hashes(), cap=WIDE_CAP)
    yield _all(locality, last, initial, cap=MIDDLING_CAP)
    yield _all(locality, first, last4, cap=MIDDLING_CAP)
    yield _all(cards["street"].hashes(), locality, cap=MIDDLING_CAP)


def _wide_person_keys(cards: Columns) -> Iterator[Key]:
    first, initial, last = cards["first"].hashes(), cards["first"].hashes(_head(1)), cards["last"].hashes()
    yield _all(initial, last, cap=WIDE_CAP)
    yield _all(initial, cards["last"].hashes(sound), cap=WIDE_CAP)
    yield _all(first, cards["last"].hashes(_head(2)), cap=WIDE_CAP)
    yield _all(cards["email"].hashes(_head(7)), cap=WIDE_CAP)
    yield _all(first, cards["locality"].hashes(), cap=WIDE_CAP)
    yield _all(last, cards["locality"].hashes(), cap=WIDE_CAP)


def _swapped(first: Hashes, last: Hashes) -> Key:
    """Given and family name in either order."""
    return _all(np.minimum(first, last), np.maximum(first, last), cap=NAME_CAP)


@lru_cache(maxsize=1 << 16)
def _house(street: str) -> str:
    """The numbers of a street and the sounds of its words, so that a misspelt street is met; '' without a number."""
    words = street.split()
    number = "".join(word for word in words if word.isdigit())
    return number and f"{number} {''.join(sound(word) for word in words if not word.isdigit())[:6]}"


def _local(email: str) -> str:
    return email.partition("@")[0]


def _company_keys(cards: Columns, facts: Facts) -> Iterator[Key]:
    words = _Words(cards["name"])
    name, sounds, rarest, second = words.sorted(), words.sounds(), *words.rarest(facts)
    compact, head5, head9 = (cards["name"].hashes(_head(length)) for length in (99, 5, 9))
    initials, country = cards["name"].hashes(_initials), cards["country"].hashes()
    domain, phone, street, postal, locality, email = (
        cards[field].hashes() for field in ("domain", "phone", "street", "postal", "locality", "email")
    )
    yield _each(cards["identifiers"])
    yield _each(_names(cards)) if facts.renamed(own=bool(cards["former"].present.any())) else Key(name[:0])
    yield from (_all(one) for one in (name, compact, domain, email, phone))
    yield from (_all(one, cap=NAME_CAP) for one in (sounds, head9, initials, rarest))
    yield _all(domain, head5)
    yield _all(phone, head5)
    yield _all(rarest, second)
    for place in (postal, locality, street):
        for part in (rarest, second, head5, initials):
            yield _all(place, part, cap=MIDDLING_CAP)
    yield _all(rarest, country, cap=NAME_CAP)
    yield _all(street, postal, cap=MIDDLING_CAP)
    yield _all(street, locality, cap=MIDDLING_CAP)
    yield _all(cards["street"].hashes(_house), cap=NAME_CAP)


def _wide_company_keys(cards: Columns, facts: Facts) -> Iterator[Key]:
    yield _all(_Words(cards["name"]).rarest(facts)[1], cap=WIDE_CAP)
    yield _all(cards["name"].hashes(_head(5)), cap=WIDE_CAP)
    yield _all(cards["postal"].hashes(), cap=WIDE_CAP)


def _names(cards: Columns) -> Column:
    """Present and former names, `;` between."""
    both = pd.Series(cards["name"].texts() + ";" + cards["former"].texts())
    return Column.of(both).changed(lambda names: ";".join(sorted(set(names.split(";")) - {""})))


def _initials(name: str) -> str:
    """The acronym of a name of three words or more; a name of one short word is its own."""
    words = name.split()
    if len(words) == 1:
        return name if 2 <= len(name) <= 6 else ""  # noqa: PLR2004 - acronyms have two to six letters
    return "".join(word[0] for word in words)


class _Words:
    """The words of the distinct names, as a long table of name and word."""

    def __init__(self, names: Column) -> None:
        self.names = names
        split = [value.split() for value in names.distinct]
        self.counts = np.fromiter(map(len, split), dtype=np.int64, count=len(split))
        self.codes, words = pd.factorize(np.array([word for own in split for word in own] or [""], dtype=object))
        self.words: Values = words
        self.of = np.repeat(np.arange(len(split), dtype=np.int64), self.counts)
        self.codes = self.codes[: len(self.of)]

    def sorted(self) -> Hashes:
        """A hash of the words in any order."""
        return self._summed(mixed(hashed(self.words))[self.codes])

    def sounds(self) -> Hashes:
        """A hash of the sounds of the words in their order, and of the first letter."""
        place = np.uint64(2) * spread(self.counts).astype(np.uint64) + np.uint64(1)
        heard = hashed(map(sound, self.words))[self.codes]
        starts = hashed(value[:1] for value in self.names.distinct)
        return mixed(self._summed(mixed(heard, place)), np.append(starts, np.uint64(0))[self.names.codes])

    def rarest(self, facts: Facts) -> tuple[Hashes, Hashes]:
        """Hashes of the two rarest words of every name, by steps of how many cards have them, then in a fixed order."""
        once = distinct(self.of * (len(self.words) + 1) + self.codes)
        of, word = once // (len(self.words) + 1), once % (len(self.words) + 1)
        seen = np.bincount(word, weights=self.names.counts()[of], minlength=len(self.words))
        hashes = hashed(self.words)
        ranked = np.lexsort((hashes, step(facts.words(hashes, seen.astype(np.int64)))))
        rank = np.empty(len(self.words), dtype=np.int64)
        rank[ranked] = np.arange(len(self.words))
        order = np.sort(of * (len(self.words) + 1) + rank[word])
        of, word = order // (len(self.words) + 1), ranked[order % (len(self.words) + 1)]
        place = spread(np.bincount(of, minlength=len(self.counts)))
        return self._chosen(of, word, place == 0, hashes), self._chosen(of, word, place == 1, hashes)

    def _chosen(self, of: Integers, word: Integers, chosen: np.ndarray, hashes: Hashes) -> Hashes:
        found = np.zeros(len(self.counts) + 1, dtype=np.uint64)
        found[of[chosen]] = hashes[word[chosen]]
        return found[self.names.codes]

    def _summed(self, hashes: Hashes) -> Hashes:
        total = np.cumsum(np.append(np.uint64(0), hashes), dtype=np.uint64)
        ends = np.append(0, np.cumsum(self.counts))
        return np.append(total[ends[1:]] - total[ends[:-1]], np.uint64(0))[self.names.codes]
