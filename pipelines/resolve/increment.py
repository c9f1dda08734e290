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
    sorted_texts,
)
from pipelines.resolve.decisions import Resolution
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
from pipelines.resolve.linking import Cards, Run, Scales, Weighed
from pipelines.resolve.mixture import Reals
from pipelines.resolve.registers import Numbers
from pipelines.resolve.told import Told

Judged = dict[tuple[str, str], str]
MOST_EMPTY = 0.5
"""Share of the places above which they are numbered anew."""
_SPAN, _LOW = np.int64(32), np.int64((1 << 32) - 1)
_ID, _GROUP, _REASONS = "card_id", "no_link_group", "reasons"
_OF_CARDS = ("alive", "base", "node", "called", "entity", "probability")
_OF_NODES = ("speaker", "times", "content", "named", "label", "alone")
_OF_LINKS = ("pairs", "pattern", "weights", "rules", "rare")
_OF_TOLD = ("left", "right", "weights", "outcomes")


@dataclass(frozen=True)
class Links:
    """Pairs of nodes that are not clearly different, or of one component, with what was found of them.

    Attributes:
        pairs: `left << 32 | right` each.
        pattern: Their levels.
        weights: Their log-odds.
        rules: The rule that changed these.
        rare: What of these is due to how rare the values are.
    """

    pairs: Integers
    pattern: Integers
    weights: Reals
    rules: npt.NDArray[np.int8]
    rare: npt.NDArray[np.float32]

    @classmethod
    def of_nodes(cls, weighed: Weighed, places: Integers) -> Links:
        """The links of nodes that have these places."""
        left, right = places[weighed.left], places[weighed.right]
        pairs = np.minimum(left, right) << _SPAN | np.maximum(left, right)
        return cls(pairs, weighed.pattern, weighed.weights, weighed.rules, weighed.rare)

    def weighed(self, place: Integers | None = None) -> Weighed:
        """The same as pairs of nodes; of their places, where these are told."""
        left, right = self.ends()
        if place is not None:
            left, right = place[left], place[right]
        ends = np.minimum(left, right), np.maximum(left, right)
        return Weighed(*ends, self.pattern, self.weights, self.rules, self.rare)

    def of(self, wanted: Flags) -> Links:
        """Some of them."""
        places = np.flatnonzero(wanted)
        return Links(*(getattr(self, name)[places] for name in _OF_LINKS))

    def ends(self) -> tuple[Integers, Integers]:
        """The nodes of both sides."""
        return self.pairs >> _SPAN, self.pairs & _LOW

    def __add__(self, other: Links) -> Links:
        return Links(*(np.concatenate([getattr(self, name), getattr(other, name)]) for name in _OF_LINKS))

    def kept(self, label: Integers) -> Links:
        """Those that are not clearly different, or under one label: what is clearly different there is of matter."""
        left, right = self.ends()
        return self.of((self.weights > -decisions.UNSURE) | (label[left] == label[right]))


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
        speaker: The card of each node with the smallest id.
        times: How many cards each node has; 0 for one that is gone.
        content: A hash of the content of each node.
        named: The name that each node counts by where a number is on many, as a hash.
        label: The component of each node, a node of it.
        alone: Whether the cards of a node say too little to be one.
        tables: Sorted entries of rows by hash.
        steps: How many nodes have a value of each step of commonness, by field.
        schemes: How many nodes have a number in each register that proves nothing by itself.
        renamed: How many nodes have a former name.
        links: Pairs of nodes.
        told: The decisions.
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
    alone: Flags
    tables: Mapping[str, Hashes]
    steps: Mapping[str, Integers]
    schemes: Mapping[str, int]
    renamed: int
    links: Links
    told: Told
    strays: frozenset[str]

    def ids(self, places: Integers) -> Values:
        """The ids of the cards of some places."""
        column = self.columns[_ID]
        return column.distinct[column.codes[places]]

    def resolution(self) -> Resolution:
        """Members and decisions of all cards, sorted by id; no moves."""
        return Resolution(self.members(), self._decided())

    def members(self) -> pd.DataFrame:
        """Members, sorted by id."""
        places = np.flatnonzero(self.alive)
        places = places[sorted_texts(self.ids(places))]
        return pd.DataFrame({
            "card_id": self.ids(places), "entity_id": self.entity[places], "probability": self.probability[places],
        })  # fmt: skip

    def to_frames(self) -> dict[str, pd.DataFrame]:
        """The state as tables of plain columns, without any value of a card that is gone; see `from_frames`."""
        cards = {name: getattr(self, name) for name in _OF_CARDS}
        columns = {field: _used(column) for field, column in self.columns.items()}
        cards |= {f"code {field}": column.codes for field, column in columns.items()}
        columns[_REASONS] = _used(self.told.reasons)
        told = {name: getattr(self.told, name) for name in _OF_TOLD} | {"reasons": columns[_REASONS].codes}
        facts = [("kind", self.kind, "", 0), ("version", self.version, "", 0), ("renamed", "", "", self.renamed)]
        facts += [(f"judged {said}", *pair, 0) for pair, said in self.judged.items()]
        facts += [("scheme", scheme, "", times) for scheme, times in self.schemes.items()]
        facts += [("stray", stray, "", 0) for stray in sorted(self.strays)]
        facts += [("step", field, "", int(times)) for field, steps in self.steps.items() for times in steps]
        facts += [("table", what, "", len(table)) for what, table in self.tables.items()]
        facts += [("column", field, "", len(column.distinct)) for field, column in columns.items()]
        return {
            "cards": pd.DataFrame(cards),
            "values": pd.DataFrame({"value": np.concatenate([one.distinct for one in columns.values()])}, dtype="str"),
            "nodes": pd.DataFrame({name: getattr(self, name) for name in _OF_NODES}),
            "entries": pd.DataFrame({"entry": np.concatenate(list(self.tables.values()))}),
            "links": pd.DataFrame({name: getattr(self.links, name) for name in _OF_LINKS}),
            "decisions": pd.DataFrame(told),
            "facts": pd.DataFrame(facts, columns=["what", "one", "other", "times"]),
        }

    @classmethod
    def from_frames(cls, frames: Mapping[str, pd.DataFrame]) -> State:
        """The state that `to_frames` made these of."""
        cards, nodes, links = frames["cards"], frames["nodes"], frames["links"]
        facts = {str(name): own for name, own in frames["facts"].groupby("what", sort=False)}
        values = _cut(frames["values"]["value"].to_numpy(dtype=object), facts["column"])
        told, reasons = frames["decisions"], values.pop(_REASONS)
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
            links=Links(*(links[name].to_numpy() for name in _OF_LINKS)),
            told=Told(told["left"].to_numpy(), told["right"].to_numpy(), told["weights"].to_numpy(),
                      told["outcomes"].to_numpy(), Column(told["reasons"].to_numpy(), reasons)),
        )  # fmt: skip

    def _decided(self) -> pd.DataFrame:
        column = self.columns[_ID]
        rank = np.empty(len(column.distinct), dtype=np.int64)
        rank[sorted_texts(column.distinct)] = np.arange(len(rank))
        rank = np.append(rank, ABSENT)[column.codes]
        order = np.lexsort((rank[self.told.right], rank[self.told.left]))
        return self.told.of(order).table(column.texts())


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
    state = _state(run, cards, facts)
    return Advance(run.resolution(), state, len(cards.named.codes), full=True)


