"""The formats: bytes in, records out, as streams, all text, in constant memory.

What belongs here: a module a format. Each reader takes a binary stream and the format's options and yields records
(nested dicts) or `RecordFault` codes for records to set aside; a file that cannot be taken raises `BadFile`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import IO, Any, cast

from pipelines.collect import limits
from pipelines.collect.limits import Budget, Guarded
from pipelines.faults import BadFile
from pipelines.reasons import FileFault, RecordFault
from pipelines.screen.formats import csv_rows, fixed_width, html, json_records, vcard, xml_records
from pipelines.sources.declaration import Csv, Feed, FixedWidth, Html, Json, JsonLines, VCard, Xml

Item = dict[str, Any] | RecordFault
"""A record, or the reason for which one was set aside."""


_HEAD = 1 << 16
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)


def read(stream: IO[bytes], feed: Feed) -> Iterator[Item]:
    """The records of one file of a feed.

    Args:
        stream: The file's bytes, unpacked; it need not be seekable.
        feed: Its declaration.

    Raises:
        BadFile: The file is empty, truncated, in the wrong encoding or format, a web page in the place of data, or it
            lacks a declared column, or something in it goes beyond a limit.
    """
    record_size = Budget(limits.RECORD)
    # two buffers: the inner one reads on until the head is whole, however little its source gives at a time
    inner = io.BufferedReader(Guarded(stream, record_size.spend), _HEAD)
    buffered = io.BufferedReader(cast("io.RawIOBase", inner), _HEAD)
    # Error pages come with status 200 and the name of the data file, so every format must know them.
    if not isinstance(feed.format, Html) and _PAGE.match(buffered.peek(_HEAD)):
        raise BadFile(FileFault.HTML)
    for record in _records(buffered, feed):
        record_size.renew()
        yield record


def is_page(head: str) -> bool:
    """Whether what begins so (a character a byte) is a web page."""
    return _PAGE.match(head.encode("latin-1", "replace")) is not None


def _records(stream: IO[bytes], feed: Feed) -> Iterator[Item]:
    match feed.format:
        case Csv() as options:
            found = csv_rows.read(stream, options, frozenset(feed.taken))
        case JsonLines() as options:
            found = json_records.lines(stream, options)
        case Json() as options:
            found = json_records.items(stream, options)
        case Xml() as options:
            found = xml_records.read(stream, options)
        case FixedWidth() as options:
            found = fixed_width.read(stream, options)
        case VCard():
            found = vcard.read(stream)
        case Html():
            found = html.read(stream)
    return found
