"""recordlinkage: its ECM classifier on binary comparisons, as its guide does, clusters as connected components."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd
import recordlinkage
from common import DEFAULT, Clock, at_thresholds, run

warnings.filterwarnings("ignore")
GRID = [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999, 0.9999, 0.99999, 0.999999]
OWN_THRESHOLD = 0.5
"""`ECMClassifier.predict` takes the more likely class."""
BLOCKS = {
    "person": (("first", "last"), ("email",), ("ssn",), ("dob", "last"), ("dob", "first"), ("phone", "last"),
               ("phone", "first"), ("domain", "last"), ("domain", "first"), ("company", "last"), ("company", "first"),
               ("postal", "last"), ("postal", "first")),
    "company": (("name",), ("number",), ("lei",), ("domain",), ("phone",), ("street", "locality"), ("email",),
                ("postal", "name4"), ("locality", "name4")),
}  # fmt: skip
NEAR = {
    "first": ("jarowinkler", 0.88), "last": ("jarowinkler", 0.9), "name": ("jarowinkler", 0.9),
    "email": ("levenshtein", 0.85), "company": ("jarowinkler", 0.88), "street": ("jarowinkler", 0.88),
    "locality": ("jarowinkler", 0.9), "phone": ("levenshtein", 0.85), "postal": ("levenshtein", 0.75),
    "dob": ("levenshtein", 0.85), "ssn": ("levenshtein", 0.85),
}  # fmt: skip
EXACT = ("domain", "number", "lei")
MOST_IN_BLOCK = 200


def candidates(table: pd.DataFrame, kind: str) -> pd.MultiIndex:
    """Pairs of all blocks; a block of too many rows is left out, as empty values are."""
    found: pd.MultiIndex | None = None
    for block in BLOCKS[kind]:
        if not set(block) <= set(table.columns):
            continue
        rows = table.loc[table[list(block)].notna().all(axis=1), list(block)]
        rows = rows[rows.groupby(list(block))[block[0]].transform("size") <= MOST_IN_BLOCK]
        pairs = recordlinkage.index.Block(left_on=list(block)).index(rows)
        found = pairs if found is None else found.union(pairs)
    assert found is not None  # noqa: S101
    return found


def work(cards: pd.DataFrame, kind: str, options: dict[str, Any], clock: Clock) -> dict[str, Any]:  # noqa: ARG001
    kind = "person" if kind == "person" else "company"
    table = cards.drop(columns=["identifiers", "card_id"], errors="ignore").replace("", np.nan).reset_index(drop=True)
    if "name" in table.columns:
        table["name4"] = table["name"].str[:4]
    clock.__init__()
    pairs = candidates(table, kind)
    clock.lap("block")
    compare = recordlinkage.Compare(n_jobs=2 if len(pairs) > 200_000 else 1)
    for name, (method, threshold) in NEAR.items():
        if name in table.columns:
            compare.string(name, name, method=method, threshold=threshold, label=name)
    for name in EXACT:
        if name in table.columns:
            compare.exact(name, name, label=name)
    agreed = compare.compute(pairs, table)
    clock.lap("compare")
    model = recordlinkage.ECMClassifier(binarize=0.5)
    model.fit(agreed)
    chance = model.prob(agreed).to_numpy()
    clock.lap("ECM")
    left, right = (pairs.get_level_values(at).to_numpy() for at in (0, 1))
    own = at_thresholds(len(table), left, right, chance, [OWN_THRESHOLD])
    clock.stop()
    return {DEFAULT: next(iter(own.values())), **at_thresholds(len(table), left, right, chance, GRID)}


run(work)
