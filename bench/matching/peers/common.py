"""What every engine's script does alike: read the columns, be timed, and write the clusters at each threshold.

Run as `python peers/NAME.py WORK`, where WORK holds `asked.json` (kind, options, columns: a parquet); leaves
`found.parquet` (card_id and a column of cluster numbers a threshold, `default` the engine's own) and `report.json`.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

THREADS = 2
DEFAULT = "default"


def peak_mb() -> float:
    """The most memory that this process has held, in MB."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return float("nan")


def components(count: int, left: Any, right: Any) -> Any:
    """The component of each of `count` rows joined by pairs."""
    from scipy.sparse import coo_array  # noqa: PLC0415 - not among the libraries of the project
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    graph = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(count, count))
    return connected_components(graph, directed=False)[1]


def at_thresholds(count: int, left: Any, right: Any, scores: Any, grid: Sequence[float]) -> dict[str, Any]:
    """The components at each threshold."""
    return {f"{one:g}": components(count, left[scores >= one], right[scores >= one]) for one in grid}


class Clock:
    """Seconds of the engine's own work; `lap` names a part of it."""

    def __init__(self) -> None:
        self.started = time.perf_counter()
        self.laps: dict[str, float] = {}
        self.total = 0.0

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name] = round(now - self.started - sum(self.laps.values()), 3)

    def stop(self) -> None:
        self.total = time.perf_counter() - self.started
        self.peak = peak_mb()


Work = Callable[[pd.DataFrame, str, dict[str, Any], Clock], dict[str, Any]]


def run(work: Work) -> None:
    """Reads, works, writes."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:THREADS])
    folder = Path(sys.argv[1])
    asked = json.loads((folder / "asked.json").read_text("utf-8"))
    cards = pd.read_parquet(asked["columns"])
    clock = Clock()
    found = work(cards, asked["kind"], asked["options"], clock)
    if not clock.total:
        clock.stop()
    pd.DataFrame({"card_id": cards["card_id"], **found}).to_parquet(folder / "found.parquet")
    said = {"seconds": clock.total, "peak_mb": clock.peak, "laps": clock.laps}
    (folder / "report.json").write_text(json.dumps(said), "utf-8")
