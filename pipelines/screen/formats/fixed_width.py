"""Fixed width: lines cut at declared columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any

from pipelines.collect import limits
from pipelines.faults import BadFile
from pipelines.reasons import FileFault, RecordFault
from pipelines.sources.declaration import FixedWidth


def read(stream: IO[bytes], options: FixedWidth) -> Iterator[dict[str, Any] | RecordFault]:
    """Each line that matches `record` as a dict of the declared columns, stripped; other lines are control lines.

    Args:
        stream: The file's bytes.
        options: Columns, encoding and the expression that a record's line matches.

    Raises:
        BadFile: Empty, in another encoding, cut before its closing line, or a line has no end.
    """
    wanted = re.compile(options.record)
    last = ""
    while raw := stream.readline(limits.LINE):
        if len(raw) == limits.LINE:
            raise limits.LINE.fault()
        try:
            # NUL pads the lines of some mainframes as a space does elsewhere
            line = raw.decode(options.encoding).replace("\0", " ").rstrip("\r\n")
        except UnicodeDecodeError:
            raise BadFile(FileFault.ENCODING, detail=f"not {options.encoding}") from None
        if not line.strip():
            continue
        last = line
        if wanted.search(line):
            yield {name: line[start:end].strip() for name, (start, end) in options.columns.items()}
    if not last:
        raise BadFile(FileFault.EMPTY)
    if not re.search(options.end, last):
        raise BadFile(FileFault.TRUNCATED, detail="the last line is not the one that ends such a file")
