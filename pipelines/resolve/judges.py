"""The judges: how alike two values of one field are, as a level, element by element.

What belongs here: one small function a kind of field, and what a level of it takes. What does not: which field of a
card it judges (`comparing.py`), what a level is worth (`mixture.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
from nicknames import NickNamer
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, JaroWinkler, Levenshtein

from pipelines.resolve.blocking import sound
from pipelines.resolve.words import GENERATIONS, GROUP_WORDS

Integers = npt.NDArray[np.int64]
Levels = npt.NDArray[np.int8]
Values = npt.NDArray[np.object_]
Judge = Callable[[Values, Values], Levels]

_LONG_GROUP_WORDS = tuple(sorted(word for word in GROUP_WORDS if len(word) > 5))  # noqa: PLR2004 - fit to be misspelt
_NEAR_GIVEN, NEAR_FAMILY, _WHOLE, _EDITABLE, _LONG = 0.9, 0.92, 100, 4, 8
_NEAR_STREET, _NEAR_TITLE, _NEAR_WORDS, _WORTH_A_LOOK, _CLOSE, _ACRONYM = 85, 80, 88, 65, 0.86, 6
_NEAR_MAILBOX, _NEAR_MIDDLE, _NEAR_SOUND = 0.88, 80, 0.7
_DIGITS = re.compile(r"\d+")

FIRST = ("different", "initial", "near", "nickname", "equal")
LAST = ("different", "part", "near", "equal")
MIDDLE = ("different", "alike", "equal")
EMAIL = ("different", "near", "local", "equal")
PLAIN = ("different", "equal")
NEARLY = ("different", "near", "equal")
STREET = ("different", "street", "near", "equal")
AREA = ("different", "near", "locality", "postal")
EMPLOYER = ("different", "near", "equal", "entity")
NAME = ("different", "kin", "overlap", "part", "acronym", "near", "equal")


def unlike(left: Values, right: Values) -> Levels:  # noqa: ARG001 - a judge takes both sides
    """Equal or not, nothing between."""
    return np.zeros(len(left), dtype=np.int8)


def similarity(left: Values, right: Values, scorer: Callable[..., float]) -> npt.NDArray[np.float32]:
    """The scorer's figure for each pair, on all cores."""
    scores: npt.NDArray[np.float32] = process.cpdist(left, right, scorer=scorer, dtype=np.float32, workers=-1)
    return scores


@cache
def _namer() -> NickNamer:
    return NickNamer()


@lru_cache(maxsize=1 << 16)
def _formal(name: str) -> frozenset[str]:
    """The name and the given names that it is short for."""
    spelt = (name, f"{name[:-2]}y") if name.endswith("ie") else (name,)
    return frozenset({*spelt, *(formal for one in spelt for formal in _namer().canonicals_of(one))})


def given_names(left: Values, right: Values) -> Levels:
    """Given names: one's initial, a nickname of it, or a misspelling."""
    near = (similarity(left, right, JaroWinkler.similarity) >= _NEAR_GIVEN) | _one_edit(left, right)
    near |= _sound_alike(left, right)
    levels = np.where(near, FIRST.index("near"), 0).astype(np.int8)
    for at, (ours, theirs) in enumerate(zip(left, right, strict=True)):
        levels[at] = _given(ours, theirs, int(levels[at]))
    return levels


def _given(left: str, right: str, spelt: int) -> int:
    short, long = sorted((left, right), key=len)
    if len(short) == 1:
        return FIRST.index("initial") if any(name.startswith(short) for name in _formal(long)) else 0
    if _formal(left) & _formal(right):
        return FIRST.index("nickname")
    return 0 if spelt and _counterparts(left, right) else spelt


def akin(left: str, right: str) -> bool:
    """Whether two given names may be one person's: nicknames or spellings of each other."""
    one, other = (np.array([name], dtype=object) for name in (left, right))
    return left == right or bool(given_names(one, other)[0])


def _counterparts(left: str, right: str) -> bool:
    """Whether they are a man's and a woman's form of one name (Paul, Paula), not one name misspelt."""
    return _known(left) and _known(right) and left.rstrip("aeo") == right.rstrip("aeo")


