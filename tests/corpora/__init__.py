"""Labelled job titles and names of organisations, one CSV file a language, and their reading.

What belongs here: invented but realistic texts with what they reveal. No rule may be changed because of a text that is
held out: half of each file of `first`, by a hash of the text, and the folders `blind/held` and `fresh/held`, which the
writers of the rules never read. Everything else is for tuning: the other half, `later/`, `blind/tune`, `fresh/tune`.
`fresh` has no text that an earlier batch has. `looks.csv` counts how often the texts of `blind/held` and `fresh/held`
were scored, with the totals of each time.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).parent
MAIN = ("de", "en", "es", "fr", "it", "pl")
"""Languages with a large corpus, whose figures have a floor."""
SMALL = ("el", "et", "nl", "no", "pt")
BATCHES = ("first", "later", "blind", "fresh")
"""In the order they were written; `blind` and `fresh` by two other hands that did not know the rules."""
DIVIDED = ("blind", "fresh")
"""Batches of a folder for tuning and one that is held out; only `first` has the small languages."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and what it reveals: `religion`, `politics`, `union`, `health` or `none`.

    Attributes:
        text: A title or a name as it may be written on a card.
        label: What it reveals of the person, or of those who work at the organisation.
        kind: `title` or `organisation`.
        held_out: Whether rules may not be changed because of it.
    """

    text: str
    label: str
    kind: str
    held_out: bool


@cache
def corpus(language: str, batch: str = "first") -> tuple[Labelled, ...]:
    """Every labelled text of a language, in the order of its files.

    Args:
        language: ISO 639-1 code.
        batch: One of `BATCHES`; only `first` has the small languages.
    """
    if batch in DIVIDED:
        return _read(f"{batch}/tune/{language}.csv", held=False) + _read(f"{batch}/held/{language}.csv", held=True)
    return _read(
        f"{language}.csv" if batch == "first" else f"later/{language}.csv", held=None if batch == "first" else False
    )


def _read(path: str, *, held: bool | None) -> tuple[Labelled, ...]:
    """A file's texts; None as held leaves it to the hash of each text."""
    with (FOLDER / path).open(encoding="utf-8", newline="") as file:
        return tuple(
            Labelled(**row, held_out=_odd(row["text"]) if held is None else held) for row in csv.DictReader(file)
        )


def _odd(text: str) -> bool:
    return bool(sha256(text.encode()).digest()[0] % 2)
