"""The screening rules as data, one YAML file a subject, and their loading; no code that judges."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def rules(subject: str) -> dict[str, Any]:
    """The rules of a subject, as its YAML file holds them.

    Args:
        subject: Name of a file here without its ending (`mail`, `phones`, `titles`).
    """
    loaded: dict[str, Any] = yaml.safe_load((Path(__file__).parent / f"{subject}.yml").read_text("utf-8"))
    return loaded
