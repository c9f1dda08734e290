"""What reveals religion, politics or union membership: titles, forms of address, and whole organisations.

What belongs here: the judgement on one title, one name, one organisation; the phrases are data (`rules/titles.yml`,
`rules/sectors.yml`). What does not: any inference from names, which is never made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from pipelines.screen.rules import rules
from pipelines.screen.words import any_of, flat, fold, words

SUBJECTS = ("religion", "union", "politics")

LONGEST = 250
"""Characters of a title or name that are judged: more is no title, and would take time beyond bounds."""

_SEGMENTS = re.compile(r"[,;:/|&()\[\]\n]| [-\u2013\u2014] |(?<=[a-z]{2})\.\s")
_PART = re.compile(r"<([a-z_]+)>")


def _filled(pattern: str, parts: dict[str, Any]) -> str:
    """A pattern in which each `<name>` is any of the part's texts, and no group is captured."""
    whole = _PART.sub(lambda match: any_of(flat(parts[match[1]])), pattern)
    return re.sub(r"\((?!\?)", "(?:", whole)


@cache
def _by_rule(said_of: str, within: str = "") -> dict[str, list[str]]:
    """The patterns of a file's subjects by rule, `religion_de` and the like."""
    said = rules(said_of)
    found = said[within] if within else said
    return {
        f"{subject}_{language}": [_filled(pattern, said["parts"]) for pattern in patterns]
        for subject in SUBJECTS
        for language, patterns in found[subject].items()
    }


def _named(by_rule: dict[str, list[str]]) -> str:
    """An expression whose named groups are the rules."""
    return "(?:" + "|".join(f"(?P<{rule}>{any_of(patterns)})" for rule, patterns in by_rule.items() if patterns) + ")"


@cache
def _title_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What counts in any segment, at the beginning only, as the whole beginning only, and what never does."""
    said = rules("titles")
    doubtful = {*said["ambiguous"], *said["whole"]}
    sure = {rule: [one for one in patterns if one not in doubtful] for rule, patterns in _by_rule("titles").items()}
    before, links, tails = any_of(flat(said["modifiers"])), any_of(said["links"]), any_of(map(_bare, said["tails"]))
    shape = rf"(?:{before} )*{{}}(?: {{}})*(?:$| {links}(?: |$))"
    endings = rf"(?:{tails}|[a-z]{{3,}}{any_of(said['tail_endings'])})"
    bodies = any_of(_filled(body, said["parts"]) for body in said["bodies"])
    return (
        re.compile(rf"(?P<body>{bodies})$|" + shape.format(_named(sure), endings)),
        re.compile(shape.format(f"(?P<ambiguous>{any_of(said['ambiguous'])})", tails)),
        re.compile(f"(?P<whole>{any_of(said['whole'])})$"),
        re.compile(any_of(map(_bare, said["innocent"])) + "$"),
    )


def _bare(pattern: str) -> str:
    return _filled(pattern, {})


@lru_cache(maxsize=65_536)
def title_rule(title: str) -> str:
    """The name of the rule by which a title reveals religion, politics or union membership, or the empty string."""
    sure, ambiguous, whole, innocent = _title_patterns()
    segments = [words(segment) for segment in _SEGMENTS.split(fold(title[:LONGEST]))]
    found = ambiguous.match(segments[0]) or whole.match(segments[0])
    matches = (found, *map(sure.match, segments))
    rule = next((match.lastgroup or "" for match in matches if match), "")
    rule = rule or next(filter(None, map(name_rule, segments[1:])), "")
    return "" if rule and innocent.match(words(title[:LONGEST])) else rule


def sensitive_title(title: str) -> bool:
    """Whether a job title reveals religion, politics or union membership with reasonable certainty."""
    return bool(title_rule(title))


@cache
def _honorifics() -> tuple[frozenset[str], frozenset[str], frozenset[str], int]:
    said = rules("titles")
    always, before_two = frozenset(said["honorifics"]), frozenset(said["honorifics_before_two"])
    return always, before_two, frozenset(said["orders"]), max(form.count(" ") + 1 for form in always)


@cache
def _openings() -> frozenset[str]:
    """First words of every clerical form of address."""
    always, before_two, _, _ = _honorifics()
    return frozenset(form.partition(" ")[0] for form in always | before_two | {"the"})


def without_clerical(name: str, *, spare: frozenset[str] = frozenset()) -> str:
    """A name without clerical forms of address before it and orders behind it; otherwise as it was written.

    Args:
        name: A name, or the part of one that stands first.
        spare: Folded words that the source itself says are a given or family name.
    """
    always, before_two, orders, longest = _honorifics()
    tokens = name.split()
    if not tokens or not (words(tokens[0]).partition(" ")[0] in _openings() or words(tokens[-1]) in orders):
        return name
    while cut := _leading(tokens, always, before_two - spare, longest):
        tokens = tokens[cut:]
    while len(tokens) > 1 and words(tokens[-1]) in orders and _marked(tokens[-2:]):
        tokens.pop()
        tokens[-1] = tokens[-1].rstrip(",")
    return name if len(tokens) == len(name.split()) else " ".join(tokens)


def _leading(tokens: list[str], always: frozenset[str], before_two: frozenset[str], longest: int) -> int:
    """How many tokens at the beginning are a clerical form of address."""
    if tokens and tokens[0].lower() == "the" and _leading(tokens[1:], always, frozenset(), longest):
        return 1
    for length in range(min(longest, len(tokens)), 0, -1):
        if words(" ".join(tokens[:length])) in always:
            return length
    ambiguous = len(tokens) > 2 and words(tokens[0]) in before_two  # noqa: PLR2004 - the word and two names
    return 1 if ambiguous and not tokens[0].endswith(",") else 0


def _marked(tail: list[str]) -> bool:
    """Whether letters behind a name are set off as a suffix, by a comma before or dots within them."""
    return tail[0].endswith(",") or "." in tail[1]


@cache
def _name_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What says so in any name, what does in names without a form of firms, and what only looks so."""
    said = rules("sectors")
    weak = f"(?P<weak>{any_of(map(_bare, said['weak']))})"
    around = r"(?:^|(?<= )){}(?= |$)"
    return (
        re.compile(around.format(_named(_by_rule("sectors", "names")))),
        re.compile(around.format(weak)),
        re.compile(around.format(any_of(map(_bare, said["innocent"])))),
    )


