"""Fuzzing of every parser: `python -m bench.fuzz --seconds 20`; a short form, guided by chance, runs with the tests.

Guided by the coverage of the parsers (atheris) where that is installed, in an environment of its own beside the usual
one, and by chance (hypothesis) where it is not. Either begins with the tests' invented files, and judges what comes
through as well: see `tests.rules.hostile.mutation.judge`.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

CHECKOUT = Path(__file__).parents[1]
BESIDE = CHECKOUT / ".bench-venv/lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
SECONDS = 20
SLOW = 10
"""Seconds for one small file, above which a parser is close to endless."""
LONGEST, MEMORY = 1 << 16, 2048
"""Bytes of a spoilt file, and mebibytes that reading it may take, instrumentation and all."""
WATCHED = ["pipelines", "vobject", "extruct", "mf2py", "defusedxml"]
"""Packages whose branches guide the fuzzer."""


@dataclass(frozen=True)
class Found:
    """How the fuzzing of one feed ended: how many files were tried, and what broke, if anything did."""

    feed: str
    tried: int
    broken: str = ""


def has_atheris() -> bool:
    """Whether atheris can be imported, from here or from the environment beside."""
    if str(BESIDE) not in sys.path and BESIDE.is_dir():
        sys.path.append(str(BESIDE))
    return importlib.util.find_spec("atheris") is not None


def guided(feed: str, seconds: int, folder: Path) -> Found:
    """Fuzzes a feed in a process of its own, which ends with the first file that breaks its parser.

    Args:
        feed: `source/feed`.
        seconds: How long.
        folder: Where the file that breaks a parser is kept.
    """
    command = [sys.executable, "-m", "bench.fuzz", "--feeds", feed, "--seconds", str(seconds), "--inside", str(folder)]
    ran = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, errors="replace", check=False)
    tried = max((int(number) for number in re.findall(r"^(?:#|Done )(\d+)", ran.stderr, re.MULTILINE)), default=0)
    if ran.returncode == 0:
        return Found(feed, tried)
    told = re.search(r"Uncaught Python exception: ===\s*([^\n]*)", ran.stderr)
    told = told or re.search(r"ERROR: libFuzzer: ([^\n]*)", ran.stderr)
    last = ran.stderr.strip().splitlines()[-1:] or ["no word"]
    return Found(feed, tried, told[1] if told else last[0])


def inside(feed: str, seconds: int, folder: Path) -> None:
    """The fuzzer itself; never returns."""
    has_atheris()
    import atheris  # noqa: PLC0415 - lives in the environment beside, or nowhere

    with atheris.instrument_imports(include=WATCHED):
        from tests.rules.hostile.mutation import screened, sound_files, spoilt  # noqa: PLC0415 - instrumented here
    source, _, name = feed.partition("/")
    corpus = folder / "corpus"
    corpus.mkdir(parents=True)
    for number, content in enumerate(sound_files()[source, name]):
        (corpus / str(number)).write_bytes(content)

    def mutate(content: bytes, most: int, seed: int) -> bytes:
        dice = random.Random(seed)
        other = spoilt(content, seed, 2) if content and dice.random() < 0.5 else atheris.Mutate(content, most)
        return bytes(other[:most])

    options = [
        *(f"-max_total_time={seconds}", f"-timeout={SLOW}", f"-max_len={LONGEST}", f"-rss_limit_mb={MEMORY}"),
        *(f"-artifact_prefix={folder}/", "-print_final_stats=0", str(corpus)),
    ]
    atheris.Setup(["fuzz", *options], lambda content: screened(source, name, content), custom_mutator=mutate)
    atheris.Fuzz()


def by_chance(feed: str, seconds: int, _folder: Path) -> Found:
    """Fuzzes a feed without guidance, until the time is over or something breaks."""
    from tests.rules.hostile.mutation import screened, sound_files, spoilt  # noqa: PLC0415 - instrumented above

    source, _, name = feed.partition("/")
    until, tried, dice = time.monotonic() + seconds, 0, random.SystemRandom()
    while time.monotonic() < until:
        seed = dice.getrandbits(32)
        content = spoilt(dice.choice(sound_files()[source, name]), seed, 1 + seed % 4)
        began = time.perf_counter()
        try:
            screened(source, name, content)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what was looked for
            return Found(feed, tried, f"{type(error).__name__} with seed {seed}")
        if time.perf_counter() - began > SLOW:
            return Found(feed, tried, f"too slow with seed {seed}")
        tried += 1
    return Found(feed, tried)


def fuzz(feeds: Sequence[str], seconds: int) -> list[Found]:
    """Fuzzes the feeds one after the other and prints what came of each."""
    way: Callable[[str, int, Path], Found] = guided if has_atheris() else by_chance
    if way is by_chance:
        print("atheris is not installed (make bench does it where it can): the files are spoilt by chance alone.")
    found = []
    for feed in feeds:
        folder = Path(mkdtemp(prefix="fuzz-"))
        one = way(feed, seconds, folder)
        found.append(one)
        told = f"BROKEN: {one.broken}; kept in {folder}" if one.broken else "sound"
        print(f"{feed}: {one.tried:,} spoilt files in {seconds} s, {told}", flush=True)
        if not one.broken:
            shutil.rmtree(folder)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzzes every feed; 1 when a parser broke, let through what it may not, or took too long."""
    parser = argparse.ArgumentParser("python -m bench.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=SECONDS, help="how long each feed is fuzzed")
    parser.add_argument("--feeds", default="", help="source/feed, with commas between; all when left out")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    asked: Any = parser.parse_args(arguments)
    if asked.inside:
        inside(asked.feeds, asked.seconds, asked.inside)
    feeds = [each for each in asked.feeds.split(",") if each] or _every_feed()
    return int(any(one.broken for one in fuzz(feeds, asked.seconds)))


def _every_feed() -> list[str]:
    from pipelines.sources.registry import sources  # noqa: PLC0415 - instrumented above

    return [f"{source}/{feed}" for source, declared in sources().items() for feed in declared.feeds]


if __name__ == "__main__":
    sys.exit(main())
