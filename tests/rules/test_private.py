"""The opaque wrapper: every way by which a value leaks refuses, or shows that there is one and nothing more."""

from __future__ import annotations

import copy
import dataclasses
import io
import json
import logging
import marshal
import operator
import pickle
import pprint
import string
import traceback
from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import pytest
import yaml
from rich.console import Console
from rich.traceback import Traceback

from pipelines.private import SHOWN, Private

SECRET = "zqprivatexxx"
PRIVATE = Private(SECRET)


@dataclasses.dataclass(frozen=True)
class Holder:
    kept: Private[str]


def logged(*arguments: object, **extra: object) -> str:
    stream = io.StringIO()
    logger = logging.Logger("apart")  # noqa: LOG001 - known to nobody else
    logger.addHandler(logging.StreamHandler(stream))
    logger.error(*arguments, extra=extra or None)
    return stream.getvalue()


def fail(private: Private[str]) -> None:
    raise ValueError("failed with", private)


def with_locals() -> str:
    try:
        fail(PRIVATE)
    except ValueError as error:
        return "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    return ""


def in_rich_traceback() -> str:
    stream = io.StringIO()
    try:
        fail(PRIVATE)
    except ValueError as error:
        shown = Traceback.from_exception(type(error), error, error.__traceback__, show_locals=True)
        Console(file=stream, width=200).print(shown)
    return stream.getvalue()


ORDERS: tuple[Any, ...] = (operator.lt, operator.le, operator.gt, operator.ge)
SHOWS: dict[str, Callable[[], str]] = {
    "str": lambda: str(PRIVATE),
    "repr": lambda: repr(PRIVATE),
    "%s": lambda: "%s" % PRIVATE,  # noqa: UP031 - one of the ways
    "%r": lambda: "%r" % PRIVATE,  # noqa: UP031 - as above
    "f-string": lambda: f"{PRIVATE}",
    "f-string with width": lambda: f"{PRIVATE:>30}",
    "f-string with !r": lambda: f"{PRIVATE!r}",
    "f-string with =": lambda: f"{PRIVATE=}",
    "format": lambda: "{0} {0!s}".format(PRIVATE),  # noqa: UP032 - one of the ways
    "template": lambda: string.Template("$it").substitute(it=PRIVATE),
    "in a list": lambda: str([PRIVATE]),
    "in a dict": lambda: repr({"password": PRIVATE}),
    "in a dataclass": lambda: repr(Holder(PRIVATE)),
    "pretty": lambda: pprint.pformat(PRIVATE),
    "json with str": lambda: json.dumps({"it": PRIVATE}, default=str),
    "logging": lambda: logged("got %s", PRIVATE),
    "logging itself": lambda: logged(PRIVATE),
    "exception": lambda: str(ValueError(PRIVATE)),
    "traceback with locals": with_locals,
    "rich traceback with locals": in_rich_traceback,
    "print": lambda: print_to(PRIVATE),
    "frame": lambda: pd.DataFrame({"it": [PRIVATE]}).to_string(),
    "csv": lambda: pd.DataFrame({"it": [PRIVATE]}).to_csv(),
}
REFUSES: dict[str, Callable[[], Any]] = {
    "join": lambda: ", ".join([PRIVATE]),  # type: ignore[list-item]  # noqa: FLY002 - one of the ways
    "concatenation": lambda: "x" + PRIVATE,  # type: ignore[operator]
    "concatenation behind": lambda: PRIVATE + "x",  # type: ignore[operator]
    "%d": lambda: "%d" % PRIVATE,  # type: ignore[str-format]  # noqa: UP031 - one of the ways
    "json": lambda: json.dumps(PRIVATE),
    "json in a dict": lambda: json.dumps({"it": PRIVATE}),
    "yaml": lambda: yaml.safe_dump({"it": PRIVATE}),
    "yaml of any object": lambda: yaml.dump(PRIVATE),
    "marshal": lambda: marshal.dumps(PRIVATE),  # type: ignore[arg-type]
    "copy": lambda: copy.copy(PRIVATE),
    "deep copy": lambda: copy.deepcopy(Holder(PRIVATE)),
    "as a dict": lambda: dataclasses.asdict(Holder(PRIVATE)),
    "vars": lambda: vars(PRIVATE),
    "iteration": lambda: list(PRIVATE),  # type: ignore[call-overload]
    "unpacking": lambda: (*PRIVATE,),  # type: ignore[misc]
    "length": lambda: len(PRIVATE),  # type: ignore[arg-type]
    "part": lambda: PRIVATE[0],  # type: ignore[index]
    "membership": lambda: "z" in PRIVATE,  # type: ignore[operator]
    "bytes": lambda: bytes(PRIVATE),  # type: ignore[call-overload]
    "encoding": lambda: bytes(PRIVATE.encode()),  # type: ignore[attr-defined]
    "number": lambda: int(PRIVATE),  # type: ignore[call-overload]
    "path": lambda: open(PRIVATE),  # type: ignore[call-overload]  # noqa: PTH123, SIM115 - one of the ways
    "parquet": lambda: pd.DataFrame({"it": [PRIVATE]}).to_parquet(io.BytesIO()),
    **{f"pickle {protocol}": partial(pickle.dumps, PRIVATE, protocol) for protocol in range(6)},
    **{f"order {sign.__name__}": partial(sign, PRIVATE, Private("a")) for sign in ORDERS},
}


def print_to(value: object) -> str:
    stream = io.StringIO()
    print(value, file=stream)
    return stream.getvalue()


@pytest.mark.parametrize("way", SHOWS)
def test_what_is_shown_is_that_there_is_something(way: str) -> None:
    shown = SHOWS[way]()
    assert SHOWN in shown
    assert SECRET not in shown


@pytest.mark.parametrize("way", REFUSES)
def test_what_would_let_it_out_is_refused_in_words_without_it(way: str) -> None:
    with pytest.raises((TypeError, ValueError, AttributeError, yaml.YAMLError, OSError, ArithmeticError)) as refused:
        REFUSES[way]()
    assert SECRET not in f"{refused.value!r} {refused.value.__cause__!r} {refused.value.__context__!r}"


def test_it_is_revealed_on_purpose_only() -> None:
    assert PRIVATE.reveal() == SECRET
    assert Private(SECRET) == PRIVATE
    assert hash(PRIVATE) == hash(Private(SECRET))
    assert Private("other") != PRIVATE
    assert PRIVATE != SECRET
    assert sum(each == PRIVATE for each in ("zqprivatexxx", b"zqprivatexxx", None)) == 0
