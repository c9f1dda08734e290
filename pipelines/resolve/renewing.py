"""The first half of a delta: the cards, nodes, tables and links that it makes anew.

What belongs here: what is other than it was, as far as nodes and pairs of them. What does not: entities.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np

from pipelines.resolve import blocking, mixture
from pipelines.resolve.cards import SHARED_BY, Cards, called, contents, shareable, without_shared
from pipelines.resolve.codes import (
    ABSENT,
    Column,
    Flags,
    Hashes,
    Integers,
    Values,
    distinct,
    hashed,
    mixed,
)
from pipelines.resolve.facts import (
    Tables,
    by_step,
    entries,
    found,
    keys_of,
    members,
    rows_of,
    short,
    step,
    typical,
    value_table,
)
from pipelines.resolve.keeping import counted_by, places_of_ids, rare, renamed_of
from pipelines.resolve.registers import Numbers
from pipelines.resolve.run import NAMES_A_NUMBER, Run
from pipelines.resolve.state import GROUP, ID, LOW, OF_LINKS, SPAN, Judged, Links, State
from pipelines.resolve.weighing import Scales, most_used, weak_schemes


class Renewal:
    """A delta on its way: which cards and nodes it makes anew, and which pairs are others after it.

    Args:
        state: Before it.
        given: Cards that are new or changed.
        removed: Places of cards that are gone.
        judged: All judgements.
    """

    def __init__(self, state: State, given: Cards, removed: Integers, judged: Judged) -> None:
        self.state, self.judged = state, judged
        replaced = places_in(state, given.named.distinct)
        self.cards, self.nodes = len(state.alive), len(state.times)
        self.gone = np.unique(np.concatenate([removed, replaced]))
        self.new = np.arange(self.cards, self.cards + len(given.named.codes))
        more = {**given.fields, ID: given.named, GROUP: given.groups}
        self.columns = {field: _appended(column, more[field]) for field, column in state.columns.items()}
        self.alive = np.append(state.alive, np.ones(len(self.new), dtype=bool))
        self.alive[self.gone] = False
        self.called = np.concatenate([state.called, called(given.fields, state.kind)])
        self.tables = dict(state.tables)
        self.before = self._facts(state.tables, state.called, state.named)
        self.held = known(judged, self._there())

    def _facts(self, tables: Mapping[str, Hashes], called: Hashes, named: Hashes) -> Tables:
        state = self.state
        return Tables(
            tables, called, named, {field: typical(steps) for field, steps in state.steps.items()},
            most_used(state.schemes), renamed=state.renamed > 0, most_names=NAMES_A_NUMBER,
        )  # fmt: skip

    def nothing(self) -> bool:
        """Whether nothing is other than it was."""
        return not len(self.gone) and not len(self.new) and self.held == self.state.judged

    def few(self) -> bool:
        """Whether there are, or were, so few that every pair is worth a look."""
        return min(self.nodes, int(self.alive.sum())) <= blocking.FEW

    def renew(self) -> bool:
        """Makes cards, nodes and tables anew; False where facts that concern all cards are others now."""
        self._make(self._alike(self._other_content()))
        return self._as_before()

    def _there(self) -> Callable[[Values], Flags]:
        fresh = self.columns[ID]
        own = set(fresh.distinct[fresh.codes[self.new]])

        def there(ids: Values) -> Flags:
            old = places_in(self.state, ids)
            known = own | set(self.state.ids(old[self.alive[old]]))
            return np.array([one in known for one in ids], dtype=bool)

        return there

    def _other_content(self) -> Integers:
        """The cards whose content is not what it was: new, judged otherwise, of a value shared now or no more."""
        state, rows = self.state, self.cards + len(self.new)
        dead = flags_of(self.gone, rows)
        again = [self.new]
        facts = self._facts(self.tables, self.called, state.named)
        fresh = some({name: self.columns[name] for name in (ID, *shareable(state.kind))}, self.new)
        self.tables["id"], _ = _replaced(self.tables["id"], dead, value_table(fresh[ID]) + np.uint64(self.cards))
        for field in shareable(state.kind):
            what, most = f"shared {field}", SHARED_BY[field]
            entered = value_table(fresh[field]) + np.uint64(self.cards)
            self.tables[what], keys = _replaced(self.tables[what], dead, entered)
            flipped = (self.before.carried(what, keys) > most) != (facts.carried(what, keys) > most)
            again.append(members(self.tables[what], keys[flipped])[0])
        changed = {card for pair, _ in set(state.judged.items()) ^ set(self.held.items()) for card in pair}
        old = places_in(state, np.array([*changed, ""], dtype=object)[:-1])
        return distinct(np.concatenate([*again, old[self.alive[old]]]))

    def _alike(self, again: Integers) -> Integers:
        """All cards that had or have the content of one that changed."""
        state = self.state
        cards = cards_of(self.columns, again)
        facts = self._facts(self.tables, self.called, state.named)
        shown = without_shared(cards.fields, state.kind, facts)
        now = contents(shown, cards.named.distinct, cards.named.codes.astype(np.int64), self.held)
        left = distinct(np.concatenate([self.gone, again[again < self.cards]]))
        self.base = np.append(state.base, np.zeros(len(self.new), dtype=np.uint64))
        touched = np.unique(np.concatenate([state.base[left], now]))
        self.base[again] = now
        dead = flags_of(left, len(self.base))
        self.tables["base"], _ = _replaced(self.tables["base"], dead, entries(now, again))
        rows, of = members(self.tables["base"], touched)
        return distinct(rows[self.base[rows] == touched[of]])

    def _make(self, dirty: Integers) -> None:
        """Makes the nodes of the dirty cards anew, and of those whose keys are of other words now."""
        state = self.state
        self._nodes_of(dirty)
        if state.kind == "person":
            return
        tables, dead = self.tables, flags_of(self.left, self.nodes)
        entered = blocking.word_table(self.run.nodes["name"]) + np.uint64(self.nodes)
        words, keys = _replaced(tables["word"], dead, entered)
        flipped = step(found(tables["word"], keys)[1]) != step(found(words, keys)[1])
        rows = distinct(members(words, keys[flipped])[0])
        rows = rows[rows < self.nodes]
        names = some({"name": self.columns["name"]}, state.speaker[rows])["name"]
        self.tables = {**tables, "word": words}
        other = blocking.rarest(names, self.before) != blocking.rarest(
            names, self._facts(self.tables, self.called, state.named)
        )
        if other.any():
            concerned = flags_of(rows[other], self.nodes)[state.node] & self.alive[: self.cards]
            self._nodes_of(distinct(np.concatenate([dirty, np.flatnonzero(concerned)])))
            entered = blocking.word_table(self.run.nodes["name"]) + np.uint64(self.nodes)
            self.tables["word"], _ = _replaced(tables["word"], flags_of(self.left, self.nodes), entered)

    def _nodes_of(self, dirty: Integers) -> None:
        """Makes the nodes of these cards; all their old ones are left."""
        state = self.state
        self.dirty = dirty
        old = np.concatenate([self.gone, dirty[dirty < self.cards]])
        self.left = distinct(state.node[old])
        facts = self._facts(self.tables, self.called, state.named)
        self.run = Run(cards_of(self.columns, dirty), state.kind, self.held, {}, mixture.shipped(), facts)
        self.node = np.append(state.node, np.zeros(len(self.new), dtype=np.int64))
        self.node[dirty] = self.nodes + self.run.node
        self.speaker = np.concatenate([state.speaker, places_of_ids(self.run, dirty)[self.run.spoken()]])
        self.times = np.concatenate([state.times, self.run.times])
        self.times[self.left] = 0
        self.content = np.concatenate([state.content, self.run.contents])
        self.named = np.concatenate([state.named, counted_by(self.run)])
        self.facts = self._facts(self.tables, self.called, self.named)

    def _as_before(self) -> bool:
        """Whether the facts that concern all cards are what they were; counts them and the values."""
        state, dead = self.state, flags_of(self.left, self.nodes)
        old = some({"identifiers": self.columns["identifiers"]}, state.speaker[self.left])
        self.schemes = dict(state.schemes)
        for sign, numbers in ((-1, Numbers(old["identifiers"])), (1, self.run.numbers)):
            for scheme, times in weak_schemes(numbers).items():
                self.schemes[scheme] = self.schemes.get(scheme, 0) + sign * times
        self.schemes = {scheme: times for scheme, times in self.schemes.items() if times}
        self.renamed = state.renamed + renamed_of(self.run.nodes)
        if state.renamed:
            self.renamed -= renamed_of(some({"former": self.columns["former"]}, state.speaker[self.left]))
        self.steps, self.stirred = {}, []
        for field in rare(self.run.scales):
            what = f"value {field}"
            fresh = value_table(self.run.nodes[field]) + np.uint64(self.nodes)
            self.tables[what], keys = _replaced(state.tables[what], dead, fresh)
            before, after = found(state.tables[what], keys)[1], found(self.tables[what], keys)[1]
            self.steps[field] = state.steps[field] - by_step(before) + by_step(after)
            rows = members(self.tables[what], keys[step(before) != step(after)])[0]
            self.stirred.append(rows[rows < self.nodes])
        self.facts = self._facts(self.tables, self.called, self.named)
        return (
            int((self.times > 0).sum()) > blocking.FEW
            and most_used(self.schemes) == most_used(state.schemes)
            and (self.renamed > 0) == (state.renamed > 0)
            and all(typical(steps) == typical(state.steps[field]) for field, steps in self.steps.items())
        )

    def keys(self, nodes: Mapping[str, Column]) -> Iterable[tuple[str, blocking.Key]]:
        """The keys of some nodes, narrow and wide, by the facts of all."""
        for wide in (False, True):
            yield from blocking.keys(nodes, self.state.kind, self.facts, wide=wide)

    def _candidates(self) -> Integers:
        """The pairs of the nodes that are new, or of which a key or a value is common now or no more."""
        dead = flags_of(self.left, self.nodes)
        pairs = []
        for name, key in self.keys(self.run.nodes):
            fresh = blocking.table(key) + np.uint64(self.nodes)
            before = self.state.tables[name]
            self.tables[name], keys = _replaced(before, dead, fresh)
            sizes = found(self.tables[name], keys)[1]
            rows = members(self.tables[name], keys[(found(before, keys)[1] > key.cap) != (sizes > key.cap)])[0]
            self.stirred.append(rows[rows < self.nodes])
            pairs.append(self._partners(name, fresh, key.cap))
        self.again = distinct(np.concatenate(self.stirred))
        shown = without_shared(some(self._fields(), self.speaker[self.again]), self.state.kind, self.facts)
        # A key or value that is common now, or no more, is of matter only to pairs of two that have it.
        left, right = blocking.join(self.keys(shown), self.facts)
        pairs.append(self.again[left] << SPAN | self.again[right])
        several = np.concatenate([self.again, np.arange(self.nodes, len(self.times))])
        several = several[self.times[several] > 1]
        return distinct(np.concatenate([*pairs, several << SPAN | several]))

    def _fields(self) -> dict[str, Column]:
        return {field: column for field, column in self.columns.items() if field not in (ID, GROUP)}

    def _partners(self, name: str, own: Hashes, cap: int) -> Integers:
        """The pairs of these entries with all that have the same key."""
        keys = keys_of(own)
        few = found(self.tables[name], keys)[1] <= cap
        rows, of = members(self.tables[name], keys[few])
        ours = rows_of(own[few])[of]
        return distinct((np.minimum(ours, rows) << SPAN | np.maximum(ours, rows))[ours != rows])

    def _weighed(self, pairs: Integers) -> Links:
        """Those of the pairs that are not clearly different."""
        rows = distinct(np.concatenate([pairs >> SPAN, pairs & LOW]))
        rows = rows[np.argsort(self.content[rows])]
        place = np.empty(len(self.times), dtype=np.int64)
        place[rows] = np.arange(len(rows))
        shown = without_shared(some(self._fields(), self.speaker[rows]), self.state.kind, self.facts)
        scales = Scales(shown, self.state.kind, mixture.shipped(), self.facts)
        ours, theirs = place[pairs >> SPAN], place[pairs & LOW]
        weighed = scales.weighed(np.minimum(ours, theirs), np.maximum(ours, theirs))
        return Links(pairs, *(getattr(weighed, name) for name in OF_LINKS[1:]))

    def touched(self) -> Integers:
        """The nodes whose component may be another, or other inside; updates the links."""
        state = self.state
        after = self._weighed(self._candidates())
        dead, again = flags_of(self.left, self.nodes), flags_of(self.again, self.nodes)
        left, right = state.links.ends()
        known = dead[left] | dead[right] | (again[left] & again[right])
        old = state.links.of(known)
        self.links = state.links.of(~known) + after
        self.changed = old.of(~_same(old, after)) + after.of(~_same(after, old))
        left, right = self.changed.ends()
        label = np.append(state.label, self.nodes + np.arange(len(self.run.times)))
        # What is clearly different, or of two components before and after, is of matter to neither.
        near = (self.changed.weights > 0) | (label[left] == label[right])
        return np.concatenate([left[near], right[near], *self._numbered()])

    def _numbered(self) -> list[Integers]:
        """The nodes that have a number that proves something with a node that is new or left."""
        table = self.state.tables["key 0"], self.tables["key 0"]
        old = some({"identifiers": self.columns["identifiers"]}, self.state.speaker[self.left])["identifiers"]
        keys = np.unique(np.concatenate([self._strong(Numbers(old)), self._strong(self.run.numbers)]))
        hub = self.before.hubs(keys) & self.facts.hubs(keys)
        return [members(one, keys[~hub])[0] for one in table]

    def _strong(self, numbers: Numbers) -> Hashes:
        return short(mixed(numbers.hashes()[numbers.of(self.run.strong)]))


def known(judged: Judged, there: Callable[[Values], Flags]) -> Judged:
    """The judgements whose cards are both there."""
    if not judged:
        return {}
    cards = np.array(sorted({card for pair in judged for card in pair}), dtype=object)
    known = set(cards[there(cards)])
    return {pair: said for pair, said in judged.items() if known.issuperset(pair)}


def places_in(state: State, ids: Values) -> Integers:
    """The places of the cards of these ids that are there."""
    rows, of = members(state.tables["id"], mixed(hashed(ids)))
    there = state.alive[rows] & (state.ids(rows) == ids[of])
    return np.asarray(rows[there], dtype=np.int64)


def some(columns: Mapping[str, Column], places: Integers) -> dict[str, Column]:
    """The columns of the cards of some places, with no other values than theirs."""
    picked = {}
    for field, column in columns.items():
        codes = column.codes[places]
        used = distinct(codes[codes >= 0].astype(np.int64))
        own = np.where(codes >= 0, np.searchsorted(used, codes), ABSENT)
        picked[field] = Column(own, column.distinct[used]).tidied()
    return picked


def cards_of(columns: Mapping[str, Column], places: Integers) -> Cards:
    """The cards of some places."""
    fields = some(columns, places)
    named, groups = fields.pop(ID), fields.pop(GROUP)
    return Cards(None, named, groups, fields)


def flags_of(places: Integers, size: int) -> Flags:
    """Flags of so many, set at some places."""
    flags = np.zeros(size, dtype=bool)
    flags[places] = True
    return flags


def _appended(column: Column, more: Column) -> Column:
    codes = np.where(more.codes >= 0, more.codes + len(column.distinct), ABSENT)
    return Column(np.concatenate([column.codes, codes]), np.concatenate([column.distinct, more.distinct]))


def _replaced(table: Hashes, dead: Flags, fresh: Hashes) -> tuple[Hashes, Hashes]:
    """The table without the entries of dead rows and with fresh ones; and the hashes that this concerns."""
    gone = dead[rows_of(table)]
    kept = table[~gone]
    after = np.insert(kept, np.searchsorted(kept, fresh), fresh)
    return after, np.unique(keys_of(np.concatenate([table[gone], fresh])))


def _same(ours: Links, theirs: Links) -> Flags:
    """Whether each link is among the others, and the same was found of it."""
    if not len(theirs.pairs):
        return np.zeros(len(ours.pairs), dtype=bool)
    order = np.argsort(theirs.pairs)
    place = order[np.minimum(np.searchsorted(theirs.pairs[order], ours.pairs), len(order) - 1)]
    equal = [getattr(theirs, name)[place] == getattr(ours, name) for name in OF_LINKS]
    return np.asarray(np.logical_and.reduce(equal), dtype=bool)
