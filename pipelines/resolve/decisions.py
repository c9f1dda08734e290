"""What was decided of two cards, and why: the rules that outweigh any sum of evidence, and the table of decisions.

What belongs here: named rules over levels, judgements of stewards, outcomes and their explanation in field names and
levels, never in values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.resolve.comparing import ABSENT, Comparison
from pipelines.resolve.judges import AREA, DATE, EMAIL, EMPLOYER, FIRST, LAST, NEARLY, STREET, Integers, Levels, akin
from pipelines.resolve.mixture import Patterns, Reals
from pipelines.resolve.organisations import NAME

Flags = npt.NDArray[np.bool_]
Found = dict[str, Levels]

REFUSED = -5.0
"""Log-odds at most of a pair that a rule keeps apart."""
REFERENCE = 5.0
"""Log-odds at least of a reference to a person by employer and mailbox."""
AGAINST: dict[str, float] = {"person": 1.0, "company": 2.0, "site": 2.0}
"""Log-odds at most by which a pair speaks against its cluster: one spoilt card must not part all the others."""
FIRMLY = 2.0
"""The same for a pair that a rule says is of two, not only that nothing says it is of one."""
UNSURE = 4.0
"""Log-odds, either way, below which a pair is for a person to look at."""
COMMON = -1.2
"""Log-odds that rarity takes at least from a name that many bear."""
DOUBTED = -UNSURE + 1
"""Log-odds of a pair that only a person can tell: it is kept apart, and stands in the queue."""
CLEARLY = 2.0
"""Log-odds by which one reading of an initial, or one of several namesakes, must be ahead of the others."""
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
        common: Whether it is for names only that many bear.
        firm: Whether it says that the cards are of two, not only that nothing makes them one.
        namesakes: Whether it says that the cards are of two whose names may well be equal.
        told: Whether it is only for cards of which one says more than a name.
        doubts: Whether it leaves the pair to a person.
    """

    name: str
    sentence: str
    holds: Callable[[Found], Flags]
    joins: bool = False
    common: bool = False
    firm: bool = False
    namesakes: bool = False
    told: bool = False
    doubts: bool = False


def _and(one: Flags, other: Flags) -> Flags:
    return np.asarray(one & other, dtype=bool)


def _numbers_agree(found: Found) -> Flags:
    """Whether any number of a register is equal."""
    none = np.zeros(len(next(iter(found.values()))), dtype=bool)
    agree = [levels == NUMBER_EQUAL for name, levels in found.items() if name.startswith("number:")]
    return np.asarray(np.logical_or.reduce(agree) if agree else none, dtype=bool)


def _dates_agree(found: Found) -> Flags:
    """Whether any date is equal or nearly so."""
    none = np.zeros(len(next(iter(found.values()))), dtype=bool)
    agree = [levels >= DATE.index("near") for name, levels in found.items() if name.startswith("date:")]
    return np.asarray(np.logical_or.reduce(agree) if agree else none, dtype=bool)


def _born(found: Found) -> Flags:
    """Whether the same date is at the same place, telephone, mailbox or domain."""
    none = np.zeros(len(next(iter(found.values()))), dtype=bool)
    equal = [levels == DATE.index("equal") for name, levels in found.items() if name.startswith("date:")]
    beside = np.logical_or.reduce([found[name] > 0 for name in ("area", "phone", "email_address", "domain")])
    return _and(np.logical_or.reduce(equal) if equal else none, beside)


def _other_person(found: Found) -> Flags:
    return _and(found["first_name"] == FIRST.index("different"), ~_numbers_agree(found) & ~_born(found))


def _namesake(found: Found) -> Flags:
    email = found["email_address"]
    moved = (email == EMAIL.index("local")) & ((found["job_title"] > 0) | (found["area"] >= LOCALITY))
    reached = ((email > 0) & (email != EMAIL.index("local"))) | moved | (found["phone"] > 0) | _numbers_agree(found)
    return _and(found["employer"] == 0, ~reached & ~_one_door(found))


def _one_door(found: Found) -> Flags:
    """Whether street, number and place are the same."""
    return _and(found["street"] >= STREET.index("near"), found["area"] >= LOCALITY)


def _elsewhere(found: Found) -> Flags:
    reached = (found["email_address"] == EMAIL_EQUAL) | _numbers_agree(found)
    return _and(found["employer"] == 0, ~reached)


def _two_desks(found: Found) -> Flags:
    told = (found["email_address"] == 0) & (found["domain"] > 0) & (found["job_title"] == 0)
    return _and(told, ~_numbers_agree(found))


def _nothing_beside(found: Found) -> Flags:
    others = [levels > 0 for name, levels in found.items() if name not in _OF_THE_NAME]
    return np.asarray(~np.logical_or.reduce(others), dtype=bool)


def _only_a_name(found: Found) -> Flags:
    differ = [levels == 0 for name, levels in found.items() if name not in _OF_THE_NAME]
    return _and(np.logical_or.reduce(differ), _nothing_beside(found))


