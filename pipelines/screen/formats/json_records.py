"""JSON: one object a line, or objects inside a document, read incrementally."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import IO, Any

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
    seen = good = 0
    cut = False
    while line := stream.readline(MAX_LINE):
        if len(line) == MAX_LINE:
            raise BadFile(FileFault.TOO_LARGE, detail="a line is longer than 64 MiB")
        if not line.strip():
            continue
        if cut:
            yield RecordFault.UNREADABLE
        record = _object(line, options.encoding)
        seen, cut = seen + 1, record is None
        if record is not None:
            good += 1
            yield record
    if not seen:
        raise BadFile(FileFault.EMPTY)
    if not good:
        raise BadFile(FileFault.MALFORMED, detail="no line is a JSON object")
    if cut:
        raise BadFile(FileFault.TRUNCATED, detail="the last line is no JSON object")


def _object(line: bytes, encoding: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line.decode(encoding))
    except UnicodeDecodeError:
        raise BadFile(FileFault.ENCODING, detail=f"not {encoding}") from None
    except (json.JSONDecodeError, RecursionError):
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
    try:
        for found in _walk(stream, options.items):
            yield _texts(found) if isinstance(found, dict) else RecordFault.UNREADABLE
    except ijson.IncompleteJSONError as error:
        raise BadFile(_fault(error), detail="") from None
    except (ijson.JSONError, UnicodeDecodeError):
        raise BadFile(FileFault.MALFORMED) from None


def _fault(error: ijson.IncompleteJSONError) -> FileFault:
    """ijson's C reader tells every lexical error as incomplete: tell them apart by its words."""
    words = str(error).lower()
    if "utf" in words or "invalid bytes" in words:
        return FileFault.ENCODING
    if "premature" in words or "incomplete" in words or "eof" in words:
        return FileFault.TRUNCATED
    return FileFault.MALFORMED


def _walk(stream: IO[bytes], path: str) -> Iterator[Any]:
    if path.endswith("*"):
        prefix = path.removesuffix("*").rstrip("/").replace("/", ".")
        for _, found in ijson.kvitems(stream, prefix):
            yield found
        return
    if not path:
        for found in ijson.items(stream, ""):
            yield from found if isinstance(found, list) else [found]
        return
    # "records" means the items of the list of that name; ijson writes a list's item as `item`
    prefix = ".".join("item" if name == "[]" else name for name in path.split("/"))
    yield from ijson.items(stream, prefix)


def _texts(node: Any) -> Any:  # noqa: ANN401 - JSON is of any type
    """The same nodes with ijson's decimals as text: a number of a register is never a quantity."""
    if isinstance(node, dict):
        return {name: _texts(value) for name, value in node.items()}
    if isinstance(node, list):
        return [_texts(value) for value in node]
    return str(node) if isinstance(node, Decimal) else node
