"""How alike two cards are, field by field: small named comparisons that end in a level, never in a number.

What belongs here: the comparisons, their levels in rising order, and the machinery that works each out once a distinct
pair of values. What does not: what a level is worth (`mixture.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from nicknames import NickNamer
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, JaroWinkler, Levenshtein

from pipelines.resolve.blocking import sound
from pipelines.resolve.words import GENERATIONS, GROUP_WORDS

Integers = npt.NDArray[np.int64]
Levels = npt.NDArray[np.int8]
Values = npt.NDArray[np.object_]
Judge = Callable[[Values, Values], Levels]

Role = Literal["name", "mailbox", "number", "place"]

ABSENT = -1
"""The level of a pair where either value is absent: no evidence."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field's comparison.

    Attributes:
        name: Of the field in explanations.
        levels: From unlike to equal; a level is its place.
        sentence: What is compared, for people.
        field: Column of the features.
        judge: Levels of unequal values, element by element.
        role: `name` (namesakes share it), `mailbox` and `number` (they do not), or `place`; agreement on a rare name
            or number says more.
    """

    name: str
    levels: tuple[str, ...]
    sentence: str
    field: str
    judge: Judge
    role: Role = "place"

    @property
    def rare(self) -> bool:
        """Whether agreement on a rare value says more."""
        return self.role in ("name", "number")


def unlike(left: Values, right: Values) -> Levels:  # noqa: ARG001 - a judge takes both sides
    """Equal or not, nothing between."""
    return np.zeros(len(left), dtype=np.int8)


def _similarity(left: Values, right: Values, scorer: Callable[..., float]) -> npt.NDArray[np.float32]:
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
    near = (_similarity(left, right, JaroWinkler.similarity) >= _NEAR_GIVEN) | _one_edit(left, right)
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
    return np.asarray(alike & (_similarity(left, right, JaroWinkler.similarity) >= _NEAR_SOUND), dtype=bool)


def _same_start(left: Values, right: Values) -> npt.NDArray[np.bool_]:
    return np.fromiter((a[:1] == b[:1] for a, b in zip(left, right, strict=True)), dtype=bool, count=len(left))


def _one_edit(left: Values, right: Values) -> npt.NDArray[np.bool_]:
    """One letter wrong, missing, added or swapped in words of four letters or more."""
    long = _lengths(left, right) >= _EDITABLE
    return (_similarity(left, right, OSA.distance) <= 1) & long


def _lengths(left: Values, right: Values) -> Integers:
    """The length of the shorter of each two."""
    return np.fromiter((min(len(a), len(b)) for a, b in zip(left, right, strict=True)), dtype=np.int64, count=len(left))


def family_names(left: Values, right: Values) -> Levels:
    """Family names: a shared part of a double name, or a misspelling."""
    near = (_similarity(left, right, JaroWinkler.similarity) >= _NEAR_FAMILY) | _one_edit(left, right)
    part = _similarity(left, right, fuzz.token_set_ratio) >= _WHOLE
    return np.where(near, LAST.index("near"), np.where(part, LAST.index("part"), 0)).astype(np.int8)


def middle_names(left: Values, right: Values) -> Levels:
    """Middle names and generations: the one may be the other's initial."""
    fits = [a[:1] == b[:1] and 1 in (len(a.split()[0]), len(b.split()[0])) for a, b in zip(left, right, strict=True)]
    told_apart = [_generation(a) != _generation(b) and bool(_generation(a) and _generation(b))
                  for a, b in zip(left, right, strict=True)]  # fmt: skip
    alike = np.array(fits, dtype=bool) | (_similarity(left, right, fuzz.token_set_ratio) >= _NEAR_MIDDLE)
    return np.asarray(alike & ~np.array(told_apart, dtype=bool), dtype=np.int8)


def _generation(middle: str) -> str:
    last = middle.rsplit(maxsplit=1)[-1]
    return last if last in GENERATIONS else ""


def mailboxes(left: Values, right: Values) -> Levels:
    """Mailboxes: the same before the @, or a misspelling of the whole."""
    local = np.fromiter((a.partition("@")[0] == b.partition("@")[0] for a, b in zip(left, right, strict=True)),
                        dtype=bool, count=len(left))  # fmt: skip
    near = _similarity(left, right, OSA.normalized_similarity) >= _NEAR_MAILBOX
    near &= _same_start(left, right)
    return np.where(local, EMAIL.index("local"), np.where(near, EMAIL.index("near"), 0)).astype(np.int8)


def streets(left: Values, right: Values) -> Levels:
    """Streets: the same street with the same number, or with another one."""
    numbers = [_number(a) == _number(b) or not (_number(a) and _number(b)) for a, b in zip(left, right, strict=True)]
    bare = [np.array([_DIGITS.sub("", value).strip() for value in side], dtype=object) for side in (left, right)]
    same = _similarity(bare[0], bare[1], fuzz.token_set_ratio) >= _NEAR_STREET
    return np.where(same, np.where(numbers, STREET.index("near"), STREET.index("street")), 0).astype(np.int8)


