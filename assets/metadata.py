"""Metadata: counts, codes and pictures for Dagster's UI, and column schemas made from the tables; never a value.

What belongs here: the only helpers through which an asset reports. They take numbers and codes, so that no value of
a record can pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import dagster as dg
import sqlalchemy as sa

from pipelines.card import ADDRESS_PARTS, CARD, NAME_PARTS
from pipelines.reporting.pictures import bars, markdown

_CARD_NAMES = frozenset({*CARD, *NAME_PARTS, *ADDRESS_PARTS, "e164", "extension", "url", "handle", "formatted"})


def _tags(column: str) -> dict[str, str]:
    known = CARD.get(column)
    if known:
        return {"class": known.data_class, "purpose": known.purpose}
    return {"class": "business-card"} if column in _CARD_NAMES else {"class": "operational"}


def table_schema(table: sa.Table) -> dg.TableSchema:
    """The column schema of a database table, with the class of data of each column."""
    return dg.TableSchema(
        [
            dg.TableColumn(
                column.name,
                str(column.type).lower(),
                column.comment,
                dg.TableColumnConstraints(nullable=bool(column.nullable), unique=column.primary_key),
                _tags(column.name),
            )
            for column in table.columns
        ]
    )


def text_schema(columns: Iterable[str]) -> dg.TableSchema:
    """The column schema of a lake table, all text."""
    return dg.TableSchema(
        [
            dg.TableColumn(name, "text", CARD[name].meaning if name in CARD else None, tags=_tags(name))
            for name in columns
        ]
    )


def counts(numbers: Mapping[str, int]) -> dict[str, Any]:
    """Numbers by code as metadata.

    Raises:
        TypeError: One of them is no number: metadata never carries anything else.
    """
    for name, number in numbers.items():
        if not isinstance(number, int):
            raise TypeError(f"metadata {name!r} must be a count")
    return {name: dg.MetadataValue.int(number) for name, number in numbers.items()}


def picture(numbers: Mapping[str, int], title: str) -> dg.MetadataValue[Any]:
    """A bar chart of counts by code."""
    return dg.MetadataValue.md(markdown(bars(numbers, title), title))


def rows(number: int) -> dict[str, Any]:
    """The row count under the name that Dagster's UI shows."""
    return {"dagster/row_count": dg.MetadataValue.int(number)}
