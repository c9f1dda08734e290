"""Faults of the world: each ends in one sentence that says what to do, with no traceback and no password."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from resources.errors import DatabaseFault, check_version
from resources.server import EmbeddedServer
from tests.journeys.command import AS_OF, Installation, kill, python_for_all
from tests.journeys.conftest import NewInstallation

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.xdist_group("faults")]

PASSWORD = "hunter2-plain"
NOBODY = 65534


@pytest.mark.parametrize(
    ("url", "advice"),
    [
        (f"postgresql://someone:{PASSWORD}@127.0.0.1:1/contacts", "No PostgreSQL answers"),
        (f"postgresql://someone:{PASSWORD}@no-such-host.invalid/contacts", "No PostgreSQL answers"),
        (f"mysql://someone:{PASSWORD}@127.0.0.1/contacts", "write postgresql://user:password@host:port/database"),
        (f"{PASSWORD}", "write postgresql://user:password@host:port/database"),
    ],
)
def test_a_database_that_cannot_be_reached(open_folder: Path, world: Path, url: str, advice: str) -> None:
    ended = Installation(open_folder / "home", inbox=world, database_url=url)("run", "--as-of", AS_OF)
    assert ended.code == 2
    assert advice in ended.sentence
    assert PASSWORD not in ended.out + ended.err


def test_a_wrong_password_user_or_database(open_folder: Path, world: Path, server: EmbeddedServer) -> None:
    url = server.url()
    secret = url.split(":")[2].split("@")[0]
    for wrong, advice in (
        (url.replace(secret, PASSWORD), "the user or the password is wrong"),
        (url.replace("contacts:", "nobody_here:"), "the user or the password is wrong"),
        (url.rpartition("/")[0] + "/not_there", "there is no such database"),
    ):
        ended = Installation(open_folder / "home", inbox=world, database_url=wrong)("run", "--as-of", AS_OF)
        assert ended.code == 2
        assert advice in ended.sentence
        assert PASSWORD not in ended.out + ended.err
        assert secret not in ended.out + ended.err


def test_a_server_that_is_too_old() -> None:
    with pytest.raises(DatabaseFault, match=r"PostgreSQL 14, and this project needs 15 or newer; upgrade it"):
        check_version(140_012)
    check_version(150_000)


@pytest.mark.parametrize(
    ("arguments", "more", "advice"),
    [
        (("--inbox", "/nowhere/at all"), {}, "CONTACTS_INBOX names /nowhere/at all, which is not a folder"),
        ((), {"CONTACTS_INBOX": "/nowhere"}, "CONTACTS_INBOX names /nowhere, which is not a folder"),
        (("--sources", "fdic,opencorporates"), {}, "no source opencorporates: see `contacts sources`"),
        (("--sources", "../etc"), {}, "cannot be one"),
        (("--as-of", "yesterday"), {}, "write a date (2026-01-31)"),
        (("--as-of", "2026-02-30"), {}, "write a date (2026-01-31)"),
        (("--job", "polish"), {}, "there is no job 'polish': choose one of refresh"),
        ((), {"CONTACTS_ENGINE": "abacus"}, "choose that"),
    ],
)
def test_a_wrong_setting(
    open_folder: Path, world: Path, arguments: tuple[str, ...], more: dict[str, str], advice: str
) -> None:
    made = Installation(open_folder / "home", inbox=world, more=more)
    ended = made("run", *arguments)
    assert ended.code == 2
    assert advice in ended.sentence
    assert not (made.home / "postgres").exists()


def test_an_inbox_without_a_source(open_folder: Path) -> None:
    (open_folder / "inbox" / "something").mkdir(parents=True)
    ended = Installation(open_folder / "home", inbox=open_folder / "inbox")("run")
    assert ended.code == 2
    assert "holds no folder named like a source" in ended.sentence


@pytest.mark.skipif(
    not python_for_all(), reason="only root can, and only where every account can reach the interpreter"
)
@pytest.mark.parametrize("command", [("run",), ("url",)])
def test_a_home_that_cannot_be_written(open_folder: Path, world: Path, command: tuple[str, ...]) -> None:
    (open_folder / "home").mkdir(mode=0o755)
    ended = Installation(open_folder / "home", inbox=world, user=NOBODY, python=python_for_all())(*command)
    assert ended.code == 2
    assert str(open_folder / "home") in ended.sentence
    assert "ermission denied" in ended.sentence or "writ" in ended.sentence


def test_a_second_run_at_the_same_time_is_told_to_wait(fresh: NewInstallation, world: Path) -> None:
    made = fresh(world)
    with made.begin("run", "--as-of", AS_OF) as first:
        while not (made.home / "lake").exists():
            assert first.poll() is None
            time.sleep(0.05)
        ended = made("run", "--as-of", AS_OF)
        kill(first)
    assert ended.code == 2
    assert "another run is going on" in ended.sentence
