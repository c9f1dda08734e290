"""The scanner: finds planted tokens in files, databases and captured output, whatever they are packed or coded in.

What belongs here: decoders and places to look. What does not: which tokens there are (`corpus.py`).
"""

from __future__ import annotations

import binascii
import bz2
import gzip
import hashlib
import io
import lzma
import pickletools
import re
import sqlite3
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes

import psycopg
import pyarrow.parquet as pq
from psycopg import sql

WORD = re.compile(r"zq[a-z]{10}")
"""Every token of letters looks like this: rare enough that no other text does."""
DIGITS_LONG = 9
BIRTH_YEAR = "1907"
_SEPARATED = re.compile(r"(?<=\d)[\s().\-\u2010-\u2015\u00a0/]{1,3}(?=\d)")
_LONG_NUMBER = re.compile(rf"\d{{{DIGITS_LONG},}}")
_DATE = re.compile(rf"({BIRTH_YEAR})[-/.]?(\d\d)[-/.]?(\d\d)|(\d\d)[-/.](\d\d)[-/.]{BIRTH_YEAR}")
_HEX = re.compile(r"[0-9a-f]{32,}")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{14,}(?:\r?\n ?[A-Za-z0-9+/_-]+)*")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_TEXT = re.compile(
    rb"(?:[\x20-\x7e\t\r\n]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){6,}"
)
_PERHAPS = re.compile(
    rb"[zZ][qQ]|\d{9}|19\d\d|%[0-9a-fA-F]{2}|[A-Za-z0-9+/_-]{14}|^(?:\x1f\x8b|x[\x01\x5e\x9c\xda]|PK|PAR1|SQLite|\x80|BZh|\xfd7z)"
)
"""What a token, or something that may hold one, looks like; in what was decoded nothing else is looked at."""
_PERHAPS_UTF16 = re.compile(rb"[zZ]\x00[qQ]|(?:\d\x00){9}|(?:\x00\d){9}|1\x009\x000\x007")
_UTF16_LITTLE = re.compile(rb"(?:[\x20-\xff]\x00|[\x00-\xff][\x01-\x03]){6,}")
_UTF16_BIG = re.compile(rb"(?:\x00[\x20-\xff]|[\x01-\x03][\x00-\xff]){6,}")
_DIGESTS = ("md5", "sha1", "sha256")
_DEEPEST = 5
"""Layers of packing and coding that are opened, one in the other."""


