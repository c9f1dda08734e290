"""Settings and clock: defaults, every variable, and every complaint."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from pipelines.private import Private
from resources.clock import Clock
from resources.settings import BadSettings, load

CHECKOUT = Path(__file__).resolve().parents[2]


def test_nothing_set_gives_a_home_in_the_checkout() -> None:
    settings = load({})
    assert settings.home == CHECKOUT / ".contacts"
    assert settings.database_url is None
    assert settings.inbox is None
    assert settings.sources == ()
    assert settings.as_of is None
    assert settings.engine == "duckdb"
    assert settings.key_file is None


def test_places_lie_below_the_home() -> None:
    settings = load({"CONTACTS_HOME": "/srv/contacts"})
    assert [settings.spool, settings.lake, settings.postgres, settings.dagster, settings.keys] == [
        Path("/srv/contacts") / name for name in ("spool", "lake", "postgres", "dagster", "keys")
    ]


def test_every_variable_is_read(tmp_path: Path) -> None:
    settings = load(
        {
            "DATABASE_URL": "postgresql://user:p%40ss@db.internal:5432/contacts",
            "CONTACTS_HOME": str(tmp_path / "home"),
            "CONTACTS_INBOX": str(tmp_path),
            "CONTACTS_SOURCES": "gleif, fdic,,gleif",
            "CONTACTS_AS_OF": "2026-01-31",
            "CONTACTS_ENGINE": "duckdb",
            "CONTACTS_KEY_FILE": str(tmp_path / "key"),
            "PG_BINDIR": str(tmp_path),
        }
    )
    assert settings.database_url == Private("postgresql://user:p%40ss@db.internal:5432/contacts")
    assert settings.home == tmp_path / "home"
    assert settings.inbox == tmp_path
    assert settings.sources == ("gleif", "fdic")
    assert settings.as_of == datetime(2026, 1, 31, tzinfo=UTC)
    assert settings.key_file == tmp_path / "key"
    assert settings.pg_bindir == tmp_path


def test_the_environment_of_the_process_is_read_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTACTS_SOURCES", "gleif")
    assert load().sources == ("gleif",)
    monkeypatch.setenv("CONTACTS_SOURCES", "fdic")
    assert load().sources == ("fdic",)


def test_blank_is_unset() -> None:
    assert load({"DATABASE_URL": " ", "CONTACTS_ENGINE": "", "CONTACTS_AS_OF": "\t"}) == load({})


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-31T12:30:00", datetime(2026, 1, 31, 12, 30, tzinfo=UTC)),
        ("2026-01-31T12:30:00+02:00", datetime(2026, 1, 31, 10, 30, tzinfo=UTC)),
        ("2026-01-31T12:30:00Z", datetime(2026, 1, 31, 12, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_taken_to_utc(text: str, moment: datetime) -> None:
    as_of = load({"CONTACTS_AS_OF": text}).as_of
    assert as_of == moment
    assert as_of is not None
    assert as_of.tzinfo is UTC


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("CONTACTS_ENGINE", "spark", "CONTACTS_ENGINE is 'spark': this version runs on duckdb"),
        ("CONTACTS_AS_OF", "yesterday", "CONTACTS_AS_OF is 'yesterday': write a date"),
        ("CONTACTS_INBOX", "/no/such/folder", "CONTACTS_INBOX names /no/such/folder, which is not a folder"),
        ("CONTACTS_HOME", __file__, "which is a file"),
        ("CONTACTS_KEY_FILE", "/", "which is a folder"),
        ("CONTACTS_SOURCES", "../gleif,fdic", "'../gleif' cannot be one"),
        ("CONTACTS_SOURCES", ",", "must list ids"),
        ("DATABASE_URL", "mysql://host/db", "DATABASE_URL is not the address of a PostgreSQL database"),
        ("DATABASE_URL", "/etc/passwd", "DATABASE_URL is not the address"),
    ],
)
def test_a_wrong_variable_is_named_with_what_to_do(name: str, text: str, said: str) -> None:
    with pytest.raises(BadSettings) as refusal:
        load({name: text})
    assert len(refusal.value.wrong) == 1
    assert said in str(refusal.value)
    assert str(refusal.value).endswith(".")


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(BadSettings) as refusal:
        load({"CONTACTS_ENGINE": "spark", "CONTACTS_AS_OF": "soon", "DATABASE_URL": "nonsense"})
    assert [sentence.split()[0] for sentence in refusal.value.wrong] == [
        "DATABASE_URL",
        "CONTACTS_AS_OF",
        "CONTACTS_ENGINE",
    ]


def test_a_password_is_never_repeated() -> None:
    with pytest.raises(BadSettings) as refusal:
        load({"DATABASE_URL": "postgresql://user:s3cr/et@host:5432/contacts"})
    assert "s3cr" not in str(refusal.value)
    settings = load({"DATABASE_URL": "postgresql://user:s3cret@host/contacts"})
    assert "database_url=<private>" in repr(settings)
    assert "s3cret" not in f"{settings} {vars(type(settings))} {dataclasses.fields(settings)}"


def test_a_fixed_clock_stands_still_in_utc() -> None:
    clock = Clock(datetime(2026, 3, 1, 1, 30, 0, 999, tzinfo=timezone(timedelta(hours=2))))
    assert clock.now() == datetime(2026, 2, 28, 23, 30, tzinfo=UTC)
    assert clock.now().microsecond == 0
    assert clock.today() == date(2026, 2, 28)


def test_a_free_clock_follows_the_wall() -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    now = Clock().now()
    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo is UTC


def test_a_clock_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Clock(datetime(2026, 1, 1))  # noqa: DTZ001 - that is what is refused
