"""Job titles and departments: tidied, with the seniority and the department that the words tell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from pipelines.reasons import Finding
from pipelines.verify.outcome import Found, refuse
from pipelines.verify.text import is_placeholder, is_shouted, key, tidy, words

_ACRONYMS = words("""
    CEO CFO CTO COO CIO CMO CPO CRO CHRO CISO VP SVP EVP AVP HR IT PR QA RH DSI DRH PDG EMEA APAC EU UK US USA R&D MD
    CRM ERP SAP DACH LATAM EHS HSE M&A B2B II III IV EDV DG BDM PMO UX UI AI DBA GM NA
""")
_SMALL = words("and of the for in to de du des la le les et und fur für der die das y e del en von for a")
_EDGE = " ,;:.-|/*\u2013_"
_LONGEST = 200
_WORD = re.compile(r"(\s+|/|-|,|\(|\))")


def _table(groups: Mapping[str, Sequence[str]]) -> dict[str, str]:
    table: dict[str, str] = {}
    for name, phrases in groups.items():
        for phrase in phrases:
            table.setdefault(key(phrase), name)
    return table


_PHRASES: Mapping[str, Mapping[str, Sequence[str]]] = yaml.safe_load(
    Path(__file__).with_name("titles.yml").read_text("utf-8")
)
_SENIORITY_OF, _DEPARTMENT_OF = _table(_PHRASES["seniority"]), _table(_PHRASES["departments"])
_ENDINGS = sorted(_table(_PHRASES["endings"]).items(), key=lambda one: (-len(one[0]), one[0]))
_KNOWN = frozenset(word for phrase in _SENIORITY_OF for word in phrase.split(" "))
_RANK = {name: rank for rank, name in enumerate(("owner", "c_level", "vp", "director", "manager"))}
_AIDES = frozenset(
    {
        "assistant",
        "assistante",
        "assistenz",
        "assistent",
        "assistentin",
        "assistentka",
        "asistent",
        "asistente",
        "asistentka",
        "asystent",
        "asystentka",
        "assistente",
        "deputy",
        "secretary",
        "aide",
        "to",
        "pa",
    }
)
_WIDEST = 4


def judge(value: str) -> list[Found]:
    """Judges a job title.

    Args:
        value: As the source writes it.

    Returns:
        One value with `seniority` (owner, c_level, vp, director, manager, staff) and `department` (may be empty).
    """
    text = tidy(value).strip(_EDGE)
    if fault := _fault(text):
        return [refuse(fault)]
    words = key(text).split(" ")
    return [Found(recased(text), details={"seniority": seniority(words), "department": department(words)})]


def judge_department(value: str) -> list[Found]:
    """Judges the name of a department; the detail `department` is the closed word for it, where it is known."""
    text = tidy(value).strip(_EDGE)
    if fault := _fault(text):
        return [refuse(fault)]
    return [Found(recased(text), details={"department": department(key(text).split(" "))})]


def _fault(text: str) -> str:
    if is_placeholder(text):
        return Finding.PLACEHOLDER
    if "@" in text or "://" in text or len(text) > _LONGEST or not any(mark.isalpha() for mark in text):
        return Finding.SYNTAX
    return ""


def _phrases(words: list[str], table: Mapping[str, str]) -> list[tuple[int, int, str]]:
    """(start, length, name) of the longest phrases of the table, from the left, none over another."""
    found, start = [], 0
    while start < len(words):
        for size in range(min(_WIDEST, len(words) - start), 0, -1):
            name = table.get(" ".join(words[start : start + size]))
            if name:
                found.append((start, size, name))
                start += size - 1
                break
        start += 1
    return found


def seniority(words: list[str]) -> str:
    """The highest seniority that the folded words of a title tell; `staff` when none does."""
    words = [_plain(word) for word in words]
    told = [name for _, _, name in _phrases(words, _SENIORITY_OF)]
    if words and words[0] in _AIDES and words[0] != "deputy" and len(words) > 1 and words[0] != "secretary":
        # The assistant to the managing director is not one.
        return "manager" if "manager" in told and "to" not in words else "staff"
    told += [_by_ending(word) for word in words if word not in _KNOWN]
    return min(filter(None, told), key=_RANK.__getitem__, default="staff")


def _plain(word: str) -> str:
    """The word as the table has it: a German feminine as the masculine, a spelt-out umlaut as the plain letter."""
    bare = word.removesuffix("in")
    forms = (word, bare, *(re.sub("([aou])e", r"\1", one) for one in (word, bare)))
    return next((form for form in forms if form in _KNOWN or _by_ending(form)), word)


def _by_ending(word: str) -> str:
    """What the end of a compound word tells (`Werkstattleiter`, `salgssjef`), or the empty string."""
    return next((name for ending, name in _ENDINGS if word.endswith(ending) and word != ending), "")


def department(words: list[str]) -> str:
    """The department that the longest phrase in the folded words tells; the first of equals; empty when none does."""
    found = _phrases(words, _DEPARTMENT_OF)
    return max(found, key=lambda one: (one[1], -one[0]), default=(0, 0, ""))[2]


def recased(text: str) -> str:
    """A title all in capitals in the usual mixture; any other as it is."""
    if not is_shouted(text) or len(text) <= 3 or text in _ACRONYMS:  # noqa: PLR2004 - a bare abbreviation
        return text
    return "".join(_recased(word, first=at == 0) for at, word in enumerate(_WORD.split(text)))


def _recased(word: str, *, first: bool) -> str:
    if word.strip(".") in _ACRONYMS or "." in word.strip("."):
        return word
    if word.lower() in _SMALL and not first:
        return word.lower()
    return word.capitalize()
