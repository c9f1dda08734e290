"""The lake on a real disk: drafts become current in one step, or leave no trace."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from resources.lake import BATCH, Lake, Missing

NOUN = "verify/cards"


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "a lake's folder")


def put(lake: Lake, value: str, version: str = "") -> None:
    with lake.write(NOUN, version) as draft:
        draft.frame("values", pd.DataFrame({"value": [value]}))
        draft.counts["rows"] = 1


def held(lake: Lake) -> list[str]:
    files = lake.tables(NOUN, "values")
    return [value for file in files for value in pq.read_table(file)["value"].to_pylist()]


def names(lake: Lake) -> set[str]:
    return {entry.name for entry in (lake.folder / NOUN).iterdir()}


def test_says_what_to_run_when_nothing_is_there(lake: Lake) -> None:
    assert lake.current(NOUN) is None
    with pytest.raises(
        Missing, match=r"^the lake has no verify/cards/values yet: run the refresh job, which makes it$"
    ):
        lake.tables(NOUN, "values")


def test_a_draft_becomes_current_with_its_counts(lake: Lake) -> None:
    put(lake, "one", "v1")
    assert lake.current(NOUN) == {"version": "v1", "counts": {"rows": 1}}
    assert held(lake) == ["one"]


def test_a_table_that_the_current_version_lacks_is_missing(lake: Lake) -> None:
    put(lake, "one")
    with pytest.raises(Missing):
        lake.tables(NOUN, "others")


def test_nobody_reads_a_draft_before_it_is_committed(lake: Lake) -> None:
    put(lake, "one", "v1")
    with lake.write(NOUN, "v2") as draft:
        draft.frame("values", pd.DataFrame({"value": ["two"]}))
        assert held(lake) == ["one"]
    assert held(lake) == ["two"]


def test_a_draft_that_fails_leaves_no_trace(lake: Lake) -> None:
    put(lake, "one", "v1")
    before = names(lake)

    def fail() -> None:
        with lake.write(NOUN, "v2") as draft:
            draft.rows("values", ("value",)).add([{"value": "two"}])
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        fail()
    assert names(lake) == before
    assert held(lake) == ["one"]


def test_a_first_draft_that_fails_leaves_the_dataset_missing(lake: Lake) -> None:
    with pytest.raises(ZeroDivisionError), lake.write(NOUN):
        raise ZeroDivisionError
    assert lake.current(NOUN) is None
    assert names(lake) == set()


def test_older_versions_are_swept(lake: Lake) -> None:
    for version in ("v1", "v2", "v3"):
        put(lake, version, version)
    assert names(lake) == {"v3", "current.json"}


def test_what_a_killed_run_left_is_swept_by_the_next(lake: Lake) -> None:
    put(lake, "one", "v1")
    home = lake.folder / NOUN
    (home / ".draft-dead").mkdir()
    (home / ".draft-dead" / "values.parquet").write_bytes(b"half")
    (home / ".current-dead").write_text('{"version": "v9"')
    (home / "v2").mkdir()  # renamed, and killed before the pointer was moved
    assert held(lake) == ["one"]
    put(lake, "three", "v3")
    assert names(lake) == {"v3", "current.json"}
    assert held(lake) == ["three"]


def test_a_run_killed_between_rename_and_pointer_is_made_good_by_the_same_version(lake: Lake) -> None:
    put(lake, "one", "v1")
    (lake.folder / NOUN / "v2").mkdir()
    put(lake, "two", "v2")
    assert held(lake) == ["two"]


def test_the_same_version_is_rewritten_whole(lake: Lake) -> None:
    put(lake, "one", "v1")
    (lake.folder / NOUN / "v1" / "stray.parquet").write_bytes(b"stray")
    put(lake, "again", "v1")
    assert held(lake) == ["again"]
    assert {file.name for file in (lake.folder / NOUN / "v1").iterdir()} == {"values.parquet"}


def test_a_pattern_gathers_many_datasets_in_order(lake: Lake) -> None:
    for source in ("b", "a", "c"):
        with lake.write(f"screen/{source}_cards") as draft:
            draft.frame("cards" if source != "c" else "other", pd.DataFrame({"value": [source]}))
    files = lake.tables("screen/*", "cards")
    assert [pq.read_table(file)["value"].to_pylist() for file in files] == [["a"], ["b"]]


def test_text_rows_are_written_in_batches_and_blanks_are_filled(lake: Lake) -> None:
    many = BATCH + 3
    with lake.write(NOUN) as draft:
        writer = draft.rows("values", ("value", "other"))
        for n in range(many):
            writer.add([{"value": str(n)}])
        assert 0 < writer.written < many
    table = pq.read_table(lake.tables(NOUN, "values")[0])
    assert table.num_rows == many
    assert table.column_names == ["value", "other"]
    assert set(table["other"].to_pylist()) == {""}


def test_a_table_without_rows_has_its_columns(lake: Lake) -> None:
    with lake.write(NOUN) as draft:
        draft.rows("values", ("value",))
    assert pq.read_table(lake.tables(NOUN, "values")[0]).column_names == ["value"]
