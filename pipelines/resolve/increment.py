"""Matching what changed: a delta touches only the cards, blocks and entities that it concerns, and ends as a full run.

What belongs here: the public functions, and when a delta takes a full run. What does not: any rule of matching: the
cards concerned are put through the same run as all cards are, with facts of all cards from the tables. Exact but for
hashes that agree in 38 bits by chance, of which one value in some hundred thousand at a million cards is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.resolve import mixture
from pipelines.resolve.cards import Cards, read
from pipelines.resolve.codes import (
    Flags,
)
from pipelines.resolve.decisions import Resolution
from pipelines.resolve.facts import (
    Facts,
)
from pipelines.resolve.keeping import keep
from pipelines.resolve.linking import former, judged
from pipelines.resolve.renewing import Renewal, cards_of, known, places_in
from pipelines.resolve.rerunning import Rerun
from pipelines.resolve.run import Run
from pipelines.resolve.state import Judged, State

MOST_EMPTY = 0.5
"""Share of the places above which they are numbered anew."""


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
    return _full(_read(cards, kind), kind, judged(judgements), former(previous))


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
    gone = places_in(state, np.array([*removed, ""], dtype=object)[:-1])
    delta = Renewal(state, given, gone, judged(judgements))
    if delta.nothing():
        return Advance(
            Resolution(pd.DataFrame({"card_id": [], "entity_id": [], "probability": []})), state, 0, full=False
        )
    # Places of what is gone stay empty; a full run numbers them anew.
    if delta.few() or max(_empty(delta.alive), _empty(state.times > 0)) > MOST_EMPTY or not delta.renew():
        return _anew(delta)
    found, after, touched = Rerun(delta).run()
    return Advance(found, after, touched, full=False)


def _anew(delta: Renewal) -> Advance:
    """A full run of all cards."""
    state, cards = delta.state, cards_of(delta.columns, np.flatnonzero(delta.alive))
    places = np.flatnonzero(state.alive)
    return _full(cards, state.kind, delta.judged, dict(zip(state.ids(places), state.entity[places], strict=True)))


def _read(cards: pd.DataFrame, kind: str) -> Cards:
    given = read(cards, kind)
    if not given.named.present.all() or len(given.named.distinct) != len(given.named.codes):
        raise ValueError("every card must have an id of its own")
    return given


def _full(cards: Cards, kind: str, said: Judged, previous: dict[str, str]) -> Advance:
    held = known(said, lambda ids: np.isin(ids, cards.named.distinct))
    facts = Facts(keep=True)
    run = Run(cards, kind, held, previous, mixture.shipped(), facts)
    run.settle()
    return Advance(run.resolution(), keep(run, cards, facts), len(cards.named.codes), full=True)


def _empty(there: Flags) -> float:
    return 1.0 - float(there.mean())
