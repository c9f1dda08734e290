"""Rights: what people asked for, handed to the gate. What belongs here: the assets, not the rules of a request."""

from __future__ import annotations

import dagster as dg

from assets.house import Result, house
from assets.metadata import columns, rows
from assets.telling import told
from resources.database import Database
from resources.lake import Lake
from resources.screening import SUPPRESSIONS
from resources.suppression import hand_over


@dg.asset(
    key=["rights", "suppressions"],
    metadata={"dagster/column_schema": columns(card_id=("text", "The card; an id says nothing of whom it is about."))},
    check_specs=[
        dg.AssetCheckSpec(
            "the_gate_knows_every_suppression", asset=["rights", "suppressions"], blocking=True,
            description="What the database lists is what screening will refuse.",
        )
    ],
    **house("rights", personal="suppressed", automated=False),
)  # fmt: skip
@told
def suppressions(database: dg.ResourceParam[Database], lake: dg.ResourceParam[Lake]) -> Result:
    """Cards that must not come through again, as screening will read them."""
    database.migrate()
    number = hand_over(database, lake)
    return dg.MaterializeResult(
        metadata=rows(number),
        check_results=[
            dg.AssetCheckResult(
                passed=bool(lake.tables(SUPPRESSIONS, "cards")), check_name="the_gate_knows_every_suppression"
            )
        ],
    )
