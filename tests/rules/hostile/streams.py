"""What the tests of hostile files share: streams that are longer than any file, and readings in a cage."""

from __future__ import annotations

import io
import itertools
import tracemalloc
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any, cast

from pipelines.faults import BadFile
from pipelines.reasons import RecordFault
from pipelines.screen.formats import read
from pipelines.sources.declaration import Feed


class Endless(io.RawIOBase):
    """The chunks of an iterator as a stream; only what is read of it ever exists.

    Attributes:
        given: How many bytes were read.
    """

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks: Iterator[bytes] = iter(chunks)
        self._rest = b""
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = chunk
        taken, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(taken)] = taken
        self.given += len(taken)
        return len(taken)


def gigabyte(head: bytes, filling: bytes, tail: bytes = b"") -> Endless:
    """A stream of 1 GB: a beginning, then the same again and again, then an end."""
    chunk = filling * (1 + 65_536 // len(filling))
    return Endless(itertools.chain([head], itertools.repeat(chunk, (1 << 30) // len(chunk)), [tail]))


def feed(form: dict[str, Any]) -> Feed:
    return Feed.model_validate({"files": ["*"], "format": form, "taken": ["number"]})


@dataclass
class Outcome:
    """How reading ended.

    Attributes:
        fault: The refusal of the file, if it was refused.
        records: Records that came through.
        aside: Records that were set aside, by code.
        peak: Most memory that Python held at a time, bytes.
    """

    fault: BadFile | None = None
    records: int = 0
    aside: Counter[RecordFault] = field(default_factory=Counter)
    peak: int = 0


def reading(stream: io.RawIOBase | io.BytesIO, form: dict[str, Any]) -> Outcome:
    """Reads to the end; anything but a refusal of the file fails the test."""
    outcome = Outcome()
    tracemalloc.start()
    try:
        for item in read(cast("IO[bytes]", stream), feed(form)):
            if isinstance(item, RecordFault):
                outcome.aside[item] += 1
            else:
                outcome.records += 1
    except BadFile as bad:
        outcome.fault = bad
    finally:
        outcome.peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return outcome
