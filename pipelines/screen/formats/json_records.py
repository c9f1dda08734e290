"""JSON: one object a line, or objects inside a document, read incrementally."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import IO, Any, cast

import ijson

from pipelines.collect import limits
from pipelines.collect.limits import Budget
from pipelines.faults import BadFile
from pipelines.reasons import FileFault, RecordFault
from pipelines.sources.declaration import Json, JsonLines

_ESCAPED = re.compile(rb"\\.", re.DOTALL)
_LONG_NUMBER = re.compile(rb"\d{%d}" % limits.DIGITS)
_OPEN, _CLOSE = b"[{", b"]}"
_NOT_BRACKETS = bytes(set(range(256)) - set(_OPEN + _CLOSE))


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
    while line := stream.readline(limits.RECORD):
        if len(line) == limits.RECORD:
            raise limits.RECORD.fault()
        if found := line.removeprefix(mark).strip():
            yield found
        mark = b""


def _object(line: bytes, encoding: str) -> dict[str, Any] | None:
    try:
        _Nesting().follow(line)
        found = json.loads(line.decode(encoding))
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            return None
        raise BadFile(FileFault.ENCODING, detail=f"not {encoding}") from None
    except (ValueError, RecursionError):  # json tells a number of thousands of digits as a plain ValueError
        return None
    except BadFile:  # one line of many: it is set aside
        return None
    return found if isinstance(found, dict) else None


class _Nesting:
    """Follows how deep JSON is nested, chunk by chunk, ahead of a parser whose cost grows with the square of it."""

    def __init__(self) -> None:
        self.values = Budget(limits.VALUES)
        self._text = Budget(limits.TEXT)
        self._depth, self._in_text, self._escape = 0, False, b""

    def follow(self, chunk: bytes) -> None:
        """Goes through the next bytes.

        Raises:
            BadFile: They are nested deeper, have more values in a record or a longer text than is safe.
        """
        plain = _ESCAPED.sub(b"", self._escape + chunk)
        self._escape = b"\\" if plain.endswith(b"\\") else b""
        texts = plain.split(b'"')
        if len(texts) > 1:
            self._text.renew()
        self._text.spend(len(texts[-1]) if len(texts) > 1 else len(chunk))
        marks = b"".join(texts[self._in_text :: 2])
        self._in_text ^= len(texts) % 2 == 0
        if _LONG_NUMBER.search(marks):  # ijson does not survive a number that int() refuses
            raise limits.DIGITS.fault(FileFault.MALFORMED)
        for bracket in marks.translate(None, _NOT_BRACKETS):
            self._depth += 1 if bracket in _OPEN else -1
            if self._depth > limits.DEPTH:
                raise limits.DEPTH.fault(FileFault.MALFORMED)
        self.values.spend(marks.count(b",") + marks.count(b":"))


class _Followed:
    """A stream of JSON of which every chunk is looked at before the parser has it."""

    def __init__(self, stream: IO[bytes], nesting: _Nesting) -> None:
        self._stream, self._nesting = stream, nesting

    def read(self, size: int) -> bytes:
        """The next chunk."""
        chunk = self._stream.read(size)
        self._nesting.follow(chunk)
        return chunk


def items(stream: IO[bytes], options: Json) -> Iterator[dict[str, Any] | RecordFault]:
    """The objects at the declared path of one document, as they come; numbers as text.

    A path that meets nothing in a sound document gives no record; the document itself (an empty path) may be one
    object or a list of them.

    Args:
        stream: The file's bytes.
        options: Path of the records.

    Raises:
        BadFile: Empty, cut, in another encoding, no JSON, nested deeper or with more nodes in a record than is safe.
    """
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", stream))
    first = _first(buffered)
    if not first:
        raise BadFile(FileFault.EMPTY)
    nesting = _Nesting()
    followed = cast("IO[bytes]", _Followed(buffered, nesting))
    try:
        for found in _walk(followed, options.items or ("[]" if first == b"[" else "")):
            nesting.values.renew()
            yield _texts(found) if isinstance(found, dict) else RecordFault.UNREADABLE
    except InvalidOperation:  # a number with an exponent that no decimal holds
        raise BadFile(FileFault.MALFORMED, detail="a number is out of bounds") from None
    except (ijson.JSONError, UnicodeDecodeError, RecursionError) as error:
        raise BadFile(_fault(error)) from None


def _first(stream: io.BufferedReader) -> bytes:
    """The first byte that is no space, left in the stream; empty at the end. A byte order mark is passed over."""
    if stream.peek(3).startswith(codecs.BOM_UTF8):
        stream.read(3)
    while (head := stream.peek(1)).isspace():
        stream.read(len(head))
    stream.read(len(head) - len(head.lstrip()))
    return head.lstrip()[:1]


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
