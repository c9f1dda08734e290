"""Law 4: time comes from the clock, configuration from the settings, and nothing is read at import."""

from __future__ import annotations

import ast

from tests.laws.code import called, dotted, modules

FOLDERS = ("pipelines", "resources", "assets")
READS_ENVIRONMENT = {"resources/settings.py", "assets/cli.py", "assets/running.py", "assets/telling.py", "assets/ui.py"}
"""The settings; and what sets up a process of ours, for Dagster reads its own variables."""
TELLS_TIME = {"resources/clock.py"}
WALL_CLOCK = {"now", "utcnow", "today", "fromtimestamp"}
MEASURES = {"time.monotonic", "time.sleep", "time.perf_counter"}
"""How long something takes is no date: waiting and measuring are free."""


def environment(tree: ast.Module) -> list[str]:
    names = {"os.environ", "os.getenv", "os.environb", "environ", "getenv"}
    return [dotted(node) for node in ast.walk(tree) if isinstance(node, ast.expr) and dotted(node) in names]


def test_the_environment_is_touched_where_a_process_begins_only() -> None:
    readers = {path for path, tree in modules(*FOLDERS).items() if environment(tree)}
    assert readers <= READS_ENVIRONMENT
    assert "resources/settings.py" in readers


def _wall_clock(name: str) -> bool:
    if name in MEASURES:
        return False
    *owner, last = name.split(".")
    of_datetime = bool(owner) and owner[-1] in {"datetime", "date", "Timestamp", "pd"} and last in WALL_CLOCK
    return of_datetime or (name.startswith("time.") and last in {"time", "time_ns", "localtime", "gmtime", "strftime"})


def test_nothing_but_the_clock_reads_the_wall_clock() -> None:
    readers = {path for path, tree in modules(*FOLDERS).items() if any(_wall_clock(name) for _, name in called(tree))}
    assert readers == TELLS_TIME


def test_ids_and_choices_are_not_random() -> None:
    """Same input, same clock: the same tables, ids included. Names of runs and of files, and passwords, may be."""
    chance = {"uuid.uuid1", "uuid.uuid4", "random.random", "random.choice", "random.shuffle", "random.Random"}
    throwers = {
        path
        for path, tree in modules(*FOLDERS).items()
        for _, name in called(tree)
        if name in chance or name.startswith("secrets.")
    }
    assert throwers <= {"resources/server.py", "resources/lake.py", "assets/running.py"}


def _at_import(tree: ast.Module) -> list[ast.AST]:
    """What runs when the module is imported: everything outside functions."""
    found: list[ast.AST] = []
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        found.append(node)
        waiting += ast.iter_child_nodes(node)
    return found


def test_no_setting_is_loaded_at_import() -> None:
    loading = {
        path
        for path, tree in modules(*FOLDERS).items()
        for node in _at_import(tree)
        if isinstance(node, ast.Call) and dotted(node.func) in {"load", "settings.load", "os.getenv", "os.environ.get"}
        and path != "pipelines/sources/registry.py"
    }  # fmt: skip
    assert loading == set()
