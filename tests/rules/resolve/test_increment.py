"""What changed, matched by itself, ends as everything matched at once: batches, changes, removals and judgements."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.matching.worlds import WORLDS
from pipelines.resolve import resolve
from pipelines.resolve.increment import advance, begin
from pipelines.resolve.state import State

KINDS = ["person", "company"]
Judgement = tuple[str, str, str]


def world(name: str, kind: str, rows: int, seed: int) -> pd.DataFrame:
    """Invented cards; some are of groups."""
    cards = WORLDS[name][kind](rows, seed).cards.reset_index(drop=True).astype({"card_id": "str"})
    rng = random.Random(seed)
    return cards.assign(no_link_group=[rng.choice(["", "", "", f"g{rng.randrange(20)}"]) for _ in range(len(cards))])


def said(judgements: Sequence[Judgement]) -> pd.DataFrame:
    return pd.DataFrame(judgements, columns=["left_id", "right_id", "judgement"])


def both_there(judgements: Sequence[Judgement], cards: pd.DataFrame) -> pd.DataFrame:
    there = set(cards["card_id"])
    return said([one for one in judgements if {one[0], one[1]} <= there])


def ordered(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype(dict.fromkeys(frame.columns[:2], "str")).sort_values(list(frame.columns[:2]), ignore_index=True)


def assert_as_at_once(
    state: State, cards: pd.DataFrame, judgements: pd.DataFrame, previous: pd.DataFrame, moves: pd.DataFrame
) -> None:
    """The state is what resolving all cards gives, ids, weights and reasons included."""
    at_once = resolve(cards.sample(frac=1, random_state=4), state.kind, judgements, previous)
    ours = state.resolution()
    pd.testing.assert_frame_equal(ordered(ours.members), ordered(at_once.members), check_dtype=False)
    pd.testing.assert_frame_equal(ordered(ours.decisions), ordered(at_once.decisions), check_dtype=False)
    assert ordered(moves).to_numpy().tolist() == ordered(at_once.moves).to_numpy().tolist()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", sorted(WORLDS))
def test_ten_shuffled_batches_are_one(name: str, kind: str) -> None:
    cards = world(name, kind, 1000, 3)
    batches = np.array_split(np.random.default_rng(3).permutation(len(cards)), 10)
    state = begin(cards.iloc[batches[0]], kind).state
    there, partial = cards.iloc[batches[0]], 0
    for batch in batches[1:]:
        previous = state.resolution().members
        there = pd.concat([there, cards.iloc[batch]])
        done = advance(state, cards.iloc[batch])
        state, partial = done.state, partial + (not done.full)
        assert_as_at_once(state, there, said([]), previous, done.found.moves)
    assert partial
    apart, once = state.resolution().members, begin(cards, kind).state.resolution().members
    assert clusters_of(apart) == clusters_of(once)


def clusters_of(members: pd.DataFrame) -> set[frozenset[str]]:
    return set(members.groupby("entity_id")["card_id"].agg(frozenset))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["plain", "hard"])
def test_changes_removals_returns_and_judgements(name: str, kind: str) -> None:
    cards, rng = world(name, kind, 1500, 5), random.Random(5)
    there, waiting = cards.iloc[:1000], cards.iloc[1000:]
    judgements: list[Judgement] = []
    state = begin(there, kind).state
    partial = 0
    for turn in range(6):
        previous = state.resolution().members
        gone, there = there.iloc[:25], there.iloc[25:]
        fresh, waiting = waiting.iloc[:40], pd.concat([waiting.iloc[40:], gone.iloc[:10]])
        changed = changed_like(there.sample(25, random_state=turn), there.sample(25, random_state=turn + 50), rng)
        there = pd.concat([there[~there["card_id"].isin(changed["card_id"])], changed, fresh])
        judgements = [*judgements[turn % 3 :], *some_judgements(previous, there, waiting, rng)]
        done = advance(state, pd.concat([changed, fresh]), gone["card_id"], said(judgements))
        state, partial = done.state, partial + (not done.full)
        assert_as_at_once(state, there, both_there(judgements, there), previous, done.found.moves)
    assert partial


def changed_like(cards: pd.DataFrame, others: pd.DataFrame, rng: random.Random) -> pd.DataFrame:
    """The cards, with some of the values of others."""
    taken = [column for column in cards.columns if column != "card_id" and rng.random() < 0.4]
    return cards.assign(**{column: others[column].to_numpy() for column in taken})


def some_judgements(
    members: pd.DataFrame, there: pd.DataFrame, waiting: pd.DataFrame, rng: random.Random
) -> list[Judgement]:
    """A no within an entity, a yes between strangers, and one of a card that is still to come."""
    several = [cards for cards in members.groupby("entity_id")["card_id"].agg(list) if len(cards) > 1]
    ids = there["card_id"].tolist()
    parted = rng.choice(several)
    return [
        (parted[0], parted[1], "different"),
        (*sorted(rng.sample(ids, 2)), "same"),
        (rng.choice(ids), waiting["card_id"].iloc[0], "same"),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_delta_does_nothing(kind: str) -> None:
    state = begin(world("plain", kind, 300, 2), kind).state
    done = advance(state, world("plain", kind, 300, 2).iloc[:0])
    assert done.state is state
    assert (done.touched, done.full) == (0, False)
    assert len(done.found.members) == len(done.found.decisions) == len(done.found.moves) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_cards_given_again_change_nothing(kind: str) -> None:
    cards = world("plain", kind, 600, 2)
    state = begin(cards, kind).state
    done = advance(state, cards.iloc[:30])
    assert not done.full
    assert_as_at_once(done.state, cards, said([]), state.resolution().members, done.found.moves)
    assert done.found.moves.empty


@pytest.mark.parametrize("kind", KINDS)
def test_from_nothing_to_nothing(kind: str) -> None:
    cards = world("plain", kind, 200, 2)
    state = advance(begin(cards.iloc[:0], kind).state, cards).state
    assert_as_at_once(
        state, cards, said([]), cards.iloc[:0].assign(entity_id=""), pd.DataFrame({"old_id": [], "new_id": []})
    )
    assert advance(state, cards.iloc[:0], cards["card_id"]).state.resolution().members.empty


@pytest.mark.parametrize("kind", KINDS)
def test_a_card_touches_few(kind: str) -> None:
    cards = world("plain", kind, 3000, 2)
    done = advance(begin(cards.iloc[:-1], kind).state, cards.iloc[-1:])
    assert not done.full
    assert done.touched < 100
    assert set(done.found.members["card_id"]) >= set(cards["card_id"].iloc[-1:])


@pytest.mark.parametrize("kind", KINDS)
def test_a_state_outlives_its_process_and_keeps_nothing_of_cards_that_are_gone(kind: str, tmp_path: Path) -> None:
    cards = world("plain", kind, 600, 7)
    gone, ids = cards.iloc[:5], cards["card_id"].tolist()
    judgements = [(ids[10], ids[11], "same"), (ids[12], ids[13], "different")]
    state = advance(begin(cards, kind).state, gone.iloc[:0], gone["card_id"], said(judgements)).state
    for name, frame in state.to_frames().items():
        frame.to_parquet(tmp_path / f"{name}.parquet")
    frames = {file.stem: pd.read_parquet(file) for file in tmp_path.iterdir()}
    assert not set(frames["values"]["value"]) & set(gone["card_id"])
    again = State.from_frames(frames)
    assert (again.kind, again.version, again.judged, again.strays) == (
        state.kind, state.version, state.judged, state.strays
    )  # fmt: skip
    there = pd.concat([cards.iloc[5:], gone.iloc[:2]])
    done = advance(again, gone.iloc[:2], (), said(judgements))
    assert not done.full
    assert_as_at_once(done.state, there, said(judgements), state.resolution().members, done.found.moves)


def test_every_card_needs_an_id_of_its_own() -> None:
    for ids in (["a", "a"], ["a", ""]):
        with pytest.raises(ValueError, match="an id of its own"):
            begin(pd.DataFrame({"card_id": ids, "company_name": ["Brandeko", "Zelkova"]}), "company")


VALUES = {
    "company_name": ["Brandeko Ltd", "Brandeko", "Zelkova AG", "Zelkova Foods", "Tramont Paper", ""],
    "website": ["brandeko.example.com", "zelkova.example.com", ""],
    "phone": ["+44 20 7946 0123", "+44 20 7946 0124", ""],
    "postal_code": ["LS1 4AB", "YO1 7HH", ""],
    "identifiers": ["", "", "LEI:77120043AB", "XY-REG:1234;LEI:77120043AC", "GB-COH:1", "OWN:1"],
    "no_link_group": ["", "", "g1"],
}
CARD = st.fixed_dictionaries({field: st.sampled_from(values) for field, values in VALUES.items()})
DELTA = st.lists(st.tuples(st.integers(0, 150), st.one_of(st.none(), CARD)), max_size=12, unique_by=lambda one: one[0])


@settings(max_examples=40, deadline=None)
@given(st.lists(DELTA, max_size=3), st.integers(0, 5))
def test_any_deltas_end_as_all_at_once(deltas: list[list[tuple[int, dict[str, str] | None]]], seed: int) -> None:
    rng = random.Random(seed)
    cards = {f"c{at}": {field: rng.choice(values) for field, values in VALUES.items()} for at in range(120)}
    state = begin(_frame(cards), "company").state
    for delta in deltas:
        previous = state.resolution().members
        fresh = {f"c{at}": card for at, card in delta if card is not None}
        gone = [f"c{at}" for at, card in delta if card is None]
        cards = {key: card for key, card in {**cards, **fresh}.items() if key not in gone}
        done = advance(state, _frame(fresh), gone)
        state = done.state
        assert_as_at_once(state, _frame(cards), said([]), previous, done.found.moves)


def _frame(cards: dict[str, dict[str, str]]) -> pd.DataFrame:
    rows = [{"card_id": key, **card} for key, card in cards.items()]
    return pd.DataFrame(rows, columns=["card_id", *VALUES], dtype="str")
