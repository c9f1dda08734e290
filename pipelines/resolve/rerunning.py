"""The second half of a delta: the components that it touches run again, out of the links that are known.

What belongs here: entities and decisions of the cards that a delta concerns. What does not: which pairs are others.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pipelines.resolve import blocking, clusters, decisions, mixture
from pipelines.resolve.cards import first_of
from pipelines.resolve.codes import (
    ABSENT,
    Flags,
    Integers,
    distinct,
)
from pipelines.resolve.decisions import Resolution
from pipelines.resolve.keeping import components_of, places_of_ids, strays_of
from pipelines.resolve.renewing import Renewal, cards_of, flags_of
from pipelines.resolve.run import COMPLETED, Run
from pipelines.resolve.state import ID, LOW, SPAN, Links, State
from pipelines.resolve.told import Told
from pipelines.resolve.weighing import Weighed


class Rerun:
    """The components that a delta touches, run again.

    Args:
        of: What the delta made anew.
    """

    def __init__(self, of: Renewal) -> None:
        self.of = of

    def run(self) -> tuple[Resolution, State, int]:
        """Runs the components of the touched nodes.

        Returns:
            Members, decisions and moves of their cards; the state after it; how many cards these are.
        """
        state = self.of.state
        touched = np.concatenate([self.of.touched(), self.of.left])
        touching = flags_of(state.label[touched[touched < self.of.nodes]], self.of.nodes)
        known = touching[state.label] & (self.of.times[: self.of.nodes] > 0)
        taken = np.append(known, np.ones(len(self.of.run.times), dtype=bool))
        places = np.flatnonzero(taken[self.of.node] & self.of.alive)
        old = np.concatenate([places[places < self.of.cards], self.of.gone])
        former = dict(zip(state.ids(old), state.entity[old], strict=True))
        cards = cards_of(self.of.columns, places)
        ids = set(cards.named.distinct)
        held = {pair: said for pair, said in self.of.held.items() if ids.issuperset(pair)}
        strays = state.strays - set(former.values())
        run = Run(cards, state.kind, held, former, mixture.shipped(), self.of.facts, strays)
        own = self.of.node[places[first_of(run.node)]]
        run.settle(lambda: self._evidence(run, own))
        place = places_of_ids(run, places)
        alone = np.append(state.alone, np.zeros(len(self.of.run.times), dtype=bool))
        alone[own] = run.alone
        stale, across = self._across(own, alone)
        told = run.told().at(place) + self._ordered(run.scales.tell(across, np.zeros(len(across.left), dtype=bool)))
        after = self._after(run, own, places)
        after = replace(after, alone=alone, told=self._kept(own, stale) + told, strays=strays | strays_of(run))
        found = Resolution(run.members(), told.table(self.of.columns[ID].texts()), run.moved())
        return found, after, len(places)

    def _across(self, own: Integers, alone: Flags) -> tuple[Integers, Weighed]:
        """The pairs of one component and another of which a decision may be another now, and those told of.

        Args:
            own: The nodes that were run again.
            alone: As in `State`, by node.
        """
        flipped = np.append(self.of.state.alone, alone[self.of.nodes :]) != alone
        left, right = self.of.links.ends()
        pairs = distinct(np.concatenate([self.of.changed.pairs, self.of.links.pairs[flipped[left] | flipped[right]]]))
        inner = flags_of(own, len(self.of.times))
        pairs = pairs[~(inner[pairs >> SPAN] & inner[pairs & LOW])]
        ends = flags_of(np.concatenate([pairs >> SPAN, pairs & LOW]), len(self.of.times))
        told = self.of.links.of(ends[left] & ends[right] & (self.of.links.weights > -decisions.UNSURE))
        told = told.of(_among(told.pairs, pairs))
        left, right = told.ends()
        return pairs, told.of(~alone[left] & ~alone[right]).weighed()

    def _ordered(self, told: Told) -> Told:
        """Decisions of nodes by their cards, the smaller id left."""
        one, other = self.of.speaker[told.left], self.of.speaker[told.right]
        column = self.of.columns[ID]
        swapped = column.distinct[column.codes[one]] > column.distinct[column.codes[other]]
        return replace(told, left=np.where(swapped, other, one), right=np.where(swapped, one, other))

    def _kept(self, own: Integers, stale: Integers) -> Told:
        """The decisions that hold on: of nodes that are left, of two that were run again, of pairs told of anew not."""
        known, node = self.of.state.told, self.of.state.node
        left, right = node[known.left], node[known.right]
        dead, inner = flags_of(self.of.left, len(self.of.times)), flags_of(own, len(self.of.times))
        gone = dead[left] | dead[right] | (inner[left] & inner[right])
        ends = flags_of(np.concatenate([stale >> SPAN, stale & LOW]), len(self.of.times))
        may = np.flatnonzero(ends[left] & ends[right])
        left, right = left[may], right[may]
        gone[may] |= _among(np.minimum(left, right) << SPAN | np.maximum(left, right), stale)
        return known.of(~gone)

    def _evidence(self, run: Run, own: Integers) -> Weighed:
        """The candidates of a run, out of the links; those that nothing kept are found and weighed."""
        place = np.full(len(self.of.times), ABSENT, dtype=np.int64)
        place[own] = np.arange(len(own))
        left, right = self.of.links.ends()
        known = self.of.links.of((place[left] >= 0) & (place[right] >= 0)).weighed(place)
        rows = self._merged(run, own, known)
        shown = {field: column.rows(rows) for field, column in run.nodes.items()}
        left, right = (rows[side] for side in blocking.join(self.of.keys(shown), self.of.facts))
        fresh = run.scales.weighed(*clusters.without(left, right, known.left, known.right))
        self.of.links += Links.of_nodes(fresh, own)
        return known + fresh

    def _merged(self, run: Run, own: Integers, known: Weighed) -> Integers:
        """The nodes of components that were several, of which what is clearly different between them was not kept.

        A small one in which nothing but links joins nodes is left out: a run weighs all its pairs.
        """
        label, size = components_of(run, np.arange(len(own)), known), len(own)
        old = np.flatnonzero(own < self.of.nodes)
        both = distinct(label[old] << SPAN | self.of.state.label[own[old]]) >> SPAN
        several = np.bincount(both, minlength=size) > 1
        good = known.of(known.weights > 0)
        linked = clusters.components(size, good.left, good.right)
        whole = np.bincount(linked, minlength=size) == np.bincount(label, minlength=size)
        several &= ~(whole & (np.bincount(label, minlength=size) <= COMPLETED))
        return np.flatnonzero(several[label])

    def _after(self, run: Run, own: Integers, places: Integers) -> State:
        """The state but for its decisions."""
        state = self.of.state
        entity = np.concatenate([state.entity, np.full(len(self.of.new), "", dtype=object)])
        probability = np.append(state.probability, np.zeros(len(self.of.new)))
        entity[places], probability[places] = run.entities[run.entity], run.chances()
        label = np.append(state.label, np.zeros(len(self.of.run.times), dtype=np.int64))
        label[own] = components_of(run, own)
        for one, empty in ((self.of.base, 0), (self.of.called, 0), (entity, "")):
            one[self.of.gone] = empty
        for one in (self.of.content, self.of.named):
            one[self.of.left] = 0
        blank = flags_of(self.of.gone, len(self.of.alive))
        columns = {field: one.without_rows(blank) for field, one in self.of.columns.items()}
        return replace(
            state, judged=self.of.held, columns=columns, alive=self.of.alive, base=self.of.base, node=self.of.node,
            called=self.of.called, entity=entity, probability=probability, speaker=self.of.speaker, times=self.of.times,
            content=self.of.content, named=self.of.named, label=label, tables=self.of.tables, steps=self.of.steps,
            schemes=self.of.schemes, renamed=self.of.renamed, links=self.of.links.kept(label),
        )  # fmt: skip


def _among(values: Integers, wanted: Integers) -> Flags:
    """Whether each value is among some, which are sorted."""
    if not len(wanted):
        return np.zeros(len(values), dtype=bool)
    place = np.minimum(np.searchsorted(wanted, values), len(wanted) - 1)
    return np.asarray(wanted[place] == values, dtype=bool)
