"""Limits: how much of anything is read from a file that may mean harm, and the stream that keeps to them.

What belongs here: every bound on size, number and depth, each with its sentence. A file that goes beyond one is refused
before it has cost more time or memory than the bound allows; what is merely unlikely is left to the sources' `volume`.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Self

from pipelines.faults import BadFile
from pipelines.reasons import FileFault


class Limit(int):
    """A bound with the sentence that a user reads when a file goes beyond it."""

    sentence: str

    def __new__(cls, bound: int, sentence: str) -> Self:
        """Makes the number with its sentence."""
        made = super().__new__(cls, bound)
        made.sentence = sentence
        return made

    def fault(self, fault: FileFault = FileFault.TOO_LARGE) -> BadFile:
        """The refusal of a file that goes beyond this bound."""
        return BadFile(fault, detail=self.sentence)


# files and archives
UNPACKED = Limit(128 << 30, "it holds more than 128 GiB")
RATIO = Limit(200, "it unpacks to more than 200 times its size, as no data do")
GRACE = Limit(16 << 20, "bytes that an archive may unpack to whatever its ratio")
DIRECTORY = Limit(96 << 20, "its table of contents is longer than 96 MiB")
MEMBERS = Limit(100_000, "it holds more files than its source packs: 100000, or what its declaration says")
# records
RECORD = Limit(32 << 20, "a record, or what stands between two, is longer than 32 MiB")
DEPTH = Limit(64, "it is nested deeper than 64 levels")
VALUES = Limit(2_000_000, "a record has more than two million values")
ELEMENTS = Limit(500_000, "a record has more than 500000 elements")
NAME = Limit(128, "characters of a field's name; a longer one is no name and is not remembered")
NAMES = Limit(8_192, "names of fields that are remembered at a time, more than a header may have")
PATH = Limit(500, "characters of a field's path that are told")
VALUE = Limit(1_250, "bytes of a value on a card; PostgreSQL indexes two together up to 2704")
PATHS = Limit(1_000, "undeclared fields that are told by their path; more of them are counted together")
DIGITS = Limit(1_000, "a number has more than 1000 digits")
TEXT = Limit(4 << 20, "a text is longer than 4 MiB")
# tables and lines
LINE = Limit(1 << 20, "a line is longer than a mebibyte")
CELL = Limit(1 << 20, "a cell is longer than a mebibyte: a quote is missing")
ROW = Limit(8 << 20, "a row is longer than 8 MiB: a quote is missing")
COLUMNS = Limit(5_000, "the header has more than 5000 columns")
# business cards
CARD = Limit(1 << 20, "a card is longer than a mebibyte")
CARD_LINES = Limit(10_000, "a card has more than 10000 lines")
PARAMETERS = Limit(1_000, "characters before the colon of a line; a longer one is passed over")
# pages
PAGE = Limit(8 << 20, "a page is longer than 8 MiB")
LEVELS = Limit(254, "a page is nested deeper than 254 elements, or not to be read to its end")
TAGS = Limit(100_000, "a page has more than 100000 elements")
WORDS = Limit(5_000, "a tag has more than 5000 words")
H_CARDS = Limit(1_000, "a page has more than 1000 h-cards")
LINKED = Limit(5_000, "a page has more than 5000 linked nodes")


_DAMAGED = (
    *(zipfile.BadZipFile, EOFError, zlib.error, lzma.LZMAError),
    # what zipfile lets through on headers that no program writes
    *(struct.error, UnicodeError, IndexError, OverflowError, ValueError),
)


@contextmanager
def faults() -> Iterator[None]:
    """Turns what opening and unpacking a file may fail with into a `BadFile`."""
    try:
        yield
    except OSError as error:  # gzip's own is one, without a number
        fault = FileFault.UNREADABLE if error.errno else FileFault.TRUNCATED
        raise BadFile(fault, detail=error.strerror or "the archive is cut or damaged") from None
    except (RuntimeError, NotImplementedError):
        raise BadFile(FileFault.UNREADABLE, detail="it is encrypted or packed in a way that is not known") from None
    except _DAMAGED:
        raise BadFile(FileFault.TRUNCATED, detail="the archive is cut or damaged") from None


class Budget:
    """What may still be spent below a limit.

    Args:
        limit: How much of it there is.
    """

    def __init__(self, limit: Limit) -> None:
        self._limit, self._spent = limit, 0

    def spend(self, amount: int) -> None:
        """Takes `amount` from what is left.

        Raises:
            BadFile: There is less left.
        """
        self._spent += amount
        if self._spent > self._limit:
            raise self._limit.fault()

    def renew(self) -> None:
        """Begins anew: a record is through."""
        self._spent = 0


class Guarded(io.RawIOBase):
    """A stream whose bytes are counted, and whose every fault is a `BadFile`.

    Args:
        stream: Where the bytes come from.
        spend: Told how many bytes each reading gave; raises `BadFile` when that is too much.
    """

    def __init__(self, stream: IO[bytes], spend: Callable[[int], None]) -> None:
        self._stream, self._spend = stream, spend

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fills the buffer.

        Raises:
            BadFile: Too much was read, the archive is damaged, or the disk fails.
        """
        with faults():
            taken = self._stream.read(len(buffer))
        self._spend(len(taken))
        buffer[: len(taken)] = taken
        return len(taken)
