"""The retention policy: reviewed data that refuses what it does not know."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from pipelines.retain.policy import FILE, Policy, policy


def rule(**changes: Any) -> dict[str, Any]:
    return {"classes": {"a": {"what": "Something.", "active_months": 1, "archive": None} | changes}}


def test_the_policy_in_the_file_is_the_one_in_force() -> None:
    assert policy() == Policy.model_validate(yaml.safe_load(FILE.read_text("utf-8")))
    assert policy() is policy()
    assert policy().months("contact.directory") > 0


def test_every_class_says_what_it_holds() -> None:
    for name, one in policy().classes.items():
        assert one.what.endswith("."), name


def test_people_have_an_end_and_are_not_archived_for_nothing() -> None:
    for name, one in policy().classes.items():
        if name.startswith("contact."):
            assert one.active_months is not None, name
            assert one.archive is None, name


@pytest.mark.parametrize("name", ["company.register", "made.up"])
def test_a_class_without_a_duration_has_none_to_give(name: str) -> None:
    with pytest.raises(KeyError):
        policy().months(name)


@pytest.mark.parametrize(
    "wrong",
    [
        rule(active_months=0),
        rule(active_months=-3),
        rule(active_months="for ever"),
        rule(more=1),
        rule(archive={"reason": "curiosity", "months": 12}),
        rule(archive={"reason": "dispute", "months": 0}),
        rule(archive={"reason": "dispute"}),
        {"classes": {"a": {"what": "No duration named.", "archive": None}}},
        {"classes": {}, "more": 1},
    ],
)
def test_what_the_model_does_not_know_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Policy.model_validate(wrong)


def test_an_archive_has_a_reason_and_an_end() -> None:
    kept = Policy.model_validate(rule(archive={"reason": "dispute", "months": 36})).classes["a"].archive
    assert kept is not None
    assert (kept.reason, kept.months) == ("dispute", 36)
