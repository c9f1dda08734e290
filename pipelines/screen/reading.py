"""The pop-and-audit reader: every field of a record is taken, refused or ignored by name, or it is drift.

What belongs here: projecting a record to what its feed declares, and the helpers with which parsers look into the
projection. What does not: opening files (`formats/`), deciding on values (`business.py`, `sensitive.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pipelines.collect import limits
from pipelines.sources.declaration import Feed

Record = dict[str, Any]

TAKEN, IGNORED, DRIFT = "taken", "ignored", "drift"
_TEXT_KEYS = frozenset({"$", "#text"})
_LONG, _ODD, _MORE = "(long)", "(odd)", "(more)"
"""Stand for a name longer than any field's, for one that is more like a value than a name, and for all paths above
the bound of those that are told."""
_VALUE_LIKE = re.compile(r".@|\d{5}")


class Reader:
    """Projects the records of one feed, and counts what was refused and what nobody declared.

    What it remembers is bounded, whatever names a file makes up, and a name that looks like a value is not told.

    Attributes:
        refused: How often a declared-refused field carried something, by (path, category).
        drift: How often a field that the declaration does not name was met, by path.
    """

    def __init__(self, feed: Feed) -> None:
        self.refused: Counter[tuple[str, str]] = Counter()
        self.drift: Counter[str] = Counter()
        self._patterns: dict[str, str] = dict.fromkeys([*feed.taken, *feed.optional], TAKEN)
        self._patterns.update(dict.fromkeys(feed.ignored, IGNORED))
        self._patterns.update(feed.refused)
        self._decisions: dict[str, str] = {}
        self._children: dict[str, dict[str, tuple[str, str]]] = {}
        self._known = 0

    def project(self, record: Record) -> Record:
        """The part of the record that its feed declares as taken; nested as it was.

        Args:
            record: Objects, lists and scalars as the format reader gives them.
        """
        return self._object(record, "")

    def _object(self, node: Record, path: str) -> Record:
        kept: Record = {}
        children = self._children.setdefault(path, {})
        for name, value in node.items():
            # wide flat rows pass here millions of times: one look-up a cell, and no call for a text
            below, decision = children.get(name) or self._child(path, name)
            if not isinstance(value, str):
                projected = self._value(value, below)
                if projected is not None:
                    kept[name] = projected
            elif decision == TAKEN:
                kept[name] = value
            elif decision != IGNORED:
                self._count(value, below, decision)
        return kept

    def _child(self, path: str, name: str) -> tuple[str, str]:
        """The path of a name below `path`, and what is decided on a value there."""
        told = name if len(name) <= limits.NAME else _LONG
        below = path if name in _TEXT_KEYS else f"{path}/{told}" if path else told
        found = (below, self._decision(below))
        if len(name) <= limits.NAME:
            self._make_room()
            self._children.setdefault(path, {})[name] = found
        return found

    def _make_room(self) -> None:
        """Forgets all that was remembered once it is too much: what is declared is soon remembered again."""
        self._known += 1
        if self._known > limits.NAMES:
            self._known = 0
            self._children.clear()
            self._decisions.clear()

    def _value(self, value: Any, path: str) -> Any:  # noqa: ANN401 - JSON is of any type
        if isinstance(value, dict):
            return self._branch(value, path)
        if isinstance(value, list):
            items = [item for item in (self._value(each, path) for each in value) if item is not None]
            return items or None
        decision = self._decision(path)
        if decision == TAKEN:
            return value
        self._count(value, path, decision)
        return None

    def _count(self, value: Any, path: str, decision: str) -> None:  # noqa: ANN401 - JSON is of any type
        """Counts a value that is not taken."""
        if decision == DRIFT:
            told = _told(path)
            self.drift[told if told in self.drift or len(self.drift) < limits.PATHS else _MORE] += 1
        elif decision != IGNORED and not _blank(value):
            told = _told(path)
            room = (told, decision) in self.refused or len(self.refused) < limits.PATHS
            self.refused[told if room else _MORE, decision] += 1

    def _branch(self, value: Record, path: str) -> Record | None:
        if f"{path}/**" in self._patterns and self._patterns[f"{path}/**"] == IGNORED and not self._below(path):
            return None
        return self._object(value, path) or None

    def _below(self, path: str) -> bool:
        """Whether something below a wholly ignored branch is named all the same."""
        return any(other.startswith(f"{path}/") and other != f"{path}/**" for other in self._patterns)

    def _decision(self, path: str) -> str:
        known = self._decisions.get(path)
        if known is None:
            known = self._decisions[path] = self._decide(path)
        return known

    def _decide(self, path: str) -> str:
        """The decision of the most exact pattern: exact names beat `*`, longer ones beat shorter ones."""
        if path in self._patterns:
            return self._patterns[path]
        names = path.split("/")
        fitting = [pattern for pattern in self._patterns if "*" in pattern and _fits(names, pattern.split("/"))]
        if not fitting:
            return DRIFT
        return self._patterns[max(fitting, key=lambda one: (one.count("/"), -one.count("*"), len(one)))]


def _told(path: str) -> str:
    """The path as a ledger may tell it: names that no table holds, or that look like a value, are not repeated."""
    if len(path) > limits.PATH:
        return _LONG
    if path.isprintable() and not _VALUE_LIKE.search(path.replace("/@", "/")):
        return path
    return "/".join(_ODD if _VALUE_LIKE.search(name) or not name.isprintable() else name for name in path.split("/"))


def _fits(names: list[str], pattern: list[str]) -> bool:
    if pattern[-1] == "**":
        head = pattern[:-1]
        return len(names) >= len(head) and all(_names(p, n) for n, p in zip(names, head, strict=False))
    return len(names) == len(pattern) and all(_names(p, n) for n, p in zip(names, pattern, strict=True))


def _names(pattern: str, name: str) -> bool:
    """Whether the pattern of one name fits: `*` stands for any letters, everything else for itself."""
    if "*" not in pattern:
        return pattern == name
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), name) is not None


def _blank(value: Any) -> bool:  # noqa: ANN401 - JSON is of any type
    return value is None or value is False or (isinstance(value, str) and not value.strip())


def each(record: Any, path: str) -> Iterator[Any]:  # noqa: ANN401 - JSON is of any type
    """Every node at `path` (names with `/` between), lists passed through.

    Args:
        record: A projected record or a part of one.
        path: Where to look, relative to `record`.
    """
    nodes = [record]
    for name in path.split("/"):
        nodes = [below for node in nodes for below in _items(node.get(name) if isinstance(node, dict) else None)]
    yield from nodes


def _items(node: Any) -> Iterator[Any]:  # noqa: ANN401 - JSON is of any type
    if isinstance(node, list):
        for item in node:
            yield from _items(item)
    elif node is not None:
        yield node


def texts(record: Any, path: str) -> list[str]:  # noqa: ANN401 - JSON is of any type
    """Every text at `path`, stripped, blanks left out; numbers as text; an element with attributes by its text."""
    found = []
    for node in each(record, path):
        inner = next((node[key] for key in _TEXT_KEYS if key in node), None) if isinstance(node, dict) else node
        if inner is None or isinstance(inner, dict | list | bool):
            continue
        if stripped := str(inner).strip():
            found.append(stripped)
    return found


def text(record: Any, path: str) -> str:  # noqa: ANN401 - JSON is of any type
    """The first text at `path`, or the empty string."""
    flat = record.get(path) if isinstance(record, dict) else None
    if isinstance(flat, str):  # the cell of a wide row: the short way for what is asked most
        return flat.strip()
    return next(iter(texts(record, path)), "")
