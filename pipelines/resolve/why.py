"""Why two cards are one or two: the reasons of a decision taken apart, in words, and the links that hold an entity.

What belongs here: reading what `decisions.py` and `mixture.py` write. What does not: deciding, and asking for rows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from pipelines.resolve.comparing import COMPARISONS
from pipelines.resolve.decisions import RULES

PRIOR, RARITY, RULE, JUDGEMENT, NUMBER = "prior", "rarity", "rule", "judgement", "number"
NOT_FIELDS = (PRIOR, RARITY, RULE, JUDGEMENT)
"""Terms that are no comparison of a field."""

_WEIGHT = r":(?P<weight>[+-]\d+(?:\.\d+)?)"
_FORMS = (
    re.compile(rf"(?P<term>{RULE}):(?P<level>\w+)"),
    re.compile(rf"(?P<term>{PRIOR}|{RARITY}){_WEIGHT}"),
    re.compile(rf"(?P<term>[^\s=]+)=(?P<level>[^\s:=]+)(?:{_WEIGHT})?"),
)
_ALWAYS = {
    PRIOR: "How often pairs that are compared at all are one.",
    RARITY: "How rare the name or number is on which they agree.",
    JUDGEMENT: "What a steward said; it outweighs everything else.",
    NUMBER: "Number in a public register.",
    "card_id": "The id of the card itself.",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the reasons.

    Attributes:
        term: A field, or one of `NOT_FIELDS`.
        level: How alike the two are in the field; of a rule or judgement its name.
        weight: What it adds to the log-odds (natural logarithm); None where the text does not say.
    """

    term: str
    level: str = ""
    weight: float | None = None


def parts(reasons: str) -> list[Part]:
    """The parts of `name=equal:+2.9 prior:-0.8 rule:reference`, in order.

    Raises:
        ValueError: A part is of no known form.
    """
    return [_part(token) for token in reasons.split()]


def _part(token: str) -> Part:
    match = next((match for form in _FORMS if (match := form.fullmatch(token))), None)
    if match is None:
        raise ValueError("a part of the reasons of a decision is of no known form")
    found = match.groupdict()
    weight = found.get("weight")
    return Part(found["term"], found.get("level") or "", float(weight) if weight else None)


def steps(reasons: str, weight: float) -> list[Part]:
    """The parts with a weight each, the prior first, that add up to `weight` but for rounding.

    What a rule or a judgement adds is what the others leave.
    """
    found = sorted(parts(reasons), key=lambda part: part.term != PRIOR)
    open_ = [part for part in found if part.weight is None]
    left = weight - sum(part.weight for part in found if part.weight is not None)
    return [Part(one.term, one.level, left / len(open_)) if one.weight is None else one for one in found]


def label(part: Part) -> str:
    """The part as a code: small letters, digits and spaces."""
    return re.sub(r"[^a-z0-9]+", " ", f"{part.term} {part.level}".lower()).strip()


def sentence(kind: str, term: str, level: str = "") -> str:
    """What a term compares or says.

    Args:
        kind: `company` or `person`.
        term: Of a part.
        level: Of a part; of a rule its name.
    """
    if term == RULE:
        return next((rule.sentence for rule in RULES[kind] if rule.name == level), _RULES_BESIDE.get(level, ""))
    compared = {one.name: one.sentence for one in COMPARISONS[kind]}
    return compared.get(term) or _ALWAYS.get(term.partition(":")[0], "")


_RULES_BESIDE = {"ambiguous": "A card that fits two people, by an initial or among namesakes, is of neither by that."}


def terms() -> pd.DataFrame:
    """Every term that reasons may name, with its sentence: `kind, term, sentence`; registers share `number`."""
    rows = []
    for kind in ("company", "person"):
        rules = [rule.name for rule in RULES[kind]] + list(_RULES_BESIDE)
        rows += [(kind, one.name, one.sentence) for one in COMPARISONS[kind]]
        rows += [(kind, f"{RULE}:{name}", sentence(kind, RULE, name)) for name in rules]
        rows += [(kind, term, text) for term, text in _ALWAYS.items()]
    return pd.DataFrame(rows, columns=["kind", "term", "sentence"]).drop_duplicates(["kind", "term"]).astype("str")


def in_words(weight: float) -> str:
    """What log-odds say, for people."""
    times = math.exp(min(abs(weight), 12.0))
    if times < 1.05:  # noqa: PLR2004 - nobody would call it evidence
        return "says nothing either way"
    told = f"{times:,.0f}" if times >= 10 else f"{times:.1f}"  # noqa: PLR2004 - two digits are enough
    return f"{told} times likelier that they are one" if weight > 0 else f"{told} times likelier that they are two"


def bits(weight: float) -> float:
    """Log-odds as bits: one bit doubles the odds."""
    return round(weight / math.log(2), 1)


Link = tuple[str, str, float]


def tree(cards: Sequence[str], links: Iterable[Link]) -> list[Link]:
    """The strongest links that hold the cards together: a spanning tree of greatest weight, or a forest.

    Args:
        cards: Ids.
        links: (left, right, weight); those between other cards are left out.

    Returns:
        Links, the strongest first, ties by id.
    """
    parent = {card: card for card in cards}

    def root(card: str) -> str:
        while parent[card] != card:
            parent[card] = parent[parent[card]]
            card = parent[card]
        return card

    kept = []
    for left, right, weight in sorted(links, key=lambda link: (-link[2], link[0], link[1])):
        if left in parent and right in parent and root(left) != root(right):
            parent[root(left)] = root(right)
            kept.append((left, right, weight))
    return kept
