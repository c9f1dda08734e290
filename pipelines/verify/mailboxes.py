"""Whether a mailbox is a function's (`info@`, `cityprocurement@`) or a person's: the one rule that every stage asks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

import yaml
from anyascii import anyascii

from pipelines.verify.domains import registrable

_GLUED = 6
"""Letters from which a function is told inside a longer word: shorter ones begin and end too many family names."""

_BESIDE = 2
"""Letters that must stand beside a glued function: with one more or less it may be a name (Officer, Councill)."""

_SHORT = 2
"""Letters of a word that is a country, a number of a branch or an initial, and says nothing."""

_ABBREVIATION = 3
"""Letters up to which a mailbox is as well the abbreviation of a unit as somebody's initials."""

_WORD = re.compile(r"[a-z]+")
_GIVEN_AND_FAMILY = re.compile(r"[a-z]+[._][a-z]+(-[a-z]+)?\d*")
_PERHAPS_NAMES = re.compile(r"[a-z]+(-[a-z]+)?([._][a-z]+(-[a-z]+)?){0,2}\d*")
_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})

_LISTS: Mapping[str, Sequence[str]] = yaml.safe_load(Path(__file__).with_name("mailboxes.yml").read_text("utf-8"))
_FUNCTIONS, _AMBIGUOUS = frozenset(_LISTS["functions"]), frozenset(_LISTS["ambiguous"])


@cache
def _glued() -> re.Pattern[str]:
    longer = sorted(word for word in _FUNCTIONS if len(word) >= _GLUED)
    either = "|".join(map(re.escape, longer))
    return re.compile(rf"(?:{either})[a-z]{{{_BESIDE},}}|[a-z]{{{_BESIDE},}}(?:{either})")


@lru_cache(maxsize=65_536)
def is_role(local: str) -> bool:
    """Whether a local part names a function: `info`, `sales-uk`, `vergabe2`, `cityprocurement`, not `anna.smith`.

    Args:
        local: What stands before the at sign; a tag after a plus sign is not read.
    """
    found = _WORD.findall(str(anyascii(local.partition("+")[0])).lower())
    whole = "".join(found)
    if whole in _AMBIGUOUS or (len(whole) >= _GLUED and whole in _FUNCTIONS):
        return True
    if any(word in _FUNCTIONS or _glued().fullmatch(word) for word in found):
        return True
    return bool(found) and found[0] in _AMBIGUOUS and all(word in _AMBIGUOUS or len(word) <= _SHORT for word in found)


def is_role_mailbox(address: str) -> bool:
    """Whether an e-mail address, raw or not, is a function's."""
    return is_role(_local(address))


def reads_as_a_persons(address: str, own: Iterable[str] = ()) -> bool:
    """Whether the mailbox is somebody's, by what it reads as: `anna.smith`, `asmith`, `smitha2`, `anna`.

    No list holds all family names, so a word of more than three letters is one unless something says otherwise: a
    function, or the organisation itself. Two words with a dot between are a name even in an organisation named alike.

    Args:
        address: An e-mail address, raw or not.
        own: What the organisation is called and where it is: a mailbox may be one of its shop, hotel or branch there.
    """
    local = str(anyascii(_local(address).partition("+")[0])).lower()
    found = _WORD.findall(local)
    if is_role(local) or not found:
        return False
    if _GIVEN_AND_FAMILY.fullmatch(local):
        return True
    if found[0] in _AMBIGUOUS or not _PERHAPS_NAMES.fullmatch(local):
        return False
    whole = "".join(found)
    return len(whole) > _ABBREVIATION and not is_spelt_in(whole, (*own, _chosen_label(address)))


def is_spelt_in(whole: str, texts: Iterable[str]) -> bool:
    """Whether words of one of the texts, run together, are the whole: `lapiazza` of `Pizzeria La Piazza Ltd`."""
    spelt = re.compile(rf"(?<![a-z]){'[^a-z]*'.join(whole)}(?![a-z])")
    folded = (text.lower() for text in texts)
    return any(spelt.search(str(anyascii(form))) for text in folded for form in (text, text.translate(_TWO_LETTERS)))


def _local(address: str) -> str:
    return address.strip().lower().removeprefix("mailto:").partition("@")[0]


def _chosen_label(address: str) -> str:
    """What the owner of the domain calls it: `zorbury-tools` of `mail.zorbury-tools.co.uk`."""
    return registrable(address.rpartition("@")[2]).partition(".")[0]
