"""Thin Dagster shells round the plain classes: each makes its object at run time, from the settings of that moment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import dagster as dg

from resources.clock import Clock
from resources.database import Database
from resources.engine.duckdb import DuckDB
from resources.fetcher import Fetcher
from resources.lake import Lake
from resources.settings import load
from resources.spool import Spool
from resources.sweeping import attended, sweep_left

AGENT, CONTACT = "contacts-pipeline/0.1", "see the operator's imprint"


def _clock(_: dg.InitResourceContext) -> Clock:
    return Clock(load().as_of)


def _lake(_: dg.InitResourceContext) -> Lake:
    return Lake(load().lake)


def _engine(_: dg.InitResourceContext) -> DuckDB:
    return DuckDB(load().home / "spill")


def _spool(_: dg.InitResourceContext) -> Iterator[Spool]:
    settings = load()
    with attended(settings.spool), Fetcher(AGENT, CONTACT, clock=Clock(settings.as_of)) as fetcher:
        yield Spool(settings.spool, settings.inbox, fetcher)


def _database(_: dg.InitResourceContext) -> Iterator[Database]:
    settings = load()
    # every run opens this or the spool: what a killed run left goes before anything else
    sweep_left(settings.spool)
    database = Database(settings)
    try:
        yield database
    finally:
        database.close()


class NoRows(dg.IOManager):
    """The I/O manager that refuses rows: Dagster carries counts and codes, never data."""

    def handle_output(self, context: dg.OutputContext, obj: object) -> None:
        """Accepts nothing but nothing.

        Raises:
            DagsterInvariantViolationError: An asset returned a value; the message names the asset only.
        """
        if obj is not None:
            raise dg.DagsterInvariantViolationError(
                f"{context.asset_key.to_user_string()} returned a value: write to the lake or the database instead"
            )

    def load_input(self, context: dg.InputContext) -> Any:  # noqa: ANN401 - Dagster's signature
        """Never loads.

        Raises:
            DagsterInvariantViolationError: Always: declare the dependency with `deps=`.
        """
        raise dg.DagsterInvariantViolationError(f"{context.name} is loaded from nothing: declare it with deps=")


def resources() -> dict[str, Any]:
    """Every resource by the name under which assets ask for it."""
    return {
        "clock": dg.ResourceDefinition(_clock, description="The time that everything is judged by."),
        "lake": dg.ResourceDefinition(_lake, description="The lake under CONTACTS_HOME."),
        "engine": dg.ResourceDefinition(_engine, description="DuckDB, spilling under CONTACTS_HOME."),
        "spool": dg.ResourceDefinition(_spool, description="Raw files, from CONTACTS_INBOX or over HTTP."),
        "database": dg.ResourceDefinition(_database, description="PostgreSQL at DATABASE_URL, or the embedded one."),
        "io_manager": NoRows(),
    }
