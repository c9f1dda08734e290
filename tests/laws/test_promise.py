"""The table of the promise is complete and true: each sentence has a row, and what a row names exists."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from assets.definitions import build_defs
from pipelines.sources.registry import sources

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "promise.md"
NOT_YET = "not yet"
COLUMNS = ("promise", "rule", "asset", "check", "test")
SENTENCES = (
    "Only what stands on a business card or in a business e-mail signature is held.",
    "What is held is publicly online, or its holder handed it over as a business card.",
    "A social page is held only to reach somebody in business or to check the profile.",
    "No private e-mail address is held.",
    "No private telephone number is held.",
    "No home address is held.",
    "Of who trades as a person, no way to reach them at home is held.",
    "Nobody is held without a role at an organisation.",
    "Nothing on health is held.",
    "Nothing on religion, politics or union membership is held.",
    "Nothing on race or ethnic origin is held or inferred.",
    "Data are cross-checked between independent sources.",
    "Data are verified, and each value leads to where it stands.",
    "What a source may not pass on is not held.",
    "What is private leaves no trace anywhere.",
    "Users' own account data are never sold.",
    "No payment card number is held.",
    "How long data are held is set by their type and purpose.",
    "After that only an archive for legal duties, disputes and enforcement holds them, and it ends.",
    "After an account is deleted its data go to an intermediate archive.",
    "Material changes are told before they take effect.",
    "GDPR: who objects is out at once and stays out of every later import.",
    "GDPR: access, correction and notice to the people held, within their time limits.",
    "CCPA: opt-outs and deletions, those of the state's deletion platform too.",
)
"""What is promised; a sentence is added here first, and then the table must have its row."""


def table(text: str) -> list[dict[str, str]]:
    """The rows of the page's table by column."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip().strip("|").split(" | ")] for line in lines]
    return [dict(zip(COLUMNS, row, strict=True)) for row in cells[1:]]


@cache
def checks() -> dict[str, set[str]]:
    """The names of the checks of every asset."""
    graph = build_defs().resolve_asset_graph()
    found: dict[str, set[str]] = {key.to_user_string(): set() for key in graph.get_all_asset_keys()}
    for check in graph.asset_check_keys:
        found[check.asset_key.to_user_string()].add(check.name)
    return found


@cache
def defined(file: Path) -> frozenset[str]:
    """The functions and classes that a module defines."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return frozenset(node.name for node in ast.parse(file.read_text("utf-8")).body if isinstance(node, kinds))


def exists(reference: str, separator: str) -> bool:
    """Whether `file` or `file<separator>name` is in the checkout."""
    path, _, name = reference.partition(separator)
    file = ROOT / path
    return file.suffix == ".py" and file.is_file() and (not name or name in defined(file))


def keys(reference: str) -> list[str]:
    """The asset keys that a reference stands for."""
    every = [reference.replace("<source>", source) for source in sources()]
    return list(dict.fromkeys(every))


def untrue(row: dict[str, str]) -> Iterator[str]:
    """Cells of a row that name nothing, or something that does not exist."""
    named = {column: re.findall(r"`([^`]+)`", row[column]) for column in COLUMNS[1:]}
    yield from (f"{column}: empty" for column, found in named.items() if not found and row[column] != NOT_YET)
    yield from (f"rule: {one}" for one in named["rule"] if not exists(one, ":"))
    yield from (f"test: {one}" for one in named["test"] if not (one.startswith("tests/") and exists(one, "::")))
    assets = [key for one in named["asset"] for key in keys(one)]
    yield from (f"asset: {key}" for key in assets if key not in checks())
    watched = {name for key in assets for name in checks().get(key, set())}
    yield from (f"check: {one}" for one in named["check"] if one not in watched)


def faults(text: str) -> list[str]:
    """Everything that is wrong with a page."""
    rows = table(text)
    found = [row["promise"] for row in rows]
    missing = [f"no row: {sentence}" for sentence in SENTENCES if sentence not in found]
    strange = [f"not promised: {sentence}" for sentence in found if sentence not in SENTENCES]
    twice = [f"twice: {sentence}" for sentence in set(found) if found.count(sentence) > 1]
    return [*missing, *strange, *twice, *(fault for row in rows for fault in untrue(row))]


def test_every_sentence_has_its_row_and_every_row_is_true() -> None:
    assert faults(PAGE.read_text("utf-8")) == []


def test_most_of_what_is_promised_is_kept_and_tested() -> None:
    rows = table(PAGE.read_text("utf-8"))
    kept = [row for row in rows if row["test"] != NOT_YET]
    assert len(kept) >= len(SENTENCES) * 3 / 4


LATER = ("Users' own account data", "After that only an archive", "After an account is deleted", "Material changes",
         "GDPR", "CCPA")  # fmt: skip
"""How the sentences begin of which a part may still be missing: accounts, notices, rights and the archive."""


def test_of_what_keeps_private_data_out_nothing_is_missing() -> None:
    missing = [row["promise"] for row in table(PAGE.read_text("utf-8")) if NOT_YET in " ".join(row.values())]
    assert [sentence for sentence in missing if not sentence.startswith(LATER)] == []


@pytest.mark.parametrize(
    ("written", "instead", "fault"),
    [
        ("| No home address is held. |", "| No address is held. |", "no row: No home address is held."),
        ("business.py:mail_refusal", "business.py:mail_refusals", "rule: pipelines/screen/business.py:mail_refusals"),
        ("pipelines/card.py:Card", "pipelines/cards.py:Card", "rule: pipelines/cards.py:Card"),
        ("`curated/phones`", "`curated/telephones`", "asset: curated/telephones"),
        ("`no_private_line`", "`no_private_lines`", "check: no_private_lines"),
        ("`no_private_line`", "`one_value_is_shown`", "check: one_value_is_shown"),
        ("business.py::test_mail", "business.py::test_male", "test: tests/rules/screen/test_business.py::test_male"),
        (
            "| `tests/rules/screen/test_business.py::test_a_phone_labelled_private_does_not` |",
            "| tested |",
            "test: empty",
        ),
    ],
)  # fmt: skip
def test_a_page_that_was_tampered_with_is_found_out(written: str, instead: str, fault: str) -> None:
    text = PAGE.read_text("utf-8")
    assert written in text
    assert fault in faults(text.replace(written, instead))


def test_a_row_that_is_gone_is_missed() -> None:
    lines = PAGE.read_text("utf-8").splitlines()
    for sentence in SENTENCES:
        left = "\n".join(line for line in lines if not line.startswith(f"| {sentence} |"))
        assert faults(left) == [f"no row: {sentence}"]
