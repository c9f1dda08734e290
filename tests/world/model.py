"""The shape of the invented world: firms, their people, and what the truth file says of them.

Everything here is invented. Domains end in names that no registrar gave out; telephone numbers are valid but of
ranges set aside for fiction where a country has one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Place:
    """An address, in the parts of `pipelines.card.ADDRESS_PARTS`; `country` is ISO 3166 alpha-2."""

    street: str
    locality: str
    region: str
    postal_code: str
    country: str


@dataclass(frozen=True, slots=True)
class Human:
    """An invented person at a firm.

    Attributes:
        id: True id, the same wherever the person appears (also at a former employer).
        first: Given name as written at home.
        last: Family name.
        middle: Middle name or empty.
        title: Job title.
        role: A value of `pipelines.card.Role`.
        email: Business address.
        extension: Extension on the firm's switchboard, or empty.
        started_on: ISO date.
        ended_on: ISO date when the person has left this firm, else empty.
        sensitive: Whether the title must keep the person out (priest, shop steward).
        birth_date: Private: must never come through.
        home: Private address.
        mobile: Private telephone.
        free_mail: Private e-mail address.
    """

    id: str
    first: str
    last: str
    middle: str
    title: str
    role: str
    email: str
    extension: str
    started_on: str
    ended_on: str
    sensitive: bool
    birth_date: str
    home: Place
    mobile: str
    free_mail: str


@dataclass(frozen=True, slots=True)
class Firm:
    """An invented organisation.

    Attributes:
        id: True id.
        party: A value of `pipelines.card.Party`; a sole trader's name is `people[0]`'s.
        name: Legal name with its legal form.
        short: Name without the form.
        trading: Trading name or empty.
        former: Former legal name or empty.
        form: Legal form as written in the name.
        country: ISO 3166 alpha-2.
        number: Number in the register of its country (8 digits for GB).
        lei: Legal entity identifier with right check digits, or empty.
        founded_on: ISO date.
        active: Whether it still exists.
        industry: Activity code, SIC 2007.
        domain: Its own domain.
        phone: Switchboard, E.164.
        fax: E.164 or empty.
        place: Head office.
        branch: A second address or None.
        parent: True id of the parent firm, or empty.
        parent_lei: LEI of the parent, or empty.
        updated_on: ISO date of the last change in registers; years back for stale ones.
        people: Those who work or worked there.
    """

    id: str
    party: str
    name: str
    short: str
    trading: str
    former: str
    form: str
    country: str
    number: str
    lei: str
    founded_on: str
    active: bool
    industry: str
    domain: str
    phone: str
    fax: str
    place: Place
    branch: Place | None
    parent: str
    parent_lei: str
    updated_on: str
    people: tuple[Human, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """Truth: the card with this key in this source is about this firm or human."""

    source: str
    key: str
    kind: str
    entity: str


@dataclass(frozen=True, slots=True)
class Planted:
    """Truth: this value stands in this source's file and must not be in any table, file or log."""

    source: str
    reason: str
    value: str


class Writer(Protocol):
    """Writes firms into one source's folder, as a stream; a module in `tests.world.writers` has a class `Writer`.

    `Writer(folder, rng, snapshot)` gets the source's folder (made), its own random generator and the ISO date of the
    snapshot. Whether a firm stands in the source, and how badly it is written there, is the writer's decision.
    """

    def __init__(self, folder: Path, rng: random.Random, snapshot: str) -> None:
        """Opens the files."""

    def add(self, firm: Firm) -> Iterator[Mention | Planted]:
        """Writes what the source knows of the firm and tells the truth about it; nothing when it knows nothing."""

    def close(self) -> None:
        """Ends the files, with a malformed record or two where the format allows."""
