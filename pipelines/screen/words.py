"""Folding of raw text to plain words, for the rules of this folder only; the normal forms of verify are its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_NOT_A_WORD_ANYWHERE = re.compile(r"[\W_]+")
_DROPPED = str.maketrans("", "", ".")


def fold(text: str) -> str:
    """Lower case without accents; everything else as it is."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache(maxsize=32_768)
def words(text: str) -> str:
    """The folded words of a text with one space between; dots vanish, so that `S.A.` is `sa`."""
    folded = fold(text).translate(_DROPPED)
    return (_NOT_A_WORD if folded.isascii() else _NOT_A_WORD_ANYWHERE).sub(" ", folded).strip()


def squeezed(text: str) -> str:
    """The folded words of a text with nothing between."""
    return words(text).replace(" ", "")


def flat(node: Any) -> list[str]:  # noqa: ANN401 - rule data is nested as its subject needs
    """Every text of nested rule data, in order."""
    if isinstance(node, str):
        return [node]
    return [text for below in (node.values() if isinstance(node, dict) else node) for text in flat(below)]


def any_of(patterns: Iterable[str]) -> str:
    """A regular expression for any of the patterns, the longest first."""
    return "(?:" + "|".join(sorted(set(patterns), key=lambda one: (-len(one), one))) + ")"
