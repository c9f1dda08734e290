"""Whole names of people, word for word in any order: where parts moved, were left out, joined or cut.

What belongs here: the alignment of two short lists of words. What does not: comparing given with given and family with
family name (`judges.py`), which settles most pairs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from nicknames import NickNamer
from rapidfuzz.distance import OSA, JaroWinkler

from pipelines.resolve.blocking import sound
from pipelines.resolve.naming import spelt
from pipelines.resolve.short_names import SHORT_FOR
from pipelines.resolve.words import LINKS

WHOLE = ("different", "part", "near", "equal")
_NEAR, _EDITABLE, _LONG, _FIRM, _JOINED = 0.92, 4, 8, 2, 3
_NAMER = NickNamer()


@lru_cache(maxsize=1 << 16)
def formal(name: str) -> frozenset[str]:
    """The given name and those that it is short for."""
    spellings = (name, f"{name[:-2]}y") if name.endswith("ie") else (name,)
    known = (formal for one in spellings for formal in _NAMER.canonicals_of(one))
    return frozenset({*spellings, *known}) | SHORT_FOR.get(name, frozenset())


@lru_cache(maxsize=1 << 16)
def known_given(name: str) -> bool:
    """Whether it is on the list of given names with short forms."""
    return bool(_NAMER.nicknames_of(name) or _NAMER.canonicals_of(name))


def counterparts(one: str, other: str) -> bool:
    """Whether they are a man's and a woman's form of one name (Paul, Paula), not one name misspelt."""
    return one.rstrip("aeo") == other.rstrip("aeo") and known_given(one) and known_given(other)


@lru_cache(maxsize=1 << 16)
def bare_spelling(name: str) -> str:
    """The name as another language may spell it, particles or not."""
    return " ".join(map(spelt, without_links(name.split())))


@lru_cache(maxsize=1 << 16)
def two_names(one: str, other: str) -> bool:
    """Whether both are given names of their own that sound different (John, Joan), and so hardly one misspelt."""
    return (
        known_given(one)
        and known_given(other)
        and bare_spelling(one) != bare_spelling(other)
        and (sound(one) != sound(other) or len(sound(one)) == 1)
    )


def same_word(one: str, other: str) -> bool:
    """Whether two words of a name are one: equal, or another spelling, or one letter wrong, two in a long one."""
    if one == other:
        return True
    if counterparts(one, other) or two_names(one, other):
        return False
    if min(len(one), len(other)) < _EDITABLE:
        return spelt(one) == spelt(other) and min(len(one), len(other)) > 1
    edits = 1 if min(len(one), len(other)) < _LONG else 2
    return (
        OSA.distance(one, other, score_cutoff=edits) <= edits
        or JaroWinkler.similarity(one, other) >= _NEAR
        or spelt(one) == spelt(other)
    )


def without_links(words: list[str]) -> list[str]:
    """The words without the particles that are left out as one likes; all where there is nothing else."""
    return [word for word in words if word not in LINKS] or words


def whole_names(left: str, right: str) -> int:
    """How two names fit as a whole: a place in `WHOLE`.

    Args:
        left: Folded words of a name, in any order.
        right: Those of another.
    """
    ours, theirs = without_links(left.split()), without_links(right.split())
    if "".join(ours) == "".join(theirs):
        return WHOLE.index("near") if sorted(ours) != sorted(theirs) else WHOLE.index("equal")
    common = [word for word in ours if word in theirs]
    for word in common:
        if word in theirs:
            ours.remove(word)
            theirs.remove(word)
    firm = sum(len(word) > 1 for word in common)
    loose = _paired(ours, theirs, same_word)
    if len(ours) != len(theirs):
        loose += _joined(ours, theirs) + _joined(theirs, ours)
    loose += _paired(ours, theirs, _short)
    initials = _paired(ours, theirs, _initial)
    if initials and firm and not (ours or theirs):
        return WHOLE.index("near")  # A. Smith and Smith Andrew
    return _level(firm + loose, loose + initials, bool(ours), bool(theirs))


def _level(firm: int, loose: int, ours: bool, theirs: bool) -> int:  # noqa: FBT001 - words left on either side
    if firm < _FIRM or (ours and theirs):
        return WHOLE.index("different")
    if ours or theirs:
        return WHOLE.index("part")
    return WHOLE.index("near" if loose else "equal")


def _paired(ours: list[str], theirs: list[str], fits: Callable[[str, str], bool]) -> int:
    """Takes words that fit out of both lists; how many."""
    found = 0
    for word in list(ours):
        partner = next((other for other in theirs if fits(word, other)), None)
        if partner is not None:
            ours.remove(word)
            theirs.remove(partner)
            found += 1
    return found


def _joined(ours: list[str], theirs: list[str]) -> int:
    """Takes a word, and the words that it was cut into, out of the lists; how many."""
    found = 0
    for word in [word for word in ours if len(word) > _EDITABLE]:
        cut = next((span for span in _spans(len(theirs)) if same_word(word, "".join(theirs[span]))), None)
        if cut is not None:
            ours.remove(word)
            del theirs[cut]
            found += 1
    return found


def _spans(length: int) -> list[slice]:
    """Runs of two words or three."""
    return [slice(at, at + size) for size in range(2, _JOINED + 1) for at in range(length - size + 1)]


def _short(one: str, other: str) -> bool:
    return len(one) > 1 and len(other) > 1 and bool(formal(one) & formal(other))


def _initial(one: str, other: str) -> bool:
    return 1 in (len(one), len(other)) and one[0] == other[0]
