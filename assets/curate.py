"""Curate: the curated tables and their evidence, all published in one transaction. What belongs here: the asset."""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg
import sqlalchemy as sa

from assets import checks
from assets.house import Result, house
from assets.metadata import counts, rows, table_schema
from assets.telling import told
from resources.clock import Clock
from resources.curation import curate
from resources.database import Database
from resources.engine.duckdb import DuckDB
from resources.lake import Lake
from resources.publication import Change
from resources.tables import CLAIMS, CONFIDENCES, CURATED, MEMBERS, REFUSALS

TABLES = (*CURATED, CLAIMS, CONFIDENCES)
DEPS = [["verify", "cards"], ["verify", "domains"], ["resolve", "companies"], ["resolve", "people"]]


def key(table: sa.Table) -> list[str]:
    """The asset key of a table: schema and name."""
    return [str(table.schema), table.name]


def _spec(table: sa.Table) -> dg.AssetSpec:
    return dg.AssetSpec(
        key(table),
        deps=DEPS,
        description=table.comment,
        metadata={"dagster/column_schema": table_schema(table), "dagster/table_name": table.fullname},
        **house(str(table.schema)),
    )


@dg.multi_asset(
    name="curated_tables",
    specs=[_spec(table) for table in TABLES],
    check_specs=[spec for table in TABLES for spec in checks.specs(table)],
    pool="publication",
)
@told
def tables(
    engine: dg.ResourceParam[DuckDB],
    lake: dg.ResourceParam[Lake],
    database: dg.ResourceParam[Database],
    clock: dg.ResourceParam[Clock],
) -> Iterator[Result]:
    """Golden records with their evidence; rows that are the same stay untouched."""
    database.migrate()
    changes = curate(engine, lake, database, clock.now())
    found = checks.results(database)
    also = {name: changes[table.fullname].total for name, table in (("cards", MEMBERS), ("refusal_lines", REFUSALS))}
    for table in TABLES:
        change: Change = changes[table.fullname]
        yield dg.MaterializeResult(
            asset_key=key(table),
            metadata={
                **rows(change.total),
                **counts({"inserted": change.inserted, "updated": change.updated, "removed": change.removed, **also}),
            },
            check_results=[result for result in found if result.asset_key == dg.AssetKey(key(table))],
        )
