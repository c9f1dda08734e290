"""The pop-and-audit reader: what is taken, refused, ignored and drift, and the helpers that look into the rest."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.collect import limits
from pipelines.screen.reading import Reader, each, text, texts
from pipelines.sources.declaration import Feed


def reader(**declared: Any) -> Reader:
    return Reader(Feed.model_validate({"files": ["*"], "format": {"kind": "jsonl"}, "taken": ["id"], **declared}))


def test_taken_fields_stay_where_they_were() -> None:
    one = reader(taken=["id", "a/b/c", "a/list/x"])
    record = {"id": "1", "a": {"b": {"c": "2"}, "list": [{"x": "3"}, {"x": "4"}]}}
    assert one.project(record) == record
    assert (one.drift, one.refused) == ({}, {})


def test_an_optional_field_is_taken() -> None:
    assert reader(optional=["fax"]).project({"id": "1", "fax": "2"}) == {"id": "1", "fax": "2"}


def test_a_refused_field_is_dropped_and_counted_when_it_carries_something() -> None:
    one = reader(refused={"born": "birth", "home/**": "home"})
    kept = one.project({"id": "1", "born": "1971", "home": {"street": "x", "more": {"town": "y"}, "po": ""}})
    assert kept == {"id": "1"}
    assert one.refused == {("born", "birth"): 1, ("home/street", "home"): 1, ("home/more/town", "home"): 1}


@pytest.mark.parametrize("blank", [None, "", "  ", False, [], {}])
def test_a_blank_refused_field_is_not_counted(blank: object) -> None:
    one = reader(refused={"born": "birth"})
    assert one.project({"id": "1", "born": blank}) == {"id": "1"}
    assert (one.refused, one.drift) == ({}, {})


def test_a_refused_zero_counts_for_it_is_a_value() -> None:
    one = reader(refused={"pay": "money"})
    one.project({"pay": 0})
    assert one.refused == {("pay", "money"): 1}


def test_ignored_fields_and_branches_leave_no_trace() -> None:
    one = reader(ignored=["etag", "geo/**"])
    assert one.project({"id": "1", "etag": "x", "geo": {"a": {"b": ["c"]}}}) == {"id": "1"}
    assert one.project({"id": "1", "geo": None}) == {"id": "1"}
    assert (one.refused, one.drift) == ({}, {})


def test_an_unnamed_field_is_drift_by_its_path_never_its_value() -> None:
    one = reader(taken=["id", "a/b"])
    assert one.project({"id": "1", "a": {"b": "2", "new": "3"}, "list": [{"x": 1}, {"x": None}]}) == {
        "id": "1",
        "a": {"b": "2"},
    }
    assert one.drift == {"a/new": 1, "list/x": 2}


def test_a_star_stands_for_one_name_or_a_part_of_one() -> None:
    one = reader(taken=["*/b", "name_*"], ignored=["@*"])
    assert one.project({"a": {"b": "1"}, "c": {"b": "2"}, "name_1": "3", "@lang": "4"}) == {
        "a": {"b": "1"},
        "c": {"b": "2"},
        "name_1": "3",
    }
    one.project({"a": {"x": {"b": "5"}}, "surname_1": "6"})
    assert one.drift == {"a/x/b": 1, "surname_1": 1}


def test_the_more_exact_pattern_wins() -> None:
    one = reader(taken=["a/*/keep", "a/b/**"], refused={"a/**": "home", "a/b/born": "birth"}, ignored=["a/b/*"])
    kept = one.project({"a": {"other": "x", "c": {"keep": "1"}, "b": {"born": "y", "z": "w", "deep": {"q": "2"}}}})
    assert kept == {"a": {"c": {"keep": "1"}, "b": {"deep": {"q": "2"}}}}
    assert one.refused == {("a/other", "home"): 1, ("a/b/born", "birth"): 1}


def test_something_named_below_an_ignored_branch_is_found_all_the_same() -> None:
    one = reader(taken=["geo/town"], refused={"geo/owner/born": "birth"}, ignored=["geo/**"])
    kept = one.project({"geo": {"town": "x", "lat": 1, "owner": {"born": "y", "age": 3}}})
    assert kept == {"geo": {"town": "x"}}
    assert one.refused == {("geo/owner/born", "birth"): 1}


def test_the_text_of_an_element_goes_by_the_elements_own_name() -> None:
    one = reader(taken=["name", "name/@type"], refused={"born": "birth"}, ignored=["name/@lang"])
    record = {"name": [{"@type": "legal", "@lang": "sv", "$": "A"}, "B"], "born": {"$": "1971"}}
    assert one.project(record) == {"name": [{"@type": "legal", "$": "A"}, "B"]}
    assert (one.refused, one.drift) == ({("born", "birth"): 1}, {})


def test_counts_add_up_over_records() -> None:
    one = reader(refused={"born": "birth"})
    for _ in range(3):
        one.project({"id": "1", "born": "x", "new": "y"})
    assert (one.refused[("born", "birth")], one.drift["new"]) == (3, 3)


RECORDS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc$"), inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from("abc"), RECORDS, max_size=3))
def test_nothing_comes_through_that_is_not_declared(record: dict[str, Any]) -> None:
    one = reader(taken=["a/b"], refused={"b/**": "home"}, ignored=["c"])
    kept = one.project(record)
    assert set(kept) <= {"a"}
    assert texts(kept, "a/b") == texts(record, "a/b")


def test_each_passes_through_lists_and_over_what_is_missing() -> None:
    record = {"a": [{"b": [{"c": 1}, {"c": [2, [3]]}]}, {"b": None}, "x"]}
    assert list(each(record, "a/b/c")) == [1, 2, 3]
    assert list(each(record, "a/z")) == []
    assert list(each("x", "a")) == []


def test_texts_are_stripped_and_blanks_left_out() -> None:
    record = {"a": [" x ", "", None, 5, True, {"$": " y "}, {"#text": "z"}, {"@only": "attribute"}, {"$": ["no"]}]}
    assert texts(record, "a") == ["x", "5", "y", "z"]
    assert text(record, "a") == "x"
    assert text(record, "b") == ""


def held(one: Reader) -> int:
    return len(one._decisions) + sum(map(len, one._children.values())) + len(one.drift) + len(one.refused)


def test_made_up_names_are_counted_and_not_remembered_for_ever() -> None:
    one = reader(taken=["id"], refused={"home/*": "home"})
    for number in range(200):
        made_up = {f"a{number}x{more}": 1 for more in range(200)}
        assert one.project({"id": "1", **made_up, "home": made_up}) == {"id": "1"}
    assert held(one) <= 2 * limits.NAMES + 2 * limits.PATHS + 2
    assert sum(one.drift.values()) == sum(one.refused.values()) == 40_000
    assert one.drift["(more)"] == 40_000 - limits.PATHS


def test_endless_names_are_counted_without_being_held() -> None:
    one = reader(taken=["id"])
    for number in range(3):
        name = "a" * 1_000_000 + str(number)
        assert one.project({"id": "1", name: {name: {"b": "c"}}}) == {"id": "1"}
    assert one.drift == {"(long)/(long)/b": 3}
    assert max(map(len, one._decisions)) < 100


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("orla@quillon.example", "(odd)"), ("1995551234", "(odd)"), ("a\0b", "(odd)"), ("\ud800", "(odd)"),
        ("@id", "@id"), ("Other Name 2", "Other Name 2"), ("n" * 129, "(long)"),
    ],
)  # fmt: skip
def test_a_name_that_is_more_like_a_value_is_not_told(name: str, told: str) -> None:
    one = reader(taken=["id"])
    one.project({"id": "1", name: "x", "list": [{name: "x"}]})
    assert one.drift == {told: 1, f"list/{told}": 1}


def test_a_path_is_told_up_to_its_bound() -> None:
    one = reader(taken=["id"])
    node: dict[str, Any] = {"z": "1"}
    for _ in range(60):
        node = {"n" * 100: node}
    one.project(node)
    assert one.drift == {"(long)": 1}
