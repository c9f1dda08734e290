"""Declarations: what makes a source.yml load, and every way in which it does not."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.card import Card
from pipelines.sources import registry
from pipelines.sources.declaration import Source
from pipelines.sources.registry import BadDeclaration, load, parser, sources

SOUND: dict[str, Any] = {
    "id": "sample", "title": "Sample", "publisher": "Sample", "url": "https://sample.example", "licence": "none",
    "family": "sample", "group": "registers", "cadence": "daily", "trust": 0.9,
    "lawful_basis": "An invented source.", "access": "An invented source.",
    "feeds": {"firms": {"files": ["*.csv"], "format": {"kind": "csv"}, "taken": ["id", "name"],
                        "optional": ["site"], "refused": {"born": "birth"}, "ignored": ["x/**"]}},
    "known_files": [{"files": ["readme*"], "why": "It holds no record."}],
}  # fmt: skip


def write(folder: Path, declared: object) -> Path:
    home = folder / "sample"
    home.mkdir(exist_ok=True)
    (home / "source.yml").write_text(declared if isinstance(declared, str) else yaml.safe_dump(declared))
    return home / "source.yml"


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    declared = copy.deepcopy(SOUND)
    change(declared)
    return declared


def feed(**changes: Any) -> dict[str, Any]:
    return changed(lambda declared: declared["feeds"]["firms"].update(changes))


def test_a_sound_declaration_loads(tmp_path: Path) -> None:
    source = load(write(tmp_path, SOUND))
    assert (source.id, source.feeds["firms"].taken) == ("sample", ["id", "name"])
    assert source.feeds["firms"].confirms == "record"


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        (changed(lambda d: d.update(colour="red")), "colour: Extra inputs are not permitted"),
        (changed(lambda d: d.pop("licence")), "licence: Field required"),
        (feed(columns=3), "feeds.firms.columns: Extra inputs"),
        (feed(format={"kind": "excel"}), "feeds.firms.format"),
        (feed(format={"kind": "csv", "sheet": 1}), "feeds.firms.format.csv.sheet: Extra inputs"),
        (feed(ignored=["name"]), "named twice: name"),
        (feed(taken=["id", "id", "born"]), "named twice: born, id"),
        (feed(refused={"born": "secret", "died": "other"}), "no such category of refusal: other, secret"),
        (feed(taken=[]), "feeds.firms.taken"),
        (feed(taken=["id", ""]), "feeds.firms.taken.1"),
        (feed(sniff="("), "feeds.firms"),
        (feed(confirms="always"), "feeds.firms.confirms"),
        (changed(lambda d: d.update(feeds={})), "feeds: "),
        (changed(lambda d: d.update(trust=1.0)), "trust: "),
        (changed(lambda d: d.update(group="gossip")), "group: "),
        (changed(lambda d: d.update(lawful_basis="because")), "lawful_basis: "),
        (changed(lambda d: d.update(id="Sample Source")), "id: "),
        (changed(lambda d: d.update(id="other")), "id is 'other', the folder is not"),
        ("id: [sample", "sample/source.yml: "),
        ("just words", "sample/source.yml: "),
        ("", "sample/source.yml: "),
    ],
)
def test_what_is_wrong_is_named_with_the_file(tmp_path: Path, declared: object, said: str) -> None:
    with pytest.raises(BadDeclaration) as bad:
        load(write(tmp_path, declared))
    assert str(bad.value).startswith("sample/source.yml: ")
    assert said in str(bad.value)
    assert "\n" not in str(bad.value)


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadDeclaration, match=r"group: .*; trust: .*; colour: "):
        load(write(tmp_path, changed(lambda d: d.update(group="gossip", trust=2, colour="red"))))


def test_a_wrong_declaration_among_many_stops_the_registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "FOLDER", tmp_path)
    write(tmp_path, changed(lambda d: d.update(colour="red")))
    sources.cache_clear()
    try:
        with pytest.raises(BadDeclaration, match="colour"):
            sources()
    finally:
        sources.cache_clear()


def test_a_feed_without_a_parser_is_told() -> None:
    with pytest.raises(BadDeclaration, match=r"^fdic/parse\.py: no function tellers\(\) for the feed of that name$"):
        parser("fdic", "tellers")


def test_a_source_without_parse_py_is_told() -> None:
    with pytest.raises(BadDeclaration, match=r"^nowhere/parse\.py: "):
        parser("nowhere", "firms")


def test_every_declared_feed_has_a_parser() -> None:
    assert list(sources()) == sorted(sources())
    for source in sources().values():
        for name in source.feeds:
            assert callable(parser(source.id, name))


def test_an_imported_name_is_no_parser() -> None:
    with pytest.raises(BadDeclaration):
        parser("fdic", Card.__name__)


def source(**changes: Any) -> Source:
    return Source.model_validate(SOUND | changes)


def test_a_feed_is_told_by_name_and_beginning() -> None:
    xml = {"files": ["*.xml"], "format": {"kind": "xml"}, "taken": ["a"]}
    several = source(feeds={"one": xml | {"sniff": "<one[ >]"}, "two": xml | {"sniff": "<two[ >]"}, "any": xml})
    assert several.feed_of("A.XML", "<one >") == "one"
    assert several.feed_of("a.xml", "<two>") == "two"
    assert several.feed_of("a.xml", "<three>") == "any"
    assert several.feed_of("a.csv", "<one>") is None


def test_data_files_and_known_ones_are_told_by_name() -> None:
    page = {"files": ["*.html"], "format": {"kind": "html"}, "taken": ["a"]}
    one = source(feeds=SOUND["feeds"] | {"pages": page},
                 known_files=[{"files": ["readme*"], "sniff": "^Hello", "why": "It holds no record."}])  # fmt: skip
    assert one.bears("FIRMS.CSV")
    assert not one.bears("index.html")
    assert not one.bears("readme.txt")
    assert one.knows("README.txt", "Hello there")
    assert not one.knows("README.txt", "Good bye")
    assert not one.knows("other.txt", "Hello there")
