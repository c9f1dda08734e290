"""DuckDB's two verbs, and plans and tallies on them, over real Parquet files."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from pipelines.steps import query, rule
from resources.engine.duckdb import ROWS, DuckDB
from resources.engine.plan import run
from resources.engine.tally import tally


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "it's a folder"
    made.mkdir()
    return made


@pytest.fixture
def engine(folder: Path) -> DuckDB:
    return DuckDB(folder / "spill's place")


def put(folder: Path, table: str, /, **columns: list[object]) -> Path:
    file = folder / f"{table}.parquet"
    pd.DataFrame(columns).to_parquet(file, index=False)
    return file


def doubled(batch: pd.DataFrame) -> pd.DataFrame:
    return batch.assign(n=batch["n"] * 2, rows=len(batch))


def labelled(batch: pd.DataFrame, *, word: str) -> pd.DataFrame:
    return batch.assign(word=word)


def extent(batch: pd.DataFrame) -> pd.DataFrame:
    """One row a key in this batch, so that a key that is split stands twice in the result."""
    return batch.groupby("key", as_index=False, dropna=False).agg(n=("n", "size"))


def fails_later(batch: pd.DataFrame) -> pd.DataFrame:
    if batch["n"].min() > 0:
        raise ValueError("no")
    return batch


def test_sql_joins_its_inputs_and_counts_the_rows(engine: DuckDB, folder: Path) -> None:
    left, right = put(folder, "left", id=[1, 2], name=["a", "b"]), put(folder, "right", id=[2, 3], more=["x", "y"])
    rows = engine.sql("SELECT * FROM one JOIN two USING (id)", {"one": [left], "two": [right]}, folder / "o.parquet")
    assert rows == 1
    assert pd.read_parquet(folder / "o.parquet").to_dict("records") == [{"id": 2, "name": "b", "more": "x"}]


def test_sql_reads_several_files_as_one_table(engine: DuckDB, folder: Path) -> None:
    files = [put(folder, f"part {n}", n=[n]) for n in range(3)]
    assert engine.sql("SELECT sum(n) AS total FROM parts", {"parts": files}, folder / "o.parquet") == 1
    assert pd.read_parquet(folder / "o.parquet")["total"].tolist() == [3]


def test_sql_reads_constants_as_they_are(engine: DuckDB, folder: Path) -> None:
    given = put(folder, "given", n=[1])
    odd = "it's; DROP TABLE given --"
    engine.sql("SELECT odd, day FROM given, constants", {"given": [given]}, folder / "o.parquet", odd=odd, day="2026")
    assert pd.read_parquet(folder / "o.parquet").to_dict("records") == [{"odd": odd, "day": "2026"}]


def test_sql_names_the_columns_of_an_empty_result(engine: DuckDB, folder: Path) -> None:
    given = put(folder, "given", n=[1])
    assert engine.sql("SELECT n, 'x' AS word FROM given WHERE n > 1", {"given": [given]}, folder / "o.parquet") == 0
    assert pq.read_schema(folder / "o.parquet").names == ["n", "word"]


def test_map_passes_every_row_once_in_order_and_in_batches(engine: DuckDB, folder: Path) -> None:
    total = 2 * ROWS + 5
    given = put(folder, "given", n=list(range(total)))
    assert engine.map(doubled, [given], folder / "o.parquet") == total
    found = pd.read_parquet(folder / "o.parquet")
    assert found["n"].tolist() == list(range(0, 2 * total, 2))
    assert found["rows"].max() <= ROWS


def test_map_passes_constants_on(engine: DuckDB, folder: Path) -> None:
    given = put(folder, "given", n=[1, 2])
    engine.map(labelled, [given], folder / "o.parquet", word="it's")
    assert pd.read_parquet(folder / "o.parquet")["word"].tolist() == ["it's", "it's"]


@pytest.mark.parametrize("together", ["", "key"])
def test_map_of_nothing_names_the_columns(engine: DuckDB, folder: Path, together: str) -> None:
    given = folder / "given.parquet"
    pd.DataFrame({"key": pd.Series(dtype="str"), "n": pd.Series(dtype="int64")}).to_parquet(given)
    assert engine.map(doubled, [given], folder / "o.parquet", together=together) == 0
    assert pq.read_schema(folder / "o.parquet").names == ["key", "n", "rows"]


def test_what_belongs_together_is_never_split(engine: DuckDB, folder: Path) -> None:
    # one key longer than a batch, one astride a border, many short ones, and one that is missing
    keys: list[object] = ["long"] * (2 * ROWS + 7) + [None] * 11
    keys += [f"k{n % 30_000:05}" for n in range(90_000)] + ["astride"] * (ROWS - 1)
    given = put(folder, "given", key=keys, n=list(range(len(keys))))
    groups = engine.map(extent, [given], folder / "o.parquet", together="key")
    assert groups == 30_003
    sizes = pd.read_parquet(folder / "o.parquet").set_index("key")["n"]
    assert sizes.index.is_unique
    assert (sizes["long"], sizes["astride"], sizes["k00007"]) == (2 * ROWS + 7, ROWS - 1, 3)
    assert sizes.sum() == len(keys)


def test_a_rule_that_fails_says_so_and_spills_nothing(engine: DuckDB, folder: Path) -> None:
    given = put(folder, "given", n=list(range(ROWS + 1)))
    with pytest.raises(ValueError, match="no"):
        engine.map(fails_later, [given], folder / "o.parquet")
    assert list((folder / "spill's place").iterdir()) == []


def test_spills_instead_of_growing(folder: Path) -> None:
    small = DuckDB(folder / "spill", memory="90MB")
    given = folder / "wide.parquet"
    small.sql(
        "SELECT n, md5(n::VARCHAR) || md5((n + 1)::VARCHAR) || md5((n + 2)::VARCHAR) AS word "
        "FROM (SELECT unnest(range(700000)) AS n)",
        {}, given,
    )  # fmt: skip
    assert small.sql("SELECT * FROM wide ORDER BY word", {"wide": [given]}, folder / "o.parquet") == 700_000
    with pq.ParquetFile(folder / "o.parquet") as found:
        words = found.read_row_group(0, columns=["word"])["word"].to_pylist()
    assert words == sorted(words)
    assert list((folder / "spill").iterdir()) == []


def test_a_plan_hands_each_result_to_the_steps_after_it(engine: DuckDB, folder: Path) -> None:
    (folder / "evens.sql").write_text("-- even numbers\nSELECT n FROM given WHERE n IN (2, 4)\n-- that is all")
    (folder / "marked.sql").write_text("SELECT twice.n, constants.word FROM twice CROSS JOIN constants")
    steps = (
        query(folder, "small", "given", file="evens"),
        rule("twice", "small", doubled),
        query(folder, "marked", "twice"),
    )
    made = run(engine, steps, {"given": [put(folder, "given", n=[1, 2, 3, 4])]}, folder, word="w")
    assert list(made) == ["small", "twice", "marked"]
    assert pd.read_parquet(made["marked"]).to_dict("records") == [{"n": 4, "word": "w"}, {"n": 8, "word": "w"}]


def test_a_tally_is_numbers_by_code(engine: DuckDB, folder: Path) -> None:
    given = put(folder, "given", code=["b", "a", "b"])
    found = tally(engine, "SELECT code, count(*) FROM given GROUP BY 1", {"given": [given]})
    assert list(found.items()) == [("a", 1), ("b", 2)]
    assert tally(engine, "SELECT code, count(*) FROM given WHERE false GROUP BY 1", {"given": [given]}) == {}
