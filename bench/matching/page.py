"""The page docs/matching.md, from what was measured: tables, and the aims that were kept or missed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from bench.matching.engines import ENGINES, ROOT
from bench.matching.keys import Found
from bench.matching.measuring import Named, Row
from bench.matching.scale import KIND, WORLD, Grown

PAGE = ROOT / "docs" / "matching.md"
PINS = Path(__file__).resolve().parents[1] / "peers.txt"
OURS = "contacts"

NAMES_PUBLISHED = {"person": 0.790, "company": 0.865}
"""F1 that OpenSanctions gives for its own name matcher (logic-v2) on 812 such pairs and on 259 of organisations."""
GROWTH_MOST, WHOLE_LEAST, FOUND_LEAST = 1.25, 0.99, 0.95
"""Time a row at the largest size to that at the one before; clusters kept whole; true pairs that any key finds."""

HEAD = """\
# Matching

Written by `make bench-matching`: `pipelines.resolve.link` beside its peers, on labelled sets and invented worlds.
[Stages](stages.md) says how the matching works.

## How it is measured

* All engines get the same lightly cleaned columns: folded names, digits of telephones, bare domains, legal forms split
  off. Reading and cleaning are left out of every time; ours is cleaned a second time inside `link`, and that counts.
* Each runs in a process of its own with two threads on two cores, until it ends, or {seconds:,.0f} s or
  {memory:.0f} GB are passed; then the table says so. Memory is the most that the process held, its libraries included.
* F1 is over pairs of cards: *own* at the engine's own threshold, without labels; *best* at the best of a grid of
  thresholds, chosen with the labels, which no user has. `link` has one threshold. B³ counts cards and not pairs.
* The peers are set up as their documentation says, with the same blocking keys where they take any: Splink with its
  comparisons for names, mail and strings, term frequencies, u from random pairs, EM, clusters at probability 0.95,
  and once more with three keys only, which suits it better where colleagues share all but the name;
  goldenmatch without configuration, and with a Fellegi-Sunter matchkey; recordlinkage with ECM; dedupe with 60 labels
  drawn from the truth, for it cannot do without, and for at most 5,000 cards, where it already passes a limit.
* A company is a legal entity: its branches are it, its subsidiaries and namesakes are not. A person who changed the
  job is the same one; some such pairs, and some branches, share nothing but a name, so that no engine can reach 1.

The worlds, all invented and seeded. *plain*: people at firms with colleagues, namesakes and families; groups of
companies. *febrl*: the error model of FEBRL's data set generator (Christen 2005; Christen and Pudjijono 2009), values
drawn one by one, at most four errors in a field and six in a card. *hard*: family firms with fathers and sons of one
name, shared houses and switchboards, branches, renamed firms, subsidiaries, names by their initials, towns by their
names abroad, Cyrillic and Greek and three ways to write them in Latin, scanned and misheard values, seven sources each
with fields that it never has, job changes. The errors were written from the literature and not changed afterwards.

