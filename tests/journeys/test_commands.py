"""The smaller commands, as tables for people and as JSON for programs."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import psycopg
import pytest

from pipelines.sources.registry import sources
from tests.journeys.command import CHECKOUT, PATIENCE, Installation

pytestmark = [pytest.mark.postgres, pytest.mark.slow]


def test_url_opens_the_database(installation: Installation) -> None:
    plain, told = installation("url"), installation("url", "--json")
    assert plain.code == told.code == 0
    assert told.said == {"url": plain.out.strip()}
    with psycopg.connect(plain.out.strip()) as connection:
        found = connection.execute("SELECT count(*) FROM mart.contact_current").fetchone()
    assert found is not None
    assert found[0] > 0


def test_stop_ends_the_server_and_twice_is_fine(open_folder: Path) -> None:
    made = Installation(open_folder / "home")
    assert made("stop").out == "it was not running\n"
    url = made("url").out.strip()
    psycopg.connect(url).close()
    assert made("stop", "--json").said == {"stopped": True}
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
    ended = made("stop", "--json")
    assert ended.code == 0
    assert ended.said == {"stopped": False}


def test_a_server_of_ones_own_is_not_stopped_from_here(open_folder: Path) -> None:
    ended = Installation(open_folder / "home", database_url="postgresql://a:b@127.0.0.1:1/c")("stop")
    assert ended.code == 2
    assert "a server of your own" in ended.sentence


def test_sources_lists_every_source(installation: Installation) -> None:
    told = installation("sources", "--json")
    assert {row["id"] for row in told.said} == set(sources())
    assert all(row["licence"] and row["publisher"] for row in told.said)
    plain = installation("sources")
    assert plain.code == 0
    assert all(source in plain.out for source in sources())


def test_doctor_says_what_is_in_order(installation: Installation) -> None:
    ended = installation("doctor", "--json")
    assert ended.code == 0
    assert all(row["ok"] for row in ended.said)
    assert {"settings", "disk", "sources", "inbox", "database"} <= {row["check"] for row in ended.said}
    assert installation("doctor").code == 0


def test_doctor_says_what_is_not_and_ends_with_1(open_folder: Path) -> None:
    (open_folder / "inbox").mkdir()
    made = Installation(
        open_folder / "home", inbox=open_folder / "inbox", database_url="postgresql://a:pass-word@127.0.0.1:1/c"
    )
    ended = made("doctor", "--json")
    assert ended.code == 1
    assert {row["check"] for row in ended.said if not row["ok"]} == {"inbox", "database"}
    assert "pass-word" not in ended.out + ended.err


def test_folders_that_are_no_source_are_named(open_folder: Path) -> None:
    for name in ("glief", "fdic"):
        (open_folder / "inbox" / name).mkdir(parents=True)
    made = Installation(open_folder / "home", database_url="postgresql://a:b@127.0.0.1:1/c")
    rows = {row["check"]: row for row in made("doctor", "--inbox", str(open_folder / "inbox"), "--json").said}
    assert rows["inbox"]["ok"]
    assert rows["inbox"]["found"] == "fdic; no source, so not read: glief (see `contacts sources`)"
    plain = made("doctor", "--inbox", str(open_folder / "inbox")).out
    assert [word for word in ("yes", "no", "True", "False") if f" {word} " in plain] == ["yes", "no"]


def test_a_day_too_far_ahead_is_refused(open_folder: Path) -> None:
    ended = Installation(open_folder / "home")("run", "--as-of", "9999-12-31")
    assert ended.code == 2
    assert "more than ten years ahead" in ended.sentence
    assert not (open_folder / "home").exists()


def test_sources_can_be_read_at_eighty_columns(open_folder: Path) -> None:
    lines = Installation(open_folder / "home", more={"COLUMNS": "80"})("sources").out.splitlines()
    assert max(map(len, lines)) <= 80
    assert all(any(f" {source} " in line for line in lines) for source in sources())
    assert len(lines) < 4 * len(sources())


def test_explain_tells_where_values_come_from(installation: Installation) -> None:
    contact = installation.database.scalar("SELECT contact_id FROM curated.contacts ORDER BY source_count DESC LIMIT 1")
    ended = installation("explain", str(contact), "--json")
    assert ended.code == 0
    assert "claims" in json.dumps(ended.said)
    plain = installation("explain", str(contact))
    assert plain.code == 0
    assert installation.database.scalar(
        "SELECT full_name FROM curated.contacts WHERE contact_id = :id", id=contact
    ) in (plain.out)


def test_explain_of_what_nobody_bears_ends_with_2(installation: Installation) -> None:
    ended = installation("explain", "00000000-0000-0000-0000-000000000001")
    assert ended.code == 2
    assert "nobody bears the id" in ended.sentence


@pytest.mark.parametrize("job", ["deliver", "rights", "maintenance"])
def test_the_other_jobs_end_well_and_change_nothing(installation: Installation, job: str) -> None:
    before = installation.digests()
    ended = installation("run", "--job", job, "--as-of", "2026-11-01", "--json")
    assert ended.code == 0
    assert ended.said["job"] == job
    assert ended.said["failed"] == {}
    assert installation.digests() == before


def test_ctrl_c_ends_the_command_with_130_and_a_sentence(open_folder: Path) -> None:
    made = Installation(open_folder / "home", inbox=CHECKOUT / "samples")
    with made.begin("run") as process:
        assert process.stdout is not None
        while "✓" not in process.stdout.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=PATIENCE)
    made.stop()
    assert process.returncode == 130
    assert err.strip().splitlines()[-1].startswith("contacts: stopped by Ctrl-C")
    assert "Traceback" not in err