def _generations(found: Found) -> Flags:
    reached = (found["email_address"] == EMAIL_EQUAL) | _numbers_agree(found)
    return _and(found["generation"] == 0, ~reached)


def _other_family(found: Found) -> Flags:
    reached = (found["email_address"] == EMAIL_EQUAL) | _numbers_agree(found) | _born(found)
    return _and(found["last_name"] == LAST.index("different"), ~reached)


def _nameless(found: Found) -> Flags:
    named = (found["first_name"] != ABSENT) | (found["last_name"] != ABSENT)
    beside = (found["employer"] >= EMPLOYER_NEAR) | (found["area"] >= LOCALITY) | _dates_agree(found)
    reached = (found["email_address"] == EMAIL_EQUAL) & beside
    return _and(~named & ~reached, ~_numbers_agree(found) & ~_born(found))


def _reference(found: Found) -> Flags:
    same_box = (found["email_address"] == EMAIL_EQUAL) & (found["employer"] == EMPLOYER_ENTITY)
    fits = (found["first_name"] != 0) & (found["last_name"] != 0)
    return _and(same_box, fits)


def _other_name(found: Found) -> Flags:
    other = (found["name"] == NAME.index("different")) & ~_one_house(found)
    return _and(other | (found["name"] == NAME.index("kin")), ~_numbers_agree(found))


def _one_house(found: Found) -> Flags:
    """Whether website or mailbox, and telephone or door, are the same: a firm under a new or another name."""
    reached = (found["domain"] == NUMBER_EQUAL) | (found["email_address"] > 0)
    return _and(reached, (found["phone"] == NUMBER_EQUAL) | _one_door(found))


def _other_sign(found: Found) -> Flags:
    return _and(found["name"] == NAME.index("different"), ~_numbers_agree(found))


def _two_legal_names(found: Found) -> Flags:
    name = found["name"]
    worded = (name == NAME.index("part")) | (name == NAME.index("overlap"))
    return _and(worded & (found["legal_form"] != ABSENT), ~_numbers_agree(found))


def _two_forms(found: Found) -> Flags:
    named = found["name"] >= NAME.index("near")
    return _and(named & (found["legal_form"] == 0), ~_numbers_agree(found))


def _only_a_firm(found: Found) -> Flags:
    beside = [levels > 0 for name, levels in found.items() if name not in _OF_THE_FIRM]
    door = found["street"] >= STREET.index("near")
    return _and(found["area"] == 0, ~np.logical_or.reduce([*beside, door]))


def _only_like_a_firm(found: Found) -> Flags:
    beside = [levels > 0 for name, levels in found.items() if name not in _OF_THE_FIRM]
    named = (found["name"] > 0) & (found["name"] < NAME.index("equal"))
    return _and(named, ~np.logical_or.reduce([*beside, found["street"] >= STREET.index("near")]))


def _nameless_place(found: Found) -> Flags:
    named = (found["name"] != ABSENT) | (found["domain"] > 0) | (found["email_address"] > 0)
    reached = (found["phone"] == NUMBER_EQUAL) & (
        (found["street"] >= STREET.index("near")) | (found["area"] >= LOCALITY)
    )
    return _and(~named & ~reached, ~_numbers_agree(found))


EMAIL_EQUAL, EMPLOYER_ENTITY = EMAIL.index("equal"), EMPLOYER.index("entity")
EMPLOYER_NEAR, NUMBER_EQUAL = EMPLOYER.index("near"), NEARLY.index("equal")
LOCALITY = AREA.index("locality")
_OF_THE_FIRM = frozenset({"name", "legal_form", "country", "street"})
_OF_THE_NAME = frozenset({"first_name", "last_name", "middle_name", "generation"})
RULES: dict[str, tuple[Rule, ...]] = {
    "person": (
        Rule(
            "other_person",
            "Given names that cannot be one person's, and no number in common.",
            _other_person,
            firm=True,
        ),
        Rule("other_family", "Other family name, and neither mailbox nor number in common.", _other_family),
        Rule(
            "namesake",
            "Another employer, and neither mailbox, telephone, number nor, with title or place, the mailbox's name.",
            _namesake,
        ),
        Rule(
            "common_name",
            "Another employer and a common name, and neither mailbox nor number.",
            _elsewhere,
            common=True,
        ),
        Rule("only_a_common_name", "A common name and nothing else in common.", _nothing_beside, common=True),
        Rule(
            "two_desks",
            "Two mailboxes of one domain, not two ways to write a name, and two titles.",
            _two_desks,
            namesakes=True,
        ),
        Rule("only_a_name", "Nothing in common but the name, and something else that differs.", _only_a_name),
        Rule(
            "generations",
            "Father and son: another generation, and neither mailbox nor number.",
            _generations,
            firm=True,
            namesakes=True,
        ),
        Rule("nameless", "No name to compare, and neither number nor mailbox at one employer.", _nameless),
        Rule("reference", "The same mailbox at the same employer, and no name against it.", _reference, joins=True),
    ),
    "company": (
        Rule(
            "other_name", "Another name, or a relative's (Holding, II, France), and no number in common.", _other_name
        ),
        Rule(
            "two_legal_names", "Two names with legal form, which leave no word out, differ by a word.", _two_legal_names
        ),
        Rule(
            "two_forms",
            "One name under two legal forms, and no number in common.",
            _two_forms,
            firm=True,
            namesakes=True,
        ),
        Rule(
            "only_a_firm_name",
            "Nothing in common but the name, and another place.",
            _only_a_firm,
        ),
        Rule(
            "only_like_a_firm_name",
            "Nothing in common but a name that is not quite the same, or an acronym.",
            _only_like_a_firm,
            told=True,
            doubts=True,
        ),
        Rule("nameless_place", "Nothing in common but a place or a telephone.", _nameless_place),
    ),
    "site": (Rule("other_sign", "Another name altogether, and no number in common.", _other_sign),),
}
"""The rules of every kind: a pair that one keeps apart is apart, whatever else agrees."""


