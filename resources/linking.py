"""Linking a kind of card: flat cards out of the lake, members, decisions and moved ids into it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.resolve import Resolution, increment, stewards
from pipelines.resolve.increment import Advance
from pipelines.resolve.state import State, version
from resources.database import Database
from resources.lake import Draft, Lake, Missing

_FORMER = {
    "company": "SELECT card_id::text, entity_id::text FROM match.members WHERE kind = 'company'",
    "person": "SELECT card_id::text, entity_id::text FROM match.members WHERE kind = 'person'",
}
_JUDGED = """
    SELECT left_id::text, right_id::text, judgement FROM match.judgements
    WHERE withdrawn_at IS NULL ORDER BY judgement_id"""
_TYPES = {
    **dict.fromkeys(("left_id", "right_id", "kind", "outcome", "reasons", "held_apart_by"), "str"),
    **dict.fromkeys(("weight", "probability"), "float64"),
}
DATASETS: dict[Literal["company", "person"], str] = {"company": "resolve/companies", "person": "resolve/people"}
"""Where what was found of each kind lies in the lake."""
LARGEST = 0.2
"""Share of the cards above which a delta is no less work than all of them."""
_STATE = ("cards", "values", "nodes", "entries", "links", "decisions", "facts")


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking found.

    Attributes:
        found: Members, decisions (with `held_apart_by`) and moves.
        judgements: How many judgements of stewards had both cards there.
        unfollowed: How many of these were not followed, because others contradict them.
        touched: How many cards were matched again.
        full: Whether all were.
    """

    found: Resolution
    judgements: int
    unfollowed: int
    touched: int
    full: bool


def link_into(
    draft: Draft, flat: Path, kind: Literal["company", "person"], database: Database, lake: Lake | None = None
) -> Linked:
    """Resolves the cards of one file and writes `members`, `decisions`, `moves` and the state into the draft.

    Ids of the last publication are kept: they are read from `match.members`. What stewards say is read from
    `match.judgements`, every time anew. Where the lake has a state that is of that publication, only what changed
    since is matched; the result is the same.

    Args:
        draft: Where the result goes.
        flat: Parquet file of flat cards.
        kind: What they are about.
        database: Holds the former ids and the judgements.
        lake: Has the state of the last run, if any.
    """
    cards = pd.read_parquet(flat)
    with database.batches(_FORMER[kind]) as batches:
        previous = batches.read_all().to_pandas()
    said = pd.DataFrame(database.rows(_JUDGED), columns=["left_id", "right_id", "judgement"], dtype="str")
    judgements = stewards.known(said, cards)
    content = pd.util.hash_pandas_object(cards, index=False)
    shown = pd.DataFrame({"card_id": cards["card_id"], "content": content})
    last = _state(lake, kind, previous) if lake else None
    done = _advanced(*last, cards, shown, judgements) if last else None
    done = done or increment.begin(cards, kind, judgements, previous)
    found = _whole(done, cards)
    found = replace(found, decisions=stewards.reviewed(found, cards, judgements, kind))
    draft.frame("members", found.members.astype({"card_id": "str", "entity_id": "str"}))
    # an empty frame has no types of its own, and both kinds are read as one table
    draft.frame("decisions", found.decisions.assign(kind=kind).astype(_TYPES))
    draft.frame("moves", found.moves.astype("str"))
    for name, frame in {**done.state.to_frames(), "shown": shown}.items():
        draft.frame(f"state_{name}", frame)
    draft.counts.update({"cards": len(cards), "entities": int(found.members["entity_id"].nunique())})
    unfollowed = stewards.unfollowed(judgements, found.members)
    return Linked(found, len(judgements), unfollowed, done.touched, done.full)


def _state(lake: Lake, kind: Literal["company", "person"], previous: pd.DataFrame) -> tuple[State, pd.DataFrame] | None:
    """The state in the lake, with what its cards showed, if it is of these rules and of the last publication."""
    try:
        facts = pd.read_parquet(lake.tables(DATASETS[kind], "state_facts")[0])
        if facts.loc[facts["what"] == "version", "one"].tolist() != [version()]:
            return None
        frames = {name: pd.read_parquet(lake.tables(DATASETS[kind], f"state_{name}")[0]) for name in (*_STATE, "shown")}
    except Missing:
        return None
    state = State.from_frames(frames)
    return (state, frames["shown"]) if _same(state.members(), previous) else None


def _same(ours: pd.DataFrame, theirs: pd.DataFrame) -> bool:
    """Whether both have the same cards, each of the same entity."""
    if len(ours) != len(theirs):
        return False
    cards, entities = ({name: pa.array(one[name], pa.large_string()) for name in ("card_id", "entity_id")}
                       for one in (ours, theirs))  # fmt: skip
    place = pc.index_in(cards["card_id"], entities["card_id"])
    return place.null_count == 0 and bool(entities["entity_id"].take(place).equals(cards["entity_id"]))


def _advanced(
    state: State, before: pd.DataFrame, cards: pd.DataFrame, shown: pd.DataFrame, judgements: pd.DataFrame
) -> Advance | None:
    """What the cards that changed led to; None where they are too many."""
    now, then = (pa.array(one["card_id"], pa.large_string()) for one in (shown, before))
    place = pc.index_in(now, then).fill_null(len(before)).to_numpy()
    known = np.append(before["content"].to_numpy(dtype=np.uint64), np.uint64(0))
    changed = (place == len(before)) | (known[place] != shown["content"].to_numpy(dtype=np.uint64))
    left = np.ones(len(before) + 1, dtype=bool)
    left[place] = False
    gone = before["card_id"][left[:-1]]
    if len(gone) + changed.sum() > LARGEST * len(cards):
        return None
    return increment.advance(state, cards[changed], gone, judgements)


def _whole(done: Advance, cards: pd.DataFrame) -> Resolution:
    """Members and decisions of all cards, members in the order of the cards."""
    members = done.state.members()
    there, given = (pa.array(one["card_id"], pa.large_string()) for one in (members, cards))
    members = members.take(pc.index_in(given, there).to_numpy()).reset_index(drop=True)
    return Resolution(members, done.state.decisions(), done.found.moves)
