"""Where the command may run: as root, as an ordinary user, from a path with a space."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from tests.journeys.command import Installation, python_for_all
from tests.journeys.conftest import CHECKOUT

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.xdist_group("usual")]

NOBODY = 65534
NOT_COPIED = shutil.ignore_patterns(".*", "__pycache__", "tests", "bench", "docs", "*.egg-info", "samples")


@pytest.fixture
def copied(open_folder: Path) -> Path:
    """The code in a folder with a space in its name, which every account can read."""
    there = open_folder / "a checkout with a space"
    for part in ("assets", "resources", "pipelines"):
        shutil.copytree(CHECKOUT / part, there / part, ignore=NOT_COPIED)
    shutil.copy(CHECKOUT / "dagster.yaml", there)
    for path in (there, *there.rglob("*")):
        path.chmod(stat.S_IMODE(path.stat().st_mode) | (0o755 if path.is_dir() else 0o644))
    return there


def test_from_a_path_with_a_space_with_the_default_home(
    copied: Path, world: Path, usual_digests: dict[str, str]
) -> None:
    made = Installation(copied / ".contacts", world, checkout=copied, more={"CONTACTS_HOME": ""})
    there = Installation(copied / ".contacts")
    try:
        made.refresh()
        assert there.digests() == usual_digests
        assert there.leftovers() == []
    finally:
        there.stop()


@pytest.mark.skipif(
    not python_for_all(), reason="only root can, and only where every account can reach the interpreter"
)
def test_as_an_ordinary_user(copied: Path, open_folder: Path, world: Path, usual_digests: dict[str, str]) -> None:
    theirs = open_folder / "theirs"
    theirs.mkdir()
    os.chown(theirs, NOBODY, NOBODY)
    own = {"HOME": str(theirs), "TMPDIR": str(theirs)}
    made = Installation(theirs / "home", world, checkout=copied, user=NOBODY, python=python_for_all(), more=own)
    try:
        made.refresh()
        url = made("url")
        assert url.code == 0, url.err
        other = Installation(theirs / "home", database_url=url.out.strip())
        assert other.digests() == usual_digests
        other.stop()
        assert {path.stat().st_uid for path in theirs.rglob("*") if path.exists()} == {NOBODY}
    finally:
        assert made("stop").code == 0
