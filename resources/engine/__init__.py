"""The engine: two verbs, `sql` and `map`, over Parquet files; rules never see it.

What belongs here: the contract, and a module an engine. What does not: any query or rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import pandas as pd

BatchRule = Callable[..., pd.DataFrame]
"""A module-level function of one pandas batch (and keyword constants) that returns a pandas batch."""


class Engine(Protocol):
    """What an engine can do."""

    def sql(self, query: str, inputs: Mapping[str, Sequence[Path]], output: Path, **constants: str) -> int:
        """Runs one SELECT over Parquet inputs and writes its result.

        Args:
            query: A SELECT; the inputs are its tables by name, `constants` a table of one row.
            inputs: Parquet files by table name.
            output: Parquet file to write.
            **constants: Texts that the query reads from the table `constants`.

        Returns:
            The number of rows written.
        """

    def map(
        self, rule: BatchRule, inputs: Sequence[Path], output: Path, *, together: str = "", **constants: str
    ) -> int:
        """Runs a rule over every batch of the input and writes what it returns.

        Args:
            rule: The function.
            inputs: Parquet files of one schema.
            output: Parquet file to write; its schema is the first batch's.
            together: A column whose equal values must meet in one batch.
            **constants: Passed on to the rule.

        Returns:
            The number of rows written.
        """
