"""The house rules of the graph in one place: groups, owners, kinds, tags, the automation condition."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, TypedDict

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
    "web": {"web", "file"},
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

STAGES = {"web": "collect", "curated": "curate", "evidence": "curate", "mart": "deliver"}
"""The stage of those keys that begin with a schema of the database, or with where the data are."""

GROUPS = {"retain": "govern/retention", "rights": "govern/rights"}
"""The group of those stages that stand beside the line."""

PROTECTED = frozenset({"screen", "retain", "rights"})
"""Stages whose rules refuse or erase: data protection owns them."""


class House(TypedDict):
    """What every asset has in common, as keyword arguments of `dg.asset` and `dg.AssetSpec`."""

    group_name: str
    owners: list[str]
    kinds: set[str]
    tags: dict[str, str]
    automation_condition: dg.AutomationCondition[dg.AssetKey | dg.AssetCheckKey] | None


def house(
    stage: str,
    *,
    group: str = "",
    personal: str = "business-card",
    kinds: Collection[str] = (),
    automated: bool = True,
    **tags: str,
) -> House:
    """What every asset of a stage has in common.

    Args:
        stage: First segment of the key.
        group: Its group within the stage, where the stage has several.
        personal: Class of personal data it holds: `none`, `unscreened`, `business-card` or `suppressed`.
        kinds: Its kinds, where they are not those of its stage.
        automated: Whether it follows what it depends on; a schedule alone asks the sources, and starts what the law
            times.
        **tags: Further tags.
    """
    place = STAGES.get(stage, stage)
    box = GROUPS.get(place, place)
    return {
        "group_name": f"{box}/{group}" if group else box,
        "owners": ["team:data-protection" if stage in PROTECTED else "team:data-engineering"],
        "kinds": set(kinds) or KINDS[stage],
        "tags": {"stage": place, "personal_data": personal, **tags},
        "automation_condition": HOUSE_CONDITION if automated else None,
    }
