"""What resolving made of judgements, and what keeps apart those that are alike."""

from __future__ import annotations

import pandas as pd

from pipelines.resolve import resolve, stewards

FIRM = {"company_name": "Brandeko Optics Ltd", "website": "brandeko.example.com", "postal_code": "LS1 4AB"}
OTHER = {"company_name": "Zelkova AG", "website": "zelkova.example.com", "postal_code": "LS1 4AB"}
PERSON = {"full_name": "Jane Roe", "company_name": "Brandeko Optics Ltd", "email_address": "jane@brandeko.example.com"}


def cards(**by_id: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame([{"card_id": key, **card} for key, card in by_id.items()])


def judged(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["left_id", "right_id", "judgement"], dtype="str")


def reviewed(given: pd.DataFrame, said: pd.DataFrame, kind: str = "company") -> dict[tuple[str, str], tuple[str, str]]:
    """Outcome and cause by pair."""
    found = stewards.reviewed(resolve(given, kind, said), given, said, kind)
    columns = (found[name] for name in ("left_id", "right_id", "outcome", "held_apart_by"))
    return {(left, right): (outcome, cause) for left, right, outcome, cause in zip(*columns, strict=True)}


def test_judgements_of_cards_that_are_not_there_wait() -> None:
    said = judged(("a", "b", "same"), ("a", "z", "same"), ("y", "z", "different"))
    assert stewards.known(said, cards(a=FIRM, b=FIRM)).to_numpy().tolist() == [["a", "b", "same"]]
    assert stewards.known(judged(), cards(a=FIRM)).empty


def test_what_others_forbid_is_counted() -> None:
    given = cards(a=FIRM, b=OTHER, c={"company_name": "Third Party Plc"})
    for said, count in (
        (judged(("a", "b", "same")), 0),
        (judged(("a", "b", "different")), 0),
        (judged(("a", "b", "same"), ("b", "a", "different")), 1),
        (judged(("a", "b", "same"), ("b", "c", "same"), ("c", "a", "different")), 1),
        (judged(), 0),
    ):
        assert stewards.unfollowed(said, resolve(given, judgements=said).members) == count


def test_a_judgement_that_was_not_followed_is_for_review_again() -> None:
    given = cards(a=FIRM, b=OTHER, c={"company_name": "Third Party Plc"})
    found = reviewed(given, judged(("a", "b", "same"), ("b", "c", "same"), ("c", "a", "different")))
    assert found["a", "b"] == ("same", "")
    assert found["b", "c"] == ("review", "judgement")
    assert found["a", "c"] == ("different", "")


def test_different_numbers_of_one_register_are_the_cause() -> None:
    given = cards(a={**FIRM, "identifiers": "GB-COH:1"}, b={**FIRM, "identifiers": "GB-COH:2"})
    assert reviewed(given, judged()) == {("a", "b"): ("review", "number")}
    assert reviewed(given, judged(("a", "b", "same"))) == {("a", "b"): ("same", "")}


def test_a_group_of_which_each_is_another_is_the_cause() -> None:
    given = cards(
        a={**PERSON, "no_link_group": "office"}, b={**PERSON, "no_link_group": "office", "job_title": "Buyer"}
    )
    assert reviewed(given, judged(), "person") == {("a", "b"): ("review", "group")}


def test_a_judgement_on_other_cards_of_the_two_is_the_cause() -> None:
    near = {**FIRM, "phone": "+44 113 496 0002"}
    given = cards(a=FIRM, b={**FIRM, "country_code": "GB"}, c=near)
    found = reviewed(given, judged(("a", "c", "different"), ("a", "b", "same")))
    assert found["b", "c"] == ("review", "judgement")


def test_without_decisions_there_is_nothing_to_review() -> None:
    assert reviewed(cards(a=FIRM), judged()) == {}