@cache
def _name_endings() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Legal forms that are left out, names of firms whatever they play on, and forms that make doubtful words firms."""
    said = rules("sectors")
    forms, commercial, weak = (any_of(said[name]) for name in ("forms", "commercial", "weak_forms"))
    trade = any_of(map(_bare, said["trade"]))
    return (
        re.compile(rf"(?: {forms})+$"),
        re.compile(rf"(?:.* )?{trade}(?: |$)|.* {commercial}$"),
        re.compile(rf".* {weak}$"),
    )


@lru_cache(maxsize=65_536)
def name_rule(company_name: str) -> str:
    """The name of the rule by which an organisation's name says that it is religious, a party or a union, or empty."""
    folded = words(company_name[:LONGEST])
    strong, weak, innocent = _name_patterns()
    forms, firm, weak_form = _name_endings()
    plain = forms.sub("", folded)
    found = strong.search(plain) or weak.search(plain)
    if not found or firm.match(folded):
        return ""
    plain = innocent.sub(" ", plain)
    found = strong.search(plain) or (None if weak_form.match(folded) else weak.search(plain))
    return (found.lastgroup or "") if found else ""


def sensitive_name(company_name: str) -> bool:
    """Whether the name of an organisation says that it is religious, a party or a union."""
    return bool(name_rule(company_name))


@cache
def _codes() -> tuple[dict[str, str], dict[str, tuple[str, ...]], frozenset[str]]:
    said = rules("sectors")
    schemes = {name: group for group, names in said["schemes"].items() for name in names}
    return schemes, {group: tuple(flat(codes)) for group, codes in said["codes"].items()}, frozenset(said["categories"])


@lru_cache(maxsize=16_384)
def sensitive_industry(industry: str) -> bool:
    """Whether an activity code, written `scheme:code`, is one of religion, politics or unions."""
    schemes, prefixes, categories = _codes()
    scheme, _, code = industry.rpartition(":")
    plain = re.sub(r"[^0-9A-Z]", "", code.upper())
    group = _group(re.sub(r"[^0-9A-Z]", "", scheme.upper()), plain, schemes)
    if group and plain.startswith(prefixes[group]):
        return True
    named = fold(code.rpartition("=")[2]).strip().replace(" ", "_")
    return not plain.isdigit() and named in categories


def _group(scheme: str, code: str, schemes: dict[str, str]) -> str:
    """Which list of codes a scheme means; plain `SIC` is British with five digits, American with four."""
    group = schemes.get(scheme) or next(
        (schemes[name] for name in sorted(schemes, key=len, reverse=True) if name in scheme), ""
    )
    return "nace" if group == "sic" and len(code) == 5 else group  # noqa: PLR2004 - digits of a UK SIC code


def sensitive_sector(names: Iterable[str], industries: Iterable[str]) -> bool:
    """Whether an organisation's names or activity codes make every named person there known by belief or membership."""
    return any(map(sensitive_industry, industries)) or any(map(sensitive_name, names))
