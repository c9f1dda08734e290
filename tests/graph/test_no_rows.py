"""Dagster carries neither rows nor files: the I/O manager refuses them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dagster as dg

from assets.house import Result
from resources.wiring import resources


@dg.asset
def hands_out_rows() -> list[dict[str, str]]:
    return [{"email_address": "invented@example.com"}]


@dg.asset
def hands_out_nothing() -> None: ...


@dg.asset
def reports() -> Result:
    return dg.MaterializeResult(metadata={"dagster/row_count": 1})


@dg.asset
def loads(hands_out_nothing: Any) -> None: ...


def run(instance: dg.DagsterInstance, *assets: dg.AssetsDefinition) -> dg.ExecuteInProcessResult:
    return dg.materialize(
        list(assets), resources=resources(), instance=instance, raise_on_error=False,
        run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
    )  # fmt: skip


def test_rows_are_refused_and_leave_no_trace(tmp_path: Path) -> None:
    with dg.instance_for_test(temp_dir=str(tmp_path)) as instance:
        done = run(instance, hands_out_rows)
        assert not done.success
        error = done.failure_data_for_node("hands_out_rows")
        assert error is not None
        assert "hands_out_rows returned a value" in str(error.error)
        told = "".join(str(entry) for entry in instance.all_logs(done.run_id))
        kept = [file for file in tmp_path.rglob("*") if file.is_file() and b"invented@" in file.read_bytes()]
    assert "invented@" not in told
    assert kept == []


def test_nothing_and_reports_pass() -> None:
    with dg.instance_for_test() as instance:
        assert run(instance, hands_out_nothing, reports).success


def test_nothing_is_loaded_either() -> None:
    with dg.instance_for_test() as instance:
        assert not run(instance, hands_out_nothing, loads).success


def test_the_graph_uses_it(defs: dg.Definitions) -> None:
    assert type((defs.resources or {})["io_manager"]).__name__ == "NoRows"
