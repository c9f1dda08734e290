"""The graph as data, to be compared with snapshot.json: what a change of the graph changes is seen in the diff.

Renew it with `python -m tests.graph.snapshot`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import dagster as dg

from assets.definitions import build_defs

FILE = Path(__file__).with_name("snapshot.json")


def picture(defs: dg.Definitions) -> dict[str, Any]:
    """Assets with group, owners, kinds, dependencies and checks; jobs with their assets; schedules and sensors."""
    graph = defs.resolve_asset_graph()
    checks: dict[dg.AssetKey, list[str]] = {}
    for key in graph.asset_check_keys:
        checks.setdefault(key.asset_key, []).append(key.name)
    return {
        "assets": {
            spec.key.to_user_string(): _asset(spec, checks.get(spec.key, []))
            for spec in sorted(defs.resolve_all_asset_specs(), key=lambda spec: spec.key)
        },
        "jobs": {job: _selected(defs, job) for job in sorted(_names(defs.jobs))},
        "schedules": {
            name: [_schedule(defs, name).cron_schedule, _schedule(defs, name).job_name]
            for name in sorted(_names(defs.schedules))
        },
        "sensors": sorted(_names(defs.sensors)),
    }


def _asset(spec: dg.AssetSpec, checks: list[str]) -> dict[str, Any]:
    return {
        "group": spec.group_name,
        "owners": sorted(spec.owners),
        "kinds": sorted(spec.kinds),
        "deps": sorted(dep.asset_key.to_user_string() for dep in spec.deps),
        "checks": sorted(checks),
    }


def _names(found: Any) -> list[str]:
    return [one.name for one in found or ()]


def _schedule(defs: dg.Definitions, name: str) -> dg.ScheduleDefinition:
    return defs.resolve_schedule_def(name)


def _selected(defs: dg.Definitions, job: str) -> list[str]:
    return sorted(key.to_user_string() for key in defs.resolve_job_def(job).asset_layer.selected_asset_keys)


def text(defs: dg.Definitions) -> str:
    """The picture as it stands in the file."""
    return json.dumps(picture(defs), indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(build_defs()), "utf-8")
