"""Names taken apart: the words of a company's name and its legal form, the parts of a person's name.

What belongs here: scripts, order, titles, particles, numerals and abbreviations, as rules over the data of `words.py`.
What does not: how alike two names are (`judges.py`, `aligning.py`).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from anyascii import anyascii
from rapidfuzz import process
from rapidfuzz.distance import OSA

from pipelines.resolve.forms import DOTTED_FORMS, EASTERN_FORMS, END_FORMS, FORM_PHRASES, FORMS, LONG_FORMS
from pipelines.resolve.words import (
    ABBREVIATIONS,
    COMPOUND_FAMILIES,
    CREDENTIALS,
    GENERATIONS,
    HONORIFICS,
    NAME_STOPS,
    NUMERALS,
    PARTICLES,
    PATRONYMICS,
    PERHAPS_HONORIFICS,
    SPELLINGS,
    TRANSLITERATED_FAMILIES,
)
from pipelines.verify.company_name import forms

_SEPARATE = re.compile(r"[^0-9a-z]+")
_APOSTROPHES = re.compile(r"['’`ʹʺ]")  # noqa: RUF001 - typographic apostrophes occur in names
_INITIALS = re.compile(r"(?<=\b\w)\.(?=\w\b|\s|$)|['’`]")  # noqa: RUF001 - typographic apostrophes occur in names
_DOTTED = re.compile(r"\b(?:[^\W\d_]{1,2}\.){2,}")
_EAST_ASIAN = re.compile(
    r"[\u3400-\u9fff\uac00-\ud7af]{2,4}|[\u3400-\u9fff\uac00-\ud7af]{1,2}[ \u3000][\u3400-\u9fff\uac00-\ud7af]{1,3}"
)
_HUMPS = re.compile(r"[A-Z][a-z]{2,}[A-Z][a-z]{2,}")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TOP = r"\.(?:com|net|org|io|co|ai|biz|info|eu|[a-z]{2})(?=$|[\s,])"
_HOST_END = re.compile(_TOP, re.IGNORECASE)
_HOST = re.compile(r"(?:www\.)?([\w-]{2,})" + _TOP, re.IGNORECASE)
_EASTERN_FORMS = re.compile("|".join(EASTERN_FORMS))
_TITLES = CREDENTIALS | HONORIFICS
_GENERATIONS = frozenset(GENERATIONS)
_NO_NAMES = _TITLES | _GENERATIONS
_TOLD = _NO_NAMES | PARTICLES
_PLAIN = re.compile(r"([A-Za-z]{2,}) ([A-Za-z]{3,})")
_ASCII = {at: chr(at).lower() if chr(at).isalnum() else " " for at in range(128)}
_UNQUOTED = {**_ASCII, ord("'"): None, ord("`"): None}
_DOTS = 2
_CLOSED_UP = ((" s p a ", " spa "), (" n v ", " nv "), (" l l c ", " llc "))
_PHRASES = (*_CLOSED_UP, *((phrase, f" {form} ") for phrase, form in FORM_PHRASES))
_STARTS = frozenset(phrase.split()[0] for phrase, _ in _PHRASES)
_ALL_END_FORMS = END_FORMS | DOTTED_FORMS
_CANONICAL = {**NUMERALS, **{word: NUMERALS.get(whole, whole) for word, whole in ABBREVIATIONS.items()}}
_SEEN_AMISS = re.compile(r"[0158]|vv")
_MISREAD = re.compile(r"(?<=[a-z])[0158](?=[a-z])|\b[018](?=[a-z]{3})|\b5(?=[a-z]{6})|vv")
_MEANT = {"0": "o", "1": "l", "5": "s", "8": "b", "vv": "w"}
_DIGRAPH = re.compile(r"(?<![aeq])([aou])e")
"""An umlaut written as two letters; it is not shown, so that it matters little that Phoenix loses an e."""
_LEAST_FORM, _LONG_FORM, _FORM_EDITS = 4, 11, 2
_SHOUTED_LEAST, _FULL, _LONGEST_FORM, _LONG_ENOUGH = 3, 3, 7, 6


def latin(text: str) -> str:
    """The text in lower case Latin letters; what transliteration leaves for soft letters is no separator."""
    plain = text.casefold()
    return plain if plain.isascii() else _APOSTROPHES.sub("", anyascii(plain).lower())


def fold(text: str) -> str:
    """Lower case ASCII words with one space between: the same for every script that can be transliterated."""
    if text.isascii():
        return " ".join(text.translate(_ASCII).split())
    return _SEPARATE.sub(" ", latin(text)).strip()


def as_read(folded: str) -> str:
    """A folded text with what a scan saw in place of a letter inside a word put right: `g1ass`, `0live`, `vvest`."""
    if not _SEEN_AMISS.search(folded):
        return folded
    return _MISREAD.sub(lambda found: _MEANT[found.group()], folded)


@lru_cache(maxsize=1 << 16)
def spelt(word: str) -> str:
    """A word as other languages may spell it, brought to one form: `sergey`, `sergei` and `sergej` are equal here."""
    for written, plain in SPELLINGS:
        word = word.replace(written, plain)
    word = "".join(one for at, one in enumerate(word) if not at or one != word[at - 1])
    return f"{word[:-1]}i" if len(word) > _FULL and word[-1] in "yj" else word


def company_words(text: str) -> tuple[list[str], str]:
    """The words of a company's name without its legal form, and that form.

    Returns:
        Words in order and the legal form's words joined; when nothing but a form is there, it is the name.
    """
    if not text.isascii():
        text = _EASTERN_FORMS.sub(" ", text).strip() or text
    ends = END_FORMS if text.isascii() and "." not in text else _ALL_END_FORMS
    words, official = _without_end(_phrased([_of_a_form(word) for word in _company_folded(text)]), ends)
    form = " ".join(sorted(({FORMS[word] for word in words if word in FORMS} | official) - {""}))
    core = _canonical([word for word in words if word not in FORMS])
    named = [word for word in core if word not in NAME_STOPS]
    return (named, form) if named else ([word for word in words if word not in NAME_STOPS] or words, "")


def _company_folded(text: str) -> list[str]:
    """Folded words, signs that are read as words written out, and letters with points between (`S.A.`) as one word."""
    plain = latin(_HOST.sub(r"\1", text) if _HOST_END.search(text) else text)
    plain = plain.replace("&", " and ").replace("+", " and ").replace("%", " percent ")
    return as_read(fold(_INITIALS.sub("", plain) if "." in plain or "'" in plain or "`" in plain else plain)).split()


@lru_cache(maxsize=1 << 16)
def _of_a_form(word: str) -> str:
    """A word of legal forms that was misspelt or misread, put right: `aktiengeselschaft`, `limitcd`, `grnbh`."""
    if word in FORMS or len(word) <= _LEAST_FORM:
        return word
    scanned = word.replace("rn", "m")
    if scanned in FORMS:
        return scanned
    meant = process.extractOne(word, LONG_FORMS, scorer=OSA.distance, score_cutoff=_FORM_EDITS)
    if meant is None or (meant[1] == _FORM_EDITS and (len(word) < _LONG_FORM or word[:3] != meant[0][:3])):
        return word
    return meant[0]


def _phrased(words: list[str]) -> list[str]:
    """The words with a legal form of several brought to its short form."""
    starts = _STARTS.intersection(words[:-1])
    if not starts:
        return words
    folded = f" {' '.join(words)} "
    for phrase, form in _phrases(frozenset(starts)):
        if phrase in folded:
            folded = folded.replace(phrase, form)
    return folded.split()


@cache
def _phrases(starts: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """The legal forms of several words that begin with one of some words, in order."""
    return tuple((phrase, form) for phrase, form in _PHRASES if phrase.split()[0] in starts)


@cache
def _form_ends() -> frozenset[tuple[str, ...]]:
    """The last two words of official legal forms of several words."""
    return frozenset(form[-2:] for form in forms() if len(form) > 1)


def _without_end(words: list[str], ends: frozenset[str]) -> tuple[list[str], set[str]]:
    """Takes a legal form off the end: one that is a word of its own elsewhere, or an official one of several words."""
    if len(words) > 1 and words[-1] in ends:
        return words[:-1], {words[-1]}
    if tuple(words[-2:]) not in _form_ends():
        return words, set()
    table = forms()
    for size in range(min(_LONGEST_FORM, len(words) - 1), 1, -1):
        official = table.get(tuple(words[-size:]))
        if official is not None:
            known = {FORMS[word] for word in words[-size:] if word in FORMS}
            return words[:-size], known or {fold(official).replace(" ", "")}
    return words, set()


@lru_cache(maxsize=1 << 16)
def _stands_for(word: str) -> str:
    """The word that stands for one and all that are written short, in other languages or with an e for an umlaut."""
    plain = undoubled(word) if len(word) >= _LONG_ENOUGH else word
    return _CANONICAL.get(plain, plain)


def undoubled(text: str) -> str:
    """The text with umlauts that are written as two letters as one: `mueller` is `muller`."""
    return _DIGRAPH.sub(r"\1", text)


def _canonical(words: list[str]) -> list[str]:
    """The words in the form that stands for each; a letter is a numeral only after a name (Fund V, not X Bank)."""
    whole = [_stands_for(word) for word in words]
    if words and len(words[0]) == 1:
        whole[0] = words[0]
    return whole


def person_parts(full: str, first: str, last: str) -> tuple[str, str, str, str]:
    """First, middle and last name and generation (`jr`), folded; from the parts where given, else from the whole.

    Args:
        full: The name as written, `First Middle Last` or `Last, First Middle`.
        first: Given name or ''.
        last: Family name or ''.
    """
    plain = None if first or last else _PLAIN.fullmatch(full)
    if plain and _reads_on(*plain.groups()):
        return plain[1].lower(), "", plain[2].lower(), ""
    given, family = (_plain_words(first, 1), _plain_words(last, 1)) if first or last else _split(full)
    if _GENERATIONS.isdisjoint(given) and _GENERATIONS.isdisjoint(family):
        return (given[0] if given else ""), " ".join(given[1:]), " ".join(family), ""
    told = [GENERATIONS[word] for word in (*given[1:], *family) if word in GENERATIONS]
    given = [word for at, word in enumerate(given) if word not in GENERATIONS or not at]
    family = [word for word in family if word not in GENERATIONS] or family
    return (given[0] if given else ""), " ".join(given[1:]), " ".join(family), (told or [""])[0]


def _reads_on(one: str, other: str) -> bool:
    """Whether two words of letters are a given and a family name, with nothing that must be told apart first."""
    if one.isupper() and not other.isupper():
        return False
    return {one.lower(), other.lower()}.isdisjoint(_TOLD)


def _plain_words(text: str, least: int = 2) -> list[str]:
    """Folded words without titles before and, where `least` words are left, letters after the name."""
    words = _person_folded(text)
    if len(words) > least and words[0] in PERHAPS_HONORIFICS:
        words = words[1:]
    if _TITLES.isdisjoint(words):
        return words
    kept = [word for word in words if word not in HONORIFICS] or words
    while len(kept) > least and kept[-1] in CREDENTIALS:
        kept = kept[:-1]
    return kept


def _person_folded(text: str) -> list[str]:
    """Folded words, without the apostrophes within them."""
    whole = _joined(text)
    if whole.isascii():
        words = whole.translate(_UNQUOTED).split()
    else:
        words = fold(_INITIALS.sub(" ", _APOSTROPHES.sub("", whole))).split()
    return [_without_digits(word) for word in words] if _SEEN_AMISS.search(whole) else words


def _without_digits(word: str) -> str:
    """A word of a person's name, which has no digits: what a scan saw in place of letters put right."""
    return word if word.isdigit() else "".join(_MEANT.get(one, one) for one in word)


