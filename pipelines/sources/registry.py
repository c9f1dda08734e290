"""Finds and loads the declared sources and their parsers."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from pipelines.card import Card
from pipelines.sources.declaration import Source

FOLDER = Path(__file__).parent

Record = dict[str, Any]
Parser = Callable[[Record], Iterator[Card]]
"""A feed's parser: takes the projection of one record, yields its cards, raises `BadRecord` to set it aside."""


class BadDeclaration(Exception):  # noqa: N818 - the field's own word
    """A source.yml that does not load; the message names the file and everything that is wrong in it."""


def load(file: Path) -> Source:
    """Loads one declaration.

    Args:
        file: A source.yml in a folder of the source's id.

    Raises:
        BadDeclaration: The file is no YAML, has an unknown or missing key, or another id than its folder.
    """
    try:
        source = Source.model_validate(yaml.safe_load(file.read_text("utf-8")))
    except (yaml.YAMLError, ValidationError) as error:
        faults = (
            [f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors()]
            if isinstance(error, ValidationError)
            else [str(error).replace("\n", " ")]
        )
        raise BadDeclaration(f"{file.parent.name}/{file.name}: " + "; ".join(faults)) from None
    if source.id != file.parent.name:
        raise BadDeclaration(f"{file.parent.name}/{file.name}: id is {source.id!r}, the folder is not")
    return source


@cache
def sources() -> dict[str, Source]:
    """All declared sources by id, in alphabetical order.

    Raises:
        BadDeclaration: One of them does not load.
    """
    return {source.id: source for source in map(load, sorted(FOLDER.glob("*/source.yml")))}


def parser(source: str, feed: str) -> Parser:
    """The function named like the feed in the source's parse.py.

    Raises:
        BadDeclaration: There is no parse.py, or it has no such function of its own.
    """
    name = f"pipelines.sources.{source}.parse"
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or not name.startswith(error.name):
            raise
        raise BadDeclaration(f"{source}/parse.py: there is none") from None
    found: Parser | None = getattr(module, feed, None)
    if found is None or found.__module__ != name:
        raise BadDeclaration(f"{source}/parse.py: no function {feed}() for the feed of that name")
    return found
