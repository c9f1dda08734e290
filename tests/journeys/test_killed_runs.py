"""A run that is killed anywhere, or loses its server, and is started again ends like one that nothing disturbed."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from pathlib import Path
from typing import IO

import pytest

from resources.server import EmbeddedServer
from tests.journeys.command import AS_OF, PATIENCE, Installation, kill
from tests.journeys.conftest import NewInstallation, invent

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.xdist_group("usual")]

FIRST = ("", "collect/fdic_snapshot", "collect/web_snapshot", "screen/gleif_cards", "screen/web_cards", "verify/cards")
LATER = ("collect/web_snapshot", "verify/domains", "resolve/people", "curated_tables")
"""Assets after which a run is killed, at a moment that is drawn."""


@pytest.fixture(scope="module")
def changed(lasting_folder: Path) -> Path:
    """Another state of the small inbox: more companies, and other records of those that were there."""
    return invent(lasting_folder / "changed world", 50, seed=12)


@pytest.fixture(scope="module")
def undisturbed(
    usual: Installation, usual_digests: dict[str, str], changed: Path
) -> tuple[dict[str, str], dict[str, str]]:
    """The tables of an installation that nobody disturbs, after the first and after the changed inbox."""
    usual.inbox = changed
    usual.refresh()
    return usual_digests, usual.digests()


def killed_after(made: Installation, asset: str, delay: float) -> None:
    """Starts a run and kills it a while after the asset was made (from the start when it names none)."""
    with made.begin("run", "--as-of", AS_OF) as process:
        assert process.stdout is not None
        patience = threading.Timer(PATIENCE, process.kill)
        patience.start()
        if asset:
            _read_until(process.stdout, asset)
        patience.cancel()
        time.sleep(delay)
        kill(process)


def _read_until(lines: IO[str], word: str) -> None:
    heard = []
    for line in lines:
        heard.append(line)
        if word in line:
            return
    raise AssertionError(f"the run never came to {word}: {heard}")


def test_a_run_killed_again_and_again_ends_like_one_that_nothing_disturbed(
    fresh: NewInstallation, world: Path, changed: Path, undisturbed: tuple[dict[str, str], dict[str, str]]
) -> None:
    made, drawn = fresh(world), random.Random(20261101)
    for moment in FIRST:
        killed_after(made, moment, drawn.uniform(0, 0.6) if moment else 2.5)
    made.refresh()
    assert made.digests() == undisturbed[0]
    assert made.leftovers() == []
    made.inbox = changed
    for moment in LATER:
        killed_after(made, moment, drawn.uniform(0, 0.6))
    made.refresh()
    assert made.digests() == undisturbed[1]
    assert made.leftovers() == []


def test_a_run_survives_the_loss_of_its_server(
    open_folder: Path, world: Path, undisturbed: tuple[dict[str, str], dict[str, str]]
) -> None:
    made = Installation(open_folder / "home", inbox=world)
    try:
        with made.begin("run", "--json", "--as-of", AS_OF) as process:
            server = EmbeddedServer(made.home)
            while not list((made.home / "lake" / "screen").glob("*/current.json")):
                assert process.poll() is None
                time.sleep(0.05)
            _kill_postmaster(server)
            out, err = process.communicate(timeout=300)
        assert process.returncode in (0, 1, 2)
        assert "Traceback" not in out + err
        made.refresh()
        assert made.digests() == undisturbed[0]
        _kill_postmaster(server)
        made.refresh()
        assert made.digests() == undisturbed[0]
        assert made.leftovers() == []
    finally:
        made.stop()


def _kill_postmaster(server: EmbeddedServer) -> None:
    os.kill(int((server.data / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)