def _joined(text: str) -> str:
    """The text with the points taken out of letters after the name."""
    return _DOTTED.sub(_undotted, text) if text.count(".") >= _DOTS else text


def _undotted(found: re.Match[str]) -> str:
    """`M.D.` is one word, `J.R.` two."""
    joined = found[0].replace(".", "")
    return joined if joined.casefold() in CREDENTIALS else found[0]


def _split(full: str) -> tuple[list[str], list[str]]:
    asian = None if full.isascii() else _EAST_ASIAN.fullmatch(full.strip())
    if asian:
        return _surname_first(asian[0])
    if "," in full:
        head, _, tail = _joined(full).partition(",")
        given, family = _plain_words(tail, 1), _plain_words(head, 1)
        if given and not _NO_NAMES.issuperset(fold(tail).split()):
            return given, family
        full = head + " " + " ".join(word for word in fold(tail).split() if word in GENERATIONS)
    if " " not in full and _HUMPS.fullmatch(full):
        full = _HUMP.sub(" ", full)
    return _ordered(full, _plain_words(full))


def _surname_first(name: str) -> tuple[list[str], list[str]]:
    """A Chinese, Japanese or Korean name in its own script: the family name comes first."""
    family, _, given = name.replace("\u3000", " ").partition(" ")
    if not given:
        cut = 2 if len(name) > 2 and name[:2] in COMPOUND_FAMILIES else 1  # noqa: PLR2004 - a compound is of two
        family, given = name[:cut], name[cut:]
    plain = latin(family).replace(" ", "")
    return [latin(given).replace(" ", "")], [TRANSLITERATED_FAMILIES.get(plain, plain)]


