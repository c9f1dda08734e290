"""Linking a kind of card: flat cards out of the lake, members, decisions and moved ids into it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import pandas as pd

from pipelines.resolve import Resolution, increment, stewards
from pipelines.resolve.increment import Advance, State
from resources.database import Database
from resources.lake import Draft, Lake, Missing

_FORMER = "SELECT card_id::text, entity_id::text FROM match.members WHERE kind = :kind"
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
    previous = pd.DataFrame(database.rows(_FORMER, kind=kind), columns=["card_id", "entity_id"], dtype="str")
    said = pd.DataFrame(database.rows(_JUDGED), columns=["left_id", "right_id", "judgement"], dtype="str")
    judgements = stewards.known(said, cards)
    content = pd.util.hash_pandas_object(cards, index=False).astype("UInt64")
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
        if facts.loc[facts["what"] == "version", "one"].tolist() != [increment.version()]:
            return None
        frames = {name: pd.read_parquet(lake.tables(DATASETS[kind], f"state_{name}")[0]) for name in (*_STATE, "shown")}
    except Missing:
        return None
    state = State.from_frames(frames)
    known = state.resolution().members[["card_id", "entity_id"]].astype("str")
    published = previous.sort_values("card_id", ignore_index=True)
    return (state, frames["shown"]) if known.equals(published) else None


def _advanced(
    state: State, before: pd.DataFrame, cards: pd.DataFrame, shown: pd.DataFrame, judgements: pd.DataFrame
) -> Advance | None:
    """What the cards that changed led to; None where they are too many."""
    both = shown.merge(before, on="card_id", how="outer", suffixes=("", "_before"))
    gone = both.loc[both["content"].isna(), "card_id"]
    other = (both["content"] != both["content_before"]).fillna(value=True)
    changed = both.loc[both["content"].notna() & other, "card_id"]
    if len(gone) + len(changed) > LARGEST * len(cards):
        return None
    return increment.advance(state, cards[cards["card_id"].isin(set(changed))], gone, judgements)


def _whole(done: Advance, cards: pd.DataFrame) -> Resolution:
    """Members and decisions of all cards, members in the order of the cards."""
    whole = done.state.resolution()
    members = whole.members.set_index("card_id").loc[cards["card_id"]].reset_index()
    return replace(whole, members=members, moves=done.found.moves)
