"""Archives that mean harm: each ends as a reason code, soon, and nothing is written anywhere."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipelines.collect import limits
from pipelines.collect.containers import Head, members
from pipelines.faults import BadFile
from pipelines.reasons import FileFault
from pipelines.sources.registry import sources

Pack = Callable[[zipfile.ZipFile], None]
ROWS = b"number\n1\n"


def taken(file: Path) -> dict[str, bytes]:
    """What every member of a file holds, by name."""
    with members(file, told="sample/#1") as found:
        return {name: Head(stream).read() for name, stream in found}


def sizes(file: Path) -> Iterator[int]:
    """How much each reading gives of what a file holds."""
    with members(file) as found:
        for _, stream in found:
            while chunk := stream.read(1 << 16):
                yield len(chunk)


def fault(file: Path) -> BadFile:
    with pytest.raises(BadFile) as caught:
        taken(file)
    assert str(caught.value).startswith("sample/#1: ")
    assert caught.value.__suppress_context__
    return caught.value


def packed(folder: Path, pack: Pack) -> Path:
    file = folder / "firms.zip"
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # zipfile warns of a name written twice
        pack(archive)
    return file


def a_link(archive: zipfile.ZipFile) -> None:
    link = zipfile.ZipInfo("firms.csv")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    archive.writestr(link, "/etc/passwd")


def an_archive(archive: zipfile.ZipFile) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as nested:
        nested.writestr("firms.csv", ROWS)
    archive.writestr("inner.zip", inner.getvalue())


def one_name_twice(archive: zipfile.ZipFile) -> None:
    archive.writestr("firms.csv", ROWS)
    archive.writestr("firms.csv", ROWS)


def a_bomb(archive: zipfile.ZipFile) -> None:
    with archive.open("firms.csv", "w") as member:
        for _ in range(64):
            member.write(bytes(1 << 20))


def many_small_bombs(archive: zipfile.ZipFile) -> None:
    for number in range(64):
        archive.writestr(f"{number}.csv", bytes(1 << 20))


@pytest.mark.parametrize(
    ("pack", "expected", "detail"),
    [
        (a_link, FileFault.UNREADABLE, "it holds a link"),
        (an_archive, FileFault.UNREADABLE, "it holds another archive"),
        (one_name_twice, FileFault.MALFORMED, "it holds two files of one name"),
        (a_bomb, FileFault.TOO_LARGE, limits.RATIO.sentence),
        (many_small_bombs, FileFault.TOO_LARGE, limits.RATIO.sentence),
    ],
)
def test_what_no_publisher_packs_is_refused(tmp_path: Path, pack: Pack, expected: FileFault, detail: str) -> None:
    found = fault(packed(tmp_path, pack))
    assert found.fault == expected
    assert found.detail.startswith(detail)


@pytest.mark.parametrize(
    "name", ["../firms.csv", "/firms.csv", "..\\..\\firms.csv", "C:\\firms.csv", "a/../../firms.csv", "//a/b/firms.csv"]
)
def test_a_name_that_leads_elsewhere_leads_nowhere(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "deep" / "deeper"
    folder.mkdir(parents=True)
    file = packed(folder, lambda archive: archive.writestr(name, ROWS))
    before = sorted(tmp_path.rglob("*"))
    assert fault(file).fault == FileFault.ELSEWHERE
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["./firms.csv", "a/b/firms.csv", "a\\b\\firms.csv", "a..b/firms.csv"])
def test_a_name_in_a_folder_is_its_last_part(tmp_path: Path, name: str) -> None:
    assert taken(packed(tmp_path, lambda archive: archive.writestr(name, ROWS))) == {"firms.csv": ROWS}


def rewritten(file: Path, signature: bytes, at: int, value: bytes) -> Path:
    """The archive with some bytes of each of its headers of one kind replaced."""
    content = bytearray(file.read_bytes())
    start = content.find(signature)
    while start >= 0:
        content[start + at : start + at + len(value)] = value
        start = content.find(signature, start + 1)
    file.write_bytes(content)
    return file


LOCAL, CENTRAL, END = b"PK\3\4", b"PK\1\2", b"PK\5\6"


@pytest.mark.parametrize(
    ("signature", "at", "value", "expected"),
    [
        (CENTRAL, 24, struct.pack("<L", 4), FileFault.TRUNCATED),
        (CENTRAL, 16, struct.pack("<L", 1), FileFault.TRUNCATED),
        (CENTRAL, 8, struct.pack("<H", 1), FileFault.UNREADABLE),
        (CENTRAL, 10, struct.pack("<H", 97), FileFault.UNREADABLE),
        (CENTRAL, 42, struct.pack("<L", 4_000_000_000), FileFault.TRUNCATED),
        (LOCAL, 30, b"other.csv", FileFault.TRUNCATED),
        (END, 12, struct.pack("<L", 4_000_000_000), FileFault.TRUNCATED),
    ],
    ids=["smaller", "check sum", "encrypted", "method", "offset", "name", "directory"],
)
def test_a_header_that_lies_is_found_out(
    tmp_path: Path, signature: bytes, at: int, value: bytes, expected: FileFault
) -> None:
    file = packed(tmp_path, lambda archive: archive.writestr("firms.csv", ROWS * 100))
    assert fault(rewritten(file, signature, at, value)).fault == expected


def test_a_size_that_is_boasted_of_is_not_believed(tmp_path: Path) -> None:
    file = packed(tmp_path, lambda archive: archive.writestr("firms.csv", ROWS))
    rewritten(file, CENTRAL, 24, struct.pack("<L", 4_000_000_000))
    assert taken(file) == {"firms.csv": ROWS}


def test_millions_of_members_are_refused_before_they_are_listed(tmp_path: Path) -> None:
    file = tmp_path / "firms.zip"
    entry = struct.pack("<4s4B4H2L2L5H2L", CENTRAL, 20, 3, 20, 0, 0, 0, 0, 0, 0, 0, 0, 5, *[0] * 7) + b"a.csv"
    count = limits.DIRECTORY // len(entry) + 1
    with file.open("wb") as written:
        for _ in range(count // 1_000 + 1):
            written.write(entry * 1_000)
        size = written.tell()
        written.write(struct.pack("<4s4H2LH", END, 0, 0, 0xFFFF, 0xFFFF, size, 0, 0))
    tracemalloc.start()
    found = fault(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (found.fault, found.detail) == (FileFault.TOO_LARGE, limits.DIRECTORY.sentence)
    assert peak < 4 << 20


@pytest.mark.parametrize("more", [0, 1])
def test_no_more_members_are_listed_than_a_source_packs(tmp_path: Path, more: int) -> None:
    def pack(archive: zipfile.ZipFile) -> None:
        for number in range(20 + more):
            archive.writestr(f"{number}.csv", ROWS)

    file = packed(tmp_path, pack)
    if not more:
        with members(file, 20) as found:
            assert len(list(found)) == 20
        return
    with pytest.raises(BadFile) as caught, members(file, 20) as found:
        list(found)
    assert (caught.value.fault, caught.value.detail) == (FileFault.TOO_LARGE, limits.MEMBERS.sentence)


def test_a_million_members_are_more_than_any_source_packs_that_does_not_say_so() -> None:
    assert {source.id for source in sources().values() if source.members > limits.MEMBERS} == {"edgar"}
    assert limits.MEMBERS < 1_000_000


def test_a_bomb_of_gzip_stops_early(tmp_path: Path) -> None:
    file = tmp_path / "firms.csv.gz"
    with gzip.open(file, "wb") as written:
        for _ in range(256):
            written.write(bytes(1 << 20))
    read: list[int] = []
    with pytest.raises(BadFile) as caught:
        read.extend(sizes(file))
    assert caught.value.fault == FileFault.TOO_LARGE
    assert sum(read) <= limits.GRACE + limits.RATIO * file.stat().st_size
    assert sum(read) < 256 << 20


@pytest.mark.parametrize("content", [b"", b"PK", b"\x1f\x8b", b"\x1f\x8b\x08\x00cut", b"no archive at all", bytes(100)])
@pytest.mark.parametrize("name", ["firms.zip", "firms.csv.gz"])
def test_what_is_no_archive_is_told_so(tmp_path: Path, name: str, content: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    if name.endswith(".gz") and not content:
        assert taken(file) == {"firms.csv": b""}  # a reader says that it is empty
    else:
        assert fault(file).fault == FileFault.TRUNCATED


def test_a_sound_archive_is_read_whole(tmp_path: Path) -> None:
    rows = b"number\n" + b"".join(b"%d\n" % number for number in range(200_000))

    def two_folders(archive: zipfile.ZipFile) -> None:
        for part in "ab":
            archive.writestr(f"{part}/firms{part}.csv", rows)

    file = packed(tmp_path, two_folders)
    assert taken(file) == {"firmsa.csv": rows, "firmsb.csv": rows}
