"""The definitions: the only thing that Dagster loads. What belongs here: the assembly, overridable for tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dagster as dg

from assets import collect, curate, deliver, jobs, resolve, retain, rights, schedules, screen, sensors, verify
from assets.telling import redact
from resources.wiring import resources


def build_defs(overrides: Mapping[str, Any] | None = None) -> dg.Definitions:
    """The whole graph.

    Args:
        overrides: Resources by name that replace the usual ones.
    """
    return dg.Definitions(
        assets=[
            *collect.all_assets(),
            *screen.all_assets(),
            verify.cards,
            verify.domains,
            resolve.companies,
            resolve.people,
            curate.tables,
            deliver.views,
            retain.expired,
            retain.runs,
            rights.suppressions,
        ],
        jobs=jobs.ALL,
        schedules=schedules.ALL,
        sensors=sensors.ALL,
        resources={**resources(), **(overrides or {})},
        # a process a step costs six times as much on steps as small as these; runs are what runs side by side
        executor=dg.in_process_executor,
    )


redact()
defs = build_defs()
