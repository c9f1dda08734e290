"""The definitions load, in this process and by Dagster's own commands, and are those that were reviewed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest

from tests.graph import snapshot

CHECKOUT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


def command(tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    around = {
        **os.environ,
        "DAGSTER_HOME": str(tmp_path),
        "DG_CLI_CONFIG": str(tmp_path / "dg.toml"),
        "CONTACTS_HOME": str(tmp_path / "home"),
        "VIRTUAL_ENV": sys.prefix,
    }
    return subprocess.run(
        [str(BIN / words[0]), *words[1:]], cwd=CHECKOUT, env=around, capture_output=True, text=True, check=False
    )


def test_everything_resolves(defs: dg.Definitions) -> None:
    dg.Definitions.validate_loadable(defs)


def test_the_graph_is_the_one_that_was_reviewed(defs: dg.Definitions) -> None:
    assert snapshot.text(defs) == snapshot.FILE.read_text("utf-8"), "renew: python -m tests.graph.snapshot"


def test_loading_needs_no_environment_and_makes_nothing(tmp_path: Path) -> None:
    home = tmp_path / "never made"
    script = "from assets.definitions import defs; print(len(list(defs.resolve_all_asset_specs())))"
    around = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "CONTACTS_HOME": str(home), "CONTACTS_ENGINE": "wrong"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=CHECKOUT, env=around, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert not home.exists()


@pytest.mark.slow
@pytest.mark.parametrize("words", [("dagster", "definitions", "validate"), ("dg", "check", "defs")])
def test_dagsters_own_commands_find_nothing_wrong(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = command(tmp_path, *words)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_dg_lists_the_same_definitions(
    tmp_path: Path, specs: dict[str, dg.AssetSpec], checks: dict[str, list[dg.AssetCheckSpec]]
) -> None:
    done = command(tmp_path, "dg", "list", "defs", "--json")
    assert done.returncode == 0, done.stderr
    listed = json.loads(done.stdout)
    assert {one["asset_key"] for one in listed["assets"]} == set(specs)
    assert len(listed["asset_checks"]) == sum(map(len, checks.values()))
