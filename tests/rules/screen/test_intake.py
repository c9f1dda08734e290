"""Intake: every record of a file is kept, refused or set aside, and the ledger counts it without its values."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest

from pipelines.card import Card, Kind, card_id
from pipelines.faults import BadFile, BadRecord
from pipelines.reasons import FileFault, RecordFault
from pipelines.screen import intake
from pipelines.screen.intake import LEDGER_COLUMNS, Ledger, cards
from pipelines.screen.reading import Record
from pipelines.sources.declaration import Source
from pipelines.sources.registry import sources

FDIC = sources()["fdic"]
HEAD = "CERT,NAME,ADDRESS,CITY,STNAME,ZIP,ACTIVE,INSDATE,WEBADDR"
ROW = "90001,Alder Savings Bank,1 Main St,Salem,Oregon,97301,1,01/02/1990,www.alder.example"


def run(*lines: str, source: Source = FDIC, suppressed: frozenset[str] = frozenset()) -> tuple[list[Card], Ledger]:
    ledger = Ledger(source.id)
    stream = io.BytesIO("\n".join([*lines, ""]).encode())
    return list(cards(stream, source, next(iter(source.feeds)), ledger, suppressed)), ledger


def test_each_record_is_accounted_for() -> None:
    found, ledger = run(HEAD, "90003,cut", ROW.replace("90001", ""), ROW)
    assert [card.key for card in found] == ["90001"]
    assert ledger.total("read") == 3
    assert ledger.by_code("set_aside") == {"record_no_key": 1, "record_columns": 1}


def test_a_field_that_nobody_declared_is_counted_by_name_only() -> None:
    _, ledger = run(HEAD + ",HOBBY,EMPTY", ROW + ",s3cret,", ROW.replace("90001", "90002") + ",s3cret,")
    assert ledger.counts["institutions", "drift", "HOBBY", ""] == 2
    assert "s3cret" not in str(ledger)


def test_the_suppressed_do_not_come_through() -> None:
    found, ledger = run(HEAD, ROW, suppressed=frozenset({card_id("fdic", "90001")}))
    assert found == []
    assert ledger.by_code("refused") == {"suppressed": 1}


def test_fewer_records_than_declared_stop_the_file() -> None:
    with pytest.raises(BadFile) as bad:
        run(HEAD)
    assert bad.value.fault is FileFault.COUNT
    assert "0 records, at least 1 expected" in str(bad.value)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ValueError("s3cret"), RecordFault.PARSER),
        (TypeError("s3cret"), RecordFault.PARSER),
        (KeyError("s3cret"), RecordFault.PARSER),
        (IndexError("s3cret"), RecordFault.PARSER),
        (AttributeError("s3cret"), RecordFault.PARSER),
        (UnicodeDecodeError("utf-8", b"s3cret", 0, 1, "s3cret"), RecordFault.PARSER),
        (OverflowError("s3cret"), RecordFault.PARSER),
        (ZeroDivisionError("s3cret"), RecordFault.PARSER),
        (RecursionError("s3cret"), RecordFault.PARSER),
        (BadRecord(RecordFault.NOT_A_PARTY), RecordFault.NOT_A_PARTY),
    ],
)
def test_a_record_that_its_parser_cannot_take_is_set_aside_whole(
    monkeypatch: pytest.MonkeyPatch, error: Exception, code: RecordFault
) -> None:
    def parse(record: Record) -> Iterator[Card]:
        card = Card(Kind.COMPANY, str(record["CERT"]))
        card.add("company_name", "Alder Savings Bank")
        yield card
        if record["CERT"] == "90001":
            raise error

    def parser(*_: Any) -> Any:
        return parse

    monkeypatch.setattr(intake, "parser", parser)
    found, ledger = run(HEAD, ROW, ROW.replace("90001", "90002"))
    assert [card.key for card in found] == ["90002"]
    assert ledger.by_code("set_aside") == {code: 1}
    assert "s3cret" not in str(ledger)


def test_a_refused_field_is_counted_under_its_category() -> None:
    feed = FDIC.feeds["institutions"]
    refusing = feed.model_copy(update={"ignored": [*feed.ignored], "refused": {"BORN": "birth"}})
    source = FDIC.model_copy(update={"feeds": {"institutions": refusing}})
    _, ledger = run(HEAD + ",BORN", ROW + ",1970-01-01", source=source)
    assert ledger.counts["institutions", "refused", "BORN", "birth"] == 1


def test_the_ledger_is_rows_of_text_in_a_stable_order() -> None:
    one, other = Ledger("fdic"), Ledger("fdic")
    lines = [("b", "read", "", ""), ("a", "refused", "phone", "home_phone"), ("a", "refused", "email", "free_mail")]
    for line in lines:
        one.count(*line)
    for line in [*reversed(lines), lines[1]]:
        other.count(*line)
    other.count(*lines[1], n=-1)
    assert one.rows() == other.rows()
    assert all(tuple(row) == LEDGER_COLUMNS for row in one.rows())
    assert one.rows()[0] == {"source": "fdic", "feed": "a", "entry": "refused", "field": "email", "code": "free_mail",
                             "n": "1"}  # fmt: skip
    assert one.by_code("refused") == {"free_mail": 1, "home_phone": 1}
    assert one.total("drift") == 0
