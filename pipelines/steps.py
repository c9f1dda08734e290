"""Steps: a stage's relational and row work as data, so that any engine can run it in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd


@dataclass(frozen=True, slots=True)
class Step:
    """One table made from others: by a query, or by a rule on batches.

    Attributes:
        name: The table it makes.
        needs: The tables it reads; a rule reads exactly one.
        query: A SELECT over them.
        rule: A function of one pandas batch.
        together: A column whose equal values must meet in one batch of the rule.
    """

    name: str
    needs: tuple[str, ...]
    query: str = ""
    rule: Callable[[pd.DataFrame], pd.DataFrame] | None = None
    together: str = ""


def query(folder: Path, name: str, *needs: str, file: str = "") -> Step:
    """A step whose query stands in a .sql file of a stage's folder, by its own name unless told otherwise."""
    return Step(name, needs, query=(folder / f"{file or name}.sql").read_text("utf-8"))


def rule(name: str, need: str, function: Callable[[pd.DataFrame], pd.DataFrame], *, together: str = "") -> Step:
    """A step that runs a rule on batches."""
    return Step(name, (need,), rule=function, together=together)
