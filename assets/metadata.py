"""Metadata: counts, codes and pictures for Dagster's UI, and column schemas made from the tables; never a value.

What belongs here: the only helpers through which an asset reports. They take numbers and codes, so that no value of
a record can pass.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import dagster as dg
import sqlalchemy as sa

from pipelines.card import CARD
from pipelines.reporting.pictures import bars, markdown, waterfall
from resources.tables import CURATED, METADATA

_MADE_OF = {
    **{name: name for name in CARD},
    **{part: spec.name for spec in CARD.values() for part in spec.parts},
    **dict.fromkeys(("legal_name", "display_name", "former_names", "other_names", "former_company"), "company_name"),
    "core": "company_name",
    **dict.fromkeys(("role_type", "role", "seniority", "former_title"), "job_title"),
    **dict.fromkeys(("start_date", "end_date", "started_on", "ended_on", "joined_on", "left_on"), "job_title"),
    **dict.fromkeys(("domain", "primary_domain", "url"), "website"),
    "work_email": "email_address",
    **dict.fromkeys(("e164", "extension", "work_phone"), "phone"),
    "formatted": "address",
    **dict.fromkeys(("platform", "handle"), "social_profile"),
    **dict.fromkeys(("scheme", "identifiers"), "identifier"),
}
"""The field of the business card that a column is made of, which gives it class and purpose."""

_ANY_FIELD = frozenset({"value", "normal", "winner", "others"})
"""Columns with values of every field of the card: of its most protected class."""

CARD_MEANINGS = {
    name: ("text", meaning)
    for name, meaning in {
        "card_id": "Id of the card, made of the source and the record's key.",
        "source": "Source.",
        "feed": "Feed of the source.",
        "record_id": "The record's own key in the source.",
        "snapshot_id": "Snapshot that held it.",
        "kind": "company or person.",
        "party": "company, sole_trader, person, public_body or unknown.",
        "employer_card_id": "The card of the company where the person works.",
        "role": "How the person stands to the employer.",
        "started_on": "ISO date, as precise as the source is, on which the role began.",
        "ended_on": "The same, when the role or the record has ended.",
        "updated_on": "ISO date on which the source says that it last changed or confirmed the record.",
        "field": "Field of the business card.",
        "value": "The value as the source writes it.",
        "label": "What the source says of the value.",
    }.items()
}
"""Type and meaning of the columns of cards and claims in the lake, parts of values excepted."""

_CODE = re.compile(r"[a-z0-9_ ]+")
_POSTGRESQL = sa.make_url("postgresql+psycopg://").get_dialect()()
_TABLES = (*CURATED, *(table for table in METADATA.sorted_tables if table.schema == "evidence"))
_KNOWN = {column.name: column for table in reversed(_TABLES) for column in table.columns}


def data_class(column: str, table: str = "") -> dict[str, str]:
    """The class of data in a column, and the purpose for which it is held, as tags.

    Args:
        column: Its name.
        table: The table's name, where the column alone does not tell.
    """
    if table == "identifiers" and column == "value":
        column = "identifier"
    if column in _ANY_FIELD:
        return {"class": "business-card"}
    field = CARD.get(_MADE_OF.get(column, ""))
    return {"class": field.data_class, "purpose": field.purpose} if field else {"class": "operational"}


def table_schema(table: sa.Table) -> dg.TableSchema:
    """The column schema of a database table, with the class of data of each column."""
    return dg.TableSchema(
        [
            dg.TableColumn(
                column.name,
                sql_type(column),
                column.comment,
                dg.TableColumnConstraints(nullable=bool(column.nullable), unique=column.primary_key),
                data_class(column.name, table.name),
            )
            for column in table.columns
        ]
    )


def columns(*names: str, **described: tuple[str, ...]) -> dg.TableSchema:
    """The column schema of a view or of a table in the lake.

    Args:
        *names: The columns in their order; those that are not described are like the tables' columns of that name.
        **described: Type and meaning of columns, and the name that tells their class where theirs would mislead; when
            no name is given, these are all.

    Raises:
        KeyError: A column is neither described nor in a table.
    """
    return dg.TableSchema([_column(name, described) for name in names or described])


def _column(name: str, described: Mapping[str, tuple[str, ...]]) -> dg.TableColumn:
    kind, meaning, *classed = described.get(name) or (sql_type(_KNOWN[name]), _KNOWN[name].comment or "")
    return dg.TableColumn(name, kind, meaning, tags=data_class(classed[0] if classed else name))


def sql_type(column: sa.Column[Any]) -> str:
    """The column's type as PostgreSQL names it."""
    return column.type.compile(_POSTGRESQL).lower()


def counts(numbers: Mapping[str, int]) -> dict[str, Any]:
    """Numbers by code as metadata.

    Raises:
        TypeError: One of them is no number, or a name is no code: metadata never carries anything else.
    """
    return {name: dg.MetadataValue.int(number) for name, number in _checked(numbers).items()}


def picture(numbers: Mapping[str, int], title: str) -> dg.MetadataValue[Any]:
    """A bar chart of counts by code.

    Raises:
        TypeError: As of `counts`.
    """
    return dg.MetadataValue.md(markdown(bars(_checked(numbers), title), title))


def steps(weights: Sequence[tuple[str, float]], title: str) -> dg.MetadataValue[Any]:
    """A waterfall chart of weights by code.

    Raises:
        TypeError: One of them is no number, or a name is no code.
    """
    _checked({name: round(weight) for name, weight in weights})
    return dg.MetadataValue.md(markdown(waterfall(weights, title), title))


def rows(number: int) -> dict[str, Any]:
    """The row count under the name that Dagster's UI shows.

    Raises:
        TypeError: It is no number.
    """
    return {"dagster/row_count": counts({"rows": number})["rows"]}


def _checked(numbers: Mapping[str, int]) -> Mapping[str, int]:
    for name, number in numbers.items():
        if not _CODE.fullmatch(name):
            raise TypeError("metadata must be named by a code: small letters, digits and _")
        if not isinstance(number, int):
            raise TypeError(f"metadata {name!r} must be a count")
    return numbers
