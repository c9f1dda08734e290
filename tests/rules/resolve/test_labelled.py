"""Figures on labelled sets, which lie beside the checkout and not in it: no change may make them worse unseen."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from pipelines.resolve import link

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_matching", ROOT / "bench" / "matching.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("name", "least"), [("fodors_zagat", 0.95), ("febrl3", 0.99), ("fake1000", 0.9), ("rldata10000", 0.92)]
)
def test_a_labelled_set(bench: ModuleType, name: str, least: float) -> None:
    folder = ROOT / ".." / "shared" / "labelled" / name
    if not folder.is_dir():
        pytest.skip("the labelled sets are not beside the checkout")
    for given in bench.SETS[name](folder):
        found = link(given.cards, given.kind)
        assert bench.scores(found["entity_id"], given.truth)[2] >= least


@pytest.mark.parametrize("make", ["invented", "invented_companies"])
def test_an_invented_set(bench: ModuleType, make: str) -> None:
    given = getattr(bench, make)(4000, 11)
    found = link(given.cards, given.kind)
    precision, recall, _ = bench.scores(found["entity_id"], given.truth.reset_index(drop=True))
    assert precision >= 0.98
    assert recall >= 0.98
