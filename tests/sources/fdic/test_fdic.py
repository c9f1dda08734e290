from __future__ import annotations

import random
from pathlib import Path

import pytest

from pipelines.card import Kind, Party
from pipelines.faults import BadFile
from pipelines.reasons import FileFault, RecordFault
from tests.sources.american import INBOX, found_below, found_in, shown, written
from tests.world.writers.fdic import Writer

HEADER = (
    "CERT,NAME,CITY,STNAME,ZIP,ADDRESS,BKCLASS,CHARTER,ACTIVE,INSDATE,REGAGENT,ASSET,DEP,LATITUDE,LONGITUDE,WEBADDR\n"
)
OPEN = '90001,Wren Savings Bank,Maplewick,Ohio,43001,1 Quarry Rd,NM,0,1,01/01/1934,,9,9,1.0,2.0,"www,wren.example"\n'
CLOSED = "90002,Old Mill Bank,Maplewick,Ohio,43001,2 Quarry Rd,NM,0,0,01/01/1934,,9,9,42.6,-89.6,\n"


def test_a_bank_is_a_company_card_with_its_site_as_written() -> None:
    found = found_in("fdic", "fdic_institutions.csv", (HEADER + OPEN + CLOSED).encode())
    bank, closed = found.cards
    assert (bank.kind, bank.party, bank.key) == (Kind.COMPANY, Party.COMPANY, "90001")
    assert shown(bank) == [
        ("company_name", "Wren Savings Bank", "legal"),
        ("identifier", "FDIC:90001", ""),
        ("status", "active", ""),
        ("address", "1 Quarry Rd, Maplewick, Ohio, 43001, US", "headquarters"),
        ("website", "www,wren.example", ""),
    ]
    assert ("status", "inactive", "") in shown(closed)
    assert "website" not in [claim.field for claim in closed.claims]
    assert not found.drift
    assert not found.refused


def test_a_row_without_number_or_of_another_width_is_set_aside() -> None:
    content = HEADER + "90009,Cut Bank\n" + OPEN.replace("90001", "")
    found = found_in("fdic", "fdic_institutions.csv", content.encode())
    assert found.aside == {RecordFault.COLUMNS: 1, RecordFault.NO_KEY: 1}
    assert not found.cards


def test_a_new_column_is_drift_and_named() -> None:
    content = HEADER.replace("WEBADDR", "WEBADDR,CHAIRMAN") + OPEN.replace("\n", ",Somebody\n")
    assert found_in("fdic", "fdic_institutions.csv", content.encode()).drift == {"CHAIRMAN": 1}


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (HEADER + OPEN + CLOSED[:40], FileFault.TRUNCATED),
        (HEADER.replace("ACTIVE", "ALIVE") + OPEN, FileFault.COLUMN),
        ("<html><body>Too many requests</body></html>", FileFault.COLUMN),
        ("", FileFault.EMPTY),
    ],
)
def test_a_file_that_is_no_bankfind_table_is_refused(content: str, fault: FileFault) -> None:
    with pytest.raises(BadFile) as raised:
        found_in("fdic", "fdic_institutions.csv", content.encode())
    assert raised.value.fault in {fault, FileFault.HTML}


@pytest.mark.skipif(not (INBOX / "fdic").is_dir(), reason="the shared inbox is not here")
def test_the_true_file_gives_a_card_a_row_and_no_drift() -> None:
    for file, found in found_below("fdic", INBOX / "fdic"):
        rows = file.read_text("utf-8-sig").count("\n") - 1
        assert len(found.cards) >= rows > 1_000
        assert len({card.key for card in found.cards}) == len(found.cards)
        assert not found.drift
        assert not found.aside


def test_the_world_writes_what_the_parser_reads(tmp_path: Path) -> None:
    mentions, planted = written(Writer(tmp_path, random.Random(7), "2026-03-31"), 200)
    [(_, found)] = found_below("fdic", tmp_path)
    assert [card.key for card in found.cards] == [mention.key for mention in mentions]
    assert 8 <= len(mentions) <= 40
    assert not planted
    assert not found.drift
    assert found.aside == {RecordFault.COLUMNS: 1, RecordFault.NO_KEY: 1}
