"""How alike two values of a field are, and what becomes of two cards of one name; all values are invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from pipelines.resolve import link, mixture, resolve
from pipelines.resolve.comparing import COMPARISONS
from pipelines.resolve.features import domain_key, place_key, profile_key
from pipelines.resolve.judges import (
    EMAIL,
    FIRST,
    LAST,
    MIDDLE,
    Judge,
    akin,
    family_names,
    given_names,
    mailboxes,
    middle_names,
    organisation_names,
)
from pipelines.resolve.mixture import Model
from pipelines.resolve.organisations import NAME

Card = Mapping[str, str]


def level(judge: Judge, levels: tuple[str, ...], left: str, right: str) -> str:
    """The level of two values; it is the same from either side."""
    sides = [np.array([one], dtype=object) for one in (left, right)]
    found = int(judge(*sides)[0])
    assert judge(*sides[::-1])[0] == found
    return levels[found]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("robert", "r", "initial"),
        ("bob", "r", "initial"),
        ("robert", "bob", "nickname"),
        ("misha", "mikhail", "nickname"),
        ("hannes", "johannes", "nickname"),
        ("sergei", "sergey", "near"),
        ("yuri", "iurii", "near"),
        ("mohammed", "muhammad", "near"),
        ("robret", "robert", "near"),
        ("ursula", "vrsvla", "alike"),
        ("john", "joan", "different"),
        ("john", "jonh", "near"),
        ("paul", "paula", "different"),
        ("robert", "wendy", "different"),
    ],
)
def test_given_names(left: str, right: str, expected: str) -> None:
    assert level(given_names, FIRST, left, right) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("tannovsky", "tannovskiy", "near"),
        ("muellner", "mullner", "near"),
        ("al tannir", "tannir", "near"),
        ("tann brand", "tann", "part"),
        ("tannheim", "tarmheirn", "different"),
        ("ostrander", "ostramdcr", "alike"),
        ("tann", "brand", "different"),
    ],
)
def test_family_names(left: str, right: str, expected: str) -> None:
    assert level(family_names, LAST, left, right) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("karl", "k", "alike"),
        ("karl ernst", "ernst", "alike"),
        ("ben karl", "bin karl", "alike"),
        ("karl", "ernst", "different"),
        ("ben karl ben otto", "ben karl ben ernst", "different"),
    ],
)
def test_middle_names(left: str, right: str, expected: str) -> None:
    assert level(middle_names, MIDDLE, left, right) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("otto.tann@tann.example", "otto.tann@brand.example", "local"),
        ("otto.tann@tann.example", "o.tann@tann.example", "alias"),
        ("otto.tann@tann.example", "tanno@tann.example", "alias"),
        ("otto.tann@tann.example", "otto.tamn@tann.example", "near"),
        ("otto.tann@tann.example", "otto.tann2@tann.example", "different"),
        ("otto.tann@tann.example", "o.tann@brand.example", "different"),
        ("otto.tann@tann.example", "wendy@tann.example", "different"),
    ],
)
def test_mailboxes(left: str, right: str, expected: str) -> None:
    assert level(mailboxes, EMAIL, left, right) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("china brandowei steel group", "china brandowu steel group", "near"),
        ("soft ware brandeko", "software brandeko", "near"),
        ("brandeko optlcal", "brmdeko opticai", "near"),
        ("zelkovametal", "zelhowametol", "near"),
        ("brandekost metal", "brmndikast metal", "alike"),
        ("zelkova metal", "brandeko metal", "overlap"),
        ("zelkova 17", "zelkova 18", "kin"),
        ("zelkova", "brandeko", "different"),
    ],
)
def test_organisation_names(left: str, right: str, expected: str) -> None:
    assert level(organisation_names, NAME, left, right) == expected


def test_two_names_that_are_only_alike_are_not_one_persons() -> None:
    assert akin("robert", "bob")
    assert not akin("john", "joan")
    assert not akin("john", "")


def test_pages_of_a_network_are_profiles_and_no_domains() -> None:
    assert domain_key("https://de.linkedin.com/in/otto-tann") == domain_key("facebook.com/brandeko") == ""
    assert profile_key("https://de.linkedin.com/in/Otto-Tann/?x") == profile_key("www.linkedin.com/in/otto-tann")
    assert profile_key("https://www.linkedin.com/company/brandeko") == profile_key("brandeko.example.com") == ""


def test_a_city_is_one_under_the_names_of_several_languages() -> None:
    assert place_key("KÖLN") == place_key("Cologne") == "cologne"


def people(*cards: Card) -> int:
    """How many people the cards are of."""
    frame = pd.DataFrame([{"card_id": f"card {at}", **card} for at, card in enumerate(cards)])
    return link(frame, "person")["entity_id"].nunique()


RARE = {"full_name": "Zelmira Ostrander", "job_title": "Head of Purchasing", "locality": "Leeds"}
HERE = {**RARE, "company_name": "Wintergreen Foods", "email_address": "zostrander@wintergreen.example"}
THERE = {**RARE, "company_name": "Luxavia AG", "email_address": "zostrander@luxavia.example"}
PROFILE = {"website": "https://www.linkedin.com/in/zelmira-o"}


def test_a_rare_name_changes_its_job_with_mailbox_title_and_place() -> None:
    assert people(HERE, THERE) == 1
    assert people({**HERE, "email_address": ""}, THERE) == 2
    assert people({**HERE, "job_title": "Welder", "locality": "York"}, THERE) == 2


def test_a_profile_makes_a_change_of_job_one_person() -> None:
    bare = {"full_name": "Zelmira Ostrander"}
    one, other = {**bare, "company_name": "Wintergreen Foods"}, {**bare, "company_name": "Luxavia AG"}
    assert people({**one, **PROFILE}, {**other, **PROFILE}) == 1
    assert people({**one, **PROFILE}, other) == 2


def test_a_common_name_never_changes_its_job() -> None:
    common = {"full_name": "John Smith"}
    assert people({**HERE, **common}, {**THERE, **common}) == 2


def test_a_common_name_alone_is_nobody() -> None:
    assert people({"full_name": "John Smith"}, {"full_name": "John Smith"}) == 2
    assert people({"full_name": "Zelmira Ostrander"}, {"full_name": "Ostrander, Zelmira"}) == 1


def test_a_name_alone_does_not_outweigh_another_place() -> None:
    assert people({"full_name": "Zelmira Ostrander", "locality": "Leeds"}, {**RARE, "locality": "Porto"}) == 2


FIRM = {"company_name": "Ostrander Metals Ltd", "website": "ostrander.example", "locality": "Leeds"}


def test_father_and_son_stay_apart_by_generation() -> None:
    assert people({"full_name": "Otto Ostrander Sr.", **FIRM}, {"full_name": "Otto Ostrander, Jr.", **FIRM}) == 2
    assert people({"full_name": "Otto Ostrander Jr.", **FIRM}, {"full_name": "Otto Ostrander, Junior", **FIRM}) == 1


def test_father_and_son_stay_apart_by_mailbox_and_title() -> None:
    father = {"full_name": "Otto Ostrander", "job_title": "Owner", "email_address": "otto.ostrander@ostrander.example"}
    son = {**father, "job_title": "Accountant", "email_address": "otto.ostrander2@ostrander.example"}
    assert people({**FIRM, **father}, {**FIRM, **son}) == 2
    again = {**father, "job_title": "Managing director", "email_address": "o.ostrander@ostrander.example"}
    assert people({**FIRM, **father}, {**FIRM, **again}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Таннов Отто Карлович", "Otto Tannov"),
        ("\u738b\u7530\u4e00", "Tianyi Wang"),
        ("ben Tannir Zelim", "Zelim ben Tannir"),
        ("Zelim Kar Lowich Tannheim", "Zelim Karlowich Tannheim"),
        ("Wendy Ostrander-Tannheim", "Wendy Ostrander"),
    ],
)
def test_one_name_in_two_forms_at_one_employer(one: str, other: str) -> None:
    assert people({"full_name": one, **FIRM}, {"full_name": other, **FIRM}) == 1


@pytest.mark.parametrize("kind", ["company", "person", "site"])
def test_agreement_is_worth_more_than_difference_in_every_comparison(kind: str) -> None:
    shipped = mixture.shipped().mixture(kind, COMPARISONS[kind])
    for at, one in enumerate(COMPARISONS[kind]):
        levels = np.full((2, len(COMPARISONS[kind])), -1, dtype=np.int8)
        levels[:, at] = (0, len(one.levels) - 1)
        worst, best = shipped.log_odds(levels)
        assert best > worst, one.name


def test_a_model_that_lacks_a_level_is_refused() -> None:
    kinds = {"site": {"classes": [0.0, 0.0], "comparisons": {"name": {"equal": [0.0, 0.0]}}}}
    with pytest.raises(KeyError):
        Model("x", kinds).mixture("site", COMPARISONS["site"])


def test_what_becomes_of_a_pair_hangs_on_no_other_cards_unless_asked() -> None:
    pair = pd.DataFrame([{"card_id": "a", **HERE}, {"card_id": "b", **HERE, "full_name": "Z. Ostrander"}])
    crowd = pd.DataFrame(
        [
            {"card_id": f"c{at}", "full_name": f"{chr(65 + at % 26)}ndor Quell{at}", "company_name": f"Firm {at % 50}"}
            for at in range(1500)
        ]
    )
    weights = {}
    for refit in (False, True):
        model = replace(mixture.shipped(), refit=refit)
        weights[refit] = [
            resolve(cards, "person", model=model).decisions.set_index(["left_id", "right_id"])["weight"][("a", "b")]
            for cards in (pair, pd.concat([pair, crowd], ignore_index=True))
        ]
    assert weights[False][0] == pytest.approx(weights[False][1], abs=1.5)
    assert weights[True][0] != weights[False][0]
