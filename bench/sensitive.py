"""How well titles and names that reveal religion, politics, union membership or health are told: precision and recall.

    python -m bench.sensitive            # measures and writes docs/sensitive.md
    python -m bench.sensitive --check    # ends with 1 when the page differs from what is measured

The corpora are in `tests/corpora`. What is held out was never looked at while rules were changed.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path

from pipelines.screen.sensitive import name_rule, title_rule
from tests.corpora import BATCHES, FOLDER, MAIN, SMALL, Labelled, corpus

PAGE = Path(__file__).resolve().parents[1] / "docs" / "sensitive.md"
COMMAND = "python -m bench.sensitive"
AIM = 0.95
Z = 1.959964
"""Of the normal distribution, for intervals of 95 %."""
JUDGES: dict[str, Callable[[str], str]] = {"title": title_rule, "organisation": name_rule}
LANGUAGES = {
    "de": "German", "en": "English", "es": "Spanish", "fr": "French", "it": "Italian", "pl": "Polish",
    "el": "Greek", "et": "Estonian", "nl": "Dutch", "no": "Norwegian", "pt": "Portuguese",
}  # fmt: skip


@dataclass(frozen=True)
class Score:
    """Sensitive texts found and missed, and others wrongly taken for sensitive."""

    found: int
    missed: int
    wrong: int

    @property
    def recall(self) -> float:
        """Share of the sensitive texts that were found."""
        return self.found / (self.found + self.missed) if self.found + self.missed else 1.0

    @property
    def precision(self) -> float:
        """Share of what was taken for sensitive that is."""
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 1.0

    def __add__(self, other: Score) -> Score:
        """Both together."""
        return Score(self.found + other.found, self.missed + other.missed, self.wrong + other.wrong)


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The interval that holds a share with 95 % confidence (Wilson 1927), 0 to 1 where nothing was counted."""
    if not of:
        return 0.0, 1.0
    share, spread = hits / of, Z * Z / of
    middle, half = share + spread / 2, Z * sqrt(share * (1 - share) / of + spread / (4 * of))
    return max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread))


@cache
def judged(text: str, kind: str) -> str:
    """The rule that fires on a text, or the empty string."""
    return JUDGES[kind](text)


def score(rows: Iterable[Labelled]) -> Score:
    """How the rules do on labelled texts; only whether a text is sensitive counts, not which subject it is of."""
    outcomes = Counter((row.label != "none", bool(judged(row.text, row.kind))) for row in rows)
    return Score(outcomes[True, True], outcomes[True, False], outcomes[False, True])


def part(language: str, batch: str, *, held_out: bool, kind: str = "") -> list[Labelled]:
    """The held-out texts of a batch in a language, or the others; of one kind or of both."""
    return [row for row in corpus(language, batch) if row.held_out == held_out and kind in {"", row.kind}]


def total(batch: str, *, held_out: bool, kind: str = "") -> Score:
    """The main languages together."""
    return sum((score(part(language, batch, held_out=held_out, kind=kind)) for language in MAIN), Score(0, 0, 0))


@cache
def looks() -> dict[tuple[str, int, str], Score]:
    """The totals of the main languages each time that held-out texts were scored, by batch, look and kind."""
    with (FOLDER / "looks.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["batch"], int(row["look"]), row["kind"]): Score(
                int(row["found"]), int(row["missed"]), int(row["wrong"])
            )
            for row in csv.DictReader(file)
        }


def _share(hits: int, of: int) -> str:
    low, high = wilson(hits, of)
    return f"{hits / of if of else 1:.3f} ({low:.2f} to {high:.2f})"


def _figures(now: Score) -> str:
    recall, precision = _share(now.found, now.found + now.missed), _share(now.found, now.found + now.wrong)
    return f"{recall} | {precision} | {now.missed} | {now.wrong} | {_reached(now)}"


def _reached(now: Score) -> str:
    missing = [name for name in ("recall", "precision") if getattr(now, name) < AIM]
    return f"**no: {' and '.join(missing)}**" if missing else "yes"


FIGURES = "recall (95 % interval) | precision (95 % interval) | missed | wrong | both ≥ 0.95 |"


def _table(languages: Sequence[str], batch: str, *, held_out: bool) -> str:
    """Each kind of each language, then all together."""
    parts = [(name, kind, part(name, batch, held_out=held_out, kind=kind)) for name in languages for kind in JUDGES]
    lines = [f"| {LANGUAGES[name]} | {kind} | {len(rows)} | {_figures(score(rows))} |" for name, kind, rows in parts]
    every = [row for *_, rows in parts for row in rows]
    return "\n".join(
        [
            f"| language | kind | texts | {FIGURES}",
            "|---|---|--:|--:|--:|--:|--:|---|",
            *lines,
            f"| together | both | {len(every)} | {_figures(score(every))} |",
        ]
    )


def _look_table() -> str:
    lines = [
        f"| {batch} | {look} | {kind} | {_figures(then)} |" for (batch, look, kind), then in sorted(looks().items())
    ]
    return "\n".join([f"| texts | look | kind | {FIGURES}", "|---|--:|---|--:|--:|--:|--:|---|", *lines])


