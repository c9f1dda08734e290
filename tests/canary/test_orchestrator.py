"""The orchestrator as a user starts it, with nothing set: what an asset prints and fails with is stored nowhere."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assets.telling import REDACTING, redact
from tests.canary.scanner import Scanner, Secret

CHECKOUT = Path(__file__).resolve().parents[2]
PATIENCE = 150
PRINTED, RAISED, BEHIND = "zqprintedxxx", "zqraisedxxxx", "zqbehindxxxx"
OWN_ASSET = f"""
import sys
import dagster as dg
from assets import definitions

@dg.asset
def failing():
    print("{PRINTED}")
    print("{PRINTED}", file=sys.stderr)
    try:
        raise KeyError("{BEHIND}")
    except KeyError as error:
        error.add_note("{BEHIND}")
        raise ValueError("{RAISED}")

defs = dg.Definitions.merge(definitions.defs, dg.Definitions(assets=[failing]))
"""
LAUNCH = """mutation { launchRun(executionParams: {selector: {repositoryLocationName: "deployed.py",
    repositoryName: "__repository__", pipelineName: "__ASSET_JOB", assetSelection: [{path: ["failing"]}],
    assetCheckSelection: []}, mode: "default", runConfigData: {}}) { __typename
    ... on LaunchRunSuccess { run { runId } } ... on Error { message } } }"""

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("dev")]


def ask(url: str, query: str) -> Any:
    request = urllib.request.Request(  # noqa: S310 - our own server
        f"{url}/graphql", json.dumps({"query": query}).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - as above
        return json.load(answer)["data"]


def until(process: subprocess.Popen[bytes], log: Path, found: Any) -> Any:
    """Waits for an answer that holds something."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        with contextlib.suppress(OSError, urllib.error.HTTPError, KeyError, TypeError):
            if answer := found():
                return answer
        time.sleep(0.5)
    pytest.fail(log.read_text())


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A deployment: the instance's settings, and our definitions with an asset of the deployer's own."""
    made = Path(tempfile.mkdtemp(prefix="contacts-dev-"))
    shutil.copyfile(CHECKOUT / "dagster.yaml", made / "dagster.yaml")
    (made / "deployed.py").write_text(OWN_ASSET, "utf-8")
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def after_failure(folder: Path) -> dict[str, set[str]]:
    """What is stored of a failing run that a bare `dagster dev` made, and what was said on its console."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("DAGSTER_", "CONTACTS_"))}
    around = {**kept, "PYTHONPATH": str(CHECKOUT), "CONTACTS_HOME": str(folder / "home")}
    command = [str(Path(sys.executable).with_name("dagster")), "dev", "-f", "deployed.py", "-p", port]
    log, url = folder.with_suffix(".log"), f"http://127.0.0.1:{port}"
    with log.open("wb") as said, subprocess.Popen(
        command, cwd=folder, env=around, stdout=said, stderr=said, start_new_session=True
    ) as process:  # fmt: skip
        try:
            launched = until(process, log, lambda: ask(url, LAUNCH))
            assert "run" in launched["launchRun"], launched
            run = launched["launchRun"]["run"]["runId"]
            asked = f'{{ runOrError(runId: "{run}") {{ ... on Run {{ status }} }} }}'
            ended = until(process, log, lambda: ask(url, asked)["runOrError"]["status"] in {"FAILURE", "SUCCESS"})
            assert ended
            assert ask(url, asked)["runOrError"]["status"] == "FAILURE"
            # while it runs, for the home that `dagster dev` makes for itself goes with it
            look = Scanner(Secret(token, ()) for token in (PRINTED, RAISED, BEHIND, "".join(run.split("-"))[:12]))
            homes = list(folder.glob(".tmp_dagster_home_*"))
            stored = {hit.token for home in homes for hit in look.tree(home)}
            return {"homes": set(map(str, homes)), "stored": stored, "said": _said(look, log)}
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGINT)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=20)
                os.killpg(process.pid, signal.SIGKILL)
            log.unlink(missing_ok=True)


def _said(look: Scanner, log: Path) -> set[str]:
    return {hit.token for hit in look.text("console", log.read_text())}


def test_a_bare_start_stores_nothing_of_what_an_asset_prints_or_fails_with(after_failure: dict[str, set[str]]) -> None:
    assert len(after_failure["homes"]) == 1
    assert after_failure["stored"] == set()


def test_the_words_of_the_failure_are_not_on_its_console_either(after_failure: dict[str, set[str]]) -> None:
    """What was printed is: the console belongs to who started it, and nothing of it is kept."""
    assert after_failure["said"] == {PRINTED}


def test_whoever_sets_the_variable_otherwise_is_heeded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(REDACTING, "0")
    redact()
    assert os.environ[REDACTING] == "0"
    monkeypatch.setenv(REDACTING, " ")
    redact()
    assert os.environ[REDACTING] == "1"


def test_loading_the_definitions_is_enough() -> None:
    """What a code server and a run worker do first."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("DAGSTER_", "CONTACTS_"))}
    asked = (
        f"import os; os.environ.pop('{REDACTING}', None); import assets.definitions; print(os.environ['{REDACTING}'])"
    )
    done = subprocess.run([sys.executable, "-c", asked], cwd=CHECKOUT, env=kept, capture_output=True, check=True)
    assert done.stdout.split() == [b"1"]
