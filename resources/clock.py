"""The time that everything is judged by: the wall clock, or the one moment that a run was told to stand at.

What belongs here: telling the time. What does not: arithmetic on dates, which is the rules' own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock in UTC.

    Attributes:
        fixed: An aware moment at which the clock stands still; None follows the wall clock.

    Raises:
        ValueError: `fixed` has no time zone.
    """

    fixed: datetime | None = None

    def __post_init__(self) -> None:
        if self.fixed is not None and self.fixed.utcoffset() is None:
            raise ValueError("a clock needs a moment with a time zone")

    def now(self) -> datetime:
        """The moment, aware, in UTC, whole seconds."""
        moment = self.fixed if self.fixed is not None else datetime.now(UTC)
        return moment.astimezone(UTC).replace(microsecond=0)

    def today(self) -> date:
        """The day of `now()` in UTC."""
        return self.now().date()
