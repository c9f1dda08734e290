"""What is kept from run to run: cards, nodes, links between them and decisions, and how it is written down.

What belongs here: the state and its frames. What does not: how it comes about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.resolve import decisions
from pipelines.resolve.codes import (
    ABSENT,
    Column,
    Flags,
    Hashes,
    Integers,
    Values,
    sorted_texts,
    taken,
)
from pipelines.resolve.decisions import Resolution
from pipelines.resolve.mixture import Reals
from pipelines.resolve.told import Told
from pipelines.resolve.weighing import Weighed

Judged = dict[tuple[str, str], str]
SPAN, LOW = np.int64(32), np.int64((1 << 32) - 1)
ID, GROUP, _REASONS = "card_id", "no_link_group", "reasons"
_OF_CARDS = ("alive", "base", "node", "called", "entity", "probability")
_OF_NODES = ("speaker", "times", "content", "named", "label", "alone")
OF_LINKS = ("pairs", "pattern", "weights", "rules", "rare")
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
        pairs = np.minimum(left, right) << SPAN | np.maximum(left, right)
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
        return Links(*(getattr(self, name)[places] for name in OF_LINKS))

    def ends(self) -> tuple[Integers, Integers]:
        """The nodes of both sides."""
        return self.pairs >> SPAN, self.pairs & LOW

    def __add__(self, other: Links) -> Links:
        return Links(*(np.concatenate([getattr(self, name), getattr(other, name)]) for name in OF_LINKS))

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
        column = self.columns[ID]
        return column.distinct[column.codes[places]]

    def resolution(self) -> Resolution:
        """Members and decisions of all cards, sorted by id; no moves."""
        members = self.members()
        return Resolution(members.take(sorted_texts(members["card_id"].to_numpy(dtype=object))), self.decisions())

    def members(self) -> pd.DataFrame:
        """Members, in no order."""
        places = np.flatnonzero(self.alive)
        column = self.columns[ID]
        return pd.DataFrame({
            "card_id": taken(column.distinct, column.codes[places]), "entity_id": taken(self.entity, places),
            "probability": self.probability[places],
        })  # fmt: skip

    def decisions(self) -> pd.DataFrame:
        """Decisions, sorted by the ids of both cards."""
        column = self.columns[ID]
        rank = np.empty(len(column.distinct), dtype=np.int64)
        rank[sorted_texts(column.distinct)] = np.arange(len(rank))
        rank = np.append(rank, ABSENT)[column.codes]
        order = np.lexsort((rank[self.told.right], rank[self.told.left]))
        return self.told.of(order).table(column.texts())

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
            "links": pd.DataFrame({name: getattr(self.links, name) for name in OF_LINKS}),
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
            links=Links(*(links[name].to_numpy() for name in OF_LINKS)),
            told=Told(told["left"].to_numpy(), told["right"].to_numpy(), told["weights"].to_numpy(),
                      told["outcomes"].to_numpy(), Column(told["reasons"].to_numpy(), reasons)),
        )  # fmt: skip


def _cut(whole: npt.NDArray[Any], sizes: pd.DataFrame) -> dict[str, npt.NDArray[Any]]:
    """The parts of an array by name, in order."""
    ends = np.cumsum(sizes["times"].to_numpy())
    return dict(zip(sizes["one"], np.split(whole, ends[:-1]), strict=True))


def _used(column: Column) -> Column:
    """The column without values that no card has."""
    there = np.zeros(len(column.distinct), dtype=bool)
    there[column.codes[column.codes >= 0]] = True
    place = np.append(np.cumsum(there) - 1, ABSENT)
    return Column(place[column.codes], column.distinct[there])


def version() -> str:
    """Of the rules and the model: a state of another is of no use."""
    folder = files("pipelines.resolve")
    parts = sorted(one.name for one in folder.iterdir() if one.name.endswith((".py", ".yml")))
    return sha256(b"\0".join(folder.joinpath(one).read_bytes() for one in parts)).hexdigest()[:16]
