"""Long fuzzing of every parser: `python -m bench.fuzz [examples a feed]`; the short form runs with the tests.

Made on hypothesis, which needs no instrumented interpreter; a run starts where chance puts it, and a spoilt file that
breaks a parser is printed by its feed and seed, from which `tests.rules.hostile.mutation.spoilt` makes it again.
"""

from __future__ import annotations

import sys
import time

from hypothesis import HealthCheck, Phase, given, settings

from tests.rules.hostile.mutation import mutations, screened, sound_files, spoilt

EXAMPLES = 5_000
SLOW = 5.0
"""Seconds for one small file, above which a parser is close to endless."""


def fuzz(source: str, feed: str, examples: int) -> float:
    """Feeds a parser with spoilt files; gives the seconds that the slowest took.

    Raises:
        Exception: Whatever the parser let through.
    """
    slowest = 0.0

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(mutation=mutations)
    def run(mutation: tuple[int, int]) -> None:
        nonlocal slowest
        for content in sound_files()[source, feed]:
            began = time.perf_counter()
            screened(source, feed, spoilt(content, *mutation))
            slowest = max(slowest, time.perf_counter() - began)

    run()
    return slowest


def main() -> int:
    """Fuzzes every feed; 1 when a parser broke or took too long."""
    examples = int(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES
    broken = 0
    for source, feed in sorted(sound_files()):
        try:
            slowest = fuzz(source, feed, examples)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what was looked for
            broken += 1
            print(f"{source}/{feed}: {type(error).__name__}", *getattr(error, "__notes__", ()))
        else:
            broken += slowest > SLOW
            print(f"{source}/{feed}: {examples} spoilt files, the slowest took {slowest:.2f} s")
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