@dataclass(frozen=True, slots=True)
class Secret:
    """What to look for.

    Attributes:
        token: A word of the form `WORD`, nine or more digits, or a date `1907-MM-DD`; unique.
        values: The whole values in which it is written, for their digests.
    """

    token: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A token where it must not be: in what, and under which codings."""

    token: str
    where: str
    how: str


class Scanner:
    """Looks for secrets.

    Args:
        secrets: What to look for.
    """

    def __init__(self, secrets: Iterable[Secret]) -> None:
        self._tokens: set[str] = set()
        self._digests: dict[str, tuple[str, str]] = {}
        self._known: dict[tuple[str, int], tuple[tuple[str, str], ...]] = {}
        self._clean: set[str] = set()
        self._files: dict[bytes, frozenset[tuple[str, str]]] = {}
        for secret in secrets:
            self._tokens.add(secret.token)
            for text in {form for value in (secret.token, *secret.values) for form in _forms(value)}:
                for name in _DIGESTS:
                    digest = hashlib.new(name, text.encode(), usedforsecurity=False).digest()
                    self._digests[digest.hex()] = (secret.token, name)
        self._lengths = sorted({len(token) for token in self._tokens if token.isdigit()})

    def text(self, where: str, text: str, how: str = "", depth: int = 0) -> Iterator[Hit]:
        """The tokens in a text: as they are, escaped, percent-coded, in base64, and as digests."""
        folded = _folded(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "\\u" in text else text)
        for token in self._words(folded):
            yield Hit(token, where, how or "raw")
        for run in _HEX.findall(folded):
            for found in _windows(run, (32, 40, 64)):
                if found in self._digests:
                    yield Hit(self._digests[found][0], where, f"{how}>{self._digests[found][1]}")
        if depth < _DEEPEST:
            yield from self._coded(where, text, how, depth)

    def data(self, where: str, data: bytes, how: str = "", depth: int = 0) -> Iterator[Hit]:
        """The tokens in bytes: in their text, in UTF-16, and in whatever they are a container of."""
        for run in _TEXT.findall(data):
            yield from self.text(where, run.decode("utf-8", "replace"), how, depth)
        if _PERHAPS_UTF16.search(data):
            yield from self._wide(where, data, how, depth)
        if depth < _DEEPEST:
            for name, unpack in _CONTAINERS.items():
                for part in unpack(data):
                    yield from self.data(where, part, f"{how}>{name}", depth + 1)

    def _wide(self, where: str, data: bytes, how: str, depth: int) -> Iterator[Hit]:
        """The tokens in text of two bytes a letter, which may begin at an odd place."""
        for pattern, coding in ((_UTF16_LITTLE, "utf-16-le"), (_UTF16_BIG, "utf-16-be")):
            for start in (0, 1):
                for run in pattern.findall(data[start:]):
                    yield from self.text(where, run.decode(coding, "replace"), f"{how}>{coding}", depth)

    def tree(self, folder: Path, leave: Callable[[Path], bool] = lambda _: False) -> set[Hit]:
        """The tokens in every file below a folder, and in the names of files and folders.

        Args:
            folder: Where.
            leave: Says which files not to look into.
        """
        hits: set[Hit] = set()
        for path in sorted(folder.rglob("*")):
            if leave(path):
                continue
            where = str(path.relative_to(folder))
            hits.update(self.text(f"name of {where}", path.name))
            if path.is_symlink():
                hits.update(self.text(f"link {where}", str(path.readlink())))
            elif path.is_file():
                hits.update(Hit(token, where, how) for token, how in self._file(path))
        return hits

    def _file(self, path: Path) -> frozenset[tuple[str, str]]:
        """The tokens in a file, with their codings; the same bytes are not looked into twice."""
        data = path.read_bytes()
        digest = hashlib.sha256(data).digest()
        known = self._files.get(digest)
        if known is None:
            known = self._files[digest] = frozenset((hit.token, hit.how) for hit in self.data("", data))
        return known

    def server(self, url: str) -> set[Hit]:
        """The tokens in every row of every table, view and sequence of every database of a server."""
        with psycopg.connect(url) as connection:
            names = [str(row[0]) for row in connection.execute("SELECT datname FROM pg_database WHERE datallowconn")]
        hits: set[Hit] = set()
        for name in names:
            with psycopg.connect(url, dbname=name) as connection:
                connection.read_only = True
                for relation, row in _rows(connection):
                    if row not in self._clean:
                        found = set(self.text(f"{name}: {relation}", row))
                        hits |= found
                        self._clean |= set() if found else {row}
        return hits

    def _words(self, folded: str) -> Iterator[str]:
        for found in WORD.findall(folded):
            if found in self._tokens:
                yield found
        plain = _SEPARATED.sub("", folded)
        for run in _LONG_NUMBER.findall(plain):
            yield from (found for found in _windows(run, self._lengths) if found in self._tokens)
        for year, month, day, one, other in _DATE.findall(folded):
            dates = (
                {f"{year}-{month}-{day}"} if year else {f"{BIRTH_YEAR}-{one}-{other}", f"{BIRTH_YEAR}-{other}-{one}"}
            )
            yield from dates & self._tokens

    def _coded(self, where: str, text: str, how: str, depth: int) -> Iterator[Hit]:
        if "%" in text:
            plain = unquote_to_bytes(text)
            if plain != text.encode("utf-8", "replace"):
                yield from self.data(where, plain, f"{how}>percent", depth + 1)
        for run in _BASE64.findall(text):
            for token, coding in self._based(run, depth):
                yield Hit(token, where, how + coding)

    def _based(self, run: str, depth: int) -> tuple[tuple[str, str], ...]:
        """The tokens in what a run of signs is in base64, with their codings; the same runs come again and again."""
        known = self._known.get((run, depth))
        if known is None:
            found: set[tuple[str, str]] = set()
            for plain in _unbased(re.sub(r"\s", "", run).replace("-", "+").replace("_", "/")):
                if token := self._digests.get(plain.hex()):
                    found.add((token[0], f">base64>{token[1]}"))
                if _PERHAPS.search(plain) or _PERHAPS_UTF16.search(plain):
                    found.update((hit.token, hit.how) for hit in self.data("", plain, ">base64", depth + 1))
            known = self._known[run, depth] = tuple(sorted(found))
        return known


def _forms(value: str) -> Iterator[str]:
    """What normalising could make of a value before it is hashed."""
    digits = re.sub(r"\D", "", value)
    yield from (value, value.lower(), value.upper(), _folded(value))
    if len(digits) >= DIGITS_LONG:
        yield from (digits, digits[-10:], f"+{digits}")


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    marks = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in marks if not unicodedata.combining(letter)).casefold()


def _windows(run: str, lengths: Iterable[int]) -> Iterator[str]:
    for length in lengths:
        for start in range(len(run) - length + 1):
            yield run[start : start + length]


def _unbased(text: str) -> Iterator[bytes]:
    """What a text may be in base64: whole, and cut to groups from each place where one may begin."""
    if len(text) % 4 in {2, 3}:
        yield binascii.a2b_base64(text + "=" * (-len(text) % 4))
    for start in range(4):
        cut = text[start:]
        yield binascii.a2b_base64(cut[: len(cut) - len(cut) % 4])


def _rows(connection: psycopg.Connection) -> Iterator[tuple[str, str]]:
    """Every row of every relation as text, with the relation's name."""
    relations = connection.execute(
        "SELECT n.nspname, c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace "
        "WHERE c.relkind IN ('r', 'm', 'p', 'v') AND n.nspname <> 'information_schema' "
        "AND c.relname NOT IN ('pg_settings', 'pg_timezone_names', 'pg_timezone_abbrevs', 'pg_hba_file_rules', "
        "'pg_ident_file_mappings', 'pg_file_settings', 'pg_shmem_allocations', 'pg_shmem_allocations_numa', "
        "'pg_backend_memory_contexts', 'pg_config', 'pg_dsm_registry_allocations')"
    ).fetchall()
    for schema, name in relations:
        query = sql.SQL("SELECT t::text FROM {} AS t").format(sql.Identifier(schema, name))
        try:
            with connection.transaction(), connection.cursor() as cursor:
                for (row,) in cursor.execute(query):
                    yield f"{schema}.{name}", row or ""
        except psycopg.errors.ObjectNotInPrerequisiteState:
            continue  # statistics of replication, for which this server is not set up
    # expressions are kept as trees, in which texts are lists of numbers
    for (expression,) in connection.execute(
        "SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef UNION ALL SELECT pg_get_constraintdef(oid) FROM "
        "pg_constraint UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index"
    ):
        yield "expressions", expression or ""


