"""The lake: Parquet folders that carry screen, verify and resolve; each replaced whole, in one step.

What belongs here: where tables lie and how they become current. What does not: what is in them.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

BATCH = 50_000
"""Rows held in memory while a table is written."""


class Missing(Exception):  # noqa: N818 - what the user sees
    """A table of the lake that no run has made yet."""


@dataclass(slots=True)
class Draft:
    """A folder being written; nobody reads it before it is committed."""

    folder: Path
    counts: dict[str, int] = field(default_factory=dict)
    _writers: dict[str, _TextWriter] = field(default_factory=dict)

    def file(self, table: str) -> Path:
        """Where `table` goes when an engine writes it."""
        return self.folder / f"{table}.parquet"

    def rows(self, table: str, columns: tuple[str, ...]) -> _TextWriter:
        """A writer of text rows for `table`."""
        writer = self._writers[table] = _TextWriter(self.file(table), columns)
        return writer

    def frame(self, table: str, frame: Any) -> int:  # noqa: ANN401 - a pandas frame; pandas is imported by who has one
        """Writes a whole pandas frame and returns its rows."""
        whole = pa.Table.from_pandas(frame, preserve_index=False)
        # numbers are nearly all different: to look for those that are not takes longer than to write them
        texts = [one.name for one in whole.schema if not pa.types.is_primitive(one.type)]
        pq.write_table(whole, self.file(table), use_dictionary=texts)
        return len(frame)

    def close(self) -> None:
        """Ends every open writer."""
        for writer in self._writers.values():
            writer.close()


class _TextWriter:
    """Writes dicts of texts as Parquet, in batches."""

    def __init__(self, file: Path, columns: tuple[str, ...]) -> None:
        self._schema = pa.schema([(name, pa.string()) for name in columns])
        self._writer = pq.ParquetWriter(file, self._schema)
        self._rows: list[Mapping[str, str]] = []
        self.written = 0

    def add(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._rows.extend(rows)
        if len(self._rows) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        columns = {name: [row.get(name, "") for row in self._rows] for name in self._schema.names}
        self._writer.write_table(pa.table(columns, schema=self._schema))
        self.written += len(self._rows)
        self._rows = []

    def close(self) -> None:
        self._flush()
        self._writer.close()


class Lake:
    """Datasets `<stage>/<noun>`, each a folder of Parquet tables under the version that is current.

    Args:
        folder: The lake's root.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self, dataset: str) -> dict[str, Any] | None:
        """What is current of a dataset: its `version` and `counts`; None before the first run."""
        pointer = self.folder / dataset / "current.json"
        return json.loads(pointer.read_text("utf-8")) if pointer.exists() else None

    def datasets(self, pattern: str) -> list[str]:
        """The datasets that match the pattern (`screen/*`) and have been made, in the order of the alphabet."""
        pointers = self.folder.glob(f"{pattern}/current.json")
        return sorted(pointer.parent.relative_to(self.folder).as_posix() for pointer in pointers)

    def tables(self, pattern: str, table: str) -> list[Path]:
        """The current files of one table, over all datasets that match the pattern (`screen/*`).

        Raises:
            Missing: There is none yet; the message says what to run.
        """
        found = []
        for pointer in sorted(self.folder.glob(f"{pattern}/current.json")):
            file = pointer.parent / json.loads(pointer.read_text("utf-8"))["version"] / f"{table}.parquet"
            if file.exists():
                found.append(file)
        if not found:
            raise Missing(f"the lake has no {pattern}/{table} yet: run the refresh job, which makes it")
        return found

    @contextmanager
    def write(self, dataset: str, version: str = "") -> Iterator[Draft]:
        """A draft that becomes the dataset's current version when the block ends, or leaves no trace when it fails.

        Args:
            dataset: `<stage>/<noun>`.
            version: Name of the version; a new random one when empty.
        """
        home = self.folder / dataset
        home.mkdir(parents=True, exist_ok=True)
        draft = Draft(home / f".draft-{uuid.uuid4().hex}")
        draft.folder.mkdir()
        try:
            yield draft
            draft.close()
            self._commit(home, draft, version or uuid.uuid4().hex)
        finally:
            shutil.rmtree(draft.folder, ignore_errors=True)

    def _commit(self, home: Path, draft: Draft, version: str) -> None:
        final, pointer = home / version, home / "current.json"
        if final.exists():
            # the same version is only written again after it was spoilt or forced: nobody may read half of it
            pointer.unlink(missing_ok=True)
            shutil.rmtree(final)
        draft.folder.rename(final)
        fresh = home / f".current-{uuid.uuid4().hex}"
        fresh.write_text(json.dumps({"version": version, "counts": draft.counts}), "utf-8")
        os.replace(fresh, pointer)  # noqa: PTH105 - Path.replace is the same call; the name says "atomic" to the reader
        self._sweep(home, version)

    @staticmethod
    def _sweep(home: Path, version: str) -> None:
        """Removes older versions and what killed runs left behind."""
        for other in home.iterdir():
            if other.is_dir() and other.name != version:
                shutil.rmtree(other, ignore_errors=True)
            elif other.name.startswith(".current-"):
                other.unlink(missing_ok=True)
