"""Files that mean harm to a reader: each ends as a reason code, within a memory that does not depend on the file."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pipelines.collect import limits
from pipelines.reasons import FileFault, RecordFault
from pipelines.screen.formats import read
from tests.rules.hostile.streams import feed, gigabyte, reading

CSV = {"kind": "csv"}
LINES = {"kind": "jsonl"}
LIST = {"kind": "json"}
ITEMS = {"kind": "json", "items": "records/[]"}
XML = {"kind": "xml", "record": "Firm"}
ROOT = {"kind": "xml"}
FIXED = {"kind": "fixed_width", "columns": {"number": [0, 4]}, "record": r"^\d{4}"}
CARDS = {"kind": "vcard"}
PAGE = {"kind": "html"}
MOST = 6 * limits.RECORD
"""Bytes that reading may hold at most: a record in a few shapes."""

BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE Firms [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + turn, b"&%c;" % (97 + turn) * 10) for turn in range(9))
    + b"]><Firms><Firm>&j;</Firm></Firms>"
)
QUADRATIC = b'<!DOCTYPE Firms [<!ENTITY a "%s">]><Firms><Firm>%s</Firm></Firms>' % (b"a" * 100_000, b"&a;" * 100_000)


@pytest.mark.parametrize(
    ("form", "head", "filling", "expected"),
    [
        (CSV, b"number\n", b"a", FileFault.TOO_LARGE),
        (CSV, b"number\n", b"a,", FileFault.TOO_LARGE),
        (CSV, b'number\n"', b"a\n", FileFault.MALFORMED),
        (LINES, b'{"number": "', b"a", FileFault.TOO_LARGE),
        (LIST, b'[{"number": "', b"a", FileFault.TOO_LARGE),
        (LIST, b'[{"number": "', b'\\"', FileFault.TOO_LARGE),
        (LIST, b'[{"number": ', b"9", FileFault.MALFORMED),
        (LIST, b'[{"number": [', b"0,", FileFault.TOO_LARGE),
        (LIST, b'[{"number": [', b"{},", FileFault.TOO_LARGE),
        (LIST, b"", b" ", FileFault.TOO_LARGE),
        (XML, b"<Firms><Firm><n>", b"a", FileFault.TOO_LARGE),
        (XML, b"<Firms><Firm><n a='", b"a", FileFault.TOO_LARGE),
        (XML, b"<Firms><Firm ", b"a='' ", FileFault.TOO_LARGE),
        (XML, b"<Firms><Firm>", b"<n/>", FileFault.TOO_LARGE),
        (XML, b"<Firms><!--", b"a", FileFault.TOO_LARGE),
        (FIXED, b"0001", b"a", FileFault.TOO_LARGE),
        (CARDS, b"BEGIN:VCARD\nNOTE:", b"a", FileFault.TOO_LARGE),
        (CARDS, b"BEGIN:VCARD\nNOTE:a\n", b" a\n", FileFault.TOO_LARGE),
        (CARDS, b"BEGIN:VCARD\nPHOTO;ENCODING=b:a\n", b" %s\n" % (b"a" * 75), FileFault.TOO_LARGE),
        (PAGE, b"<html><body>", b"<p>a</p>", FileFault.TOO_LARGE),
    ],
    ids=[
        *(
            "csv line",
            "csv cells",
            "csv quote",
            "jsonl line",
            "json text",
            "json escapes",
            "json number",
            "json values",
        ),
        *("json objects", "json blanks", "xml text", "xml attribute", "xml attributes", "xml elements", "xml comment"),
        *("fixed line", "vcard line", "vcard folds", "vcard picture", "page"),
    ],
)
def test_a_record_without_end_is_refused_after_a_few_mebibytes(
    form: dict[str, Any], head: bytes, filling: bytes, expected: FileFault
) -> None:
    stream = gigabyte(head, filling)
    outcome = reading(stream, form)
    assert outcome.fault is not None
    assert outcome.fault.fault == expected
    assert outcome.fault.detail
    assert outcome.records == 0
    assert stream.given <= limits.RECORD + (1 << 20)
    assert outcome.peak < MOST


@pytest.mark.parametrize(
    ("form", "content", "expected", "detail"),
    [
        (LIST, b"[" * 200_000, FileFault.MALFORMED, limits.DEPTH.sentence),
        (LIST, b'[{"a":' * 200_000, FileFault.MALFORMED, limits.DEPTH.sentence),
        (ITEMS, b'{"a":' * 20_000 + b"1" + b"}" * 20_000, FileFault.MALFORMED, limits.DEPTH.sentence),
        (XML, b"<a>" * 200_000, FileFault.MALFORMED, limits.DEPTH.sentence),
        (ROOT, b"<a>" * 200_000 + b"</a>" * 200_000, FileFault.MALFORMED, limits.DEPTH.sentence),
        (XML, BILLION_LAUGHS, FileFault.MALFORMED, "a DTD or an entity"),
        (XML, QUADRATIC, FileFault.MALFORMED, "a DTD or an entity"),
        (LIST, b'[{"n": -%s}]' % (b"9" * 5_000), FileFault.MALFORMED, limits.DIGITS.sentence),
        (CSV, b"number," + b"," * 100_000 + b"\n1", FileFault.TOO_LARGE, limits.COLUMNS.sentence),
        (CSV, b"number,name\n1,a\xff\n2,b\n", FileFault.ENCODING, "not utf-8"),
        (LINES, b'{"n": 1}\n{"n": "\xff"}\n{"n": 2}\n', FileFault.ENCODING, "not utf-8"),
        (LIST, b'[{"n": 1}, {"n": "\xff"}]', FileFault.ENCODING, ""),
        (XML, b"<Firms><Firm><n>\xff</n></Firm></Firms>", FileFault.ENCODING, ""),
        (PAGE, b"<html>" + b"<p>a</p>" * 100_001, FileFault.TOO_LARGE, limits.TAGS.sentence),
        (
            PAGE,
            b"<html><p %s>" % b" ".join(b"a%d" % n for n in range(500_000)),
            FileFault.TOO_LARGE,
            limits.WORDS.sentence,
        ),
        (
            PAGE,
            b"<html><p %s>" % b"/".join(b"a%d" % n for n in range(500_000)),
            FileFault.TOO_LARGE,
            limits.WORDS.sentence,
        ),
        (PAGE, b"<html>" + b"<p class=vcard>" * 2_000, FileFault.TOO_LARGE, limits.H_CARDS.sentence),
        (PAGE, b"<html>" + b"a" * (50 << 20), FileFault.TOO_LARGE, limits.PAGE.sentence),
    ],
    ids=[
        *("json lists", "json objects", "json names", "xml", "xml root", "laughs", "quadratic", "digits", "columns"),
        *(
            "csv encoding",
            "jsonl encoding",
            "json encoding",
            "xml encoding",
            "tags",
            "attributes",
            "slashes",
            "h-cards",
            "page",
        ),
    ],
)
def test_what_is_built_to_burst_is_refused(
    form: dict[str, Any], content: bytes, expected: FileFault, detail: str
) -> None:
    outcome = reading(io.BytesIO(content), form)
    assert outcome.fault is not None
    assert outcome.fault.fault == expected
    assert outcome.fault.detail.startswith(detail)
    assert outcome.peak < MOST


@pytest.mark.parametrize(
    "entity",
    [
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file://{secret}">]><Firms><Firm><n>&b;</n></Firm></Firms>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "http://127.0.0.1:9/">]><Firms><Firm><n>&b;</n></Firm></Firms>',
        '<!DOCTYPE a [<!ENTITY % b SYSTEM "file://{secret}"> %b;]><Firms><Firm><n>1</n></Firm></Firms>',
        '<!DOCTYPE a SYSTEM "file://{secret}"><Firms><Firm><n>1</n></Firm></Firms>',
        '<Firms xmlns:x="http://www.w3.org/2001/XInclude"><Firm><x:include href="file://{secret}"/></Firm></Firms>',
    ],
    ids=["file", "http", "parameter", "external", "include"],
)
def test_nothing_outside_the_file_is_read(tmp_path: Path, entity: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("canary")
    outcome = reading(io.BytesIO(entity.format(secret=secret).encode()), XML)
    if "include" in entity:
        assert (outcome.fault, outcome.records) == (None, 1)  # read as an element like any other
    else:
        assert outcome.fault is not None
        assert outcome.fault.fault == FileFault.MALFORMED
        assert "canary" not in str(outcome.fault)


def test_a_bad_line_does_not_lose_the_good_ones() -> None:
    deep, long, many = b'{"a":' * 200_000, b'{"a": %s}' % (b"9" * 5_000), b'{"a": [%s0]}' % (b"0," * 2_000_001)
    outcome = reading(io.BytesIO(b'{"n": 1}\n' + b"\n".join([deep, long, many]) + b'\n{"n": 2}\n'), LINES)
    assert (outcome.fault, outcome.records) == (None, 2)
    assert outcome.aside == Counter({RecordFault.UNREADABLE: 3})


def test_depth_is_counted_outside_of_texts_only() -> None:
    brackets = b'[{"n": "%s \\" [[ \\\\", "m": [1, {"o": "}}"}]}]' % (b"[{" * 200_000)
    assert reading(io.BytesIO(brackets), LIST).records == 1


@pytest.mark.parametrize(
    "line",
    [b"TEL" + b";A" * 100_000, b"TEL;A=" + b'"a",' * 100_000, b"TEL" + b";A=b" * 100_000 + b":1", b'TEL;A="' * 50_000],
    ids=["names", "quotes", "values", "open"],
)
def test_a_line_of_endless_parameters_is_passed_over(line: bytes) -> None:
    outcome = reading(io.BytesIO(b"BEGIN:VCARD\nFN:Orla\n" + line + b"\nEND:VCARD\n"), CARDS)
    assert (outcome.fault, outcome.records) == (None, 1)


@pytest.mark.parametrize("formula", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1"])
def test_a_formula_is_a_text_like_any_other(formula: str) -> None:
    content = f'number\n"{formula}"\n'.encode()
    assert list(read(io.BytesIO(content), feed(CSV))) == [{"number": formula}]


@pytest.mark.parametrize(
    "script", [" " * 7_000_000 + "x", "x" + " ;" * 300_000 + "x", "{}" + "-->" * 2_000_000, "[" * 900_000]
)
def test_a_script_that_cannot_be_read_is_set_aside_soon(script: str) -> None:
    page = f'<html><script type="application/ld+json">{script}</script></html>'
    outcome = reading(io.BytesIO(page.encode()), PAGE)
    assert (outcome.fault, outcome.records) == (None, 1)
    assert outcome.aside == Counter({RecordFault.UNREADABLE: 1})


@pytest.mark.parametrize("more", [-1, 0, 1])
@pytest.mark.parametrize(
    ("form", "head", "tail", "bound", "over", "expected"),
    [
        (CSV, b"number\n", b"\n", limits.CELL, 0, FileFault.MALFORMED),
        (LINES, b'{"n": "', b'"}\n', limits.RECORD, 11, FileFault.TOO_LARGE),
        (FIXED, b"0001", b"\n", limits.LINE, 5 + 1, FileFault.TOO_LARGE),
        (CARDS, b"BEGIN:VCARD\nFN:", b"\nEND:VCARD\n", limits.CARD, 4, FileFault.TOO_LARGE),
        (PAGE, b"<html><p>", b"</p></html>", limits.PAGE, 20, FileFault.TOO_LARGE),
    ],
    ids=["csv cell", "json line", "fixed line", "vcard", "page"],
)
def test_what_stands_at_the_bound_is_read_and_what_stands_above_it_is_not(
    form: dict[str, Any], head: bytes, tail: bytes, bound: int, over: int, expected: FileFault, more: int
) -> None:
    """`over` is what else counts against the bound: the frame, and the byte by which an open end is told."""
    outcome = reading(io.BytesIO(head + b"a" * (bound - over + more) + tail), form)
    if more > 0:
        assert outcome.fault is not None
        assert outcome.fault.fault == expected
    else:
        assert outcome.fault is None
        assert outcome.records + sum(outcome.aside.values()) == 1


@pytest.mark.parametrize("number", [b"1e" + b"9" * 30, b"-1E-" + b"9" * 30, b"1e400", b"-0", b"1E+5"])
def test_a_number_with_an_endless_exponent_ends_as_a_code(number: bytes) -> None:
    outcome = reading(io.BytesIO(b'[{"number": %s}]' % number), LIST)
    assert outcome.fault is None or outcome.fault.fault == FileFault.MALFORMED
    assert reading(io.BytesIO(b'{"number": %s}' % number), LINES).fault is None


@pytest.mark.parametrize(
    "line", [b"EMAIL;TYPE=" + b'"home"' * 60 + b":a@b.example", b"TEL;TYPE=" + b"=" * 900 + b'"a"b:1']
)
def test_a_line_on_which_an_expression_would_try_for_ever_is_passed_over(line: bytes) -> None:
    outcome = reading(io.BytesIO(b"BEGIN:VCARD\nFN:Orla\n" + line + b"\nEND:VCARD\n"), CARDS)
    assert (outcome.fault, outcome.records) == (None, 1)


@pytest.mark.parametrize(("levels", "sound"), [(200, True), (253, True), (300, False), (100_000, False)])
def test_a_page_that_the_parser_would_give_up_in_silence_is_refused(levels: int, sound: bool) -> None:  # noqa: FBT001 - a table
    page = b"<html><body>" + b"<b>" * (levels - 2) + b"x"
    outcome = reading(io.BytesIO(page), PAGE)
    assert (outcome.fault is None) == sound
    assert sound or (outcome.fault is not None and outcome.fault.detail == limits.LEVELS.sentence)
