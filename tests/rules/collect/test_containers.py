"""Containers: the files inside a zip or gzip as streams; what is cut, locked or gone is told by name."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.collect.containers import HEAD, Head, members
from pipelines.faults import BadFile
from pipelines.reasons import FileFault


def content(file: Path) -> dict[str, bytes]:
    with members(file, told=f"sample/#{file.suffix}") as found:
        return {name: stream.read() for name, stream in found}


def test_a_plain_file_is_itself(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"a\n1\n")
    assert content(tmp_path / "a.csv") == {"a.csv": b"a\n1\n"}


def test_a_gzip_is_what_it_holds_by_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "a.csv.GZ").write_bytes(gzip.compress(b"a\n") + gzip.compress(b"1\n"))
    assert content(tmp_path / "a.csv.GZ") == {"a.csv": b"a\n1\n"}


def test_a_zip_is_its_files_without_folders_and_hidden_ones(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.ZIP", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("deep")
        archive.writestr("deep/er/b.csv", b"b")
        archive.writestr("a.csv", b"a")
        archive.writestr("etc\\c.csv", b"c")
        archive.writestr("__MACOSX/._a.csv", b"resource fork")
        archive.writestr(".DS_Store", b"x")
    assert content(tmp_path / "a.ZIP") == {"b.csv": b"b", "a.csv": b"a", "c.csv": b"c"}


def zipped(text: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("a.csv", text)
    return stream.getvalue()


def flagged(packed: bytes) -> bytes:
    """The archive with its only file marked as encrypted, in the local and the central header."""
    at = packed.index(b"PK\x01\x02")
    data = bytearray(packed)
    data[6] |= 1
    data[at + 8] |= 1
    return bytes(data)


def unknown_method(packed: bytes) -> bytes:
    at = packed.index(b"PK\x01\x02")
    data = bytearray(packed)
    data[8] = data[at + 10] = 97
    return bytes(data)


def spoilt(packed: bytes) -> bytes:
    data = bytearray(packed)
    data[45] ^= 0xFF
    return bytes(data)


BODY = bytes(range(256)) * 400


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("a.zip", b"", FileFault.TRUNCATED),
        ("a.zip", b"no archive at all", FileFault.TRUNCATED),
        ("a.zip", zipped(BODY)[:-40], FileFault.TRUNCATED),
        ("a.zip", spoilt(zipped(BODY)), FileFault.TRUNCATED),
        ("a.zip", spoilt(zipped(BODY, zipfile.ZIP_STORED)), FileFault.TRUNCATED),
        ("a.zip", spoilt(zipped(BODY, zipfile.ZIP_LZMA)), FileFault.TRUNCATED),
        ("a.zip", flagged(zipped(BODY)), FileFault.UNREADABLE),
        ("a.zip", unknown_method(zipped(BODY)), FileFault.UNREADABLE),
        ("a.csv.gz", b"no gzip", FileFault.TRUNCATED),
        ("a.csv.gz", gzip.compress(BODY, mtime=0)[:-30], FileFault.TRUNCATED),
        ("a.csv.gz", spoilt(gzip.compress(BODY, mtime=0)), FileFault.TRUNCATED),
    ],
)
def test_what_cannot_be_unpacked_is_told_as_its_caller_says(
    tmp_path: Path, name: str, data: bytes, fault: FileFault
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BadFile) as bad:
        content(tmp_path / name)
    assert (bad.value.fault, bad.value.file) == (fault, f"sample/#{Path(name).suffix}")


@pytest.mark.parametrize("name", ["gone.csv", "gone.zip", "gone.csv.gz"])
def test_a_file_that_is_gone_is_told_as_its_caller_says(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadFile, match=r"^sample/#\.\w+: The file cannot be opened\.: No such file or directory$"):
        content(tmp_path / name)


def test_what_goes_wrong_with_the_content_tells_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"x")

    def spoil() -> None:
        with members(tmp_path / "a.csv", told="sample/#1") as found:
            list(found)
            raise BadFile(FileFault.COLUMN, detail="CERT")

    with pytest.raises(BadFile) as bad:
        spoil()
    assert (bad.value.file, bad.value.detail) == ("sample/#1", "CERT")


@given(st.binary(max_size=300), st.lists(st.integers(1, 50), min_size=1))
def test_what_was_looked_at_is_read_all_the_same(body: bytes, sizes: list[int]) -> None:
    head = Head(io.BytesIO(body))
    assert head.text == body.decode("latin-1")
    assert head.readable()
    read, at = b"", 0
    while chunk := head.read(sizes[at % len(sizes)]):
        read, at = read + chunk, at + 1
    assert read == body


def test_only_the_beginning_is_looked_at() -> None:
    body = b"ab" * HEAD
    head = Head(io.BytesIO(body))
    assert len(head.text) == HEAD
    assert io.BufferedReader(head).read() == body
