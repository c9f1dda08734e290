"""A scaffolded source works as it is: its test passes, its style is the house's, and it overwrites nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assets.scaffold import ROOT, scaffold
from pipelines.sources.registry import BadDeclaration, load


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What of the checkout a source and its test need."""
    unwanted = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "pipelines", tmp_path / "pipelines", ignore=unwanted)
    (tmp_path / "tests" / "sources").mkdir(parents=True)
    for file in ("pyproject.toml", "tests/__init__.py", "tests/sources/__init__.py"):
        shutil.copyfile(ROOT / file, tmp_path / file)
    return tmp_path


def ran(checkout: Path, *command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=checkout, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["moon_banks", "no"])
def test_the_made_test_passes_and_fails_when_the_parser_is_wrong(checkout: Path, name: str) -> None:
    made = scaffold(name, checkout)
    assert all(file.is_file() for file in made)
    declared = load(checkout / "pipelines" / "sources" / name / "source.yml")
    assert declared.id == name
    test = f"tests/sources/{name}"
    ran(checkout, "pytest", "-q", "-p", "no:cacheprovider", test)
    parser = checkout / "pipelines" / "sources" / name / "parse.py"
    parser.write_text(parser.read_text("utf-8").replace('"legal"', '"former"').replace('"website"', '"town"'), "utf-8")
    with pytest.raises(AssertionError, match="failed"):
        ran(checkout, "pytest", "-q", "-p", "no:cacheprovider", test)


def test_the_made_files_are_in_the_style_of_the_house(checkout: Path) -> None:
    python = [str(file) for file in scaffold("moon_banks", checkout) if file.suffix == ".py"]
    ran(checkout, "ruff", "check", "--no-cache", *python)
    ran(checkout, "ruff", "format", "--no-cache", "--check", *python)
    ran(checkout, "mypy", "--strict", "--cache-dir", str(checkout / "cache"), "--follow-imports", "silent", *python)


@pytest.mark.parametrize("name", ["", "Moon", "1moon", "moon-banks", "moon banks", "../moon", "moon\n", "möon"])
def test_what_cannot_be_an_id_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadDeclaration, match="an id is a small letter"):
        scaffold(name, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("taken", ["pipelines/sources/moon", "tests/sources/moon", "pipelines/sources/moon.py"])
def test_what_exists_is_not_overwritten(tmp_path: Path, taken: str) -> None:
    (tmp_path / taken).mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(BadDeclaration, match="exists already"):
        scaffold("moon", tmp_path)
    assert sorted(tmp_path.rglob("*")) == before


def test_the_names_of_modules_beside_the_sources_are_taken() -> None:
    for name in ("declaration", "registry", "fdic"):
        with pytest.raises(BadDeclaration, match="exists already"):
            scaffold(name)