@lru_cache(maxsize=1 << 16)
def _number(street: str) -> str:
    found = _DIGITS.search(street)
    return found.group() if found else ""


def titles(left: Values, right: Values) -> Levels:
    """Job titles: words in common."""
    return (_similarity(left, right, fuzz.token_set_ratio) >= _NEAR_TITLE).astype(np.int8)


def numbers(left: Values, right: Values) -> Levels:
    """Other numbers of one scheme: one or two characters wrong."""
    return (_similarity(left, right, OSA.distance) <= 1).astype(np.int8)


def words_alike(left: Values, right: Values) -> Levels:
    """Places by name: most of the words the same."""
    near = _similarity(left, right, fuzz.token_sort_ratio) >= _NEAR_WORDS
    return (near | (_similarity(left, right, JaroWinkler.similarity) >= _NEAR_FAMILY)).astype(np.int8)


def employers(left: Values, right: Values) -> Levels:
    """Employers: another spelling, a shorter name, or one of the same group, unless a number tells them apart."""
    levels = organisation_names(left, right)
    related = (levels >= NAME.index("part")) | (levels == NAME.index("kin"))
    for at in np.flatnonzero(related):
        related[at] = _DIGITS.findall(left[at]) == _DIGITS.findall(right[at])
    return np.asarray(related, dtype=np.int8)


def organisation_names(left: Values, right: Values) -> Levels:
    """Names of organisations, word by word: misspelt, shortened, an acronym, or a relative's (Holding, II, France)."""
    worth = np.maximum(_similarity(left, right, fuzz.token_set_ratio), _similarity(left, right, fuzz.ratio))
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


_LONG_GROUP_WORDS = tuple(sorted(word for word in GROUP_WORDS if len(word) > 5))  # noqa: PLR2004 - fit to be misspelt
_NEAR_GIVEN, _NEAR_FAMILY, _WHOLE, _EDITABLE, _LONG = 0.9, 0.92, 100, 4, 8
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

_SHARED_BY_ALL = (
    Comparison("phone", PLAIN, "Telephone number.", "phone", unlike),
    Comparison("street", STREET, "Street and number.", "street", streets),
    Comparison("area", AREA, "Postal code, or else locality.", "locality", words_alike),
)
COMPARISONS: dict[str, tuple[Comparison, ...]] = {
    "person": (
        Comparison(
            "first_name", FIRST, "Given name, initials and nicknames allowed for.", "first", given_names, "name"
        ),
        Comparison(
            "last_name", LAST, "Family name, in either order with the given name.", "last", family_names, "name"
        ),
        Comparison("middle_name", MIDDLE, "Middle names and generation.", "middle", middle_names),
        Comparison("email_address", EMAIL, "Personal mailbox.", "email", mailboxes, "mailbox"),
        Comparison("employer", EMPLOYER, "Employer, by entity or else by name.", "company", employers),
        Comparison("domain", PLAIN, "Domain of site or mailbox.", "domain", unlike),
        Comparison("job_title", NEARLY, "Words of the job title.", "title", titles),
        *_SHARED_BY_ALL,
    ),
    "company": (
        Comparison("name", NAME, "Name without legal form, former names included.", "name", organisation_names, "name"),
        Comparison("legal_form", PLAIN, "Legal form.", "form", unlike),
        Comparison("email_address", PLAIN, "Mailbox that is no function's.", "email", unlike, "mailbox"),
        Comparison("domain", PLAIN, "Domain of site or mailbox.", "domain", unlike),
        Comparison("country", PLAIN, "Country.", "country", unlike),
        *_SHARED_BY_ALL,
    ),
}
COMPARISONS["site"] = COMPARISONS["company"]
"""The comparisons of every kind, in the order in which they are explained."""


class Column:
    """A field of all cards as codes of its distinct values; -1 for absent."""

    def __init__(self, values: pd.Series[str]) -> None:
        codes, distinct = pd.factorize(values.where(values != "", np.nan), sort=False)
        self.codes: Integers = codes.astype(np.int64)
        self.distinct: Values = np.asarray(distinct, dtype=object)

    def levels(self, left: Integers, right: Integers, judge: Judge, top: int) -> Levels:
        """The level of every pair of rows, each distinct pair of values judged once.

        Args:
            left: Rows.
            right: Rows, as many.
            judge: Levels of unequal values.
            top: The level of equal values.
        """
        ours, theirs = self.codes[left], self.codes[right]
        levels = np.full(len(left), ABSENT, dtype=np.int8)
        both = (ours >= 0) & (theirs >= 0)
        levels[both & (ours == theirs)] = top
        open_ = np.flatnonzero(both & (ours != theirs))
        if len(open_):
            low, high = np.minimum(ours[open_], theirs[open_]), np.maximum(ours[open_], theirs[open_])
            place, pairs = pd.factorize(low * len(self.distinct) + high)
            judged = judge(self.distinct[pairs // len(self.distinct)], self.distinct[pairs % len(self.distinct)])
            levels[open_] = judged[place]
        return levels

    def counts(self) -> Integers:
        """How many rows have each value."""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.distinct)).astype(np.int64)


