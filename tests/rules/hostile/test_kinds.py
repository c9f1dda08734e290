"""Every kind of hostile file in every format: each ends as its reason code, within fixed memory and time.

The files go through the whole of collect and screen, in a process of their own that is bounded and watched; nothing may
be written outside the spool and the lake.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines.reasons import FileFault, RecordFault
from tests.rules.hostile.kinds import FORMS, PACKED, SOUND, TABLE, cases

CASES = cases()
CHECKOUT = Path(__file__).parents[3]
MOST = 384
"""Mebibytes that reading may take: some records of the longest kind, in a few shapes, and Parquet's buffers."""

Reads = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="module")
def cage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reads]:
    """Reads one case after the other in a process of its own."""
    if not Path("/proc/self/statm").exists():
        pytest.skip("memory is measured on Linux only")
    home = tmp_path_factory.mktemp("cage") / "home"
    command = [sys.executable, "-m", "tests.rules.hostile.cage", str(home)]
    with subprocess.Popen(
        command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        pipes = process.stdin, process.stdout

        def reads(name: str) -> dict[str, Any]:
            asked, told = pipes
            assert asked is not None
            assert told is not None
            asked.write(f"{name}\n")
            asked.flush()
            outcome: dict[str, Any] = json.loads(told.readline())
            return outcome

        yield reads
        process.kill()


@pytest.mark.parametrize("name", list(CASES))
def test_it_ends_as_its_code_within_its_bounds(cage: Reads, name: str) -> None:
    case, outcome = CASES[name], cage(name)
    if case.expected in set(FileFault):
        assert (outcome["fault"], outcome["cards"]) == (case.expected, 0)
    else:
        assert outcome["fault"] == ""
        assert outcome["aside"] == ([case.expected] if case.expected else [])
        whole_page = case.form.file == "page.html" and case.expected in {RecordFault.NOT_TEXT, RecordFault.OVERLONG}
        assert (SOUND.decode() in outcome["names"]) != whole_page
    assert set(case.kept) <= set(outcome["names"])
    assert outcome["peak"] < MOST
    assert outcome["touched"] == []


def test_the_formats_are_those_that_sources_use() -> None:
    from pipelines.sources.registry import sources  # noqa: PLC0415 - beside the one use

    used = {feed.format.kind for source in sources().values() for feed in source.feeds.values()}
    covered = {sources()[form.source].feeds[form.feed].format.kind for form in FORMS.values()}
    assert covered == used


def test_every_code_of_a_case_is_one_of_the_vocabulary() -> None:
    assert {case.expected for case in CASES.values()} <= {*FileFault, *RecordFault, ""}
    assert len(CASES) > 200
    assert {kind for kind in TABLE if not set(TABLE[kind]) <= set(FORMS)} == set()
    assert {name.partition("-")[0] for name in CASES} == {*TABLE, *PACKED}


@pytest.mark.parametrize("bound", ["memory", "time", "outside"])
def test_the_cage_holds(tmp_path: Path, bound: str) -> None:
    """What breaks out would be seen: the bounds bite, and what is touched is noted."""
    script = f"""
import sys, pathlib
from tests.rules.hostile import cage
def escape(*_):
    if {bound!r} == "memory": bytearray(4 << 30)
    if {bound!r} == "outside": pathlib.Path({str(tmp_path / "escaped")!r}).write_text("x")
    while {bound!r} == "time": pass
cage._screen, cage.SECONDS = escape, 1
sys.argv[1] = {str(tmp_path / "cage" / "home")!r}
cage.main()
"""
    ran = subprocess.run(
        [sys.executable, "-c", script, "-"],
        cwd=CHECKOUT, input="sound-csv\n", capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    outcome = json.loads(ran.stdout)
    if bound == "memory":
        assert "MemoryError" in outcome["fault"]
    elif bound == "time":
        assert outcome["fault"].startswith("ended by")
    else:
        assert outcome["touched"][0] == "open"
