"""Screening a snapshot from a real spool into a real lake: all or nothing, and then the raw files are gone."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from pipelines.card import card_id
from pipelines.faults import BadFile
from pipelines.reasons import FileFault
from pipelines.screen.intake import Ledger
from pipelines.sources.registry import sources
from resources.fetcher import Fetcher
from resources.lake import Lake
from resources.screening import SUPPRESSIONS, dataset, is_current, screen_snapshot
from resources.spool import Spool

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
FDIC = sources()["fdic"]
HEAD = "CERT,NAME,ADDRESS,CITY,STNAME,ZIP,ACTIVE,INSDATE,WEBADDR\n"
ROWS = (
    "90001,Alder Savings Bank,1 Main St,Salem,Oregon,97301,1,01/02/1990,www.alder.example\n"
    "90002,Birch Trust,2 Main St,Salem,Oregon,97301,1,01/02/1991,\n"
)


class Gate:
    """An inbox, a spool and a lake, and the way from one to the other."""

    def __init__(self, folder: Path, fetcher: Fetcher) -> None:
        self.inbox = folder / "inbox" / "fdic"
        self.inbox.mkdir(parents=True)
        self.spool, self.lake = Spool(folder / "spool", self.inbox.parent, fetcher), Lake(folder / "lake")

    def screen(self) -> Ledger:
        return screen_snapshot(FDIC, self.spool.collect(FDIC, NOW), self.spool, self.lake)

    def table(self, name: str) -> pd.DataFrame:
        return pd.read_parquet(self.lake.tables(dataset("fdic"), name)[0])


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    with Fetcher("test/0", "nobody") as fetcher:
        yield Gate(tmp_path, fetcher)


def test_cards_claims_ledger_and_snapshot_arrive_and_the_raw_files_go(gate: Gate) -> None:
    (gate.inbox / "banks.csv").write_text(HEAD + ROWS)
    ledger = gate.screen()
    assert ledger.total("read") == ledger.total("kept") == 2
    assert gate.table("cards")["record_id"].tolist() == ["90001", "90002"]
    claims = gate.table("claims")
    assert set(claims[claims["field"] == "company_name"]["value"]) == {"Alder Savings Bank", "Birch Trust"}
    snapshot = gate.table("snapshot").iloc[0]
    assert (snapshot["records"], snapshot["cards"], snapshot["collected_at"]) == ("2", "2", "2026-05-01T12:00:00+00:00")
    assert '"name":"fdic/#1"' in snapshot["files"]
    assert "banks" not in snapshot["files"]
    assert gate.spool.files("fdic") == []
    assert (gate.inbox / "banks.csv").exists()
    manifest = gate.spool.manifest("fdic")
    assert manifest is not None
    assert is_current(manifest, gate.lake)


def test_other_suppressions_make_the_cards_stale_and_keep_the_suppressed_out(gate: Gate) -> None:
    (gate.inbox / "banks.csv").write_text(HEAD + ROWS)
    gate.screen()
    with gate.lake.write(SUPPRESSIONS, "v1") as draft:
        draft.frame("cards", pd.DataFrame({"card_id": [card_id("fdic", "90001")]}))
    manifest = gate.spool.manifest("fdic")
    assert manifest is not None
    assert not is_current(manifest, gate.lake)
    ledger = gate.screen()
    assert gate.table("cards")["record_id"].tolist() == ["90002"]
    assert "Alder Savings Bank" not in set(gate.table("claims")["value"])
    assert ledger.by_code("refused") == {"suppressed": 1}


def zipped(file: Path, **members: str) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/"), text)


def test_archives_are_read_by_the_names_inside_or_their_own(gate: Gate) -> None:
    with zipfile.ZipFile(gate.inbox / "a.zip", "w") as archive:
        archive.writestr("data/banks.csv", HEAD + ROWS.splitlines(keepends=True)[0])
        archive.writestr("__MACOSX/data/._banks.csv", "\x00\x05\x16\x07")
    with gzip.open(gate.inbox / "b.csv.gz", "wt") as packed:
        packed.write(HEAD + ROWS.splitlines(keepends=True)[1])
    gate.screen()
    assert gate.table("cards")["record_id"].tolist() == ["90001", "90002"]


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("banks.csv", b"", FileFault.EMPTY),
        ("banks.csv", b"<!DOCTYPE html><html><body>Sorry</body></html>", FileFault.HTML),
        ("banks.csv", HEAD.replace("CERT,", "").encode(), FileFault.COLUMN),
        ("banks.csv", HEAD.encode(), FileFault.COUNT),
        ("notes.txt", b"hello", FileFault.NO_FILE),
        ("banks.zip", b"PK\x03\x04 cut", FileFault.TRUNCATED),
        ("banks.csv.gz", gzip.compress(HEAD.encode() * 99, mtime=0)[:-20], FileFault.TRUNCATED),
    ],
)
def test_a_bad_file_leaves_the_lake_as_it_was_and_no_raw_file(
    gate: Gate, name: str, content: bytes, fault: FileFault
) -> None:
    (gate.inbox / "a.csv").write_text(HEAD + ROWS)
    gate.screen()
    (gate.inbox / "a.csv").unlink()
    (gate.inbox / name).write_bytes(content)
    with pytest.raises(BadFile) as bad:
        gate.screen()
    assert (bad.value.fault, bad.value.file) == (fault, "fdic" if fault is FileFault.NO_FILE else "fdic/#1")
    assert gate.table("cards")["record_id"].tolist() == ["90001", "90002"]
    assert gate.spool.files("fdic") == []
    assert [entry.name for entry in (gate.lake.folder / dataset("fdic")).iterdir() if entry.name.startswith(".")] == []


def test_files_that_nobody_knows_are_counted_beside_those_that_are_read(gate: Gate) -> None:
    (gate.inbox / "banks.csv").write_text(HEAD + ROWS)
    (gate.inbox / "notes.txt").write_text("hello")
    assert gate.screen().by_code("file") == {"unknown": 1}
