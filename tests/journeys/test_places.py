"""Where the command may run: as root, as an ordinary user, from a path with a space, on a server of one's own."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from tests.journeys.command import Installation
from tests.journeys.conftest import CHECKOUT, NewInstallation

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.xdist_group("places")]

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


def test_from_a_path_with_a_space_with_the_default_home(copied: Path, world: Path, fresh: NewInstallation) -> None:
    usual = fresh(world)
    usual.refresh()
    made = Installation(copied / ".contacts", inbox=world, checkout=copied, more={"CONTACTS_HOME": ""})
    try:
        made.refresh()
        assert made.digests() == usual.digests()
        assert (copied / ".contacts" / "lake").is_dir()
    finally:
        made.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can run the command as somebody else")
def test_as_an_ordinary_user(copied: Path, open_folder: Path, world: Path, fresh: NewInstallation) -> None:
    usual = fresh(world)
    usual.refresh()
    theirs = open_folder / "theirs"
    theirs.mkdir()
    os.chown(theirs, NOBODY, NOBODY)
    made = Installation(
        theirs / "home", inbox=world, checkout=copied, user=NOBODY, more={"HOME": str(theirs), "TMPDIR": str(theirs)}
    )
    try:
        made.refresh()
        url = made("url")
        assert url.code == 0, url.err
        other = Installation(theirs / "home", database_url=url.out.strip())
        assert other.digests() == usual.digests()
        other.stop()
        assert {path.stat().st_uid for path in theirs.rglob("*") if path.exists()} == {NOBODY}
    finally:
        assert made("stop").code == 0
