"""Judgements, lasting ids and explanations, on invented cards."""

from __future__ import annotations

import uuid

import pandas as pd

from pipelines.card import NAMESPACE
from pipelines.resolve import resolve
from pipelines.resolve.identity import assign, mint

FIRM = {"company_name": "Brandeko Optics Ltd", "website": "brandeko.example.com", "postal_code": "LS1 4AB"}
OTHER = {"company_name": "Zelkova AG", "website": "zelkova.example.com", "postal_code": "LS1 4AB"}


def cards(**by_id: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame([{"card_id": key, **card} for key, card in by_id.items()])


def judged(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["left_id", "right_id", "judgement"])


def entities(found: pd.DataFrame) -> dict[str, str]:
    return dict(zip(found["card_id"], found["entity_id"], strict=True))


def test_a_judgement_joins_and_parts_and_a_no_beats_a_yes() -> None:
    both = cards(a=FIRM, b=FIRM, c=OTHER)
    parted = entities(resolve(both, judgements=judged(("b", "a", "different"), ("a", "b", "same"))).members)
    assert parted["a"] != parted["b"]
    joined = entities(resolve(both, judgements=judged(("a", "c", "same"))).members)
    assert joined["a"] == joined["b"] == joined["c"]


def test_a_judgement_outlives_a_register_number_and_parts_equal_numbers() -> None:
    numbered = cards(a={**FIRM, "identifiers": "GB-COH:1"}, b={**FIRM, "identifiers": "GB-COH:2"})
    found = entities(resolve(numbered, judgements=judged(("a", "b", "same"))).members)
    assert found["a"] == found["b"]
    equal = cards(a={**FIRM, "identifiers": "GB-COH:1"}, b={**OTHER, "identifiers": "GB-COH:1"})
    found = entities(resolve(equal, judgements=judged(("a", "b", "different"))).members)
    assert found["a"] != found["b"]


def test_a_judgement_of_cards_that_are_gone_is_of_no_matter() -> None:
    assert len(resolve(cards(a=FIRM), judgements=judged(("a", "z", "same"), ("x", "y", "different"))).members) == 1


def test_an_id_is_minted_from_the_founding_card() -> None:
    found = entities(resolve(cards(b=FIRM, a=FIRM)).members)
    assert found["a"] == found["b"] == str(uuid.uuid5(NAMESPACE, "a")) == mint("a")


def test_ids_are_kept_when_a_smaller_card_comes() -> None:
    first = resolve(cards(b=FIRM, c=FIRM, d=OTHER)).members
    later = resolve(cards(a=FIRM, b=FIRM, c=FIRM, d=OTHER), previous=first)
    assert entities(later.members) == {**entities(first), "a": mint("b")}
    assert later.moves.empty


def test_merges_and_splits_become_moves() -> None:
    previous = pd.DataFrame({"card_id": ["a", "b", "c"], "entity_id": ["old 1", "old 2", "old 2"]})
    merged = resolve(cards(a=FIRM, b=FIRM, c=FIRM), previous=previous)
    assert set(merged.members["entity_id"]) == {"old 2"}
    assert merged.moves.to_numpy().tolist() == [["old 1", "old 2", "merge"]]
    split = resolve(cards(a=FIRM, b=FIRM, c=OTHER), previous=previous.assign(entity_id="old"))
    found = entities(split.members)
    assert found["a"] == found["b"] == "old"
    assert split.moves.to_numpy().tolist() == [["old", found["c"], "split"]]


def test_ties_go_to_the_smallest_id_and_no_id_is_given_twice() -> None:
    ids, moves = assign([["a", "b"]], {"a": "y", "b": "x"})
    assert (ids, moves) == (["x"], [("y", "x", "merge")])
    ids, _ = assign([["a"], ["b", "c"]], {"a": mint("a"), "b": mint("a"), "c": mint("a")})
    assert ids[1] == mint("a")
    assert ids[0] not in {ids[1], ""}


def test_the_second_run_changes_nothing() -> None:
    given = cards(a=FIRM, b=FIRM, c=OTHER, d={}, e={})
    first = resolve(given)
    again = resolve(given, previous=first.members)
    pd.testing.assert_frame_equal(first.members, again.members)
    pd.testing.assert_frame_equal(first.decisions, again.decisions)
    assert again.moves.empty


def test_a_decision_says_why_in_fields_and_levels_without_values() -> None:
    given = cards(a=FIRM, b={**FIRM, "company_name": "Brandekko Optics Limited", "phone": "+44 113 496 0002"})
    decisions = resolve(given).decisions
    assert list(decisions.columns) == ["left_id", "right_id", "weight", "probability", "outcome", "reasons"]
    (reasons,) = decisions["reasons"]
    assert "name=near:+" in reasons
    assert "domain=equal:+" in reasons
    assert not any(value in reasons.lower() for value in ("brande", "4ab", "496"))
    parts = [float(part.rpartition(":")[2]) for part in reasons.split() if not part.startswith("rule:")]
    assert abs(sum(parts) - decisions["weight"].iloc[0]) < 0.5


def test_a_number_and_a_judgement_are_decisions() -> None:
    given = cards(a={**FIRM, "identifiers": "LEI:77120043AB"}, b={"identifiers": "LEI:77120043AB"}, c=OTHER)
    decisions = resolve(given, judgements=judged(("c", "a", "different"))).decisions.set_index(["left_id", "right_id"])
    assert decisions.loc[("a", "b"), "reasons"] == "number:LEI=equal:+12.0"
    assert decisions.loc[("a", "c"), "outcome"] == "different"


def test_a_veto_puts_the_pair_up_for_review() -> None:
    given = cards(a={**FIRM, "identifiers": "GB-COH:1"}, b={**FIRM, "identifiers": "GB-COH:2"})
    assert resolve(given).decisions["outcome"].tolist() == ["review"]
