"""Deliver: the views for everyday questions, counted and checked. What belongs here: the asset, not the views."""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg

from assets.house import Result, house
from assets.metadata import rows, text_schema
from resources.clock import Clock
from resources.database import Database

VIEWS = {
    "contact_current": ("People with the job to show and its best e-mail and phone.", ("contacts", "employments", "emails", "phones")),  # noqa: E501
    "company_current": ("Companies with their best phone, e-mail, address and their numbers.", ("companies", "phones", "emails", "addresses", "identifiers")),  # noqa: E501
    "contactable": ("People with a fresh, confident job and a way to reach them there.", ("contacts", "employments", "emails", "phones")),  # noqa: E501
    "contact_360": ("Every published value of a person with its source, record, snapshot and score.", ("contacts",)),
    "conflicts": ("Fields for which sources state several values.", ("contacts", "companies")),
    "stale_soon": ("People whom the retention policy ends within 90 days.", ("contacts", "employments")),
    "job_changes": ("People with a former and a present employer.", ("employments",)),
    "source_contribution": ("What each source adds to what is published.", ("companies", "contacts")),
}


@dg.multi_asset(
    name="mart_views",
    specs=[
        dg.AssetSpec(
            ["mart", view],
            deps=[["curated", table] for table in tables],
            description=text,
            metadata={"dagster/column_schema": text_schema(()), "dagster/table_name": f"mart.{view}"},
            **house("mart"),
        )
        for view, (text, tables) in VIEWS.items()
    ],
    check_specs=[
        dg.AssetCheckSpec(
            "nobody_beyond_retention", asset=["mart", view], blocking=True,
            description="The view shows nobody whom the retention policy has ended.",
        )
        for view in VIEWS
    ],
)  # fmt: skip
def views(
    database: dg.ResourceParam[Database], clock: dg.ResourceParam[Clock]
) -> Iterator[Result]:
    """Views for everyday questions: people to reach, companies, evidence, conflicts, changes."""
    over = int(
        database.scalar("SELECT count(*) FROM mart.contact_current WHERE retain_until < :today", today=clock.today())
    )
    for view in VIEWS:
        yield dg.MaterializeResult(
            asset_key=["mart", view],
            metadata=rows(int(database.scalar(f"SELECT count(*) FROM mart.{view}"))),
            check_results=[
                dg.AssetCheckResult(passed=not over, check_name="nobody_beyond_retention", asset_key=["mart", view])
            ],
        )
