"""Sound files, one a feed, and what spoils them: bytes, tags, types; shared by the tests and the long bench."""

from __future__ import annotations

import dataclasses
import io
import json
import random
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st
from stdnum.iso7064 import mod_97_10

from pipelines.card import CARD_COLUMNS, CLAIM_COLUMNS, Card, Kind, card_row, claim_rows
from pipelines.collect import limits
from pipelines.faults import BadFile
from pipelines.reasons import SENTENCES
from pipelines.screen.formats import xml_records
from pipelines.screen.intake import LEDGER_COLUMNS, Ledger, cards
from pipelines.sources.declaration import Xml
from pipelines.sources.registry import sources
from tests.sources.american import firm
from tests.world.model import Firm
from tests.world.writers import edgar, fdic, gleif, nppes, ocds, ted_eforms, vcard, web

BESIDE = Path(__file__).parents[2] / "sources"
WRITERS = (edgar, fdic, gleif, nppes, ocds, ted_eforms, vcard, web)
_TOKEN = re.compile(rb'<[^<>]*>|"(?:[^"\\]|\\.)*"|[\w.@+-]+|\s+|[^\w\s]')
_ODD = (
    *(
        b"",
        b"\0",
        b"\xff",
        b"\xed\xa0\x80",
        b"null",
        b"true",
        b"[]",
        b"{}",
        b'""',
        b"-1e400",
        b"1" * 400,
        b"<a>",
        b"</a>",
    ),
    *(
        b"&#0;",
        b"&x;",
        b"]]>",
        b"<![CDATA[",
        b"\r",
        b"\n",
        b'"',
        b"\\",
        b"=cmd|'/C'!A0",
        b"../../x",
        b"a" * 9_000,
        b"%s",
    ),
    *(
        "\u202e\u0130\ufdfa".encode(),
        b"0000-00-00",
        b"9999-99-99T99:99:99Z",
        b"http://[",
        b"mailto:",
        b"@",
        b"BEGIN:VCARD",
    ),
)


@cache
def sound_files() -> dict[tuple[str, str], tuple[bytes, ...]]:
    """Small files by (source, feed): what the invented world writes, and the fixtures of the sources' own tests."""
    found: dict[tuple[str, str], tuple[bytes, ...]] = {}
    for source, file in _files():
        content = file[1]
        feed = sources()[source].feed_of(file[0], content[:65_536].decode("latin-1"))
        if feed and content:
            found[source, feed] = (*found.get((source, feed), ()), content)[:3]
    return found


def _files() -> Iterator[tuple[str, tuple[str, bytes]]]:
    for module in WRITERS:
        source = module.__name__.rpartition(".")[2]
        with TemporaryDirectory() as folder:
            writer = module.Writer(Path(folder), random.Random(7), "2026-03-05")
            for number in range(24):
                list(writer.add(_firm(number)))
            writer.close()
            for file in sorted(Path(folder).rglob("*.*"), key=lambda each: -each.stat().st_size):
                yield source, (file.name, file.read_bytes())
                yield from ((source, shape) for shape in _other_shapes(file.name, file.read_bytes()))
    for file in sorted(BESIDE.glob("*/**/*.*")):
        if file.suffix not in {".py", ".pyc"}:
            yield file.relative_to(BESIDE).parts[0], (file.name, file.read_bytes())


