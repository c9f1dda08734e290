"""What a check of one raw value comes to: the normal values found in it, and the verdict on each and on the whole."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Verdict on a value; `unknown` says that there is not enough to judge, which is not a fault of the value."""

    VALID = "valid"
    UNKNOWN = "unknown"
    RISKY = "risky"
    INVALID = "invalid"


_ORDER = tuple(Status)


@dataclass(frozen=True, slots=True)
class Found:
    """One normal value that a raw value holds.

    Attributes:
        value: The normal form; empty when there is none.
        status: The verdict.
        reasons: Codes of `reasons.Finding`.
        details: What was read off the value, by column name.
    """

    value: str = ""
    status: Status = Status.VALID
    reasons: tuple[str, ...] = ()
    details: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def plus(self, *reasons: str, status: Status = Status.VALID) -> Found:
        """The same value with further findings and, if it is worse, another verdict."""
        codes = tuple(dict.fromkeys((*self.reasons, *(str(reason) for reason in reasons))))
        return dataclasses.replace(self, reasons=codes, status=worst((self.status, status)))


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome for one raw value.

    Attributes:
        values: Normal forms: empty when there is none, longer than one where the raw value hid several.
        status: The worst verdict on a value that was kept; `invalid` or `unknown` when none was.
        reasons: Codes of `reasons.Finding`, each once.
        details: For each value what was read off it, by column name.
    """

    values: tuple[str, ...]
    status: Status
    reasons: tuple[str, ...]
    details: tuple[Mapping[str, str], ...]

    @property
    def value(self) -> str | None:
        """The first normal form, or None."""
        return next(iter(self.values), None)


def worst(statuses: Sequence[Status]) -> Status:
    """The worst of the verdicts: valid, unknown, risky, invalid in this order."""
    return max(statuses, key=_ORDER.index)


def refuse(*reasons: str) -> Found:
    """A value that is none."""
    return Found("", Status.INVALID, tuple(str(reason) for reason in reasons))


def unknown(*reasons: str) -> Found:
    """A value of which no normal form can be given for want of knowledge."""
    return Found("", Status.UNKNOWN, tuple(str(reason) for reason in reasons))


def settle(found: Sequence[Found]) -> list[Found]:
    """What is kept of the pieces of one raw value: each good value once, or else the first failure."""
    kept: dict[str, Found] = {}
    for one in found:
        if one.value:
            kept.setdefault(one.value, one)
    if kept:
        return list(kept.values())
    return [found[0]] if found else []


def gather(found: Sequence[Found]) -> Check:
    """Folds the settled pieces of one raw value into its check; `found` is never empty."""
    good = [one for one in found if one.value]
    return Check(
        values=tuple(one.value for one in good),
        status=worst([one.status for one in found]),
        reasons=tuple(dict.fromkeys(code for one in found for code in one.reasons)),
        details=tuple(one.details for one in good),
    )
