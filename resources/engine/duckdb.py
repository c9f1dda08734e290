"""DuckDB: the engine for one machine; spills to disk instead of growing."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from resources.engine import BatchRule

ROWS = 100_000
"""Rows of one batch of `map`."""


class DuckDB:
    """The two verbs on DuckDB.

    Args:
        spill: Folder for what does not fit into memory.
        memory: DuckDB's limit, as it writes it (`4GB`).
    """

    def __init__(self, spill: Path, memory: str = "4GB") -> None:
        self._spill, self._memory = spill, memory

    def sql(self, query: str, inputs: Mapping[str, Sequence[Path]], output: Path, **constants: str) -> int:
        """Runs one SELECT over Parquet inputs and writes its result; returns its rows."""
        with self._connection(inputs, constants) as connection:
            connection.execute(f"COPY ({query}\n) TO {_text(output)} (FORMAT parquet, COMPRESSION zstd)")
        return int(pq.read_metadata(output).num_rows)

    def map(
        self, rule: BatchRule, inputs: Sequence[Path], output: Path, *, together: str = "", **constants: str
    ) -> int:
        """Runs a rule over every batch and writes what it returns; returns the rows."""
        order = f' ORDER BY "{together}"' if together else ""
        with self._connection({"input": inputs}, {}) as connection:
            reader = connection.sql(f"SELECT * FROM input{order}").to_arrow_reader(ROWS)
            batches = _gather(_frames(reader), together) if together else _frames(reader)
            return _write(output, (rule(batch, **constants) for batch in batches))

    @contextmanager
    def _connection(
        self, inputs: Mapping[str, Sequence[Path]], constants: Mapping[str, str]
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        self._spill.mkdir(parents=True, exist_ok=True)
        _sweep(self._spill)
        own = tempfile.TemporaryDirectory(dir=self._spill, prefix=f"{os.getpid()}-")
        with own as spill, duckdb.connect() as connection:
            connection.execute(f"SET memory_limit = '{self._memory}'; SET temp_directory = {_text(Path(spill))}")
            connection.execute("SET preserve_insertion_order = true; SET timezone = 'UTC'")
            for name, files in inputs.items():
                listed = ", ".join(_text(file) for file in files)
                connection.execute(f'CREATE VIEW "{name}" AS SELECT * FROM read_parquet([{listed}])')
            columns = ", ".join(f'{_text(value)} AS "{name}"' for name, value in constants.items()) or "1 AS one"
            connection.execute(f"CREATE TABLE constants AS SELECT {columns}")
            yield connection


def _sweep(spill: Path) -> None:
    """Removes what killed processes spilt: it holds values of records."""
    for folder in spill.glob("*-*"):
        pid = folder.name.partition("-")[0]
        if pid.isdigit() and not _lives(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _text(value: Path | str) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def _frames(reader: pa.RecordBatchReader) -> Iterator[pd.DataFrame]:
    """The batches as frames; one empty frame when there is none, so that the rule still names its columns."""
    empty = True
    for batch in reader:
        if batch.num_rows:
            empty = False
            yield batch.to_pandas()
    if empty:
        yield reader.schema.empty_table().to_pandas()


def _gather(batches: Iterator[pd.DataFrame], key: str) -> Iterator[pd.DataFrame]:
    """The same rows, cut only where the key changes."""
    rest: pd.DataFrame | None = None
    for batch in batches:
        whole = batch if rest is None else pd.concat([rest, batch], ignore_index=True)
        last = whole[key].isin(whole[key].tail(1))
        if not last.all():
            yield whole[~last].reset_index(drop=True)
        rest = whole[last].reset_index(drop=True)
    if rest is not None:
        yield rest


def _write(output: Path, frames: Iterator[pd.DataFrame]) -> int:
    first = next(frames)
    schema = pa.Schema.from_pandas(first, preserve_index=False)
    rows = 0
    with pq.ParquetWriter(output, schema, compression="zstd") as writer:
        for frame in chain([first], frames):
            writer.write_table(pa.Table.from_pandas(frame, preserve_index=False, schema=schema))
            rows += len(frame)
    return rows
