"""Law 2: a source is its declaration; what it does not know, it refuses to load."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.sources.registry import FOLDER, BadDeclaration, load, parser, sources

IDS = sorted(file.parent.name for file in FOLDER.glob("*/source.yml"))
every = pytest.mark.parametrize("source", IDS)


def declared(source: str) -> dict[str, Any]:
    found = yaml.safe_load((FOLDER / source / "source.yml").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def written(folder: Path, source: str, declaration: object) -> Path:
    file = folder / source / "source.yml"
    file.parent.mkdir()
    file.write_text(yaml.safe_dump(declaration), "utf-8")
    return file


@every
def test_every_declaration_loads_and_every_feed_has_its_parser(source: str) -> None:
    found = sources()[source]
    assert found.id == source
    for feed in found.feeds:
        assert callable(parser(source, feed))


def test_no_folder_is_left_without_a_declaration() -> None:
    folders = {file.parent.name for file in FOLDER.glob("*/parse.py")}
    assert folders == set(IDS)


@every
@pytest.mark.parametrize("place", ["source", "feed", "format"])
def test_an_unknown_key_is_refused_by_file_and_key(tmp_path: Path, source: str, place: str) -> None:
    declaration = declared(source)
    feed = next(iter(declaration["feeds"].values()))
    {"source": declaration, "feed": feed, "format": feed["format"]}[place]["colour"] = "blue"
    with pytest.raises(BadDeclaration, match=rf"^{source}/source\.yml: .*colour") as refusal:
        load(written(tmp_path, source, declaration))
    assert "blue" not in str(refusal.value)


@every
def test_a_missing_key_a_foreign_id_and_no_yaml_are_refused(tmp_path: Path, source: str) -> None:
    declaration = declared(source)
    del declaration["licence"]
    with pytest.raises(BadDeclaration, match=rf"{source}/source\.yml: licence"):
        load(written(tmp_path, source, declaration))
    with pytest.raises(BadDeclaration, match="the folder is not"):
        load(written(tmp_path, "another", declared(source)))
    broken = tmp_path / "broken" / "source.yml"
    broken.parent.mkdir()
    broken.write_text("id: [", "utf-8")
    with pytest.raises(BadDeclaration, match=r"broken/source\.yml"):
        load(broken)


def test_a_field_named_twice_or_refused_for_no_known_reason_is_refused(tmp_path: Path) -> None:
    twice, unknown = declared(IDS[0]), declared(IDS[0])
    feed = next(iter(twice["feeds"].values()))
    feed["ignored"] = [*feed.get("ignored", []), feed["taken"][0]]
    with pytest.raises(BadDeclaration, match="named twice"):
        load(written(tmp_path, IDS[0], twice))
    next(iter(unknown["feeds"].values()))["refused"] = {"a_field": "no_such_category"}
    (tmp_path / "more").mkdir()
    with pytest.raises(BadDeclaration, match="no such category of refusal: no_such_category"):
        load(written(tmp_path / "more", IDS[0], unknown))


@every
def test_nothing_private_is_taken(source: str) -> None:
    """A field whose own name says that it is private is refused or ignored, never taken."""
    private = ("birth", "gender", "nationalit", "passport", "marital", "home_phone", "salary")
    for feed in sources()[source].feeds.values():
        for path in (*feed.taken, *feed.optional):
            assert not any(word in path.lower() for word in private), path