def _state(run: Run, cards: Cards, facts: Facts) -> State:
    kept, nodes, size = dict(facts.kept or {}), run.nodes, len(run.times)
    for name, key in blocking.keys(nodes, run.kind, Facts(), wide=True):
        kept.setdefault(name, blocking.table(key))
    places = np.arange(len(cards.named.codes))
    kept |= {f"shared {field}": value_table(cards.fields[field]) for field in linking.shareable(run.kind)}
    kept |= {f"value {field}": value_table(nodes[field]) for field in _rare(run.scales)}
    kept |= {"id": value_table(cards.named), "base": entries(run.base, places)}
    if run.kind != "person":
        kept["word"] = blocking.word_table(nodes["name"])
    own, label = np.arange(size), _labels(run, np.arange(size))
    place = _places_of_ids(run, places)
    return State(
        kind=run.kind, version=version(), judged=run.judged,
        columns={**cards.fields, _ID: cards.named, _GROUP: cards.groups},
        alive=np.ones(len(places), dtype=bool), base=run.base, node=run.node,
        called=linking.called(cards.fields, run.kind).hashes(), entity=run.entities[run.entity],
        probability=run.chances(), speaker=place[run.spoken()], times=run.times, content=run.contents,
        named=_named(run), label=label, alone=run.alone, tables=kept,
        steps={field: by_step(nodes[field].counts()) for field in _rare(run.scales)},
        schemes=linking.weak_schemes(run.numbers), renamed=_renamed(nodes),
        links=Links.of_nodes(run.candidates, own).kept(label),
        told=run.told().at(place), strays=frozenset(_strays(run)),
    )  # fmt: skip


def _rare(scales: Scales) -> list[str]:
    """The fields in which agreement on a rare value says more."""
    return [one.field for one in scales.comparer.comparisons if one.rare]


def _named(run: Run) -> Hashes:
    return run.nodes["last" if run.kind == "person" else "name"].hashes()


def _renamed(nodes: Mapping[str, Column]) -> int:
    return int(nodes["former"].present.sum()) if "former" in nodes else 0


