"""Cards as columns: what each says, what it is called, and which of its values are shared by too many.

What belongs here: reading cards, and what is left of a card once shared values are taken out. What does not: pairs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.resolve import blocking, decisions
from pipelines.resolve.codes import (
    Column,
    Hashes,
    Integers,
    Values,
    hashed,
    mixed,
)
from pipelines.resolve.facts import Facts, halves
from pipelines.resolve.features import column_of, columns

SHARED_BY = {"email": 2, "phone": 8, "domain": 8}
"""Different names above which a value is shared, and says nothing of who somebody is."""


@dataclass(frozen=True)
class Cards:
    """Cards as columns.

    Attributes:
        given: What they are called, as it was given.
        named: The same as texts.
        groups: The group of which an entity has one card only.
        fields: What is compared, by field.
    """

    given: npt.NDArray[Any] | pd.api.extensions.ExtensionArray | None
    named: Column
    groups: Column
    fields: dict[str, Column]


def read(cards: pd.DataFrame, kind: str) -> Cards:
    """Cards as columns.

    Args:
        cards: As for `resolve`.
        kind: `company`, `person` or `site`.
    """
    given = cards["card_id"].to_numpy() if "card_id" in cards.columns else None
    return Cards(given, column_of(cards, "card_id"), column_of(cards, "no_link_group"), columns(cards, kind))


def first_of(group: Integers) -> Integers:
    """The first place of each number, none left out, from 0 up."""
    first = np.empty(int(group.max(initial=-1)) + 1, dtype=np.int64)
    first[group[::-1]] = np.arange(len(group))[::-1]
    return first


def contents(fields: Mapping[str, Column], ids: Values, own: Integers, judged: Mapping[tuple[str, str], str]) -> Hashes:
    """A hash of all that each card says; cards that a steward holds apart from others say their id as well.

    Args:
        fields: What is compared.
        ids: Card ids.
        own: Of every card, a place in `ids`.
        judged: The judgement of pairs of card ids.
    """
    content = mixed(*(fields[field].hashes() for field in sorted(fields)))
    apart = sorted({card for pair, said in judged.items() if said == decisions.DIFFERENT for card in pair})
    if not apart:
        return content
    salted = np.isin(ids, np.array(apart, dtype=object))
    return np.where(salted[own], mixed(content, hashed(ids)[own]), content)


def called(fields: Mapping[str, Column], kind: str) -> Hashes:
    """What each card is called, as far as values that several share are concerned.

    Of a person the sounds of the family and of the given name, either of which may be misspelt or in the place of the
    other: a value is shared where both of them vary.
    """
    if kind == "person":
        return halves(fields["last"].hashes(blocking.sound), fields["first"].hashes(blocking.sound))
    name = fields["name"].hashes(_beginning)
    return halves(name, name)


def _beginning(name: str) -> str:
    return name[:6]


def shareable(kind: str) -> tuple[str, ...]:
    """The fields whose values may be shared."""
    return ("email",) if kind == "person" else ("email", "phone", "domain")


def without_shared(fields: Mapping[str, Column], kind: str, facts: Facts) -> dict[str, Column]:
    """The fields without the values that too many different names carry: they are evidence for nobody."""
    names = called(fields, kind)
    shared = {
        field: fields[field].without(facts.shared(field, fields[field], names, SHARED_BY[field]))
        for field in shareable(kind)
    }
    return {**fields, **shared}
