"""goldenmatch: its zero-config `dedupe_df`, or a Fellegi-Sunter matchkey with multi-pass blocking as its docs say."""

from __future__ import annotations

import logging
import os
from typing import Any

os.environ.setdefault("GOLDENMATCH_TELEMETRY", "0")

import numpy as np
import pandas as pd
import pyarrow as pa
from common import DEFAULT, Clock, at_thresholds, run
from goldenmatch import dedupe_df
from goldenmatch.config.schemas import (
    BlockingConfig,
    BlockingKeyConfig,
    GoldenMatchConfig,
    MatchkeyConfig,
    MatchkeyField,
)

logging.disable(logging.WARNING)
GRID = [0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99]
SCORERS = {"first": "jaro_winkler", "last": "jaro_winkler", "name": "token_sort", "company": "token_sort",
           "email": "levenshtein", "phone": "levenshtein", "street": "token_sort", "locality": "jaro_winkler",
           "postal": "levenshtein", "dob": "levenshtein", "ssn": "levenshtein", "number": "exact", "lei": "exact",
           "domain": "exact"}  # fmt: skip
FREQUENT = {"first", "last", "name", "company", "locality"}
PASSES = {
    "person": (("first", "last"), ("email",), ("ssn",), ("dob", "last"), ("dob", "first"), ("phone", "last"),
               ("phone", "first"), ("domain", "last"), ("domain", "first"), ("company", "last"), ("company", "first"),
               ("postal", "last"), ("postal", "first"), ("first", "locality")),
    "company": (("name",), ("number",), ("lei",), ("domain",), ("phone",), ("street", "locality"), ("email",),
                ("postal", "name:substring:0:4"), ("locality", "name:substring:0:5")),
}  # fmt: skip


def configured(kind: str, has: set[str]) -> GoldenMatchConfig:
    """One probabilistic matchkey on all columns, blocked on the same keys as the other peers."""
    fields = [
        MatchkeyField(field=name, scorer=scorer, levels=2 if scorer == "exact" else 3, partial_threshold=0.85,
                      tf_adjustment=name in FREQUENT)
        for name, scorer in SCORERS.items() if name in has
    ]  # fmt: skip
    passes = [_key(parts) for parts in PASSES[kind] if {part.partition(":")[0] for part in parts} <= has]
    return GoldenMatchConfig(
        matchkeys=[MatchkeyConfig(name="card", type="probabilistic", fields=fields, review_threshold=0.1)],
        blocking=BlockingConfig(strategy="multi_pass", keys=passes[:1], passes=passes, max_block_size=500,
                                skip_oversized=True),
    )  # fmt: skip


def _key(parts: tuple[str, ...]) -> BlockingKeyConfig:
    transforms = {name: [how] for name, _, how in (part.partition(":") for part in parts) if how}
    return BlockingKeyConfig(fields=[part.partition(":")[0] for part in parts], field_transforms=transforms)


def _labels(count: int, clusters: Any) -> Any:
    """The cluster of each row; rows in none are alone."""
    found = np.arange(count) + count
    for number, each in enumerate(clusters.values()):
        found[[int(member) for member in each["members"]]] = number
    return found


def work(cards: pd.DataFrame, kind: str, options: dict[str, Any], clock: Clock) -> dict[str, Any]:
    kind = "person" if kind == "person" else "company"
    table = cards.drop(columns=["identifiers", "card_id"], errors="ignore").replace("", None)
    has = {name for name in table.columns if table[name].notna().sum() > 10}
    given = pa.Table.from_pandas(table[[name for name in table.columns if name in has]], preserve_index=False)
    config = None if options.get("zero") else configured(kind, has)
    clock.__init__()
    result = dedupe_df(given, config=config, confidence_required=False, allow_red_config=True)
    clusters = result.clusters
    own = _labels(len(table), clusters)
    clock.stop()
    pairs = np.array([*(result.scored_pairs or ()), *result.review_pairs] or np.empty((0, 3)), dtype=float)
    left, right = pairs[:, 0].astype(int), pairs[:, 1].astype(int)
    return {DEFAULT: own, **at_thresholds(len(table), left, right, pairs[:, 2], GRID)}


run(work)
