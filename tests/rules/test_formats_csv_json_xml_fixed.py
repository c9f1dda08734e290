"""The formats of tables, JSON, XML and fixed width: sound files, and every way in which a file may be bad."""

from __future__ import annotations

import io
import itertools
import json
import tracemalloc
from collections.abc import Iterable, Iterator
from typing import IO, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.collect import limits
from pipelines.faults import BadFile
from pipelines.reasons import FileFault, RecordFault
from pipelines.screen.formats import Item, read
from pipelines.sources.declaration import Feed

CSV = {"kind": "csv"}
LINES = {"kind": "jsonl"}
LIST = {"kind": "json"}
ITEMS = {"kind": "json", "items": "records/[]"}
XML = {"kind": "xml", "record": "Firm"}
FIXED = {
    "kind": "fixed_width",
    "columns": {"number": [0, 4], "name": [4, 12]},
    "record": r"^\d{4}\S",
    "end": "^END$",
}
FORMATS = [CSV, LINES, LIST, ITEMS, XML, FIXED]
PAGE = b"<!DOCTYPE html>\n<html><head><title>503</title></head><body>Service unavailable</body></html>"


class Pipe(io.RawIOBase):
    """Bytes that can be read once, a few at a time: no seeking, as from a socket or an archive."""

    def __init__(self, content: bytes, step: int = 7) -> None:
        self._content, self._step = content, step

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        taken = self._content[: min(self._step, len(buffer))]
        self._content = self._content[len(taken) :]
        buffer[: len(taken)] = taken
        return len(taken)


class Endless(io.RawIOBase):
    """The chunks of an iterator as a stream."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks: Iterator[bytes] = iter(chunks)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = chunk
        taken, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def feed(form: dict[str, Any], *taken: str) -> Feed:
    return Feed.model_validate({"files": ["*"], "format": form, "taken": taken or ("number",)})


def items(content: bytes, form: dict[str, Any], *taken: str) -> list[Item]:
    return list(read(io.BytesIO(content), feed(form, *taken)))


def fault(content: bytes, form: dict[str, Any], *taken: str) -> FileFault:
    with pytest.raises(BadFile) as caught:
        items(content, form, *taken)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return caught.value.fault


# ---- every format


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: str(form["kind"]))
@pytest.mark.parametrize("content", [b"", b"\n \r\n"], ids=["nothing", "blanks"])
def test_an_empty_file_is_told_so(form: dict[str, Any], content: bytes) -> None:
    assert fault(content, form) == FileFault.EMPTY


@pytest.mark.parametrize("form", [CSV, LINES, LIST, ITEMS, XML], ids=lambda form: str(form["kind"]))
def test_a_byte_order_mark_alone_is_an_empty_file(form: dict[str, Any]) -> None:
    assert fault(b"\xef\xbb\xbf", form) == FileFault.EMPTY


@pytest.mark.parametrize(
    ("form", "content"),
    [
        (CSV, b"number,name\n1,a\n2,caf\xc3"),
        (LINES, b'{"number": 1}\n{"name": "caf\xc3'),
        (XML, b"<Firms><Firm><name>caf\xc3"),
    ],
    ids=["csv", "jsonl", "xml"],
)
def test_a_file_that_ends_inside_a_character_is_cut(form: dict[str, Any], content: bytes) -> None:
    assert fault(content, form) == FileFault.TRUNCATED


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: str(form["kind"]))
@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        b"\xef\xbb\xbf\r\n  <HTML lang=en><body>Moved</body></HTML>",
        b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html PUBLIC "x"><html/>',
        b"<!-- cached\n --><html>\n",
        b"<head><title>x</title>",
    ],
    ids=["doctype", "mark", "xhtml", "comment", "head"],
)
def test_a_web_page_is_no_data_whatever_the_format(form: dict[str, Any], page: bytes) -> None:
    assert fault(page, form) == FileFault.HTML


def test_a_web_page_is_known_however_slowly_it_comes() -> None:
    with pytest.raises(BadFile) as caught:
        list(read(cast("IO[bytes]", Pipe(PAGE)), feed(CSV)))
    assert caught.value.fault == FileFault.HTML


def test_a_web_page_is_what_a_feed_of_pages_reads() -> None:
    assert all(isinstance(item, dict) for item in items(PAGE, {"kind": "html"}))


def test_a_table_that_speaks_of_html_is_no_web_page() -> None:
    assert items(b"number\n<html>\n", CSV) == [{"number": "<html>"}]


@pytest.mark.parametrize(
    ("form", "content", "expected"),
    [
        (CSV, b"number,name\n1,Skerry\n", {"number": "1", "name": "Skerry"}),
        (LINES, b'{"number": "1"}\n', {"number": "1"}),
        (LIST, b'[{"number": "1"}]', {"number": "1"}),
        (XML, b"<Firms><Firm><number>1</number></Firm></Firms>", {"number": "1"}),
        (FIXED, b"0001Skerry  \r\nEND\r\n", {"number": "0001", "name": "Skerry"}),
    ],
    ids=["csv", "jsonl", "json", "xml", "fixed_width"],
)
def test_a_stream_need_not_be_seekable(form: dict[str, Any], content: bytes, expected: dict[str, str]) -> None:
    assert list(read(cast("IO[bytes]", Pipe(content)), feed(form))) == [expected]


@pytest.mark.parametrize(
    ("form", "head", "record", "tail"),
    [
        (CSV, b"number,name\n", b'"17","Skerry & Wold"\n', b""),
        (LINES, b"", b'{"number": "17", "name": "Skerry & Wold"}\n', b""),
        (ITEMS, b'{"records":[{}', b',{"number": "17", "name": "Skerry & Wold"}', b"]}"),
        (LIST, b"[{}", b',{"number": "17", "name": "Skerry & Wold"}', b"]"),
        (XML, b"<Firms>", b"<Firm><number>17</number><name>Skerry</name></Firm>\n", b"</Firms>"),
        (FIXED, b"", b"0017Skerry  \n", b"END\n"),
    ],
    ids=["csv", "jsonl", "json-items", "json-list", "xml", "fixed_width"],
)
def test_memory_does_not_grow_with_the_file(form: dict[str, Any], head: bytes, record: bytes, tail: bytes) -> None:
    def peak(count: int) -> int:
        chunks = itertools.chain([head], itertools.repeat(record * 100, count), [tail])
        tracemalloc.start()
        seen = sum(1 for _ in read(cast("IO[bytes]", Endless(chunks)), feed(form)))
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert seen >= count * 100
        return highest

    peak(1)
    assert peak(150) < peak(50) + 100_000


# ---- separated values


def test_headers_are_stripped_and_nameless_columns_left_out() -> None:
    content = b'\xef\xbb\xbfname, number,\n"Skerry, ""Wold""",0017,\nPellow,18\n'
    assert items(content, CSV, "name", "number") == [
        {"name": 'Skerry, "Wold"', "number": "0017"},
        {"name": "Pellow", "number": "18"},
    ]


