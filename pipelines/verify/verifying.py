"""Verify in bulk: a batch of different claims in, one row for each normal value out. A plain function that pickles."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pipelines.card import ADDRESS_PARTS, NAME_PARTS
from pipelines.verify.countries import country_code
from pipelines.verify.fields import judge

PARTS = (*NAME_PARTS, *ADDRESS_PARTS)
INPUT_COLUMNS = ("distinct_id", "field", "value", "label", "country", *PARTS)
DETAIL_COLUMNS = (
    *NAME_PARTS, *ADDRESS_PARTS, "domain", "mailbox_kind", "extension", "line_type", "platform", "handle", "page_kind",
    "scheme", "core", "legal_form", "display_name", "seniority", "department",
)  # fmt: skip
OUTPUT_COLUMNS = ("distinct_id", "value_no", "normal", "status", "reasons", *DETAIL_COLUMNS)

_PARTS_OF = {"full_name": NAME_PARTS, "address": ADDRESS_PARTS}


def verify(batch: pd.DataFrame) -> pd.DataFrame:
    """Normalises and judges every claim of a batch.

    Args:
        batch: A row a claim, columns `INPUT_COLUMNS`: `distinct_id` as int64, the others text, empty or missing where
            there is nothing. `country` is ISO 3166 alpha-2 or any name of a country.

    Returns:
        Columns `OUTPUT_COLUMNS`, in the order of the batch: a row for each normal value, `value_no` from 0; one row
        with an empty `normal` where there is none. `reasons` are codes with `;` between. Nothing is missing, and all
        but the two integers is text.

    Raises:
        ValueError: A field that the business card does not have; the message names it.
    """
    columns = {name: _texts(batch, name) for name in INPUT_COLUMNS[1:]}
    countries = {raw: country_code(raw) for raw in set(columns["country"])}
    rows: list[tuple[object, ...]] = []
    for at, number in enumerate(batch["distinct_id"].tolist()):
        field, country = columns["field"][at], countries[columns["country"][at]]
        parts = _parts(columns, field, at)
        for place, found in enumerate(judge(field, columns["value"][at], country, columns["label"][at], parts)):
            details = (found.details.get(name, "") for name in DETAIL_COLUMNS)
            rows.append((int(number), place, found.value, str(found.status), ";".join(found.reasons), *details))
    return _frame(rows)


def _texts(batch: pd.DataFrame, name: str) -> list[str]:
    if name not in batch:
        return [""] * len(batch)
    return [text if isinstance(text, str) else "" for text in batch[name].tolist()]


def _parts(columns: Mapping[str, list[str]], field: str, at: int) -> dict[str, str]:
    return {name: text for name in _PARTS_OF.get(field, ()) if (text := columns[name][at])}


def _frame(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(OUTPUT_COLUMNS))
    types: dict[str, str] = dict.fromkeys(OUTPUT_COLUMNS, "str")
    types |= {"distinct_id": "int64", "value_no": "int64"}
    return frame.astype(types)
