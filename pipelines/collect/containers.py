"""Containers: the files inside a zip or gzip, as streams, without unpacking to disk."""

from __future__ import annotations

import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from pipelines.faults import BadFile
from pipelines.reasons import FileFault

HEAD = 65536
"""Bytes at the start of a file by which its feed is told."""


@contextmanager
def members(file: Path) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """The (name, stream) of every file in `file`: itself, or what a .zip or .gz holds; hidden ones are left out.

    Args:
        file: A plain file, a zip or a gzip.

    Raises:
        BadFile: It cannot be opened, is cut, or its check sum is wrong; the message names the file.
    """
    try:
        yield _members(file)
    except (zipfile.BadZipFile, EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile):
        raise BadFile(FileFault.TRUNCATED, file.name, "the archive is cut or damaged") from None
    except BadFile as bad:
        raise bad.named(file.name) from None
    except OSError as error:
        raise BadFile(FileFault.UNREADABLE, file.name, error.strerror or "") from None


def _members(file: Path) -> Iterator[tuple[str, IO[bytes]]]:
    if file.suffix.lower() == ".zip":
        with zipfile.ZipFile(file) as archive:
            for info in archive.infolist():
                name = Path(info.filename).name
                if not (info.is_dir() or name.startswith(".")):
                    with _opened(archive, info) as stream:
                        yield name, stream
    elif file.suffix.lower() == ".gz":
        with gzip.open(file) as packed:
            yield file.stem, cast("IO[bytes]", packed)
    else:
        with file.open("rb") as plain:
            yield file.name, plain


def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
    try:
        return archive.open(info)
    except (RuntimeError, NotImplementedError):
        raise BadFile(FileFault.UNREADABLE, detail="it is encrypted or packed in a way that is not known") from None


class Head(io.RawIOBase):
    """A stream of which the first bytes were looked at; reading it starts at the beginning all the same.

    Attributes:
        text: The first 64 KiB, a character a byte: enough to tell feeds apart, whatever the encoding.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._ahead = stream.read(HEAD)
        self.text = self._ahead.decode("latin-1")

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fills the buffer from what was looked at, then from the stream."""
        taken = self._ahead[: len(buffer)] or self._stream.read(len(buffer))
        self._ahead = self._ahead[len(taken) :]
        buffer[: len(taken)] = taken
        return len(taken)
