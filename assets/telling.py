"""What an asset may say of its failure: sentences of our own and names of code, never the words of another's error.

What belongs here: the one decorator that stands on every asset's function. Dagster stores what an exception says, and
what others' exceptions say quotes the value that they stumbled over.
"""

from __future__ import annotations

import functools
import inspect
import logging
import os
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import dagster as dg

from pipelines.faults import BadFile
from resources.errors import DatabaseFault
from resources.fetcher import FetchFault
from resources.lake import Missing
from resources.programs import ServerFault
from resources.settings import BadSettings

OURS = (BadFile, BadSettings, DatabaseFault, FetchFault, Missing, ServerFault)
"""Faults whose messages are written for people and carry no value of a record."""

ROOT = Path(__file__).resolve().parent.parent
REDACTING = "DAGSTER_REDACT_USER_CODE_ERRORS"

P = ParamSpec("P")
R = TypeVar("R")


def told(function: Callable[P, R]) -> Callable[P, R]:
    """Makes an asset's function fail with a `dagster.Failure` that carries a sentence and nothing of the original."""
    if inspect.isgeneratorfunction(function):

        @functools.wraps(function)
        def each(*arguments: P.args, **named: P.kwargs) -> Iterator[Any]:
            with plainly():
                yield from function(*arguments, **named)

        return cast("Callable[P, R]", each)

    @functools.wraps(function)
    def once(*arguments: P.args, **named: P.kwargs) -> R:
        with plainly():
            return function(*arguments, **named)

    return once


@contextmanager
def plainly() -> Iterator[None]:
    """Turns every error into a failure with a sentence.

    Raises:
        dagster.Failure: Something went wrong; of our own faults it says what they say, of others their class and the
            place in our code where it happened.
    """
    try:
        yield
    except (dg.Failure, dg.RetryRequested):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, its words must not be stored
        failure = dg.Failure(description=sentence(error), allow_retries=not isinstance(error, BadFile))
        try:
            raise failure from None
        except dg.Failure:
            # `from None` only hides the original; here it is let go
            failure.__context__ = None
            raise


def sentence(error: Exception) -> str:
    """What may be said of an error: the words of our own faults, of others the class and the place in our code."""
    if isinstance(error, OURS):
        return str(error)
    places = [frame for frame in traceback.extract_tb(error.__traceback__) if _is_ours(frame.filename)]
    where = f" in {Path(places[-1].filename).relative_to(ROOT)}, line {places[-1].lineno}" if places else ""
    return f"{type(error).__name__}{where}; what it says may quote a record, so it is not kept"


def _is_ours(file: str) -> bool:
    return Path(file).is_relative_to(ROOT) and Path(file) != Path(__file__) and ".venv" not in Path(file).parts


def redact() -> None:
    """Has Dagster keep no words of errors from outside our functions either, neither in its database nor on screen.

    Called where a process begins: by the commands, and by the definitions, which every code server and run worker
    loads first. Dagster reads the variable whenever it meets an error. One that is set otherwise (`0`, to look for a
    fault with invented data) is left as it is.
    """
    if not os.environ.get(REDACTING, "").strip():
        os.environ[REDACTING] = "1"
    logger = logging.getLogger("dagster.redacted_errors")
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
