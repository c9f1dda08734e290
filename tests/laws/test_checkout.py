"""What is checked in: no path of a machine, no mirror's host, no secret, and a lock that pins every byte."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.laws.code import CHECKOUT, tracked

LOCK = (CHECKOUT / "requirements.lock").read_text("utf-8")
TEXTS = [file for file in tracked() if file.suffix not in {".parquet", ".zip", ".gz", ".png", ".xlsx"}]


def matching(pattern: str, *, but: tuple[str, ...] = ()) -> list[str]:
    found = []
    for file in TEXTS:
        path = file.relative_to(CHECKOUT).as_posix()
        if path in but:
            continue
        for number, line in enumerate(file.read_text("utf-8", errors="replace").splitlines(), start=1):
            if re.search(pattern, line):
                found.append(f"{path}:{number}")
    return found


HERE = "tests/laws/test_checkout.py"


def test_no_path_of_a_machine() -> None:
    here = "|".join(re.escape(str(path)) for path in (CHECKOUT, CHECKOUT.parent / "shared"))
    assert matching(rf"({here})(?![a-z])|/home/[a-z]+/|/Users/[A-Za-z]+/|C:\\\\Users", but=(HERE,)) == []


def test_no_host_of_a_package_mirror() -> None:
    hosts = (
        r"index-url\s*[= ]\s*https?:|extra-index-url|artifactory|pypi-mirror|mirror[s.]?[a-z.]*/(pypi|simple)|/simple/"
    )
    assert matching(hosts, but=(HERE,)) == []


def test_no_key_or_password() -> None:
    secrets = r"-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|ghp_[A-Za-z0-9]{36}|xox[bp]-"
    assert matching(secrets, but=(HERE,)) == []


def test_nothing_unfinished_is_marked() -> None:
    assert matching(r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError", but=(HERE,)) == []


def pinned() -> dict[str, tuple[str, list[str]]]:
    """Name → version and hashes."""
    found: dict[str, tuple[str, list[str]]] = {}
    for block in re.split(r"\n(?=[a-zA-Z0-9])", LOCK):
        head = re.match(r"([A-Za-z0-9_.\-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", block)
        if head:
            found[canonicalize_name(head[1])] = head[2], re.findall(r"--hash=sha256:([0-9a-f]{64})\b", block)
    return found


def test_the_lock_names_no_host() -> None:
    assert not re.search(r"https?://|file:|@\s*git|--(extra-)?index-url|--find-links|--trusted-host", LOCK)


def test_every_requirement_of_the_lock_is_pinned_by_hash() -> None:
    packages = pinned()
    starts = [line for line in LOCK.splitlines() if re.match(r"[A-Za-z0-9]", line)]
    assert len(packages) == len({canonicalize_name(re.split(r"[=\[ ;]", line)[0]) for line in starts})
    assert [name for name, (_, hashes) in packages.items() if not hashes] == []


PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))
ASKED = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]


@pytest.mark.parametrize("asked", ASKED)
def test_the_lock_satisfies_the_project(asked: str) -> None:
    requirement = Requirement(asked)
    version, _ = pinned()[canonicalize_name(requirement.name)]
    assert requirement.specifier.contains(version, prereleases=True)


def test_the_licence_of_the_project_is_there() -> None:
    assert "Apache License" in (CHECKOUT / "LICENSE").read_text("utf-8")


def test_the_workspace_and_the_instance_name_what_exists() -> None:
    workspace = (CHECKOUT / "workspace.yaml").read_text("utf-8")
    assert "assets.definitions" in workspace
    assert Path(CHECKOUT / "dagster.yaml").is_file()
