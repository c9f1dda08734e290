"""Intake: one file of a source in, screened cards out, with a ledger of everything that did not come through.

What belongs here: the order of reading, projecting, parsing and screening. What does not: where files come from and
where cards go.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from pipelines.card import Card, card_id
from pipelines.collect import limits
from pipelines.faults import BadFile, BadRecord
from pipelines.reasons import FileFault, RecordFault, Refusal
from pipelines.screen import formats
from pipelines.screen.reading import Reader
from pipelines.screen.screening import screen
from pipelines.sources.declaration import Source
from pipelines.sources.registry import Parser, Record, parser

LEDGER_COLUMNS = ("source", "feed", "entry", "field", "code", "n")
"""Columns of a ledger table: `entry` is `read`, `set_aside`, `refused`, `drift`, or, of cards that their source
restricts, `restricted` and, where the gate let one through all the same, `passed_on`; `n` counts; never a value."""

_NOT_TEXT = re.compile("[\0\ud800-\udfff]")
"""What JSON can escape and neither UTF-8 nor PostgreSQL can hold."""


@dataclass(slots=True)
class Ledger:
    """Counts of what a snapshot held, by (feed, entry, field or path, code)."""

    source: str
    counts: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)

    def count(self, feed: str, entry: str, name: str = "", code: str = "", n: int = 1) -> None:
        """Adds `n` to one line of the ledger."""
        self.counts[feed, entry, name, code] += n

    def total(self, entry: str) -> int:
        """The sum over all lines of one entry."""
        return sum(n for (_, kind, _, _), n in self.counts.items() if kind == entry)

    def by_code(self, entry: str) -> dict[str, int]:
        """How often each code stands under one entry."""
        sums: Counter[str] = Counter()
        for (_, kind, _, code), n in self.counts.items():
            if kind == entry:
                sums[code] += n
        return dict(sums)

    def rows(self) -> list[dict[str, str]]:
        """The ledger as rows of text, in a stable order."""
        return [
            {"source": self.source, "feed": feed, "entry": entry, "field": name, "code": code, "n": str(n)}
            for (feed, entry, name, code), n in sorted(self.counts.items())
        ]


def cards(
    stream: IO[bytes],
    source: Source,
    feed: str,
    ledger: Ledger,
    suppressed: frozenset[str],
    believers: set[str] | None = None,
) -> Iterator[Card]:
    """The screened cards of one file.

    Args:
        stream: The file's bytes, unpacked.
        source: The declaration.
        feed: Name of the feed the file is of.
        ledger: Counts everything read, set aside, refused or undeclared.
        suppressed: Card ids of people and organisations that asked not to be here.
        believers: What `screen` keeps from file to file of one snapshot.

    Raises:
        BadFile: The file cannot be taken; what was yielded before must not be used.
    """
    spec = source.feeds[feed]
    reader, parse, read = Reader(spec), parser(source.id, feed), 0
    believers = set() if believers is None else believers
    for item in formats.read(stream, spec):
        read += 1
        ledger.count(feed, "read")
        found = item if isinstance(item, RecordFault) else _parsed(reader.project(item), parse)
        if isinstance(found, RecordFault):
            ledger.count(feed, "set_aside", code=found)
            continue
        outcome = screen(found, source, believers)
        _watch(found, outcome.kept, feed, ledger)
        for name, code in outcome.refused:
            ledger.count(feed, "refused", name, code)
        yield from _unsuppressed(outcome.kept, source, feed, ledger, suppressed)
    for (path, category), n in reader.refused.items():
        ledger.count(feed, "refused", path, category, n)
    for path, n in reader.drift.items():
        ledger.count(feed, "drift", path, "", n)
    if read < spec.volume.min:
        raise BadFile(FileFault.COUNT, detail=f"{read} records, at least {spec.volume.min} expected")


def _watch(found: list[Card], kept: list[Card], feed: str, ledger: Ledger) -> None:
    """Counts the cards that their source restricts, and those of them and of their people that came through."""
    if bound := {card.key for card in found if card.restriction}:
        ledger.count(feed, "restricted", n=len(bound))
        ledger.count(feed, "passed_on", n=sum(bool({card.key, card.employer} & bound) for card in kept))


def _parsed(record: Record, parse: Parser) -> list[Card] | RecordFault:
    """The record's cards; whatever a record does to its parser, it is set aside and the next one is read."""
    try:
        found = list(parse(record))
    except BadRecord as bad:
        return bad.fault
    except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RecursionError):
        return RecordFault.PARSER
    # all of the record: what cannot be held of a company may be what its people must be judged by
    return next((fault for fault in map(_unfit, found) if fault), found)


def _unfit(card: Card) -> RecordFault | None:
    """Why a card cannot be held, whatever it says."""
    own = (card.key, card.employer, card.started_on, card.ended_on, card.updated_on)
    texts = [*own, *(text for claim in card.claims for text in (claim.value, *claim.parts.values()))]
    if any(map(_NOT_TEXT.search, texts)):
        return RecordFault.NOT_TEXT
    return RecordFault.OVERLONG if any(_overlong(text) for text in texts) else None


def _overlong(text: str) -> bool:
    # the characters first: their bytes are counted for few
    return len(text) * 4 > limits.VALUE and len(text.encode()) > limits.VALUE


def _unsuppressed(
    kept: list[Card], source: Source, feed: str, ledger: Ledger, suppressed: frozenset[str]
) -> Iterator[Card]:
    for card in kept:
        if card_id(source.id, card.key) in suppressed:
            ledger.count(feed, "refused", "card", Refusal.SUPPRESSED)
        else:
            yield card
