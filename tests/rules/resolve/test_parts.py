"""The parts of matching by themselves: normal forms, keys, the mixture, the clustering."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipelines.resolve import blocking, clusters, mixture
from pipelines.resolve.comparing import COMPARISONS, Packing
from pipelines.resolve.decisions import RULES
from pipelines.resolve.facts import Facts
from pipelines.resolve.features import domain_key, email_key, identifier_keys, phone_key
from pipelines.resolve.judges import organisation_names
from pipelines.resolve.organisations import NAME


def test_keys_of_contact_values() -> None:
    assert phone_key("+44 (0)20 7946 0123 ext. 44") == phone_key("020 7946 0123")
    assert phone_key("000000") == phone_key("12") == ""
    assert domain_key("HTTPS://www.Brandeko.example.com:443/a?b") == "brandeko.example.com"
    assert domain_key("rt@gmail.com") == ""
    assert email_key("Robert <R.Tallis+news@Brandeko.example.com>") == "r.tallis@brandeko.example.com"
    assert email_key("info@brandeko.example.com") == email_key("nobody") == ""
    assert identifier_keys("lei: 77 12; cik:0000123 ;EIN:000000000;:;x") == "LEI:7712;US-CIK:0000000123"


def test_a_hub_key_costs_nothing_and_a_pair_is_found_once() -> None:
    rows = np.arange(1000, dtype=np.int64)
    hub, narrow = np.full(1000, 7, dtype=np.uint64), (rows // 2 + 1000).astype(np.uint64)
    keys = [blocking.Key(hub), blocking.Key(narrow), blocking.Key(narrow[::-1].copy(), 60, rows[::-1].copy())]
    left, right = blocking.join([("one", key) for key in keys], Facts())
    assert left.tolist() == list(range(0, 1000, 2))
    assert (right == left + 1).all()


def test_a_row_without_a_key_is_in_no_pair_and_the_cap_bounds_the_candidates() -> None:
    keys = (np.arange(500) // 50 + 1).astype(np.uint64)
    assert len(blocking.join([("one", blocking.Key(keys, cap=50))], Facts())[0]) == 10 * 50 * 49 // 2
    assert len(blocking.join([("one", blocking.Key(keys, cap=49))], Facts())[0]) == 0
    assert len(blocking.join([("one", blocking.Key(np.zeros(500, dtype=np.uint64)))], Facts())[0]) == 0


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("brandeko optics", "optics brandeko", "near"),
        ("brandeko optics", "brandekko optics", "near"),
        ("brandeko optics", "brandeko optics holdings", "kin"),
        ("brandeko fund 2", "brandeko fund 3", "kin"),
        ("brandeko optics", "brandeko", "part"),
        ("brandeko optics", "brandeko foods", "overlap"),
        ("bof", "brandeko optics factory", "acronym"),
        ("brandeko optics", "zelkova", "different"),
    ],
)
def test_levels_of_organisation_names(left: str, right: str, level: str) -> None:
    sides = (np.array([one], dtype=object) for one in (left, right))
    assert NAME[organisation_names(*sides)[0]] == level


@pytest.mark.parametrize("kind", ["company", "person", "site"])
def test_the_shipped_chances_fit_the_comparisons(kind: str) -> None:
    prior = mixture.shipped().mixture(kind, COMPARISONS[kind])
    assert (prior.classes > 0).all()
    for one, table in zip(COMPARISONS[kind], prior.chances, strict=True):
        assert table.shape == (len(prior.classes), len(one.levels))
        assert one.sentence.endswith(".")
    assert all(rule.sentence.endswith(".") for rule in RULES[kind])


def test_em_finds_the_rates_that_made_the_pairs_and_few_pairs_change_little() -> None:
    rng = np.random.default_rng(4)
    comparisons = COMPARISONS["site"][:1] + COMPARISONS["site"][5:7]
    prior = mixture.normal(mixture.shipped().mixture("site", comparisons))
    same = rng.random(40_000) < 0.1
    levels = np.stack(
        [np.where(rng.random(40_000) < np.where(same, 0.97, 0.01), len(one.levels) - 1, 0) for one in comparisons],
        axis=1,
    ).astype(np.int8)
    roles, packing = [one.role for one in comparisons], Packing(comparisons)
    assert (packing.unpack(packing.pack(levels.T)) == levels).all()
    fitted = mixture.fit(prior, mixture.patterns(packing, packing.pack(levels.T)), roles)
    assert fitted.classes[0] == pytest.approx(0.1, abs=0.01)
    assert fitted.chances[1][:, -1].tolist() == pytest.approx([0.97, 0.01], abs=0.01)
    few = mixture.fit(prior, mixture.patterns(packing, packing.pack(levels[:5].T)), roles)
    assert few.chances[1][:, -1].tolist() == pytest.approx(prior.chances[1][:, -1].tolist(), abs=0.05)


def test_average_linkage_does_not_chain() -> None:
    left, right = np.array([0, 1, 0]), np.array([1, 2, 2])
    sets = clusters.Guarded(4, {}, {})
    assert clusters.cluster(sets, left, right, np.array([5.0, 4.0, -9.0])).tolist() == [0, 0, 2, 3]


def test_sets_that_all_agree_are_one_unless_something_forbids_it() -> None:
    left, right, weights = np.array([0, 1, 0, 3]), np.array([1, 2, 2, 4]), np.array([5.0, 4.0, 3.0, 2.0])
    assert clusters.cluster(clusters.Guarded(5, {}, {}), left, right, weights).tolist() == [0, 0, 0, 3, 3]
    numbered = clusters.Guarded(5, {0: {"LEI": {"A"}}, 2: {"LEI": {"B"}}}, {3: {1}, 4: {1}})
    assert clusters.cluster(numbered, left, right, weights).tolist() == [0, 0, 2, 3, 4]
    parted = clusters.Guarded(5, {}, {})
    parted.part(0, 1)
    assert len(set(clusters.cluster(parted, left, right, weights)[:2].tolist())) == 2


def test_components_are_named_by_their_smallest_row() -> None:
    path = np.arange(1, 50, dtype=np.int64)
    assert clusters.components(51, path, path - 1).tolist() == [0] * 50 + [50]


def test_what_is_forbidden_stays_forbidden_through_a_third() -> None:
    sets = clusters.Guarded(3, {0: {"LEI": {"A"}}, 2: {"LEI": {"B"}}}, {})
    assert sets.join(0, 1)
    assert not sets.join(1, 2)
    assert pd.Series(sets.roots()).tolist() == [0, 0, 2]
