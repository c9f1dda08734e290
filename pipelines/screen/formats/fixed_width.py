"""Fixed width: lines cut at declared columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any

from pipelines.faults import BadFile
from pipelines.reasons import FileFault, RecordFault
from pipelines.sources.declaration import FixedWidth


def read(stream: IO[bytes], options: FixedWidth) -> Iterator[dict[str, Any] | RecordFault]:
    """Each line that matches `record` as a dict of the declared columns, stripped; other lines are control lines.

    Args:
        stream: The file's bytes.
        options: Columns, encoding and the expression that a record's line matches.

    Raises:
        BadFile: Empty or in another encoding.
    """
    wanted = re.compile(options.record)
    seen = False
    for raw in stream:
        seen = True
        try:
            line = raw.decode(options.encoding).rstrip("\r\n")
        except UnicodeDecodeError:
            raise BadFile(FileFault.ENCODING, detail=f"not {options.encoding}") from None
        if line.strip() and wanted.search(line):
            yield {name: line[start:end].strip() for name, (start, end) in options.columns.items()}
    if not seen:
        raise BadFile(FileFault.EMPTY)
