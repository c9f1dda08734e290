"""The closed vocabularies: every code has its sentence, and every code is used."""

from __future__ import annotations

import ast
import re

import pytest

from pipelines.card import CARD
from pipelines.reasons import SENTENCES, FileFault, Finding, Reason, RecordFault, Refusal, check
from pipelines.sources.registry import sources
from tests.laws.code import CHECKOUT, dotted, modules

VOCABULARIES: tuple[type[Reason], ...] = (FileFault, RecordFault, Refusal, Finding)
MEMBERS = [member for vocabulary in VOCABULARIES for member in vocabulary]


@pytest.mark.parametrize("member", MEMBERS, ids=lambda member: f"{type(member).__name__}.{member.name}")
def test_every_code_has_a_sentence(member: Reason) -> None:
    assert re.fullmatch(r"[a-z][a-z_]*", str(member))
    assert re.fullmatch(r"[A-Z][^\n]{6,120}\.", member.sentence)


def test_a_code_of_two_vocabularies_says_the_same_thing_twice() -> None:
    """`privacy.reasons` has one sentence a code, so a code that two vocabularies share must be one thing."""
    shared = {str(one) for one in MEMBERS for other in MEMBERS if one == other and type(one) is not type(other)}
    assert shared <= {"private_network"}
    assert set(SENTENCES) == set(map(str, MEMBERS))


def test_an_unknown_code_is_refused() -> None:
    assert check("free_mail") == "free_mail"
    with pytest.raises(KeyError, match="unknown reason code"):
        check("no_such_code")


def _used() -> set[str]:
    """Members named in code, codes in SQL and rule files, and categories of refusal in the declarations."""
    used: set[str] = set()
    for path, tree in modules("pipelines", "resources", "assets").items():
        if path == "pipelines/reasons.py":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                owner, _, name = dotted(node).rpartition(".")
                used |= {str(v[name]) for v in VOCABULARIES if owner.endswith(v.__name__) and name in v.__members__}
    for file in (*(CHECKOUT / "pipelines").rglob("*.sql"), *(CHECKOUT / "pipelines").rglob("*.yml")):
        used |= set(re.findall(r"[a-z_]+", file.read_text("utf-8"))) & set(SENTENCES)
    return used | {
        code for source in sources().values() for feed in source.feeds.values() for code in feed.refused.values()
    }


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_code_is_used(code: str) -> None:
    assert code in _used()


def test_every_field_of_the_card_says_what_it_is() -> None:
    for name, spec in CARD.items():
        assert spec.name == name
        assert spec.meaning.endswith(".")
        assert spec.data_class in {"business-card", "register"}
        assert spec.purpose in {"contact", "identify", "relate"}
        assert spec.of
