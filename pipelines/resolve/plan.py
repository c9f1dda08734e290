"""The resolve stage as steps: cards in the flat form that linking reads."""

from __future__ import annotations

from pathlib import Path

from pipelines.steps import Step, query

FOLDER = Path(__file__).parent


def companies() -> tuple[Step, ...]:
    """From verified `headers` and `claims` to flat company cards, table `flat`."""
    return (query(FOLDER, "flat", "headers", "claims", file="companies"),)


def people() -> tuple[Step, ...]:
    """From verified `headers` and `claims`, flat `employers` and company `members` to flat person cards."""
    return (query(FOLDER, "flat", "headers", "claims", "employers", "members", file="people"),)