class Comparer:
    """Compares rows of one frame of features.

    Args:
        cards: Features, RangeIndex.
        kind: `company`, `person` or `site`.
        extra: Comparisons of the registers found in the data (`number_comparisons`).
    """

    def __init__(self, cards: pd.DataFrame, kind: str, extra: tuple[Comparison, ...] = ()) -> None:
        self.kind = kind
        self.comparisons = (*COMPARISONS[kind], *extra)
        wanted = {comparison.field for comparison in self.comparisons} | {"postal"}
        wanted |= {"employer"} if kind == "person" else {"former"}
        self.columns = {field: Column(cards[field]) for field in sorted(wanted)}
        self.former = cards["former"].to_numpy() if kind != "person" and (cards["former"] != "").any() else None
        self.names = cards["name"].to_numpy() if kind != "person" else None

    def compare(self, left: Integers, right: Integers) -> Levels:
        """Levels of all comparisons.

        Args:
            left: Rows.
            right: Rows, as many.

        Returns:
            An array of shape (pairs, comparisons).
        """
        found = {
            one.name: self.columns[one.field].levels(left, right, one.judge, len(one.levels) - 1)
            for one in self.comparisons
        }
        found["area"] = self._area(found["area"], left, right)
        if self.kind == "person":
            self._swap_names(found, left, right)
            found["employer"] = self._employer(found["employer"], left, right)
            # A mailbox says its domain too: the domain must not be counted twice.
            found["domain"][found["email_address"] == EMAIL.index("equal")] = ABSENT
        else:
            self._former_names(found["name"], left, right)
        return np.stack([found[one.name] for one in self.comparisons], axis=1)

    def _area(self, locality: Levels, left: Integers, right: Integers) -> Levels:
        postal = self.columns["postal"].levels(left, right, numbers, AREA.index("postal"))
        levels = np.where(locality == AREA.index("postal"), AREA.index("locality"), locality)
        return np.maximum(levels, postal).astype(np.int8)

    def _swap_names(self, found: dict[str, Levels], left: Integers, right: Integers) -> None:
        """Takes given and family name crosswise where that fits and straight does not."""
        poor = np.flatnonzero((found["first_name"] == 0) & (found["last_name"] == 0))
        if not len(poor):
            return
        first, last = self.columns["first"], self.columns["last"]
        ours, theirs = left[poor], right[poor]
        sides = [(first, ours, last, theirs), (last, ours, first, theirs)]
        given, family = (_equal(a.distinct[a.codes[i]], b.distinct[b.codes[j]]) for a, i, b, j in sides)
        crossed = poor[given & family]
        found["first_name"][crossed], found["last_name"][crossed] = FIRST.index("near"), LAST.index("equal")

    def _employer(self, by_name: Levels, left: Integers, right: Integers) -> Levels:
        entity = self.columns["employer"].levels(left, right, unlike, 1)
        named_alike = by_name >= EMPLOYER.index("near")
        by_name = np.where(by_name == len(EMPLOYER) - 1, EMPLOYER.index("equal"), by_name)
        apart = np.where(named_alike, EMPLOYER.index("near"), EMPLOYER.index("different"))
        levels = np.where(entity == 1, EMPLOYER.index("entity"), np.where(entity == 0, apart, by_name))
        return levels.astype(np.int8)

    def _former_names(self, levels: Levels, left: Integers, right: Integers) -> None:
        """A former name that equals the other card's present or former one makes the names equal."""
        if self.former is None or self.names is None:
            return
        renamed = np.flatnonzero(
            (levels < NAME.index("near")) & ((self.former[left] != "") | (self.former[right] != ""))
        )
        for at in renamed:
            i, j = left[at], right[at]
            ours = {self.names[i], *self.former[i].split(";")} - {""}
            if ours & ({self.names[j], *self.former[j].split(";")} - {""}):
                levels[at] = NAME.index("equal")


def _equal(left: Values, right: Values) -> npt.NDArray[np.bool_]:
    alike = np.zeros(len(left), dtype=bool)
    both = np.flatnonzero([isinstance(a, str) and isinstance(b, str) for a, b in zip(left, right, strict=True)])
    if len(both):
        alike[both] = _similarity(left[both], right[both], JaroWinkler.similarity) >= _NEAR_FAMILY
    return alike


def number_comparisons(cards: pd.DataFrame, weak: dict[str, pd.Series[str]]) -> tuple[Comparison, ...]:
    """Gives each register that proves nothing by itself a column of its own in `cards`, and a comparison.

    Args:
        cards: Features; columns `number:<scheme>` are added.
        weak: A column of values a scheme.
    """
    for scheme, values in weak.items():
        cards[f"number:{scheme}"] = values
    return tuple(
        Comparison(f"number:{scheme}", NEARLY, "Number in a register that proves nothing by itself.",
                   f"number:{scheme}", numbers, "number") for scheme in weak
    )  # fmt: skip