# --- containers -------------------------------------------------------------------------------------------------------


def _gzipped(data: bytes) -> Iterator[bytes]:
    if data.startswith(b"\x1f\x8b"):
        try:
            yield gzip.decompress(data)
        except (OSError, EOFError, zlib.error):
            # one cut short tells what it holds up to there
            yield zlib.decompressobj(31).decompress(data)


def _deflated(data: bytes) -> Iterator[bytes]:
    if data[:2] in {b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda"}:
        try:
            yield zlib.decompress(data)
        except zlib.error:
            return


def _otherwise_packed(data: bytes) -> Iterator[bytes]:
    for sign, unpack in ((b"BZh", bz2.decompress), (b"\xfd7zXZ", lzma.decompress)):
        if data.startswith(sign):
            yield unpack(data)


def _zipped(data: bytes) -> Iterator[bytes]:
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield "\n".join(archive.namelist()).encode()
            yield from (archive.read(member) for member in archive.infolist())


def _parquet(data: bytes) -> Iterator[bytes]:
    if data.startswith(b"PAR1") and data.endswith(b"PAR1"):
        for column in pq.read_table(io.BytesIO(data)).columns:
            yield "\n".join(map(str, column.to_pylist())).encode("utf-8", "replace")


def _sqlite(data: bytes) -> Iterator[bytes]:
    if not data.startswith(b"SQLite format 3\x00"):
        return
    with tempfile.NamedTemporaryFile(suffix=".sqlite") as copy:
        # a copy without its journal would be refused: it is read as if it had been closed
        copy.write(data[:18] + b"\x01\x01" + data[20:])
        copy.flush()
        with sqlite3.connect(copy.name) as connection:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (table,) in tables:
                for row in connection.execute(f'SELECT * FROM "{table}"'):
                    yield from (
                        cell if isinstance(cell, bytes) else str(cell).encode("utf-8", "replace") for cell in row
                    )
        connection.close()


def _pickled(data: bytes) -> Iterator[bytes]:
    """The texts in a pickle, which is taken apart and never run."""
    if not (data[:1] == b"\x80" and data.rstrip(b"\n").endswith(b".")):
        return
    try:
        for _, argument, _ in pickletools.genops(data):
            if isinstance(argument, bytes):
                yield argument
            elif isinstance(argument, str):
                yield argument.encode("utf-8", "replace")
    except ValueError:
        return


_CONTAINERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzipped,
    "deflate": _deflated,
    "packed": _otherwise_packed,
    "zip": _zipped,
    "parquet": _parquet,
    "sqlite": _sqlite,
    "pickle": _pickled,
}
