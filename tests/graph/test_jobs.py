"""Jobs, schedules and the sensor: each starts what its name says, and nothing is ever an empty selection."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import dagster as dg
import pytest

from assets import jobs, schedules, sensors
from assets.main_job import JOBS
from pipelines.sources.registry import sources


def selected(defs: dg.Definitions, job: str) -> set[str]:
    return {key.to_user_string() for key in defs.resolve_job_def(job).asset_layer.selected_asset_keys}


def of(specs: dict[str, dg.AssetSpec], *firsts: str) -> set[str]:
    return {key for key, spec in specs.items() if spec.key.path[0] in firsts}


LINE = ("collect", "screen", "verify", "resolve", "curated", "evidence", "mart")


def test_refresh_is_the_line_and_what_the_gate_must_know(defs: dg.Definitions, specs: dict[str, dg.AssetSpec]) -> None:
    assert selected(defs, "refresh") == of(specs, *LINE) | {"rights/suppressions"}


def test_publish_is_the_line_after_the_sources(defs: dg.Definitions, specs: dict[str, dg.AssetSpec]) -> None:
    assert selected(defs, "publish") == of(specs, *LINE) - of(specs, "collect", "screen")


@pytest.mark.parametrize(
    ("job", "assets"),
    [
        ("retention", {"retain/expired"}),
        ("rights", {"rights/suppressions"}),
        ("maintenance", {"retain/runs"}),
    ],
)
def test_the_small_jobs_hold_what_they_say(defs: dg.Definitions, job: str, assets: set[str]) -> None:
    assert assets <= selected(defs, job)


def test_deliver_is_the_views(defs: dg.Definitions, specs: dict[str, dg.AssetSpec]) -> None:
    assert selected(defs, "deliver") == of(specs, "mart")


def test_every_asset_that_is_made_is_in_a_job_and_no_job_is_empty(
    defs: dg.Definitions, specs: dict[str, dg.AssetSpec]
) -> None:
    held = {job.name: selected(defs, job.name) for job in jobs.ALL}
    assert all(held.values())
    assert set().union(*held.values()) == set(specs) - of(specs, "web")


def test_the_command_knows_every_job_but_the_one_that_follows_by_itself() -> None:
    assert set(JOBS) == {job.name for job in jobs.ALL} - {"publish"}


@pytest.mark.parametrize("schedule", schedules.ALL, ids=lambda schedule: schedule.name)
def test_schedules_are_in_utc_and_say_why(defs: dg.Definitions, schedule: dg.ScheduleDefinition) -> None:
    assert schedule.execution_timezone == "UTC"
    assert isinstance(schedule.cron_schedule, str)
    assert len(schedule.cron_schedule.split()) == 5
    assert schedule.description
    assert selected(defs, schedule.job_name)


def test_what_ends_goes_without_anybodys_doing_and_the_refresh_waits_for_a_start() -> None:
    running = {one.job_name for one in schedules.ALL if one.default_status is dg.DefaultScheduleStatus.RUNNING}
    assert running == {"retention", "rights", "maintenance"}


def test_what_must_happen_in_time_is_scheduled() -> None:
    assert {schedule.job_name for schedule in schedules.ALL} >= {"refresh", "retention", "rights", "maintenance"}


def test_what_ends_on_a_day_is_gone_before_the_refresh_of_that_day() -> None:
    hours = {one.job_name: one.cron_schedule.split()[1] for one in schedules.ALL if isinstance(one.cron_schedule, str)}
    assert int(hours["retention"]) < int(hours["refresh"])
    assert hours["rights"] == "*"


# The sensor, on runs that really fail.


class Failed(NamedTuple):
    """What a failed run told its sensors."""

    instance: dg.DagsterInstance
    run: dg.DagsterRun
    event: dg.DagsterEvent

    def asks(self) -> list[object]:
        context = dg.build_run_status_sensor_context(
            sensor_name=sensors.publish_without_failed_source.name,
            dagster_event=self.event,
            dagster_instance=self.instance,
            dagster_run=self.run,
        )
        found = sensors.publish_without_failed_source(context)
        assert isinstance(found, Iterator)
        return list(found)


def failed(defs: dg.Definitions, instance: dg.DagsterInstance, *assets: str) -> Failed:
    """Runs these assets of the refresh to their failure."""
    done = defs.resolve_job_def("refresh").execute_in_process(
        instance=instance,
        raise_on_error=False,
        asset_selection=[dg.AssetKey.from_user_string(asset) for asset in assets],
        run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
    )
    assert not done.success
    [event] = [event for event in done.all_events if event.event_type == dg.DagsterEventType.RUN_FAILURE]
    return Failed(instance, done.dagster_run, event)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home whose inbox holds one file of a source, which is no data."""
    source = next(iter(sources()))
    folder = tmp_path / "inbox" / source
    folder.mkdir(parents=True)
    (folder / "error.csv").write_text("<html><body>Service unavailable</body></html>", "utf-8")
    for name, value in {
        "CONTACTS_HOME": str(tmp_path / "home"),
        "CONTACTS_INBOX": str(tmp_path / "inbox"),
        "CONTACTS_AS_OF": "2026-11-01",
    }.items():
        monkeypatch.setenv(name, value)
    return tmp_path


@pytest.mark.usefixtures("home")
def test_a_failed_source_has_the_others_published_once(defs: dg.Definitions) -> None:
    source = next(iter(sources()))
    with dg.instance_for_test() as instance:
        failure = failed(defs, instance, f"collect/{source}_snapshot", f"screen/{source}_cards")
        [request] = failure.asks()
        [again] = failure.asks()
    assert isinstance(request, dg.RunRequest)
    assert isinstance(again, dg.RunRequest)
    assert request.run_key == again.run_key == f"publish-{failure.run.run_id}"
    assert sensors.publish_without_failed_source.job_name == "publish"


@pytest.mark.usefixtures("home")
def test_a_failure_after_the_sources_publishes_nothing(defs: dg.Definitions) -> None:
    with dg.instance_for_test() as instance:
        [answer] = failed(defs, instance, "verify/cards").asks()
    assert isinstance(answer, dg.SkipReason)


@pytest.mark.usefixtures("home")
def test_the_failure_says_why_and_repeats_nothing_of_the_file(defs: dg.Definitions) -> None:
    source = next(iter(sources()))
    with dg.instance_for_test() as instance:
        failure = failed(defs, instance, f"collect/{source}_snapshot", f"screen/{source}_cards")
        told = "".join(str(entry) for entry in instance.all_logs(failure.run.run_id))
    assert f"{source}" in told
    assert "Service unavailable" not in told
