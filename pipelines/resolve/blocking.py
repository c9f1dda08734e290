"""Which pairs are worth comparing: many narrow keys, each too common key skipped, all pairs as integers.

What belongs here: the keys of each kind and the self-join on them. What does not: what a shared key is worth.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

Integers = npt.NDArray[np.int64]
Keys = tuple[Integers, npt.NDArray[np.uint64]]

CAP = 60
"""Rows that a key may have; a key of more is a hub, and its rows meet on narrower keys."""
WIDE_CAP = 8
"""The same for keys of a few letters of a name, which are worth a look only where they are rare."""
PAIRS_PER_ROW = 60
"""Bound on the candidates: above it the cap is lowered."""
_CLASSES = str.maketrans({
    **dict.fromkeys("bpfvw", "1"), **dict.fromkeys("ckgqxsz", "2"), **dict.fromkeys("dt", "3"),
    **dict.fromkeys("lr", "4"), **dict.fromkeys("mn", "5"), **dict.fromkeys("aeiouyhj 0123456789", ""),
})  # fmt: skip
_RARE = 2


@lru_cache(maxsize=1 << 16)
def sound(word: str) -> str:
    """A coarse phonetic key: the consonant classes of the word, without repetition; vowels and h are silent."""
    classes = word.replace("ph", "f").translate(_CLASSES)
    return "".join(one for at, one in enumerate(classes) if at == 0 or classes[at - 1] != one)


def _head(length: int) -> Callable[[str], str]:
    return lambda text: text.replace(" ", "")[:length]


def candidates(cards: pd.DataFrame, kind: str, *, wide: bool = False) -> tuple[Integers, Integers]:
    """Pairs of rows that share at least one key.

    Args:
        cards: Features with a RangeIndex.
        kind: `company`, `person` or `site`.
        wide: Whether by the wide keys (a few letters of a name, where they are rare) instead of the narrow ones. Pairs
            that only a wide key found are so seldom the same that they would blur what EM learns.

    Returns:
        Two arrays, `left < right` in every place, sorted and distinct.
    """
    narrow_keys, wide_keys = (
        (_person_keys, _wide_person_keys) if kind == "person" else (_company_keys, _wide_company_keys)
    )
    return _joined(wide_keys(cards), WIDE_CAP) if wide else _joined(narrow_keys(cards), CAP)


def _joined(made: Iterator[Keys], cap: int) -> tuple[Integers, Integers]:
    rows, keys = zip(*[_salted(salt, one) for salt, one in enumerate(made)], strict=True)
    return join(np.concatenate(rows), np.concatenate(keys), cap)


def _salted(salt: int, made: Keys) -> Keys:
    return made[0], made[1] * np.uint64(2654435761) + np.uint64(salt)


def join(rows: Integers, keys: npt.NDArray[np.uint64], cap: int = CAP) -> tuple[Integers, Integers]:
    """All pairs of rows with an equal key that no more than `cap` rows have.

    Args:
        rows: A row number a key.
        keys: The hashed keys.
        cap: Lowered further where the pairs would be more than `PAIRS_PER_ROW` a row.
    """
    table = pd.DataFrame({"key": keys, "row": rows}).drop_duplicates().sort_values(["key", "row"])
    sizes = table.groupby("key")["row"].transform("size").to_numpy()
    limit = _limit(sizes, cap, int(rows.max(initial=0)) + 1)
    table = table[(sizes > 1) & (sizes <= limit)]
    key, row = table["key"].to_numpy(), table["row"].to_numpy()
    at, found = np.arange(len(key)), []
    span = len(rows) and int(rows.max()) + 1
    for step in range(1, limit):
        at = at[at + step < len(key)]
        at = at[key[at] == key[at + step]]
        if not len(at):
            break
        found.append(row[at] * span + row[at + step])
    pairs = distinct(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)
    return (pairs // span, pairs % span) if found else (pairs, pairs)


def distinct(values: Integers) -> Integers:
    """The distinct values, sorted: by sorting, which for many nearly distinct integers is faster than hashing."""
    ordered = np.sort(values)
    return np.asarray(ordered[np.diff(ordered, prepend=-1) != 0], dtype=np.int64)


def _limit(sizes: Integers, cap: int, rows: int) -> int:
    while cap > 4 and (sizes[sizes <= cap] - 1).sum() / 2 > PAIRS_PER_ROW * max(rows, 1):  # noqa: PLR2004 - a floor
        cap = cap * 3 // 4
    return cap


class _Hashes:
    """Hashes of derived columns, worked out once a distinct value; 0 stands for absent."""

    def __init__(self, cards: pd.DataFrame) -> None:
        self.cards = cards

    def of(self, field: str, derive: Callable[[str], str] = str) -> npt.NDArray[np.uint64]:
        codes, values = pd.factorize(self.cards[field])
        hashes = _hashed([derive(value) for value in values])
        return hashes[codes]


def _all(*parts: npt.NDArray[np.uint64]) -> Keys:
    """A key of several parts, of the rows that have them all."""
    rows = np.flatnonzero(np.logical_and.reduce([part != 0 for part in parts]))
    key = np.zeros(len(rows), dtype=np.uint64)
    for part in parts:
        key = (key * np.uint64(1099511628211)) ^ part[rows]
    return rows.astype(np.int64), key


def _each(cards: pd.DataFrame, field: str) -> Keys:
    """A key for every one of the values between `;`."""
    values = cards[field][cards[field] != ""].str.split(";").explode()
    return values.index.to_numpy(dtype=np.int64), pd.util.hash_array(values.to_numpy(dtype=object))


def _person_keys(cards: pd.DataFrame) -> Iterator[Keys]:
    hashes = _Hashes(cards)
    first, initial, first3 = hashes.of("first"), hashes.of("first", _head(1)), hashes.of("first", _head(3))
    last, last4, last_sound = hashes.of("last"), hashes.of("last", _head(4)), hashes.of("last", sound)
    first_sound = hashes.of("first", sound)
    email, phone, employer = hashes.of("email"), hashes.of("phone"), hashes.of("employer")
    company, domain, street = hashes.of("company", _head(8)), hashes.of("domain"), hashes.of("street")
    local, postal, locality = hashes.of("email", _local), hashes.of("postal"), hashes.of("locality")
    yield _each(cards, "identifiers")
    yield _all(email)
    yield _all(local, last_sound)
    yield _all(local, first3)
    yield _all(first, last)
    yield _swapped(first, last)
    yield _all(first_sound, last_sound, initial)
    for place in (employer, company, domain, phone, street, postal):
        yield _all(place, last4)
        yield _all(place, first3)
        yield _all(place, initial, last_sound)
    yield _all(employer, phone)
    yield _all(locality, last, initial)
    yield _all(locality, first, last4)
    yield _all(street, locality)
    yield _swapped(first_sound, last_sound)


def _wide_person_keys(cards: pd.DataFrame) -> Iterator[Keys]:
    hashes = _Hashes(cards)
    first, initial, last = hashes.of("first"), hashes.of("first", _head(1)), hashes.of("last")
    yield _all(initial, last)
    yield _all(initial, hashes.of("last", sound))
    yield _all(first, hashes.of("last", _head(2)))
    yield _all(hashes.of("email", _head(7)))


def _wide_company_keys(cards: pd.DataFrame) -> Iterator[Keys]:
    hashes = _Hashes(cards)
    _, second = _rare(cards["name"])
    yield _all(second)
    yield _all(hashes.of("name", _head(5)))
    yield _all(hashes.of("postal"))


def _swapped(first: npt.NDArray[np.uint64], last: npt.NDArray[np.uint64]) -> Keys:
    """Given and family name in either order."""
    return _all(np.minimum(first, last), np.maximum(first, last))


def _local(email: str) -> str:
    return email.partition("@")[0]


def _company_keys(cards: pd.DataFrame) -> Iterator[Keys]:
    hashes = _Hashes(cards)
    name, compact, sounds = hashes.of("name", _sorted), hashes.of("name", _head(99)), hashes.of("name", _sounds)
    head5, head9, initials = hashes.of("name", _head(5)), hashes.of("name", _head(9)), hashes.of("name", _initials)
    domain, phone, street = hashes.of("domain"), hashes.of("phone"), hashes.of("street")
    postal, locality, country = hashes.of("postal"), hashes.of("locality"), hashes.of("country")
    rarest, second = _rare(cards["name"])
    yield _each(cards, "identifiers")
    yield _names(cards)
    yield from (_all(one) for one in (name, compact, sounds, head9, domain, hashes.of("email"), phone, initials))
    yield _all(domain, head5)
    yield _all(phone, head5)
    yield _all(rarest, second)
    for place in (postal, locality, street):
        yield _all(place, rarest)
        yield _all(place, second)
        yield _all(place, head5)
        yield _all(place, initials)
    yield _all(rarest, country)
    yield _all(rarest)
    yield _all(street, postal)
    yield _all(street, locality)


def _names(cards: pd.DataFrame) -> Keys:
    """Present and former names under one key, where any card tells a former one."""
    if not (cards["former"] != "").any():
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.uint64)
    both = (cards["name"] + ";" + cards["former"]).str.strip(";")
    return _each(pd.DataFrame({"names": both}), "names")


def _sorted(name: str) -> str:
    return " ".join(sorted(name.split()))


def _sounds(name: str) -> str:
    words = name.split()
    return " ".join([name[:1], *(sound(word) for word in words)]) if name else ""


def _initials(name: str) -> str:
    """The acronym of a name of three words or more; a name of one short word is its own."""
    words = name.split()
    if len(words) == 1:
        return name if 3 <= len(name) <= 6 else ""  # noqa: PLR2004 - acronyms have three to six letters
    return "".join(word[0] for word in words) if len(words) > 2 else ""  # noqa: PLR2004


def _rare(names: pd.Series[str]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """Hashes of the two rarest words of every name, by how many cards have them."""
    codes, values = pd.factorize(names)
    times = np.bincount(codes, minlength=len(values))
    seen: Counter[str] = Counter()
    for value, count in zip(values, times, strict=True):
        for word in set(value.split()):
            seen[word] += int(count)
    ranked = [sorted(set(value.split()), key=lambda word: (seen[word], word))[:_RARE] for value in values]
    first, second = (
        _hashed([words[place] if len(words) > place else "" for words in ranked]) for place in range(_RARE)
    )
    return first[codes], second[codes]


def _hashed(values: list[str]) -> npt.NDArray[np.uint64]:
    array = np.array(values, dtype=object)
    hashes: npt.NDArray[np.uint64] = pd.util.hash_array(array) if len(array) else np.zeros(1, dtype=np.uint64)
    return np.where(array == "", np.uint64(0), hashes) if len(array) else hashes
