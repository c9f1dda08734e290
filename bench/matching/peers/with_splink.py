"""Splink with the comparisons, training and blocking of its documentation, clustered at probability 0.95."""

from __future__ import annotations

import logging
from typing import Any

import numpy as np
import pandas as pd
import splink.comparison_library as cl
from common import DEFAULT, THREADS, Clock, at_thresholds, run
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

logging.getLogger("splink").setLevel(logging.ERROR)

OWN_THRESHOLD = 0.95
LOWEST_WEIGHT = -5
GRID = [-3, 0, 2, 4, 6, 8, 10, 12, 14, 17, 20, 23, 26, 30, 35, 40]
"""Match weights, log2 of the odds."""

RULES = {
    "person": (("first", "last"), ("email",), ("ssn",), ("dob", "last"), ("dob", "first"), ("phone", "last"),
               ("phone", "first"), ("domain", "last"), ("domain", "first"), ("company", "last"), ("company", "first"),
               ("postal", "last"), ("postal", "first"), ("first", "locality")),
    "company": (("name",), ("number",), ("lei",), ("domain",), ("phone", "substr(name,1,3)"), ("phone", "postal"),
                ("postal", "substr(name,1,4)"), ("street", "locality"), ("locality", "substr(name,1,5)"), ("email",)),
}  # fmt: skip
FEW = {"person": (("first", "last"), ("email",), ("domain", "last")),
       "company": (("name",), ("domain",), ("postal", "substr(name,1,4)"))}  # fmt: skip
SURE = {"person": (("first", "last", "email"), ("first", "last", "phone"), ("first", "last", "dob"), ("ssn",),
                   ("first", "last", "company"), ("first", "last", "street")),
        "company": (("name", "phone"), ("name", "domain"), ("name", "street"), ("number",), ("lei",))}  # fmt: skip
TRAINING = {"person": (("first", "last"), ("email",), ("dob",), ("company", "postal"), ("phone",)),
            "company": (("name",), ("domain",), ("phone",), ("street", "postal"))}  # fmt: skip
RECALL = 0.6


def comparisons(kind: str, has: set[str]) -> list[Any]:
    """Those of the documentation for the columns that are there."""
    frequent = {"term_frequency_adjustments": True}
    if kind == "person":
        names = [("first", cl.ForenameSurnameComparison("first", "last", forename_surname_concat_col_name="whole"))]
        names += [("company", cl.JaroWinklerAtThresholds("company", [0.92, 0.8]).configure(**frequent))]
    else:
        names = [("name", cl.NameComparison("name").configure(**frequent)), ("form", cl.ExactMatch("form"))]
    rest = [
        ("email", cl.EmailComparison("email")), ("domain", cl.ExactMatch("domain").configure(**frequent)),
        ("phone", cl.DamerauLevenshteinAtThresholds("phone", [1, 2])),
        ("street", cl.JaroWinklerAtThresholds("street", [0.92, 0.8])),
        ("postal", cl.DamerauLevenshteinAtThresholds("postal", [1, 2])),
        ("locality", cl.JaroWinklerAtThresholds("locality", [0.9]).configure(**frequent)),
        ("dob", cl.DamerauLevenshteinAtThresholds("dob", [1, 2])),
        ("ssn", cl.DamerauLevenshteinAtThresholds("ssn", [1, 2])),
        ("number", cl.ExactMatch("number")), ("lei", cl.ExactMatch("lei")),
    ]  # fmt: skip
    return [one for field, one in [*names, *rest] if field in has]


def rules(given: tuple[tuple[str, ...], ...], has: set[str]) -> list[Any]:
    """Blocking rules all of whose columns are there."""
    usable = [rule for rule in given if {part.removeprefix("substr(").split(",")[0] for part in rule} <= has]
    return [block_on(*rule) for rule in usable]


def train(linker: Linker, kind: str, has: set[str], options: dict[str, Any], clock: Clock) -> None:
    sure = rules(SURE[kind], has)
    if sure:
        linker.training.estimate_probability_two_random_records_match(sure, recall=RECALL)
    clock.lap("prior")
    linker.training.estimate_u_using_random_sampling(max_pairs=options.get("max_pairs", 1e8), seed=1)
    clock.lap("u")
    for rule in rules(TRAINING[kind], has)[:3]:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    clock.lap("EM")


def work(cards: pd.DataFrame, kind: str, options: dict[str, Any], clock: Clock) -> dict[str, Any]:
    kind = "person" if kind == "person" else "company"
    table = cards.drop(columns=["identifiers"], errors="ignore").replace("", None).reset_index(drop=True)
    table["unique_id"] = np.arange(len(table))
    has = {name for name in table.columns if table[name].notna().sum() > 10}
    if kind == "person":
        table["whole"] = table["first"] + " " + table["last"]
    clock.__init__()  # cleaning is left out of the time
    api = DuckDBAPI()
    api._con.execute(f"SET threads = {THREADS}")  # noqa: SLF001 - the documented connection
    settings = SettingsCreator(
        link_type="dedupe_only", retain_matching_columns=False,
        comparisons=comparisons(kind, has),
        blocking_rules_to_generate_predictions=rules((FEW if options.get("few") else RULES)[kind], has),
    )  # fmt: skip
    linker = Linker(api.register(table), settings)
    train(linker, kind, has, options, clock)
    predicted = linker.inference.predict(threshold_match_weight=LOWEST_WEIGHT)
    clock.lap("predict")
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
        predicted, threshold_match_probability=OWN_THRESHOLD
    ).as_pandas_dataframe()
    clock.lap("cluster")
    clock.stop()
    own = clusters.set_index("unique_id")["cluster_id"].reindex(table["unique_id"]).to_numpy()
    pairs = predicted.as_pandas_dataframe()
    left, right = pairs["unique_id_l"].to_numpy(), pairs["unique_id_r"].to_numpy()
    grid = at_thresholds(len(table), left, right, pairs["match_weight"].to_numpy(), GRID)
    return {DEFAULT: pd.factorize(own)[0], **grid}


run(work)
