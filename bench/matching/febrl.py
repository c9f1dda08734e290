"""A world as FEBRL's data set generator makes one: originals from frequency tables, duplicates with single errors.

What belongs here: that error model, written afresh from its documentation (Christen 2005; Christen and Pudjijono 2009):
which field is hit, by which error, at most so many in a field and in a record, the numbers of duplicates of its third
published data set. What does not: any structure of firms and families (`hard.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from bench.matching.draw import Integers, Texts, falling, numbers, pick, texts, words
from bench.matching.errors import spoil
from bench.matching.names import COMPANY_WORDS, FORMS, GIVEN, STREETS, SURNAMES
from bench.matching.sets import Labelled

DUPLICATES = (873, 344, 233, 188, 184, 178)
"""Originals with 0 to 5 duplicates among 2,000: the Zipf distribution of the generator's `dataset3`."""
MOST_IN_FIELD, MOST_IN_RECORD = 4, 6
"""The parameters of `dataset3`."""
OTHER_VALUE, NEW_VALUE = "other", "new"
NAMES_SWAPPED = 0.05
"""Given and family name in each other's place, of records with errors."""


@dataclass(frozen=True)
class Field:
    """How a field is spoilt: how often it is chosen, and the shares of each error once it is."""

    chosen: float
    errors: dict[str, float]


_NAME = {"hear": 0.20, "scan": 0.10, "insert": 0.05, "delete": 0.15, "type": 0.35, "transpose": 0.05, "other": 0.02,
         "reorder": 0.02, "split": 0.01, "merge": 0.01, "miss": 0.02, "new": 0.02}  # fmt: skip
_WORDS = {"scan": 0.10, "insert": 0.10, "delete": 0.15, "type": 0.45, "transpose": 0.05, "other": 0.02, "reorder": 0.03,
          "split": 0.02, "merge": 0.03, "miss": 0.04, "new": 0.01}  # fmt: skip
_PLACE = {"hear": 0.30, "scan": 0.10, "insert": 0.10, "delete": 0.15, "type": 0.22, "transpose": 0.04, "other": 0.01,
          "reorder": 0.02, "split": 0.02, "merge": 0.02, "miss": 0.01, "new": 0.01}  # fmt: skip
_POSTAL = {"type": 0.35, "transpose": 0.60, "other": 0.03, "miss": 0.01, "new": 0.01}
_PHONE = {"type": 0.40, "transpose": 0.30, "other": 0.15, "miss": 0.05, "new": 0.10}
_MAIL = {"type": 0.30, "delete": 0.20, "transpose": 0.15, "insert": 0.05, "other": 0.02, "miss": 0.26, "new": 0.02}

FIELDS: dict[str, dict[str, Field]] = {
    "person": {
        "first_name": Field(0.15, _NAME), "last_name": Field(0.20, _NAME), "company_name": Field(0.15, _WORDS),
        "street_address": Field(0.15, _WORDS), "locality": Field(0.10, _PLACE), "postal_code": Field(0.05, _POSTAL),
        "phone": Field(0.10, _PHONE), "email_address": Field(0.10, _MAIL),
    },
    "company": {
        "company_name": Field(0.35, _WORDS), "street_address": Field(0.20, _WORDS), "locality": Field(0.15, _PLACE),
        "postal_code": Field(0.10, _POSTAL), "phone": Field(0.10, _PHONE), "website": Field(0.10, _MAIL),
    },
}  # fmt: skip
ABSENT = {"phone": 0.3, "email_address": 0.5, "website": 0.5, "street_address": 0.2, "postal_code": 0.1}
"""Share of originals that lack a field; the generator's address and telephone fields are as often empty."""


def febrl(kind: str, rows: int, seed: int) -> Labelled:
    """So many cards; every value of an original is drawn by itself."""
    rng = np.random.default_rng((seed, 17))
    times = _times(rng, rows)
    cards = _originals(kind, len(times), rng)
    of = np.repeat(np.arange(len(times)), times)
    first = np.flatnonzero(np.diff(of, prepend=-1))
    columns = {name: column[of] for name, column in cards.items()}
    later = np.setdiff1d(np.arange(len(of)), first)
    _spoilt(columns, cards, FIELDS[kind], later, rng)
    if kind == "person":
        swapped = later[rng.random(len(later)) < NAMES_SWAPPED]
        one, other = columns["first_name"], columns["last_name"]
        one[swapped], other[swapped] = other[swapped], one[swapped].copy()
    order = rng.permutation(len(of))[:rows]
    table = pd.DataFrame({name: column[order] for name, column in columns.items()})
    table.insert(0, "card_id", [f"f{at:07d}" for at in range(len(order))])
    return Labelled(f"febrl {kind}", kind, table, pd.Series(of[order]))


