"""Steps as data: each finds what it needs among what was given and what came before it."""

from __future__ import annotations

import pickle
import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from pipelines.curate import golden
from pipelines.resolve import plan as resolving
from pipelines.steps import Step, query, rule
from pipelines.verify import plan as verifying

PLANS: dict[str, tuple[Sequence[Step], set[str]]] = {
    "verify cards": (verifying.cards(), {"cards", "claims", "sources", "feeds", "snapshots"}),
    "verify domains": (verifying.domains(), {"headers", "claims"}),
    "resolve companies": (resolving.companies(), {"headers", "claims"}),
    "resolve people": (resolving.people(), {"headers", "claims", "employers", "members"}),
    "curate": (
        golden.steps(),
        {"headers", "claims", "sources", "members", "decisions", "moves", "ledgers", "snapshots", *golden.LAST},
    ),
}


def same(batch: pd.DataFrame) -> pd.DataFrame:
    return batch


@pytest.mark.parametrize("name", PLANS)
def test_every_step_finds_what_it_needs_and_is_made_once(name: str) -> None:
    steps, known = PLANS[name]
    for step in steps:
        assert set(step.needs) <= known, step.name
        assert step.name not in known, step.name
        assert bool(step.query) != (step.rule is not None), step.name
        known = known | {step.name}


@pytest.mark.parametrize("name", PLANS)
def test_every_query_reads_what_it_says_and_leaves_no_blank(name: str) -> None:
    for step in PLANS[name][0]:
        if step.query:
            assert not re.search(r"\{[a-z_]*\}", step.query), step.name
            read = [need for need in step.needs if need in step.query]
            assert read or step.needs == (), step.name


@pytest.mark.parametrize("name", PLANS)
def test_every_rule_reads_one_table_and_can_be_sent_to_a_worker(name: str) -> None:
    for step in PLANS[name][0]:
        if step.rule is not None:
            assert len(step.needs) == 1
            assert pickle.loads(pickle.dumps(step.rule)) is step.rule  # noqa: S301 - our own bytes


def test_a_query_stands_in_the_file_of_its_name_or_another(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("SELECT 'é'", "utf-8")
    assert query(tmp_path, "a", "x", "y") == Step("a", ("x", "y"), query="SELECT 'é'")
    assert query(tmp_path, "b", file="a") == Step("b", (), query="SELECT 'é'")
    with pytest.raises(FileNotFoundError):
        query(tmp_path, "b")


def test_a_rule_may_ask_for_rows_to_come_together() -> None:
    assert rule("a", "b", same, together="c") == Step("a", ("b",), rule=same, together="c")
