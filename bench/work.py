"""What is measured: the stages of the pipeline, and beside each the least that any program would have to do.

Each function takes the bench's home and returns how many rows it dealt with. `python -m bench.work NAME HOME` runs one
in a process of its own, and prints its seconds, peak memory and rows as JSON.
"""

from __future__ import annotations

import csv
import io
import json
import resource
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from datetime import time as clock_time
from pathlib import Path
from typing import IO, cast

import pandas as pd
import psycopg
import pyarrow.parquet as pq
import sqlalchemy as sa
from lxml import etree, html

from bench.matching.delta import delta_of
from pipelines.collect.containers import members
from pipelines.resolve import plan as resolving
from pipelines.resolve.increment import advance, begin
from pipelines.resolve.state import State
from pipelines.sources.registry import sources
from pipelines.verify import plan as verifying
from resources.curation import DATASET, _published, curate
from resources.database import Database
from resources.engine.duckdb import DuckDB
from resources.engine.plan import run
from resources.fetcher import Fetcher
from resources.lake import Draft, Lake
from resources.linking import DATASETS, link_into
from resources.publication import publish
from resources.references import feed_table, source_table
from resources.screening import screen_snapshot
from resources.settings import Settings
from resources.spool import Spool
from resources.tables import METADATA
from tests.world.firms import SNAPSHOT

NOW = datetime.combine(date.fromisoformat(str(SNAPSHOT)), clock_time(12), UTC)
VERIFIED, COMPANIES, PEOPLE = "verify/cards", "resolve/companies", "resolve/people"


def _lake(home: Path) -> Lake:
    return Lake(home / "lake")


def _engine(home: Path) -> DuckDB:
    return DuckDB(home / "spill")


def _database(home: Path) -> Database:
    return Database(Settings(home=home))


# --- the stages -------------------------------------------------------------------------------------------------------


def screen(home: Path) -> int:
    """Every source from raw files to screened cards."""
    kept = 0
    with Fetcher("bench/0", "nobody") as fetcher:
        spool = Spool(home / "spool", home / "inbox", fetcher)
        for source in sources().values():
            if spool.offered(source):
                kept += screen_snapshot(source, spool.collect(source, NOW), spool, _lake(home)).total("kept")
    return kept


def verify(home: Path) -> int:
    """Every different claim checked once."""
    lake = _lake(home)
    given = {name: lake.tables("screen/*", table)
             for name, table in (("cards", "cards"), ("claims", "claims"), ("snapshots", "snapshot"))}  # fmt: skip
    with lake.write(VERIFIED) as draft:
        draft.frame("sources", source_table())
        draft.frame("feeds", feed_table())
        declared = {"sources": [draft.file("sources")], "feeds": [draft.file("feeds")]}
        made = run(_engine(home), verifying.cards(), given | declared, draft.folder)
        return int(pq.read_metadata(made["verified"]).num_rows)


def resolve(home: Path) -> int:
    """Which cards are one company, which one person."""
    lake = _lake(home)
    given = {"headers": lake.tables(VERIFIED, "headers"), "claims": lake.tables(VERIFIED, "verified")}
    with closing(_database(home)) as database:
        with lake.write(COMPANIES) as draft:
            firms = run(_engine(home), resolving.companies(), given, draft.folder)["flat"]
            rows = len(link_into(draft, firms, "company", database).found.members)
        given |= {"employers": lake.tables(COMPANIES, "flat"), "members": lake.tables(COMPANIES, "members")}
        with lake.write(PEOPLE) as draft:
            people = run(_engine(home), resolving.people(), given, draft.folder)["flat"]
            rows += len(link_into(draft, people, "person", database).found.members)
    return rows


def curate_and_publish(home: Path) -> int:
    """Golden records made and published into empty tables."""
    with closing(_database(home)) as database:
        return sum(change.total for change in curate(_engine(home), _lake(home), database, NOW).values())


def publish_first(home: Path) -> int:
    """The same tables published once more, into emptied tables."""
    with closing(_database(home)) as database:
        with database.transaction() as connection:
            names = ", ".join(table.fullname for table in METADATA.tables.values())
            connection.execute(sa.text(f"TRUNCATE {names}"))
        return sum(change.total for change in publish(database, _files(home), NOW).values())


def publish_again(home: Path) -> int:
    """The same tables published again: all is compared, nothing changes."""
    with closing(_database(home)) as database:
        changes = publish(database, _files(home), NOW)
    if any(change.rows for change in changes.values()):
        raise RuntimeError("publishing the same tables again changed something")
    return sum(change.total for change in changes.values())


def _files(home: Path) -> dict[sa.Table, Path]:
    return {table: _lake(home).tables(DATASET, name)[0] for table, name in _published().items()}


def match_all(home: Path) -> int:
    """The flat cards matched as if for the first time, and the state of matching kept."""
    rows = 0
    for kind, dataset in DATASETS.items():
        delta = delta_of(pd.read_parquet(_lake(home).tables(dataset, "flat")[0]))
        _keep(home, kind, begin(delta.before, kind).state)
        rows += len(delta.before)
    return rows