"""


@dataclass(frozen=True)
class Measured:
    """All that the page tells."""

    rows: Sequence[Row] = ()
    names: Sequence[Named] = ()
    grown: Sequence[Grown] = ()
    keys: Sequence[Found] = ()
    engines: Sequence[str] = field(default_factory=lambda: list(ENGINES))
    seconds: float = 0.0
    memory_mb: float = 0.0
    setting: str = ""


def written(found: Measured) -> str:
    """The page."""
    parts = [
        HEAD.format(seconds=found.seconds, memory=found.memory_mb / 1000) + _peers(found.engines),
        _aims(found), _overview(found), _details(found), _named(found), _growth(found), _keys(found),
    ]  # fmt: skip
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


def _peers(engines: Iterable[str]) -> str:
    pins = [line.split("#")[0].strip() for line in PINS.read_text("utf-8").splitlines()]
    listed = "\n".join(f"* `{name}`: {ENGINES[name].about}." for name in engines)
    return f"{listed}\n\nVersions: {', '.join(pin for pin in pins if '==' in pin)}."


def _number(value: float, digits: int = 3) -> str:
    return "-" if math.isnan(value) else f"{value:,.{digits}f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], left: int = 1) -> str:
    rule = ["---"] * left + ["--:"] * (len(head) - left)
    return "\n".join("| " + " | ".join(row) + " |" for row in ([*head], rule, *([*row] for row in rows)))


def _sets(found: Measured) -> dict[str, dict[str, Row]]:
    sets: dict[str, dict[str, Row]] = {}
    for row in found.rows:
        sets.setdefault(row.name, {})[row.engine] = row
    return sets


def _cell(row: Row | None) -> str:
    if row is None:
        return ""
    if row.own is None:
        return row.outcome.failure
    return f"{row.own.f1:.3f}" if row.engine == OURS else f"{row.own.f1:.3f} / {row.best:.3f}"


def _overview(found: Measured) -> str:
    sets = _sets(found)
    rows = [[name, f"{next(iter(by.values())).rows:,}", *(_cell(by.get(one)) for one in found.engines)]
            for name, by in sets.items()]  # fmt: skip
    return "## F1 over pairs, own / best threshold\n\n" + _table(["set", "cards", *found.engines], rows) if rows else ""


def _details(found: Measured) -> str:
    lines = []
    for name, by in _sets(found).items():
        ours = by.get(OURS)
        base = ours.outcome.seconds if ours else float("nan")
        lines += [_detail(name, row, base) for row in by.values()]
    head = ["set", "engine", "precision", "recall", "F1", "B³ F1", "best F1", "at", "seconds", "to ours", "MB"]
    note = "\nSeconds of `contacts` without its own cleaning: " + ", ".join(
        f"{row.name} {row.outcome.seconds - row.outcome.laps.get('features', 0):.1f}"
        for row in found.rows if row.engine == OURS and not row.outcome.failure
    ) + "."  # fmt: skip
    return "## In full\n\n" + _table(head, lines, 2) + "\n" + note if lines else ""


def _detail(name: str, row: Row, base: float) -> list[str]:
    if row.own is None:
        return [name, row.engine, *["-"] * 8, row.outcome.failure]
    scores = [_number(one) for one in row.own]
    best = [_number(row.best), row.best_at] if row.engine != OURS else ["-", ""]
    ratio = row.outcome.seconds / base if base else float("nan")
    taken = [_number(row.outcome.seconds, 1), _number(ratio, 1), _number(row.outcome.peak_mb, 0)]
    return [name, row.engine, *scores, *best, *taken]


def _named(found: Measured) -> str:
    if not found.names:
        return ""
    rows = [[f"{one.kind} names", f"{one.pairs:,}", _number(one.precision), _number(one.recall), _number(one.f1),
             _number(NAMES_PUBLISHED[one.kind])] for one in found.names]  # fmt: skip
    text = (
        "## Pairs of names alone (os_name_bench)\n\nTwo cards with a name and nothing else. The peers above cannot do "
        "this: they learn from many cards and have none here. Beside ours stands what OpenSanctions publishes for its "
        "own matcher: on 812 pairs of all kinds, and on 259 pairs of organisations; neither is just these pairs.\n\n"
    )
    return text + _table(["names", "pairs", "precision", "recall", "F1", "published F1"], rows)


def _growth(found: Measured) -> str:
    if not found.grown:
        return ""
    rows = [_grown(one) for one in found.grown]
    head = ["cards", "engine", "seconds", "without cleaning", "GB", "B a card", "own F1", "best F1", "precision",
            "recall", "kept whole"]  # fmt: skip
    text = (
        f"## Growth\n\nThe {WORLD} world of {'people' if KIND == 'person' else 'companies'}; the cards of the smallest "
        "size are part of all others. *Kept whole*: clusters of two cards or more of the smallest run that have just "
        "the same cards in the larger one, in which nothing about them is different.\n\n"
    )
    return text + _table(head, rows, 2)


def _grown(one: Grown) -> list[str]:
    head = [f"{one.rows:,}", one.engine]
    if one.score is None:
        return [*head, one.outcome.failure, *["-"] * 8]
    seconds, peak = one.outcome.seconds, one.outcome.peak_mb
    bare = seconds - one.outcome.laps["features"] if "features" in one.outcome.laps else float("nan")
    return [*head, _number(seconds, 1), _number(bare, 1), _number(peak / 1000, 2), _number(peak * 1e6 / one.rows, 0),
            _number(one.score.f1), _number(one.best), _number(one.score.precision), _number(one.score.recall),
            _number(one.whole)]  # fmt: skip


def _keys(found: Measured) -> str:
    if not found.keys:
        return ""
    rows = [
        [one.name, one.key, _number(one.recall), _number(one.alone, 4), _number(one.pairs, 0)] for one in found.keys
    ]
    text = (
        "## Which key finds which pairs\n\nOf all true pairs the share that a key finds, the share that it alone "
        "finds, and the pairs a card that it costs.\n\n"
    )
    return text + _table(["set", "key", "recall", "alone", "pairs"], rows, 2)


@dataclass(frozen=True)
class Aim:
    """What was aimed at, and what was reached."""

    what: str
    reached: str
    aim: str
    kept: bool


def _aims(found: Measured) -> str:
    aims = [*_aims_of_sets(found), *_aims_of_names(found), *_aims_of_growth(found), *_aims_of_keys(found)]
    rows = [[one.what, one.reached, one.aim, "kept" if one.kept else "**missed**"] for one in aims]
    missed = sum(not one.kept for one in aims)
    return (
        f"## Aims: {len(aims) - missed} kept, {missed} missed\n\n" + _table(["what", "reached", "aim", ""], rows)
        if aims
        else ""
    )


def _aims_of_sets(found: Measured) -> list[Aim]:
    aims = []
    for name, by in _sets(found).items():
        ours, peers = by.get(OURS), [row for one, row in by.items() if one != OURS and row.own]
        if ours is None or ours.own is None or not peers:
            continue
        own = max(peers, key=lambda row: row.own.f1 if row.own else 0.0)
        best = max(peers, key=lambda row: row.best)
        limit = own.own.f1 if own.own else 0.0
        for what, peer, least in (("own", own, limit), ("best", best, best.best)):
            text = f"{name}: F1 not below the highest of the peers at their {what} threshold"
            aims.append(Aim(text, _number(ours.own.f1), f"{_number(least)} ({peer.engine})", ours.own.f1 >= least))
    return aims


def _aims_of_names(found: Measured) -> list[Aim]:
    return [
        Aim(f"{one.kind} names alone: F1 not below the published", _number(one.f1), _number(least), one.f1 >= least)
        for one in found.names
        for least in [NAMES_PUBLISHED[one.kind]]
    ]


def _aims_of_growth(found: Measured) -> list[Aim]:
    ours = [one for one in found.grown if one.engine == OURS and one.score]
    aims = [_beside_peers(one, found.grown) for one in ours]
    for before, after in pairwise(ours):
        ratio = (after.outcome.seconds / after.rows) / (before.outcome.seconds / before.rows)
        text = f"seconds a card at {after.rows:,} cards to those at {before.rows:,}, at most"
        aims.append([Aim(text, _number(ratio, 2), _number(GROWTH_MOST, 2), ratio <= GROWTH_MOST)])
    for one in ours[1:]:
        text = f"clusters kept whole among {one.rows:,} cards, at least"
        aims.append([Aim(text, _number(one.whole), _number(WHOLE_LEAST, 2), one.whole >= WHOLE_LEAST)])
    return [aim for some in aims for aim in some]


def _beside_peers(ours: Grown, grown: Sequence[Grown]) -> list[Aim]:
    peers = [one for one in grown if one.rows == ours.rows and one.engine != OURS and one.score]
    if not peers or not ours.score:
        return []
    fastest, leanest = (min(peers, key=lambda one: getattr(one.outcome, name)) for name in ("seconds", "peak_mb"))
    most = max(peers, key=lambda one: one.best)
    return [
        Aim(f"{ours.rows:,} cards: seconds not above the fastest peer", _number(ours.outcome.seconds, 1),
            f"{_number(fastest.outcome.seconds, 1)} ({fastest.engine})",
            ours.outcome.seconds <= fastest.outcome.seconds),
        Aim(f"{ours.rows:,} cards: MB not above the leanest peer", _number(ours.outcome.peak_mb, 0),
            f"{_number(leanest.outcome.peak_mb, 0)} ({leanest.engine})",
            ours.outcome.peak_mb <= leanest.outcome.peak_mb),
        Aim(f"{ours.rows:,} cards: F1 not below the peers' best", _number(ours.score.f1),
            f"{_number(most.best)} ({most.engine})", ours.score.f1 >= most.best),
    ]  # fmt: skip


def _aims_of_keys(found: Measured) -> list[Aim]:
    return [
        Aim(f"{one.name}: true pairs that any key finds, at least", _number(one.recall), _number(FOUND_LEAST, 2),
            one.recall >= FOUND_LEAST)
        for one in found.keys if one.key == "all"
    ]  # fmt: skip
