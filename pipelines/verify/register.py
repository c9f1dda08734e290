"""Facts of a register that need little judging: status, dates, jurisdiction, activity code."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from pipelines.reasons import Finding
from pipelines.verify.countries import country_code, subdivision
from pipelines.verify.outcome import Found, Status, refuse
from pipelines.verify.text import is_placeholder, key, tidy, words

_ACTIVE = words("""
    active activ actif aktiv activo activa ativa ativo registered issued open current live normal valid yes true 1
    registrert entered in existence good standing r a
""") | {"in existence", "good standing", "entered into the register"}
_INACTIVE = words("""
    inactive inaktiv inactif inactivo inactiva inativa dissolved closed liquidation ceased terminated deleted retired
    merged annulled revoked cancelled canceled expired lapsed struck bankrupt removed geloscht gelost radiee ferme
    fermee cessee baixada suspensa inapta nula kustutatud no false 0 duplicate defunct converted withdrawn c
""")
_INACTIVE_PHRASE = re.compile(
    r"\b(?:dissol|liquid|struck|strik|inactiv|ceased|closed|bankrupt|konkurs|insolv|removed|deleted|receiver|"
    r"administration)\w*"
)

_ISO = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ].*|Z|[+-]\d{2}:\d{2})?$")
_PACKED = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_MARKED = re.compile(r"^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:\s.*)?$")
_MONTH_FIRST = frozenset({"US", "PH"})
_EARLIEST, _LATEST = 1000, 2100
_MONTHS = 12

_INDUSTRY = re.compile(r"^([A-Za-z][\w.-]{0,30}):\s*([0-9A-Za-z][0-9A-Za-z.\-/]{0,12})(?:\s+-?\s*.*)?$")
_SCHEMES: Mapping[str, str] = {
    "SIC07": "UKSIC",
    "UK-SIC": "UKSIC",
    "GB-SIC": "UKSIC",
    "SIC2007": "UKSIC",
    "SIC": "US-SIC",
}


def judge_status(value: str) -> list[Found]:
    """`active` or `inactive`."""
    text = tidy(value)
    folded = key(text)
    if folded in _ACTIVE:
        return [Found("active")]
    if folded in _INACTIVE or _INACTIVE_PHRASE.search(folded):
        return [Found("inactive")]
    if folded.split(" ")[0] in _ACTIVE and folded.split(" ")[0].startswith(("act", "akt", "ati")):
        return [Found("active")]
    return [refuse(Finding.PLACEHOLDER if is_placeholder(text) else Finding.SYNTAX)]


def judge_date(value: str, country: str) -> list[Found]:
    """An ISO date, as precise as the source: `2019`, `2019-04`, `2019-04-01`.

    Args:
        value: ISO, packed (`20190401`) or with day and month before the year.
        country: ISO 3166 alpha-2; tells whether `04/05/2019` begins with the month.
    """
    text = tidy(value)
    if is_placeholder(text) or not text.strip("0-/ "):
        return [refuse(Finding.PLACEHOLDER)]
    if match := _ISO.match(text) or _PACKED.match(text):
        year, month, day = match.groups()
    elif match := _MARKED.match(text):
        first, mark, second, year = match.groups()
        month, day = _in_order(first, second, month_first=country in _MONTH_FIRST and mark == "/")
    else:
        return [refuse(Finding.SYNTAX)]
    shown = _date(year, month, day)
    return [Found(shown) if shown else refuse(Finding.SYNTAX)]


def _in_order(first: str, second: str, *, month_first: bool) -> tuple[str, str]:
    """(month, day) of two numbers; a number that can be no month settles it."""
    if int(second) > _MONTHS or (month_first and int(first) <= _MONTHS):
        return first, second
    return second, first


def _date(year: str, month: str | None, day: str | None) -> str:
    """The ISO date, or the empty string for one that is not in the calendar or beyond belief (9940-12-31)."""
    if not _EARLIEST <= int(year) <= _LATEST:
        return ""
    try:
        full = dt.date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return ""
    return full[: 10 if day else 7 if month else 4]


def judge_jurisdiction(value: str) -> list[Found]:
    """ISO 3166 alpha-2, or the ISO 3166-2 code of a subdivision: `GB`, `US-DE`."""
    text = tidy(value)
    head, _, tail = text.upper().partition("-")
    iso, _ = subdivision(head, tail) if tail else ("", "")
    code = iso or country_code(text)
    if code:
        return [Found(code, details={"country_code": code[:2]})]
    if is_placeholder(text):
        return [refuse(Finding.PLACEHOLDER)]
    return [refuse(Finding.UNKNOWN_COUNTRY)]


def judge_industry(value: str) -> list[Found]:
    """An activity code `SCHEME:code`, without the words that explain it."""
    text = tidy(value)
    if is_placeholder(text):
        return [refuse(Finding.PLACEHOLDER)]
    match = _INDUSTRY.match(text)
    if not match or not any(mark.isdigit() for mark in match[2]) or not match[2].strip("0.-"):
        return [refuse(Finding.SYNTAX)]
    scheme = match[1].upper()
    name = _SCHEMES.get(scheme, scheme)
    return [Found(f"{name}:{match[2].upper()}", Status.VALID, details={"scheme": name})]
