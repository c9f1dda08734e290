"""What was decided of pairs of cards, as columns of numbers: the table of decisions before it is written out.

What belongs here: keeping decisions, adding to them, and writing them out. What does not: deciding (`decisions.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.resolve import decisions, mixture
from pipelines.resolve.clusters import BOUND
from pipelines.resolve.codes import Column, Flags, Integers, Values, taken
from pipelines.resolve.decisions import DECISION_COLUMNS
from pipelines.resolve.mixture import Reals

OUTCOMES = (decisions.SAME, decisions.DIFFERENT, decisions.REVIEW)
"""What may become of a pair, by code."""


Proof = tuple[int, int, str]
"""Two nodes that are one, and by what."""


@dataclass(frozen=True)
class Told:
    """Decisions.

    Attributes:
        left: A card each, as a place.
        right: The other card.
        weights: Log-odds.
        outcomes: A place in `OUTCOMES` each.
        reasons: Why.
    """

    left: Integers
    right: Integers
    weights: Reals
    outcomes: npt.NDArray[np.int8]
    reasons: Column

    def of(self, wanted: Flags | Integers) -> Told:
        """Some of them."""
        return Told(self.left[wanted], self.right[wanted], self.weights[wanted], self.outcomes[wanted],
                    Column(self.reasons.codes[wanted], self.reasons.distinct))  # fmt: skip

    def at(self, places: Integers) -> Told:
        """The same of cards that have other places."""
        return Told(places[self.left], places[self.right], self.weights, self.outcomes, self.reasons)

    def __add__(self, other: Told) -> Told:
        """Both."""
        known = self.reasons.distinct
        place = pd.Index(known, dtype=object).get_indexer(pd.Index(other.reasons.distinct, dtype=object))
        fresh = np.flatnonzero(place < 0)
        place[fresh] = len(known) + np.arange(len(fresh))
        codes = np.concatenate([self.reasons.codes, place[other.reasons.codes]])
        reasons = Column(codes, np.concatenate([known, other.reasons.distinct[fresh]]))
        left, right = np.concatenate([self.left, other.left]), np.concatenate([self.right, other.right])
        weights = np.concatenate([self.weights, other.weights])
        return Told(left, right, weights, np.concatenate([self.outcomes, other.outcomes]), reasons)

    def once(self, rank: Integers) -> Told:
        """Sorted by the rank of the cards, the lower one left; of every pair the first that is given."""
        swapped = rank[self.left] > rank[self.right]
        left, right = np.where(swapped, self.right, self.left), np.where(swapped, self.left, self.right)
        order = np.lexsort((rank[right], rank[left]))
        low, high = left[order], right[order]
        order = order[(np.diff(low, prepend=-1) != 0) | (np.diff(high, prepend=-1) != 0)]
        return Told(left, right, self.weights, self.outcomes, self.reasons).of(order)

    def table(self, names: Values) -> pd.DataFrame:
        """The table of decisions.

        Args:
            names: The id of the card of every place.
        """
        return pd.DataFrame({
            "left_id": taken(names, self.left), "right_id": taken(names, self.right), "weight": self.weights,
            "probability": mixture.probability(self.weights),
            "outcome": taken(np.array(OUTCOMES, dtype=object), self.outcomes),
            "reasons": taken(self.reasons.distinct, self.reasons.codes),
        })[DECISION_COLUMNS]  # fmt: skip


def coded(outcomes: Values) -> npt.NDArray[np.int8]:
    """Outcomes as places in `OUTCOMES`."""
    found = np.full(len(outcomes), OUTCOMES.index(decisions.REVIEW), dtype=np.int8)
    for code, outcome in enumerate(OUTCOMES):
        found[outcomes == outcome] = code
    return found


def of_judgements(judged: Mapping[tuple[str, str], str], place: Mapping[str, int]) -> Told:
    """What stewards said.

    Args:
        judged: The judgement of pairs of card ids.
        place: Of these cards.
    """
    ruled = sorted(judged.items())
    left, right = (np.array([place[pair[side]] for pair, _ in ruled], dtype=np.int64) for side in (0, 1))
    said = np.array([*(one for _, one in ruled), ""], dtype=object)[:-1]
    weights = np.where(said == decisions.SAME, BOUND, -BOUND)
    why = Column.of(np.array([*(f"judgement={one}" for one in said), ""], dtype=object)[:-1])
    return Told(left, right, weights, coded(said), why)


def of_proofs(proofs: Sequence[Proof], spoken: Integers) -> Told:
    """What is proven.

    Args:
        proofs: As many.
        spoken: The card that stands for each node.
    """
    left, right = (spoken[np.array([proof[side] for proof in proofs], dtype=np.int64)] for side in (0, 1))
    why = np.array([*(f"{one}=equal:+{BOUND}" for *_, one in proofs), ""], dtype=object)[:-1]
    same = np.full(len(proofs), OUTCOMES.index(decisions.SAME), dtype=np.int8)
    return Told(left, right, np.full(len(proofs), BOUND), same, Column.of(why))
