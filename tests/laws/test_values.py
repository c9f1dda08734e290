"""Law 1, as far as reading the code can tell: no value of a record in a log, message, metadata, tag or configuration.

What reading cannot tell, the tests of screening, of the server's log and of the journeys tell by canaries.
"""

from __future__ import annotations

import ast

import dagster as dg
import pytest

from assets.metadata import counts, picture, rows
from tests.laws.code import called, dotted, imported, modules

FOLDERS = ("pipelines", "resources", "assets")
CONSOLE = {"assets/cli.py", "assets/main_job.py", "assets/running.py"}
"""The command: what it prints goes to the terminal of who asked, never to a log."""


SILENCER = "assets/telling.py"
"""Takes the loggers of others their voice."""


def _is_loud(name: str) -> bool:
    *owner, last = name.split(".")
    levels = {"debug", "info", "warning", "error", "exception", "critical", "log"}
    logs = bool(owner) and owner[-1] in {"log", "logger", "logging"} and last in levels
    return logs or name in {"print", "pprint", "warnings.warn", "traceback.print_exc", "logging.getLogger"}


def test_nothing_prints_or_logs() -> None:
    loud = {
        f"{path}:{line} {name}"
        for path, tree in modules(*FOLDERS).items()
        for line, name in called(tree)
        if _is_loud(name) and path != SILENCER
    }
    assert loud == set()


def test_only_the_command_has_a_console() -> None:
    users = {path for path, tree in modules(*FOLDERS).items() if "rich.console.Console" in imported(tree)}
    assert users <= CONSOLE


def test_no_module_has_a_logger_but_the_one_that_silences_one() -> None:
    assert {path for path, tree in modules(*FOLDERS).items() if "logging" in imported(tree)} <= {SILENCER}


def test_no_frame_prints_itself() -> None:
    talkative = {
        f"{path}:{line} {name}"
        for path, tree in modules("assets").items()
        for line, name in called(tree)
        if name.split(".")[-1] in {"to_markdown", "to_string", "to_html", "head", "sample", "describe"}
    }
    assert talkative == set()


def _metadata_made(tree: ast.Module) -> list[tuple[int, str]]:
    return [(line, name) for line, name in called(tree) if "MetadataValue" in name]


def test_metadata_is_made_by_the_helpers_only() -> None:
    """A source's home page is the one that is not: it is of the declaration, not of a record."""
    made = {(path, name) for path, tree in modules("assets").items() for _, name in _metadata_made(tree)}
    assert {(path, name) for path, name in made if path != "assets/metadata.py"} == {
        ("assets/collect.py", "dg.MetadataValue.url")
    }


HELPERS = {"counts", "rows", "picture", "steps", "table_schema", "columns"}


def _result_metadata(tree: ast.Module) -> list[ast.expr]:
    results = {"dg.MaterializeResult", "dg.AssetCheckResult", "dg.Output", "dg.AssetMaterialization"}
    return [
        keyword.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and dotted(node.func) in results
        for keyword in node.keywords
        if keyword.arg in {"metadata", "tags", "description"}
    ]


def _is_helped(value: ast.expr) -> bool:
    if isinstance(value, ast.Call):
        return dotted(value.func) in HELPERS
    if isinstance(value, ast.Dict):
        return all(map(_is_helped, value.values))
    return False


def test_what_a_run_reports_passes_through_a_helper() -> None:
    loose = {
        f"{path}:{value.lineno}"
        for path, tree in modules("assets").items()
        for value in _result_metadata(tree)
        if not _is_helped(value)
    }
    assert loose == set()


@pytest.mark.parametrize("wrong", ["text", 0.5, None, ["x"], {"a": 1}, b"x"])
def test_the_helpers_take_numbers_only(wrong: object) -> None:
    with pytest.raises(TypeError, match="must be a count"):
        counts({"kept": wrong})  # type: ignore[dict-item]
    with pytest.raises(TypeError, match="must be a count"):
        rows(wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="must be a count"):
        picture({"kept": wrong}, "Kept")  # type: ignore[dict-item]


@pytest.mark.parametrize("name", ["Ann Example", "ann@example.com", "+12025550100", "Ünal", ""])
def test_the_helpers_take_codes_only_for_names(name: str) -> None:
    for helper in (counts, lambda numbers: picture(numbers, "Kept")):
        with pytest.raises(TypeError, match="named by a code") as refusal:
            helper({name: 1})
        assert not name or name not in str(refusal.value)


def test_the_helpers_give_back_the_numbers() -> None:
    assert rows(3) == {"dagster/row_count": dg.MetadataValue.int(3)}
    assert "data:image/svg+xml" in str(picture({"free_mail": 2}, "Refused").value)


def test_nothing_takes_run_configuration() -> None:
    """A run's configuration stays in the orchestrator for ever; the one given sets the console's log level."""
    words = {"config_schema", "run_config", "run_config_fn", "config", "partitions_def", "partition_key"}
    takers = {
        f"{path} {keyword.arg}"
        for path, tree in modules("assets").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg in words
    }
    assert takers == {"assets/running.py run_config"}
    configured = [
        path
        for path, tree in modules("assets", "resources").items()
        if "dg.Config" in {name for _, name in called(tree)}
    ]
    assert configured == []


RECORDS = {"record", "row", "rows", "card", "cards", "claim", "claims", "value", "values", "frame", "batch", "raw"}
"""Names that hold a record or a value of one, wherever they occur in this code."""


def _interpolated(node: ast.Raise) -> set[str]:
    names: set[str] = set()
    for part in ast.walk(node):
        if isinstance(part, ast.FormattedValue):
            names |= {dotted(inner).split(".", maxsplit=1)[0] for inner in ast.walk(part.value)
                      if isinstance(inner, ast.expr) and dotted(inner)}  # fmt: skip
        elif isinstance(part, ast.BinOp) and isinstance(part.op, ast.Mod):
            names.add("%")
    return names


def test_no_exception_is_raised_with_a_record_in_its_words() -> None:
    telling = {
        f"{path}:{node.lineno} {sorted(_interpolated(node) & RECORDS)}"
        for path, tree in modules("pipelines", "resources").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise) and _interpolated(node) & (RECORDS | {"%"})
    }
    assert telling == set()


def test_every_asset_tells_its_failures_in_words_of_ours() -> None:
    untold = {
        f"{path}:{node.name}"
        for path, tree in modules("assets").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for marks in [[dotted(mark.func if isinstance(mark, ast.Call) else mark) for mark in node.decorator_list]]
        if {"dg.asset", "dg.multi_asset"} & set(marks) and marks[-1] != "told"
    }
    assert untold == set()
