"""How alike two cards are, field by field: small named comparisons that end in a level, never in a number.

What belongs here: which field is compared and with what levels, in rising order, and the machinery that works each out
once a distinct pair of values. What does not: how alike two values are (`judges.py`), what a level is worth
(`mixture.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from pipelines.resolve.aligning import WHOLE
from pipelines.resolve.codes import Column, distinct, together
from pipelines.resolve.judges import (
    AREA,
    EMAIL,
    EMPLOYER,
    FIRST,
    LAST,
    MIDDLE,
    NEARLY,
    PLAIN,
    STREET,
    Integers,
    Judge,
    Levels,
    aligned,
    employers,
    family_names,
    given_names,
    mailboxes,
    middle_names,
    numbers,
    organisation_names,
    streets,
    titles,
    unlike,
    words_alike,
)
from pipelines.resolve.organisations import NAME

Role = Literal["name", "mailbox", "number", "place"]

_PARTS = ("first", "middle", "last")
_PART = 1 << 22
"""Pairs that are compared at a time: what bounds the memory."""
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
        Comparison("middle_name", MIDDLE, "Middle names, initials allowed for.", "middle", middle_names),
        Comparison("generation", PLAIN, "Generation: father or son of one name.", "generation", unlike),
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


class Packing:
    """Levels of all comparisons of a pair as one integer, its pattern.

    Args:
        comparisons: In order.
    """

    def __init__(self, comparisons: tuple[Comparison, ...]) -> None:
        self.bases = [len(one.levels) + 1 for one in comparisons]

    def pack(self, levels: Iterable[Levels]) -> Integers:
        """The patterns of pairs, from an array of levels a comparison."""
        whole: Integers | None = None
        for base, column in zip(self.bases, levels, strict=True):
            whole = column + np.int64(1) if whole is None else whole * base + column + 1
        return np.empty(0, dtype=np.int64) if whole is None else whole

    def unpack(self, patterns: Integers) -> Levels:
        """Levels of patterns, of shape (patterns, comparisons)."""
        levels = np.empty((len(patterns), len(self.bases)), dtype=np.int8)
        rest = patterns
        for at in reversed(range(len(self.bases))):
            rest, level = np.divmod(rest, self.bases[at])
            levels[:, at] = level - 1
        return levels


def _levels(column: Column, left: Integers, right: Integers, judge: Judge, top: int) -> Levels:
    """The level of every pair of rows, each distinct pair of values judged once.

    Args:
        column: The values.
        left: Rows.
        right: Rows, as many.
        judge: Levels of unequal values.
        top: The level of equal values.
    """
    ours, theirs = column.codes[left], column.codes[right]
    levels = np.where(ours == theirs, np.int8(top), np.int8(0))
    levels[(ours < 0) | (theirs < 0)] = ABSENT
    open_ = np.flatnonzero(levels == 0) if judge is not unlike else np.empty(0, dtype=np.int64)
    if len(open_):
        span = len(column.distinct)
        ours, theirs = ours[open_], theirs[open_]
        place, pairs = pd.factorize(np.minimum(ours, theirs) * np.int64(span) + np.maximum(ours, theirs))
        levels[open_] = judge(column.distinct[pairs // span], column.distinct[pairs % span])[place]
    return levels


class Comparer:
    """Compares rows of cards.

    Args:
        cards: Fields by name.
        kind: `company`, `person` or `site`.
        extra: Comparisons of the registers found in the data (`number_comparisons`).
    """

    def __init__(self, cards: Mapping[str, Column], kind: str, extra: tuple[Comparison, ...] = ()) -> None:
        self.kind, self.columns = kind, cards
        self.comparisons = (*COMPARISONS[kind], *extra)
        self.packing = Packing(self.comparisons)
        if kind == "person":
            initials = ([0, *map(_letters, cards[field].distinct)] for field in _PARTS)
            bits = (
                np.array(one, dtype=np.uint64)[cards[field].codes + 1]
                for field, one in zip(_PARTS, initials, strict=True)
            )
            self.letters = np.bitwise_or.reduce(list(bits))
        self.renamed = kind != "person" and bool(cards["former"].present.any())

    def compare(self, left: Integers, right: Integers) -> Integers:
        """Patterns of levels of all comparisons, packed.

        Args:
            left: Rows.
            right: Rows, as many.
        """
        parts = range(0, max(len(left), 1), _PART)
        return np.concatenate([self._compared(left[at : at + _PART], right[at : at + _PART]) for at in parts])

    def _compared(self, left: Integers, right: Integers) -> Integers:
        found = {
            one.name: _levels(self.columns[one.field], left, right, one.judge, len(one.levels) - 1)
            for one in self.comparisons
            if one.name not in ("area", "employer")
        }
        found["area"] = self._area(left, right)
        if self.kind == "person":
            self._align_names(found, left, right)
            found["employer"] = self._employer(left, right)
            # A mailbox says its domain too: the domain must not be counted twice.
            found["domain"][found["email_address"] == EMAIL.index("equal")] = ABSENT
        elif self.renamed:
            self._former_names(found["name"], left, right)
        return self.packing.pack(found[one.name] for one in self.comparisons)

    def _judge(self, name: str) -> Comparison:
        return next(one for one in self.comparisons if one.name == name)

    def _area(self, left: Integers, right: Integers) -> Levels:
        levels = _levels(self.columns["postal"], left, right, numbers, AREA.index("postal"))
        rest = np.flatnonzero(levels < AREA.index("locality"))
        area = self._judge("area")
        named = _levels(self.columns[area.field], left[rest], right[rest], area.judge, AREA.index("locality"))
        levels[rest] = np.maximum(levels[rest], named)
        return levels

    def _align_names(self, found: dict[str, Levels], left: Integers, right: Integers) -> None:
        """Takes names as a whole where part with part does not fit: swapped, moved, joined or left out."""
        first, last = found["first_name"], found["last_name"]
        poor = np.flatnonzero(((first <= FIRST.index("alike")) | (last <= LAST.index("alike"))) & (last != ABSENT))
        ours, theirs = self.letters[left[poor]], self.letters[right[poor]]
        least = np.minimum(2, np.minimum(np.bitwise_count(ours), np.bitwise_count(theirs)))
        open_ = poor[np.bitwise_count(ours & theirs) >= least]
        if not len(open_):
            return
        whole = self._whole(left[open_], right[open_])
        fits = open_[whole > 0]
        first[fits] = np.maximum(first[fits], FIRST.index("moved"))
        as_last = np.array([0, LAST.index("part"), LAST.index("near"), LAST.index("equal")], dtype=np.int8)
        last[fits] = np.maximum(last[fits], as_last[whole[whole > 0]])
        found["middle_name"][fits] = ABSENT

    def _whole(self, left: Integers, right: Integers) -> Levels:
        """How whole names fit; the names are put together for these pairs only."""
        rows = distinct(np.concatenate([left, right]))
        names = together(*(self.columns[field].rows(rows) for field in _PARTS))
        names = names.changed(lambda parts: " ".join(parts.replace("\x1f", " ").split()))
        ours, theirs = np.searchsorted(rows, left), np.searchsorted(rows, right)
        return _levels(names, ours, theirs, aligned, len(WHOLE) - 1)

    def _employer(self, left: Integers, right: Integers) -> Levels:
        levels = _levels(self.columns["employer"], left, right, unlike, EMPLOYER.index("entity"))
        rest = np.flatnonzero(levels != EMPLOYER.index("entity"))
        named = self._judge("employer")
        by_name = _levels(self.columns[named.field], left[rest], right[rest], named.judge, EMPLOYER.index("equal"))
        apart = np.where(by_name >= EMPLOYER.index("near"), EMPLOYER.index("near"), EMPLOYER.index("different"))
        levels[rest] = np.where(levels[rest] == 0, apart, by_name)
        return levels

    def _former_names(self, levels: Levels, left: Integers, right: Integers) -> None:
        """A former name that equals the other card's present or former one makes the names equal."""
        present, former = self.columns["name"], self.columns["former"]
        renamed = np.flatnonzero((levels < NAME.index("near")) & (former.present[left] | former.present[right]))
        sides = [(present.rows(side[renamed]).texts(), former.rows(side[renamed]).texts()) for side in (left, right)]
        for at, own, before, other, previous in zip(renamed, *sides[0], *sides[1], strict=True):
            if ({own, *before.split(";")} - {""}) & ({other, *previous.split(";")} - {""}):
                levels[at] = NAME.index("equal")


def _letters(name: str) -> int:
    """The initials of a name's words, as bits."""
    bits = 0
    for word in name.split():
        bits |= 1 << (ord(word[0]) % 64)
    return bits


def number_comparisons(schemes: Iterable[str]) -> tuple[Comparison, ...]:
    """A comparison for each register that proves nothing by itself, of the field `number:<scheme>`."""
    return tuple(
        Comparison(f"number:{scheme}", NEARLY, "Number in a register that proves nothing by itself.",
                   f"number:{scheme}", numbers, "number") for scheme in schemes
    )  # fmt: skip
