"""The words of the invented world: the shape of `words.yml`, which holds them as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Town:
    """A town: in patterns `#` is a digit, `%` one from two on, and `@` a letter of a postal code.

    Attributes:
        name: Its name as written at home.
        region: State, province or county where addresses of the country carry one, else empty.
        postal_code: Pattern of its postal codes.
        phone: Pattern of its ordinary fixed lines, E.164.
        fiction: Pattern of the range that the country sets aside for fiction, or empty.
    """

    name: str
    region: str
    postal_code: str
    phone: str
    fiction: str


@dataclass(frozen=True, slots=True)
class Country:
    """What names, addresses and numbers look like in one country.

    Attributes:
        language: Key of `TITLES` and `SECTORS`.
        tld: Ending of its domains.
        company: How a company is called, from brand, sector and form.
        council: How a public body is called, from brand.
        faith: How a religious, political or workers' organisation is called, by its industry code.
        forms: Legal forms.
        street: How a street line is written, from word and number.
        streets: Ordinary names of streets.
        home_street: How a street of homes is called, from a word that nothing else in the world has.
        mobile: Pattern of its mobile numbers, E.164.
        towns: Where firms sit.
        given: Given names.
        family: Family names.
        family_beginnings: Beginnings of further family names; where there are none, two names stand side by side.
        family_endings: Their endings.
    """

    language: str
    tld: str
    company: str
    council: str
    faith: Mapping[str, str]
    forms: tuple[str, ...]
    street: str
    streets: tuple[str, ...]
    home_street: str
    mobile: str
    towns: tuple[Town, ...]
    given: tuple[str, ...]
    family: tuple[str, ...]
    family_beginnings: tuple[str, ...]
    family_endings: tuple[str, ...]


def _country(said: Mapping[str, Any]) -> Country:
    lists = {name: tuple(value) for name, value in said.items() if isinstance(value, list)}
    return Country(**{**said, **lists, "towns": tuple(Town(*town) for town in said["towns"])})


_SAID: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yml").read_text("utf-8"))

COUNTRIES: Mapping[str, Country] = {code: _country(said) for code, said in _SAID["countries"].items()}
"""The countries of the world, by ISO 3166 alpha-2 code."""

CYCLE: tuple[str, ...] = tuple(_SAID["cycle"])
"""The country of firm `n` is that of place `n % 25`, so that a firm's rank in its country needs no memory."""

SECTORS: Mapping[str, Mapping[str, str]] = _SAID["sectors"]
"""What firms do: SIC 2007 code, and the word that stands in a name, by language."""

TITLES: Mapping[str, Mapping[str, list[str]]] = _SAID["titles"]
"""Job titles by language and role, that of women after `|` where it differs.

`sensitive` ones say what somebody believes or where they are organised.
"""

WOMEN = frozenset(_SAID["women"])
"""Given names of women, for titles, middle names and Greek family names; American ones have initials only."""

GREEK_FAMILY_OF_WOMEN: tuple[tuple[str, str], ...] = tuple(map(tuple, _SAID["greek_family_of_women"]))
"""How a Greek family name of a man ends, and that of a woman; other endings stay."""

FREE_MAIL: tuple[str, ...] = tuple(_SAID["free_mail"])
"""Providers of private mailboxes, none of which a firm ever has as its domain."""


def _syllables(onsets: str) -> tuple[str, ...]:
    said = _SAID["syllables"]
    return tuple(onset + vowel for onset in said[onsets] for vowel in said["vowels"])


FIRST_SYLLABLES = _syllables("first")
LATER_SYLLABLES = _syllables("later")
CODAS: tuple[str, ...] = tuple(_SAID["syllables"]["codas"])
"""With the syllables: what invented words are made of."""
