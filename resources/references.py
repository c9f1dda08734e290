"""The declarations as tables of the lake, so that queries can join them."""

from __future__ import annotations

import pandas as pd

from pipelines.reasons import SENTENCES
from pipelines.resolve import why
from pipelines.sources.registry import sources


def source_table() -> pd.DataFrame:
    """One row a source, columns as `evidence.sources` and `country`, all text."""
    kept = ("title", "publisher", "url", "licence", "share_alike", "family", "trust", "cadence", "lawful_basis",
            "access", "country")  # fmt: skip
    rows = [
        {"source": source.id} | {name: str(getattr(source, name)) for name in kept} for source in sources().values()
    ]
    return pd.DataFrame(rows, dtype="str")


def feed_table() -> pd.DataFrame:
    """One row a feed: `source, feed, confirms`."""
    rows = [
        {"source": source.id, "feed": feed, "confirms": spec.confirms}
        for source in sources().values()
        for feed, spec in source.feeds.items()
    ]
    return pd.DataFrame(rows, dtype="str")


def reason_table() -> pd.DataFrame:
    """One row a reason code: `code, sentence`."""
    return pd.DataFrame([{"code": code, "sentence": text} for code, text in SENTENCES.items()], dtype="str")


def term_table() -> pd.DataFrame:
    """One row a field or rule of matching: `kind, term, sentence`."""
    return why.terms()