def test_a_cell_may_hold_lines_and_lines_may_end_in_any_way() -> None:
    assert items(b'number,name\r\n1,"two\nlines"\r\n\r\n2,b', CSV) == [
        {"number": "1", "name": "two\nlines"},
        {"number": "2", "name": "b"},
    ]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(BadFile, match="number") as caught:
        items(b"name\nx\n", CSV, "number", "name")
    assert caught.value.fault == FileFault.COLUMN


def test_an_optional_column_may_be_missing() -> None:
    spec = Feed.model_validate({"files": ["*"], "format": CSV, "taken": ["number"], "optional": ["name"]})
    assert list(read(io.BytesIO(b"number\n1\n"), spec)) == [{"number": "1"}]


@pytest.mark.parametrize("row", [b"2\n", b"2,b,c\n"], ids=["short", "long"])
def test_a_bad_row_in_the_middle_is_set_aside_where_it_stood(row: bytes) -> None:
    content = b"number,name\n1,a\n" + row + b"3,c\n"
    assert items(content, CSV) == [
        {"number": "1", "name": "a"},
        RecordFault.COLUMNS,
        {"number": "3", "name": "c"},
    ]


@pytest.mark.parametrize("end", [b"2", b"2\n", b"2\n\n", b'2,"cut in a quo', b'2,"cut in a quoted\nli'])
def test_a_bad_last_row_is_a_cut_file(end: bytes) -> None:
    assert fault(b"number,name\n1,a\n" + end, CSV) == FileFault.TRUNCATED


def test_a_last_row_without_line_end_is_sound() -> None:
    assert items(b'number,name\n1,"a"', CSV) == [{"number": "1", "name": "a"}]
    assert items(b'number,name\n1,5" pipe\n', CSV) == [{"number": "1", "name": '5" pipe'}]


@pytest.mark.parametrize(
    "content",
    [b"number,name\n1,caf\xe9\n", b"num\xe9ro,name\n", b"number,name\n" + b"1,a\n" * 9000 + b"1,\xff\n"],
)
def test_a_table_in_another_encoding_is_refused(content: bytes) -> None:
    assert fault(content, CSV) == FileFault.ENCODING


