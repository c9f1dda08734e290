"""Sensors: what happens because something happened."""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg

from assets import jobs

SOURCES = ("collect__", "screen__")
"""How the steps of a source begin."""


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.FAILURE,
    monitored_jobs=[jobs.REFRESH],
    request_job=jobs.PUBLISH,
    name="publish_without_failed_source",
    description="When one source fails, the others are published all the same, beside what that source gave last.",
)
def publish_without_failed_source(
    context: dg.RunStatusSensorContext,
) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """Starts `publish` once for each failed refresh in which a source, and nothing after the sources, failed."""
    run_id = context.dagster_run.run_id
    failures = context.instance.all_logs(run_id, of_type=dg.DagsterEventType.STEP_FAILURE)
    failed = {entry.step_key or "" for entry in failures}
    if failed and all(step.startswith(SOURCES) for step in failed):
        yield dg.RunRequest(run_key=f"publish-{run_id}")
    else:
        yield dg.SkipReason("something other than a source failed: publishing would fail the same way")


AUTOMATION = dg.AutomationConditionSensorDefinition(
    "make_what_is_outdated",
    target=dg.AssetSelection.all(),
    description="Makes each derived asset anew when what it is made from is new and has passed its blocking checks.",
)

ALL = (publish_without_failed_source, AUTOMATION)
