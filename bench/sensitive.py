"""How well titles and names that reveal religion, politics or union membership are told: precision and recall.

    python -m bench.sensitive            # measures and writes docs/sensitive.md
    python -m bench.sensitive --check    # ends with 1 when the page differs from what is measured

The corpora are in `tests/corpora`. Half of each, by a hash of the text, was never looked at while rules were changed.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.screen.sensitive import name_rule, title_rule
from tests.corpora import FOLDER, MAIN, SMALL, Labelled, corpus

PAGE = Path(__file__).resolve().parents[1] / "docs" / "sensitive.md"
COMMAND = "python -m bench.sensitive"
AIM = 0.95
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


@cache
def judged(text: str, kind: str) -> str:
    """The rule that fires on a text, or the empty string."""
    return JUDGES[kind](text)


def score(rows: Iterable[Labelled]) -> Score:
    """How the rules do on labelled texts; only whether a text is sensitive counts, not which subject it is of."""
    outcomes = Counter((row.label != "none", bool(judged(row.text, row.kind))) for row in rows)
    return Score(outcomes[True, True], outcomes[True, False], outcomes[False, True])


def part(language: str, kind: str, *, held_out: bool) -> list[Labelled]:
    """The texts of one kind in one half of a language's corpus."""
    return [row for row in corpus(language) if row.kind == kind and row.held_out == held_out]


@cache
def first_measured() -> dict[tuple[str, str], Score]:
    """The held-out figures of the rules as they were before the corpora existed, by language and kind."""
    with (FOLDER / "first_measured.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["language"], row["kind"]): Score(int(row["found"]), int(row["missed"]), int(row["wrong"]))
            for row in csv.DictReader(file)
        }


def _line(language: str, kind: str) -> str:
    held = part(language, kind, held_out=True)
    now, first = score(held), first_measured()[language, kind]
    tuned = score(part(language, kind, held_out=False))
    reached = "yes" if min(now.recall, now.precision) >= AIM else "**no**"
    return (
        f"| {LANGUAGES[language]} | {kind} | {len(held)} | {first.recall:.2f} | {first.precision:.2f} | "
        f"{tuned.recall:.3f} | {tuned.precision:.3f} | {now.recall:.3f} | {now.precision:.3f} | "
        f"{now.missed} | {now.wrong} | {reached} |"
    )


def _table(languages: Sequence[str]) -> str:
    return "\n".join([
        "| language | kind | held-out texts | first: recall | first: precision | tuning half: recall | precision | "
        "held out: recall | precision | missed | wrong | both ≥ 0.95 |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|",
        *(_line(language, kind) for language in languages for kind in JUDGES),
    ])  # fmt: skip


def _errors(*, held_out: bool) -> Counter[tuple[str, str, str, str]]:
    """How often texts were judged wrongly, by language, kind, label and the rule that fired."""
    rows = ((language, row) for language in LANGUAGES for row in corpus(language) if row.held_out == held_out)
    return Counter(
        (language, row.kind, row.label, judged(row.text, row.kind) or "none fired")
        for language, row in rows
        if (row.label != "none") != bool(judged(row.text, row.kind))
    )


def _error_table() -> str:
    lines = [
        f"| {LANGUAGES[language]} | {kind} | {half} | {label} | `{rule}` | {n} |"
        for half, held_out in (("held out", True), ("tuning", False))
        for (language, kind, label, rule), n in sorted(_errors(held_out=held_out).items())
    ]
    return "\n".join(["| language | kind | half | label | rule | texts |", "|---|---|---|---|---|--:|", *lines])


def _sum(languages: Sequence[str]) -> Score:
    scores = (score(part(language, kind, held_out=True)) for language in languages for kind in JUDGES)
    return sum(scores, Score(0, 0, 0))


def page() -> str:
    """The page, as Markdown."""
    total = _sum(MAIN)
    return "\n".join(
        [
            "# Sensitive titles and names",
            "",
            f"This page is generated by `{COMMAND}`; change what it is made from, not the page.",
            "",
            (
                "A person whose title says religion, a party or a union, or who is named at such an organisation, is "
                "not kept. Which titles and names say so is decided by phrase rules "
                "(`pipelines/screen/rules/titles.yml`, `pipelines/screen/rules/sectors.yml`), never by inference from "
                "a person's name. Here the rules of all languages together are measured on labelled corpora "
                "(`tests/corpora`), one language after the other."
            ),
            "",
            f"Held out, the six main languages together: recall {total.recall:.3f}, precision {total.precision:.3f}.",
            "",
            "## Main languages",
            "",
            _table(MAIN),
            "",
            "## Others, small corpora",
            "",
            _table(SMALL),
            "",
            "## What is judged wrongly",
            "",
            "By rule, never by text. A label of `none` is a text wrongly taken for sensitive.",
            "",
            _error_table(),
            "",
            "## How far to trust this",
            "",
            (
                "- The texts are invented, many of the negatives on purpose hard. They were written down before the "
                "rules were revised; `first` is what the rules of that day made of the held-out half."
            ),
            (
                "- A text is held out by a hash of itself; rules were revised by the errors of the tuning half alone. "
                "But one hand wrote corpora and rules, so that both know the same words: expect less on titles from "
                "elsewhere."
            ),
            "- Shares say nothing of how common such titles are; real files hold few of them and many harmless ones.",
            "- Sector codes, which decide where a source gives them, are not measured here.",
            "",
        ]
    )


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