@lru_cache(maxsize=1 << 16)
def _known(name: str) -> bool:
    return bool(_namer().nicknames_of(name) or _namer().canonicals_of(name))


def _sound_alike(left: Values, right: Values) -> npt.NDArray[np.bool_]:
    """The same consonants with other vowels, where there are two or more and the rest is not far off."""
    heard = [[sound(word) for word in side] for side in (left, right)]
    alike = np.fromiter((len(a) > 1 and a == b for a, b in zip(*heard, strict=True)), dtype=bool, count=len(left))
    return np.asarray(alike & (similarity(left, right, JaroWinkler.similarity) >= _NEAR_SOUND), dtype=bool)


def _same_start(left: Values, right: Values) -> npt.NDArray[np.bool_]:
    return np.fromiter((a[:1] == b[:1] for a, b in zip(left, right, strict=True)), dtype=bool, count=len(left))


def _one_edit(left: Values, right: Values) -> npt.NDArray[np.bool_]:
    """One letter wrong, missing, added or swapped in words of four letters or more."""
    long = _lengths(left, right) >= _EDITABLE
    return (similarity(left, right, OSA.distance) <= 1) & long


def _lengths(left: Values, right: Values) -> Integers:
    """The length of the shorter of each two."""
    return np.fromiter((min(len(a), len(b)) for a, b in zip(left, right, strict=True)), dtype=np.int64, count=len(left))


def family_names(left: Values, right: Values) -> Levels:
    """Family names: a shared part of a double name, or a misspelling."""
    near = (similarity(left, right, JaroWinkler.similarity) >= NEAR_FAMILY) | _one_edit(left, right)
    part = similarity(left, right, fuzz.token_set_ratio) >= _WHOLE
    return np.where(near, LAST.index("near"), np.where(part, LAST.index("part"), 0)).astype(np.int8)


def middle_names(left: Values, right: Values) -> Levels:
    """Middle names and generations: the one may be the other's initial."""
    fits = [a[:1] == b[:1] and 1 in (len(a.split()[0]), len(b.split()[0])) for a, b in zip(left, right, strict=True)]
    told_apart = [_generation(a) != _generation(b) and bool(_generation(a) and _generation(b))
                  for a, b in zip(left, right, strict=True)]  # fmt: skip
    alike = np.array(fits, dtype=bool) | (similarity(left, right, fuzz.token_set_ratio) >= _NEAR_MIDDLE)
    return np.asarray(alike & ~np.array(told_apart, dtype=bool), dtype=np.int8)


def _generation(middle: str) -> str:
    last = middle.rsplit(maxsplit=1)[-1]
    return last if last in GENERATIONS else ""


def mailboxes(left: Values, right: Values) -> Levels:
    """Mailboxes: the same before the @, or a misspelling of the whole."""
    local = np.fromiter((a.partition("@")[0] == b.partition("@")[0] for a, b in zip(left, right, strict=True)),
                        dtype=bool, count=len(left))  # fmt: skip
    near = similarity(left, right, OSA.normalized_similarity) >= _NEAR_MAILBOX
    near &= _same_start(left, right)
    return np.where(local, EMAIL.index("local"), np.where(near, EMAIL.index("near"), 0)).astype(np.int8)


def streets(left: Values, right: Values) -> Levels:
    """Streets: the same street with the same number, or with another one."""
    numbers = [_number(a) == _number(b) or not (_number(a) and _number(b)) for a, b in zip(left, right, strict=True)]
    bare = [np.array([_DIGITS.sub("", value).strip() for value in side], dtype=object) for side in (left, right)]
    same = similarity(bare[0], bare[1], fuzz.token_set_ratio) >= _NEAR_STREET
    return np.where(same, np.where(numbers, STREET.index("near"), STREET.index("street")), 0).astype(np.int8)


@lru_cache(maxsize=1 << 16)
def _number(street: str) -> str:
    found = _DIGITS.search(street)
    return found.group() if found else ""


def titles(left: Values, right: Values) -> Levels:
    """Job titles: words in common."""
    return (similarity(left, right, fuzz.token_set_ratio) >= _NEAR_TITLE).astype(np.int8)


