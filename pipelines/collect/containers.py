"""Containers: the files inside a zip or gzip, as streams, without unpacking to disk."""

from __future__ import annotations

import gzip
import io
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO, cast

from pipelines.collect import limits
from pipelines.collect.limits import Budget, Guarded, faults
from pipelines.faults import BadFile
from pipelines.reasons import FileFault

_ENTRY = b"PK\1\2"
"""What each entry of a zip's table of contents begins with."""

HEAD = 65536
"""Bytes at the start of a file by which its feed is told."""

_ARCHIVES = frozenset({".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".zst", ".7z", ".rar"})


@contextmanager
def members(file: Path, most: int = limits.MEMBERS, told: str = "") -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """The (name, stream) of every file in `file`: itself, or what a .zip or .gz holds; hidden ones are left out.

    Nothing is unpacked to disk, so no name inside leads anywhere; a name is its last part, whatever separates them.

    Args:
        file: A plain file, a zip or a gzip.
        most: How many files a zip may hold; each costs about 500 bytes of memory.
        told: How a message calls the file.

    Raises:
        BadFile: It cannot be opened, is cut, its check sum is wrong, it goes beyond a limit, or it holds what no
            publisher packs (an archive, a link, a name that leads elsewhere, two files of one name); the message calls
            the file as it is told.
    """
    try:
        yield _members(file, most)
    except BadFile as bad:
        raise bad.named(told) from None


def _members(file: Path, most: int) -> Iterator[tuple[str, IO[bytes]]]:
    with faults():
        packed = _Packed(file, most)
    with packed:
        if file.suffix.lower() == ".zip":
            yield from _zipped(packed)
        elif file.suffix.lower() == ".gz":
            with gzip.GzipFile(fileobj=packed) as unpacked:
                yield file.stem, _guarded(unpacked, packed.unpack)
        else:
            yield file.name, _guarded(packed, Budget(limits.UNPACKED).spend)


def _zipped(packed: _Packed) -> Iterator[tuple[str, IO[bytes]]]:
    with faults():
        archive = zipfile.ZipFile(packed)
    packed.start()
    names: set[str] = set()
    for info in archive.infolist():
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if info.is_dir() or path.name.startswith("."):
            continue
        _refuse_odd(info, path, names)
        with faults():
            stream = archive.open(info)
        with stream:
            yield path.name, _guarded(stream, packed.unpack)


def _guarded(stream: io.IOBase | IO[bytes], spend: Callable[[int], None]) -> IO[bytes]:
    return cast("IO[bytes]", Guarded(cast("IO[bytes]", stream), spend))


class _Packed(io.FileIO):
    """A file that knows how much was read from it, and how much that has unpacked to, all members together."""

    def __init__(self, file: Path, most: int) -> None:
        super().__init__(file)
        self._most: int | None = most
        self._read = self._unpacked = 0
        self._budget = Budget(limits.UNPACKED)

    def start(self) -> None:
        """Counts from here: a table of contents unpacks to nothing."""
        self._most = None
        self._read = self._unpacked = 0
        self._budget = Budget(limits.UNPACKED)

    def read(self, size: int | None = -1) -> bytes:
        """Bytes as from any file; zipfile reads a whole table of contents at once, of the size that it claims."""
        if size is not None and size > limits.DIRECTORY:
            raise limits.DIRECTORY.fault()
        taken = super().read(size)
        # what the archive says of their number is not believed, and listing them costs more than counting
        if self._most is not None and taken.count(_ENTRY) > self._most:
            raise limits.MEMBERS.fault()
        self._read += len(taken)
        return taken

    def unpack(self, size: int) -> None:
        """Adds to what was unpacked.

        Raises:
            BadFile: It is more than a limit allows.
        """
        self._budget.spend(size)
        self._unpacked += size
        if self._unpacked > limits.GRACE + limits.RATIO * self._read:
            raise limits.RATIO.fault()


def _refuse_odd(info: zipfile.ZipInfo, path: PurePosixPath, names: set[str]) -> None:
    """Refuses a member that no publisher packs; `names` are those met before it."""
    if stat.S_ISLNK(info.external_attr >> 16):
        raise BadFile(FileFault.UNREADABLE, detail="it holds a link, which is not followed")
    if ".." in path.parts or path.is_absolute() or PureWindowsPath(info.filename).drive:
        raise BadFile(FileFault.ELSEWHERE)
    if path.suffix.lower() in _ARCHIVES:
        raise BadFile(FileFault.UNREADABLE, detail="it holds another archive: unpack the outer one first")
    if info.filename in names:
        raise BadFile(FileFault.MALFORMED, detail="it holds two files of one name")
    names.add(info.filename)


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
