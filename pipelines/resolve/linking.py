"""Resolve: cards in, entities out. The stages in order; each has its own module.

What belongs here: the two public functions, and how the stages feed each other. What does not: any judgement. Memory
grows with the cards, by about 3 to 5 kB each.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.resolve import blocking, clusters, decisions, identity, mixture
from pipelines.resolve.comparing import Comparer, number_comparisons
from pipelines.resolve.decisions import DECISION_COLUMNS, Resolution
from pipelines.resolve.features import EXCLUSIVE, KINDS, STRONG, features, is_strong, texts
from pipelines.resolve.judges import Integers, Levels
from pipelines.resolve.mixture import Reals

SHARED_BY = {"email": 2, "phone": 8, "domain": 8}
"""Different names above which a value is shared, and says nothing of who somebody is."""
NAMES_A_NUMBER = 25
"""Different names above which a number in a register is a placeholder."""
COMPLETED = 40
"""Rows of a component up to which the pairs that no key found are weighed too."""
WEAK_SCHEMES = 4
"""Registers that prove nothing by themselves, at most so many are compared: those on most cards."""
_PERSONAL = frozenset({"NPI", "CRD", "ORCID", "US-CIK"})
_CERTAIN = 0.999


def link(cards: pd.DataFrame, kind: str = "company") -> pd.DataFrame:
    """Which cards are of one entity.

    Args:
        cards: Card columns, raw or normal, any of them absent.
        kind: `company`, `person` or `site` (a place of business).

    Returns:
        card_id, entity_id, probability (that the card belongs there): one row a card id, in the order of `cards`.

    Raises:
        ValueError: The kind is none of the three.
    """
    return resolve(cards, kind).members


def resolve(
    cards: pd.DataFrame,
    kind: str = "company",
    judgements: pd.DataFrame | None = None,
    previous: pd.DataFrame | None = None,
) -> Resolution:
    """Which cards are of one entity, why, and what became of the ids of the last run.

    Args:
        cards: As for `link`; also `employer_id`, `former_names` (`;` between) and `no_link_group` (cards of one
            non-empty group are never one person).
        kind: `company`, `person` or `site`.
        judgements: left_id, right_id, judgement (`same`, `different`) of stewards; `different` beats `same`.
        previous: card_id, entity_id of the last run.

    Returns:
        Members, decisions and moves.

    Raises:
        ValueError: The kind is none of the three.
    """
    if kind not in KINDS:
        raise ValueError(f"no kind {kind!r}: one of {', '.join(KINDS)}")
    return _Run(cards.reset_index(drop=True), kind, _judged(judgements), _former(previous)).resolution(cards)


def _judged(judgements: pd.DataFrame | None) -> dict[tuple[str, str], str]:
    """The judgement of every pair of card ids, smaller id first."""
    if judgements is None or judgements.empty:
        return {}
    columns = (texts(judgements, name) for name in ("left_id", "right_id", "judgement"))
    found: dict[tuple[str, str], str] = {}
    for left, right, said in zip(*columns, strict=True):
        pair = (min(left, right), max(left, right))
        if said in (decisions.SAME, decisions.DIFFERENT) and left != right:
            found[pair] = decisions.DIFFERENT if decisions.DIFFERENT in (said, found.get(pair)) else said
    return found


def _former(previous: pd.DataFrame | None) -> dict[str, str]:
    if previous is None or previous.empty:
        return {}
    pairs = zip(texts(previous, "card_id"), texts(previous, "entity_id"), strict=True)
    return {card: entity for card, entity in pairs if card and entity}


@dataclass(frozen=True)
class _Weighed:
    """Pairs of nodes with what was found of them."""

    left: Integers
    right: Integers
    levels: Levels
    weights: Reals
    rules: npt.NDArray[np.object_]
    rare: Reals

    def __add__(self, other: _Weighed) -> _Weighed:
        names = ("left", "right", "levels", "weights", "rules", "rare")
        return _Weighed(*(np.concatenate([getattr(self, name), getattr(other, name)]) for name in names))

    def of(self, wanted: npt.NDArray[np.bool_]) -> _Weighed:
        names = ("left", "right", "levels", "weights", "rules", "rare")
        return _Weighed(*(getattr(self, name)[wanted] for name in names))


class _Run:
    """One run: cards become nodes (cards of equal content are one), nodes become entities."""

    def __init__(
        self, cards: pd.DataFrame, kind: str, judged: dict[tuple[str, str], str], former: dict[str, str]
    ) -> None:
        self.kind, self.judged, self.former = kind, judged, former
        self.ids = _ids(cards)
        self.groups = texts(cards, "no_link_group")
        found = features(cards, kind)
        _drop_shared(found, kind)
        self.node = self._nodes(found)
        first = pd.Series(np.arange(len(found))).groupby(self.node).first().to_numpy(dtype=np.int64)
        self.nodes = found.iloc[first].reset_index(drop=True)
        self.times = np.bincount(self.node, minlength=len(self.nodes))
        self.held = [text.split(";") if text else [] for text in self.nodes["identifiers"]]
        extra = number_comparisons(self.nodes, self._weak_numbers())
        self.comparer = Comparer(self.nodes, kind, extra)
        self.prior = mixture.built_in(kind, self.comparer.comparisons)
        self.mixture = self.prior

    def _nodes(self, found: pd.DataFrame) -> Integers:
        """The node of every card, numbered by content, so that the order of the cards is of no matter."""
        content = pd.util.hash_pandas_object(found, index=False)
        told_apart = {card for pair, said in self.judged.items() if said == decisions.DIFFERENT for card in pair}
        salt = self.ids.where(self.ids.isin(told_apart), "")
        order = pd.DataFrame({"content": content, "salt": salt, "group": self.groups, "id": self.ids})
        order = order.sort_values(["content", "salt", "id", "group"], kind="stable")
        turn = order.groupby(["content", "salt", "group"]).cumcount().where(order["group"] != "", 0)
        order["turn"] = turn
        return order.groupby(["content", "salt", "turn"], sort=True).ngroup().sort_index().to_numpy().astype(np.int64)

    def _strong(self, scheme: str) -> bool:
        return scheme in _PERSONAL if self.kind == "person" else is_strong(scheme)

    def _weak_numbers(self) -> dict[str, pd.Series[str]]:
        rows: dict[str, dict[int, str]] = defaultdict(dict)
        for row, held in enumerate(self.held):
            for item in held:
                scheme, _, value = item.partition(":")
                if not is_strong(scheme):
                    rows[scheme].setdefault(row, value)
        most = sorted(rows, key=lambda scheme: (-len(rows[scheme]), scheme))[:WEAK_SCHEMES]
        index = self.nodes.index
        return {scheme: pd.Series(rows[scheme], dtype=object).reindex(index).fillna("") for scheme in sorted(most)}

    def resolution(self, cards: pd.DataFrame) -> Resolution:
        """Runs the stages."""
        pairs = self._weighed_candidates()
        sets, proofs = self._known()
        alone = self._alone(pairs)
        usable = pairs.of((pairs.left != pairs.right) & ~alone[pairs.left] & ~alone[pairs.right])
        usable = self._without_ambiguous(usable + self._completion(usable))
        clusters.cluster(sets, usable.left, usable.right, usable.weights)
        entity, moves = self._named(sets.roots(), alone)
        chance = self._chances(usable, pairs, proofs, entity)
        members = pd.DataFrame({
            "card_id": cards["card_id"].to_numpy() if "card_id" in cards.columns else self.ids,
            "entity_id": pd.Series(entity, dtype="str"),
            "probability": chance,
        })  # fmt: skip
        members = members[~self.ids.duplicated().to_numpy()].reset_index(drop=True)
        found = self._decisions(usable + pairs.of(pairs.left == pairs.right), proofs, entity)
        return Resolution(members, found, pd.DataFrame(moves, columns=["old_id", "new_id", "kind"]).astype("str"))

    def _weighed_candidates(self) -> _Weighed:
        """All candidates, with the cards of one node as a pair of the node and itself."""
        left, right = blocking.candidates(self.nodes, self.kind)
        several = np.flatnonzero(self.times > 1)
        fitted = np.concatenate([left, several]), np.concatenate([right, several])
        levels = self.comparer.compare(*fitted)
        counted = np.where(fitted[0] == fitted[1], np.minimum(self.times[fitted[0]] - 1, 10), 1).astype(np.float64)
        roles = [one.role for one in self.comparer.comparisons]
        self.mixture = mixture.fit(self.prior, mixture.patterns(levels, counted), roles)
        wide = clusters.without(*blocking.candidates(self.nodes, self.kind, wide=True), left, right, len(self.nodes))
        return self._weighed(*fitted, levels) + self._weighed(*wide, self.comparer.compare(*wide))

    def _weighed(self, left: Integers, right: Integers, levels: Levels) -> _Weighed:
        seen = mixture.patterns(levels)
        weights = self.mixture.log_odds(seen.levels)[seen.of]
        rare = np.zeros(len(left))
        for at, one in enumerate(self.comparer.comparisons):
            if one.rare:
                rare += mixture.rarity(one, self.comparer.columns[one.field], levels[:, at], left)
        rare = mixture.bounded(rare)
        after, rules = decisions.ruled(self.kind, self.comparer.comparisons, levels, weights + rare)
        return _Weighed(left, right, levels, after, rules, rare)

    def _completion(self, pairs: _Weighed) -> _Weighed:
        """The pairs inside small components that no key found, weighed as well."""
        good = pairs.weights > 0
        label = clusters.components(len(self.nodes), pairs.left[good], pairs.right[good])
        left, right = clusters.missing_pairs(label, pairs.left, pairs.right, COMPLETED)
        return self._weighed(left, right, self.comparer.compare(left, right))

    def _without_ambiguous(self, pairs: _Weighed) -> _Weighed:
        """Refuses an initial that fits two people at once: nothing says whose it is."""
        if self.kind != "person":
            return pairs
        names = [one.name for one in self.comparer.comparisons]
        levels = dict(zip(names, pairs.levels.T, strict=True))
        first = self.nodes["first"].to_numpy(dtype=object)
        unclear = decisions.ambiguous(first, pairs.left, pairs.right, levels, pairs.weights)
        weights = np.where(unclear, -decisions.UNSURE + 1, pairs.weights)
        return replace(pairs, weights=weights, rules=np.where(unclear, "ambiguous_initial", pairs.rules))

    def _alone(self, pairs: _Weighed) -> npt.NDArray[np.bool_]:
        """Nodes whose cards say too little to be one: nothing at all, or only a name that many have."""
        alone = np.zeros(len(self.nodes), dtype=bool)
        weak = (pairs.left == pairs.right) & (pairs.weights <= 0)
        alone[pairs.left[weak]] = True
        proven = [any(self._strong(item.partition(":")[0]) for item in held) for held in self.held]
        return np.asarray(alone & ~np.array(proven, dtype=bool), dtype=bool)

    def _known(self) -> tuple[clusters.Guarded, list[tuple[int, int, str]]]:
        """The sets that judgements, equal card ids and numbers make one, and by what, as (node, node, reason)."""
        sets = self._guarded()
        place = {card: int(self.node[at]) for at, card in enumerate(self.ids)}
        judged = [(place[a], place[b], said) for (a, b), said in sorted(self.judged.items()) if {a, b} <= place.keys()]
        for left, right, said in judged:
            if said == decisions.DIFFERENT:
                sets.part(left, right)
        steps = [(left, right, "judgement") for left, right, said in judged if said == decisions.SAME]
        steps += self._twice() + self._numbered()
        proofs = []
        for left, right, reason in steps:
            if sets.join(left, right, judged=reason == "judgement") and left != right:
                proofs.append((left, right, reason))
        return sets, proofs

    def _guarded(self) -> clusters.Guarded:
        """Every node a set, with the numbers and groups that forbid some to be one."""
        numbers: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row, held in enumerate(self.held):
            for item in held:
                scheme, _, value = item.partition(":")
                if scheme in EXCLUSIVE[self.kind]:
                    numbers[row][scheme].add(value)
        grouped: dict[int, set[str]] = defaultdict(set)
        for card in np.flatnonzero(self.groups != ""):
            grouped[int(self.node[card])].add(self.groups[card])
        return clusters.Guarded(len(self.nodes), numbers, grouped)

    def _twice(self) -> list[tuple[int, int, str]]:
        """Cards that are there more than once, under one id."""
        twice = np.flatnonzero(self.ids.duplicated(keep=False))
        rows = sorted((self.ids.iloc[at], int(self.node[at])) for at in twice)
        return [(a[1], b[1], "card_id") for a, b in pairwise(rows) if a[0] == b[0]]

    def _numbered(self) -> list[tuple[int, int, str]]:
        """Nodes with an equal number in a register that proves who it is, unless very many names carry it."""
        bearers: dict[str, list[int]] = defaultdict(list)
        for row, held in enumerate(self.held):
            for item in held:
                if self._strong(item.partition(":")[0]):
                    bearers[item].append(row)
        column = self.nodes["last" if self.kind == "person" else "name"]
        rank = {scheme: at for at, scheme in enumerate(STRONG)}
        steps = []
        for item in sorted(bearers, key=lambda one: (rank.get(one.partition(":")[0], len(rank)), one)):
            rows = bearers[item]
            if len(rows) > NAMES_A_NUMBER and column.iloc[rows].nunique() > NAMES_A_NUMBER:
                continue
            steps += [(rows[0], row, f"number:{item.partition(':')[0]}") for row in rows[1:]]
        return self._plausible(steps)

    def _plausible(self, steps: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
        """Leaves out equal numbers of registers not known by name where nothing but the number agrees."""
        if not steps or self.kind == "person":
            return steps
        levels = self.comparer.compare(*(np.array([step[side] for step in steps], dtype=np.int64) for side in (0, 1)))
        found = {one.name: levels[:, at] for at, one in enumerate(self.comparer.comparisons)}
        doubtful = (found["name"] == 0) & (found["domain"] <= 0) & (found["phone"] <= 0)
        return [
            step
            for step, doubt in zip(steps, doubtful, strict=True)
            if step[2].partition(":")[2] in STRONG or not doubt
        ]

    def _named(self, roots: Integers, alone: npt.NDArray[np.bool_]) -> tuple[list[str], list[identity.Move]]:
        """The entity id of every card."""
        root = roots[self.node]
        # A card that says too little stands by itself; its id, which is its own, tells it from its like.
        single = alone[self.node]
        root = np.where(single, len(roots) + pd.factorize(self.ids)[0], root)
        members = list(clusters.enumerate_sets(root))
        ids = self.ids.to_numpy(dtype=object)
        cards = [sorted(set(ids[rows])) for rows in members]
        named, moves = identity.assign(cards, self.former)
        entity = np.empty(len(self.ids), dtype=object)
        for rows, name in zip(members, named, strict=True):
            entity[rows] = name
        return entity.tolist(), moves

    def _chances(
        self, pairs: _Weighed, all_pairs: _Weighed, proofs: list[tuple[int, int, str]], entity: list[str]
    ) -> Reals:
        """The chance that each card belongs where it is: that of its best link there; 1 for one that is alone."""
        of_node = pd.Series(entity).groupby(self.node).first().to_numpy()
        best = np.full(len(self.nodes), -np.inf)
        inside = of_node[pairs.left] == of_node[pairs.right]
        for side in (pairs.left, pairs.right):
            np.maximum.at(best, side[inside], pairs.weights[inside])
        own = all_pairs.left == all_pairs.right
        np.maximum.at(best, all_pairs.left[own], all_pairs.weights[own])
        chance = mixture.probability(best)
        for left, right, _ in proofs:
            chance[[left, right]] = np.maximum(chance[[left, right]], _CERTAIN)
        size = pd.Series(entity).groupby(entity).transform("size").to_numpy()
        return np.where(size == 1, 1.0, chance[self.node])

    def _decisions(self, pairs: _Weighed, proofs: list[tuple[int, int, str]], entity: list[str]) -> pd.DataFrame:
        """Every pair that is not clearly different, with its reasons."""
        first = pd.Series(np.arange(len(self.ids))).groupby(self.node).first().to_numpy()
        spoken = self._smallest_ids()
        of_node = np.array(entity, dtype=object)[first]
        together = of_node[pairs.left] == of_node[pairs.right]
        told = pairs.of(together & (pairs.left != pairs.right) | (pairs.weights > -decisions.UNSURE))
        told = told.of(told.left != told.right)
        frame = pd.DataFrame({
            "left_id": spoken[told.left], "right_id": spoken[told.right], "weight": told.weights,
            "outcome": decisions.outcomes(told.weights, of_node[told.left] == of_node[told.right]),
            "reasons": self._reasons(told),
        })  # fmt: skip
        proven = pd.DataFrame(
            [
                (spoken[a], spoken[b], clusters.BOUND, decisions.SAME, f"{why}=equal:+{clusters.BOUND}")
                for a, b, why in proofs
            ],
            columns=["left_id", "right_id", "weight", "outcome", "reasons"],
        )
        ruled = pd.DataFrame(
            [(a, b, clusters.BOUND if said == decisions.SAME else -clusters.BOUND, said, f"judgement={said}")
             for (a, b), said in sorted(self.judged.items())],
            columns=["left_id", "right_id", "weight", "outcome", "reasons"],
        )  # fmt: skip
        whole = pd.concat([one for one in (ruled, proven, frame) if len(one)] or [frame], ignore_index=True)
        low, high = whole[["left_id", "right_id"]].min(axis=1), whole[["left_id", "right_id"]].max(axis=1)
        whole = whole.assign(left_id=low, right_id=high).drop_duplicates(["left_id", "right_id"])
        whole["probability"] = mixture.probability(whole["weight"].to_numpy(dtype=np.float64))
        return whole.sort_values(["left_id", "right_id"])[DECISION_COLUMNS].reset_index(drop=True)

    def _smallest_ids(self) -> npt.NDArray[np.object_]:
        """The card id that stands for each node."""
        ids, rank = np.unique(self.ids.to_numpy(dtype=object), return_inverse=True)
        smallest = np.full(len(self.nodes), len(ids))
        np.minimum.at(smallest, self.node, rank)
        return np.asarray(ids[smallest], dtype=object)

    def _reasons(self, pairs: _Weighed) -> npt.NDArray[np.object_]:
        seen = mixture.patterns(pairs.levels)
        said = mixture.as_text(self.mixture, self.comparer.comparisons, seen.levels).to_numpy(dtype=object)[seen.of]
        rare = pd.Series(np.round(pairs.rare, 1)).map(lambda one: f" rarity:{one:+.1f}" if one else "")
        rules = pd.Series(pairs.rules).map(lambda one: f" rule:{one}" if one else "")
        return np.asarray(said + rare.to_numpy(dtype=object) + rules.to_numpy(dtype=object), dtype=object)


def _ids(cards: pd.DataFrame) -> pd.Series[str]:
    """Card ids as texts; a card without one goes by its place."""
    named = texts(cards, "card_id")
    return named.where(named != "", "row " + pd.Series(cards.index.astype(str), index=cards.index, dtype=object))


def _drop_shared(found: pd.DataFrame, kind: str) -> None:
    """Blanks, in place, the values that too many different names carry: they are evidence for nobody."""
    names = found["last"].map(blocking.sound) if kind == "person" else found["name"].str[:6]
    for column in ("email",) if kind == "person" else ("email", "phone", "domain"):
        known = (found[column] != "") & (names != "")
        carried = names[known].groupby(found[column][known]).nunique()
        shared = set(carried.index[carried > SHARED_BY[column]])
        found[column] = found[column].where(~found[column].isin(shared), "")
