"""What the tests of the American sources share: reading a file to its cards, and a few dozen invented firms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from pipelines.card import Card
from pipelines.faults import BadRecord
from pipelines.reasons import RecordFault
from pipelines.screen.formats import read
from pipelines.screen.reading import Reader
from pipelines.sources.registry import parser, sources
from tests.world.model import Firm, Human, Mention, Place, Planted, Writer

INBOX = Path(__file__).resolve().parents[2] / ".." / "shared" / "inbox"


@dataclass
class Found:
    """What came of a file: its feed, its cards and the counts of everything else."""

    feed: str
    cards: list[Card] = field(default_factory=list)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    drift: Counter[str] = field(default_factory=Counter)
    aside: Counter[RecordFault] = field(default_factory=Counter)


def found_in(source: str, name: str, content: bytes) -> Found:
    """Reads, projects and parses one file, as screening does."""
    declared = sources()[source]
    feed = declared.feed_of(name, content[:65_536].decode("latin-1"))
    assert feed is not None, "no feed holds the file"
    reader, parse, found = Reader(declared.feeds[feed]), parser(source, feed), Found(feed)
    for item in read(BytesIO(content), declared.feeds[feed]):
        if isinstance(item, RecordFault):
            found.aside[item] += 1
            continue
        try:
            found.cards += parse(reader.project(item))
        except BadRecord as bad:
            found.aside[bad.fault] += 1
    found.refused, found.drift = reader.refused, reader.drift
    return found


def found_below(source: str, folder: Path) -> Iterator[tuple[Path, Found]]:
    """What is found in each data file of a folder; every file must be of a feed or known."""
    declared = sources()[source]
    for file in sorted(folder.iterdir()):
        content = file.read_bytes()
        head = content[:65_536].decode("latin-1")
        if declared.feed_of(file.name, head) is None:
            assert declared.knows(file.name, head), file.name
        else:
            yield file, found_in(source, file.name, content)


def shown(card: Card) -> list[tuple[str, str, str]]:
    """The claims of a card, without their parts."""
    return [(claim.field, claim.value, claim.label) for claim in card.claims]


def written(writer: Writer, count: int) -> tuple[list[Mention], list[Planted]]:
    """Has a writer write `count` firms, and sorts what it tells of them."""
    told = [truth for number in range(count) for truth in writer.add(firm(number))]
    writer.close()
    return [one for one in told if isinstance(one, Mention)], [one for one in told if isinstance(one, Planted)]


def values(cards: list[Card]) -> str:
    """Everything the cards say, in one text to search in."""
    return "\n".join(text for card in cards for claim in card.claims for text in (claim.value, *claim.parts.values()))


def firm(number: int) -> Firm:
    """An invented American firm; every seventh is a sole trader, every eleventh has been closed."""
    place = Place(f"{100 + number} Quarry Road", "Maplewick", "OH", f"{43000 + number}-1234", "US")
    closed = number % 11 == 5
    return Firm(
        id=f"firm-{number}",
        party="sole_trader" if number % 7 == 3 else "company",
        name=f"Quillon & Brask {number} LLC",
        short=f"Quillon & Brask {number}",
        trading="Brask Works" if number % 3 == 0 else "",
        former=f"Quillon {number} LLC" if number % 4 == 0 else "",
        form="LLC",
        country="US",
        number=f"{number:08d}",
        lei="",
        founded_on="2004-02-29",
        active=not closed,
        industry="86210",
        domain=f"quillon{number}.example",
        phone=f"+1614555{number:04d}",
        fax=f"+1614556{number:04d}" if number % 2 else "",
        place=place,
        branch=None,
        parent="",
        parent_lei="",
        updated_on="2026-03-04",
        people=(_human(number, "Orla", "director", ""), _human(number, "Tavish", "officer", "2025-12-31"),
                _human(number, "Ines", "officer", "")),
    )  # fmt: skip


def _human(number: int, first: str, role: str, ended_on: str) -> Human:
    return Human(
        id=f"{first}-{number}",
        first=first,
        last=f"Wexcombe-{_letters(number)}",
        middle="Jo",
        title="Chief Operating Officer",
        role=role,
        email=f"{first}@quillon{number}.example",
        extension="",
        started_on="2019-05-01",
        ended_on=ended_on,
        sensitive=False,
        birth_date="1971-01-02",
        home=Place(f"{number} {first} Private Lane", "Elmhollow", "OH", "43999-0001", "US"),
        mobile=f"+1937555{number:04d}",
        free_mail=f"{first}{number}@mailbox.example",
    )


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))
