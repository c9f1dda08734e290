"""This project's own `link`, at its only threshold."""

from __future__ import annotations

import time
from typing import Any

import pandas as pd
from common import DEFAULT, Clock, run

from pipelines.resolve import link
from pipelines.resolve.features import features

CARD = {"company": "company_name", "name": "company_name", "title": "job_title", "email": "email_address",
        "domain": "website", "phone": "phone", "street": "street_address", "postal": "postal_code", "last": "last_name",
        "locality": "locality", "country": "country_code",
        "identifiers": "identifiers", "former": "former_names"}  # fmt: skip


def as_cards(columns: pd.DataFrame) -> pd.DataFrame:
    """The columns under the names of a card."""
    cards = columns.rename(columns=CARD)
    if "first" in cards.columns:
        middle = cards.pop("middle") if "middle" in cards.columns else ""
        cards["first_name"] = (cards.pop("first") + " " + middle).str.strip()
    if "form" in cards.columns:
        cards["company_name"] = (cards["company_name"] + " " + cards.pop("form")).str.strip()
    return cards


def work(columns: pd.DataFrame, kind: str, options: dict[str, Any], clock: Clock) -> dict[str, Any]:  # noqa: ARG001
    cards = as_cards(columns)
    features(cards.head(1), kind)  # word lists are read on first use
    clock.started = time.perf_counter()
    found = link(cards, kind)
    clock.stop()
    entity = found.set_index("card_id")["entity_id"].reindex(cards["card_id"])
    start = time.perf_counter()
    features(cards, kind)
    clock.laps["features"] = round(time.perf_counter() - start, 3)
    return {DEFAULT: pd.factorize(entity.to_numpy())[0]}


run(work)
