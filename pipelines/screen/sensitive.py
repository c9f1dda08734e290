"""What reveals religion, politics or union membership: titles, forms of address, and whole organisations.

What belongs here: the judgement on one title, one name, one organisation; the phrases are data (`rules/titles.yml`,
`rules/sectors.yml`). What does not: any inference from names, which is never made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from pipelines.screen.rules import rules
from pipelines.screen.words import any_of, flat, fold, words

_SEGMENTS = re.compile(r"[,;:/|&()\[\]\n]| [-\u2013\u2014] |(?<=[a-z]{2})\.\s")
_TITLES = ("religion", "union", "politics")


@cache
def _title_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    said = rules("titles")
    modifiers, links = any_of(flat(said["modifiers"])), any_of(said["links"])
    sure = any_of(phrase for subject in _TITLES for phrase in flat(said[subject]) if phrase not in said["ambiguous"])
    shape = rf"^(?:{modifiers} )*{{}}(?:$| {links}(?: |$))"
    return re.compile(shape.format(sure)), re.compile(shape.format(any_of(said["ambiguous"])))


@lru_cache(maxsize=65_536)
def sensitive_title(title: str) -> bool:
    """Whether a job title reveals religion, politics or union membership with reasonable certainty."""
    sure, ambiguous = _title_patterns()
    segments = [words(segment) for segment in _SEGMENTS.split(fold(title))]
    return bool(ambiguous.match(segments[0])) or any(sure.match(segment) for segment in segments)


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
def _name_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    said = rules("sectors")
    found = any_of(flat(said["names"])).replace("(?:", "(?:", 1)
    return re.compile(rf"(?<![a-z0-9]){found}(?![a-z0-9])"), re.compile(any_of(said["innocent"]))


_FORMS = re.compile(
    r"(?: (?:inc|incorporated|ltd|limited|llc|corp|corporation|cio|ev|kdor|trust|charity|plc|ry|rf|uk|usa|cic))+$"
)


@lru_cache(maxsize=65_536)
def sensitive_name(company_name: str) -> bool:
    """Whether the name of an organisation says that it is religious, a party or a union."""
    folded = _FORMS.sub("", words(company_name))
    found, innocent = _name_patterns()
    return bool(found.search(innocent.sub(" ", folded) if innocent.search(folded) else folded))


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