def _ordered(full: str, words: list[str]) -> tuple[list[str], list[str]]:
    ending = [words.pop()] if len(words) > 2 and words[-1] in GENERATIONS else []  # noqa: PLR2004 - first and last
    if _family_first(full, words):
        head = _hyphened(full.split()[:1], words[:-1])
        return [*words[head:], *ending], words[:head]
    cut = len(words) - _hyphened(full.split()[-1:], words[1:][::-1])
    while cut > 1 and words[cut - 1] in PARTICLES:
        cut -= 1
    return ([*words[:cut], *ending], words[cut:]) if cut > 0 else ([], words)


def _hyphened(raw: list[str], words: list[str]) -> int:
    """How many of the words a name with hyphens, as written, makes; 1 where it has none or is not theirs."""
    parts = fold(raw[0]).split() if raw and "-" in raw[0] else []
    return len(parts) if 1 < len(parts) <= len(words) and sorted(words[: len(parts)]) == sorted(parts) else 1


def _family_first(full: str, words: list[str]) -> bool:
    """Whether the name is written family name first: an initial or a patronymic ends it, or the first word shouts."""
    if len(words) > 1 and len(words[-1]) == 1 < len(words[0]):
        return True  # no family name is an initial
    if (
        len(words) == _FULL
        and words[2].endswith(PATRONYMICS)
        and len(words[1]) > 1
        and not words[1].endswith(PATRONYMICS)
    ):
        return True
    raw = full.split()
    if len(words) < 2 or len(raw) != len(words) or not _shouted(raw[0], words):  # noqa: PLR2004 - first and last
        return False
    return not any(_shouted(word, words) for word in raw[1:])


def _shouted(raw: str, words: list[str]) -> bool:
    """Whether a word as written is all capitals and one of the words of the name."""
    word = raw.strip(".,")
    return word.isupper() and len(word) >= _SHOUTED_LEAST and fold(word) in words
