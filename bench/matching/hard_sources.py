"""What sources of the hard world have in common: gaps of their own, their way to write, their kind of errors."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from bench.matching.draw import Texts, pick, texts
from bench.matching.errors import spoil_some
from bench.matching.names import COUNTRIES, latin

TYPED = {"type": 0.40, "delete": 0.25, "insert": 0.12, "transpose": 0.13, "split": 0.03, "merge": 0.07}
SCANNED = {"scan": 0.80, "delete": 0.08, "merge": 0.07, "split": 0.05}
HEARD = {"hear": 0.85, "type": 0.15}
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Source:
    """A source: how much of all cards it gives, the share of its cards that have each field, and its errors.

    Attributes:
        share: Of all cards.
        has: Field: share of cards with it; a field not named is never there.
        abroad: Whether it writes in Latin letters and calls towns by their names abroad.
        rate: Share of the values with an error.
        errors: Their kinds.
        old: Share of the renamed firms that it knows by the former name only.
    """

    share: float
    has: dict[str, float]
    abroad: bool = False
    rate: float = 0.0
    errors: dict[str, float] = field(default_factory=lambda: TYPED)
    old: float = 0.0


SPOILT = ("full_name", "first_name", "last_name", "company_name", "email_address", "street_address", "locality",
          "postal_code", "phone", "website")  # fmt: skip


def thin_and_spoil(columns: dict[str, Texts], chosen: npt.NDArray[np.int64], sources: dict[str, Source],
                   rng: np.random.Generator) -> None:  # fmt: skip
    """Takes away what a source does not have and puts in its errors, in place."""
    for at, source in enumerate(sources.values()):
        rows = np.flatnonzero(chosen == at)
        for name, column in columns.items():
            column[rows[rng.random(len(rows)) >= source.has.get(name, 0.0)]] = ""
            if source.rate and name in SPOILT:
                part = column[rows]
                spoil_some(part, source.rate, source.errors, rng)
                column[rows] = part


def scheme_of(rng: np.random.Generator, count: int) -> npt.NDArray[np.int64]:
    """By which scheme each entity itself writes its name in Latin letters."""
    return rng.choice(3, count, p=[0.6, 0.25, 0.15]).astype(np.int64)


def in_latin(values: Texts, script: Texts, scheme: npt.NDArray[np.int64], wanted: Mask) -> Texts:
    """The values in Latin letters where wanted; the others as they are."""
    found = values.copy()
    rows = np.flatnonzero(wanted & (script != ""))
    found[rows] = [latin(values[row], script[row], int(scheme[row])) for row in rows.tolist()]
    return found


def town_names(town: Texts, exonym: Texts, abroad: Mask, rng: np.random.Generator) -> Texts:
    """The town by one of its names abroad, in three of four cards of sources that write so."""
    found = town.copy()
    rows = np.flatnonzero(abroad & (exonym != "") & (rng.random(len(town)) < 0.75))
    chance = rng.random(len(rows)).tolist()
    for row, which in zip(rows.tolist(), chance, strict=True):
        names = exonym[row].split("=")
        found[row] = names[int(which * len(names))]
    return found


def phone_written(phone: Texts, country: npt.NDArray[np.int64], rng: np.random.Generator) -> Texts:
    """National digits as people write them: international, national, with dots, blanks or brackets."""
    ways = rng.integers(0, 4, len(phone)).tolist()
    made = []
    for one, land, way in zip(phone, country.tolist(), ways, strict=True):
        dial = COUNTRIES[land].dial
        nought = "" if dial == "1" else "0"
        made.append("" if not one else (
            f"+{dial} {one[:2]} {one[2:]}", f"{nought}{one[:2]}/{one[2:]}", f"00{dial} ({nought}){one[:2]} {one[2:]}",
            f"+{dial}.{one[:2]}.{one[2:5]}.{one[5:]}",
        )[way])  # fmt: skip
    return texts(made)


def site_written(domain: Texts, rng: np.random.Generator) -> Texts:
    """A domain as a web address in one of the usual forms."""
    head = pick(rng, ["https://www.", "http://", "www.", ""], len(domain))
    return np.asarray(np.where(domain != "", head + domain, ""), dtype=object)
