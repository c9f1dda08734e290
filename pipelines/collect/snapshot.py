"""Snapshots: the files that a source has at one time, named by what they hold.

What belongs here: what a snapshot is and when it needs no new screening. What does not: copying or fetching files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict

RULES = Path(__file__).parent.parent
_SCREENING = (
    "card.py",
    "reasons.py",
    "collect/containers.py",
    "collect/limits.py",
    "sources/declaration.py",
    "screen/**/*.py",
    "screen/**/*.yml",
    # the gate asks verify what a mailbox, a number or a country is
    "verify/*.py",
    "verify/*.yml",
)


def told(source: str, place: int) -> str:
    """How messages, records and tables call a file of a source: `vcard/#3`, the third in order of name.

    Its own name may be a person's (`lena-quell.vcf`), and a digest of that would tell it to who guesses.
    """
    return f"{source}/#{place}"


class SpooledFile(BaseModel):
    """One raw file: its name, where it came from, and what it holds.

    Attributes:
        name: The file's own name while it is gathered; in a snapshot, how it is `told`.
        sha256: Digest of its bytes.
        bytes: Its size.
        url: Where it was fetched from; empty for a file of the inbox.
        etag: The server's tag of it.
        last_modified: The server's date of it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    sha256: str
    bytes: int
    url: str = ""
    etag: str = ""
    last_modified: str = ""


class Snapshot(BaseModel):
    """The files of one source at one time.

    Attributes:
        source: The source's id.
        snapshot_id: Digest of names and contents: the same files are the same snapshot, whenever they are collected.
        collected_at: ISO time at which these files were first collected.
        files: The files, in order of their own names.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    snapshot_id: str
    collected_at: str
    files: tuple[SpooledFile, ...]


def snapshot_id(source: str, files: Iterable[SpooledFile]) -> str:
    """The id of a snapshot (32 hex digits), from its source and the names and digests of its files."""
    parts = sorted(f"{file.name}\x1f{file.sha256}" for file in files)
    return hashlib.sha256("\x1e".join([source, *parts]).encode()).hexdigest()[:32]


def rules_version(source: str) -> str:
    """Digest (16 hex digits) of the rules that screening this source runs: other rules, other cards."""
    digest = hashlib.sha256()
    for pattern in (*_SCREENING, f"sources/{source}/*.py", f"sources/{source}/*.yml"):
        for file in sorted(RULES.glob(pattern)):
            digest.update(file.relative_to(RULES).as_posix().encode() + b"\x1f" + file.read_bytes())
    return digest.hexdigest()[:16]
