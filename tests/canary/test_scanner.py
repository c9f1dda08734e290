"""The scanner proves itself: a leak planted in any channel, in any coding, is found."""

from __future__ import annotations

import base64
import bz2
import gzip
import hashlib
import io
import json
import lzma
import os
import pickle
import sqlite3
import string
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.canary.conftest import Aviary
from tests.canary.scanner import Scanner, Secret

WORD, PHONE, BIRTHDAY = "zqleakedtoke", "7700912345", "1907-03-17"
MAIL = f"Ada.{WORD.capitalize()}@GMail.com"
SECRETS = (Secret(WORD, (MAIL,)), Secret(PHONE, ("+44 7700 912345",)), Secret(BIRTHDAY, (BIRTHDAY,)))


def scanner() -> Scanner:
    return Scanner(SECRETS)


def parquet(compression: str) -> Callable[[bytes], bytes]:
    def write(text: bytes) -> bytes:
        # neither the least nor the greatest value, which the footer would hold in clear
        column = ["aaa"] * 50 + [text.decode()] + ["zzzz"] * 50
        stream = io.BytesIO()
        pq.write_table(pa.table({"value": column}), stream, compression=compression)
        return stream.getvalue()

    return write


def zipped(text: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("member.txt", text)
    return stream.getvalue()


def named_in_zip(text: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(f"{text.decode()}.txt", b"nothing")
    return stream.getvalue()


def database(cell: Callable[[bytes], object]) -> Callable[[bytes], bytes]:
    def write(text: bytes) -> bytes:
        connection = sqlite3.connect(":memory:")
        connection.execute("CREATE TABLE kept (value)")
        connection.execute("INSERT INTO kept VALUES (?)", (cell(text),))
        connection.commit()
        return connection.serialize()

    return write


def digest(name: str, form: Callable[[str], str] = str) -> Callable[[bytes], bytes]:
    return lambda text: hashlib.new(name, form(text.decode()).encode()).digest()


CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "raw": bytes,
    "lower": bytes.lower,
    "upper": bytes.upper,
    "fullwidth": lambda text: "".join(
        chr(each + 0xFEE0) if chr(each).isalnum() else chr(each) for each in text
    ).encode(),
    "accents": lambda text: text.decode().replace("k", "ķ").encode(),
    "escaped": lambda text: json.dumps({"value": text.decode().replace("k", "ķ")}).encode(),
    "gzip": gzip.compress,
    "gzip cut short": lambda text: gzip.compress(text)[:-6],
    "deflate": zlib.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zip": zipped,
    "name in a zip": named_in_zip,
    "parquet, snappy": parquet("snappy"),
    "parquet, zstd": parquet("zstd"),
    "parquet, gzip": parquet("gzip"),
    "sqlite": database(bytes.decode),
    "deflate in sqlite": database(zlib.compress),
    "pickle": pickle.dumps,
    "old pickle": lambda text: pickle.dumps({"value": text.decode()}, protocol=2),
    "utf-16, little endian": lambda text: text.decode().encode("utf-16-le"),
    "utf-16, big endian": lambda text: text.decode().encode("utf-16-be"),
    "utf-16 at an odd place": lambda text: b"\x07" + text.decode().encode("utf-16"),
    "base64": base64.b64encode,
    "base64, one further": lambda text: base64.b64encode(b"." + text),
    "base64, two further": lambda text: base64.b64encode(b".." + text),
    "base64 in a word": lambda text: b"ab" + base64.b64encode(text),
    "base64, safe for addresses": lambda text: base64.urlsafe_b64encode(b"\xfb\xff" + text),
    "base64 in lines": lambda text: base64.encodebytes(b"." * 50 + text),
    "percent": lambda text: "".join(f"%{each:02x}" for each in text).encode(),
    "quoted": lambda text: quote(text, safe="").encode(),
    "pickle in gzip in base64": lambda text: base64.b64encode(gzip.compress(pickle.dumps(text))),
    "md5": lambda text: digest("md5")(text).hex().encode(),
    "sha1": lambda text: digest("sha1")(text).hex().encode(),
    "sha256": lambda text: digest("sha256")(text).hex().encode(),
    "sha256 of the small": lambda text: digest("sha256", str.lower)(text).hex().upper().encode(),
    "sha256 in base64": lambda text: base64.b64encode(digest("sha256")(text)),
    "md5 in base64": lambda text: base64.b64encode(digest("md5")(text)).rstrip(b"="),
}


@pytest.mark.parametrize("coding", CODINGS)
def test_a_leak_in_any_coding_is_found(tmp_path: Path, coding: str) -> None:
    (tmp_path / "file").write_bytes(CODINGS[coding](MAIL.encode()))
    assert WORD in {hit.token for hit in scanner().tree(tmp_path)}


@pytest.mark.parametrize(
    "written", ["+44 7700 912345", "07700912345", "+44 (0)7700-912-345", "tel:+447700912345;ext=4", "7700/912345"]
)
def test_a_telephone_is_found_however_it_is_written(written: str) -> None:
    assert {hit.token for hit in scanner().text("", f"call {written} now")} == {PHONE}


@pytest.mark.parametrize("written", ["1907-03-17", "17/03/1907", "03/17/1907", "1907-03-17T00:00:00Z", "19070317"])
def test_a_birthday_is_found_however_it_is_written(written: str) -> None:
    assert BIRTHDAY in {hit.token for hit in scanner().text("", f"born {written}.")}


@pytest.mark.parametrize("name", ["md5", "sha1", "sha256"])
def test_digests_of_the_digits_of_a_telephone_are_found(name: str) -> None:
    for form in ("+447700912345", "447700912345", "7700912345"):
        leaked = hashlib.new(name, form.encode()).hexdigest()
        assert {hit.token for hit in scanner().text("", leaked)} == {PHONE}


def test_what_is_not_a_canary_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(os.urandom(200_000) + b"zqanothertok 7700912346 1907-03-18" + b"a" * 10_000)
    assert scanner().tree(tmp_path) == set()


def test_names_of_files_and_links_are_read(tmp_path: Path) -> None:
    (tmp_path / "folder" / WORD).mkdir(parents=True)
    (tmp_path / "link").symlink_to(f"/nowhere/{PHONE}")
    assert {hit.token for hit in scanner().tree(tmp_path)} == {WORD, PHONE}


STATEMENTS = {
    "row": "CREATE TABLE leaked.row AS SELECT '{}' AS value",
    "array": "CREATE TABLE leaked.array AS SELECT ARRAY['{}'] AS value",
    "json": """CREATE TABLE leaked.json AS SELECT '{{"value": "{}"}}'::jsonb AS value""",
    "bytes": "CREATE TABLE leaked.bytes AS SELECT encode('{}'::bytea, 'base64') AS value",
    "large": "CREATE TABLE leaked.large AS SELECT repeat(md5(random()::text), 9000) || ' {}' AS value",
    "materialized view": "CREATE MATERIALIZED VIEW leaked.kept_view AS SELECT '{}' AS value",
    "view": "CREATE VIEW leaked.view AS SELECT '{}' AS value",
    "name of a column": 'CREATE TABLE leaked.name ("{}" int)',
    "comment": "COMMENT ON SCHEMA leaked IS '{}'",
    "default": "CREATE TABLE leaked.default (value text DEFAULT '{}')",
    "enumeration": "CREATE TYPE leaked.enumeration AS ENUM ('{}')",
    "statistics": (
        "CREATE TABLE leaked.statistics AS SELECT '{}' AS value FROM generate_series(1, 99); "
        "ANALYZE leaked.statistics; DELETE FROM leaked.statistics"
    ),
    "state of the session": "SET application_name = '{}'",
    "other database": "CREATE TABLE leak AS SELECT '{}' AS value",
}
PLACES = {place: f"zqplacetoke{letter}" for place, letter in zip(STATEMENTS, string.ascii_lowercase, strict=False)}


@pytest.mark.postgres
@pytest.mark.xdist_group("canary")
def test_a_leak_anywhere_on_a_server_is_found(aviary: Aviary) -> None:
    url = aviary.made.database.url()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE aside")
        connection.execute("CREATE SCHEMA leaked")
        try:
            for place, statements in STATEMENTS.items():
                at = "aside" if place == "other database" else connection.info.dbname
                written = statements.format(PLACES[place]).encode()
                if at == "aside":
                    with psycopg.connect(url, dbname=at) as other:
                        other.execute(written)
                else:
                    connection.execute(written)
            found = {hit.token for hit in Scanner(Secret(token, ()) for token in PLACES.values()).server(url)}
        finally:
            connection.execute("DROP SCHEMA leaked CASCADE")
            connection.execute("DROP DATABASE aside")
    assert {place for place, token in PLACES.items() if token not in found} == set()


CHANNELS = {
    "log": "context.log.info('{}')",
    "print": "print('{}')",
    "exception": "raise ValueError('{}')",
    "exception behind an exception": "raise ValueError('x') from KeyError('{}')",
    "metadata": "context.add_output_metadata({{'value': '{}'}})",
    "observation": "context.log_event(dg.AssetObservation(asset_key='x', description='{}'))",
    "pickle": "return {{'value': '{}'}}",
    "check": "return dg.AssetCheckResult(passed=True, metadata={{'value': '{}'}})",
    "tag": "",
}
ORDERS = {channel: f"zqchanneled{letter}" for channel, letter in zip(CHANNELS, string.ascii_lowercase, strict=False)}
_LEAKING = """
import dagster as dg

@dg.asset
def checked(context):
    return 1

{assets}

if __name__ == "__main__":
    kinds = (dg.AssetsDefinition, dg.AssetChecksDefinition)
    found = [value for value in globals().values() if isinstance(value, kinds)]
    with dg.DagsterInstance.get() as instance:
        dg.materialize(found, instance=instance, raise_on_error=False, tags={{"value": "{tag}"}})
"""


@pytest.fixture(scope="module")
def orchestrated(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What is found of a run of assets that leak, each in another way."""
    folder = tmp_path_factory.mktemp("orchestrated")
    home = folder / "home"
    home.mkdir()
    assets = []
    for number, (channel, statement) in enumerate(CHANNELS.items()):
        if statement:
            kind = "@dg.asset_check(asset='checked')" if channel == "check" else "@dg.asset"
            assets.append(f"{kind}\ndef leak_{number}(context):\n    {statement.format(ORDERS[channel])}\n")
    program = folder / "leaking.py"
    program.write_text(_LEAKING.format(assets="\n".join(assets), tag=ORDERS["tag"]), "utf-8")
    environ = {name: text for name, text in os.environ.items() if not name.startswith("DAGSTER_")}
    ended = subprocess.run(
        [sys.executable, str(program)], env={**environ, "DAGSTER_HOME": str(home)}, capture_output=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    look = Scanner(Secret(token, ()) for token in ORDERS.values())
    return {hit.token for hit in look.tree(home)}


@pytest.mark.xdist_group("orchestrated")
@pytest.mark.parametrize("channel", CHANNELS)
def test_a_leak_through_the_orchestrator_is_found(orchestrated: set[str], channel: str) -> None:
    assert ORDERS[channel] in orchestrated
