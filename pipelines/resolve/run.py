"""One run: cards become nodes, nodes become entities; the stages in order, each of which has its own module.

What belongs here: how the stages feed each other. What does not: any judgement, and which cards are run.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd

from pipelines.resolve import blocking, clusters, decisions, identity, mixture
from pipelines.resolve.cards import Cards, contents, first_of, without_shared
from pipelines.resolve.codes import (
    Column,
    Flags,
    Hashes,
    Integers,
    Values,
    distinct,
    mixed,
    sorted_texts,
    spread,
)
from pipelines.resolve.decisions import Resolution
from pipelines.resolve.facts import (
    Facts,
)
from pipelines.resolve.features import STRONG, STRONG_OF_PEOPLE, is_exclusive, is_strong
from pipelines.resolve.judges import FIRST
from pipelines.resolve.mixture import Model, Reals
from pipelines.resolve.told import Proof, Told, of_judgements, of_proofs
from pipelines.resolve.weighing import Scales, Weighed

NAMES_A_NUMBER = 25
"""Different names above which a number in a register is a placeholder."""
COMPLETED = 40
"""Rows of a component up to which the pairs that no key found are weighed too."""
_CERTAIN = 0.999


class Run:
    """One run: cards become nodes (cards of equal content are one), nodes become entities.

    Args:
        cards: To resolve.
        kind: `company`, `person` or `site`.
        judged: The judgement of pairs of card ids.
        former: The entity that cards had.
        model: What levels are worth.
        facts: Of all cards, where these are only some.
        reserved: Ids of entities that have none of the cards.

    Attributes:
        ids: The ids of the cards, sorted.
        id: Of every card, a place in `ids`.
        base: Of every card, a hash of its content.
        node: Of every card, its node.
        contents: Of every node, a hash of its content, rising.
        scales: Of the nodes.
        entities: The ids of the entities.
        entity: Of every card, a place in `entities`.
        moves: What became of former ids.
    """

    def __init__(
        self,
        cards: Cards,
        kind: str,
        judged: dict[tuple[str, str], str],
        former: dict[str, str],
        model: Model,
        facts: Facts | None = None,
        reserved: Collection[str] = (),
    ) -> None:
        self.kind, self.judged, self.former, self.model = kind, judged, former, model
        self.facts, self.reserved = facts or Facts(), reserved
        self.given, self.groups = cards.given, cards.groups
        self._identify(cards.named)
        found = without_shared(cards.fields, kind, self.facts)
        self.node = self._nodes(found)
        first = first_of(self.node)
        self.times = np.bincount(self.node)
        self.scales = Scales({field: column.rows(first) for field, column in found.items()}, kind, model, self.facts)
        self.comparer, self.nodes, self.numbers = self.scales.comparer, self.scales.nodes, self.scales.numbers

    def _identify(self, named: Column) -> None:
        """The id of every card as a place in the sorted ids; a card without one goes by its place."""
        without = np.flatnonzero(~named.present)
        ids = np.concatenate([named.distinct, np.array([f"row {at}" for at in without.tolist()], dtype=object)])
        codes = named.codes.astype(np.int64)
        codes[without] = len(named.distinct) + np.arange(len(without))
        order = sorted_texts(ids)
        rank = np.empty(len(ids), dtype=np.int64)
        rank[order] = np.arange(len(ids))
        self.ids: Values = ids[order]
        self.id: Integers = rank[codes]

    def _nodes(self, found: dict[str, Column]) -> Integers:
        """The node of every card, numbered by content, so that the order of the cards is of no matter."""
        content = contents(found, self.ids, self.id, self.judged)
        self.base = content
        self.contents, node = np.unique(mixed(content, self._turn(content)), return_inverse=True)
        return np.asarray(node, dtype=np.int64)

    def _turn(self, content: Hashes) -> Hashes:
        """How many cards of the same content and group come before each, in the order of their ids."""
        turn = np.zeros(len(content), dtype=np.uint64)
        grouped = np.flatnonzero(self.groups.present)
        key = mixed(content[grouped], self.groups.rows(grouped).hashes())
        order = np.lexsort((self.id[grouped], key))
        starts = np.flatnonzero(np.diff(key[order], prepend=~key[order[:1]]))
        turn[grouped[order]] = spread(np.diff(starts, append=len(order))).astype(np.uint64)
        return turn

    def strong(self, scheme: str) -> bool:
        """Whether equal numbers of a register make two cards one entity."""
        return scheme in STRONG_OF_PEOPLE if self.kind == "person" else is_strong(scheme)

    def settle(self, weigh: Callable[[], Weighed] | None = None) -> None:
        """Runs the stages.

        Args:
            weigh: What finds and weighs the candidates, where most are known; called when `bonds` are.
        """
        sets, self.proofs = self._known()
        pairs = self.candidates = (weigh or self._weighed_candidates)()
        self.alone = self._alone(pairs)
        self.own = pairs.of(pairs.left == pairs.right)
        usable = pairs.of((pairs.left != pairs.right) & ~self.alone[pairs.left] & ~self.alone[pairs.right])
        self.pairs = self._without_bridges(self._without_ambiguous(usable + self._completion(usable)))
        counted = decisions.counted(self.kind, self.pairs.weights, self.pairs.rules)
        roots = clusters.cluster(sets, self.pairs.left, self.pairs.right, counted)
        self._name(roots)

    def resolution(self) -> Resolution:
        """What was found."""
        return Resolution(self.members(), self.decisions(), self.moved())

    def moved(self) -> pd.DataFrame:
        """old_id, new_id, kind: what became of former ids."""
        return pd.DataFrame(self.moves, columns=["old_id", "new_id", "kind"]).astype("str")

    def members(self) -> pd.DataFrame:
        """card_id, entity_id, probability: one row a card id, in the order of the cards."""
        once = np.sort(first_of(self.id))
        ids = self.ids[self.id] if self.given is None else self.given
        return pd.DataFrame({
            "card_id": ids[once],
            "entity_id": pd.Series(self.entities, dtype="str").take(self.entity[once]).array,
            "probability": self.chances()[once],
        })  # fmt: skip

    def _weighed_candidates(self) -> Weighed:
        """All candidates, with the cards of one node as a pair of the node and itself."""
        left, right = blocking.candidates(self.nodes, self.kind, facts=self.facts)
        several = np.flatnonzero(self.times > 1)
        fitted = np.concatenate([left, several]), np.concatenate([right, several])
        compared = self.comparer.compare(*fitted)
        if self.model.refit:
            counted = np.ones(len(compared))
            counted[len(left) :] = np.minimum(self.times[several] - 1, 10)
            roles = [one.role for one in self.comparer.comparisons]
            seen = mixture.patterns(self.comparer.packing, compared, counted)
            self.scales.mixture = mixture.fit(self.scales.mixture, seen, roles)
        wide = blocking.candidates(self.nodes, self.kind, wide=True, facts=self.facts)
        return self.scales.weighed(*fitted, compared) + self.scales.weighed(*clusters.without(*wide, left, right))

    def _completion(self, pairs: Weighed) -> Weighed:
        """The pairs inside small components that no key found, weighed as well."""
        good = pairs.weights > 0
        label = clusters.components(len(self.times), pairs.left[good], pairs.right[good])
        left, right = clusters.missing_pairs(label, pairs.left, pairs.right, COMPLETED)
        return self.scales.weighed(left, right)

    def _without_ambiguous(self, pairs: Weighed) -> Weighed:
        """Refuses an initial that fits two people at once: nothing says whose it is."""
        if self.kind != "person":
            return pairs
        seen = mixture.patterns(self.comparer.packing, pairs.pattern)
        levels = {one.name: seen.levels[:, at] for at, one in enumerate(self.comparer.comparisons)}
        initial = levels["first_name"] == FIRST.index("initial")
        at = np.flatnonzero(initial[seen.of] & (pairs.weights > 0))
        found = {name: column[seen.of[at]] for name, column in levels.items()}
        first, sides = self.nodes["first"].texts(), (pairs.left[at], pairs.right[at])
        unclear = at[decisions.ambiguous(first, *sides, found, pairs.weights[at])]
        weights, rules = pairs.weights.copy(), pairs.rules.copy()
        weights[unclear] = decisions.DOUBTED
        rules[unclear] = len(decisions.RULE_NAMES[self.kind]) - 1
        return replace(pairs, weights=weights, rules=rules)

    def _without_bridges(self, pairs: Weighed) -> Weighed:
        """Refuses the links of a card that fits two namesakes which a rule keeps apart: nothing says whose it is."""
        told = decisions.namesakes(self.kind)[pairs.rules] & (pairs.weights <= 0)
        if not told.any():
            return pairs
        label = clusters.components(len(self.times), *(side[pairs.weights > 0] for side in (pairs.left, pairs.right)))
        apart = told & (label[pairs.left] == label[pairs.right])
        contested = np.zeros(len(label), dtype=bool)
        contested[label[pairs.left[apart]]] = True
        links = np.flatnonzero((pairs.weights > 0) & contested[label[pairs.left]])
        found = pairs.left[links], pairs.right[links], pairs.weights[links]
        bridges = links[clusters.bridges(*found, pairs.left[apart], pairs.right[apart], decisions.CLEARLY)]
        weights, rules = pairs.weights.copy(), pairs.rules.copy()
        weights[bridges] = decisions.DOUBTED
        rules[bridges] = len(decisions.RULE_NAMES[self.kind]) - 1
        return replace(pairs, weights=weights, rules=rules)

    def _alone(self, pairs: Weighed) -> Flags:
        """Nodes whose cards say too little to be one: nothing at all, or only a name that many have."""
        alone = np.zeros(len(self.times), dtype=bool)
        alone[pairs.left[(pairs.left == pairs.right) & (pairs.weights <= 0)]] = True
        alone[self.numbers.rows[self.numbers.of(self.strong)]] = False
        return alone

    def _known(self) -> tuple[clusters.Guarded, list[Proof]]:
        """The sets that judgements, equal card ids and numbers make one, and by what, as (node, node, reason)."""
        sets = self._guarded()
        judged = self.judged_nodes()
        for left, right, said in judged:
            if said == decisions.DIFFERENT:
                sets.part(left, right)
        steps = [(left, right, "judgement") for left, right, said in judged if said == decisions.SAME]
        steps += self._twice() + self._numbered()
        proofs = []
        self.bonds = [(left, right) for left, right, _ in steps]
        for left, right, reason in steps:
            if sets.join(left, right, judged=reason == "judgement") and left != right:
                proofs.append((left, right, reason))
        return sets, proofs

    def judged_nodes(self) -> list[Proof]:
        """The judgements of cards that are there, by node."""
        if not self.judged:
            return []
        wanted = {card for pair in self.judged for card in pair}
        node = dict(zip(self.ids[self.id], self.node.tolist(), strict=True))
        place = {card: node[card] for card in wanted & node.keys()}
        return [(place[a], place[b], said) for (a, b), said in sorted(self.judged.items()) if {a, b} <= place.keys()]

    def _guarded(self) -> clusters.Guarded:
        """Every node a set, with the numbers and groups that forbid some to be one."""
        table, numbers = self.numbers, dict[int, dict[str, set[str]]]()
        exclusive = np.flatnonzero(table.of(lambda scheme: is_exclusive(scheme, self.kind)))
        for row, item in zip(table.rows[exclusive].tolist(), table.distinct[table.codes[exclusive]], strict=True):
            scheme, _, value = item.partition(":")
            numbers.setdefault(row, {}).setdefault(scheme, set()).add(value)
        grouped = dict[int, set[int]]()
        cards = np.flatnonzero(self.groups.present)
        for node, group in zip(self.node[cards].tolist(), self.groups.codes[cards].tolist(), strict=True):
            grouped.setdefault(node, set()).add(group)
        return clusters.Guarded(len(self.times), numbers, grouped)

    def _twice(self) -> list[Proof]:
        """Cards that are there more than once, under one id."""
        twice = np.flatnonzero((np.bincount(self.id, minlength=1) > 1)[self.id])
        rows = sorted(zip(self.id[twice].tolist(), self.node[twice].tolist(), strict=True))
        return [(a[1], b[1], "card_id") for a, b in pairwise(rows) if a[0] == b[0]]

    def _numbered(self) -> list[Proof]:
        """Nodes with an equal number in a register that proves who it is, unless very many names carry it."""
        table = self.numbers
        strong = np.flatnonzero(table.of(self.strong))
        strong = strong[np.argsort(table.codes[strong], kind="stable")]
        starts = np.flatnonzero(np.diff(table.codes[strong], prepend=-1))
        several = np.diff(starts, append=len(strong)) > 1
        ends = np.append(starts[1:], len(strong))[several]
        name = self.nodes["last" if self.kind == "person" else "name"].codes
        rank = {scheme: at for at, scheme in enumerate(STRONG)}
        found = []
        items = table.distinct[table.codes[strong[starts[several]]]]
        spans = [
            table.rows[strong[start:end]] for start, end in zip(starts[several].tolist(), ends.tolist(), strict=True)
        ]
        many = [
            len(rows) > NAMES_A_NUMBER and len(distinct(name[rows].astype(np.int64))) > NAMES_A_NUMBER for rows in spans
        ]
        hub = self.facts.hub(items, np.array(many, dtype=bool))
        for rows, item, common in zip(spans, items, hub.tolist(), strict=True):
            if common:
                continue
            scheme = item.partition(":")[0]
            found.append(((rank.get(scheme, len(rank)), item), scheme, rows.tolist()))
        return self._plausible([
            (rows[0], row, f"number:{scheme}") for _, scheme, rows in sorted(found) for row in rows[1:]
        ])  # fmt: skip

    def _plausible(self, steps: list[Proof]) -> list[Proof]:
        """Leaves out equal numbers of registers not known by name where nothing but the number agrees."""
        if not steps or self.kind == "person":
            return steps
        patterns = self.comparer.compare(*(np.array([step[at] for step in steps], dtype=np.int64) for at in (0, 1)))
        levels = self.comparer.packing.unpack(patterns)
        found = {one.name: levels[:, at] for at, one in enumerate(self.comparer.comparisons)}
        doubtful = (found["name"] == 0) & (found["domain"] <= 0) & (found["phone"] <= 0)
        return [
            step
            for step, doubt in zip(steps, doubtful, strict=True)
            if step[2].partition(":")[2] in STRONG or not doubt
        ]

    def _name(self, roots: Integers) -> None:
        """Gives every entity its id."""
        # A card that says too little stands by itself; its id, which is its own, tells it from its like.
        root = np.where(self.alone[self.node], len(roots) + self.id, roots[self.node])
        order = np.lexsort((self.id, root))
        starts = np.flatnonzero(np.diff(root[order], prepend=-1))
        sizes = np.diff(starts, append=len(order))
        self.entity: Integers = np.empty(len(root), dtype=np.int64)
        self.entity[order] = np.repeat(np.arange(len(starts)), sizes)
        founders = self.ids[self.id[order[starts]]]
        self.moves: list[identity.Move] = []
        if self.former or self.reserved:
            cards = [sorted(set(own)) for own in np.split(self.ids[self.id[order]], starts[1:])]
            ids, self.moves = identity.assign(cards if len(starts) else [], self.former, self.reserved)
        else:
            ids = identity.minted(founders)
        self.entities: Values = np.array([*ids, ""], dtype=object)[:-1]

    def _of_node(self) -> Integers:
        """The entity of each node, by its first card."""
        return self.entity[first_of(self.node)]

    def chances(self) -> Reals:
        """The chance that each card belongs where it is: that of its best link there; 1 for one that is alone."""
        of_node, pairs = self._of_node(), self.pairs
        best = np.full(len(self.times), -np.inf)
        inside = np.flatnonzero(of_node[pairs.left] == of_node[pairs.right])
        for side in (pairs.left, pairs.right):
            np.maximum.at(best, side[inside], pairs.weights[inside])
        np.maximum.at(best, self.own.left, self.own.weights)
        chance = mixture.probability(best)
        for left, right, _ in self.proofs:
            chance[left], chance[right] = max(chance[left], _CERTAIN), max(chance[right], _CERTAIN)
        size = np.bincount(self.entity, minlength=1)[self.entity]
        return np.where(size == 1, 1.0, chance[self.node])

    def decisions(self) -> pd.DataFrame:
        """Every pair that is not clearly different, with its reasons."""
        return self.told().table(np.concatenate([self.ids, self._strange()]))

    def _strange(self) -> Values:
        """The ids of cards that were judged and are not there."""
        if not self.judged:
            return self.ids[:0]
        there = set(self.ids)
        return np.array([*sorted({card for pair in self.judged for card in pair} - there), ""], dtype=object)[:-1]

    def spoken(self) -> Integers:
        """The card that stands for each node, that of the smallest id, as a place in `ids`."""
        smallest = np.full(len(self.times), len(self.ids))
        np.minimum.at(smallest, self.node, self.id)
        return smallest

    def told(self) -> Told:
        """The same with places in `ids` for cards, sorted by id; those that are not there come after."""
        of_node, pairs = self._of_node(), self.pairs
        together = of_node[pairs.left] == of_node[pairs.right]
        wanted = together | (pairs.weights > -decisions.UNSURE)
        found = self.scales.tell(pairs.of(wanted), together[wanted]).at(self.spoken())
        names = np.concatenate([self.ids, self._strange()])
        rank = np.arange(len(names))
        rank[sorted_texts(names)] = np.arange(len(names))
        return (self._judged_told() + of_proofs(self.proofs, self.spoken()) + found).once(rank)

    def _judged_told(self) -> Told:
        place = {card: at for at, card in enumerate([*self.ids, *self._strange()])} if self.judged else {}
        return of_judgements(self.judged, place)
