"""The verify stage as steps: every different claim is checked once, with the country it is to be read in."""

from __future__ import annotations

from pathlib import Path

from pipelines.steps import Step, query, rule
from pipelines.verify.verifying import verify

FOLDER = Path(__file__).parent


def cards() -> tuple[Step, ...]:
    """From screened `cards` and `claims` (with `sources`, `feeds`, `snapshots`) to `headers` and `verified`."""
    return (
        query(FOLDER, "headers", "cards", "sources", "feeds", "snapshots"),
        query(FOLDER, "raw_countries", "claims", file="countries"),
        rule("countries", "raw_countries", verify),
        query(FOLDER, "hinted", "claims", "headers", "sources", "raw_countries", "countries"),
        query(FOLDER, "distinct", "hinted"),
        rule("checked", "distinct", verify),
        query(FOLDER, "verified", "hinted", "checked", file="claims"),
    )


def domains() -> tuple[Step, ...]:
    """From `headers` and `claims` to `domains`."""
    return (query(FOLDER, "domains", "claims", "headers"),)