def _times(rng: np.random.Generator, rows: int) -> Integers:
    shares = np.array(DUPLICATES) / sum(DUPLICATES)
    sizes = 1 + rng.choice(len(DUPLICATES), int(rows / 2) + 10, p=shares)
    return np.asarray(sizes[: int(np.searchsorted(np.cumsum(sizes), rows)) + 1], dtype=np.int64)


def _originals(kind: str, count: int, rng: np.random.Generator) -> dict[str, Texts]:
    towns = words(rng, max(60, count // 60))
    streets = pick(rng, words(rng, 4000), count, falling(4000, 0.7, 5)) + " " + pick(rng, STREETS, count)
    found = {
        "street_address": pick(rng, [str(one) for one in range(1, 250)], count, falling(249, 0.6, 5)) + " " + streets,
        "locality": pick(rng, towns, count, falling(len(towns), 0.8, 3)),
        "postal_code": numbers(rng, count, 4), "phone": "0" + pick(rng, ["2", "3", "4", "7", "8"], count)
        + " " + numbers(rng, count, 8),
    }  # fmt: skip
    named = _people(count, rng) if kind == "person" else _companies(count, rng)
    columns = {**named, **found}
    for name, share in ABSENT.items():
        if name in columns:
            columns[name][rng.random(count) < share] = ""
    return columns


def _people(count: int, rng: np.random.Generator) -> dict[str, Texts]:
    rare = words(rng, 4000)
    surnames = np.concatenate([texts(SURNAMES), rare])
    first = pick(rng, GIVEN, count, falling(len(GIVEN), 0.8, 4))
    last = pick(rng, surnames, count, falling(len(surnames), 0.9, 15))
    firms = max(20, count // 6)
    company = _company_names(firms, rng)[rng.choice(firms, count, p=falling(firms, 0.5, 5))]
    host = pick(rng, words(rng, max(20, count // 8)), count)
    mail = texts([f"{a}.{b}@{c}.example".lower() for a, b, c in zip(first, last, host, strict=True)])
    return {"first_name": first, "last_name": last, "company_name": company, "email_address": mail}


def _company_names(count: int, rng: np.random.Generator) -> Texts:
    invented = words(rng, max(200, count // 8))
    pool = np.concatenate([texts(COMPANY_WORDS), invented])
    head = pick(rng, invented, count, falling(len(invented), 0.5, 10))
    parts = [pick(rng, pool, count, falling(len(pool), 0.8, 5)) for _ in range(2)]
    many = rng.integers(0, 3, count)
    middle = np.where(many > 0, " " + parts[0], "") + np.where(many > 1, " " + parts[1], "")
    return np.asarray(head + middle + " " + pick(rng, FORMS, count), dtype=object)


def _companies(count: int, rng: np.random.Generator) -> dict[str, Texts]:
    name = _company_names(count, rng)
    number = numbers(rng, count, 3)
    site = texts([f"{one.split(' ')[0]}{two}.example".lower() for one, two in zip(name, number, strict=True)])
    return {"company_name": name, "website": site}


def _spoilt(columns: dict[str, Texts], originals: dict[str, Texts], fields: dict[str, Field], rows: Integers,
            rng: np.random.Generator) -> None:  # fmt: skip
    """Between one and the most errors in each of the rows, in fields drawn by their chances."""
    many = rng.integers(1, MOST_IN_RECORD + 1, len(rows))
    hit = np.repeat(rows, many)
    chances = np.array([field.chosen for field in fields.values()])
    which = rng.choice(len(fields), len(hit), p=chances / chances.sum())
    events = pd.DataFrame({"row": hit, "field": which})
    events = events[events.groupby(["row", "field"]).cumcount() < MOST_IN_FIELD]
    for at, (name, field) in enumerate(fields.items()):
        _spoil_field(columns[name], originals[name], field, events.loc[events["field"] == at, "row"].to_numpy(), rng)


def _spoil_field(column: Texts, pool: Texts, field: Field, rows: npt.NDArray[np.int64],
                 rng: np.random.Generator) -> None:  # fmt: skip
    shares = np.array(list(field.errors.values()))
    kinds = rng.choice(list(field.errors), len(rows), p=shares / shares.sum())
    other, new = rows[kinds == OTHER_VALUE], rows[kinds == NEW_VALUE]
    filled, empty = other[column[other] != ""], new[column[new] == ""]
    column[filled] = pick(rng, pool, len(filled))
    column[empty] = pick(rng, pool, len(empty))
    single = (kinds != OTHER_VALUE) & (kinds != NEW_VALUE)
    spoil(column, rows[single], kinds[single].tolist(), rng)
