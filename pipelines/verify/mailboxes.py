"""Whether a mailbox is a function's (`info@`, `cityprocurement@`) or a person's: the one rule that every stage asks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

import yaml
from anyascii import anyascii

_GLUED = 6
"""Letters from which a function is told inside a longer word: shorter ones begin and end too many family names."""

_BESIDE = 2
"""Letters that must stand beside a glued function: with one more or less it may be a name (Officer, Councill)."""

_SHORT = 2
"""Letters of a word that is a country, a number of a branch or an initial, and says nothing."""

_WORD = re.compile(r"[a-z]+")


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
    return is_role(address.strip().lower().removeprefix("mailto:").partition("@")[0])