def test_the_declared_encoding_and_delimiter_are_used() -> None:
    form = {"kind": "csv", "encoding": "latin-1", "delimiter": ";"}
    assert items(b"number;name\n1;caf\xe9, bar\n", form) == [{"number": "1", "name": "café, bar"}]


def test_nul_bytes_in_a_table_are_left_for_intake_to_tell() -> None:
    assert items(b"number,name\n1,a\0b\n", CSV) == [{"number": "1", "name": "a\0b"}]


def test_a_huge_cell_is_a_missing_quote() -> None:
    assert fault(b'number,name\n1,"' + b"a" * (limits.CELL + 1) + b'"\n', CSV) == FileFault.MALFORMED


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n"), max_size=20)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=20))
def test_whatever_is_written_quoted_is_read_back(rows: list[tuple[str, str]]) -> None:
    quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    content = "\r\n".join(["number,name", *quoted, ""]).encode()
    assert items(content, CSV) == [{"number": number, "name": name} for number, name in rows]


# ---- JSON lines


def test_a_bad_line_in_the_middle_is_set_aside() -> None:
    content = b'\xef\xbb\xbf{"number": 1}\n\n{"numb\n[1]\n{"number": ' + b"9" * 5000 + b'}\n{"number": 2}\n'
    assert items(content, LINES) == [{"number": 1}, *[RecordFault.UNREADABLE] * 3, {"number": 2}]


@pytest.mark.parametrize("end", [b'{"numb', b'{"number": "\0"}', b"[" * 100_000])
def test_a_bad_last_line_is_a_cut_file(end: bytes) -> None:
    assert fault(b'{"number": 1}\n' + end + b"\n", LINES) == FileFault.TRUNCATED


def test_lines_that_are_all_bad_are_another_format() -> None:
    assert fault(b"number,name\n1,a\n", LINES) == FileFault.MALFORMED


def test_lines_in_another_encoding_are_refused() -> None:
    assert fault(b'{"number": 1}\n{"name": "caf\xe9"}\n', LINES) == FileFault.ENCODING


# ---- JSON documents


@pytest.mark.parametrize(
    ("path", "document"),
    [
        ("", [{"n": "1"}, {"n": "2"}]),
        ("[]", [{"n": "1"}, {"n": "2"}]),
        ("records", {"head": 1, "records": [{"n": "1"}, {"n": "2"}]}),
        ("records/[]", {"head": 1, "records": [{"n": "1"}, {"n": "2"}]}),
        ("pages/[]/records/[]", {"pages": [{"records": [{"n": "1"}]}, {"records": [{"n": "2"}]}]}),
        ("*", {"a": {"n": "1"}, "b": {"n": "2"}}),
        ("records/*", {"records": {"a": {"n": "1"}, "b": {"n": "2"}}}),
    ],
)
def test_the_path_finds_the_records(path: str, document: object) -> None:
    content = b"\xef\xbb\xbf \n" + json.dumps(document).encode()
    assert items(content, {"kind": "json", "items": path}) == [{"n": "1"}, {"n": "2"}]


def test_a_document_may_be_the_record() -> None:
    assert items(b'{"n": {"m": [1.50, 2, null, true]}}', LIST) == [{"n": {"m": ["1.50", 2, None, True]}}]


def test_a_path_that_meets_nothing_gives_no_record() -> None:
    assert items(b'{"other": []}', ITEMS) == []


def test_what_is_no_object_is_set_aside() -> None:
    assert items(b'[{"n": 1}, 5, "x", {"n": 2}]', LIST) == [{"n": 1}, *[RecordFault.UNREADABLE] * 2, {"n": 2}]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'[{"n": 1}, {"n"', FileFault.TRUNCATED),
        (b'[{"n": 1}', FileFault.TRUNCATED),
        (b'[{"n": "caf\xe9"}]', FileFault.ENCODING),
        (b'[{"n": "premature eof utf", }]', FileFault.MALFORMED),
        (b'[{"n": 1}] [', FileFault.MALFORMED),
        (b'[{"n": "a\0b"}]', FileFault.MALFORMED),
        (b"number,name\n1,a\n", FileFault.MALFORMED),
        (b'[{"n":' * 2_000 + b"1" + b"}]" * 2_000, FileFault.MALFORMED),
    ],
    ids=["cut", "open", "encoding", "comma", "garbage", "nul", "csv", "deep"],
)
def test_a_bad_document_is_refused(content: bytes, expected: FileFault) -> None:
    assert fault(content, LIST) == expected


# ---- XML


