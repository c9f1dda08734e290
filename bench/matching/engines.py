"""Engines by name, each run in a process of its own on the same columns, with limits of time and memory.

What belongs here: how an engine is started, watched and read. What does not: what it does (`peers/`).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.resolve.features import features

ROOT = Path(__file__).resolve().parents[2]
PEERS = Path(__file__).resolve().parent / "peers"
PEERS_PYTHON = ROOT / ".bench-venv" / "bin" / "python"
DEFAULT = "default"
THREADS = "2"
_LIMITS = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS", "RAYON_NUM_THREADS", "NUMEXPR_NUM_THREADS"),
    THREADS,
)
_OWN_COLUMNS = {"DOB": "dob", "SSN": "ssn", "LEI": "lei"}


@dataclass(frozen=True)
class Engine:
    """An engine as it is asked: its script, whose Python, its options, and the most rows it is asked to take."""

    script: str
    about: str
    own: bool = False
    options: dict[str, Any] = field(default_factory=dict)
    most: int = 10**9
    labels: bool = False


ENGINES: dict[str, Engine] = {
    "contacts": Engine("with_contacts.py", "`link` of this project", own=True),
    "splink": Engine("with_splink.py", "Splink as documented, u from 1e8 random pairs"),
    "splink_1e7": Engine("with_splink.py", "Splink with ten times fewer random pairs", options={"max_pairs": 1e7}),
    "splink_few": Engine("with_splink.py", "Splink with three blocking rules, ten times fewer random pairs",
                         options={"max_pairs": 1e7, "few": True}),
    "goldenmatch": Engine("with_goldenmatch.py", "goldenmatch without configuration", options={"zero": True}),
    "goldenmatch_fs": Engine("with_goldenmatch.py", "goldenmatch, a Fellegi-Sunter matchkey and blocking configured"),
    "recordlinkage": Engine("with_recordlinkage.py", "recordlinkage, ECM"),
    "dedupe": Engine("with_dedupe.py", "dedupe, told 60 labels from the truth", labels=True, most=5_000),
}  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """Where an engine is stopped."""

    seconds: float = 300.0
    memory_mb: float = 12_000.0


@dataclass(frozen=True)
class Outcome:
    """What an engine found and took; `failure` says why there is nothing."""

    seconds: float = float("nan")
    peak_mb: float = float("nan")
    laps: Mapping[str, float] = field(default_factory=dict)
    clusters: Mapping[str, npt.NDArray[np.int64]] = field(default_factory=dict)
    failure: str = ""


def columns(cards: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The lightly cleaned columns that every engine gets: folded names, digits, bare domains, forms split off."""
    found = features(cards, kind).reset_index(drop=True).drop(columns=["employer"], errors="ignore")
    parts = [_parted(text) for text in found["identifiers"]]
    extra = pd.DataFrame(parts, columns=[*_OWN_COLUMNS.values(), "number"])
    found = pd.concat([found, extra], axis=1)
    found.insert(0, "card_id", cards["card_id"].to_numpy())
    return found.loc[:, [name for name in found.columns if (found[name] != "").any()]].astype("str")


def _parted(text: str) -> tuple[str, ...]:
    """Birth date, person's number, LEI and the first of the other numbers."""
    found = dict.fromkeys([*_OWN_COLUMNS, ""], "")
    for item in text.split(";") if text else ():
        scheme, _, value = item.partition(":")
        key = scheme if scheme in _OWN_COLUMNS else ""
        found[key] = found[key] or (value if key else item)
    return tuple(found.values())


@dataclass(frozen=True)
class Task:
    """Cards as all engines get them: a parquet of the clean columns, and what they truly are."""

    path: Path
    kind: str
    truth: pd.Series
    rows: int


