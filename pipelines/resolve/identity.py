"""Ids that last: minted once from the card that founded an entity, kept from run to run, moved in the open.

What belongs here: which id a cluster bears, and what became of the ids that no cluster bears any more.
"""

from __future__ import annotations

import hashlib
import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from pipelines.card import NAMESPACE

Move = tuple[str, str, str]
MERGE, SPLIT = "merge", "split"


def mint(founder: str) -> str:
    """The id of an entity that this card founds."""
    return str(uuid.uuid5(NAMESPACE, founder))


def minted(founders: Iterable[str]) -> list[str]:
    """The id of each entity that one of these cards founds: `mint` for very many."""
    base = hashlib.sha1(NAMESPACE.bytes, usedforsecurity=False)
    digests = bytearray()
    for founder in founders:
        one = base.copy()
        one.update(founder.encode())
        digests += one.digest()[:16]
    digests[6::16] = (np.frombuffer(digests[6::16], dtype=np.uint8) & 0x0F | 0x50).tobytes()
    digests[8::16] = (np.frombuffer(digests[8::16], dtype=np.uint8) & 0x3F | 0x80).tobytes()
    text = digests.hex()
    return [
        f"{one[:8]}-{one[8:12]}-{one[12:16]}-{one[16:20]}-{one[20:]}"
        for one in (text[at : at + 32] for at in range(0, len(text), 32))
    ]


def assign(
    clusters: Sequence[Sequence[str]], previous: Mapping[str, str], held_elsewhere: Collection[str] = ()
) -> tuple[list[str], list[Move]]:
    """Gives every cluster its id.

    A cluster keeps the former id that most of its cards had, ties to the smallest id; where two claim one id, the one
    with more of its cards has it, ties to the cluster with the smallest card. All others are minted from their founder.

    Args:
        clusters: Card ids a cluster; no card in two.
        previous: Card id to entity id of the last run.
        held_elsewhere: Other ids that are not to be given.

    Returns:
        An id a cluster, in order, and the moves (old id, new id, `merge` or `split`), sorted.
    """
    held = [Counter(previous[card] for card in cluster if card in previous) for cluster in clusters]
    claims = sorted(
        (-times, former, min(clusters[at]), at) for at, counts in enumerate(held) for former, times in counts.items()
    )
    ids: dict[int, str] = {}
    taken: set[str] = set()
    for _, former, _, at in claims:
        if at not in ids and former not in taken:
            ids[at] = former
            taken.add(former)
    reserved = taken.union(previous.values(), held_elsewhere)
    for at in sorted(set(range(len(clusters))) - ids.keys(), key=lambda one: min(clusters[one])):
        ids[at] = _new(sorted(clusters[at]), reserved)
        reserved.add(ids[at])
    return [ids[at] for at in range(len(clusters))], _moves(held, ids, taken)


def _new(cards: list[str], reserved: set[str]) -> str:
    """An id that nobody has or had: the founder may have founded another entity before it was split off."""
    for card in cards:
        if (fresh := mint(card)) not in reserved:
            return fresh
    turn = 1
    while (fresh := mint(f"{cards[0]}\x1f{turn}")) in reserved:
        turn += 1
    return fresh


def _moves(held: list[Counter[str]], ids: Mapping[int, str], taken: set[str]) -> list[Move]:
    went: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for at, counts in enumerate(held):
        for former, times in counts.items():
            if ids[at] != former:
                went[former].append((-times, ids[at]))
    moves = []
    for former, places in went.items():
        ranked = sorted(places)
        merged = [] if former in taken else ranked[:1]
        moves += [(former, new, MERGE) for _, new in merged]
        moves += [(former, new, SPLIT) for _, new in ranked[len(merged) :]]
    return sorted(moves)
