"""Screening a snapshot: from the spool's raw files to the lake's screened cards, and then the raw files are gone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

import pyarrow.parquet as pq

from pipelines.card import CARD_COLUMNS, CLAIM_COLUMNS, Card, card_row, claim_rows
from pipelines.collect.containers import Head, members
from pipelines.collect.snapshot import Snapshot, rules_version, told
from pipelines.faults import BadFile
from pipelines.reasons import FileFault
from pipelines.screen.formats import is_page
from pipelines.screen.intake import LEDGER_COLUMNS, Ledger, cards
from pipelines.sources.declaration import Source
from resources.lake import Lake
from resources.spool import Spool

SUPPRESSIONS = "rights/suppressions"
ENTRIES = ("read", "set_aside", "refused", "drift", "kept", "restricted", "passed_on")
"""The entries of the ledger that are counted with the dataset."""
SNAPSHOT_COLUMNS = ("snapshot_id", "source", "collected_at", "files", "records", "cards")


def dataset(source: str) -> str:
    """The lake's dataset of a source's screened cards."""
    return f"screen/{source}_cards"


def version(snapshot: Snapshot, lake: Lake) -> str:
    """What the screened cards depend on: the files, the rules, and who is suppressed."""
    suppressed = lake.current(SUPPRESSIONS)
    parts = (snapshot.snapshot_id, rules_version(snapshot.source), suppressed["version"] if suppressed else "")
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def is_current(snapshot: Snapshot, lake: Lake) -> bool:
    """Whether the lake already holds what screening this snapshot would give."""
    known = lake.current(dataset(snapshot.source))
    return known is not None and known["version"] == version(snapshot, lake)


def screen_snapshot(source: Source, snapshot: Snapshot, spool: Spool, lake: Lake) -> Ledger:
    """Reads all files of the snapshot into the lake; all or nothing.

    Returns:
        The ledger of what was read and what did not come through.

    Raises:
        BadFile: A file cannot be taken, or the declaration knows none of them; the lake is as it was.
    """
    ledger, suppressed = Ledger(source.id), _suppressed(lake)
    try:
        with lake.write(dataset(source.id), version(snapshot, lake)) as draft:
            headers, claims = draft.rows("cards", CARD_COLUMNS), draft.rows("claims", CLAIM_COLUMNS)
            for feed, card in _cards(source, spool, ledger, suppressed):
                headers.add([card_row(card, source.id, feed, snapshot.snapshot_id)])
                claims.add(claim_rows(card, source.id))
                ledger.count(feed, "kept", card.kind)
            draft.rows("ledger", LEDGER_COLUMNS).add(ledger.rows())
            draft.rows("snapshot", SNAPSHOT_COLUMNS).add([_snapshot_row(snapshot, ledger)])
            draft.counts.update({entry: ledger.total(entry) for entry in ENTRIES})
    finally:
        spool.clear(source.id)
    return ledger


def _cards(source: Source, spool: Spool, ledger: Ledger, suppressed: frozenset[str]) -> Iterator[tuple[str, Card]]:
    known, believers = 0, set[str]()
    # by name: a register's companies stand before their owners, who are judged by them
    for place, file in enumerate(spool.files(source.id), 1):
        with members(file, source.members, told(source.id, place)) as found:
            for name, stream in found:
                head = Head(stream)
                feed = _feed(source, name, file, head)
                if feed is None:
                    _refuse_spoilt(source, name, head)
                    ledger.count("", "file", "", "known" if source.knows(name, head.text) else "unknown")
                    continue
                known += 1
                for card in cards(cast("IO[bytes]", head), source, feed, ledger, suppressed, believers):
                    yield feed, card
    if not known:
        raise BadFile(FileFault.NO_FILE, source.id)


def _feed(source: Source, name: str, file: Path, head: Head) -> str | None:
    """By the name inside a container, else by the container's own."""
    return source.feed_of(name, head.text) or (
        source.feed_of(file.stem, head.text) if file.suffix.lower() in {".zip", ".gz"} else None
    )


def _refuse_spoilt(source: Source, name: str, head: Head) -> None:
    """A file that bears a feed's name but holds nothing, a web page or no text is that feed's file gone wrong."""
    if not source.bears(name):
        return
    if not head.text.strip():
        raise BadFile(FileFault.EMPTY)
    if is_page(head.text):
        raise BadFile(FileFault.HTML)
    if "\0" in head.text:
        raise BadFile(FileFault.ENCODING)


def _suppressed(lake: Lake) -> frozenset[str]:
    if lake.current(SUPPRESSIONS) is None:
        return frozenset()
    column = pq.read_table(lake.tables(SUPPRESSIONS, "cards")[0], columns=["card_id"])["card_id"]
    return frozenset(column.to_pylist())


def _snapshot_row(snapshot: Snapshot, ledger: Ledger) -> dict[str, str]:
    files = ", ".join(file.model_dump_json(exclude_defaults=True) for file in snapshot.files)
    return {
        "snapshot_id": snapshot.snapshot_id,
        "source": snapshot.source,
        "collected_at": snapshot.collected_at,
        "files": f"[{files}]",
        "records": str(ledger.total("read")),
        "cards": str(ledger.total("kept")),
    }
