"""The four folders, one direction: import-linter's contracts hold."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.laws.code import CHECKOUT, imported, modules


def test_the_contracts_of_import_linter_are_kept() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=CHECKOUT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "3 kept, 0 broken" in done.stdout


def test_rules_do_not_reach_outside_by_the_standard_library_either() -> None:
    """What import-linter does not list: sockets, processes, the environment, sleeping."""
    forbidden = ("os", "socket", "subprocess", "urllib.request", "http", "time", "sqlite3", "threading", "tempfile")
    reached = {
        f"{path}: {name}"
        for path, tree in modules("pipelines").items()
        for name in imported(tree)
        if any(name == one or name.startswith(f"{one}.") for one in forbidden)
    }
    assert reached == set()


def test_the_orchestrators_private_modules_are_not_used() -> None:
    reached = {
        f"{path}: {name}"
        for path, tree in modules("resources", "assets", "tests").items()
        for name in imported(tree)
        if name.startswith(("dagster._", "dagster_shared._"))
    }
    assert reached == set()
