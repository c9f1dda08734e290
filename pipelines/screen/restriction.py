"""The objections that a source carries: the one rule by which a flag of a source binds us.

What belongs here: reading the table of flags (`rules/restrictions.yml`). What does not: where in a record a flag
stands, which its parser knows, and what follows, which is the gate's (`screening.py`).
"""

from __future__ import annotations

from pipelines.reasons import Refusal
from pipelines.screen.rules import rules


def objection(source: str, flag: str, said: str) -> str:
    """`source_restriction` when the flag says that the record may not be passed on, else the empty string.

    Args:
        source: Id of the source.
        flag: Name of the field that carries the objection.
        said: What the field says; blank says nothing.

    Raises:
        KeyError: The table does not know the flag: it is added there before a parser reads it.
    """
    rule, folded = rules("restrictions")[source][flag], said.strip().casefold()
    bound = folded and (
        rule.get("any") or folded in rule.get("values", ()) or folded.startswith(tuple(rule.get("begins", ())))
    )
    return Refusal.SOURCE_RESTRICTION if bound else ""


def flags() -> dict[str, tuple[str, ...]]:
    """The names of every source's flags, by its id."""
    return {source: tuple(named) for source, named in rules("restrictions").items()}
