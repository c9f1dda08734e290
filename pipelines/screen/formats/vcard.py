"""vCard 2.1, 3.0 and 4.0: several cards to a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from pipelines.reasons import RecordFault


def read(stream: IO[bytes]) -> Iterator[dict[str, Any] | RecordFault]:
    """PENDING."""
    del stream
    return iter(())
