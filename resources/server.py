"""The embedded PostgreSQL: made, started and stopped below the home of the project, for those who name no database.

What belongs here: one data directory with its password and port, and its life. What does not: finding the programs
(`programs.py`), the schema and everything said to the database (`database.py`), and servers that others run.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from resources.programs import (
    REFUGE,
    Account,
    Programs,
    ServerFault,
    digest,
    find_programs,
    owned_folder,
    unprivileged_account,
)

_BUILTIN_LOCALE_SINCE = 17
_USER = _DATABASE = "contacts"
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


class _PortTaken(ServerFault):
    """Another process took the port between the choice and the start."""


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
        account = unprivileged_account()
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
            _give(configuration, unprivileged_account())
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
        programs = find_programs(self.bindir, self._major()).reachable_by(unprivileged_account())
        self._run(
            [programs.folder / "pg_ctl", verb, "-w", "-s", "-D", self.data, *arguments],
            "starting PostgreSQL" if verb == "start" else "stopping PostgreSQL",
        )

    def _run(self, command: list[str | Path], doing: str, said: str = "") -> None:
        """Runs one of PostgreSQL's programs as the right account; its words go to a file, as a server keeps a pipe."""
        account = unprivileged_account()
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


def _refuge(home: Path, password: str) -> Path:
    """A folder outside of the home for its data; the password in its name tells a new home from one removed."""
    place = REFUGE / f"contacts-{digest(home, password)}"
    with contextlib.suppress(FileExistsError):
        place.mkdir(mode=0o711)
    if not owned_folder(place):
        raise ServerFault(f"{place} belongs to another account: remove it, then start again.")
    place.chmod(0o711)
    return place


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
