"""Counting on an engine: a query of a code and a number, as a dict for metadata and checks."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow.parquet as pq

from resources.engine import Engine


def tally(engine: Engine, query: str, inputs: Mapping[str, Sequence[Path]]) -> dict[str, int]:
    """Numbers by code.

    Args:
        engine: Runs the query.
        query: A SELECT of two columns: a code (never a value of a record) and a number.
        inputs: Parquet files by table name.
    """
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "tally.parquet"
        engine.sql(f"{query} ORDER BY 1", inputs, output)
        codes, numbers = pq.read_table(output).columns
    return {str(code): int(number) for code, number in zip(codes.to_pylist(), numbers.to_pylist(), strict=True)}
