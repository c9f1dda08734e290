"""Separated values: a header line, then rows, everything text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import IO, Any

from pipelines.faults import BadFile
from pipelines.reasons import FileFault, RecordFault
from pipelines.sources.declaration import Csv

MAX_FIELD = 1 << 20
"""Characters in one cell; more is a missing quote, not a value."""


def read(stream: IO[bytes], options: Csv, required: frozenset[str]) -> Iterator[dict[str, Any] | RecordFault]:
    """Rows as dicts of header names (stripped) and texts; cells under an empty header are left out.

    Args:
        stream: The file's bytes.
        options: Encoding and delimiter.
        required: Columns that the header must have.

    Raises:
        BadFile: Empty, in another encoding, a column is missing, or the last row is cut.
    """
    csv.field_size_limit(MAX_FIELD)
    # NUL never stands in a table of text; the csv module would refuse the whole file for one.
    text = io.TextIOWrapper(stream, encoding=options.encoding, errors="strict", newline="")
    rows = _guarded(csv.reader((line.replace("\0", "") for line in text), delimiter=options.delimiter, strict=False))
    header = next(rows, None)
    if header is None:
        raise BadFile(FileFault.EMPTY)
    names = [name.strip() for name in header]
    missing = required.difference(names)
    if missing:
        raise BadFile(FileFault.COLUMN, detail=", ".join(sorted(missing)[:5]))
    yield from _records(rows, names)


def _records(rows: Iterator[list[str]], names: list[str]) -> Iterator[dict[str, Any] | RecordFault]:
    faulty = False
    for row in rows:
        if faulty:
            faulty = False
            yield RecordFault.COLUMNS
        if not row:
            continue
        if len(row) != len(names) and not _only_padding(row, names):
            faulty = True
            continue
        yield {name: cell for name, cell in zip(names, row, strict=False) if name}
    if faulty:
        raise BadFile(FileFault.TRUNCATED, detail="the last row has another number of columns than the header")


def _only_padding(row: list[str], names: list[str]) -> bool:
    """Whether row and header differ by a delimiter at the end of one of them only."""
    shorter = min(len(row), len(names))
    return not any(name for name in names[shorter:]) and not any(cell.strip() for cell in row[shorter:])


def _guarded(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows, with every way in which decoding or cutting may fail turned into a `BadFile`."""
    try:
        yield from rows
    except UnicodeDecodeError as error:
        raise BadFile(FileFault.ENCODING, detail=f"not {error.encoding}") from None
    except csv.Error:
        raise BadFile(FileFault.MALFORMED, detail="a cell is longer than a mebibyte: a quote is missing") from None
