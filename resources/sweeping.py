"""Sweeping the spool: raw files that no living process is going to screen are removed, whatever kind of run comes next.

What belongs here: telling who lives, by locks that the operating system lets go when a process dies. What does not:
putting files into the spool (`spool.py`), and removing those that were screened (`screening.py`).
"""

from __future__ import annotations

import math
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from resources.clock import Clock
from resources.spool import sweep

PATIENCE = timedelta(hours=1)
"""How long raw files wait for their screening when a run that only collected has ended well."""


@contextmanager
def attended(folder: Path) -> Iterator[None]:
    """Sweeps a spool, and marks for as long as the block lasts that what is put there now is attended to.

    Args:
        folder: The spool's root; made with mode 0700.
    """
    sweep_left(folder)
    marks = _marks(folder)
    marks.mkdir(parents=True, exist_ok=True, mode=0o700)
    started, name = tempfile.mkstemp(prefix=f"{int(Clock().now().timestamp())}-", suffix=".lock", dir=marks)
    os.close(started)
    with FileLock(name, thread_local=False):
        try:
            yield
        finally:
            Path(name).unlink(missing_ok=True)


def sweep_left(folder: Path) -> int:
    """Removes the raw files that a process left which was killed, and those that wait too long.

    What a living process has put there since it began stays.

    Args:
        folder: The spool's root, which may not be there yet.

    Returns:
        Of how many sources there were any.
    """
    alive, died = [], False
    for mark in sorted(_marks(folder).glob("*.lock")):
        if _is_held(mark):
            alive.append(float(mark.name.partition("-")[0]))
        else:
            died = True
            mark.unlink(missing_ok=True)
    began = min(alive, default=math.inf)
    return sweep(folder, began if died else min(began, (Clock().now() - PATIENCE).timestamp()))


def _marks(folder: Path) -> Path:
    return folder / ".attended"


def _is_held(mark: Path) -> bool:
    try:
        with FileLock(mark, timeout=0, thread_local=False):
            return False
    except Timeout:
        return True
