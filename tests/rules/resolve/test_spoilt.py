"""What misspelt, cut, renumbered and shared values lead to: joined where enough else agrees, apart where not."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest

from pipelines.resolve import link, resolve
from pipelines.resolve.clusters import bridges
from pipelines.resolve.codes import ABSENT
from pipelines.resolve.facts import halves, names_of
from pipelines.resolve.features import identifier_keys, phone_key, place_key, profile_key, site_key
from pipelines.resolve.judges import (
    DATE,
    STREET,
    Judge,
    dates,
    domains,
    given_names,
    legal_forms,
    mailboxes,
    organisation_names,
    spelt_out,
    streets,
)
from pipelines.resolve.naming import company_words, person_parts
from pipelines.resolve.organisations import NAME
from pipelines.resolve.words import COMPANY_REGISTERS, ORGANISATION_NUMBERS
from pipelines.verify.company_name import trading_names

Card = Mapping[str, str]
WORK: Card = {
    "company_name": "Brandeko Optics Ltd", "phone": "+44 20 7946 0123", "street_address": "12 Harbour Street",
    "locality": "Leeds", "postal_code": "LS1 4AB",
}  # fmt: skip


def level(judge: Judge, left: str, right: str) -> int:
    """The level of two values; it is the same from either side."""
    one, other = np.array([left], dtype=object), np.array([right], dtype=object)
    assert judge(one, other)[0] == judge(other, one)[0]
    return int(judge(one, other)[0])


def together(kind: str, *cards: Card) -> list[set[int]]:
    """The cards that were put together, by place."""
    found = link(pd.DataFrame([{"card_id": f"card {at}", **card} for at, card in enumerate(cards)]), kind)
    groups = pd.Series(range(len(cards))).groupby(found["entity_id"].to_numpy()).agg(set)
    return sorted(groups, key=min)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("brandeko ltd", "brandekoltd", "near"),
        ("brandeko lt d", "brandeko ltd", "near"),
        ("tramont paper mills gmbh", "tramont paper mi", "near"),  # cut off by a field of fixed width
        ("tramont paper", "tramont paper mills", "alike"),  # a word is missing, none is cut
        ("tramont 1 gmbh", "tramont 2 gmbh", "different"),
        ("brandeko ltd", "zelkova ag", "different"),
    ],
)
def test_names_with_their_legal_form(left: str, right: str, expected: str) -> None:
    assert NAME[level(spelt_out, left, right)] == expected


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        ("brandeko.de", "brandeko.co.uk", True),
        ("brandeko.de", "shop.brandeko.de", True),
        ("brandeko-optics.com", "brandeko-optcis.com", True),
        ("brandeko-optics1.com", "brandeko-optics2.com", False),
        ("shop.brandeko.de", "shop.zelkova.de", False),
        ("abc.de", "abc.fr", False),  # three letters are many people's
        ("brandeko.de", "zelkova.de", False),
    ],
)
def test_domains_of_one_name(left: str, right: str, alike: bool) -> None:  # noqa: FBT001
    assert bool(level(domains, left, right)) == alike


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("19760128", "19760127", "near"),
        ("19760312", "19761203", "near"),  # day and month in each other's place
        ("20121231", "20130114", "near"),
        ("19830619", "19830803", "year"),
        ("19830619", "19990803", "different"),
        ("19839999", "19990101", "different"),
    ],
)
def test_dates(left: str, right: str, expected: str) -> None:
    assert DATE[level(dates, left, right)] == expected


def test_letters_in_another_order_are_alike_and_never_of_two_known_names() -> None:
    assert level(given_names, "taylor", "taolyr") > 0
    assert together("person", {"full_name": "Leon Tallis", **WORK}, {"full_name": "Noel Tallis", **WORK}) == [{0}, {1}]


def test_a_long_domain_does_not_make_two_mailboxes_alike() -> None:
    host = "brandeko-industrial-optics.example.com"
    assert level(mailboxes, f"k.berg@{host}", f"k.born@{host}") == 0
    assert level(mailboxes, f"anna.berg@{host}", f"anna.brg@{host}") > 0


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Robert Moore-Young", ("robert", "", "moore young", "")),
        ("TORRES-ROBINSON E.", ("e", "", "torres robinson", "")),
        ("TALLIS M.", ("m", "", "tallis", "")),
        ("Jean-Pierre Martin", ("jean", "pierre", "martin", "")),
        ("E1izabetb Ha11", ("elizabetb", "", "hall", "")),
    ],
)
def test_names_as_registers_and_scans_write_them(name: str, parts: tuple[str, ...]) -> None:
    assert person_parts(name, "", "") == parts


def test_letters_that_a_scan_saw_in_a_telephone_number_are_digits() -> None:
    assert phone_key("+44 2O 7946 O123 ext. 5") == phone_key("+44 20 7946 0123")


def test_a_profile_is_a_persons_and_its_host_nobodys() -> None:
    profile = "https://de.network.example/in/otto-tann-1"
    assert profile_key(profile) == profile_key("http://network.example/in/otto-tann-1?x=1") != ""
    assert site_key(profile) == ""
    assert site_key("https://www.brandeko.example.com/investors") == "brandeko.example.com"


def test_one_spoilt_card_does_not_part_the_others() -> None:
    cards = [{"full_name": name, **WORK} for name in ("Otto Tannheim", "Otto Tannheim", "Oto Tnanhiem", "Otto Tannhem")]
    assert together("person", *cards) == [{0, 1, 2, 3}]


def test_what_tells_two_people_is_not_outvoted() -> None:
    box = {"email_address": "jt@brandeko.example.com"}
    john, jane, initial = ({"full_name": f"{name} Tallis", **WORK} for name in ("John", "Jane", "J."))
    assert together("person", {**john, **box}, jane, {**initial, **box}) == [{0, 2}, {1}]


def test_mailboxes_that_differ_by_their_number_are_of_namesakes() -> None:
    named = {"full_name": "Matthew Ostrander", **WORK, "job_title": "Buyer"}
    first, second = ({**named, "email_address": f"m.ostrander{n}@brandeko.example.com"} for n in (2, 3))
    assert together("person", first, first, second, second) == [{0, 1}, {2, 3}]
    # a card that fits both says of neither that it is theirs
    assert together("person", first, first, second, second, {"full_name": "Matthew Ostrander", **WORK}) == [
        {0, 1}, {2, 3}, {4},
    ]  # fmt: skip


def test_a_mailbox_vouches_for_a_misspelt_name() -> None:
    box = {"email_address": "jana.gruldova@brandeko.example.com"}
    named = [{"full_name": name, **WORK, **box} for name in ("Jana Gruldova", "Jxxia Gruldova")]
    assert together("person", *named) == [{0, 1}]
    assert together("person", *({**card, "email_address": "desk7@brandeko.example.com"} for card in named)) == [
        {0},
        {1},
    ]


@pytest.mark.parametrize("scheme", ["VAT", "DUNS", "HRB", "GB-COH", "SIREN"])
def test_the_employers_number_on_peoples_cards_joins_no_colleagues(scheme: str) -> None:
    number = {"identifiers": f"{scheme}:77120043"}
    otto, wendy = ({"full_name": name, **number} for name in ("Otto Tannheim", "Wendy Ostrander"))
    assert together("person", otto, wendy) == [{0}, {1}]
    assert together("person", otto, {**otto, "company_name": "Brandeko"}) == [{0, 1}]


@pytest.mark.parametrize("scheme", sorted(COMPANY_REGISTERS))
def test_national_registers_prove_a_company(scheme: str) -> None:
    same = {"identifiers": f"{scheme}:77120043", "phone": "+44 20 7946 0123"}
    other = {**same, "identifiers": f"{scheme}:77120051"}
    assert together("company", {"company_name": "Brandeko", **same}, {"company_name": "Brndko SA", **same}) == [{0, 1}]
    assert together("company", {"company_name": "Brandeko", **same}, {"company_name": "Brandeko", **other}) == [
        {0},
        {1},
    ]
    assert scheme in ORGANISATION_NUMBERS


def test_a_former_name_may_be_misspelt() -> None:
    renamed = {"company_name": "Zelkova Holding AG", "former_names": "Brandeko Optics Ltd", "phone": "+44 20 7946 0123"}
    assert together("company", renamed, {"company_name": "Brandeko Optcis", "phone": "+44 20 7946 0123"}) == [{0, 1}]


def test_a_value_is_shared_where_both_parts_of_the_names_vary() -> None:
    def count(*names: tuple[int, int]) -> int:
        one, other = (np.array(side, dtype=np.uint64) << np.uint64(32) for side in zip(*names, strict=True))
        return int(names_of(np.zeros(len(names), dtype=np.int64), halves(one, other), 1)[0])

    assert count((1, 5), (2, 6), (3, 7)) == 3
    assert count((1, 5), (1, 6), (1, 7)) == 1  # a family's
    assert count((1, 5), (5, 1), (1, 6), (4, 1)) == 1  # one person's, misspelt and turned round
    assert count((1, 5), (1, 5), (2, 6), (3, 7), (4, 8)) == 4


def test_bridges_between_namesakes_are_links_that_are_not_clearly_better() -> None:
    left, right = (np.array(side, dtype=np.int64) for side in ((0, 0, 3), (1, 2, 4)))
    apart = np.array([1], dtype=np.int64), np.array([2], dtype=np.int64)
    near = bridges(left, right, np.array([3.0, 3.5, 9.0]), apart[0], apart[1], 2.0)
    assert near.tolist() == [True, True, False]
    assert bridges(left, right, np.array([6.0, 3.0, 9.0]), apart[0], apart[1], 2.0).tolist() == [False, True, False]
    none = np.empty(0, dtype=np.int64)
    assert not bridges(left, right, np.array([3.0, 3.5, 9.0]), none, none, 2.0).any()


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Brandeko S.n.c.", "snc"), ("Brandeko e.K.", "ek"), ("Brandeko e. K.", "ek"), ("Brandeko e.U.", "eu"),
        ("Brandeko GmbH u. Co. KG", "kg"), ("Brandeko spol. s r.o.", "sro"), ("Brandeko Spółka z o.o.", "spzoo"),
        ("Brandeko \u0395.\u03a0.\u0395.", "epe"), ("Brandeko Sociedad Limitada", "sarl"),
        ("Brandeko S.à r.l.", "sarl"),
        ("Brandeko Société par actions simplifiée", "sas"), ("Brandeko Ges.m.b.H.", "gmbh"), ("Brandeko & Co", ""),
        ("Brandeko Co., Ltd.", "ltd"), ("EU Brandeko", ""), ("X Brandeko SE", "se"), ("Brandeko GrnbH", "gmbh"),
        ("Brandeko Limitcd", "ltd"),
        ("Brandeko Gesellschaft mit beschränkta Haftung", "gmbh"), ("Brandeko Aktiengeselschaft", "ag"),
    ],
)  # fmt: skip
def test_legal_forms_of_many_countries(name: str, form: str) -> None:
    words, found = company_words(name)
    assert found == form
    assert words[-1] == "brandeko"


@pytest.mark.parametrize(
    ("left", "right", "told"),
    [
        ("gmbh", "kg", True), ("ltd", "plc", True), ("ag", "ek", True),
        ("ag", "sa", False), ("gmbh", "sarl", False),  # one form in two languages of one country
        ("as", "sa", False), ("sas", "sa", False),  # a slip of the finger
    ],
)  # fmt: skip
def test_which_legal_forms_tell_companies_apart(left: str, right: str, told: bool) -> None:  # noqa: FBT001 - a table
    assert level(legal_forms, left, right) == (0 if told else ABSENT)


def test_a_firm_for_a_region_has_no_legal_form_by_its_name() -> None:
    assert company_words("Brandeko EU") == (["brandeko", "eu"], "")


def test_one_name_under_two_legal_forms_is_two_companies() -> None:
    kg, gmbh, bare = ({**WORK, "company_name": f"Brandeko Optics {form}"} for form in ("GmbH & Co. KG", "GmbH", ""))
    assert together("company", kg, gmbh) == [{0}, {1}]
    assert together("company", kg, bare) == [{0, 1}]
    assert together("company", kg, gmbh, bare) == [{0}, {1}, {2}]  # nothing says whose the bare name is
    number = {"identifiers": "LEI:529900T8BM49AURSDO55"}
    assert together("company", {**kg, **number}, {**gmbh, **number}) == [{0, 1}]


def test_a_name_alone_joins_no_firms_of_two_towns() -> None:
    leeds = {"company_name": "Brandeko Optics", "street_address": "12 High Street", "locality": "Leeds"}
    york = {"company_name": "Brandeko Optics Ltd", "street_address": "3 High Street", "locality": "York"}
    assert together("company", leeds, york) == [{0}, {1}]
    reached = {"website": "https://brandeko.example.com"}
    assert together("company", {**leeds, **reached}, {**york, **reached}) == [{0, 1}]


def test_a_new_name_with_the_old_website_and_telephone_is_the_same_firm() -> None:
    old = {**WORK, "website": "https://brandeko.example.com"}
    new = {**old, "company_name": "Zelkova Mills Ltd", "street_address": "", "postal_code": ""}
    assert together("company", old, new) == [{0, 1}]
    assert together("company", old, {**new, "website": "https://zelkova.example.com"}) == [{0}, {1}]


def test_a_trading_name_is_as_good_as_the_name() -> None:
    both = {**WORK, "company_name": "Tramont Mills Ltd t/a Brandeko Optics"}
    assert together("company", both, {**WORK, "company_name": "Brandeko Optics"}) == [{0, 1}]
    assert company_words("Gebrueder Mueller GmbH")[0] == company_words("Gebrüder Müller AG")[0]


@pytest.mark.parametrize("scheme", ["NL-KVK", "ES-CIF", "CH-UID", "SE-ORG"])
def test_numbers_of_a_countrys_register_tell_companies_apart(scheme: str) -> None:
    one, other = ({**WORK, "identifiers": f"{scheme}:{number}"} for number in ("77120043", "77120051"))
    assert together("company", one, other) == [{0}, {1}]
    assert together("company", one, {**other, "identifiers": one["identifiers"]}) == [{0, 1}]


def test_a_name_turned_round_is_the_same_name() -> None:
    names = "Tannheim Otto", "Otto Tannheim"
    assert together("person", *({"full_name": name, **WORK} for name in names)) == [{0, 1}]
    alone = [{"full_name": name, "company_name": "Brandeko Optics"} for name in names]
    assert together("person", *alone) == [{0, 1}]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Tannheim Andrew", "A. Tannheim"), ("Dhr. Otto van Tannheim", "O. van Tannheim"),
        ("pan Otto Tannheim", "Otto Tannheim"), ("Me Otto Tannheim", "TANNHEIM OTTO"),
        ("Tannheim Jancsi", "János Tannheim"), ("Toño Tannheim", "Antonio Tannheim"),
    ],
)  # fmt: skip
def test_titles_nicknames_and_initials_in_either_order(left: str, right: str) -> None:
    assert together("person", {"full_name": left, **WORK}, {"full_name": right, **WORK}) == [{0, 1}]


def test_a_name_that_may_be_a_title_stays_where_no_name_is_left_without_it() -> None:
    assert person_parts("Pan Wei", "", "") == ("pan", "", "wei", "")


def test_numbers_and_places_that_are_written_in_several_ways() -> None:
    assert identifier_keys("VAT:IE959062967") == identifier_keys("VAT:959062967")
    assert place_key("Londyn") == place_key("London")
    assert place_key("St. Gallen") == place_key("Saint Gallen")
    assert place_key("Den Bosch") == place_key("'s-Hertogenbosch")


def test_a_misspelt_word_is_found_in_a_longer_name() -> None:
    assert NAME[level(organisation_names, "synlpharm", "synipharm logistics")] == "part"


def test_two_of_one_name_behind_one_door_are_one() -> None:
    old, new = (
        {**WORK, "full_name": "Otto Tannheim", "phone": "", "company_name": name} for name in ("Zelkova", "Tramo")
    )
    assert together("person", old, new) == [{0, 1}]
    assert together("person", old, {**new, "street_address": "3 Mill Road"}) == [{0}, {1}]


@pytest.mark.parametrize("alike", ["BOI", "Brandeko Optics Industris", "Optics Industries Brandeko"])
def test_a_firm_that_is_only_called_alike_waits_for_a_person(alike: str) -> None:
    bare = {"company_name": "Brandeko Optics Industries"}
    told = {"company_name": alike, "street_address": "12 Harbour Street", "locality": "Leeds"}
    assert together("company", bare, told) == [{0}, {1}]
    reached = {"website": "https://brandeko.example.com"}
    assert together("company", {**bare, **reached}, {**told, **reached}) == [{0, 1}]


def test_an_acronym_stands_in_the_queue() -> None:
    cards = [{"card_id": "a", "company_name": "Brandeko Optics Industries"},
             {"card_id": "b", "company_name": "BOI", "locality": "Leeds"}]  # fmt: skip
    decided = resolve(pd.DataFrame(cards), "company").decisions
    assert decided["outcome"].tolist() == ["review"]
    assert "rule:only_like_a_firm_name" in decided["reasons"].iloc[0]


def test_a_unit_before_the_house_is_no_other_house() -> None:
    assert level(streets, "ste 3 12 harbour st", "12 harbour st") == STREET.index("near")
    assert level(streets, "12 harbour st", "3 harbour st") == STREET.index("street")


@pytest.mark.parametrize("between", ["t/a", "T.A.", "trading as", "d/b/a", "D.B.A.", "dba", "Doing Business As"])
def test_every_way_to_say_trading_as_cuts_a_name(between: str) -> None:
    assert trading_names(f"Tramont Ltd {between} Brandeko") == ["Tramont Ltd", "Brandeko"]
