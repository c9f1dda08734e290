"""What must be one entity and what must not, on invented cards."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.resolve import link, resolve

LEI = "5299000J2N45DDNE4Y28"
Card = Mapping[str, object]


def together(kind: str, *cards: Card) -> list[set[int]]:
    """The cards that were put together, by place."""
    frame = pd.DataFrame([{"card_id": f"card {at}", **card} for at, card in enumerate(cards)])
    found = link(frame, kind)
    places = pd.Series(range(len(cards)))
    return sorted((set(rows) for rows in places.groupby(found["entity_id"].to_numpy()).agg(list)), key=min)


FIRM: Card = {
    "company_name": "Brandeko Optics Ltd",
    "website": "https://www.brandeko.example.com/about",
    "phone": "+44 20 7946 0123",
    "street_address": "12 Harbour Street",
    "locality": "Leeds",
    "postal_code": "LS1 4AB",
    "country_code": "GB",
}
WORK: Card = {
    key: FIRM[key] for key in ("company_name", "website", "phone", "street_address", "locality", "postal_code")
}


@pytest.mark.parametrize("scheme", ["LEI", "GB-COH", "US-CIK", "NPI", "FDIC", "US-EIN"])
def test_an_equal_register_number_makes_one_company_of_unlike_names(scheme: str) -> None:
    number = {"identifiers": f"{scheme}:77120043"}
    assert together(
        "company", {"company_name": "Tramont Paper", **number}, {"company_name": "Zelkova AG", **number}
    ) == [{0, 1}]


@pytest.mark.parametrize("scheme", ["LEI", "GB-COH", "US-CIK", "FDIC", "US-EIN"])
def test_different_numbers_of_one_register_keep_equal_companies_apart(scheme: str) -> None:
    assert together(
        "company", {**FIRM, "identifiers": f"{scheme}:77120043"}, {**FIRM, "identifiers": f"{scheme}:77120051"}
    ) == [{0}, {1}]


def test_an_organisation_may_have_several_npi() -> None:
    assert together(
        "company", {**FIRM, "identifiers": "NPI:1990000001"}, {**FIRM, "identifiers": "NPI:1990000019"}
    ) == [{0, 1}]


def test_a_card_with_only_an_identifier_joins_by_it() -> None:
    assert together("company", {**FIRM, "identifiers": f"LEI:{LEI}"}, {"identifiers": f" lei : {LEI.lower()} "}) == [
        {0, 1}
    ]


def test_a_number_of_an_unknown_register_joins_no_strangers() -> None:
    number = {"identifiers": "XY-REG:77120043"}
    assert together("company", {**FIRM, **number}, {"company_name": "Zelkova AG", **number}) == [{0}, {1}]
    assert together("company", {**FIRM, **number}, {"company_name": "Brandeko", **number}) == [{0, 1}]
    made_up = {"identifiers": "US-EIN:99-9999999"}
    assert together("company", {"company_name": "Zelkova AG", **made_up}, {**FIRM, **made_up}) == [{0}, {1}]


def test_numbers_are_compared_in_their_normal_form() -> None:
    assert together("company", {"identifiers": "CIK:0000771200"}, {"identifiers": "US-CIK:771200"}) == [{0, 1}]
    assert together("company", {"identifiers": "GB-COH:01234567"}, {"identifiers": "GB-COH:1234567"}) == [{0, 1}]


def test_a_bridge_does_not_join_two_numbers_of_one_register() -> None:
    cards = [{**FIRM, "identifiers": "GB-COH:77120043"}, FIRM, {**FIRM, "identifiers": "GB-COH:77120051"}]
    found = together("company", *cards)
    assert not any({0, 2} <= cluster for cluster in found)


@pytest.mark.parametrize(
    "name",
    [
        "BRANDEKO OPTICS LIMITED",
        "Brandeko Optics",
        "The Brandeko Optics Ltd.",
        "Optics Brandeko Ltd",
        "Brandekko Optics Ltd",
        "Бrandeko Optics",
    ],
)
def test_one_company_written_in_several_ways(name: str) -> None:
    assert together("company", FIRM, {**FIRM, "company_name": name}) == [{0, 1}]


@pytest.mark.parametrize(
    "name",
    [
        "Brandeko Optics Holdings Ltd",
        "Brandeko Optics (France) SARL",
        "Brandeko Optics II Ltd",
        "Brandeko Pension Trustees Ltd",
        "Brandeko Optics Logistics Ltd",
        "Brandeko Foods Ltd",
        "Brandeko Ltd",
        "Brandeko Optics Srevices",
        "Wintergreen Foods Ltd",
    ],
)
def test_parent_and_subsidiary_at_one_address_stay_apart(name: str) -> None:
    assert together("company", FIRM, {**FIRM, "company_name": name}) == [{0}, {1}]


def test_a_former_name_joins_at_the_same_place() -> None:
    renamed = {**FIRM, "company_name": "Luxavia Ltd", "former_names": "Brandeko Optics Ltd;Other"}
    assert together("company", FIRM, renamed) == [{0, 1}]


def test_an_empty_card_is_by_itself() -> None:
    for kind in ("company", "person", "site"):
        assert together(kind, {}, {}, {"company_name": float("nan"), "phone": "n/a", "identifiers": "LEI:"}) == [
            {0},
            {1},
            {2},
        ]


@pytest.mark.parametrize(
    "name",
    [
        "Robert Tallis",
        "ROBERT TALLIS",
        "Tallis, Robert",
        "R. Tallis",
        "Bob Tallis",
        "Robret Tallis",
        "Robert Talis",
        "Dr. Robert Tallis",
        "Роберт Таллис",
        "Robert J. Tallis",
        "TALLIS ROBERT J",
        "Tallis Robert",
    ],
)
def test_one_person_at_one_employer_written_in_several_ways(name: str) -> None:
    assert together("person", {"full_name": "Robert Tallis", **WORK}, {"full_name": name, **WORK}) == [{0, 1}]


def test_initials_join_with_no_more_than_the_employer() -> None:
    employer: Card = {"company_name": "Brandeko Optics Ltd"}
    assert together("person", {"full_name": "Robert Tallis", **employer}, {"full_name": "R Tallis", **employer}) == [
        {0, 1}
    ]


def test_an_initial_that_fits_two_people_joins_neither() -> None:
    employer: Card = {"company_name": "Brandeko Optics Ltd", "employer_id": "e1"}
    john, jane, initial = ({"full_name": f"{name} Tallis", **employer} for name in ("John", "Jane", "J."))
    assert together("person", john, jane, initial) == [{0}, {1}, {2}]
    assert together("person", john, {**john, "full_name": "Johnny Tallis"}, initial) == [{0, 1, 2}]
    box = {"email_address": "jt@brandeko.example.com"}
    assert together("person", {**john, **box}, jane, {**initial, **box}) == [{0, 2}, {1}]


def test_family_and_colleagues_who_share_everything_stay_apart() -> None:
    names = ["Robert Tallis", "Roberta Tallis", "Anna Tallis", "Wendy Okafor", "Karl Ostrander"]
    box = {"email_address": "info@brandeko.example.com"}
    found = together("person", *({"full_name": name, **WORK, **box} for name in names))
    assert found == [{0}, {1}, {2}, {3}, {4}]


def test_a_mailbox_that_a_couple_shares_does_not_make_them_one() -> None:
    box = {"email_address": "tallis@brandeko.example.com"}
    assert together(
        "person", {"full_name": "Robert Tallis", **WORK, **box}, {"full_name": "Wendy Tallis", **WORK, **box}
    ) == [{0}, {1}]


def test_namesakes_at_different_employers_stay_apart() -> None:
    other: Card = {"company_name": "Wintergreen Foods GmbH", "website": "wintergreen.example.net", "locality": "Leeds"}
    cards: list[Card] = [{"full_name": "Robert Tallis", **WORK}, {"full_name": "Robert Tallis", **other}]
    assert together("person", *cards) == [{0}, {1}]
    crowd: list[Card] = [{"full_name": f"{chr(65 + at)}ndor Quell{at}", **WORK} for at in range(20)]
    assert {0} in together("person", *cards, *crowd)


def test_the_employers_entity_outweighs_its_name() -> None:
    one, other = (
        {"full_name": "Robert Tallis", "employer_id": "e1"},
        {"full_name": "Robert Tallis", "employer_id": "e2"},
    )
    assert together("person", one, {**one, "company_name": "Brandeko"}) == [{0, 1}]
    assert together("person", one, other) == [{0}, {1}]


def test_a_reference_joins_by_employer_and_mailbox() -> None:
    known = {"full_name": "Robert Tallis", "employer_id": "e1", "email_address": "rt@brandeko.example.com"}
    assert together("person", known, {"employer_id": "e1", "email_address": "RT@Brandeko.example.com"}) == [{0, 1}]


def test_cards_of_one_record_are_never_one_person() -> None:
    card = {"full_name": "Robert Tallis", **WORK, "no_link_group": "record 1"}
    assert together("person", card, card) == [{0}, {1}]
    assert together("person", card, {**card, "no_link_group": "record 2"}) == [{0, 1}]
    found = together("person", card, {**card, "full_name": "R. Tallis"}, {"full_name": "Robert Tallis", **WORK})
    assert not any({0, 1} <= cluster for cluster in found)


def test_a_site_is_found_under_another_spelling() -> None:
    one: Card = {
        "company_name": "Trattoria da Lino",
        "street_address": "40 Mill Street",
        "locality": "Leeds",
        "phone": "0113 496 0001",
    }
    same: Card = {
        "company_name": "da Lino",
        "street_address": "40 Mill St.",
        "locality": "Leeds",
        "phone": "0113-4960001",
    }
    other: Card = {
        "company_name": "Golden Wok",
        "street_address": "41 Mill Street",
        "locality": "Leeds",
        "phone": "0113 496 0002",
    }
    assert together("site", one, same, other) == [{0, 1}, {2}]


def _crowd(rows: int, seed: int) -> pd.DataFrame:
    rng = random.Random(seed)
    given, family = ["Robert", "Bob", "R", "Anna", "Wendy"], ["Tallis", "Okafor", "Ostrander", "Talis"]
    firms = ["Brandeko Optics Ltd", "Wintergreen Foods", "Zelkova AG", ""]
    return pd.DataFrame(
        {
            "card_id": [f"{at:05d}" for at in range(rows)],
            "full_name": [f"{rng.choice(given)} {rng.choice(family)}" for _ in range(rows)],
            "company_name": [rng.choice(firms) for _ in range(rows)],
            "email_address": [
                rng.choice(["", "a@brandeko.example.com", "info@zelkova.example.com"]) for _ in range(rows)
            ],
            "locality": [rng.choice(["Leeds", "York", ""]) for _ in range(rows)],
            "no_link_group": [rng.choice(["", "g1", "g2"]) for _ in range(rows)],
        }
    )


@pytest.mark.parametrize("kind", ["company", "person", "site"])
def test_the_order_of_the_cards_is_of_no_matter(kind: str) -> None:
    cards = _crowd(300, 5)
    once = link(cards, kind).set_index("card_id").sort_index()
    shuffled = cards.sample(frac=1, random_state=3)
    again = link(shuffled, kind).set_index("card_id").sort_index()
    pd.testing.assert_frame_equal(once, again)


def test_one_row_a_card_in_the_order_of_the_cards() -> None:
    cards = _crowd(50, 1).sample(frac=1, random_state=1)
    found = link(cards, "person")
    assert list(found.columns) == ["card_id", "entity_id", "probability"]
    assert found["card_id"].tolist() == cards["card_id"].tolist()
    assert found["probability"].between(0, 1).all()


def test_a_card_given_twice_is_one() -> None:
    cards = pd.DataFrame({"card_id": [1, 1, 2], "company_name": ["Brandeko", "Zelkova AG", "Wintergreen"]})
    found = link(cards)
    assert found["card_id"].tolist() == [1, 2]
    assert found["entity_id"].nunique() == 2


@pytest.mark.slow
def test_one_name_on_100_000_cards_ends_in_bounded_time() -> None:
    rows = 100_000
    rng = np.random.default_rng(1)
    cards = pd.DataFrame(
        {
            "card_id": np.arange(rows),
            "full_name": "Robert Tallis",
            "company_name": [f"Firm {at}" for at in rng.integers(0, 40_000, rows)],
            "no_link_group": [f"g{at}" for at in range(rows)],
        }
    )
    start = time.monotonic()
    people = link(cards, "person")
    companies = link(cards.drop(columns="company_name"), "company")
    assert time.monotonic() - start < 120
    assert people["entity_id"].nunique() > 30_000
    assert len(companies) == rows


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="no kind"):
        link(pd.DataFrame(), "robot")


CELLS = st.one_of(
    st.none(),
    st.just(float("nan")),
    st.text(max_size=12),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.just(pd.NA),
    st.lists(st.integers(), max_size=2),
    st.sampled_from([";", ":", "LEI:", "@", "a@", "http://", "Tallis, ", ",", "Jr", "山田"]),
)
COLUMNS = [
    "card_id",
    "full_name",
    "first_name",
    "last_name",
    "company_name",
    "job_title",
    "email_address",
    "phone",
    "street_address",
    "locality",
    "postal_code",
    "country_code",
    "website",
    "identifiers",
    "employer_id",
    "former_names",
    "no_link_group",
]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=len(COLUMNS), max_size=len(COLUMNS)), max_size=5),
    st.sampled_from(["company", "person", "site"]),
)
def test_bad_input_never_raises(rows: list[list[object]], kind: str) -> None:
    cards = pd.DataFrame(rows, columns=COLUMNS, dtype=object)
    found = resolve(cards, kind)
    assert found.members["entity_id"].notna().all()
    assert len(found.members) <= len(cards)