def _other_shapes(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """The same records in the other shapes in which their source publishes them."""
    if name == "releases.jsonl":
        found = [json.loads(line) for line in content.splitlines()]
        yield "record_package.json", _json({"records": [{"compiledRelease": each} for each in found]})
        yield "record_releases.json", _json({"records": [{"releases": [each]} for each in found]})
        yield "release_package.json", _json({"releases": found})
        yield "releases.json", _json(found)
    elif name == "rr-golden-copy.xml":
        yield (
            "rr.json",
            _json(list(xml_records.read(io.BytesIO(content), Xml(kind="xml", record="RelationshipRecord")))),
        )


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def _firm(number: int) -> Firm:
    """An invented firm of one of the countries that a source is of, with a parent."""
    lei, parent = (f"INVENTED0000{number + more:06d}" for more in (0, 100))
    return dataclasses.replace(
        firm(number),
        country=("US", "US", "GB", "DE")[number % 4],
        lei=lei + mod_97_10.calc_check_digits(lei),
        parent_lei=parent + mod_97_10.calc_check_digits(parent),
    )


def bytewise(content: bytes, dice: random.Random) -> bytes:
    """Some bytes flipped, or the rest cut off."""
    if dice.random() < 0.3:
        return content[: dice.randrange(len(content) + 1)]
    spoilt = bytearray(content)
    for _ in range(dice.randint(1, 8)):
        spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
    return bytes(spoilt)


def tokenwise(content: bytes, dice: random.Random) -> bytes:
    """Some tags, texts and numbers removed, written twice, swapped, or replaced by what nobody expects there."""
    tokens = _TOKEN.findall(content)
    for _ in range(dice.randint(1, 6)):
        at, other = dice.randrange(len(tokens)), dice.randrange(len(tokens))
        match dice.randrange(4):
            case 0:
                tokens[at] = b""
            case 1:
                tokens[at] *= dice.choice((2, 3, 50)) if len(tokens[at]) < 10_000 else 1
            case 2:
                tokens[at], tokens[other] = tokens[other], tokens[at]
            case _:
                tokens[at] = _typed(tokens[at], dice.choice(_ODD))
    return b"".join(tokens)


def _typed(token: bytes, odd: bytes) -> bytes:
    """The odd value where the token stood, in its quotes half of the time, so that the document stays sound."""
    return b'"%s"' % odd if token[:1] == b'"' and len(odd) % 2 else odd


SPOILS: tuple[Callable[[bytes, random.Random], bytes], ...] = (bytewise, tokenwise)


def spoilt(content: bytes, seed: int, rounds: int) -> bytes:
    """The content spoilt so many times, always the same way for a seed."""
    dice = random.Random(seed)
    for _ in range(rounds):
        content = dice.choice(SPOILS)(content, dice) or content
    return content


mutations = st.tuples(st.integers(0, 1 << 32), st.integers(1, 4))
"""What tells one spoilt file from another: (seed, rounds)."""


def screened(source: str, feed: str, content: bytes) -> int:
    """Reads, parses and screens one file as a run does, and judges what came; gives how many cards came before its end.

    Raises:
        AssertionError: A card or a line of the ledger is what none may be; the message says which rule it breaks.
        Exception: Anything but the refusal of a file: a fault of ours.
    """
    count, ledger = 0, Ledger(source)
    try:
        for card in cards(io.BytesIO(content), sources()[source], feed, ledger, frozenset()):
            count += 1
            judge(card, source, feed)
    except BadFile:
        pass
    for row in ledger.rows():
        assert tuple(row) == LEDGER_COLUMNS, "a line of the ledger has other columns"
        assert legible(row.values()), "a line of the ledger is no text"
        assert not row["code"] or row["code"] in SENTENCES, "a line of the ledger has no known code"
    return count


def judge(card: Card, source: str, feed: str) -> None:
    """What holds of every card that passed the gate, whatever the file was.

    Raises:
        AssertionError: It does not; the message never holds a value.
    """
    header, claims = card_row(card, source, feed, "snapshot"), claim_rows(card, source)
    assert tuple(header) == CARD_COLUMNS, "a card has other columns"
    assert header["record_id"], "a card has no key"
    assert claims, "a card has no value"
    assert legible(header.values()), "a card is no text"
    assert card.kind is Kind.COMPANY or (header["employer_card_id"] and card.claims), "a person has no employer"
    for row in claims:
        assert set(row) <= set(CLAIM_COLUMNS), "a value has other columns"
        assert legible(row.values()), "a value is no text"
        assert row["value"].strip(), "a value is blank"
        assert row["label"] not in PRIVATE_LABELS, "a value that is called private came through"
        assert not FREE_MAIL.search(row["value"]), "an address at a free-mail provider came through"
        assert len(row["value"].encode()) <= limits.VALUE, "a value is longer than any on a card"


PRIVATE_LABELS = frozenset({"home", "pager", "correspondence"})
FREE_MAIL = re.compile(r"@(?:gmail\.com|hotmail\.com|yahoo\.com|outlook\.com|web\.de|gmx\.(?:de|net))\b", re.IGNORECASE)
"""The best known only: judged here without the rules that are under test."""


def legible(texts: Iterable[str]) -> bool:
    """Whether UTF-8 and PostgreSQL can hold the texts."""
    return all("\0" not in text and text.encode("utf-8", "replace").decode() == text for text in texts)
