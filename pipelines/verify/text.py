"""What several fields need of text: tidying, folding to ASCII, placeholders, capitals. No field's own rules."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

PLACEHOLDERS = frozenset({
    "n/a", "na", "n.a.", "n.a", "nan", "none", "none found", "null", "nil", "no", "not applicable", "not available",
    "not provided", "not known", "unknown", "unavailable", "unavail", "undefined", "unspecified", "unbekannt",
    "inconnu",
    "desconocido", "tbc", "tbd", "to be confirmed", "test", "x", "xx", "xxx", "xxxx", "no data", "nd", "k.a.", "ka",
    "keine", "keine angabe", "keine angaben", "non renseigne", "neant", "aucun", "ninguno", "no tiene", "sin datos",
    "no disponible", "no website", "no website found", "no email", "no phone", "withheld", "redacted", "dummy",
    "see above", "as above", "same", "default", "-", "nao informado", "puudub", "ingen", "geen",
})  # fmt: skip

_SPACE = re.compile(r"\s+")
_ESCAPE = re.compile(r"<U\+([0-9A-Fa-f]{4,5})>")
_DROPPED = {"Cc": " ", "Cf": "", "Cs": "", "Co": "", "Cn": "", "Zl": " ", "Zp": " "}
_WORDS = re.compile(r"[^\W_]+")


def words(text: str) -> frozenset[str]:
    """The set of words of a text: how the closed lists of the rules are written."""
    return frozenset(text.split())


def tidy(value: str) -> str:
    """The text in NFC, without HTML entities, control and invisible characters, with single spaces, stripped.

    Args:
        value: Any text.
    """
    if "&" in value:
        value = html.unescape(value)
    if "<U+" in value:
        value = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), value)
    if not value.isascii():
        value = unicodedata.normalize("NFC", value)
    if not value.isprintable():
        value = "".join(_DROPPED.get(unicodedata.category(mark), mark) for mark in value)
    return _SPACE.sub(" ", value).strip()


def lines(value: str) -> list[str]:
    """The text's lines, each tidied, blank ones left out."""
    return [line for line in (tidy(each) for each in value.splitlines()) if line]


def fold(value: str) -> str:
    """The text in lower-case ASCII; what has no transcription is left out."""
    return value.lower() if value.isascii() else anyascii(value).lower()


@lru_cache(maxsize=65_536)
def key(value: str) -> str:
    """The words of the text, folded, with single spaces: what look-ups and comparisons are made on."""
    return " ".join(_WORDS.findall(fold(value)))


_ONE_LETTER = re.compile(r"([^\W\d_])\1{5,}", re.IGNORECASE)
"""Text that went through a wrong encoding, or a hand that rested on a key."""
_FIELD = r"(?:(?:first|middle|last|given|family|full|company|your|user)[ _]?name|(?:organi[sz]ation|company|title)\d+)"
_TEMPLATE = re.compile(rf"{_FIELD}(?:[ ,;]+{_FIELD})*")
"""Names of fields, which a template holds in place of what belongs there."""


def is_placeholder(value: str) -> bool:
    """Whether the tidied text says nothing: punctuation alone, or a way of writing that there is nothing."""
    bare = value.strip(" \t\"'.-_*#/\\<>[](){}?!,;:|=~+")
    folded = fold(bare)
    empty = not bare or folded in PLACEHOLDERS or fold(value) in PLACEHOLDERS
    return empty or _ONE_LETTER.fullmatch(bare) is not None or _TEMPLATE.fullmatch(folded) is not None


def is_shouted(value: str) -> bool:
    """Whether all letters are capitals, of a script that has them."""
    return value.isupper()


def is_whispered(value: str) -> bool:
    """Whether no letter is a capital, in a script that has them."""
    return value.islower()


def recapitalise(word: str) -> str:
    """One word with capitals where English and its neighbours put them: O'Brien, McDonald, Jean-Pierre.

    Args:
        word: A word all in capitals or all in small letters.
    """
    return "-".join(_with_capitals(part) for part in word.split("-"))


_IRISH = re.compile(r"^(o|d|l|dell|dall|m|n)(['\u2019])(.+)$", re.IGNORECASE)
_SCOTTISH = re.compile(r"^(mc)([^\W\d_]{2,})$", re.IGNORECASE)


def _with_capitals(part: str) -> str:
    if match := _IRISH.match(part):
        return match[1].capitalize() + match[2] + match[3].capitalize()
    if match := _SCOTTISH.match(part):
        return match[1].capitalize() + match[2].capitalize()
    return part.capitalize()
