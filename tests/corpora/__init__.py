"""Labelled job titles and names of organisations, one CSV file a language, and their reading.

What belongs here: invented but realistic texts with what they reveal. Half of each file, by a hash of the text, is held
out: no rule is changed because of it. The texts of `later/` were written when the rules for those here stood.
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


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and what it reveals: `religion`, `politics`, `union` or `none`; `kind` is `title` or `organisation`."""

    text: str
    label: str
    kind: str

    @property
    def held_out(self) -> bool:
        """Whether the text is in the half that rules are never tuned on."""
        return bool(sha256(self.text.encode()).digest()[0] % 2)


@cache
def corpus(language: str, batch: str = "first") -> tuple[Labelled, ...]:
    """Every labelled text of a language, in the order of its file.

    Args:
        language: ISO 639-1 code.
        batch: `first`, or `later` for the texts of the main languages that were written after the rules.
    """
    folder = FOLDER if batch == "first" else FOLDER / batch
    with (folder / f"{language}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Labelled(**row) for row in csv.DictReader(file))
