"""HTML: the structured data of a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from pipelines.reasons import RecordFault


def read(stream: IO[bytes]) -> Iterator[dict[str, Any] | RecordFault]:
    """PENDING."""
    del stream
    return iter(())
