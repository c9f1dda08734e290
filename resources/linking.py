"""Linking a kind of card: flat cards out of the lake, members, decisions and moved ids into it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pandas as pd

from pipelines.resolve import Resolution, resolve
from resources.database import Database
from resources.lake import Draft


def link_into(draft: Draft, flat: Path, kind: Literal["company", "person"], database: Database) -> Resolution:
    """Resolves the cards of one file and writes `members`, `decisions` and `moves` into the draft.

    Ids of the last publication are kept: they are read from `match.members`.

    Args:
        draft: Where the result goes.
        flat: Parquet file of flat cards.
        kind: What they are about.
        database: Holds the former ids.
    """
    former = database.rows("SELECT card_id::text, entity_id::text FROM match.members WHERE kind = :kind", kind=kind)
    previous = pd.DataFrame(former, columns=["card_id", "entity_id"], dtype="str")
    cards = pd.read_parquet(flat)
    found = resolve(cards, kind, previous=previous)
    draft.frame("members", found.members.astype({"card_id": "str", "entity_id": "str"}))
    draft.frame("decisions", found.decisions.assign(kind=kind).astype({"left_id": "str", "right_id": "str"}))
    draft.frame("moves", found.moves.astype("str"))
    draft.counts.update({"cards": len(cards), "entities": int(found.members["entity_id"].nunique())})
    return found
