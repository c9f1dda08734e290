"""dedupe: active learning with labels from the truth, for it cannot do without; partitions at its default 0.5."""

from __future__ import annotations

import random
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

import dedupe
import numpy as np
import pandas as pd
from common import DEFAULT, Clock, run
from dedupe import variables

GRID = [0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9]
LABELS = 40
"""Pairs that the oracle is asked for, after 20 it is given to begin with; what a person would do in ten minutes."""
STRINGS = ("name", "company", "street", "email")
SHORT = ("first", "last", "phone", "locality", "postal", "dob", "ssn")
"""Short values, which its documentation says to declare, for it then makes far fewer indexes."""
EXACT = ("domain", "number", "lei")


def fields(table: pd.DataFrame) -> list[Any]:
    """A variable a column that is there, missing values allowed."""
    strings = [variables.String(name, has_missing=True) for name in STRINGS if name in table.columns]
    strings += [variables.ShortString(name, has_missing=True) for name in SHORT if name in table.columns]
    return strings + [variables.Exact(name, has_missing=True) for name in EXACT if name in table.columns]


def work(cards: pd.DataFrame, kind: str, options: dict[str, Any], clock: Clock) -> dict[str, Any]:  # noqa: ARG001
    random.seed(1)
    np.random.seed(1)  # noqa: NPY002 - dedupe draws from the global generators
    truth = pd.read_parquet(Path(sys.argv[1]) / "truth.parquet")["truth"].to_numpy()
    table = cards.drop(columns=["identifiers", "card_id"], errors="ignore").reset_index(drop=True)
    data = {row: {key: value or None for key, value in one.items()} for row, one in enumerate(table.to_dict("records"))}
    place = {id(record): row for row, record in data.items()}
    clock.__init__()
    model = dedupe.Dedupe(fields(table), num_cores=2, in_memory=True)
    model.prepare_training(data, sample_size=1000)
    clock.lap("prepare")
    _label(model, truth, data, place)
    clock.lap("label")
    model.train(recall=0.95, index_predicates=False)
    clock.lap("train")
    clusters = model.partition(data, 0.5)
    clock.stop()
    found = {DEFAULT: _codes(clusters, len(data))}
    for threshold in GRID:
        found[f"{threshold:g}"] = (
            _codes(model.partition(data, threshold), len(data)) if len(data) <= 6000 else found[DEFAULT]
        )
    return found


def _label(model: Any, truth: Any, data: dict[int, dict[str, Any]], place: dict[int, int]) -> None:
    """Some true and false pairs to begin with, then the pairs that the model asks for."""
    rows = pd.Series(truth)
    pairs = [pair for _, group in rows.groupby(rows) if len(group) > 1 for pair in combinations(group.index[:3], 2)]
    same = random.sample(pairs, min(10, len(pairs)))
    other = [tuple(random.sample(range(len(truth)), 2)) for _ in range(10)]
    model.mark_pairs({
        "match": [(data[a], data[b]) for a, b in same],
        "distinct": [(data[a], data[b]) for a, b in other if truth[a] != truth[b]],
    })  # fmt: skip
    for _ in range(LABELS):
        asked = model.uncertain_pairs()
        for one, two in asked:
            same_entity = truth[_row(one, data, place)] == truth[_row(two, data, place)]
            model.mark_pairs(
                {"match": [(one, two)] if same_entity else [], "distinct": [] if same_entity else [(one, two)]}
            )


def _row(record: dict[str, Any], data: dict[int, dict[str, Any]], place: dict[int, int]) -> int:
    if id(record) in place:
        return place[id(record)]
    return next(row for row, one in data.items() if one == record)


def _codes(clusters: Any, count: int) -> Any:
    found = np.arange(count) + count
    for number, (rows, _) in enumerate(clusters):
        found[list(rows)] = number
    return found


if __name__ == "__main__":  # dedupe starts processes
    run(work)
