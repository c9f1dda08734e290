"""The retention policy: durations by class of data, as data with a model that refuses what it does not know."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

FILE = Path(__file__).with_name("policy.yml")


class Archive(BaseModel):
    """What happens to a row that is taken out of use and must be kept for a reason."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: Literal["legal_obligation", "dispute", "enforcement"]
    months: int = Field(gt=0)


class Rule(BaseModel):
    """How long one class of data is kept.

    Attributes:
        what: What the class holds, in one sentence.
        active_months: Months in use after the last confirmation; None: as long as a source holds it.
        archive: What follows; None: nothing is kept.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    what: str
    active_months: int | None = Field(gt=0)
    archive: Archive | None


class Policy(BaseModel):
    """All rules by class."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    classes: dict[str, Rule]

    def months(self, name: str) -> int:
        """The active duration of a class that has one.

        Raises:
            KeyError: There is no such class, or it has no duration.
        """
        months = self.classes[name].active_months
        if months is None:
            raise KeyError(f"{name} has no duration")
        return months


@cache
def policy() -> Policy:
    """The policy in policy.yml."""
    return Policy.model_validate(yaml.safe_load(FILE.read_text("utf-8")))
