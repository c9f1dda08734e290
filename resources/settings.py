"""What the operator may choose, read from the environment in one place and on request only.

What belongs here: the names of the variables, their defaults, what is wrong with them and what to do about it.
What does not: opening, making or reaching anything that they name.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from pipelines.private import Private

Parsed = TypeVar("Parsed")
Default = TypeVar("Default")

ENGINES = ("duckdb",)
"""The engines that can be chosen."""

_CHECKOUT = Path(__file__).resolve().parents[1]
_SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")
_SOURCE_ID = re.compile(r"[a-z][a-z0-9_]*")


class BadSettings(Exception):  # noqa: N818 - named like the other bad things, BadFile and BadRecord
    """Everything that is wrong with the settings, a sentence each; a value that may hold a password is not repeated."""

    def __init__(self, wrong: list[str]) -> None:
        self.wrong = tuple(wrong)
        super().__init__("\n".join(wrong))


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices of one process.

    Attributes:
        home: Folder of everything this project writes on disk.
        database_url: Where the curated database is, with its password; None means the embedded server below `home`.
        inbox: Folder with one folder of files per source id; None means the sources' own URLs.
        sources: Ids of the sources to read; empty means all.
        as_of: The moment to judge everything by, aware, UTC; None follows the wall clock.
        engine: A name in `ENGINES`.
        key_file: File of the pepper and the archive key; None means the one in `keys`.
        pg_bindir: Folder of the PostgreSQL programs for the embedded server; None lets it look for them.
    """

    home: Path
    database_url: Private[str] | None = None
    inbox: Path | None = None
    sources: tuple[str, ...] = ()
    as_of: datetime | None = None
    engine: str = "duckdb"
    key_file: Path | None = None
    pg_bindir: Path | None = None

    @property
    def spool(self) -> Path:
        """Where raw files wait to be screened."""
        return self.home / "spool"

    @property
    def lake(self) -> Path:
        """Where the stages hand each other Parquet."""
        return self.home / "lake"

    @property
    def postgres(self) -> Path:
        """Where the embedded server keeps itself."""
        return self.home / "postgres"

    @property
    def dagster(self) -> Path:
        """Dagster's own home."""
        return self.home / "dagster"

    @property
    def keys(self) -> Path:
        """Where keys are made in development."""
        return self.home / "keys"


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of an environment; a blank variable counts as unset.

    Args:
        environ: Variables by name; None reads the environment of the process.

    Returns:
        The settings, with absolute paths.

    Raises:
        BadSettings: Something cannot be used; it lists all that is wrong.
    """
    read = _Reader(os.environ if environ is None else environ)
    settings = Settings(
        home=read("CONTACTS_HOME", _path, _CHECKOUT / ".contacts"),
        database_url=read("DATABASE_URL", _database_url, None),
        inbox=read("CONTACTS_INBOX", _folder, None),
        sources=read("CONTACTS_SOURCES", _names, ()),
        as_of=read("CONTACTS_AS_OF", _moment, None),
        engine=read("CONTACTS_ENGINE", _engine, ENGINES[0]),
        key_file=read("CONTACTS_KEY_FILE", _file, None),
        pg_bindir=read("PG_BINDIR", _folder, None),
    )
    if read.wrong:
        raise BadSettings(read.wrong)
    return settings


class _Reader:
    """Reads one variable after the other and keeps what is wrong, so that all of it is told at once."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self.wrong: list[str] = []

    def __call__(self, name: str, parse: Callable[[str], Parsed], default: Default) -> Parsed | Default:
        text = self._variables.get(name, "").strip()
        if not text:
            return default
        try:
            return parse(text)
        except ValueError as why:
            self.wrong.append(f"{name} {why}")
            return default


def _path(text: str) -> Path:
    path = Path(text).expanduser().absolute()
    if path.exists() and not path.is_dir():
        raise ValueError(f"names {path}, which is a file: name a folder, or one that can be made.")
    return path


def _folder(text: str) -> Path:
    path = Path(text).expanduser().absolute()
    if not path.is_dir():
        raise ValueError(f"names {path}, which is not a folder: make it, or unset the variable.")
    return path


def _file(text: str) -> Path:
    path = Path(text).expanduser().absolute()
    if path.is_dir():
        raise ValueError(f"names {path}, which is a folder: name a file in it.")
    return path


def _database_url(text: str) -> Private[str]:
    wrong = ValueError(
        "is not the address of a PostgreSQL database: write postgresql://user:password@host:port/database, "
        "with special characters of the password percent-encoded, or unset it to use the embedded server."
    )
    try:
        url = urlsplit(text)
        named = url.port is None or bool(url.hostname)
    except ValueError:
        # The parser's own words may repeat part of the password.
        raise wrong from None
    if not named or url.scheme not in _SCHEMES:
        raise wrong
    return Private(text)


def _names(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name for name in (part.strip() for part in text.split(",")) if name))
    bad = [name for name in names if not _SOURCE_ID.fullmatch(name)]
    if bad or not names:
        raise ValueError(
            "must list ids of sources with commas between, such as gleif,companies_house"
            + (f"; {', '.join(map(repr, bad))} cannot be one." if bad else ".")
        )
    return names


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"is {text!r}: write a date (2026-01-31) or a moment (2026-01-31T12:00:00+00:00).") from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _engine(text: str) -> str:
    if text not in ENGINES:
        raise ValueError(f"is {text!r}: this version runs on {' or '.join(ENGINES)}; unset it or choose that.")
    return text