def test_elements_become_names_attributes_and_texts() -> None:
    content = """<?xml version="1.0" encoding="UTF-8"?>
    <f:Firms xmlns:f="urn:firms" count="1"><f:Head>x</f:Head><f:Firm id="7" xml:lang="sv">
      <f:number>1</f:number><f:name f:kind="legal"> Björk &amp; Räls </f:name><f:name>B</f:name><f:name>C</f:name>
      <f:empty/><f:place><f:town>Björkvik</f:town></f:place>
    </f:Firm></f:Firms>""".encode()
    assert items(content, XML) == [
        {
            "@id": "7",
            "@lang": "sv",
            "number": "1",
            "name": [{"@kind": "legal", "$": "Björk & Räls"}, "B", "C"],
            "empty": "",
            "place": {"town": "Björkvik"},
        }
    ]


def test_the_root_is_the_record_where_none_is_named() -> None:
    assert items(b"<Firm><number>1</number><a><b>2</b></a></Firm>", {"kind": "xml"}) == [
        {"number": "1", "a": {"b": "2"}}
    ]
    assert items(b"<Firm>Skerry</Firm>", {"kind": "xml"}) == [{"$": "Skerry"}]


def test_another_declared_encoding_is_obeyed() -> None:
    content = '<?xml version="1.0" encoding="ISO-8859-1"?><Firms><Firm><n>Räls</n></Firm></Firms>'
    assert items(content.encode("latin-1"), XML) == [{"n": "Räls"}]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"<Firms><Firm><n>1</n></Firm><Firm><n>2", FileFault.TRUNCATED),
        (b"<Firms><Firm><n>1</n></Firm>", FileFault.TRUNCATED),
        (b"<Firms><Firm><n", FileFault.TRUNCATED),
        (b"<Firms><Firm><n>caf\xe9 noir</n></Firm></Firms>", FileFault.ENCODING),
        (b'<?xml version="1.0" encoding="klingon"?><Firms/>', FileFault.ENCODING),
        (b"<Firms><Firm><n>1</m></Firm></Firms>", FileFault.MALFORMED),
        ("<Firms><Firm><n>Räls & Söner</n></Firm></Firms>".encode(), FileFault.MALFORMED),
        (b"<Firms><Firm><n>a\0b</n></Firm></Firms>", FileFault.MALFORMED),
        (b"number,name\n1,a\n", FileFault.MALFORMED),
        (b'<!DOCTYPE Firms SYSTEM "file:///etc/passwd"><Firms/>', FileFault.MALFORMED),
        (b'<!DOCTYPE Firms [<!ENTITY a "b">]><Firms><Firm>&a;</Firm></Firms>', FileFault.MALFORMED),
        (b"<a>" * 300 + b"</a>" * 300, FileFault.MALFORMED),
    ],
    ids=["cut", "open", "tag", "encoding", "unknown", "crossed", "amp", "nul", "csv", "dtd", "entity", "deep"],
)
def test_bad_xml_is_refused(content: bytes, expected: FileFault) -> None:
    assert fault(content, XML) == expected


def test_a_huge_text_is_read() -> None:
    content = b"<Firms><Firm><n>" + b"a" * 3_000_000 + b"</n></Firm></Firms>"
    (found,) = items(content, XML)
    assert isinstance(found, dict)
    assert len(found["n"]) == 3_000_000


def test_a_bad_character_far_into_a_file_is_found_wherever_the_chunks_fall() -> None:
    for pad in range(16_300, 16_420):
        content = b"<Firms><Firm><n>" + "ä".encode() * (pad // 2) + b"a" * (pad % 2) + b"\xe9 x</n></Firm></Firms>"
        assert fault(content, XML) == FileFault.ENCODING


# ---- fixed width


def test_lines_are_cut_at_their_columns_and_control_lines_passed_over() -> None:
    assert items(b"HEAD2026\r\n0001Skerry\xe9 rest\r\n\r\n0002Pel\0low\r\nEND\r\n", FIXED) == [
        {"number": "0001", "name": "Skerryé"},
        {"number": "0002", "name": "Pel low"},
    ]


def test_a_file_without_its_closing_line_is_cut() -> None:
    assert fault(b"HEAD\n0001Skerry\n0002Pel", FIXED) == FileFault.TRUNCATED
    assert items(b"0001Skerry\n0002Pel", {**FIXED, "end": ""}) == [
        {"number": "0001", "name": "Skerry"},
        {"number": "0002", "name": "Pel"},
    ]


def test_fixed_width_in_another_encoding_is_refused() -> None:
    assert fault(b"0001caf\xe9\nEND\n", {**FIXED, "encoding": "utf-8"}) == FileFault.ENCODING


def test_a_line_without_end_is_refused() -> None:
    assert fault(b"0001" + b"a" * 2_000_000, FIXED) == FileFault.TOO_LARGE
