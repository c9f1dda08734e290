"""The truth beside an invented inbox: who exists, which card is about whom, and what must never come through.

Three files of JSON lines, written as streams into a folder beside the inbox (which holds one folder a source only):

* `entities.jsonl`: firms, and people once for each firm where they work or worked (`id` and `employer` together are
  unique), with their right business values; a sole trader's address is a home and is left out;
* `mentions.jsonl`: `source`, `key`, `kind`, `entity` of each card that the source's parser makes;
* `planted.jsonl`: `source`, `reason`, `value` of each private value that stands in a file.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.world.model import Firm, Human, Mention, Planted

PRIVATE = frozenset({"birth_date", "home", "mobile", "free_mail"})
"""What the truth does not say of people, for no table may ever hold it."""

SENSITIVE_INDUSTRIES = frozenset({"94910", "94920", "94200"})
FILES = ("entities.jsonl", "mentions.jsonl", "planted.jsonl")


def folder_of(inbox: Path) -> Path:
    """Where the truth of an inbox is: `<inbox>.truth`, beside it."""
    return inbox.with_name(f"{inbox.name}.truth")


class Truth:
    """Writes the three files; a context manager that closes them.

    Args:
        folder: Where; it is made.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._entities, self._mentions, self._planted = ((folder / name).open("w", encoding="utf-8") for name in FILES)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for stream in (self._entities, self._mentions, self._planted):
            stream.close()

    def firm(self, firm: Firm) -> None:
        """Writes a firm and its people."""
        self._entities.write(_line(_firm(firm)))
        for human in firm.people:
            self._entities.write(_line(_human(human, firm)))

    def told(self, found: Mention | Planted) -> None:
        """Writes what a writer tells of its files."""
        stream = self._mentions if isinstance(found, Mention) else self._planted
        stream.write(_line(dataclasses.asdict(found)))


def _line(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n"


def _firm(firm: Firm) -> dict[str, Any]:
    values = dataclasses.asdict(firm)
    del values["people"]
    place = None if firm.party == "sole_trader" else values["place"]
    return {"kind": "company", **values, "place": place, "sensitive": firm.industry in SENSITIVE_INDUSTRIES}


def _human(human: Human, firm: Firm) -> dict[str, Any]:
    values = {name: value for name, value in dataclasses.asdict(human).items() if name not in PRIVATE}
    return {"kind": "person", "employer": firm.id, **values}
