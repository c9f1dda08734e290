"""Snapshots: named by what they hold, and stale when the rules that read them change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from pipelines.collect import snapshot as module
from pipelines.collect.snapshot import Snapshot, SpooledFile, rules_version, snapshot_id

ONE, TWO = (SpooledFile(name=name, sha256=digest * 32, bytes=3) for name, digest in (("a.csv", "ab"), ("b.csv", "cd")))


def test_the_order_address_and_tag_of_files_are_of_no_matter() -> None:
    fetched = ONE.model_copy(update={"url": "https://a.example", "etag": "x", "last_modified": "y"})
    assert snapshot_id("gleif", [ONE, TWO]) == snapshot_id("gleif", [TWO, fetched])
    assert len(snapshot_id("gleif", [ONE, TWO])) == 32


def test_source_name_and_content_are() -> None:
    other_name, other_content = (ONE.model_copy(update=change) for change in ({"name": "c"}, {"sha256": "ef" * 32}))
    found = [
        snapshot_id("gleif", [ONE]),
        snapshot_id("fdic", [ONE]),
        snapshot_id("gleif", [ONE, TWO]),
        snapshot_id("gleif", [other_name]),
        snapshot_id("gleif", [other_content]),
        snapshot_id("gleif", []),
    ]
    assert len(set(found)) == len(found)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x1e\x1f"), min_size=1), unique=True))
def test_no_two_lists_of_names_are_one_snapshot(names: list[str]) -> None:
    files = [SpooledFile(name=name, sha256="0" * 64, bytes=0) for name in names]
    assert snapshot_id("s", files) == snapshot_id("s", files[::-1])
    if files:
        assert snapshot_id("s", files) != snapshot_id("s", files[1:])


def test_a_manifest_survives_being_written_and_refuses_what_it_does_not_know() -> None:
    made = Snapshot(source="gleif", snapshot_id="x", collected_at="2026-01-01T00:00:00+00:00", files=(ONE, TWO))
    assert Snapshot.model_validate_json(made.model_dump_json()) == made
    with pytest.raises(ValidationError):
        Snapshot.model_validate(made.model_dump() | {"more": 1})


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = tmp_path / "pipelines"
    shutil.copytree(module.RULES, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(module, "RULES", copy)
    return copy


@pytest.mark.parametrize(
    ("file", "fdic", "gleif"),
    [
        ("screen/business.py", True, True),
        ("screen/rules/mail.yml", True, True),
        ("screen/formats/csv_rows.py", True, True),
        ("card.py", True, True),
        ("sources/fdic/parse.py", True, False),
        ("sources/fdic/source.yml", True, False),
        ("verify/mailboxes.yml", True, True),
        ("curate/owned.sql", False, False),
    ],
)
def test_other_rules_make_another_version_of_the_sources_they_read(
    rules: Path, file: str, *, fdic: bool, gleif: bool
) -> None:
    before = {source: rules_version(source) for source in ("fdic", "gleif")}
    with (rules / file).open("a") as stream:
        stream.write("\n# changed\n")
    assert {source: rules_version(source) != before[source] for source in before} == {"fdic": fdic, "gleif": gleif}


def test_the_version_is_that_of_the_rules_that_run() -> None:
    assert rules_version("fdic") == rules_version("fdic") != rules_version("gleif")
    assert len(rules_version("fdic")) == 16