def _labels(run: Run, places: Integers, weighed: Weighed | None = None) -> Integers:
    """The component of each node, by the place of one of its nodes: of all whose fate may hang together."""
    weighed = weighed or run.candidates
    good = weighed.of(weighed.weights > 0)
    order = np.argsort(run.base, kind="stable")
    alike = np.flatnonzero(run.base[order][1:] == run.base[order][:-1])
    judged = [(left, right) for left, right, _ in run.judged_nodes()]
    bonds = np.array([*run.bonds, *judged], dtype=np.int64).reshape(-1, 2)
    left = np.concatenate([good.left, bonds[:, 0], run.node[order[alike]]])
    right = np.concatenate([good.right, bonds[:, 1], run.node[order[alike + 1]]])
    return places[clusters.components(len(run.times), left, right)]


def _strays(run: Run) -> set[str]:
    """The ids of entities that were minted from no card of theirs."""
    order = np.lexsort((run.id, run.entity))
    of = run.entity[order]
    first = np.flatnonzero(np.diff(of, prepend=-1))
    # Nearly every entity has the id of its first card: only of the others are all cards asked.
    strange = np.ones(len(run.entities), dtype=bool)
    strange[of[first]] = _minted(run.ids[run.id[order[first]]]) != run.entities[of[first]]
    rest = order[strange[of]]
    own = _minted(run.ids[run.id[rest]]) == run.entities[run.entity[rest]]
    strange[run.entity[rest[own]]] = False
    return set(run.entities[strange])


def _minted(founders: Values) -> Values:
    return np.array([*identity.minted(founders.tolist()), ""], dtype=object)[:-1]


def _places_of_ids(run: Run, places: Integers) -> Integers:
    """The place of the card of each id; ids are of one card each."""
    found = np.empty(len(run.ids), dtype=np.int64)
    found[run.id] = places
    return found


