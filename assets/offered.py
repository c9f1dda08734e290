"""What an inbox offers: which of its folders are sources, and which are none. Reads names of folders only."""

from __future__ import annotations

from pathlib import Path

from pipelines.sources.registry import sources
from resources.settings import BadSettings


def offered(inbox: Path) -> tuple[list[str], list[str]]:
    """The folders of an inbox that are named like a source, and those that are not, each sorted.

    Raises:
        BadSettings: None is named like a source.
    """
    folders = sorted(one.name for one in inbox.iterdir() if one.is_dir() and not one.name.startswith("."))
    known = [name for name in folders if name in sources()]
    if not known:
        raise BadSettings([f"{inbox} holds no folder named like a source: see `contacts sources`"])
    return known, [name for name in folders if name not in sources()]


def left_alone(unknown: list[str]) -> str:
    """The sentence that warns of folders which nothing reads; empty when there are none."""
    return f"no source, so not read: {', '.join(unknown)} (see `contacts sources`)" if unknown else ""
