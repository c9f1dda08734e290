"""Names of organisations, word by word: misspelt, shortened, an acronym, or a relative's (Holding, II, France).

What belongs here: what becomes of two such names that are worth a look; most pairs are settled by the codes of their
words, all at once, the rest one by one. What does not: which pairs are worth a look (`judges.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

from pipelines.resolve.codes import Flags, Integers, Values, spread
from pipelines.resolve.pairs import Pairs
from pipelines.resolve.words import GROUP_WORDS

Levels = npt.NDArray[np.int8]

NAME = ("different", "alike", "kin", "overlap", "part", "acronym", "near", "equal")
_LONG_GROUP_WORDS = tuple(sorted(word for word in GROUP_WORDS if len(word) > 5))  # noqa: PLR2004 - fit to be misspelt
_EDITABLE, _CLOSE, _CLOSE_ENOUGH, _ALIKE = 4, 0.86, 0.85, 0.65
_MISSPELT = ((6, 1), (11, 2))
"""Letters that may be wrong in words shorter than so many; in longer ones `_EDITS`."""
_EDITS = 3
_TWO = 2
_MOST_WORDS = 8
"""Names of more words are compared one by one."""
_DIGITS = re.compile(r"\d")
_END = "\0"


def judged(pairs: Pairs) -> Levels:
    """The level of each pair, a place in `NAME`."""
    words = _Words(pairs.distinct)
    left, right = pairs.sides(pairs.distinct)
    same, acronym = _spelt_together(pairs, words)
    ours, theirs = _left_over(words.table[:, pairs.left], words.table[:, pairs.right])
    common = (ours >= 0).sum(axis=0) < words.counts[pairs.left]
    ours_left, theirs_left = (ours >= 0).any(axis=0), (theirs >= 0).any(axis=0)
    kin = words.kin(np.where(common, ours, np.int32(-1))) | words.kin(np.where(common, theirs, np.int32(-1)))
    close = _close_ones(pairs, ~same & ~acronym)
    short = np.minimum(*pairs.sides(_letters(pairs.distinct))) == _TWO
    settled = [
        same,
        acronym & short,
        acronym,
        ~(ours_left | theirs_left),
        ~common & close,
        ~common,
        kin,
        ~(ours_left & theirs_left),
    ]
    names = ["near", "alike", "acronym", "near", "near", "different", "kin", "part"]
    levels = np.select(settled, [NAME.index(name) for name in names], NAME.index("overlap")).astype(np.int8)
    long = (words.counts > _MOST_WORDS)[pairs.left] | (words.counts > _MOST_WORDS)[pairs.right]
    doubtful = long | words.any_alike(ours, theirs) | (close & (levels == NAME.index("overlap")))
    for at in np.flatnonzero(doubtful & ~same & ~acronym):
        levels[at] = _by_words(left[at].split(), right[at].split(), bool(close[at]))
    overlap = np.flatnonzero((levels == NAME.index("overlap")) & ~long)
    levels[overlap[words.alone_alike(ours[:, overlap], theirs[:, overlap])]] = NAME.index("alike")
    several = np.flatnonzero((levels == NAME.index("overlap")) & ((ours >= 0).sum(axis=0) == (theirs >= 0).sum(axis=0)))
    scorer = OSA.normalized_similarity
    worth = several[
        process.cpdist(left[several], right[several], scorer=scorer, dtype=np.float32, workers=-1) >= _ALIKE
    ]
    for at in worth:
        levels[at] = _by_words(left[at].split(), right[at].split(), bool(close[at]))
    return levels


class _Words:
    """The words of distinct names.

    Attributes:
        words: Distinct words.
        counts: Words a name.
        table: Codes of the first words of each name, -1 where there are no more; shape (`_MOST_WORDS` at most, names).
    """

    def __init__(self, names: Values) -> None:
        flat = np.array(f" {_END} ".join([*names, ""]).split(), dtype=object)
        codes, self.words = pd.factorize(flat)
        ends = codes == codes[-1]
        self.counts, codes = np.diff(np.flatnonzero(ends), prepend=-1) - 1, codes[~ends]
        place = spread(self.counts)
        held = place < _MOST_WORDS
        width = min(int(self.counts.max(initial=1)), _MOST_WORDS)
        self.table = np.full((width, len(names)), -1, dtype=np.int32)
        self.table[place[held], np.repeat(np.arange(len(names)), self.counts)[held]] = codes[held]

    def kin(self, codes: npt.NDArray[np.int32]) -> Flags:
        """Whether all words of each column of codes name a member of a group, and there are any."""
        flags = np.ones(len(self.words) + 1, dtype=bool)
        wanted = np.flatnonzero(np.bincount(codes.ravel() + 1, minlength=len(flags))[1:])
        flags[wanted] = [_tells_apart(word) for word in self.words[wanted]]
        return np.logical_and(flags[codes].all(axis=0), (codes >= 0).any(axis=0))

    def any_alike(self, ours: npt.NDArray[np.int32], theirs: npt.NDArray[np.int32]) -> Flags:
        """Whether a word of ours is a misspelling or an abbreviation of one of theirs, column by column."""
        found = np.zeros(ours.shape[1], dtype=bool)
        at, met = zip(*_meetings(ours, theirs, len(self.words)), strict=True)
        place, pairs = pd.factorize(np.concatenate(met))
        alike = self._alike(pairs // len(self.words), pairs % len(self.words))
        found[np.concatenate(at)[alike[place]]] = True
        return found

    def alone_alike(self, ours: npt.NDArray[np.int32], theirs: npt.NDArray[np.int32]) -> Flags:
        """Whether the only word of ours is rather like the only one of theirs, column by column; numbers never are."""
        alone = np.flatnonzero(((ours >= 0).sum(axis=0) == 1) & ((theirs >= 0).sum(axis=0) == 1))
        pairs = ours[:, alone].max(axis=0).astype(np.int64) * len(self.words) + theirs[:, alone].max(axis=0)
        place, distinct = pd.factorize(pairs)
        left, right = self.words[distinct // len(self.words)], self.words[distinct % len(self.words)]
        scorer = OSA.normalized_similarity
        alike = process.cpdist(left, right, scorer=scorer, score_cutoff=_ALIKE, dtype=np.float32, workers=-1) > 0
        alike &= ~np.fromiter(map(_either_numbered, left, right), dtype=bool, count=len(left))
        found = np.zeros(ours.shape[1], dtype=bool)
        found[alone] = alike[place]
        return found

    def _alike(self, left: Integers, right: Integers) -> Flags:
        """Whether words are misspellings or abbreviations of each other, most told by their first letters and edits."""
        lengths = np.fromiter(map(len, self.words), dtype=np.int64, count=len(self.words))
        starts = pd.factorize(np.array([word[:_EDITABLE] for word in self.words], dtype=object))[0]
        grouped = np.fromiter((word in GROUP_WORDS for word in self.words), dtype=bool, count=len(self.words))
        worth: Flags = np.logical_or(starts[left] == starts[right], grouped[left] & grouped[right])
        near = np.flatnonzero(~worth & (np.abs(lengths[left] - lengths[right]) <= _EDITS))
        ours, theirs = self.words[left[near]], self.words[right[near]]
        edits = process.cpdist(ours, theirs, scorer=OSA.distance, score_cutoff=_EDITS, dtype=np.uint8, workers=-1)
        worth[near] = edits <= _EDITS
        for at in np.flatnonzero(worth):
            worth[at] = _same_word(self.words[left[at]], self.words[right[at]])
        return worth


def _meetings(
    ours: npt.NDArray[np.int32], theirs: npt.NDArray[np.int32], words: int
) -> Iterator[tuple[Integers, Integers]]:
    """The columns where a word of ours meets one of theirs, and both words as one integer."""
    for one, other in product(ours, theirs):
        at = np.flatnonzero((one >= 0) & (other >= 0))
        yield at, np.minimum(one[at], other[at]) * np.int64(words) + np.maximum(one[at], other[at])


def _left_over(
    ours: npt.NDArray[np.int32], theirs: npt.NDArray[np.int32]
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """The codes with -1 for those that both sides have."""
    gone, their_gone = np.zeros(ours.shape, dtype=bool), np.zeros(theirs.shape, dtype=bool)
    for at, other in product(range(len(ours)), range(len(theirs))):
        same = ours[at] == theirs[other]
        gone[at] |= same
        their_gone[other] |= same
    return np.where(gone, np.int32(-1), ours), np.where(their_gone, np.int32(-1), theirs)


def _spelt_together(pairs: Pairs, words: _Words) -> tuple[Flags, Flags]:
    """Whether two names are one but for spaces, and whether one is the other's acronym."""
    ours, theirs = pairs.sides(_letters(pairs.distinct))
    our_words, their_words = pairs.sides(words.counts)
    same, acronym = ours == theirs, (ours == their_words) | (theirs == our_words)
    left, right = pairs.sides(pairs.distinct)
    for at in np.flatnonzero(same):
        same[at] = _compact(left[at]) == _compact(right[at])
    for at in np.flatnonzero(acronym):
        acronym[at] = _acronym(left[at], right[at]) or _acronym(right[at], left[at])
    return same, acronym


