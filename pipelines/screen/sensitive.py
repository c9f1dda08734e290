"""What reveals religion, politics, union membership or an illness: titles, forms of address, and whole organisations.

What belongs here: the judgement on one title, one name, one organisation; the words and shapes are data (`rules/`,
read by `lexicon.py`). What does not: any inference from names, which is never made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from pipelines.screen.lexicon import Lexicon, Shapes
from pipelines.screen.rules import rules
from pipelines.screen.words import flat, fold, words

LONGEST = 250
"""Characters of a title or name that are judged: more is no title, and would take time beyond bounds."""

_LEXICA = ("offices", "faiths", "unions", "politics", "health")
_CLEARING = ("trade", "firm")
_TELLING = (
    "clergy_last", "clergy_first", "clergy_doubtful", "faith", "parish", "church", "church_last", "order", "rite",
    "rite_part", "incumbent", "parochial", "steward", "steward_alone", "syndical", "council", "union", "union_short",
    "unionish", "union_part", "party", "party_short", "party_initials", "party_capitals", "party_alone", "party_part",
    "partybase", "partynoun", "partisan", "partyish", "partylast", "partyletter", "partisan_alone", "afflicted",
    "impaired", "suffering", "seat", "follower", "with_ailment", "steward_sure", "council_last", "union_alone",
)  # fmt: skip
"""Classes of which a text has a word if it tells anything."""
_ACRONYM = re.compile(r"\b[A-ZÀ-ÖØ-Þ]{2,6}\b")
"""A short name in capitals: `PLR`."""
_INCLUSIVE = re.compile(r"(?i)(?<=[^\W\d_]{3})(?:/-?(?:as|a|es|e|ne|trice|rice|euse)|\((?:as|a|es|e|ne)\))(?![^\W\d_])")
"""The other ending of a word written for both genders: `delegado/a`."""
_SEGMENTS = re.compile(r"[,;:/|()\[\]\n]| [-\u2013\u2014] |(?<=[a-z]{5})\.\s")


@cache
def _lexicon() -> Lexicon:
    said: dict[str, Mapping[str, Iterable[str]]] = {}
    for name in _LEXICA:
        said |= rules(name)
    return Lexicon(said, _CLEARING, _TELLING, flat(rules("spelling")))


@cache
def _shapes(of: str) -> Shapes:
    return Shapes(_lexicon(), rules("shapes")[of], _TELLING)


@lru_cache(maxsize=65_536)
def title_rule(title: str) -> str:
    """The name of the rule by which a title reveals belief, membership or an illness, or the empty string."""
    short = title[:LONGEST].replace("&", " and ")
    segments = _segments(short)
    return (
        _shapes("titles").match([_lexicon().read(segment) for segment in segments])
        or next(filter(None, (name_rule(" ".join(segment)) for segment in segments[1:])), "")
        or (_by_acronym(short) if short != short.upper() and _ACRONYM.search(short) else "")
    )


def _segments(title: str) -> list[list[str]]:
    return [found for segment in _SEGMENTS.split(_INCLUSIVE.sub("", fold(title))) if (found := words(segment).split())]


def _by_acronym(title: str) -> str:
    """The rule that fires when short names in capitals count as those of parties and unions."""
    marked = _segments(_ACRONYM.sub(r"\g<0> capitals", title))
    return _shapes("acronyms").match([_lexicon().read(segment) for segment in marked])


def sensitive_title(title: str) -> bool:
    """Whether a job title reveals belief, membership or an illness with reasonable certainty."""
    return bool(title_rule(title))


@cache
def _honorifics() -> tuple[frozenset[str], frozenset[str], frozenset[str], int]:
    said = rules("honorifics")
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
def _class(name: str) -> str:
    return _lexicon().letters[name]


@lru_cache(maxsize=65_536)
def name_rule(company_name: str) -> str:
    """The name of the rule by which an organisation's name says that it is religious, a party or a union, or empty.

    A trade in a name clears it unless it is unmistakable; a legal form of firms clears only what is doubtful.
    """
    read = _lexicon().read(words(company_name[:LONGEST]).split())
    classes = {letter for word in read for letters in word.values() for letter in letters}
    found = _shapes("sure").match([read])
    if not found and _class("trade") not in classes:
        found = _shapes("strong").match([read])
        if not found and _class("firm") not in classes:
            found = _shapes("weak").match([read])
    return found


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