@contextmanager
def task(kind: str, parts: Iterable[tuple[pd.DataFrame, pd.Series]]) -> Iterator[Task]:
    """The task of some cards, given in parts, of which the first says which columns there are."""
    with tempfile.TemporaryDirectory(prefix="contacts-matching-") as name:
        path, truths, schema = Path(name) / "columns.parquet", [], None
        with ExitStack() as stack:
            for cards, truth in parts:
                table = pa.Table.from_pandas(_shaped(columns(cards, kind), schema), schema=schema, preserve_index=False)
                if schema is None:
                    schema = table.schema
                    writer = stack.enter_context(pq.ParquetWriter(path, schema))
                writer.write_table(table)
                truths.append(truth.reset_index(drop=True))
        whole = pd.concat(truths, ignore_index=True)
        yield Task(path, kind, whole, len(whole))


def _shaped(table: pd.DataFrame, schema: pa.Schema | None) -> pd.DataFrame:
    return table if schema is None else table.reindex(columns=schema.names, fill_value="")


def run(engine: Engine, given: Task, limits: Limits) -> Outcome:
    """The engine on the cards, in a process of its own."""
    if given.rows > engine.most:
        return Outcome(failure=f"not asked above {engine.most:,} cards")
    if not engine.own and not PEERS_PYTHON.exists():
        return Outcome(failure="not installed")
    with tempfile.TemporaryDirectory(prefix="contacts-matching-") as name:
        folder = Path(name)
        asked = {"kind": given.kind, "options": engine.options, "columns": str(given.path)}
        (folder / "asked.json").write_text(json.dumps(asked), "utf-8")
        if engine.labels:
            pd.DataFrame({"truth": given.truth.astype(str).to_numpy()}).to_parquet(folder / "truth.parquet")
        python = sys.executable if engine.own else str(PEERS_PYTHON)
        failure = _watched([python, str(PEERS / engine.script), name], folder / "log.txt", limits)
        if failure:
            return Outcome(failure=failure)
        said = json.loads((folder / "report.json").read_text("utf-8"))
        found = pd.read_parquet(folder / "found.parquet")
        clusters = {one: found[one].to_numpy() for one in found.columns if one != "card_id"}
        return Outcome(said["seconds"], said["peak_mb"], said["laps"], clusters)


def _watched(command: list[str], log: Path, limits: Limits) -> str:
    """Runs until it ends or breaks a limit; '' when it ended well, else what happened."""
    environment = {**os.environ, **_LIMITS, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", "MPLBACKEND": "agg"}
    with log.open("w") as out, subprocess.Popen(
        command, stdout=out, stderr=subprocess.STDOUT, env=environment, cwd=log.parent, start_new_session=True
    ) as process:  # fmt: skip
        try:
            broken = _broken(process, limits)
        finally:
            if process.poll() is None:
                _end(process)
    if broken:
        return broken
    return "" if process.returncode == 0 else f"failed: {_last_error(log)}"


def _broken(process: subprocess.Popen[bytes], limits: Limits) -> str:
    start = time.monotonic()
    while process.poll() is None:
        if time.monotonic() - start > limits.seconds:
            return f"stopped after {limits.seconds:,.0f} s"
        if _memory_mb(process.pid) > limits.memory_mb:
            return f"stopped above {limits.memory_mb / 1000:g} GB"
        time.sleep(0.1)
    return ""


def _end(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, 9)
    process.wait()


def _memory_mb(pid: int) -> float:
    """Memory of the process and those it started, where the system tells."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
        text = Path(f"/proc/{pid}/status").read_text("ascii")
    except OSError:
        return 0.0
    own = next((int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("VmRSS")), 0.0)
    return own + sum(_memory_mb(int(child)) for child in children)


def _last_error(log: Path) -> str:
    """The kind of the last error in the log, without its words, which may hold values."""
    lines = [line for line in log.read_text("utf-8", "replace").splitlines() if line and not line.startswith(" ")]
    kinds = [
        line.partition(":")[0]
        for line in lines
        if line.partition(":")[0].rpartition(".")[2].endswith(("Error", "Exception"))
    ]
    if os.environ.get("BENCH_LOG"):
        sys.stderr.write(log.read_text("utf-8", "replace")[-3000:])
    return kinds[-1].rpartition(".")[2] if kinds else "ended without a word"
