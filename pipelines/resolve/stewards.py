"""What stewards say and what resolving made of it: judgements not followed, and what keeps apart those that are alike.

What belongs here: reading a finished resolution. What does not: following the judgements, which clustering does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.resolve.decisions import DIFFERENT, REVIEW, SAME, Resolution
from pipelines.resolve.features import identifier_keys, is_exclusive, texts

JUDGEMENT, NUMBER, GROUP, NEIGHBOURS = "judgement", "number", "group", "neighbours"
"""What keeps two entities apart of which a pair of cards is alike: a judgement on cards of both, different numbers in a
register that gives one each, a group of which each is another, or that their other cards are not alike."""

Entities = Mapping[str, str]


def known(judgements: pd.DataFrame, cards: pd.DataFrame) -> pd.DataFrame:
    """The judgements of which both cards are there; the others wait.

    Args:
        judgements: left_id, right_id, judgement.
        cards: card_id.
    """
    if judgements.empty:
        return judgements.reset_index(drop=True)
    named = pd.unique(pd.concat([judgements["left_id"], judgements["right_id"]]))
    there = cards.loc[cards["card_id"].isin(named), "card_id"]
    return judgements[judgements["left_id"].isin(there) & judgements["right_id"].isin(there)].reset_index(drop=True)


def unfollowed(judgements: pd.DataFrame, members: pd.DataFrame) -> int:
    """How many judgements were not followed, because others contradict them.

    Args:
        judgements: left_id, right_id, judgement; both cards are members.
        members: card_id, entity_id.
    """
    return int((_together(judgements, members) != (judgements["judgement"] == SAME)).sum())


def _entities(members: pd.DataFrame) -> dict[str, str]:
    return dict(zip(members["card_id"], members["entity_id"], strict=True))


def _together(pairs: pd.DataFrame, members: pd.DataFrame) -> pd.Series[bool]:
    """Whether both cards of each pair are of one entity; they are all members."""
    if pairs.empty:
        return pairs["left_id"].eq(pairs["right_id"])
    codes, cards = pd.factorize(members["entity_id"])[0], pa.array(members["card_id"], pa.large_string())
    ours, theirs = (
        codes[pc.index_in(pa.array(pairs[side], pa.large_string()), cards).to_numpy()]
        for side in ("left_id", "right_id")
    )
    return pd.Series(ours == theirs, index=pairs.index, dtype="bool")


def reviewed(found: Resolution, cards: pd.DataFrame, judgements: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The decisions with the column `held_apart_by`, empty unless they are alike and nevertheless two.

    A judgement that was not followed is for review again.

    Args:
        found: What resolving made of the cards.
        cards: As they were resolved.
        judgements: left_id, right_id, judgement; both cards are members.
        kind: `company` or `person`.
    """
    decisions = found.decisions
    together = _together(decisions, found.members)
    overruled = decisions["outcome"].eq(SAME) & ~together | decisions["outcome"].eq(DIFFERENT) & together
    apart = decisions[(decisions["weight"] > 0) & ~together]
    concerned = pd.unique(pd.concat([apart["left_id"], apart["right_id"]]))
    entity = _entities(found.members[found.members["card_id"].isin(concerned)])
    pairs = [(entity[a], entity[b]) for a, b in zip(apart["left_id"], apart["right_id"], strict=True)]
    causes = _causes(pairs, found.members, cards, judgements, kind)
    held = pd.Series([causes[pair] for pair in pairs], index=apart.index, dtype="str")
    outcome = decisions["outcome"].where(~overruled, REVIEW)
    return decisions.assign(outcome=outcome, held_apart_by=held.reindex(decisions.index).fillna(""))


def _causes(
    pairs: list[tuple[str, str]], members: pd.DataFrame, cards: pd.DataFrame, judgements: pd.DataFrame, kind: str
) -> dict[tuple[str, str], str]:
    """What keeps the two entities of each pair apart."""
    if not pairs:
        return {}
    wanted = list({entity for pair in pairs for entity in pair})
    own = members[members["entity_id"].isin(wanted)]
    entity = _entities(own)
    concerned = cards[cards["card_id"].isin(list(entity))].reset_index(drop=True)
    parted = {
        frozenset((entity.get(a, a), entity.get(b, b)))
        for a, b, said in judgements[["left_id", "right_id", "judgement"]].itertuples(index=False)
        if said == DIFFERENT
    }
    numbers, groups = _numbers(concerned, entity, kind), _groups(concerned, entity)

    def cause(one: str, other: str) -> str:
        if frozenset((one, other)) in parted:
            return JUDGEMENT
        ours, theirs = numbers.get(one, {}), numbers.get(other, {})
        if any(scheme in theirs and not held & theirs[scheme] for scheme, held in ours.items()):
            return NUMBER
        return GROUP if groups.get(one, set()) & groups.get(other, set()) else NEIGHBOURS

    return {pair: cause(*pair) for pair in pairs}


def _numbers(cards: pd.DataFrame, entity: Entities, kind: str) -> dict[str, dict[str, set[str]]]:
    """Numbers of registers that give one each, by entity and register."""
    held: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for card, text in zip(cards["card_id"], texts(cards, "identifiers"), strict=True):
        for item in filter(None, identifier_keys(text).split(";")):
            scheme, _, value = item.partition(":")
            if is_exclusive(scheme, kind):
                held[entity[card]][scheme].add(value)
    return held


def _groups(cards: pd.DataFrame, entity: Entities) -> dict[str, set[str]]:
    held: dict[str, set[str]] = defaultdict(set)
    for card, group in zip(cards["card_id"], texts(cards, "no_link_group"), strict=True):
        if group:
            held[entity[card]].add(group)
    return held
