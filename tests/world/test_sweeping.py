"""Raw files in the spool live no longer than the process that screens them; whatever runs next removes the rest."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import dagster as dg
import pytest

from assets import jobs, retain
from assets.definitions import build_defs
from resources.clock import Clock
from resources.sweeping import PATIENCE, attended, sweep_left
from resources.wiring import resources

CHECKOUT = Path(__file__).resolve().parents[2]
COLLECTING = """
import sys, time
from pathlib import Path
from resources.sweeping import attended
with attended(Path(sys.argv[1])):
    raw = Path(sys.argv[1]) / "gleif" / "files" / "raw.xml"
    raw.parent.mkdir(parents=True)
    raw.write_text("raw")
    print("there", flush=True)
    time.sleep(600)
"""


def put(spool: Path, source: str, *, age: float = 0) -> Path:
    raw = spool / source / "files" / "raw.xml"
    raw.parent.mkdir(parents=True)
    raw.write_text("raw", "utf-8")
    os.utime(raw.parent, (time.time() - age,) * 2)
    return raw


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    return tmp_path / "home" / "spool"


def killed(spool: Path) -> None:
    """Leaves what a process leaves that is killed between collecting and screening."""
    with subprocess.Popen(
        [sys.executable, "-c", COLLECTING, str(spool)], cwd=CHECKOUT, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"there\n"
        assert sweep_left(spool) == 0, "what a living process has put there stays"
        process.kill()


def test_what_a_killed_process_left_is_swept_by_the_next_and_a_living_ones_stays(spool: Path) -> None:
    killed(spool)
    assert list(spool.glob("*/files/*"))
    with attended(spool):
        assert list(spool.glob("*/files/*")) == []
        own = put(spool, "fdic")
        assert sweep_left(spool) == 0
        assert own.exists()
    assert [path.name for path in spool.rglob("*.lock")] == []


def test_what_a_run_that_only_collects_has_put_there_waits_for_an_hour(spool: Path) -> None:
    fresh, old = put(spool, "fdic"), put(spool, "gleif", age=PATIENCE.total_seconds() + 60)
    assert sweep_left(spool) == 1
    assert fresh.exists()
    assert not old.exists()


def test_a_spool_that_is_not_there_holds_nothing(spool: Path) -> None:
    assert sweep_left(spool) == 0
    assert not spool.exists()


def test_maintenance_sweeps_and_counts(spool: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTACTS_HOME", str(spool.parent))
    killed(spool)
    made = dg.materialize([retain.runs], instance=dg.DagsterInstance.ephemeral(), resources={"clock": Clock()})
    (found,) = made.asset_materializations_for_node("retain__runs")
    assert found.metadata["spools_swept"].value == 1
    assert list(spool.glob("*/files")) == []


@pytest.mark.parametrize("name", ["spool", "database"])
def test_a_run_sweeps_before_anything_else(name: str, spool: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTACTS_HOME", str(spool.parent))
    killed(spool)
    with dg.build_resources({name: resources()[name]}):
        assert list(spool.glob("*/files/*")) == []


@pytest.mark.parametrize("job", [job.name for job in jobs.ALL])
def test_every_kind_of_run_does(job: str) -> None:
    """Each opens the spool or the database; the one that opens neither sweeps by itself."""
    resolved = build_defs().resolve_job_def(job)
    opened = {key for node in resolved.all_node_defs for key in node.required_resource_keys}  # type: ignore[attr-defined]
    assert {"spool", "database"} & opened or job == "maintenance"
