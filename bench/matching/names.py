"""What names are made of: frequent given and family names, nicknames, scripts, towns with their exonyms, legal forms.

What belongs here: reading `names.yml`, and writing other scripts in Latin letters. All lists are of common words that
stand for nobody; who bears which is drawn by chance.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import yaml

_DATA: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("names.yml").read_text("utf-8"))


def listed(name: str) -> list[str]:
    """A list of `names.yml`: values between `|`, or words; `-` is the empty one."""
    text = str(_DATA[name])
    return ["" if one == "-" else one for one in (text.split(" | ") if "|" in text else text.split())]


NICKNAMES = dict(one.split("=") for one in listed("nicknames"))
GIVEN = [*NICKNAMES, *listed("given")]
SURNAMES = listed("surnames")
CYRILLIC_GIVEN, CYRILLIC_ROOTS, CYRILLIC_ENDS = (listed(f"cyrillic_{part}") for part in ("given", "roots", "ends"))
GREEK_GIVEN, GREEK_ROOTS, GREEK_ENDS = (listed(f"greek_{part}") for part in ("given", "roots", "ends"))
TRADES, LONG_WORDS = listed("trades"), listed("long_words")
COMPANY_WORDS = [*TRADES, *LONG_WORDS, *listed("brand_words")]
FORMS, STREETS, LABELS = listed("forms"), listed("streets"), listed("labels")
TITLES, OWNERS = listed("titles"), listed("owners")


class Country(NamedTuple):
    """What names, numbers and addresses look like in a country; towns as `local=exonym=exonym`."""

    code: str
    share: float
    dial: str
    postal: int
    street: str
    forms: tuple[tuple[str, str], ...]
    towns: tuple[str, ...]
    script: str = ""


def _country(given: dict[str, Any]) -> Country:
    forms = [one.partition("=") for one in given.pop("forms").split(" | ")]
    towns = tuple(given.pop("towns").split(" | "))
    return Country(**given, forms=tuple((short, long) for short, _, long in forms), towns=towns)


COUNTRIES = tuple(_country(dict(one)) for one in _DATA["countries"])


def _tables(script: str, schemes: int) -> list[dict[str, str]]:
    letters = _DATA[f"{script}_letters"]
    return [dict(zip(letters, str(_DATA[f"{script}_{at}"]).split(), strict=True)) for at in range(schemes)]


_TABLES = {"cyrillic": _tables("cyrillic", 3), "greek": _tables("greek", 2)}
_ACCENTS = str.maketrans(dict(one.split("=") for one in listed("greek_accents")))
_DIGRAPHS = [tuple(one.split("=")) for one in listed("greek_digraphs")]


def latin(text: str, script: str, scheme: int) -> str:
    """A text of another script in Latin letters by one of several schemes in use: English, scholarly, German."""
    tables = _TABLES.get(script)
    if tables is None:
        return text
    folded = text.translate(_ACCENTS).lower()
    for old, new in _DIGRAPHS if scheme % 2 == 0 else ():
        folded = folded.replace(old, new)
    table = tables[scheme % len(tables)]
    plain = "".join(table.get(char, char) for char in folded)
    plain = plain.replace(".", "") if script == "cyrillic" else plain
    return " ".join(word[:1].upper() + word[1:] for word in plain.split(" "))