def numbers(left: Values, right: Values) -> Levels:
    """Other numbers of one scheme: one or two characters wrong."""
    return (similarity(left, right, OSA.distance) <= 1).astype(np.int8)


def words_alike(left: Values, right: Values) -> Levels:
    """Places by name: most of the words the same."""
    near = similarity(left, right, fuzz.token_sort_ratio) >= _NEAR_WORDS
    return (near | (similarity(left, right, JaroWinkler.similarity) >= NEAR_FAMILY)).astype(np.int8)


def employers(left: Values, right: Values) -> Levels:
    """Employers: another spelling, a shorter name, or one of the same group, unless a number tells them apart."""
    levels = organisation_names(left, right)
    related = (levels >= NAME.index("part")) | (levels == NAME.index("kin"))
    for at in np.flatnonzero(related):
        related[at] = _DIGITS.findall(left[at]) == _DIGITS.findall(right[at])
    return np.asarray(related, dtype=np.int8)


def organisation_names(left: Values, right: Values) -> Levels:
    """Names of organisations, word by word: misspelt, shortened, an acronym, or a relative's (Holding, II, France)."""
    worth = np.maximum(similarity(left, right, fuzz.token_set_ratio), similarity(left, right, fuzz.ratio))
    short = _lengths(left, right) <= _ACRONYM
    levels = np.zeros(len(left), dtype=np.int8)
    for at in np.flatnonzero((worth >= _WORTH_A_LOOK) | short):
        levels[at] = _organisation(left[at], right[at])
    return levels


def _organisation(left: str, right: str) -> int:
    if left.replace(" ", "") == right.replace(" ", ""):
        return NAME.index("near")
    if _acronym(left, right) or _acronym(right, left):
        return NAME.index("acronym")
    ours, theirs = left.split(), right.split()
    common = [word for word in ours if word in theirs]
    ours, theirs = [w for w in ours if w not in common], [w for w in theirs if w not in common]
    matched = _matched(ours, theirs)
    return NAME.index(_relation(bool(common or matched), ours, theirs, _close(left, right)))


def _relation(akin: bool, ours: list[str], theirs: list[str], close: bool) -> str:  # noqa: FBT001
    """The level of two names by the words that stand in one of them only."""
    if not (ours or theirs):
        return "near"
    if not akin:
        return "near" if close else "different"
    if any(side and all(map(_tells_apart, side)) for side in (ours, theirs)):
        return "kin"
    if not (ours and theirs):
        return "part"
    return "near" if close and len(ours) + len(theirs) > 2 else "overlap"  # noqa: PLR2004 - words cut elsewhere


@lru_cache(maxsize=1 << 16)
def _tells_apart(word: str) -> bool:
    """Whether the word names a member of a group, even misspelt."""
    if word in GROUP_WORDS or word.isdigit() or len(word) == 1:
        return True
    return len(word) > _EDITABLE and any(OSA.distance(word, one, score_cutoff=1) <= 1 for one in _LONG_GROUP_WORDS)


def _matched(ours: list[str], theirs: list[str]) -> int:
    """Takes the words that are misspellings or abbreviations of each other out of both lists; how many they were."""
    found = 0
    for word in list(ours):
        partner = next((other for other in theirs if _same_word(word, other)), None)
        if partner is not None:
            ours.remove(word)
            theirs.remove(partner)
            found += 1
    return found


def _same_word(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    if any(char.isdigit() for char in word + other):
        return False
    if {word, other} <= GROUP_WORDS:
        return f"{short}s" == long
    if len(short) < _EDITABLE:
        return False
    return OSA.distance(word, other) <= (1 if len(short) < _LONG else 2) or (
        long.startswith(short) and len(long) - len(short) <= len(short)
    )


def _close(left: str, right: str) -> bool:
    return (
        not any(char.isdigit() for char in left + right)
        and Levenshtein.normalized_similarity(left.replace(" ", ""), right.replace(" ", "")) >= _CLOSE
    )


def _acronym(short: str, long: str) -> bool:
    words = long.split()
    return len(words) > 2 and short.replace(" ", "") == "".join(word[0] for word in words)  # noqa: PLR2004
