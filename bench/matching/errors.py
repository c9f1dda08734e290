"""How values go wrong: the single errors that studies of typed, scanned and dictated data describe.

What belongs here: functions of a text and random numbers in [0, 1) to the same text with one error. What does not: how
often a field has one (`febrl.py`, `hard.py`). The kinds and shares of errors are those that Christen and Pudjijono
(2009) and the notes of FEBRL's data set generator report from Damerau (1964), Pollock and Zamora (1984) and Kukich
(1992): an error is seldom in the first letter, a wrong key is one beside the right one, a scanner confuses shapes, a
listener sounds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Texts = npt.NDArray[np.object_]
Error = Callable[[str, float, float], str]

_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_DIGITS = "1234567890"
_SHAPES = ("m rn", "rn m", "l 1", "1 l", "o 0", "0 o", "i l", "l i", "e c", "c e", "q g", "h b", "cl d", "d cl", "w vv",
           "n ri", "g q", "s 5", "5 s", "b 8", "8 b", "z 2", "2 z", "u v", "f t", "3 8", "6 8", "7 1")  # fmt: skip
_SOUNDS = ("ph f", "f ph", "ck k", "k ck", "c k", "k c", "z s", "s z", "y i", "i y", "v w", "w v", "ie y", "ei ai",
           "ai ei", "ai ay", "th t", "t th", "ll l", "l ll", "nn n", "n nn", "tt t", "t tt", "ss s", "sch sh", "sh sch",
           "dt t", "ee ea", "ea ee", "ou u", "oo u", "gh g", "mb m", "x ks", "qu kw", "ge je", "tz z", "d t", "b p",
           "er or", "ar er", "ö oe", "ü ue", "ä ae", "ß ss", "é e", "ø o")  # fmt: skip
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _beside() -> dict[str, str]:
    found = {digit: _DIGITS[(at - 1) % 10] + _DIGITS[(at + 1) % 10] for at, digit in enumerate(_DIGITS)}
    for row, keys in enumerate(_KEYS):
        for at, key in enumerate(keys):
            side = keys[max(at - 1, 0) : at] + keys[at + 1 : at + 2]
            above = _KEYS[row - 1][at : at + 2] if row else ""
            below = _KEYS[row + 1][max(at - 1, 0) : at + 1] if row + 1 < len(_KEYS) else ""
            found[key] = side * 2 + above + below
    return found


_NEIGHBOURS = _beside()


def _at(text: str, chance: float) -> int:
    """A place in the text, seldom the first: the mean of the places is behind the middle."""
    return min(int(len(text) * chance**0.8), len(text) - 1)


def _like(char: str, other: str) -> str:
    return other.upper() if char.isupper() else other


def _any(char: str, chance: float) -> str:
    pool = _DIGITS if char.isdigit() else _LETTERS
    return _like(char, pool[int(chance * len(pool))])


def inserted(text: str, where: float, what: float) -> str:
    at = _at(text, where)
    return text[: at + 1] + _any(text[at], what) + text[at + 1 :]


def deleted(text: str, where: float, what: float) -> str:  # noqa: ARG001 - every error has the same signature
    at = _at(text, where)
    return text[:at] + text[at + 1 :]


def mistyped(text: str, where: float, what: float) -> str:
    """The key beside the right one in seven of ten cases, any in three."""
    at = _at(text, where)
    beside = _NEIGHBOURS.get(text[at].lower(), "")
    char = _like(text[at], beside[int(what / 0.7 * len(beside))]) if beside and what < 0.7 else _any(text[at], what)
    return text[:at] + char + text[at + 1 :]


def transposed(text: str, where: float, what: float) -> str:  # noqa: ARG001
    at = min(_at(text, where), len(text) - 2)
    return text if at < 0 else text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _replaced(text: str, rules: Sequence[str], where: float, what: float) -> str:
    """One of the rules that fit, at one of its places."""
    folded = text.lower()
    fitting = [rule for rule in rules if rule.split()[0] in folded]
    if not fitting or len(folded) != len(text):
        return text
    old, new = fitting[int(what * len(fitting))].split()
    places = [at for at in range(len(folded)) if folded.startswith(old, at)]
    at = places[int(where * len(places))]
    return text[:at] + (new.capitalize() if text[at].isupper() else new) + text[at + len(old) :]


def scanned(text: str, where: float, what: float) -> str:
    return _replaced(text, _SHAPES, where, what)


def misheard(text: str, where: float, what: float) -> str:
    return _replaced(text, _SOUNDS, where, what)


def split(text: str, where: float, what: float) -> str:  # noqa: ARG001
    at = _at(text, where)
    return text[: at + 1] + " " + text[at + 1 :]


def merged(text: str, where: float, what: float) -> str:  # noqa: ARG001
    spaces = [at for at, char in enumerate(text) if char == " "]
    if not spaces:
        return text
    at = spaces[int(where * len(spaces))]
    return text[:at] + text[at + 1 :]


def reordered(text: str, where: float, what: float) -> str:  # noqa: ARG001
    words = text.split(" ")
    if len(words) < 2:
        return text
    at = int(where * (len(words) - 1))
    words[at], words[at + 1] = words[at + 1], words[at]
    return " ".join(words)


def missing(text: str, where: float, what: float) -> str:  # noqa: ARG001
    return ""


ERRORS: dict[str, Error] = {
    "insert": inserted, "delete": deleted, "type": mistyped, "transpose": transposed, "scan": scanned,
    "hear": misheard, "split": split, "merge": merged, "reorder": reordered, "miss": missing,
}  # fmt: skip


def spoil(values: Texts, rows: npt.NDArray[Any], kinds: Sequence[str], rng: np.random.Generator) -> None:
    """One error in each of the rows named, in place; empty values stay empty.

    Args:
        values: The column.
        rows: Places in it; a place named twice gets two errors.
        kinds: An error a place.
        rng: Where the chances come from.
    """
    chances = rng.random((len(rows), 2)).tolist()
    for row, kind, (where, what) in zip(rows.tolist(), kinds, chances, strict=True):
        text = values[row]
        if text:
            values[row] = ERRORS[kind](text, where, what)


def spoil_some(values: Texts, rate: float | npt.NDArray[np.float64], shares: dict[str, float],
               rng: np.random.Generator) -> None:  # fmt: skip
    """Errors in a share of the values, of the kinds and in the shares given, in place."""
    rows = np.flatnonzero(rng.random(len(values)) < rate)
    names, chances = list(shares), np.array(list(shares.values()))
    spoil(values, rows, rng.choice(names, len(rows), p=chances / chances.sum()).tolist(), rng)
