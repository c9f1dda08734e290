"""How right a clustering is: precision, recall and F1 over pairs of cards, B-cubed, clusters found whole."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

Codes = npt.NDArray[np.int64]


class Score(NamedTuple):
    """Over pairs of cards, and B-cubed F1 over cards."""

    precision: float
    recall: float
    f1: float
    b_cubed: float


def codes(labels: Any) -> Codes:
    """Labels as numbers from 0."""
    return np.asarray(pd.factorize(pd.Series(labels).to_numpy())[0], dtype=np.int64)


def _pairs(sizes: Codes) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def score(found: Any, truth: Any) -> Score:
    """How right the labels found are; both in the order of the cards."""
    ours, theirs = codes(found), codes(truth)
    both = codes(ours * (int(theirs.max(initial=0)) + 1) + theirs)
    sizes = [np.bincount(one) for one in (ours, theirs, both)]
    shared, linked, same = _pairs(sizes[2]), _pairs(sizes[0]), _pairs(sizes[1])
    precision, recall = (shared / linked if linked else 1.0), (shared / same if same else 1.0)
    each = sizes[2][both]
    cubed = _f1(float((each / sizes[0][ours]).mean()), float((each / sizes[1][theirs]).mean()))
    return Score(precision, recall, _f1(precision, recall), cubed)


def scores(found: Any, truth: Any) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs of cards."""
    return score(found, truth)[:3]


def kept_whole(before: Any, after: Any) -> float:
    """Share of the clusters of two cards or more that have just the same cards in another clustering of them."""
    one, other = codes(before), codes(after)
    both = codes(one * (int(other.max(initial=0)) + 1) + other)
    sizes, others, shared = (np.bincount(each) for each in (one, other, both))
    whole = (shared[both] == sizes[one]) & (shared[both] == others[other])
    counted = sizes[one] > 1
    return float(len(set(one[whole & counted])) / max(len(set(one[counted])), 1))
