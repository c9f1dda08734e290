"""Countries and their subdivisions by any of their names and codes. Judges nothing; looks up."""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

import pycountry

from pipelines.verify.text import key

_LANGUAGES = (
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "da",
    "sv",
    "nb",
    "fi",
    "pl",
    "cs",
    "et",
    "lv",
    "lt",
    "ru",
    "tr",
    "hu",
)

_ALIASES = {
    "uk": "GB", "u k": "GB", "great britain": "GB", "britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
    "cymru": "GB", "northern ireland": "GB", "england and wales": "GB", "england wales": "GB",
    "engalnd and wales": "GB",
    "e w": "GB", "eng": "GB", "sct": "GB", "wls": "GB", "nir": "GB", "united kingdom of great britain": "GB",
    "english": "GB", "british": "GB", "grossbritannien": "GB", "vereinigtes konigreich": "GB", "royaume uni": "GB",
    "reino unido": "GB", "usa": "US", "u s a": "US", "u s": "US", "america": "US", "united states of america": "US",
    "the united states": "US", "etats unis": "US", "estados unidos": "US", "vereinigte staaten": "US", "eeuu": "US",
    "holland": "NL", "the netherlands": "NL", "ned": "NL", "ger": "DE", "brd": "DE", "sui": "CH", "den": "DK",
    "gre": "GR", "el": "GR", "por": "PT", "cro": "HR", "slo": "SI", "bul": "BG", "lat": "LV",
    "republic of ireland": "IE",
    "eire": "IE", "southern ireland": "IE", "czech republic": "CZ", "ivory coast": "CI", "south korea": "KR",
    "korea": "KR", "republic of korea": "KR", "north korea": "KP", "russia": "RU", "vietnam": "VN", "taiwan": "TW",
    "hong kong sar": "HK", "macau": "MO", "macao": "MO", "turkey": "TR", "turkiye": "TR", "burma": "MM",
    "cape verde": "CV", "swaziland": "SZ", "macedonia": "MK", "kosovo": "XK", "xk": "XK", "xkx": "XK",
    "palestine": "PS",
    "vatican": "VA", "uae": "AE", "u a e": "AE", "emirates": "AE", "bvi": "VG", "british virgin islands": "VG",
    "the bahamas": "BS", "the gambia": "GM", "prc": "CN", "p r china": "CN", "people s republic of china": "CN",
    "brasil": "BR", "espana": "ES", "italia": "IT", "osterreich": "AT", "oesterreich": "AT", "schweiz": "CH",
    "suisse": "CH", "svizzera": "CH", "belgique": "BE", "belgie": "BE", "polska": "PL", "eesti": "EE", "suomi": "FI",
    "sverige": "SE", "norge": "NO", "noreg": "NO", "danmark": "DK", "island": "IS", "deutschland": "DE",
}  # fmt: skip
"""Names that ISO 3166 and its translations lack, by their folded words; the Olympic codes that registers use."""

NATIONS = {"england": "England", "scotland": "Scotland", "wales": "Wales", "northern ireland": "Northern Ireland",
           "gb eng": "England", "gb sct": "Scotland", "gb wls": "Wales", "gb nir": "Northern Ireland"}  # fmt: skip
"""Parts of the United Kingdom that sources write in the place of a country."""


def _names() -> Iterator[tuple[str, str]]:
    for country in pycountry.countries:
        for name in ("alpha_2", "alpha_3", "name", "official_name", "common_name"):
            yield getattr(country, name, None) or "", country.alpha_2
    for language in _LANGUAGES:
        translate = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True).gettext
        for country in pycountry.countries:
            yield translate(country.name), country.alpha_2


@cache
def _countries() -> Mapping[str, str]:
    table: dict[str, str] = {}
    for name, code in _names():
        table.setdefault(key(name), code)
    table.update(_ALIASES)
    table.pop("", None)
    return MappingProxyType(table)


@cache
def _subdivisions() -> Mapping[tuple[str, str], tuple[str, str]]:
    """(country, folded name or code) → (ISO 3166-2 code, name)."""
    table: dict[tuple[str, str], tuple[str, str]] = {}
    for one in pycountry.subdivisions:
        for name in (one.code.partition("-")[2], one.code, one.name):
            table.setdefault((one.country_code, key(name)), (one.code, one.name))
    return MappingProxyType(table)


def country_code(text: str) -> str:
    """ISO 3166 alpha-2 of a country by name (in many languages), alpha-2, alpha-3, or of a subdivision; else empty."""
    name = key(text)
    found = _countries().get(name) or _countries().get(name.removeprefix("the "))
    if found:
        return found
    head, _, tail = name.partition(" ")
    return head.upper() if tail and (head.upper(), name) in _subdivisions() else ""


def subdivision(country: str, text: str) -> tuple[str, str]:
    """ISO 3166-2 code and name of a region of the country by name or code; two empty strings when not known.

    Args:
        country: ISO 3166 alpha-2.
        text: `MA`, `US-MA`, `Massachusetts`.
    """
    return _subdivisions().get((country, key(text)), ("", ""))
