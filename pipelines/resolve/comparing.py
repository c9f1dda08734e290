"""How alike two cards are, field by field: small named comparisons that end in a level, never in a number.

What belongs here: which field is compared and with what levels, in rising order, and the machinery that works each out
once a distinct pair of values. What does not: how alike two values are (`judges.py`), what a level is worth
(`mixture.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz.distance import JaroWinkler

from pipelines.resolve.judges import (
    AREA,
    EMAIL,
    EMPLOYER,
    FIRST,
    LAST,
    MIDDLE,
    NAME,
    NEAR_FAMILY,
    NEARLY,
    PLAIN,
    STREET,
    Integers,
    Judge,
    Levels,
    Values,
    employers,
    family_names,
    given_names,
    mailboxes,
    middle_names,
    numbers,
    organisation_names,
    similarity,
    streets,
    titles,
    unlike,
    words_alike,
)

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
        alike[both] = similarity(left[both], right[both], JaroWinkler.similarity) >= NEAR_FAMILY
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
