"""The business card: the only fields that may exist anywhere, and the card and claim that carry them.

What belongs here: the closed set of fields, each with its class, purpose and meaning, and the two shapes in which
values travel from a source's parser to the curated tables. What does not: any judgement about a value.
"""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

NAMESPACE = uuid.UUID("6f0d1c9e-5a0b-5c57-9f0a-6b1c8f3f5e11")
"""Root of every id this project mints (UUIDv5), so that the same input gives the same ids."""


class Kind(StrEnum):
    """What a card is about."""

    COMPANY = "company"
    PERSON = "person"


class Party(StrEnum):
    """Who stands behind a card, in the eyes of data-protection law."""

    COMPANY = "company"
    SOLE_TRADER = "sole_trader"
    PERSON = "person"
    PUBLIC_BODY = "public_body"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """How a person stands to the organisation."""

    OFFICER = "officer"
    DIRECTOR = "director"
    OWNER = "owner"
    EMPLOYEE = "employee"
    CONTACT_POINT = "contact_point"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field that may stand on a card.

    Attributes:
        name: Column and claim name.
        meaning: One sentence for the data dictionary.
        of: The kinds of card that may carry it.
        data_class: `business-card` (stands on a card) or `register` (identity of a legal entity).
        purpose: Why it is held: `contact`, `identify` or `relate`.
        parts: Names of the structured parts a claim of this field may carry.
        labels: What a source may say of the value; the empty label is always allowed.
    """

    name: str
    meaning: str
    of: frozenset[Kind]
    data_class: str
    purpose: str
    parts: tuple[str, ...] = ()
    labels: frozenset[str] = frozenset()


_BOTH = frozenset(Kind)
_COMPANY = frozenset({Kind.COMPANY})
_PERSON = frozenset({Kind.PERSON})

NAME_PARTS = ("name_prefix", "first_name", "middle_name", "last_name", "name_suffix")
ADDRESS_PARTS = ("street_address", "locality", "region", "postal_code", "country_code")

CARD: Mapping[str, FieldSpec] = {
    spec.name: spec
    for spec in (
        FieldSpec("company_name", "Name of the organisation.", _COMPANY, "business-card", "identify",
                  labels=frozenset({"legal", "trading", "former", "other"})),
        FieldSpec("full_name", "Name of the person as on the card.", _PERSON, "business-card", "identify",
                  parts=NAME_PARTS, labels=frozenset({"surname_first"})),
        FieldSpec("job_title", "Function at the organisation.", _PERSON, "business-card", "identify"),
        FieldSpec("department", "Unit of the organisation.", _PERSON, "business-card", "contact"),
        FieldSpec("email_address", "Business e-mail address.", _BOTH, "business-card", "contact",
                  labels=frozenset({"work", "home", "organisation"})),
        FieldSpec("phone", "Business telephone number.", _BOTH, "business-card", "contact",
                  labels=frozenset({"work", "switchboard", "organisation", "fax", "mobile", "work_mobile",
                                    "home", "pager"})),
        FieldSpec("address", "Postal address of the organisation.", _BOTH, "business-card", "contact",
                  parts=ADDRESS_PARTS,
                  labels=frozenset({"registered", "headquarters", "trading", "mailing", "work", "correspondence",
                                    "home"})),
        FieldSpec("website", "Web site of the organisation.", _BOTH, "business-card", "contact"),
        FieldSpec("social_profile", "Business social page.", _BOTH, "business-card", "contact"),
        FieldSpec("identifier", "Number in a public register, written `scheme:value`.", _BOTH, "register", "identify"),
        FieldSpec("legal_form", "Legal form as registered.", _COMPANY, "register", "identify"),
        FieldSpec("status", "Whether the organisation exists: `active` or `inactive`.", _COMPANY, "register",
                  "identify"),
        FieldSpec("jurisdiction", "Country, or country and subdivision, of incorporation.", _COMPANY, "register",
                  "identify"),
        FieldSpec("incorporated_on", "Date of incorporation.", _COMPANY, "register", "identify"),
        FieldSpec("dissolved_on", "Date of dissolution.", _COMPANY, "register", "identify"),
        FieldSpec("industry", "Activity code, written `scheme:code`.", _COMPANY, "register", "identify"),
        FieldSpec("relation", "Another organisation this one stands in a relation to, as `scheme:value`.", _COMPANY,
                  "register", "relate",
                  labels=frozenset({"direct_parent", "ultimate_parent", "fund_manager", "umbrella_fund", "master_fund",
                                    "branch_of", "controlled_by"})),
    )
}  # fmt: skip
"""Every field that may exist, by name. Tables, lake schemas, exports and docs are made from it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One value that one record of one source states about one card, raw and untouched.

    Attributes:
        field: A name in `CARD`.
        value: The value as the source writes it; for a field with parts, the parts joined for reading.
        label: What the source says of the value (`work`, `registered`, `former`); empty when it says nothing.
        parts: The structured parts where the source gives them.

    Raises:
        ValueError: The field, the label or a part is not on the business card. The message names it, never a value.
    """

    field: str
    value: str
    label: str = ""
    parts: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        spec = CARD.get(self.field)
        if spec is None:
            raise ValueError(f"no field {self.field!r} on the business card")
        if self.label and self.label not in spec.labels:
            raise ValueError(f"no label {self.label!r} for field {self.field!r}")
        for part in self.parts:
            if part not in spec.parts:
                raise ValueError(f"no part {part!r} in field {self.field!r}")


@dataclass(slots=True)
class Card:
    """What one record of a source says about one company or one person.

    Attributes:
        kind: Company or person.
        key: Unique within the source and stable from snapshot to snapshot: the source's own number, followed by the
            party within the record where there are several (`0001318605/owner/1494730`).
        party: What the source itself proves about the party; `unknown` leaves the classing to screen.
        employer: `key` of the company card, in the same source, where this person works.
        role: How the person stands to the employer.
        started_on: ISO date, as precise as the source is (`2019`, `2019-04`, `2019-04-01`).
        ended_on: The same, when the role or the record has ended.
        updated_on: ISO date on which the source says that it last changed or confirmed the record.
        restriction: Code of the source's own objection (see `reasons.Refusal`), when it carries one.
        claims: The values.
    """

    kind: Kind
    key: str
    party: Party = Party.UNKNOWN
    employer: str = ""
    role: Role | None = None
    started_on: str = ""
    ended_on: str = ""
    updated_on: str = ""
    restriction: str = ""
    claims: list[Claim] = dataclasses.field(default_factory=list)

    def add(self, name: str, value: str | None, label: str = "", **parts: str | None) -> None:
        """Adds a claim unless it is blank; with `parts` and no value, the value is the parts joined for reading.

        Args:
            name: A field in `CARD`.
            value: The raw value, or None to have it joined from the parts.
            label: What the source says of it.
            **parts: Structured parts of the field; blank ones are left out.
        """
        kept = {part: text.strip() for part, text in parts.items() if text and text.strip()}
        raw = (value or "").strip()
        if not raw and kept:
            separator = " " if name == "full_name" else ", "
            raw = separator.join(kept[part] for part in CARD[name].parts if part in kept)
        if raw:
            self.claims.append(Claim(name, raw, label, kept))


def card_id(source: str, key: str) -> str:
    """The id of a card: a UUIDv5 of source and key, so that it says nothing and never changes."""
    return str(uuid.uuid5(NAMESPACE, f"{source}\x1f{key}"))


CARD_COLUMNS = (
    "card_id",
    "source",
    "feed",
    "record_id",
    "snapshot_id",
    "kind",
    "party",
    "employer_card_id",
    "role",
    "started_on",
    "ended_on",
    "updated_on",
)
"""Columns of the lake's card tables, all text."""

CLAIM_COLUMNS = ("card_id", "source", "field", "value", "label", *NAME_PARTS, *ADDRESS_PARTS)
"""Columns of the lake's claim tables, all text."""


def card_row(card: Card, source: str, feed: str, snapshot_id: str) -> dict[str, str]:
    """One row of a card table: the card without its claims."""
    return {
        "card_id": card_id(source, card.key),
        "source": source,
        "feed": feed,
        "record_id": card.key,
        "snapshot_id": snapshot_id,
        "kind": card.kind,
        "party": card.party,
        "employer_card_id": card_id(source, card.employer) if card.employer else "",
        "role": card.role or "",
        "started_on": card.started_on,
        "ended_on": card.ended_on,
        "updated_on": card.updated_on,
    }


def claim_rows(card: Card, source: str) -> list[dict[str, str]]:
    """The rows of a claim table that one card fills, a row a claim; parts that a field has not are left out."""
    own = card_id(source, card.key)
    return [
        {"card_id": own, "source": source, "field": claim.field, "value": claim.value, "label": claim.label}
        | dict(claim.parts)
        for claim in card.claims
    ]
