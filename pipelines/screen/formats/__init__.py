"""The formats: bytes in, records out, as streams, all text, in constant memory.

What belongs here: a module a format. Each reader takes a binary stream and the format's options and yields records
(nested dicts) or `RecordFault` codes for records to set aside; a file that cannot be taken raises `BadFile`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from pipelines.reasons import RecordFault
from pipelines.screen.formats import csv_rows, fixed_width, html, json_records, vcard, xml_records
from pipelines.sources.declaration import Csv, Feed, FixedWidth, Html, Json, JsonLines, VCard, Xml

Item = dict[str, Any] | RecordFault
"""A record, or the reason for which one was set aside."""


def read(stream: IO[bytes], feed: Feed) -> Iterator[Item]:
    """The records of one file of a feed.

    Args:
        stream: The file's bytes, unpacked.
        feed: Its declaration.

    Raises:
        BadFile: The file is empty, truncated, in the wrong encoding or format, or lacks a declared column.
    """
    match feed.format:
        case Csv() as options:
            return csv_rows.read(stream, options, frozenset(feed.taken))
        case JsonLines() as options:
            return json_records.lines(stream, options)
        case Json() as options:
            return json_records.items(stream, options)
        case Xml() as options:
            return xml_records.read(stream, options)
        case FixedWidth() as options:
            return fixed_width.read(stream, options)
        case VCard():
            return vcard.read(stream)
        case Html():
            return html.read(stream)
