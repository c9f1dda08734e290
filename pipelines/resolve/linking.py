"""Resolve: cards in, entities out.

What belongs here: the two public functions, and what they take. What does not: any stage. Memory grows with the cards,
by about 3 to 5 kB each.
"""

from __future__ import annotations

import pandas as pd

from pipelines.resolve import decisions, mixture
from pipelines.resolve.cards import read
from pipelines.resolve.decisions import Resolution
from pipelines.resolve.features import KINDS, texts
from pipelines.resolve.mixture import Model
from pipelines.resolve.run import Run


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
    return _run(cards, kind).members()


def resolve(
    cards: pd.DataFrame,
    kind: str = "company",
    judgements: pd.DataFrame | None = None,
    previous: pd.DataFrame | None = None,
    model: Model | None = None,
) -> Resolution:
    """Which cards are of one entity, why, and what became of the ids of the last run.

    Args:
        cards: As for `link`; also `employer_id`, `former_names` (`;` between) and `no_link_group` (cards of one
            non-empty group are never one person).
        kind: `company`, `person` or `site`.
        judgements: left_id, right_id, judgement (`same`, `different`) of stewards; `different` beats `same`.
        previous: card_id, entity_id of the last run.
        model: What levels of agreement are worth; the shipped one unless told.

    Returns:
        Members, decisions and moves.

    Raises:
        ValueError: The kind is none of the three.
    """
    return _run(cards, kind, judged(judgements), former(previous), model).resolution()


def _run(
    cards: pd.DataFrame,
    kind: str,
    judged: dict[tuple[str, str], str] | None = None,
    former: dict[str, str] | None = None,
    model: Model | None = None,
) -> Run:
    if kind not in KINDS:
        raise ValueError(f"no kind {kind!r}: one of {', '.join(KINDS)}")
    run = Run(read(cards, kind), kind, judged or {}, former or {}, model or mixture.shipped())
    run.settle()
    return run


def judged(judgements: pd.DataFrame | None) -> dict[tuple[str, str], str]:
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


def former(previous: pd.DataFrame | None) -> dict[str, str]:
    """The former entity of every card."""
    if previous is None or previous.empty:
        return {}
    pairs = zip(texts(previous, "card_id"), texts(previous, "entity_id"), strict=True)
    return {card: entity for card, entity in pairs if card and entity}
