"""Drawing from lists: values, frequencies and invented words, in arrays, so that a million rows take seconds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bench.matching.names import listed

Texts = npt.NDArray[np.object_]
Integers = npt.NDArray[np.int64]

_ONSETS, _VOWELS, _CODAS, _TAILS = (listed(part) for part in ("onsets", "vowels", "codas", "tails"))


def texts(values: Sequence[str]) -> Texts:
    """An array of texts, of any length each."""
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found


def falling(count: int, power: float = 1.0, offset: float = 1.0) -> npt.NDArray[np.float64]:
    """Shares that fall with the rank as Zipf found, for names and sizes: 1 / (rank + offset) ** power."""
    shares = 1.0 / (np.arange(count) + offset) ** power
    return np.asarray(shares / shares.sum(), dtype=np.float64)


def pick(rng: np.random.Generator, values: Sequence[str] | Texts, count: int,
         shares: npt.NDArray[np.float64] | Sequence[float] | None = None) -> Texts:  # fmt: skip
    """So many of the values, with replacement."""
    pool = values if isinstance(values, np.ndarray) else texts(values)
    at = rng.integers(0, len(pool), count) if shares is None else rng.choice(len(pool), count, p=_whole(shares))
    return np.asarray(pool[at], dtype=object)


def _whole(shares: npt.NDArray[np.float64] | Sequence[float]) -> npt.NDArray[np.float64]:
    given = np.asarray(shares, dtype=np.float64)
    return np.asarray(given / given.sum(), dtype=np.float64)


def words(rng: np.random.Generator, count: int, syllables: tuple[int, int] = (1, 2), *, tail: bool = True) -> Texts:
    """Distinct invented words with a capital, in no order."""
    found: dict[str, None] = {}
    while len(found) < count:
        short = count - len(found) + 16
        sizes = rng.integers(syllables[0], syllables[1] + 1, short)
        parts = [pick(rng, pool, short) for _ in range(syllables[1]) for pool in (_ONSETS, _VOWELS, _CODAS)]
        ends = pick(rng, _TAILS, short) if tail else texts([""] * short)
        for row, size in enumerate(sizes.tolist()):
            word = "".join(part[row] for part in parts[: 3 * size]) + ends[row]
            found[word.capitalize()] = None
    return texts(list(found)[:count])


def numbers(rng: np.random.Generator, count: int, digits: int) -> Texts:
    """Numbers of so many digits, the first no nought."""
    return texts([str(one) for one in rng.integers(10 ** (digits - 1), 10**digits, count).tolist()])


def times(rng: np.random.Generator, rows: int, most: int, power: float) -> Integers:
    """How many cards each of some entities has, by a falling distribution, until there are `rows` cards."""
    shares = falling(most, power)
    mean = float((shares * np.arange(1, most + 1)).sum())
    sizes = rng.choice(np.arange(1, most + 1), int(rows / mean * 1.2) + 20, p=shares)
    keep = int(np.searchsorted(np.cumsum(sizes), rows)) + 1
    return np.asarray(sizes[:keep], dtype=np.int64)
