"""What of a finished run is kept: the state after it, components, and the ids that went astray.

What belongs here: taking it out of a run. What does not: what is done with it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from pipelines.resolve import blocking, clusters, identity
from pipelines.resolve.cards import Cards, called, shareable
from pipelines.resolve.codes import (
    Column,
    Hashes,
    Integers,
    Values,
)
from pipelines.resolve.facts import (
    Facts,
    by_step,
    entries,
    value_table,
)
from pipelines.resolve.run import Run
from pipelines.resolve.state import GROUP, ID, Links, State, version
from pipelines.resolve.weighing import Scales, Weighed, weak_schemes


def keep(run: Run, cards: Cards, facts: Facts) -> State:
    """The state after a full run."""
    kept, nodes, size = dict(facts.kept or {}), run.nodes, len(run.times)
    for name, key in blocking.keys(nodes, run.kind, Facts(), wide=True):
        kept.setdefault(name, blocking.table(key))
    places = np.arange(len(cards.named.codes))
    kept |= {f"shared {field}": value_table(cards.fields[field]) for field in shareable(run.kind)}
    kept |= {f"value {field}": value_table(nodes[field]) for field in rare(run.scales)}
    kept |= {"id": value_table(cards.named), "base": entries(run.base, places)}
    if run.kind != "person":
        kept["word"] = blocking.word_table(nodes["name"])
    own, label = np.arange(size), components_of(run, np.arange(size))
    place = places_of_ids(run, places)
    return State(
        kind=run.kind, version=version(), judged=run.judged,
        columns={**cards.fields, ID: cards.named, GROUP: cards.groups},
        alive=np.ones(len(places), dtype=bool), base=run.base, node=run.node,
        called=called(cards.fields, run.kind), entity=run.entities[run.entity],
        probability=run.chances(), speaker=place[run.spoken()], times=run.times, content=run.contents,
        named=counted_by(run), label=label, alone=run.alone, tables=kept,
        steps={field: by_step(nodes[field].counts()) for field in rare(run.scales)},
        schemes=weak_schemes(run.numbers), renamed=renamed_of(nodes),
        links=Links.of_nodes(run.candidates, own).kept(label),
        told=run.told().at(place), strays=frozenset(strays_of(run)),
    )  # fmt: skip


def rare(scales: Scales) -> list[str]:
    """The fields in which agreement on a rare value says more."""
    return [one.field for one in scales.comparer.comparisons if one.rare]


def counted_by(run: Run) -> Hashes:
    """The name that each node counts by where a number is on many, as a hash."""
    return run.nodes["last" if run.kind == "person" else "name"].hashes()


def renamed_of(nodes: Mapping[str, Column]) -> int:
    """How many nodes have a former name."""
    return int(nodes["former"].present.sum()) if "former" in nodes else 0


def components_of(run: Run, places: Integers, weighed: Weighed | None = None) -> Integers:
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


def strays_of(run: Run) -> set[str]:
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


def places_of_ids(run: Run, places: Integers) -> Integers:
    """The place of the card of each id; ids are of one card each."""
    found = np.empty(len(run.ids), dtype=np.int64)
    found[run.id] = places
    return found
