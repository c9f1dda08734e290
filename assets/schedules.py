"""Schedules: when each job runs, in UTC, and why then.

What ends or is objected to goes without anybody's doing, so those schedules run from the start; the refresh, which may
fetch whole registers, waits for somebody to start it.
"""

from __future__ import annotations

import dagster as dg

from assets import jobs

_RUNNING = dg.DefaultScheduleStatus.RUNNING

ALL = (
    dg.ScheduleDefinition(
        name="refresh_daily", job=jobs.REFRESH, cron_schedule="0 3 * * *", execution_timezone="UTC",
        description="Daily at 03:00: after the European registers' nightly files and before the working day.",
    ),
    dg.ScheduleDefinition(
        name="retention_daily", job=jobs.RETENTION, cron_schedule="0 2 * * *", execution_timezone="UTC",
        default_status=_RUNNING,
        description="Daily at 02:00: what ends on a day is gone before that day's refresh.",
    ),
    dg.ScheduleDefinition(
        name="rights_hourly", job=jobs.RIGHTS, cron_schedule="15 * * * *", execution_timezone="UTC",
        default_status=_RUNNING,
        description="Every hour: nobody who objected waits for the night.",
    ),
    dg.ScheduleDefinition(
        name="maintenance_weekly", job=jobs.MAINTENANCE, cron_schedule="0 5 * * 0", execution_timezone="UTC",
        default_status=_RUNNING,
        description="Sundays at 05:00: old runs go.",
    ),
)  # fmt: skip
