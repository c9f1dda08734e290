"""Retain: scheduled assets that end what the policy ends. What belongs here: the assets, not the durations."""

from datetime import timedelta

import dagster as dg

from assets.house import Result, house
from assets.metadata import columns, counts, picture, rows
from assets.telling import told
from pipelines.retain.policy import policy
from resources.clock import Clock
from resources.database import Database
from resources.retention import expire
from resources.settings import load
from resources.sweeping import sweep_left

MONTH = timedelta(days=30)


@dg.asset(
    key=["retain", "expired"],
    deps=[["curated", "contacts"], ["curated", "employments"]],
    metadata={"dagster/column_schema": columns(table=("text", "Where rows ended."), rows=("integer", "How many."))},
    check_specs=[
        dg.AssetCheckSpec(
            "nothing_older_than_its_purpose_allows", asset=["retain", "expired"], blocking=True,
            description="No person is shown beyond the day on which the retention policy ends them.",
        )
    ],
    **house("retain", personal="none", automated=False),
)  # fmt: skip
@told
def expired(database: dg.ResourceParam[Database], clock: dg.ResourceParam[Clock]) -> Result:
    """People whom no source has confirmed for longer than the policy allows, taken out of use."""
    database.migrate()
    ended = expire(database, clock.today())
    left = int(
        database.scalar("SELECT count(*) FROM curated.contacts WHERE retain_until < :today", today=clock.today())
    )
    return dg.MaterializeResult(
        metadata={**rows(sum(ended.values())), **counts(ended), "ended": picture(ended, "Rows ended, by table")},
        check_results=[dg.AssetCheckResult(passed=not left, check_name="nothing_older_than_its_purpose_allows")],
    )


@dg.asset(
    key=["retain", "runs"],
    metadata={"dagster/column_schema": columns(run_id=("text", "A run that was removed."))},
    check_specs=[
        dg.AssetCheckSpec(
            "no_old_run_is_left", asset=["retain", "runs"], blocking=True,
            description="The orchestrator keeps no run beyond the time that the policy gives it.",
        )
    ],
    **house("retain", personal="none", kinds=("python", "dagster"), automated=False),
)  # fmt: skip
@told
def runs(context: dg.AssetExecutionContext, clock: dg.ResourceParam[Clock]) -> Result:
    """Old runs of the orchestrator, removed with their events and logs, and raw files that runs left in the spool."""
    swept = sweep_left(load().spool)
    before = clock.now() - policy().months("ops.runs") * MONTH
    wanted = dg.RunsFilter(created_before=before)
    old = [record.dagster_run.run_id for record in context.instance.get_run_records(filters=wanted)]
    for run_id in old:
        if run_id != context.run.run_id:
            context.instance.delete_run(run_id)
            context.instance.compute_log_manager.delete_logs(prefix=[run_id])
    left = [record for record in context.instance.get_run_records(filters=wanted)
            if record.dagster_run.run_id != context.run.run_id]  # fmt: skip
    return dg.MaterializeResult(
        metadata={**rows(len(old)), **counts({"spools_swept": swept})},
        check_results=[dg.AssetCheckResult(passed=not left, check_name="no_old_run_is_left")],
    )