def _close_ones(pairs: Pairs, wanted: Flags) -> Flags:
    """Whether few letters of two names without digits differ, of the pairs that are wanted."""
    ours, theirs = pairs.sides(_letters(pairs.distinct))
    likely = wanted & (np.minimum(ours, theirs) >= _CLOSE_ENOUGH * np.maximum(ours, theirs))
    close = likely & ~pairs.either(lambda name: _DIGITS.search(name) is not None)
    at = np.flatnonzero(close)
    some = pairs.some(at)
    left, right = some.sides(some.texts(_compact))
    scorer = Levenshtein.normalized_similarity
    close[at] = process.cpdist(left, right, scorer=scorer, dtype=np.float64, workers=-1) >= _CLOSE
    return close


def _letters(names: Values) -> Integers:
    """How many letters each name has."""
    return np.fromiter((len(name) - name.count(" ") for name in names), dtype=np.int64, count=len(names))


def _compact(name: str) -> str:
    return name.replace(" ", "")


def _acronym(short: str, long: str) -> bool:
    words = long.split()
    return len(words) >= _TWO and _compact(short) == "".join([word[0] for word in words])


def _by_words(ours: list[str], theirs: list[str], close: bool) -> int:  # noqa: FBT001 - as the array says
    """The level of one pair that is neither one but for spaces nor an acronym."""
    common = {*ours} & {*theirs}
    ours, theirs = [w for w in ours if w not in common], [w for w in theirs if w not in common]
    matched = _matched(ours, theirs)
    return NAME.index(_relation(bool(common or matched), ours, theirs, close))


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
    if len(ours) == len(theirs) and all(map(_rather_like, ours, theirs)):
        return "near" if close else "alike"
    return "near" if close and len(ours) + len(theirs) > 2 else "overlap"  # noqa: PLR2004 - words cut elsewhere


@lru_cache(maxsize=1 << 16)
def _tells_apart(word: str) -> bool:
    """Whether the word names a member of a group, even misspelt."""
    if word in GROUP_WORDS or word.isdigit() or len(word) == 1:
        return True
    if len(word) <= _EDITABLE:
        return False
    return process.extractOne(word, _LONG_GROUP_WORDS, scorer=OSA.distance, score_cutoff=1) is not None


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
    if _DIGITS.search(word + other):
        return False
    if {word, other} <= GROUP_WORDS:
        return f"{short}s" == long
    if len(short) < _EDITABLE:
        return False
    return OSA.distance(word, other) <= _letters_wrong(len(short)) or (
        long.startswith(short) and len(long) - len(short) <= len(short)
    )


def _letters_wrong(length: int) -> int:
    """How many letters of a word of that length may be wrong."""
    return next((wrong for below, wrong in _MISSPELT if length < below), _EDITS)


def _rather_like(one: str, other: str) -> bool:
    return OSA.normalized_similarity(one, other) >= _ALIKE and not _either_numbered(one, other)


def _either_numbered(one: str, other: str) -> bool:
    return _DIGITS.search(one + other) is not None
