"""The benchmarks run from end to end on a small world and say what they measured."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench.__main__ import AIMS, BESIDE, PAGE, STAGES, Measured, report
from bench.work import WORK

ROOT = Path(__file__).resolve().parents[2]


def test_every_step_that_is_reported_is_one_that_can_be_run() -> None:
    assert {*STAGES, *BESIDE} == set(WORK)
    assert {name for aim in AIMS for name in (aim.of, aim.to)} <= set(WORK)


def test_a_miss_stands_beside_the_hits() -> None:
    large = {name: Measured(1.0, 100.0, 50.0, 2000) for name in WORK}
    large["screen"] = Measured(1000.0, 300.0, 50.0, 2000)
    large["match_delta"] = Measured(0.01, 100.0, 50.0, 2000)
    text = report(8, large, {name: Measured(1.0, 100.0, 50.0, 500) for name in STAGES})
    judged = [line for line in text.splitlines() if re.search(r"\*\*miss\*\* \|$|hit \|$", line)]
    missed = [line for line in judged if "**miss**" in line]
    assert len(judged) == len(AIMS) + len(STAGES) - 1
    assert [line.split(":")[0].split(",")[0] for line in missed] == ["| screen", "| screen"]
    assert "| screen | 500.000 | 300 | 50 | 2,000 |" in text


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
def test_a_quick_run_prints_the_table_and_writes_nothing() -> None:
    before = PAGE.read_bytes() if PAGE.exists() else b""
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--quick"], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    for name in WORK:
        assert re.search(rf"^\| {name} \| [\d.]+ \| [\d,]+ \| [\d,]+ \| [1-9][\d,]* \|$", done.stdout, re.MULTILINE), (
            name
        )
    assert done.stdout.count(" hit |") + done.stdout.count(" **miss** |") == len(AIMS)
    assert (PAGE.read_bytes() if PAGE.exists() else b"") == before
