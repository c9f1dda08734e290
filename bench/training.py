"""Learns the model of matching that ships as data: `python -m bench.training` writes `pipelines/resolve/model.yml`.

What belongs here: the pairs to learn from, with their labels, and two steps: EM that is told which pairs are the same
(the others are divided among the classes by what they look like), then a descent that sharpens the log-weights against
the labels, held to what EM found. Only weights of levels leave this module, never a row. Half of each labelled set, by
entity, and other seeds of the worlds are left for judging.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import yaml

from bench.matching.sets import LABELLED, SETS, Labelled, os_name_bench
from bench.matching.worlds import WORLDS
from pipelines.resolve import linking, mixture
from pipelines.resolve.comparing import COMPARISONS, Comparison
from pipelines.resolve.decisions import RULES
from pipelines.resolve.judges import DATE, NEARLY, Levels, dates, numbers
from pipelines.resolve.mixture import Model, Reals
from pipelines.resolve.run import Run
from pipelines.resolve.weighing import Weighed

PAGE = Path(linking.__file__).with_name("model.yml")
VERSION = "3"
ROWS = {"plain": 20_000, "febrl": 8_000, "hard": 20_000}
SEEDS = (11, 12)
SHARES = {
    "plain": 1.0, "febrl": 0.7, "hard": 3.0, "names": 5.0, "senzing_truth person": 0.1, "senzing_truth company": 0.02,
    "fake1000": 1.0, "febrl3": 0.5, "rldata10000": 2.0, "fodors_zagat": 1.0,
}  # fmt: skip
"""How much each set or world counts."""
EM_ROUNDS, STEPS, STRENGTH = 40, 600, 0.002
HELD = {"person": 0.0001, "company": 0.0001, "site": 0.002}
"""How strongly the descent is held to what EM found; shares of all pairs. Of sites there are few."""
APART = 0.02
"""How much a pair counts that a rule keeps apart: a little, so that differences stay what they are without a rule."""
NOT_LEARNED, SHOWN = ("job_title",), 1e-6
RULED_APART = (("first_name", "different"), ("last_name", "different"), ("last_name", "part"), ("domain", "different"))
"""Levels that a rule keeps apart but for pairs that a number or a date speaks for: those few teach the contrary."""
DAY = Comparison("date", DATE, "Any date.", "identifiers", dates, "number")
NUMBER = Comparison("number", NEARLY, "Any register.", "identifiers", numbers, "number")
_FOUR_PERSON = {
    "classes": (0.25, 0.10, 0.35, 0.30),
    "first_name": ((0.02, 0.02, 0.03, 0.10, 0.10, 0.08, 0.65), (0.02, 0.01, 0.01, 0.05, 0.05, 0.03, 0.83),
                   (0.82, 0.05, 0.01, 0.04, 0.04, 0.005, 0.035), (0.71, 0.04, 0.005, 0.035, 0.05, 0.01, 0.15)),
    "last_name": ((0.03, 0.02, 0.03, 0.10, 0.82), (0.01, 0.01, 0.02, 0.05, 0.91), (0.80, 0.05, 0.01, 0.05, 0.09),
                  (0.61, 0.04, 0.02, 0.08, 0.25)),
    "middle_name": ((0.05, 0.35, 0.60), (0.80, 0.10, 0.10), (0.90, 0.05, 0.05), (0.90, 0.05, 0.05)),
    "generation": ((0.02, 0.98), (0.60, 0.40), (0.80, 0.20), (0.50, 0.50)),
    "email_address": ((0.20, 0.06, 0.06, 0.09, 0.59), (0.92, 0.01, 0.005, 0.06, 0.005), (0.96, 0.01, 0.01, 0.01, 0.01),
                      (0.98, 0.005, 0.002, 0.01, 0.003)),
    "employer": ((0.08, 0.10, 0.40, 0.42), (0.93, 0.02, 0.03, 0.02), (0.04, 0.08, 0.44, 0.44),
                 (0.90, 0.03, 0.04, 0.03)),
    "domain": ((0.1387, 0.0225, 0.8387), (0.957, 0.006, 0.037), (0.111, 0.018, 0.871), (0.9248, 0.0105, 0.06475)),
    "job_title": ((0.45, 0.20, 0.35), (0.85, 0.10, 0.05), (0.82, 0.12, 0.06), (0.88, 0.08, 0.04)),
    "phone": ((0.3237, 0.0525, 0.6238), (0.9785, 0.003, 0.0185), (0.3237, 0.0525, 0.6238), (0.9677, 0.0045, 0.02775)),
    "street": ((0.25, 0.05, 0.20, 0.50), (0.95, 0.02, 0.01, 0.02), (0.20, 0.05, 0.20, 0.55), (0.93, 0.03, 0.02, 0.02)),
    "area": ((0.10, 0.10, 0.30, 0.50), (0.80, 0.05, 0.12, 0.03), (0.08, 0.07, 0.30, 0.55), (0.70, 0.06, 0.19, 0.05)),
    "number": ((0.08, 0.12, 0.80), (0.95, 0.03, 0.02), (0.95, 0.03, 0.02), (0.95, 0.03, 0.02)),
    "date": ((0.05, 0.05, 0.10, 0.80), *((0.94, 0.03, 0.02, 0.01),) * 3),
}  # fmt: skip
_FOUR_COMPANY = {
    "classes": (0.30, 0.08, 0.32, 0.30),
    "name": ((0.02, 0.02, 0.02, 0.03, 0.07, 0.02, 0.17, 0.65), (0.01, 0.01, 0.03, 0.02, 0.03, 0.01, 0.10, 0.79),
             (0.50, 0.02, 0.14, 0.20, 0.10, 0.002, 0.018, 0.02), (0.67, 0.03, 0.06, 0.15, 0.05, 0.005, 0.02, 0.015)),
    "legal_form": ((0.12, 0.88), (0.35, 0.65), (0.45, 0.55), (0.50, 0.50)),
    "email_address": ((0.40, 0.60), (0.97, 0.03), (0.90, 0.10), (0.995, 0.005)),
    "domain": ((0.1387, 0.0225, 0.8387), (0.9248, 0.0105, 0.06475), (0.57, 0.06, 0.37), (0.9677, 0.0045, 0.02775)),
    "country": ((0.02, 0.98), (0.40, 0.60), (0.05, 0.95), (0.30, 0.70)),
    "phone": ((0.3237, 0.0525, 0.6238), (0.9462, 0.0075, 0.04625), (0.4625, 0.075, 0.4625), (0.9785, 0.003, 0.0185)),
    "street": ((0.35, 0.05, 0.15, 0.45), (0.95, 0.03, 0.01, 0.01), (0.25, 0.05, 0.20, 0.50), (0.94, 0.03, 0.01, 0.02)),
    "area": ((0.20, 0.10, 0.25, 0.45), (0.80, 0.05, 0.10, 0.05), (0.10, 0.05, 0.25, 0.60), (0.60, 0.08, 0.22, 0.10)),
    "number": ((0.08, 0.12, 0.80), (0.95, 0.03, 0.02), (0.95, 0.03, 0.02), (0.95, 0.03, 0.02)),
    "date": ((0.05, 0.05, 0.10, 0.80), *((0.94, 0.03, 0.02, 0.01),) * 3),
}  # fmt: skip
_TWO_SITE = {
    "classes": (0.25, 0.75),
    "name": ((0.04, 0.02, 0.02, 0.07, 0.12, 0.02, 0.22, 0.49), (0.68, 0.05, 0.04, 0.11, 0.05, 0.005, 0.035, 0.03)),
    "legal_form": ((0.30, 0.70), (0.50, 0.50)),
    "email_address": ((0.40, 0.60), (0.97, 0.03)),
    "domain": ((0.185, 0.03, 0.785), (0.785, 0.03, 0.185)),
    "country": ((0.01, 0.99), (0.30, 0.70)),
    "phone": ((0.185, 0.03, 0.785), (0.9677, 0.0045, 0.02775)),
    "street": ((0.10, 0.05, 0.30, 0.55), (0.85, 0.08, 0.03, 0.04)),
    "area": ((0.10, 0.10, 0.30, 0.50), (0.50, 0.05, 0.30, 0.15)),
    "number": ((0.08, 0.12, 0.80), (0.95, 0.03, 0.02)),
    "date": ((0.05, 0.05, 0.10, 0.80), (0.94, 0.03, 0.02, 0.01)),
}  # fmt: skip
START: dict[str, dict[str, Any]] = {"person": _FOUR_PERSON, "company": _FOUR_COMPANY, "site": _TWO_SITE}


"""Chances of the levels in the classes as far as they are known without data: where learning starts, and what it is
held to where no pair tells."""


@dataclass(frozen=True)
class Pairs:
    """Pairs of cards: how often each level of each comparison occurs in them, and whether they are the same.

    Attributes:
        levels: Shape (pairs, levels of all comparisons).
        fixed: What rarity adds to the log-odds.
        same: 1 or 0.
        weight: How much each counts.
    """

    levels: Reals
    fixed: Reals
    same: Reals
    weight: Reals


def chosen(entity: str) -> bool:
    """Whether what is of this entity is learned from; the other half is for judging."""
    return hashlib.blake2b(entity.encode(), digest_size=2).digest()[0] % 2 == 0


def _comparisons(kind: str) -> tuple[Comparison, ...]:
    return (*COMPARISONS[kind], NUMBER, DAY)


def starting(kind: str) -> Model:
    """The model before any data."""
    table = START[kind]
    comparisons = {
        one.name: {
            level: [float(np.log(chances[at] / sum(chances))) for chances in table[one.name]]
            for at, level in enumerate(one.levels)
        }
        for one in _comparisons(kind)
    }
    return Model("start", {kind: {"classes": np.log(table["classes"]).tolist(), "comparisons": comparisons}})


def _ruled(kind: str, comparisons: tuple[Comparison, ...], levels: Levels) -> npt.NDArray[np.bool_]:
    """Pairs that a rule keeps apart: weights are of no matter to them."""
    found = {one.name: levels[:, at] for at, one in enumerate(comparisons)}
    held = [rule.holds(found) for rule in RULES[kind] if not (rule.joins or rule.common)]
    return np.asarray(np.logical_or.reduce(held) if held else np.zeros(len(levels), dtype=bool), dtype=bool)


def pairs_of(given: Labelled, share: float) -> Pairs:
    """The candidates of a set with their labels, as matching sees them."""
    cards, truth = given.cards.reset_index(drop=True), given.truth.reset_index(drop=True)
    run = linking._run(cards, given.kind, model=starting(given.kind))  # noqa: SLF001 - learns from the pairs it weighs
    weighed = run.pairs if given.name != "names" else _beside(run)
    comparisons = run.comparer.comparisons
    levels = run.comparer.packing.unpack(weighed.pattern)
    entity = pd.Series(truth.to_numpy()).groupby(run.node).first().to_numpy()
    same = (entity[weighed.left] == entity[weighed.right]).astype(np.float64)
    counts = _counted(given.kind, comparisons, levels)
    weight = np.where(_ruled(given.kind, comparisons, levels), APART, 1.0)
    return Pairs(counts, weighed.rare.astype(np.float64), same, weight * share / max(float(weight.sum()), 1.0))


def _beside(run: Run) -> Weighed:
    """The pairs of a card of the first half of the frame with its like in the second."""
    half = len(run.node) // 2
    left, right = np.minimum(run.node[:half], run.node[half:]), np.maximum(run.node[:half], run.node[half:])
    return run.scales.weighed(left, right)


def _counted(kind: str, comparisons: tuple[Comparison, ...], levels: Levels) -> Reals:
    """How often each level of each comparison is in each pair; all registers found in the data count as one."""
    place = _places(kind)
    counts = np.zeros((len(levels), sum(len(one.levels) for one in _comparisons(kind))))
    for at, one in enumerate(comparisons):
        there = np.flatnonzero(levels[:, at] >= 0)
        np.add.at(counts, (there, place[one.name.partition(":")[0]] + levels[there, at]), 1.0)
    return counts


def _places(kind: str) -> dict[str, int]:
    sizes = [len(one.levels) for one in _comparisons(kind)]
    starts = np.cumsum([0, *sizes[:-1]]).tolist()
    return dict(zip((one.name for one in _comparisons(kind)), starts, strict=True))


def _learnable(kind: str) -> Iterator[tuple[Labelled, float]]:
    for name, read in SETS.items():
        for given in read(LABELLED / name) if (LABELLED / name).is_dir() else []:
            if given.kind == kind:
                half = given.truth.map(lambda entity: chosen(str(entity)))
                yield Labelled(given.name, kind, given.cards[half], given.truth[half]), SHARES[given.name]
    for name, kinds in WORLDS.items():
        for seed in SEEDS if kind in kinds else ():
            made = kinds[kind](ROWS[name], seed)
            if kind == "person" and seed == SEEDS[-1]:
                made = _employed(made)
            yield made, SHARES[name] / len(SEEDS)
    if kind != "site" and (LABELLED / "os_name_bench").is_dir():
        yield _name_pairs(kind), SHARES["names"]


def _employed(people: Labelled) -> Labelled:
    """The people with the entity of their employer, as the line resolves companies before people."""
    named = people.cards["company_name"].fillna("") != ""
    columns = people.cards.columns.difference(["full_name", "first_name", "last_name", "job_title", "identifiers"])
    found = linking.link(people.cards.loc[named, columns], "company").set_index("card_id")["entity_id"]
    return Labelled(
        people.name, "person", people.cards.assign(employer_id=people.cards["card_id"].map(found)), people.truth
    )


def _name_pairs(kind: str) -> Labelled:
    """Pairs of names as cards: all first ones, then all second ones; compared are the two of each pair only."""
    rows = os_name_bench(LABELLED / "os_name_bench")
    rows = rows[(rows["kind"] == kind) & rows["one"].map(lambda name: chosen(name.casefold()))].reset_index(drop=True)
    column = "full_name" if kind == "person" else "company_name"
    cards = pd.DataFrame({
        column: pd.concat([rows["one"], rows["two"]], ignore_index=True),
        "card_id": [f"{side}{at}" for side in "ab" for at in range(len(rows))],
    })  # fmt: skip
    truth = [f"{at if same else f'{at}{side}'}" for side in "ab" for at, same in enumerate(rows["same"])]
    return Labelled("names", kind, cards, pd.Series(truth))


def gathered(kind: str) -> Pairs:
    """All pairs to learn a kind from, with those of equal levels as one."""
    found = [pairs_of(given, share) for given, share in _learnable(kind)]
    whole = Pairs(*(np.concatenate([getattr(one, name) for one in found]) for name in Pairs.__dataclass_fields__))
    coarse = np.round(whole.fixed * 2) / 2
    key = np.column_stack([whole.levels, coarse, whole.same])
    distinct, of = np.unique(key, axis=0, return_inverse=True)
    weight = np.bincount(of.ravel(), weights=whole.weight)
    return Pairs(distinct[:, :-2], distinct[:, -2], distinct[:, -1], weight / weight.sum())


@dataclass
class Weights:
    """Log-weights: shape (classes,) and (classes, levels of all comparisons)."""

    classes: Reals
    levels: Reals

    def joint(self, pairs: Pairs) -> Reals:
        """Log-weight of every pair in every class."""
        return np.asarray(self.classes + pairs.levels @ self.levels.T, dtype=np.float64)


def _start(kind: str) -> Weights:
    known = starting(kind).kinds[kind]
    rows = [known["comparisons"][one.name][level] for one in _comparisons(kind) for level in one.levels]
    return Weights(np.array(known["classes"]), np.array(rows).T)


def told_em(kind: str, pairs: Pairs) -> Weights:
    """EM in which the pairs that are the same are known to be, and the others are of the other classes."""
    start = _start(kind)
    weights = start
    spans = [(at, at + len(one.levels)) for one, at in zip(_comparisons(kind), _places(kind).values(), strict=True)]
    for _ in range(EM_ROUNDS):
        joint = weights.joint(pairs)
        others = np.exp(joint[:, 1:] - np.logaddexp.reduce(joint[:, 1:], axis=1, keepdims=True))
        share = np.column_stack([pairs.same, others * (1 - pairs.same)[:, None]]) * pairs.weight[:, None]
        counts = share.T @ pairs.levels
        for low, high in spans:
            prior = np.exp(start.levels[:, low:high])
            held = counts[:, low:high] + STRENGTH * prior / prior.sum(axis=1, keepdims=True)
            counts[:, low:high] = np.log(held / held.sum(axis=1, keepdims=True))
        classes = share.sum(axis=0) + STRENGTH * np.exp(start.classes)
        weights = Weights(np.log(classes / classes.sum()), counts)
    return weights


def sharpened(pairs: Pairs, start: Weights, held: float, free: npt.NDArray[np.bool_]) -> Weights:
    """Weights that tell the labels best, not far from where they start: descent by Adam on the logistic loss.

    Args:
        pairs: To learn from.
        start: Where it starts.
        held: How strongly it is held to that.
        free: The levels of all comparisons whose weights may change.
    """
    moving = np.append(True, free)
    theta = np.concatenate([start.classes[:, None], start.levels], axis=1)
    origin, first, second = theta.copy(), np.zeros_like(theta), np.zeros_like(theta)
    design = np.column_stack([np.ones(len(pairs.same)), pairs.levels])
    for step in range(1, STEPS + 1):
        joint = design @ theta.T
        total = np.logaddexp.reduce(joint[:, 1:], axis=1)
        odds = joint[:, 0] - total + pairs.fixed
        wrong = (1 / (1 + np.exp(-np.clip(odds, -30, 30))) - pairs.same) * pairs.weight
        share = np.exp(joint[:, 1:] - total[:, None])
        slope = np.concatenate([(wrong @ design)[None], -(share * wrong[:, None]).T @ design]) + held * (theta - origin)
        slope *= moving
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        theta -= 0.02 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return Weights(theta[:, 0], theta[:, 1:])


def _given(kind: str) -> npt.NDArray[np.bool_]:
    """The levels of all comparisons that are not learned."""
    every = [(one.name, level) for one in _comparisons(kind) for level in one.levels]
    return np.array([one[0] in NOT_LEARNED or one in RULED_APART for one in every])


def _kept(kind: str, pairs: Pairs, weights: Weights) -> Weights:
    """Weights with what is not learned: titles (invented ones never vary as real ones do) and levels no pair shows."""
    start = _start(kind)
    shown = pairs.weight @ pairs.levels
    found, given = weights.levels.copy(), _given(kind)
    for one in _comparisons(kind):
        at = _places(kind)[one.name]
        for level in range(at, at + len(one.levels)):
            if given[level]:
                found[:, level] = start.levels[:, level]
            elif shown[level] < SHOWN:
                beside = level - 1 if level > at else level + 1
                found[:, level] = found[:, beside] + start.levels[:, level] - start.levels[:, beside]
    return Weights(weights.classes, found)


def learned(kind: str) -> dict[str, Any]:
    """The log-weights of a kind, as the model file holds them."""
    pairs = gathered(kind)
    weights = sharpened(pairs, _kept(kind, pairs, told_em(kind, pairs)), HELD[kind], ~_given(kind))
    weights = _kept(kind, pairs, weights)
    comparisons = {
        one.name: {
            level: _rounded(weights.levels[:, _places(kind)[one.name] + at]) for at, level in enumerate(one.levels)
        }
        for one in _comparisons(kind)
    }
    return {"classes": _rounded(weights.classes), "comparisons": comparisons}


def _rounded(values: Reals) -> list[float]:
    return [round(float(one), 2) for one in values]


def main() -> None:
    """Learns the kinds asked for and writes them, with the others as they were."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kinds", nargs="*", choices=list(START), default=list(START))
    parser.add_argument("--start", action="store_true", help="write the figures that learning starts from")
    asked = parser.parse_args()
    known = yaml.safe_load(PAGE.read_text(encoding="utf-8"))["kinds"] if PAGE.exists() else {}
    # people are learned last: half of them have an employer that companies were resolved for
    for kind in sorted(asked.kinds, key=list(START)[::-1].index):
        known[kind] = _started(kind) if asked.start else learned(kind)
        _write(known)


def _write(known: dict[str, Any]) -> None:
    """The model file, with the kinds in their order."""
    known = {kind: known[kind] for kind in START if kind in known}
    text = yaml.safe_dump({"version": VERSION, "kinds": known}, sort_keys=False, default_flow_style=None, width=120)
    PAGE.write_text("# What each level is worth: log-weights, one a class. Written by bench/training.py.\n" + text,
                    encoding="utf-8")  # fmt: skip
    mixture.shipped.cache_clear()


def _started(kind: str) -> dict[str, Any]:
    known = starting(kind).kinds[kind]
    return {"classes": _rounded(np.array(known["classes"])),
            "comparisons": {name: {level: _rounded(np.array(row)) for level, row in table.items()}
                            for name, table in known["comparisons"].items()}}  # fmt: skip


if __name__ == "__main__":
    main()
