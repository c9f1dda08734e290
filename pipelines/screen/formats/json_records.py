"""JSON: one object a line, or objects inside a document, read incrementally."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import IO, Any, cast

import ijson

from pipelines.faults import BadFile
from pipelines.reasons import FileFault, RecordFault
from pipelines.sources.declaration import Json, JsonLines

MAX_LINE = 64 << 20
"""Bytes in one line; a record is never that long."""


def lines(stream: IO[bytes], options: JsonLines) -> Iterator[dict[str, Any] | RecordFault]:
    """One object a line; a line that is none is set aside, unless it is the last one: then the file is cut.

    Args:
        stream: The file's bytes.
        options: Encoding.

    Raises:
        BadFile: Empty, in another encoding, no line is JSON, or the last line is cut.
    """
    good, cut, line = 0, False, b""
    for line in _lines(stream):
        if cut:
            yield RecordFault.UNREADABLE
        record = _object(line, options.encoding)
        cut = record is None
        if record is not None:
            good += 1
            yield record
    if not line:
        raise BadFile(FileFault.EMPTY)
    if not good:
        raise BadFile(FileFault.MALFORMED, detail="no line is a JSON object")
    if cut:
        raise BadFile(FileFault.TRUNCATED, detail="the last line is no JSON object")


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """The lines that are not blank, without a byte order mark."""
    mark = codecs.BOM_UTF8
    while line := stream.readline(MAX_LINE):
        if len(line) == MAX_LINE:
            raise BadFile(FileFault.TOO_LARGE, detail="a line is longer than 64 MiB")
        if found := line.removeprefix(mark).strip():
            yield found
        mark = b""


def _object(line: bytes, encoding: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line.decode(encoding))
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            return None
        raise BadFile(FileFault.ENCODING, detail=f"not {encoding}") from None
    except (ValueError, RecursionError):  # json tells a number of thousands of digits as a plain ValueError
        return None
    return found if isinstance(found, dict) else None


def items(stream: IO[bytes], options: Json) -> Iterator[dict[str, Any] | RecordFault]:
    """The objects at the declared path of one document, as they come; numbers as text.

    A path that meets nothing in a sound document gives no record; the document itself (an empty path) may be one
    object or a list of them.

    Args:
        stream: The file's bytes.
        options: Path of the records.

    Raises:
        BadFile: Empty, cut, in another encoding, or no JSON.
    """
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", stream))
    first = _first(buffered)
    if not first:
        raise BadFile(FileFault.EMPTY)
    try:
        for found in _walk(buffered, options.items or ("[]" if first == b"[" else "")):
            yield _texts(found) if isinstance(found, dict) else RecordFault.UNREADABLE
    except (ijson.JSONError, UnicodeDecodeError, RecursionError) as error:
        raise BadFile(_fault(error)) from None


def _first(stream: io.BufferedReader) -> bytes:
    """The first byte that is no space, left in the stream; empty at the end. A byte order mark is passed over."""
    if stream.peek(3).startswith(codecs.BOM_UTF8):
        stream.read(3)
    while (head := stream.peek(1)[:1]).isspace():
        stream.read(1)
    return head


def _fault(error: Exception) -> FileFault:
    """What the error means: ijson tells every fault as incomplete, in words followed by data."""
    if isinstance(error, UnicodeDecodeError):
        return FileFault.ENCODING
    words = re.split(r"\n|\\n", str(error), maxsplit=1)[0].lower()
    if "invalid bytes in utf8" in words:
        return FileFault.ENCODING
    return FileFault.TRUNCATED if "premature eof" in words else FileFault.MALFORMED


def _walk(stream: IO[bytes], path: str) -> Iterator[Any]:
    if path.endswith("*"):
        prefix = path.removesuffix("*").rstrip("/").replace("/", ".")
        for _, found in ijson.kvitems(stream, prefix):
            yield found
        return
    # ijson writes a list's item as `item`; a path that ends at the list itself is read whole, then passed through
    prefix = ".".join("item" if name == "[]" else name for name in path.split("/"))
    for found in ijson.items(stream, prefix):
        yield from found if isinstance(found, list) else [found]


def _texts(node: Any) -> Any:  # noqa: ANN401 - JSON is of any type
    """The same nodes with ijson's decimals as text: a number of a register is never a quantity."""
    if isinstance(node, dict):
        return {name: _texts(value) for name, value in node.items()}
    if isinstance(node, list):
        return [_texts(value) for value in node]
    return str(node) if isinstance(node, Decimal) else node
