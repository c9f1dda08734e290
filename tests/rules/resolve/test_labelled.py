"""Figures on labelled sets, which lie beside the checkout and not in it: no change may make them worse unseen."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from bench import matching as bench
from bench.matching.sets import os_name_bench
from bench.matching.worlds import WORLDS
from pipelines.resolve import link

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("fodors_zagat", 0.952),
        ("febrl3", 0.997),
        ("fake1000", 0.9),
        ("rldata10000", 0.93),
        ("senzing_truth", 0.7),
    ],
)
def test_a_labelled_set(name: str, least: float) -> None:
    folder = ROOT / ".." / "shared" / "labelled" / name
    if not folder.is_dir():
        pytest.skip("the labelled sets are not beside the checkout")
    for given in bench.SETS[name](folder):
        found = link(given.cards, given.kind)
        assert bench.scores(found["entity_id"], given.truth)[2] >= least


@pytest.mark.parametrize("kind", ["person", "company"])
def test_pairs_of_names_alone(kind: str) -> None:
    folder = ROOT / ".." / "shared" / "labelled" / "os_name_bench"
    if not folder.is_dir():
        pytest.skip("the labelled sets are not beside the checkout")
    pairs = os_name_bench(folder)
    pairs = pairs[pairs["kind"] == kind]
    column = "full_name" if kind == "person" else "company_name"
    cards = [pd.DataFrame({"card_id": ["1", "2"], column: [one, two]})
             for one, two in zip(pairs["one"], pairs["two"], strict=True)]  # fmt: skip
    linked = pd.Series([len(set(link(two, kind)["entity_id"])) == 1 for two in cards], index=pairs.index)
    right = (linked & pairs["same"]).sum()
    assert 2 * right / (linked.sum() + pairs["same"].sum()) >= 0.84


@pytest.mark.parametrize("kind", ["person", "company"])
def test_the_hard_world(kind: str) -> None:
    given = WORLDS["hard"][kind](6000, 77)
    found = link(given.cards, given.kind)
    precision, _, f1 = bench.scores(found["entity_id"], given.truth)
    assert precision >= 0.93
    assert f1 >= 0.9


@pytest.mark.parametrize("make", ["invented", "invented_companies"])
def test_an_invented_set(make: str) -> None:
    given = getattr(bench, make)(4000, 11)
    found = link(given.cards, given.kind)
    precision, recall, _ = bench.scores(found["entity_id"], given.truth.reset_index(drop=True))
    assert precision >= 0.98
    assert recall >= 0.98
