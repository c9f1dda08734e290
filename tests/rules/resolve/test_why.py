"""The reasons of decisions taken apart and put into words; the links that hold an entity."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.resolve import resolve, why
from pipelines.resolve.comparing import COMPARISONS
from pipelines.resolve.decisions import RULES
from pipelines.resolve.why import Part

FIRM = {"company_name": "Brandeko Optics Ltd", "website": "brandeko.example.com", "postal_code": "LS1 4AB"}
PERSON = {"full_name": "Jane Roe", "company_name": "Brandeko Optics Ltd", "email_address": "jane@brandeko.example.com"}


def test_every_form_that_reasons_have_is_read() -> None:
    assert why.parts("name=near:+5.1 number:US-X=equal:+2.0 prior:-0.8 rarity:+1.0 rule:other_name") == [
        Part("name", "near", 5.1), Part("number:US-X", "equal", 2.0), Part("prior", "", -0.8), Part("rarity", "", 1.0),
        Part("rule", "other_name"),
    ]  # fmt: skip
    assert why.parts("judgement=same") == [Part("judgement", "same")]
    assert why.parts("number:LEI=equal:+12.0") == [Part("number:LEI", "equal", 12.0)]
    assert why.parts("") == []


@pytest.mark.parametrize("odd", ["=", "name=", "name=near:high", "name=near:+1:+2", ":+1.0"])
def test_what_is_no_reason_is_refused_without_repeating_it(odd: str) -> None:
    with pytest.raises(ValueError, match="no known form") as raised:
        why.parts(odd)
    assert odd not in str(raised.value) or odd == "="


def test_a_rule_and_a_judgement_weigh_what_the_others_leave() -> None:
    assert why.steps("name=near:+5.1 prior:-0.8 rule:other_name", -5.0)[-1].weight == pytest.approx(-9.3)
    assert why.steps("judgement=different", -12.0) == [Part("judgement", "different", -12.0)]
    assert [part.weight for part in why.steps("name=near:+5.1 prior:-0.8", 4.32)] == [-0.8, 5.1]


@pytest.mark.parametrize(("kind", "card"), [("company", FIRM), ("person", PERSON)])
def test_what_resolving_says_can_be_read_adds_up_and_has_words(kind: str, card: dict[str, str]) -> None:
    cards = pd.DataFrame([{"card_id": "a", **card}, {"card_id": "b", **card, "phone": "+44 113 496 0002"}])
    judged = pd.DataFrame([("a", "c", "same")], columns=["left_id", "right_id", "judgement"])
    cards = pd.concat([cards, pd.DataFrame([{"card_id": "c", **card, "postal_code": "YO1 1AA"}])], ignore_index=True)
    decisions = resolve(cards, kind, judged).decisions
    assert len(decisions) >= 2
    for reasons, weight in zip(decisions["reasons"], decisions["weight"], strict=True):
        steps = why.steps(reasons, weight)
        assert sum(part.weight or 0.0 for part in steps) == pytest.approx(weight, abs=0.6)
        assert all(why.sentence(kind, part.term, part.level).endswith(".") for part in steps)
        assert all(why.label(part).replace(" ", "").isalnum() for part in steps)


def test_every_field_and_rule_has_its_sentence_once() -> None:
    terms = why.terms()
    assert not terms.duplicated(["kind", "term"]).any()
    assert terms["sentence"].str.endswith(".").all()
    known = set(zip(terms["kind"], terms["term"], strict=True))
    for kind in ("company", "person"):
        assert {(kind, one.name) for one in COMPARISONS[kind]} <= known
        assert {(kind, f"rule:{rule.name}") for rule in RULES[kind]} <= known


@pytest.mark.parametrize(
    ("weight", "words"),
    [(0.0, "says nothing either way"), (0.69, "2.0 times likelier that they are one"),
     (-4.0, "55 times likelier that they are two"), (99.0, "162,755 times likelier that they are one")],
)  # fmt: skip
def test_log_odds_in_words(weight: float, words: str) -> None:
    assert why.in_words(weight) == words


def test_a_bit_doubles_the_odds() -> None:
    assert [why.bits(weight) for weight in (0.0, 0.693, -1.386)] == [0.0, 1.0, -2.0]


def test_the_strongest_links_hold_the_cards() -> None:
    links = [("a", "b", 5.0), ("b", "c", 4.0), ("a", "c", 3.0), ("c", "x", 9.0), ("d", "e", -1.0)]
    assert why.tree(["a", "b", "c", "d", "e"], links) == [("a", "b", 5.0), ("b", "c", 4.0), ("d", "e", -1.0)]


CARDS = "abcdefg"
LINKS = st.lists(st.tuples(st.sampled_from(CARDS), st.sampled_from(CARDS), st.floats(-9, 9)), max_size=30)


@given(LINKS)
def test_a_tree_has_no_circle_and_reaches_what_the_links_reach(links: list[why.Link]) -> None:
    def groups(of: list[why.Link]) -> set[frozenset[str]]:
        found = {card: {card} for card in CARDS}
        for left, right, _ in of:
            if found[left] is not found[right]:
                found[left] |= found[right]
                for card in found[right]:
                    found[card] = found[left]
        return {frozenset(group) for group in found.values()}

    kept = why.tree(CARDS, links)
    assert groups(kept) == groups(links)
    assert len(kept) == len(CARDS) - len(groups(links))
    assert why.tree(CARDS, links[::-1]) == kept or len({link[:2] for link in links}) < len(links)