def _error_table() -> str:
    """How often texts for tuning were judged wrongly, by batch, language, kind, label and the rule that fired."""
    lines = [
        f"| {batch} | {LANGUAGES[language]} | {kind} | {label} | {rule} | {n} |"
        for (batch, language, kind, label, rule), n in sorted(Counter(_errors()).items())
    ]
    return "\n".join(["| texts | language | kind | label | rule that fired | times |",
                      "|---|---|---|---|---|--:|", *lines])  # fmt: skip


def _errors() -> Iterator[tuple[str, str, str, str, str]]:
    for batch in BATCHES:
        for language in LANGUAGES if batch == "first" else MAIN:
            for row in corpus(language, batch):
                rule = judged(row.text, row.kind)
                if not row.held_out and (row.label != "none") != bool(rule):
                    yield batch, language, row.kind, row.label, f"`{rule}`" if rule else ""


HEAD = f"""\
# Sensitive titles and names

This page is generated by `{COMMAND}`; change what it is made from, not the page.

A person whose title says religion, a party, a union or an illness, or who is named at a body of religion, a party or a
union, is not kept. Which titles and names say so is decided by words in classes (`pipelines/screen/rules/faiths.yml`,
`unions.yml`, `politics.yml`, `health.yml`, `offices.yml`) and shapes over the classes (`shapes.yml`), one way for all
languages, never by inference from a person's name. A trade in a name clears it unless it is unmistakable; a legal form
of firms clears only what is doubtful. Here the rules of all languages together are measured on labelled corpora
(`tests/corpora`), one language after the other. The aim is {AIM} for recall and precision."""

BLIND = """\
Written by another hand that did not know the rules, with a few misspelt texts as cards have them. The writer of the
rules never read this half. **These are the figures to expect on titles and names from elsewhere.**"""

FRESH = """\
Written after the rules by a third hand, as the second half of a set whose other half is for tuning. Texts that an
earlier batch has too are left out, so that only what is new is measured; 4 in 100 are misspelt."""

LOOKS = """\
Totals of the main languages each time that held-out texts were scored; between looks only texts for tuning were read.
Look 5 at `blind` and look 1 at `fresh` were taken after the tolerance of typing errors and before any text of `fresh`
was read; the next ones after tuning on the other half of `fresh`.
`later` was held out then and is for tuning now. Look 1 at `blind` was taken before any blind text was read, at titles
alone, when the rules had become words and shapes; looks 2 and 3 after tuning on the other half; look 4 after two more
rounds of tuning on texts that were written afresh, some of which the held-out half happens to have too."""

TRUST = """\
- The texts are invented, many of the harmless ones hard on purpose. Rules are changed by the errors of texts for tuning
  alone; whoever changes them must not read what is held out (`tests/corpora/blind/held`, and the half of
  `tests/corpora/*.csv` that `held_out` marks), only these totals.
- The held-out half of `first` flatters: one hand wrote those texts and the first rules. `blind` is the better witness.
- Folding knows missing accents, umlauts written with an e, and upper case. One typing error is told in a word of seven
  letters or more (eight if a letter is missing or too many, nine if it is another one), though not at its first letter
  nor, unless two are swapped, at its last two: there inflections, family names and other words differ. Two errors in a
  word and errors in short words are missed; `spelling.yml` lists words that are right though near to one that tells.
- Shares say nothing of how common such titles are; real files hold few of them and many harmless ones.
- Sector codes, which decide where a source gives them, are not measured here."""


def page() -> str:
    """The page, as Markdown."""
    sections = (
        HEAD,
        "## Held out, by another hand",
        BLIND,
        _table(MAIN, "blind", held_out=True),
        "## Held out, by a third hand",
        FRESH,
        _table(MAIN, "fresh", held_out=True),
        "## What every look at held-out texts gave",
        LOOKS,
        _look_table(),
        "## Tuned, by another hand",
        _table(MAIN, "blind", held_out=False),
        "## Tuned, by a third hand",
        _table(MAIN, "fresh", held_out=False),
        "## Earlier texts",
        "`first`, the half that is held out:",
        _table(MAIN, "first", held_out=True),
        "`first`, the half for tuning:",
        _table(MAIN, "first", held_out=False),
        "`later`, for tuning:",
        _table(MAIN, "later", held_out=False),
        "## Other languages, small corpora",
        "Held out:",
        _table(SMALL, "first", held_out=True),
        "Tuned:",
        _table(SMALL, "first", held_out=False),
        "## What is judged wrongly",
        "Of the texts for tuning, by rule. A label of `none` is a text wrongly taken for sensitive.",
        _error_table(),
        "## How far to trust this",
        TRUST,
    )
    return "\n\n".join(sections) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, then writes or compares the page."""
    parser = argparse.ArgumentParser(COMMAND, description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, end with 1 when the page differs")
    asked = parser.parse_args(arguments)
    text = page()
    if asked.check:
        return int(not PAGE.exists() or PAGE.read_text("utf-8") != text)
    PAGE.write_text(text, "utf-8")
    print(f"{PAGE.name} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
