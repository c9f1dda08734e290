"""What was decided of two cards, and why: the rules that outweigh any sum of evidence, and the table of decisions.

What belongs here: named rules over levels, judgements of stewards, outcomes and their explanation in field names and
levels, never in values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.resolve.comparing import ABSENT, Comparison
from pipelines.resolve.judges import FIRST, LAST, NAME, Integers, Levels, akin
from pipelines.resolve.mixture import Reals

Flags = npt.NDArray[np.bool_]
Found = dict[str, Levels]

REFUSED = -5.0
"""Log-odds at most of a pair that a rule keeps apart."""
REFERENCE = 5.0
"""Log-odds at least of a reference to a person by employer and mailbox."""
UNSURE = 4.0
"""Log-odds, either way, below which a pair is for a person to look at."""
SAME, DIFFERENT, REVIEW = "same", "different", "review"
DECISION_COLUMNS = ["left_id", "right_id", "weight", "probability", "outcome", "reasons"]


@dataclass(frozen=True)
class Resolution:
    """What a run of matching found.

    Attributes:
        members: card_id, entity_id, probability: one row a card.
        decisions: left_id, right_id, weight (log-odds), probability, outcome (`same`, `different`, `review`), reasons.
            Pairs that are clearly different are left out unless a steward judged them.
        moves: old_id, new_id, kind (`merge`, `split`): what became of ids of the last run.
    """

    members: pd.DataFrame
    decisions: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=DECISION_COLUMNS))
    moves: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["old_id", "new_id", "kind"]))


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule over levels.

    Attributes:
        name: In explanations.
        sentence: What it says.
        holds: The pairs that it holds for.
        joins: Whether it joins or keeps apart.
    """

    name: str
    sentence: str
    holds: Callable[[Found], Flags]
    joins: bool = False


def _and(one: Flags, other: Flags) -> Flags:
    return np.asarray(one & other, dtype=bool)


def _numbers_agree(found: Found) -> Flags:
    """Whether any number of a register agrees."""
    none = np.zeros(len(next(iter(found.values()))), dtype=bool)
    agree = [levels > 0 for name, levels in found.items() if name.startswith("number:")]
    return np.asarray(np.logical_or.reduce(agree) if agree else none, dtype=bool)


def _other_person(found: Found) -> Flags:
    return _and(found["first_name"] == FIRST.index("different"), ~_numbers_agree(found))


def _namesake(found: Found) -> Flags:
    reached = (found["email_address"] > 0) | (found["phone"] > 0) | _numbers_agree(found)
    return _and(found["employer"] == 0, ~reached)


def _other_family(found: Found) -> Flags:
    reached = (found["email_address"] == EMAIL_EQUAL) | _numbers_agree(found)
    return _and(found["last_name"] == LAST.index("different"), ~reached)


def _reference(found: Found) -> Flags:
    same_box = (found["email_address"] == EMAIL_EQUAL) & (found["employer"] == EMPLOYER_ENTITY)
    fits = (found["first_name"] != 0) & (found["last_name"] != 0)
    return _and(same_box, fits)


def _other_name(found: Found) -> Flags:
    name = found["name"]
    return _and((name == NAME.index("different")) | (name == NAME.index("kin")), ~_numbers_agree(found))


def _other_sign(found: Found) -> Flags:
    return _and(found["name"] == NAME.index("different"), ~_numbers_agree(found))


def _two_legal_names(found: Found) -> Flags:
    name = found["name"]
    worded = (name == NAME.index("part")) | (name == NAME.index("overlap"))
    return _and(worded & (found["legal_form"] != ABSENT), ~_numbers_agree(found))


def _nameless_place(found: Found) -> Flags:
    named = (found["name"] != ABSENT) | (found["domain"] > 0) | (found["email_address"] > 0)
    return _and(~named, ~_numbers_agree(found))


EMAIL_EQUAL, EMPLOYER_ENTITY = 3, 3
RULES: dict[str, tuple[Rule, ...]] = {
    "person": (
        Rule("other_person", "Given names that cannot be one person's, and no number in common.", _other_person),
        Rule("other_family", "Other family name, and neither mailbox nor number in common.", _other_family),
        Rule("namesake", "Another employer, and neither mailbox, telephone nor number in common.", _namesake),
        Rule("reference", "The same mailbox at the same employer, and no name against it.", _reference, joins=True),
    ),
    "company": (
        Rule(
            "other_name", "Another name, or a relative's (Holding, II, France), and no number in common.", _other_name
        ),
        Rule(
            "two_legal_names", "Two names with legal form, which leave no word out, differ by a word.", _two_legal_names
        ),
        Rule("nameless_place", "Nothing in common but a place or a telephone.", _nameless_place),
    ),
    "site": (Rule("other_sign", "Another name altogether, and no number in common.", _other_sign),),
}
"""The rules of every kind: a pair that one keeps apart is apart, whatever else agrees."""


def ruled(
    kind: str, comparisons: tuple[Comparison, ...], levels: Levels, weights: Reals
) -> tuple[Reals, npt.NDArray[np.object_]]:
    """Weights after the rules, and the name of the rule that changed each (or '').

    Args:
        kind: `company`, `person` or `site`.
        comparisons: In the order of the columns of `levels`.
        levels: Shape (pairs, comparisons).
        weights: Log-odds, a pair.
    """
    found = {one.name: levels[:, at] for at, one in enumerate(comparisons)}
    after, named = weights.copy(), np.full(len(weights), "", dtype=object)
    for rule in RULES[kind]:
        holds = rule.holds(found)
        bound = np.maximum(after, REFERENCE) if rule.joins else np.minimum(after, REFUSED)
        changed = holds & (bound != after)
        after[changed], named[changed] = bound[changed], rule.name
    return after, named


def ambiguous(names: npt.NDArray[np.object_], left: Integers, right: Integers, found: Found, weights: Reals) -> Flags:
    """The pairs of an initial (J Smith) with a name, where the initial fits two people (John and Jane) as well.

    Args:
        names: Folded given name of every row.
        left: Rows of the pairs.
        right: The other rows.
        found: Levels by comparison, a pair.
        weights: Log-odds, a pair.

    Returns:
        Whether each pair is such; one with an equal mailbox is not.
    """
    fits = (found["first_name"] == FIRST.index("initial")) & (weights > 0) & (found["email_address"] != EMAIL_EQUAL)
    places = np.flatnonzero(fits)
    partners: dict[int, set[str]] = {}
    short = [int(left[at] if len(names[left[at]]) == 1 else right[at]) for at in places]
    for row, at in zip(short, places, strict=True):
        partners.setdefault(row, set()).add(names[right[at] if row == left[at] else left[at]])
    unclear = {row for row, several in partners.items() if any(not akin(a, b) for a, b in combinations(several, 2))}
    flags = np.zeros(len(left), dtype=bool)
    flags[places] = [row in unclear for row in short]
    return flags


def outcomes(weights: Reals, together: Flags) -> npt.NDArray[np.object_]:
    """`same`, `different` or `review`: unsure evidence, and evidence that the clustering overruled, is for review."""
    unsure = (np.abs(weights) < UNSURE) | ((weights > 0) != together)
    return np.where(unsure, REVIEW, np.where(together, SAME, DIFFERENT)).astype(object)
