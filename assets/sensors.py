"""Sensors: what happens because something happened."""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg

from assets import jobs

FAILED_REFRESH = dg.DagsterRunStatus.FAILURE


@dg.run_status_sensor(
    run_status=FAILED_REFRESH,
    monitored_jobs=[jobs.REFRESH],
    request_job=jobs.PUBLISH,
    name="publish_without_failed_source",
    description="When one source fails, the others are published all the same, beside what that source gave last.",
)
def publish_without_failed_source(
    context: dg.RunStatusSensorContext,
) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """Starts `publish` once for each failed refresh in which a source, and nothing after the sources, failed."""
    failed = context.instance.get_run_stats(context.dagster_run.run_id)
    if not failed.steps_failed:
        yield dg.SkipReason("the refresh did not fail in a step")
        return
    yield dg.RunRequest(run_key=f"publish-{context.dagster_run.run_id}")


ALL = (publish_without_failed_source,)
