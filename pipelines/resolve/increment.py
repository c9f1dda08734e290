"""Matching what changed: a delta touches only the cards, blocks and entities that it concerns, and ends as a full run.

What belongs here: what is kept from run to run (`State`), and which cards a delta concerns. What does not: any rule of
matching: the cards concerned are put through the same run as all cards are, with facts of all cards from the tables.
Exact but for hashes that agree in 38 bits by chance, of which one value in some hundred thousand at a million cards is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.resolve import blocking, clusters, decisions, identity, linking, mixture
from pipelines.resolve.codes import ABSENT, Column, Flags, Hashes, Integers, Values, distinct, hashed, mixed
from pipelines.resolve.decisions import DECISION_COLUMNS, Resolution
from pipelines.resolve.facts import (
    Facts,
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
from pipelines.resolve.linking import Cards, Run, Scales
from pipelines.resolve.mixture import Reals
from pipelines.resolve.registers import Numbers

Judged = dict[tuple[str, str], str]
MOST_EMPTY = 0.5
"""Share of the places above which they are numbered anew."""
_SPAN, _LOW = np.int64(32), np.int64((1 << 32) - 1)
_ID, _GROUP = "card_id", "no_link_group"
_OF_CARDS = ("alive", "base", "node", "called", "entity", "probability")
_OF_NODES = ("speaker", "times", "content", "named", "label")


@dataclass(frozen=True)
class Links:
    """Pairs of nodes that are not clearly different.

    Attributes:
        pairs: `left << 32 | right` each.
        weights: Their log-odds.
    """

    pairs: Integers
    weights: Reals

    def of(self, wanted: Flags) -> Links:
        """Some of them."""
        return Links(self.pairs[wanted], self.weights[wanted])

    def ends(self) -> tuple[Integers, Integers]:
        """The nodes of both sides."""
        return self.pairs >> _SPAN, self.pairs & _LOW


@dataclass(frozen=True)
class State:
    """What is kept from run to run. Cards and nodes have a place each, which they keep until the next full run.

    Attributes:
        kind: `company`, `person` or `site`.
        version: Of the rules that made it.
        judged: The judgements whose cards are both there.
        columns: Fields, id and group of the card of every place.
        alive: Whether the card of a place is still there.
        base: A hash of the content of each card.
        node: The node of each card.
        called: What each card is called, as a hash.
        entity: The entity of each card.
        probability: That each card belongs there.
        speaker: A card of each node.
        times: How many cards each node has; 0 for one that is gone.
        content: A hash of the content of each node.
        named: The name that each node counts by where a number is on many, as a hash.
        label: The component of each node, a node of it.
        tables: Sorted entries of rows by hash.
        steps: How many nodes have a value of each step of commonness, by field.
        schemes: How many nodes have a number in each register that proves nothing by itself.
        renamed: How many nodes have a former name.
        links: Pairs of nodes.
        decisions: As in `Resolution`, with the places of cards for ids.
        strays: Ids of entities that their founders are no longer of.
    """

    kind: str
    version: str
    judged: Judged
    columns: Mapping[str, Column]
    alive: Flags
    base: Hashes
    node: Integers
    called: Hashes
    entity: Values
    probability: Reals
    speaker: Integers
    times: Integers
    content: Hashes
    named: Hashes
    label: Integers
    tables: Mapping[str, Hashes]
    steps: Mapping[str, Integers]
    schemes: Mapping[str, int]
    renamed: int
    links: Links
    decisions: pd.DataFrame
    strays: frozenset[str]

    def ids(self, places: Integers) -> Values:
        """The ids of the cards of some places."""
        column = self.columns[_ID]
        return column.distinct[column.codes[places]]

    def resolution(self) -> Resolution:
        """Members and decisions of all cards, sorted by id; no moves."""
        places = np.flatnonzero(self.alive)
        cards = pd.DataFrame({
            "card_id": self.ids(places), "entity_id": self.entity[places], "probability": self.probability[places],
        })  # fmt: skip
        return Resolution(cards.sort_values("card_id", ignore_index=True), self._decided())

    def to_frames(self) -> dict[str, pd.DataFrame]:
        """The state as tables of plain columns, without any value of a card that is gone; see `from_frames`."""
        cards = {name: getattr(self, name) for name in _OF_CARDS}
        values = []
        for field, column in self.columns.items():
            codes = column.codes.astype(np.int64)
            used = distinct(codes[codes >= 0])
            cards[f"code {field}"] = np.where(codes >= 0, np.searchsorted(used, codes), ABSENT)
            values.append(column.distinct[used])
        facts = [("kind", self.kind, "", 0), ("version", self.version, "", 0), ("renamed", "", "", self.renamed)]
        facts += [(f"judged {said}", *pair, 0) for pair, said in self.judged.items()]
        facts += [("scheme", scheme, "", times) for scheme, times in self.schemes.items()]
        facts += [("stray", stray, "", 0) for stray in sorted(self.strays)]
        facts += [("step", field, "", int(times)) for field, steps in self.steps.items() for times in steps]
        facts += [("table", what, "", len(table)) for what, table in self.tables.items()]
        facts += [("column", field, "", len(own)) for field, own in zip(self.columns, values, strict=True)]
        return {
            "cards": pd.DataFrame(cards),
            "values": pd.DataFrame({"value": np.concatenate(values)}, dtype="str"),
            "nodes": pd.DataFrame({name: getattr(self, name) for name in _OF_NODES}),
            "entries": pd.DataFrame({"entry": np.concatenate(list(self.tables.values()))}),
            "links": pd.DataFrame({"pair": self.links.pairs, "weight": self.links.weights}),
            "decisions": self.decisions,
            "facts": pd.DataFrame(facts, columns=["what", "one", "other", "times"]),
        }

    @classmethod
    def from_frames(cls, frames: Mapping[str, pd.DataFrame]) -> State:
        """The state that `to_frames` made these of."""
        cards, nodes, links = frames["cards"], frames["nodes"], frames["links"]
        facts = {str(name): own for name, own in frames["facts"].groupby("what", sort=False)}
        values = _cut(frames["values"]["value"].to_numpy(dtype=object), facts["column"])
        columns = {field: Column(cards[f"code {field}"].to_numpy(), own) for field, own in values.items()}
        none = frames["facts"][:0]
        steps = facts.get("step", none)
        schemes = facts.get("scheme", none)
        return cls(
            kind=facts["kind"]["one"].iloc[0], version=facts["version"]["one"].iloc[0],
            renamed=int(facts["renamed"]["times"].iloc[0]),
            judged={
                (left, right): said
                for said in (decisions.SAME, decisions.DIFFERENT)
                for left, right in facts.get(f"judged {said}", none)[["one", "other"]].itertuples(index=False)
            },
            schemes=dict(zip(schemes["one"], schemes["times"], strict=True)),
            strays=frozenset(facts.get("stray", none)["one"]),
            steps={str(field): own["times"].to_numpy() for field, own in steps.groupby("one", sort=False)},
            columns=columns,
            **{name: cards[name].to_numpy(dtype=object if name == "entity" else None) for name in _OF_CARDS},
            **{name: nodes[name].to_numpy() for name in _OF_NODES},
            tables=_cut(frames["entries"]["entry"].to_numpy(), facts["table"]),
            links=Links(links["pair"].to_numpy(), links["weight"].to_numpy()),
            decisions=frames["decisions"],
        )  # fmt: skip

    def _decided(self) -> pd.DataFrame:
        made = self.decisions
        sides = [self.ids(made[side].to_numpy()) for side in ("left", "right")]
        named = made.assign(left_id=sides[0], right_id=sides[1])[DECISION_COLUMNS]
        return named.sort_values(["left_id", "right_id"], ignore_index=True)


@dataclass(frozen=True)
class Advance:
    """What a delta led to.

    Attributes:
        found: Members, decisions and moves of the cards it concerned.
        state: After it.
        touched: How many cards it concerned.
        full: Whether it took a full run.
    """

    found: Resolution
    state: State
    touched: int
    full: bool


def _cut(whole: npt.NDArray[Any], sizes: pd.DataFrame) -> dict[str, npt.NDArray[Any]]:
    """The parts of an array by name, in order."""
    ends = np.cumsum(sizes["times"].to_numpy())
    return dict(zip(sizes["one"], np.split(whole, ends[:-1]), strict=True))


def version() -> str:
    """Of the rules and the model: a state of another is of no use."""
    folder = files("pipelines.resolve")
    parts = sorted(one.name for one in folder.iterdir() if one.name.endswith((".py", ".yml")))
    return sha256(b"\0".join(folder.joinpath(one).read_bytes() for one in parts)).hexdigest()[:16]


def begin(
    cards: pd.DataFrame,
    kind: str,
    judgements: pd.DataFrame | None = None,
    previous: pd.DataFrame | None = None,
) -> Advance:
    """A full run, and the state after it.

    Args:
        cards: As for `resolve`; every card has an id of its own.
        kind: `company`, `person` or `site`.
        judgements: As for `resolve`; those of cards that are not there wait.
        previous: As for `resolve`.

    Raises:
        ValueError: A card has no id, or two have the same.
    """
    return _full(_read(cards, kind), kind, linking.judged(judgements), linking.former(previous))


def advance(
    state: State, changed: pd.DataFrame, removed: Iterable[str] = (), judgements: pd.DataFrame | None = None
) -> Advance:
    """The cards after a delta: the same as `resolve` of all of them, with the members of the state as the last run.

    Args:
        state: Before it.
        changed: The cards that are new or not what they were, as for `begin`.
        removed: Ids of cards that are gone.
        judgements: All judgements that hold now.

    Raises:
        ValueError: A card has no id, or two have the same.
    """
    given = _read(changed, state.kind)
    return _Delta(state, given, _places(state, np.array([*removed, ""], dtype=object)[:-1]),
                  linking.judged(judgements)).advance()  # fmt: skip


def _read(cards: pd.DataFrame, kind: str) -> Cards:
    given = linking.read(cards, kind)
    if not given.named.present.all() or len(given.named.distinct) != len(given.named.codes):
        raise ValueError("every card must have an id of its own")
    return given


def _places(state: State, ids: Values) -> Integers:
    """The places of the cards of these ids that are there."""
    rows, of = members(state.tables["id"], mixed(hashed(ids)))
    there = state.alive[rows] & (state.ids(rows) == ids[of])
    return np.asarray(rows[there], dtype=np.int64)


def _known(judged: Judged, there: Callable[[Values], Flags]) -> Judged:
    """The judgements whose cards are both there."""
    if not judged:
        return {}
    cards = np.array(sorted({card for pair in judged for card in pair}), dtype=object)
    known = set(cards[there(cards)])
    return {pair: said for pair, said in judged.items() if known.issuperset(pair)}


def _full(cards: Cards, kind: str, judged: Judged, former: dict[str, str], strays: Iterable[str] = ()) -> Advance:
    held = _known(judged, lambda ids: np.isin(ids, cards.named.distinct))
    facts = Facts(keep=True)
    run = Run(cards, kind, held, former, mixture.shipped(), facts, frozenset(strays))
    run.settle()
    everything = run.resolution()
    state = _state(run, cards, facts, everything)
    return Advance(everything, state, len(cards.named.codes), full=True)


def _state(run: Run, cards: Cards, facts: Facts, made: Resolution) -> State:
    kept, nodes, size = dict(facts.kept or {}), run.nodes, len(run.times)
    for name, key in blocking.keys(nodes, run.kind, Facts(), wide=True):
        kept.setdefault(name, blocking.table(key))
    places = np.arange(len(cards.named.codes))
    kept |= {f"shared {field}": value_table(cards.fields[field]) for field in linking.shareable(run.kind)}
    kept |= {f"value {field}": value_table(nodes[field]) for field in _rare(run.scales)}
    kept |= {"id": value_table(cards.named), "base": entries(run.base, places)}
    if run.kind != "person":
        kept["word"] = blocking.word_table(nodes["name"])
    links = run.candidates.of(run.candidates.weights > -decisions.UNSURE)
    entity = run.entities[run.entity]
    return State(
        kind=run.kind, version=version(), judged=run.judged,
        columns={**cards.fields, _ID: cards.named, _GROUP: cards.groups},
        alive=np.ones(len(places), dtype=bool), base=run.base, node=run.node,
        called=linking.called(cards.fields, run.kind), entity=entity, probability=run.chances(),
        speaker=linking.first_of(run.node), times=run.times, content=run.contents, named=_named(run),
        label=_labels(run, np.arange(size)), tables=kept,
        steps={field: by_step(nodes[field].counts()) for field in _rare(run.scales)},
        schemes=linking.weak_schemes(run.numbers), renamed=_renamed(nodes),
        links=Links(links.left << _SPAN | links.right, links.weights),
        decisions=_placed(made.decisions, run, places), strays=frozenset(_strays(run)),
    )  # fmt: skip


def _rare(scales: Scales) -> list[str]:
    """The fields in which agreement on a rare value says more."""
    return [one.field for one in scales.comparer.comparisons if one.rare]


def _named(run: Run) -> Hashes:
    return run.nodes["last" if run.kind == "person" else "name"].hashes()


def _renamed(nodes: Mapping[str, Column]) -> int:
    return int(nodes["former"].present.sum()) if "former" in nodes else 0


def _labels(run: Run, places: Integers) -> Integers:
    """The component of each node, by the place of one of its nodes: of all whose fate may hang together."""
    order = np.argsort(run.base, kind="stable")
    alike = np.flatnonzero(run.base[order][1:] == run.base[order][:-1])
    judged = [(left, right) for left, right, _ in run.judged_nodes()]
    bonds = np.array([*run.bonds, *judged], dtype=np.int64).reshape(-1, 2)
    good = run.candidates.of(run.candidates.weights > 0)
    left = np.concatenate([good.left, bonds[:, 0], run.node[order[alike]]])
    right = np.concatenate([good.right, bonds[:, 1], run.node[order[alike + 1]]])
    return places[clusters.components(len(run.times), left, right)]


def _strays(run: Run) -> set[str]:
    """The ids of entities that were minted from no card of theirs."""
    order = np.argsort(run.entity, kind="stable")
    founders = run.ids[run.id[order]]
    own = np.array([*identity.minted(founders.tolist()), ""], dtype=object)[:-1] == run.entities[run.entity[order]]
    founded = np.bincount(run.entity[order], weights=own, minlength=len(run.entities)) > 0
    return set(run.entities[~founded])


def _placed(made: pd.DataFrame, run: Run, places: Integers) -> pd.DataFrame:
    """Decisions with the places of cards for ids."""
    at = dict(zip(run.ids[run.id], places.tolist(), strict=True))
    sides = {side: np.array([at[card] for card in made[f"{side}_id"]], dtype=np.int64) for side in ("left", "right")}
    return made.drop(columns=["left_id", "right_id"]).assign(**sides)


def _some(columns: Mapping[str, Column], places: Integers) -> dict[str, Column]:
    """The columns of the cards of some places, with no other values than theirs."""
    picked = {}
    for field, column in columns.items():
        codes = column.codes[places]
        used = distinct(codes[codes >= 0].astype(np.int64))
        own = np.where(codes >= 0, np.searchsorted(used, codes), ABSENT)
        picked[field] = Column(own, column.distinct[used]).tidied()
    return picked


def _cards(columns: Mapping[str, Column], places: Integers) -> Cards:
    fields = _some(columns, places)
    named, groups = fields.pop(_ID), fields.pop(_GROUP)
    return Cards(None, named, groups, fields)


def _appended(column: Column, more: Column) -> Column:
    codes = np.where(more.codes >= 0, more.codes + len(column.distinct), ABSENT)
    return Column(np.concatenate([column.codes, codes]), np.concatenate([column.distinct, more.distinct]))


def _replaced(table: Hashes, dead: Flags, fresh: Hashes) -> tuple[Hashes, Hashes]:
    """The table without the entries of dead rows and with fresh ones; and the hashes that this concerns."""
    gone = dead[rows_of(table)]
    kept = table[~gone]
    after = np.insert(kept, np.searchsorted(kept, fresh), fresh)
    return after, np.unique(keys_of(np.concatenate([table[gone], fresh])))


class _Delta:
    """One delta on its way.

    Args:
        state: Before it.
        given: Cards that are new or changed.
        removed: Places of cards that are gone.
        judged: All judgements.
    """

    def __init__(self, state: State, given: Cards, removed: Integers, judged: Judged) -> None:
        self.state, self.judged = state, judged
        replaced = _places(state, given.named.distinct)
        self.cards, self.nodes = len(state.alive), len(state.times)
        self.gone = np.unique(np.concatenate([removed, replaced]))
        self.new = np.arange(self.cards, self.cards + len(given.named.codes))
        more = {**given.fields, _ID: given.named, _GROUP: given.groups}
        self.columns = {field: _appended(column, more[field]) for field, column in state.columns.items()}
        self.alive = np.append(state.alive, np.ones(len(self.new), dtype=bool))
        self.alive[self.gone] = False
        self.called = np.concatenate([state.called, linking.called(given.fields, state.kind)])
        self.tables = dict(state.tables)
        self.before = self._facts(state.tables, state.called, state.named)

    def _facts(self, tables: Mapping[str, Hashes], called: Hashes, named: Hashes) -> Tables:
        state = self.state
        return Tables(
            tables, called, named, {field: typical(steps) for field, steps in state.steps.items()},
            linking.most_used(state.schemes), renamed=state.renamed > 0, most_names=linking.NAMES_A_NUMBER,
        )  # fmt: skip

    def advance(self) -> Advance:
        """Members, decisions, moves of the cards concerned, and the state after it."""
        state = self.state
        self.held = _known(self.judged, self._there())
        if not len(self.gone) and not len(self.new) and self.held == state.judged:
            none = state.resolution()
            return Advance(Resolution(none.members[:0], none.decisions[:0]), state, 0, full=False)
        few = min(self.nodes, int(self.alive.sum())) <= blocking.FEW
        # Places of what is gone stay empty; a full run numbers them anew.
        if few or max(_empty(self.alive), _empty(state.times > 0)) > MOST_EMPTY:
            return self._anew()
        again = self._other_content()
        self._renew(self._alike(again))
        return self._concerned() if self._as_before() else self._anew()

    def _there(self) -> Callable[[Values], Flags]:
        fresh = self.columns[_ID]
        own = set(fresh.distinct[fresh.codes[self.new]])

        def there(ids: Values) -> Flags:
            old = _places(self.state, ids)
            known = own | set(self.state.ids(old[self.alive[old]]))
            return np.array([one in known for one in ids], dtype=bool)

        return there

    def _anew(self) -> Advance:
        """A full run of all cards."""
        cards = _cards(self.columns, np.flatnonzero(self.alive))
        places = np.flatnonzero(self.state.alive)
        former = dict(zip(self.state.ids(places), self.state.entity[places], strict=True))
        return _full(cards, self.state.kind, self.judged, former)

    def _flags(self, places: Integers, size: int) -> Flags:
        flags = np.zeros(size, dtype=bool)
        flags[places] = True
        return flags

    def _other_content(self) -> Integers:
        """The cards whose content is not what it was: new, judged otherwise, of a value shared now or no more."""
        state, rows = self.state, self.cards + len(self.new)
        dead = self._flags(self.gone, rows)
        again = [self.new]
        facts = self._facts(self.tables, self.called, state.named)
        fresh = _some({name: self.columns[name] for name in (_ID, *linking.shareable(state.kind))}, self.new)
        self.tables["id"], _ = _replaced(self.tables["id"], dead, value_table(fresh[_ID]) + np.uint64(self.cards))
        for field in linking.shareable(state.kind):
            what, most = f"shared {field}", linking.SHARED_BY[field]
            entered = value_table(fresh[field]) + np.uint64(self.cards)
            self.tables[what], keys = _replaced(self.tables[what], dead, entered)
            flipped = (self.before.carried(what, keys) > most) != (facts.carried(what, keys) > most)
            again.append(members(self.tables[what], keys[flipped])[0])
        changed = {card for pair, _ in set(state.judged.items()) ^ set(self.held.items()) for card in pair}
        old = _places(state, np.array([*changed, ""], dtype=object)[:-1])
        return distinct(np.concatenate([*again, old[self.alive[old]]]))

    def _alike(self, again: Integers) -> Integers:
        """All cards that had or have the content of one that changed."""
        state = self.state
        cards = _cards(self.columns, again)
        facts = self._facts(self.tables, self.called, state.named)
        shown = linking.without_shared(cards.fields, state.kind, facts)
        now = linking.contents(shown, cards.named.distinct, cards.named.codes.astype(np.int64), self.held)
        left = distinct(np.concatenate([self.gone, again[again < self.cards]]))
        self.base = np.append(state.base, np.zeros(len(self.new), dtype=np.uint64))
        touched = np.unique(np.concatenate([state.base[left], now]))
        self.base[again] = now
        dead = self._flags(left, len(self.base))
        self.tables["base"], _ = _replaced(self.tables["base"], dead, entries(now, again))
        rows, of = members(self.tables["base"], touched)
        return distinct(rows[self.base[rows] == touched[of]])

    def _renew(self, dirty: Integers) -> None:
        """Makes the nodes of the dirty cards anew, and of those whose keys are of other words now."""
        state = self.state
        self._nodes_of(dirty)
        if state.kind == "person":
            return
        tables, dead = self.tables, self._flags(self.left, self.nodes)
        entered = blocking.word_table(self.run.nodes["name"]) + np.uint64(self.nodes)
        words, keys = _replaced(tables["word"], dead, entered)
        flipped = step(found(tables["word"], keys)[1]) != step(found(words, keys)[1])
        rows = distinct(members(words, keys[flipped])[0])
        rows = rows[rows < self.nodes]
        names = _some({"name": self.columns["name"]}, state.speaker[rows])["name"]
        self.tables = {**tables, "word": words}
        other = blocking.rarest(names, self.before) != blocking.rarest(
            names, self._facts(self.tables, self.called, state.named)
        )
        if other.any():
            concerned = self._flags(rows[other], self.nodes)[state.node] & self.alive[: self.cards]
            self._nodes_of(distinct(np.concatenate([dirty, np.flatnonzero(concerned)])))
            entered = blocking.word_table(self.run.nodes["name"]) + np.uint64(self.nodes)
            self.tables["word"], _ = _replaced(tables["word"], self._flags(self.left, self.nodes), entered)

    def _nodes_of(self, dirty: Integers) -> None:
        """Makes the nodes of these cards; all their old ones are left."""
        state = self.state
        self.dirty = dirty
        old = np.concatenate([self.gone, dirty[dirty < self.cards]])
        self.left = distinct(state.node[old])
        facts = self._facts(self.tables, self.called, state.named)
        self.run = Run(_cards(self.columns, dirty), state.kind, self.held, {}, mixture.shipped(), facts)
        self.node = np.append(state.node, np.zeros(len(self.new), dtype=np.int64))
        self.node[dirty] = self.nodes + self.run.node
        self.speaker = np.concatenate([state.speaker, dirty[linking.first_of(self.run.node)]])
        self.times = np.concatenate([state.times, self.run.times])
        self.times[self.left] = 0
        self.content = np.concatenate([state.content, self.run.contents])
        self.named = np.concatenate([state.named, _named(self.run)])
        self.facts = self._facts(self.tables, self.called, self.named)

    def _as_before(self) -> bool:
        """Whether the facts that concern all cards are what they were; counts them and the values."""
        state, dead = self.state, self._flags(self.left, self.nodes)
        old = _some({"identifiers": self.columns["identifiers"]}, state.speaker[self.left])
        self.schemes = dict(state.schemes)
        for sign, numbers in ((-1, Numbers(old["identifiers"])), (1, self.run.numbers)):
            for scheme, times in linking.weak_schemes(numbers).items():
                self.schemes[scheme] = self.schemes.get(scheme, 0) + sign * times
        self.schemes = {scheme: times for scheme, times in self.schemes.items() if times}
        self.renamed = state.renamed + _renamed(self.run.nodes)
        if state.renamed:
            self.renamed -= _renamed(_some({"former": self.columns["former"]}, state.speaker[self.left]))
        self.steps, self.stirred = {}, []
        for field in _rare(self.run.scales):
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
            and linking.most_used(self.schemes) == linking.most_used(state.schemes)
            and (self.renamed > 0) == (state.renamed > 0)
            and all(typical(steps) == typical(state.steps[field]) for field, steps in self.steps.items())
        )

    def _keys(self, nodes: Mapping[str, Column]) -> Iterable[tuple[str, blocking.Key]]:
        for wide in (False, True):
            yield from blocking.keys(nodes, self.state.kind, self.facts, wide=wide)

    def _candidates(self) -> Integers:
        """The pairs of the nodes that are new, or of which a key or a value is common now or no more."""
        dead = self._flags(self.left, self.nodes)
        pairs = []
        for name, key in self._keys(self.run.nodes):
            fresh = blocking.table(key) + np.uint64(self.nodes)
            before = self.state.tables[name]
            self.tables[name], keys = _replaced(before, dead, fresh)
            sizes = found(self.tables[name], keys)[1]
            rows = members(self.tables[name], keys[(found(before, keys)[1] > key.cap) != (sizes > key.cap)])[0]
            self.stirred.append(rows[rows < self.nodes])
            pairs.append(self._partners(name, fresh, key.cap))
        self.again = distinct(np.concatenate(self.stirred))
        shown = linking.without_shared(_some(self._fields(), self.speaker[self.again]), self.state.kind, self.facts)
        # A key or value that is common now, or no more, is of matter only to pairs of two that have it.
        left, right = blocking.join(self._keys(shown), self.facts)
        pairs.append(self.again[left] << _SPAN | self.again[right])
        several = np.concatenate([self.again, np.arange(self.nodes, len(self.times))])
        several = several[self.times[several] > 1]
        return distinct(np.concatenate([*pairs, several << _SPAN | several]))

    def _fields(self) -> dict[str, Column]:
        return {field: column for field, column in self.columns.items() if field not in (_ID, _GROUP)}

    def _partners(self, name: str, own: Hashes, cap: int) -> Integers:
        """The pairs of these entries with all that have the same key."""
        keys = keys_of(own)
        few = found(self.tables[name], keys)[1] <= cap
        rows, of = members(self.tables[name], keys[few])
        ours = rows_of(own[few])[of]
        return distinct((np.minimum(ours, rows) << _SPAN | np.maximum(ours, rows))[ours != rows])

    def _weighed(self, pairs: Integers) -> Links:
        """Those of the pairs that are not clearly different."""
        rows = distinct(np.concatenate([pairs >> _SPAN, pairs & _LOW]))
        rows = rows[np.argsort(self.content[rows])]
        place = np.empty(len(self.times), dtype=np.int64)
        place[rows] = np.arange(len(rows))
        shown = linking.without_shared(_some(self._fields(), self.speaker[rows]), self.state.kind, self.facts)
        scales = Scales(shown, self.state.kind, mixture.shipped(), self.facts)
        ours, theirs = place[pairs >> _SPAN], place[pairs & _LOW]
        weighed = scales.weighed(np.minimum(ours, theirs), np.maximum(ours, theirs))
        return Links(pairs, weighed.weights).of(weighed.weights > -decisions.UNSURE)

    def _touched(self) -> Integers:
        """The nodes of the pairs that changed, and of numbers that prove something; updates the links."""
        state = self.state
        after = self._weighed(self._candidates())
        dead, again = self._flags(self.left, self.nodes), self._flags(self.again, self.nodes)
        left, right = state.links.ends()
        known = dead[left] | dead[right] | (again[left] & again[right])
        old, kept = state.links.of(known), state.links.of(~known)
        self.links = Links(np.concatenate([kept.pairs, after.pairs]), np.concatenate([kept.weights, after.weights]))
        changed = np.concatenate([old.pairs[~_same(old, after)], after.pairs[~_same(after, old)]])
        ends = changed >> _SPAN, changed & _LOW
        own = self._flags(ends[0][ends[0] == ends[1]], len(self.times))
        left, right = self.links.ends()
        beside = own[left] | own[right]
        return np.concatenate([*ends, left[beside], right[beside], *self._numbered()])

    def _numbered(self) -> list[Integers]:
        """The nodes that have a number that proves something with a node that is new or left."""
        table = self.state.tables["key 0"], self.tables["key 0"]
        old = _some({"identifiers": self.columns["identifiers"]}, self.state.speaker[self.left])["identifiers"]
        keys = np.unique(np.concatenate([self._strong(Numbers(old)), self._strong(self.run.numbers)]))
        hub = self.before.hubs(keys) & self.facts.hubs(keys)
        return [members(one, keys[~hub])[0] for one in table]

    def _strong(self, numbers: Numbers) -> Hashes:
        return short(mixed(numbers.hashes()[numbers.of(self.run.strong)]))

    def _concerned(self) -> Advance:
        """Runs the components of the touched nodes."""
        state = self.state
        touched = np.concatenate([self._touched(), self.left])
        labels = self._flags(state.label[touched[touched < self.nodes]], self.nodes)
        known = labels[state.label] & (self.times[: self.nodes] > 0)
        taken = np.append(known, np.ones(len(self.run.times), dtype=bool))
        places = np.flatnonzero(taken[self.node] & self.alive)
        old = np.concatenate([places[places < self.cards], self.gone])
        former = dict(zip(state.ids(old), state.entity[old], strict=True))
        cards = _cards(self.columns, places)
        ids = set(cards.named.distinct)
        held = {pair: said for pair, said in self.held.items() if ids.issuperset(pair)}
        strays = state.strays - set(former.values())
        run = Run(cards, state.kind, held, former, mixture.shipped(), self.facts, strays)
        run.settle()
        made = run.resolution()
        return Advance(made, self._after(run, made, places, strays), len(places), full=False)

    def _after(self, run: Run, made: Resolution, places: Integers, strays: frozenset[str]) -> State:
        state, rows = self.state, len(self.alive)
        entity = np.concatenate([state.entity, np.full(len(self.new), "", dtype=object)])
        probability = np.append(state.probability, np.zeros(len(self.new)))
        entity[places], probability[places] = run.entities[run.entity], run.chances()
        label = np.append(state.label, np.zeros(len(self.run.times), dtype=np.int64))
        own = self.node[places[linking.first_of(run.node)]]
        label[own] = _labels(run, own)
        again = self._flags(np.concatenate([places, self.gone]), rows)
        known = state.decisions
        kept = known[~(again[known["left"]] & again[known["right"]])]
        blank = self._flags(self.gone, rows)
        for one, empty in ((self.base, 0), (self.called, 0), (entity, "")):
            one[self.gone] = empty
        for one in (self.content, self.named):
            one[self.left] = 0
        columns = {field: one.without_rows(blank) for field, one in self.columns.items()}
        return replace(
            state, judged=self.held, columns=columns, alive=self.alive, base=self.base, node=self.node,
            called=self.called, entity=entity, probability=probability, speaker=self.speaker, times=self.times,
            content=self.content, named=self.named, label=label, tables=self.tables, steps=self.steps,
            schemes=self.schemes, renamed=self.renamed, links=self.links,
            decisions=pd.concat([kept, _placed(made.decisions, run, places)], ignore_index=True),
            strays=strays | _strays(run),
        )  # fmt: skip


def _empty(there: Flags) -> float:
    return 1.0 - float(there.mean())


def _same(ours: Links, theirs: Links) -> Flags:
    """Whether each link is among the others, with the same weight."""
    order = np.argsort(theirs.pairs)
    at = np.minimum(np.searchsorted(theirs.pairs[order], ours.pairs), max(len(order) - 1, 0))
    if not len(order):
        return np.zeros(len(ours.pairs), dtype=bool)
    place = order[at]
    return np.asarray((theirs.pairs[place] == ours.pairs) & (theirs.weights[place] == ours.weights), dtype=bool)
