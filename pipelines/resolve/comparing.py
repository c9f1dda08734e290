"""How alike two cards are, field by field: small named comparisons that end in a level, never in a number.

What belongs here: which field is compared and with what levels, in rising order, and the machinery that works each out
once a distinct pair of values. What does not: how alike two values are (`judges.py`), what a level is worth
(`mixture.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Literal

import numpy as np
import pandas as pd

from pipelines.resolve.aligning import WHOLE
from pipelines.resolve.codes import Column, distinct, together
from pipelines.resolve.judges import (
    AREA,
    DATE,
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
    dates,
    domains,
    employers,
    family_names,
    given_names,
    legal_forms,
    mailboxes,
    middle_names,
    numbers,
    organisation_names,
    spelt_out,
    streets,
    titles,
    unlike,
    words_alike,
)
from pipelines.resolve.naming import undoubled
from pipelines.resolve.organisations import NAME
from pipelines.resolve.registers import Numbers

DATES = frozenset({"DOB", "DATE-OF-BIRTH", "BIRTHDATE", "BORN", "FOUNDED"})
"""Schemes of identifiers that are dates, which other tools' data have; our sources' are refused."""
Role = Literal["name", "mailbox", "number", "place"]

_PARTS = ("first", "middle", "last")
_PERSONAL = ("email_address", "number:", "date:")
"""Comparisons whose agreement makes names worth a second look, however they begin."""
_PART = 1 << 22
"""Pairs that are compared at a time: what bounds the memory."""
_SPELT = 3
"""Letters at least of a name that a mailbox spells."""
_POOR = np.array([level in ("different", "overlap", "part") for level in (*NAME, "absent")])
"""The levels of names that their legal forms may mend, by level; the last is that of an absent name."""
_WITH_DOMAIN = [EMAIL.index(level) for level in ("alias", "near", "equal")]
"""Levels of mailboxes that say of the domain what there is to say."""
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
    Comparison("phone", NEARLY, "Telephone number.", "phone", numbers),
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
        Comparison(
            "generation",
            PLAIN,
            "Father or son of one name, by what follows it or by numbered mailboxes.",
            "generation",
            unlike,
        ),
        Comparison("email_address", EMAIL, "Personal mailbox.", "email", mailboxes, "mailbox"),
        Comparison("employer", EMPLOYER, "Employer, by entity or else by name.", "company", employers),
        Comparison("domain", NEARLY, "Domain of site or mailbox.", "domain", domains),
        Comparison("job_title", NEARLY, "Words of the job title.", "title", titles),
        *_SHARED_BY_ALL,
    ),
    "company": (
        Comparison("name", NAME, "Name without legal form, former names included.", "name", organisation_names, "name"),
        Comparison("legal_form", PLAIN, "Legal form.", "form", legal_forms),
        Comparison("email_address", PLAIN, "Mailbox that is no function's.", "email", unlike, "mailbox"),
        Comparison("domain", NEARLY, "Domain of site or mailbox.", "domain", domains),
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
            self.mailbox = cards["email"].hashes(_unnumbered)
            own = Numbers(cards["employer_numbers"])
            self.employer_numbers = [own.column(scheme, len(self.letters)).codes for scheme in own.schemes if scheme]
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
            self._vouch(found, left, right)
            found["employer"] = self._employer(left, right)
            self._number_off(found, left, right)
            # A mailbox says its domain too: the domain must not be counted twice.
            found["domain"][np.isin(found["email_address"], _WITH_DOMAIN)] = ABSENT
        else:
            self._spell_out(found["name"], left, right)
            if self.renamed:
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
        least[np.logical_or.reduce([found[name][poor] > 0 for name in found if name.startswith(_PERSONAL)])] = 1
        open_ = poor[np.bitwise_count(ours & theirs) >= least]
        if not len(open_):
            return
        whole = self._whole(left[open_], right[open_])
        fits = open_[whole > 0]
        first[fits] = np.maximum(first[fits], FIRST.index("moved"))
        turned = open_[whole >= WHOLE.index("near")]
        first[turned] = np.maximum(first[turned], FIRST.index("swapped"))
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

    def _number_off(self, found: dict[str, Levels], left: Integers, right: Integers) -> None:
        """Mailboxes of one domain that differ in their digits alone (`otto.tann`, `otto.tann2`) are of namesakes."""
        ours, theirs = self.mailbox[left], self.mailbox[right]
        found["generation"][(ours == theirs) & (ours != 0) & (found["email_address"] == 0)] = 0

    def _vouch(self, found: dict[str, Levels], left: Integers, right: Integers) -> None:
        """A mailbox that spells the name of one card speaks for the other card's, however misspelt that is."""
        first, last, email = found["first_name"], found["last_name"], found["email_address"]
        poor = np.flatnonzero((email == EMAIL.index("equal")) & ((first == 0) | (last == 0)))
        for at in poor[[self._spells(left[at]) or self._spells(right[at]) for at in poor.tolist()]]:
            first[at], last[at] = max(first[at], FIRST.index("alike")), max(last[at], LAST.index("alike"))

    def _spells(self, row: int) -> bool:
        """Whether the mailbox of a card has its given and its family name."""
        first, last, email = (_value(self.columns[field], row) for field in ("first", "last", "email"))
        local = undoubled(email.partition("@")[0])
        own = first, last.replace(" ", "")
        return min(map(len, own)) >= _SPELT and all(undoubled(name) in local for name in own)

    def _employer(self, left: Integers, right: Integers) -> Levels:
        levels = _levels(self.columns["employer"], left, right, unlike, EMPLOYER.index("entity"))
        rest = np.flatnonzero(levels != EMPLOYER.index("entity"))
        named = self._judge("employer")
        by_name = _levels(self.columns[named.field], left[rest], right[rest], named.judge, EMPLOYER.index("equal"))
        apart = np.where(by_name >= EMPLOYER.index("near"), EMPLOYER.index("near"), EMPLOYER.index("different"))
        levels[rest] = np.where(levels[rest] == 0, apart, by_name)
        for own in self.employer_numbers:
            same = (own[left] >= 0) & (own[left] == own[right])
            levels[same] = np.maximum(levels[same], EMPLOYER.index("equal"))
        return levels

    def _spell_out(self, levels: Levels, left: Integers, right: Integers) -> None:
        """Takes names with their legal forms where those without do not fit: the form may be a part of the name."""
        poor = np.flatnonzero(_POOR[levels])
        rows = distinct(np.concatenate([left[poor], right[poor]]))
        whole = together(*(self.columns[field].rows(rows) for field in ("name", "form"))).changed(_spaced)
        ours, theirs = np.searchsorted(rows, left[poor]), np.searchsorted(rows, right[poor])
        levels[poor] = np.maximum(levels[poor], _levels(whole, ours, theirs, spelt_out, NAME.index("near")))

    def _former_names(self, levels: Levels, left: Integers, right: Integers) -> None:
        """A former name that is the other card's present or former one, or nearly so, speaks for the names."""
        present, former = self.columns["name"], self.columns["former"]
        renamed = np.flatnonzero((levels < NAME.index("near")) & (former.present[left] | former.present[right]))
        sides = [(present.rows(side[renamed]).texts(), former.rows(side[renamed]).texts()) for side in (left, right)]
        met = [
            (at, one, other)
            for at, *texts in zip(renamed, *sides[0], *sides[1], strict=True)
            for one, other in product(_all_names(*texts[:2]), _all_names(*texts[2:]))
        ]
        if not met:
            return
        at, one, other = (np.array(column, dtype=object) for column in zip(*met, strict=True))
        found = np.where(one == other, np.int8(NAME.index("equal")), organisation_names(one, other))
        near = found >= NAME.index("near")
        np.maximum.at(levels, at[near].astype(np.int64), found[near])


def _all_names(present: str, former: str) -> set[str]:
    return {present, *former.split(";")} - {""}


def _spaced(name: str) -> str:
    return name.replace("\x1f", " ").strip()


def _unnumbered(mailbox: str) -> str:
    local, _, domain = mailbox.partition("@")
    return f"{local.rstrip('0123456789')}@{domain}"


def _value(column: Column, row: int) -> str:
    return str(column.distinct[column.codes[row]]) if column.codes[row] >= 0 else ""


def _letters(name: str) -> int:
    """The initials of a name's words, as bits."""
    bits = 0
    for word in name.split():
        bits |= 1 << (ord(word[0]) % 64)
    return bits


def number_comparisons(schemes: Iterable[str]) -> tuple[Comparison, ...]:
    """A comparison for each register that proves nothing by itself, of the field `number:<scheme>`."""
    return tuple(
        Comparison(f"date:{scheme}", DATE, "A date, such as the day of birth.", f"number:{scheme}", dates, "number")
        if scheme in DATES
        else Comparison(f"number:{scheme}", NEARLY, "Number in a register that proves nothing by itself.",
                        f"number:{scheme}", numbers, "number") for scheme in schemes
    )  # fmt: skip
