"""Separated values: a header line, then rows, everything text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import IO, Any

from pipelines.collect import limits
from pipelines.collect.limits import Budget
from pipelines.faults import BadFile
from pipelines.reasons import FileFault, RecordFault
from pipelines.sources.declaration import Csv


def read(stream: IO[bytes], options: Csv, required: frozenset[str]) -> Iterator[dict[str, Any] | RecordFault]:
    """Rows as dicts of header names (stripped) and texts; cells under an empty header are left out.

    Args:
        stream: The file's bytes.
        options: Encoding and delimiter.
        required: Columns that the header must have.

    Raises:
        BadFile: Empty, in another encoding, a column is missing, the last row is cut, or a cell, a row or the header is
            larger than is safe.
    """
    csv.field_size_limit(int(limits.CELL))
    lines = _Lines(io.TextIOWrapper(stream, encoding=options.encoding, errors="strict", newline=""))
    rows = _guarded(csv.reader(lines, delimiter=options.delimiter, strict=False))
    header = next((row for row in rows if any(cell.strip() for cell in row)), None)
    if header is None:
        raise BadFile(FileFault.EMPTY)
    if len(header) > limits.COLUMNS:
        raise limits.COLUMNS.fault()
    names = [name.strip() for name in header]
    missing = required.difference(names)
    if missing:
        raise BadFile(FileFault.COLUMN, detail=", ".join(sorted(missing)[:5]))
    yield from _records(rows, names, lines)


class _Lines:
    """The lines that the csv module reads, watched for a quote that the end of the file leaves open."""

    def __init__(self, text: Iterable[str]) -> None:
        self._text = iter(text)
        self._quotes = 0
        self._ended = True
        self._size = Budget(limits.ROW)

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._text)
        self._size.spend(len(line))
        self._quotes += line.count('"')
        self._ended = line.endswith(("\n", "\r"))
        return line

    def cut(self) -> bool:
        """Whether the row just read is the file's last and ends inside quotes; to be asked once a row."""
        odd, self._quotes = self._quotes % 2 == 1, 0
        self._size.renew()
        return odd and not self._ended


def _records(rows: Iterator[list[str]], names: list[str], lines: _Lines) -> Iterator[dict[str, Any] | RecordFault]:
    faulty = False
    lines.cut()
    for row in rows:
        if lines.cut():
            raise BadFile(FileFault.TRUNCATED, detail="the last row ends inside quotes")
        if not row:
            continue
        if faulty:
            yield RecordFault.COLUMNS
        faulty = len(row) != len(names) and not _only_padding(row, names)
        if not faulty:
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
        cut = error.reason == "unexpected end of data"
        raise BadFile(FileFault.TRUNCATED if cut else FileFault.ENCODING, detail=f"not {error.encoding}") from None
    except csv.Error:
        raise limits.CELL.fault(FileFault.MALFORMED) from None