def _used(column: Column) -> Column:
    """The column without values that no card has."""
    there = np.zeros(len(column.distinct), dtype=bool)
    there[column.codes[column.codes >= 0]] = True
    place = np.append(np.cumsum(there) - 1, ABSENT)
    return Column(place[column.codes], column.distinct[there])


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
        self.called = np.concatenate([state.called, linking.called(given.fields, state.kind).hashes()])
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
            none = pd.DataFrame({"card_id": [], "entity_id": [], "probability": []})
            return Advance(Resolution(none), state, 0, full=False)
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
        self.speaker = np.concatenate([state.speaker, _places_of_ids(self.run, dirty)[self.run.spoken()]])
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
        return Links(pairs, *(getattr(weighed, name) for name in _OF_LINKS[1:]))

    def _touched(self) -> Integers:
        """The nodes whose component may be another, or other inside; updates the links."""
        state = self.state
        after = self._weighed(self._candidates())
        dead, again = self._flags(self.left, self.nodes), self._flags(self.again, self.nodes)
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
        own = self.node[places[linking.first_of(run.node)]]
        run.settle(lambda: self._evidence(run, own))
        place = _places_of_ids(run, places)
        alone = np.append(state.alone, np.zeros(len(self.run.times), dtype=bool))
        alone[own] = run.alone
        stale, across = self._across(own, alone)
        told = run.told().at(place) + self._ordered(run.tell(across, np.zeros(len(across.left), dtype=bool)))
        after = self._after(run, own, places)
        after = replace(after, alone=alone, told=self._kept(own, stale) + told, strays=strays | _strays(run))
        found = Resolution(run.members(), told.table(self.columns[_ID].texts()), run.moved())
        return Advance(found, after, len(places), full=False)

    def _across(self, own: Integers, alone: Flags) -> tuple[Integers, Weighed]:
        """The pairs of one component and another of which a decision may be another now, and those told of.

        Args:
            own: The nodes that were run again.
            alone: As in `State`, by node.
        """
        flipped = np.append(self.state.alone, alone[self.nodes :]) != alone
        left, right = self.links.ends()
        pairs = distinct(np.concatenate([self.changed.pairs, self.links.pairs[flipped[left] | flipped[right]]]))
        inner = self._flags(own, len(self.times))
        pairs = pairs[~(inner[pairs >> _SPAN] & inner[pairs & _LOW])]
        ends = self._flags(np.concatenate([pairs >> _SPAN, pairs & _LOW]), len(self.times))
        told = self.links.of(ends[left] & ends[right] & (self.links.weights > -decisions.UNSURE))
        told = told.of(_among(told.pairs, pairs))
        left, right = told.ends()
        return pairs, told.of(~alone[left] & ~alone[right]).weighed()

    def _ordered(self, told: Told) -> Told:
        """Decisions of nodes by their cards, the smaller id left."""
        one, other = self.speaker[told.left], self.speaker[told.right]
        column = self.columns[_ID]
        swapped = column.distinct[column.codes[one]] > column.distinct[column.codes[other]]
        return replace(told, left=np.where(swapped, other, one), right=np.where(swapped, one, other))

    def _kept(self, own: Integers, stale: Integers) -> Told:
        """The decisions that hold on: of nodes that are left, of two that were run again, of pairs told of anew not."""
        known, node = self.state.told, self.state.node
        left, right = node[known.left], node[known.right]
        dead, inner = self._flags(self.left, len(self.times)), self._flags(own, len(self.times))
        gone = dead[left] | dead[right] | (inner[left] & inner[right])
        ends = self._flags(np.concatenate([stale >> _SPAN, stale & _LOW]), len(self.times))
        may = np.flatnonzero(ends[left] & ends[right])
        left, right = left[may], right[may]
        gone[may] |= _among(np.minimum(left, right) << _SPAN | np.maximum(left, right), stale)
        return known.of(~gone)

    def _evidence(self, run: Run, own: Integers) -> Weighed:
        """The candidates of a run, out of the links; those that nothing kept are found and weighed."""
        place = np.full(len(self.times), ABSENT, dtype=np.int64)
        place[own] = np.arange(len(own))
        left, right = self.links.ends()
        known = self.links.of((place[left] >= 0) & (place[right] >= 0)).weighed(place)
        rows = self._merged(run, own, known)
        shown = {field: column.rows(rows) for field, column in run.nodes.items()}
        left, right = (rows[side] for side in blocking.join(self._keys(shown), self.facts))
        fresh = run.scales.weighed(*clusters.without(left, right, known.left, known.right))
        self.links += Links.of_nodes(fresh, own)
        return known + fresh

    def _merged(self, run: Run, own: Integers, known: Weighed) -> Integers:
        """The nodes of components that were several, of which what is clearly different between them was not kept.

        A small one in which nothing but links joins nodes is left out: a run weighs all its pairs.
        """
        label, size = _labels(run, np.arange(len(own)), known), len(own)
        old = np.flatnonzero(own < self.nodes)
        both = distinct(label[old] << _SPAN | self.state.label[own[old]]) >> _SPAN
        several = np.bincount(both, minlength=size) > 1
        good = known.of(known.weights > 0)
        linked = clusters.components(size, good.left, good.right)
        whole = np.bincount(linked, minlength=size) == np.bincount(label, minlength=size)
        several &= ~(whole & (np.bincount(label, minlength=size) <= linking.COMPLETED))
        return np.flatnonzero(several[label])

    def _after(self, run: Run, own: Integers, places: Integers) -> State:
        """The state but for its decisions."""
        state = self.state
        entity = np.concatenate([state.entity, np.full(len(self.new), "", dtype=object)])
        probability = np.append(state.probability, np.zeros(len(self.new)))
        entity[places], probability[places] = run.entities[run.entity], run.chances()
        label = np.append(state.label, np.zeros(len(self.run.times), dtype=np.int64))
        label[own] = _labels(run, own)
        for one, empty in ((self.base, 0), (self.called, 0), (entity, "")):
            one[self.gone] = empty
        for one in (self.content, self.named):
            one[self.left] = 0
        blank = self._flags(self.gone, len(self.alive))
        columns = {field: one.without_rows(blank) for field, one in self.columns.items()}
        return replace(
            state, judged=self.held, columns=columns, alive=self.alive, base=self.base, node=self.node,
            called=self.called, entity=entity, probability=probability, speaker=self.speaker, times=self.times,
            content=self.content, named=self.named, label=label, tables=self.tables, steps=self.steps,
            schemes=self.schemes, renamed=self.renamed, links=self.links.kept(label),
        )  # fmt: skip


def _empty(there: Flags) -> float:
    return 1.0 - float(there.mean())


def _among(values: Integers, wanted: Integers) -> Flags:
    """Whether each value is among some, which are sorted."""
    if not len(wanted):
        return np.zeros(len(values), dtype=bool)
    place = np.minimum(np.searchsorted(wanted, values), len(wanted) - 1)
    return np.asarray(wanted[place] == values, dtype=bool)


def _same(ours: Links, theirs: Links) -> Flags:
    """Whether each link is among the others, and the same was found of it."""
    if not len(theirs.pairs):
        return np.zeros(len(ours.pairs), dtype=bool)
    order = np.argsort(theirs.pairs)
    place = order[np.minimum(np.searchsorted(theirs.pairs[order], ours.pairs), len(order) - 1)]
    equal = [getattr(theirs, name)[place] == getattr(ours, name) for name in _OF_LINKS]
    return np.asarray(np.logical_and.reduce(equal), dtype=bool)
