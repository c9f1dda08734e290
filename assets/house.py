"""The house rules of the graph in one place: groups, owners, kinds, tags, the automation condition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dagster as dg

if TYPE_CHECKING:
    Result = dg.MaterializeResult[None]
else:
    # Dagster reads the annotation, and takes an asset with checks only when it is not subscripted
    Result = dg.MaterializeResult

HOUSE_CONDITION = (
    dg.AutomationCondition.eager() & dg.AutomationCondition.all_deps_blocking_checks_passed()
).with_label("house")
"""Bare `eager()` runs on after a failed blocking check, and would publish what a check has just refused."""

KINDS = {
    "collect": {"python", "file"},
    "screen": {"python", "parquet"},
    "verify": {"duckdb", "parquet"},
    "resolve": {"python", "parquet"},
    "curated": {"postgres", "table"},
    "evidence": {"postgres", "table"},
    "mart": {"postgres", "view"},
    "retain": {"postgres", "python"},
    "rights": {"postgres", "python"},
}

GROUPS = {
    "verify": "verify",
    "resolve": "resolve",
    "curated": "curate",
    "mart": "deliver",
    "retain": "govern/retention",
    "rights": "govern/rights",
}

PROTECTED = frozenset({"screen", "retain", "rights"})
"""Stages whose rules refuse or erase: data protection owns them."""


def house(stage: str, *, group: str = "", personal: str = "business-card", **tags: str) -> dict[str, Any]:
    """What every asset of a stage has in common, as keyword arguments of `dg.asset` or `dg.AssetSpec`.

    Args:
        stage: First segment of the key.
        group: Its group, where the stage has several.
        personal: Class of personal data it holds: `none`, `business-card` or `suppressed`.
        **tags: Further tags.
    """
    return {
        "group_name": group or GROUPS.get(stage, stage),
        "owners": ["team:data-protection" if stage in PROTECTED else "team:data-engineering"],
        "kinds": KINDS[stage],
        "tags": {"stage": stage, "personal_data": personal, **tags},
        "automation_condition": HOUSE_CONDITION,
    }