RULE_NAMES: dict[str, tuple[str, ...]] = {
    kind: ("", *(rule.name for rule in rules), "ambiguous") for kind, rules in RULES.items()
}
"""The rules of every kind by the number that `ruled` gives them; 0 is none."""


def ruled(
    kind: str, comparisons: tuple[Comparison, ...], seen: Patterns, weights: Reals, rare: Reals, bare: Flags
) -> tuple[Reals, npt.NDArray[np.int8]]:
    """Weights after the rules, and the number of the rule that changed each (or 0).

    Args:
        kind: `company`, `person` or `site`.
        comparisons: In the order of the columns of the patterns.
        seen: The pattern of every pair.
        weights: Log-odds, a pair.
        rare: What of these is due to how rare the names are.
        bare: Whether both cards say nothing but a name.
    """
    found = {one.name: seen.levels[:, at] for at, one in enumerate(comparisons)}
    after, named = weights.copy(), np.zeros(len(weights), dtype=np.int8)
    for number, rule in enumerate(RULES[kind], start=1):
        holds = rule.holds(found)[seen.of]
        holds &= (rare < COMMON) if rule.common else True
        held = np.flatnonzero(holds & ~bare if rule.told else holds)
        before = after[held]
        most = DOUBTED if rule.doubts else REFUSED
        bound = np.maximum(before, REFERENCE) if rule.joins else np.minimum(before, most)
        named[held[bound != before]] = number
        after[held] = bound
    return after, named


def counted(kind: str, weights: Reals, rules: npt.NDArray[np.int8]) -> Reals:
    """What pairs count in their cluster: all that speaks for them, and so much of what speaks against.

    Args:
        kind: `company`, `person` or `site`.
        weights: Log-odds after the rules, a pair.
        rules: The number of the rule that changed each, as `ruled` gives it.
    """
    return np.maximum(weights, -np.where(firm(kind)[rules], FIRMLY, AGAINST[kind]))


def firm(kind: str) -> Flags:
    """Whether each rule, by its number, says that two cards are of two."""
    return np.array([False, *(rule.firm for rule in RULES[kind]), True])


def namesakes(kind: str) -> Flags:
    """Whether each rule, by its number, says that two cards of one name are of two."""
    return np.array([False, *(rule.namesakes for rule in RULES[kind]), False])


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
    places = np.flatnonzero((found["first_name"] == FIRST.index("initial")) & (weights > 0))
    short = [int(left[at] if len(names[left[at]]) == 1 else right[at]) for at in places]
    partners: dict[int, dict[str, float]] = {}
    for row, at in zip(short, places, strict=True):
        best = partners.setdefault(row, {})
        name = names[right[at] if row == left[at] else left[at]]
        best[name] = max(best.get(name, 0.0), float(weights[at]))
    meant = {row: _meant(best) for row, best in partners.items()}
    flags = np.zeros(len(left), dtype=bool)
    flags[places] = [
        found["email_address"][at] != EMAIL_EQUAL
        and not akin(names[right[at] if row == left[at] else left[at]], meant[row])
        for row, at in zip(short, places, strict=True)
    ]
    return flags


def _meant(best: dict[str, float]) -> str:
    """The name that an initial stands for: the only one, or the one that far more speaks for than for any other."""
    name, weight = max(best.items(), key=lambda one: (one[1], one[0]))
    rivals = [other for other, against in best.items() if against > weight - CLEARLY and not akin(name, other)]
    return "" if rivals else name


def outcomes(weights: Reals, together: Flags) -> npt.NDArray[np.object_]:
    """`same`, `different` or `review`: unsure evidence, and evidence that the clustering overruled, is for review."""
    unsure = (np.abs(weights) < UNSURE) | ((weights > 0) != together)
    return np.where(unsure, REVIEW, np.where(together, SAME, DIFFERENT)).astype(object)
