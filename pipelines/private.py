"""The opaque wrapper of what must never be printed: addresses with passwords, keys, what people ask to be forgotten.

What belongs here: the wrapper alone. Whoever needs the value says so, by `reveal`, at the place where it is used.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, NoReturn, SupportsIndex, TypeVar

Value = TypeVar("Value")

SHOWN = "<private>"
"""All that is ever seen of a private value."""


class Private(Generic[Value]):
    """A value that shows itself to nobody: no text, no copy in a file, no part of it, no order.

    Two may be compared for equality. Everything else that would let the value out is refused, or gives `SHOWN`.

    Args:
        value: What is kept.
    """

    __slots__ = ("_kept",)
    __iter__ = None

    def __init__(self, value: Value) -> None:
        # in a function, for a debugger or a report of a crash prints what the slots hold
        self._kept: Callable[[], Value] = lambda: value

    def reveal(self) -> Value:
        """The value, for the one call that needs it."""
        return self._kept()

    def __repr__(self) -> str:
        return SHOWN

    def __format__(self, spec: str) -> str:
        return format(SHOWN, spec)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Private) and bool(self.reveal() == other.reveal())

    def __hash__(self) -> int:
        return hash((Private, self.reveal()))

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        """Is neither pickled nor copied.

        Raises:
            TypeError: Always.
        """
        raise TypeError("a private value is not written anywhere: reveal it where it is used")
