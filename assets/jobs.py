"""Jobs: what may be started by name. What belongs here: selections; each must hold something (tests/graph)."""

from __future__ import annotations

import dagster as dg

_ALL = dg.AssetSelection.all()
_GOVERN = dg.AssetSelection.groups("govern/retention", "govern/rights")
_SUPPRESSIONS = dg.AssetSelection.assets(["rights", "suppressions"])

REFRESH = dg.define_asset_job(
    "refresh",
    selection=(_ALL - _GOVERN) | _SUPPRESSIONS,
    description="The main job: sources in, curated database out.",
    tags={"job": "refresh"},
)
PUBLISH = dg.define_asset_job(
    "publish",
    selection=dg.AssetSelection.groups("verify", "resolve", "curate", "deliver"),
    description="From what the sources gave last to the curated database; runs after a refresh in which one failed.",
    tags={"job": "publish"},
)
DELIVER = dg.define_asset_job(
    "deliver", selection=dg.AssetSelection.groups("deliver"), description="Counts and checks what is delivered."
)
RETENTION = dg.define_asset_job(
    "retention",
    selection=dg.AssetSelection.assets(["retain", "expired"]),
    description="Ends what the retention policy ends.",
)
RIGHTS = dg.define_asset_job("rights", selection=_SUPPRESSIONS, description="Hands what people asked for to the gate.")
MAINTENANCE = dg.define_asset_job(
    "maintenance",
    selection=dg.AssetSelection.assets(["retain", "runs"]),
    description="Removes old runs of the orchestrator itself.",
)

ALL = (REFRESH, PUBLISH, DELIVER, RETENTION, RIGHTS, MAINTENANCE)