def match_delta(home: Path) -> int:
    """The same after a delta of one card in a hundred: the state read, brought up to date and kept."""
    rows = 0
    for kind, dataset in DATASETS.items():
        delta = delta_of(pd.read_parquet(_lake(home).tables(dataset, "flat")[0]))
        frames = {file.stem: pd.read_parquet(file) for file in (home / "matched" / kind).iterdir()}
        _keep(home, kind, advance(State.from_frames(frames), delta.changed, delta.gone).state)
        rows += len(delta.changed) + len(delta.gone)
    return rows


def _keep(home: Path, kind: str, state: State) -> None:
    folder = home / "matched" / kind
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in state.to_frames().items():
        Draft(folder).frame(name, frame)


# --- floors and peers -------------------------------------------------------------------------------------------------


def read_only(home: Path) -> int:
    """The same raw files read with the csv, json and XML libraries alone."""
    rows = 0
    for file in sorted((home / "inbox").glob("*/*")):
        if file.is_file():
            with members(file) as found:
                # what `members` gives has no buffer of its own: without one each byte would be a call
                rows += sum(_records(name, io.BufferedReader(cast("io.RawIOBase", raw))) for name, raw in found)
    return rows


def _records(name: str, stream: IO[bytes]) -> int:
    ending = Path(name).suffix.lower()
    if ending == ".csv":
        return sum(1 for _ in csv.reader(io.TextIOWrapper(stream, "utf-8", newline="")))
    if ending in {".jsonl", ".ndjson"}:
        return sum(1 for line in stream if _is_json(line))
    if ending == ".json":
        return len(json.load(stream))
    if ending == ".xml":
        return sum(1 for _, element in etree.iterparse(stream, recover=True) if element.clear() is None)
    if ending in {".html", ".htm"}:
        return len(html.fromstring(stream.read()))
    return sum(1 for _ in stream)


def _is_json(line: bytes) -> bool:
    """The invented files hold records cut short, as real ones do."""
    try:
        return bool(json.loads(line))
    except ValueError:
        return False


def copy_claims(home: Path) -> int:
    """The same screened claims read and written again by pandas."""
    frame = pd.concat([pd.read_parquet(file) for file in _lake(home).tables("screen/*", "claims")])
    frame.to_parquet(home / "floor.parquet")
    return len(frame)


def join_exactly(home: Path) -> int:
    """The same flat cards joined where names are equal, by pandas: the least that matching could be."""
    rows = 0
    for kind, column in ((COMPANIES, "company_name"), (PEOPLE, "full_name")):
        cards = pd.read_parquet(_lake(home).tables(kind, "flat")[0])
        rows += len(cards)
        cards.assign(entity=cards[column].str.casefold()).groupby("entity")["card_id"].transform("min")
    return rows


def copy_rows(home: Path) -> int:
    """The same rows by COPY of psycopg into tables without keys, and nothing else."""
    rows = 0
    with closing(_database(home)) as database, psycopg.connect(database.url()) as connection:
        for number, file in enumerate(_files(home).values()):
            table = pq.read_table(file)
            columns = ", ".join(f'"{name}" text' for name in table.column_names)
            connection.execute(f"CREATE TEMP TABLE floor_{number} ({columns})".encode())
            with connection.cursor().copy(f"COPY floor_{number} FROM STDIN".encode()) as copy:
                for row in zip(*(_texts(column) for column in table.columns), strict=True):
                    copy.write_row(row)
            rows += table.num_rows
        connection.rollback()
    return rows


def _texts(column: object) -> list[str | None]:
    return [None if value is None else str(value) for value in column.to_pylist()]  # type: ignore[attr-defined]


def to_sql(home: Path) -> int:
    """The same rows by pandas.to_sql, many to a statement: no comparison, no history, no keys."""
    rows = 0
    with closing(_database(home)) as database:
        for number, file in enumerate(_files(home).values()):
            table = pq.read_table(file)
            frame = pd.DataFrame({name: _texts(column) for name, column in zip(
                table.column_names, table.columns, strict=True)})  # fmt: skip
            with database.transaction() as connection:
                frame.to_sql(f"peer_{number}", connection, if_exists="replace", index=False, method="multi",
                             chunksize=1000)  # fmt: skip
                connection.execute(sa.text(f"DROP TABLE peer_{number}"))
            rows += table.num_rows
    return rows


WORK: dict[str, Callable[[Path], int]] = {
    function.__name__: function
    for function in (screen, verify, resolve, match_all, match_delta, curate_and_publish, publish_first, publish_again,
                     read_only, copy_claims, join_exactly, copy_rows, to_sql)
}  # fmt: skip


def _peak() -> float:
    """Most memory this process has held, in MB; the kernel's own figure, for `getrusage` counts a parent's too."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main(name: str, home: Path) -> None:
    before, began = _peak(), time.perf_counter()
    rows = WORK[name](home)
    seconds = time.perf_counter() - began
    print(json.dumps({"seconds": seconds, "peak": _peak(), "idle": before, "rows": rows}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
