"""Linking out of the lake: what changed is matched by itself where the state fits, everything where it does not."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Literal

import pandas as pd
import pytest
import sqlalchemy as sa

from bench.matching.worlds import WORLDS
from pipelines.resolve import resolve
from resources.database import Database
from resources.lake import Lake
from resources.linking import DATASETS, Linked, link_into

pytestmark = [pytest.mark.postgres]

KINDS: list[Literal["company", "person"]] = ["company", "person"]
_PUBLISHED = """
    INSERT INTO match.members (card_id, kind, entity_id, probability, source, record_id)
    VALUES (:card_id, :kind, :entity_id, 1, 'test', :record_id)"""
_JUDGED = (
    "INSERT INTO match.judgements (left_id, right_id, judgement, reason) VALUES (:left, :right, 'same', 'by hand')"
)


def cards_of(kind: str) -> pd.DataFrame:
    cards = WORLDS["plain"][kind](400, 6).cards.reset_index(drop=True).astype("str")
    return cards.assign(card_id=[str(uuid.uuid5(uuid.NAMESPACE_OID, one)) for one in cards["card_id"]])


def linked(lake: Lake, kind: Literal["company", "person"], cards: pd.DataFrame, database: Database) -> Linked:
    """The cards linked and published, as far as linking reads it again."""
    with lake.write(DATASETS[kind]) as draft:
        draft.frame("flat", cards)
        found = link_into(draft, draft.file("flat"), kind, database, lake)
    with database.transaction() as connection:
        connection.execute(sa.text("DELETE FROM match.members WHERE kind = :kind"), {"kind": kind})
        rows = [
            {"card_id": card, "kind": kind, "entity_id": entity, "record_id": card}
            for card, entity in found.found.members[["card_id", "entity_id"]].itertuples(index=False)
        ]
        connection.execute(sa.text(_PUBLISHED), rows)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_delta_is_linked_by_itself_and_ends_as_a_full_run(
    kind: Literal["company", "person"], database: Database, tmp_path: Path
) -> None:
    lake, cards = Lake(tmp_path / "lake"), cards_of(kind)
    first = linked(lake, kind, cards.iloc[5:-5], database)
    assert (first.full, first.touched) == (True, len(cards) - 10)
    again = linked(lake, kind, cards.iloc[5:-5], database)
    assert (again.full, again.touched) == (False, 0)
    pd.testing.assert_frame_equal(again.found.members, first.found.members)
    pd.testing.assert_frame_equal(again.found.decisions, first.found.decisions)
    left, right = cards["card_id"].iloc[20], cards["card_id"].iloc[200]
    with database.transaction() as connection:
        connection.execute(sa.text(_JUDGED), {"left": left, "right": right})
    later = cards.iloc[10:].assign(phone=cards["phone"].where(cards.index != 30, "+49 30 1234567"))
    found = linked(lake, kind, later, database)
    assert not found.full
    assert 0 < found.touched < len(later) / 2
    judgements = pd.DataFrame([(left, right, "same")], columns=["left_id", "right_id", "judgement"])
    whole = resolve(later, kind, judgements, first.found.members)
    pd.testing.assert_frame_equal(found.found.members, whole.members, check_dtype=False)
    made = found.found.decisions[whole.decisions.columns.drop("outcome")]
    pd.testing.assert_frame_equal(made, whole.decisions.drop(columns="outcome"), check_dtype=False)
    assert found.found.moves.to_numpy().tolist() == whole.moves.to_numpy().tolist()


def test_a_state_of_another_publication_is_left_aside(database: Database, tmp_path: Path) -> None:
    lake, cards = Lake(tmp_path / "lake"), cards_of("company")
    linked(lake, "company", cards, database)
    with database.transaction() as connection:
        connection.execute(sa.text("UPDATE match.members SET entity_id = gen_random_uuid() WHERE source = 'test'"))
    assert linked(lake, "company", cards, database).full


def test_nothing_of_a_card_that_is_gone_stays_in_the_lake(database: Database, tmp_path: Path) -> None:
    lake, cards = Lake(tmp_path / "lake"), cards_of("company")
    cards.loc[7, "company_name"] = "Unheard Of Names"
    linked(lake, "company", cards, database)
    assert not linked(lake, "company", cards.drop(index=7), database).full
    kept = pd.read_parquet(lake.tables(DATASETS["company"], "state_values")[0])["value"]
    assert not kept.str.contains("unheard").any()
    assert cards.loc[7, "card_id"] not in set(kept)
