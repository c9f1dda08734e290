"""Suppression: the cards that may not come through the gate again, from the database into the lake."""

from __future__ import annotations

import hashlib

import pandas as pd

from resources.database import Database
from resources.lake import Lake
from resources.screening import SUPPRESSIONS


def hand_over(database: Database, lake: Lake) -> int:
    """Writes `privacy.suppressions` where screening reads it; the same list is the same version.

    Returns:
        How many cards are suppressed.
    """
    listed = [str(row["card_id"]) for row in database.rows("SELECT card_id FROM privacy.suppressions ORDER BY card_id")]
    version = hashlib.sha256("\n".join(listed).encode()).hexdigest()[:32]
    known = lake.current(SUPPRESSIONS)
    if known is None or known["version"] != version:
        with lake.write(SUPPRESSIONS, version) as draft:
            draft.frame("cards", pd.DataFrame({"card_id": pd.Series(listed, dtype="str")}))
    return len(listed)
