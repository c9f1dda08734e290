"""Web sites: the addresses in a raw value, each in one canonical form with its registrable domain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import ada_url

from pipelines.reasons import Finding
from pipelines.verify.domains import is_portal, is_special, registrable
from pipelines.verify.outcome import Found, Status, refuse, settle
from pipelines.verify.text import is_placeholder, tidy

SHARED = frozenset({
    "facebook.com", "fb.com", "instagram.com", "linkedin.com", "twitter.com", "x.com", "youtube.com", "youtu.be",
    "tiktok.com", "pinterest.com", "xing.com", "vk.com", "t.me", "telegram.org", "wa.me", "whatsapp.com", "threads.net",
    "medium.com", "github.com", "crunchbase.com", "wikipedia.org", "google.com", "goo.gl", "bit.ly", "linktr.ee",
    "yelp.com", "tripadvisor.com", "ebay.com", "etsy.com", "amazon.com", "archive.org", "snapchat.com", "ok.ru",
})  # fmt: skip
"""Sites on which many organisations have pages: such a page says nothing of an organisation's own domain."""

_SCHEME = re.compile(r"\bh*ttps?\s*:\s*[/\\]*\s*(?=[\w(\[])|\bh*ttps?\s*[/\\]{2,}", re.IGNORECASE)
_DOUBLED = re.compile(r"(?:https?://(?=https?://))+", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[^/\s=])(?=https?://)", re.IGNORECASE)
_WWW = re.compile(r"\bwww?[.,:]+\s*(?=[\w-])", re.IGNORECASE)
_XN = re.compile(r"\bxn\s*(?:--|[\u2013\u2014-])\s*(?=\w)", re.IGNORECASE)
_LOOSE_DOT = re.compile(r"(?<=\w)\.\s+(?=[a-z]{2,3}(?:/|$|\s))")
_REMARK = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_SEPARATOR = re.compile(r"[;,|\s\"<>]+")
_INNER = re.compile(r"^((?:https?://)?[^/\s]+)/((?:www\.)[^/\s]+)/?$", re.IGNORECASE)
_NOISE = re.compile(r"^(?:.*[:)]|and|or|und|oder|et|ou|y|/|&|-|[\w.]*\(.*)$", re.IGNORECASE)
_EDGE = " \t.,;:<>()[]{}\"'`*\u201c\u201d"


def judge(value: str) -> list[Found]:
    """Finds the web addresses in a raw value.

    Args:
        value: As the source writes it; may hold several, with words round them.

    Returns:
        Canonical addresses: the scheme given or `https`, host in small letters and ASCII, without `www.` before a
        registrable domain, user, default port, root path, fragment and tracking parameters. A page on a site of many
        (a network, a government's portal) has no `domain`.
    """
    if is_placeholder(tidy(value)):
        return [refuse(Finding.PLACEHOLDER)]
    settled = settle([_doubted(canonical(one), value) for one in candidates(value)]) or [refuse(Finding.SYNTAX)]
    return [one.plus(Finding.SEVERAL) if len(settled) > 1 else one for one in settled]


def _doubted(found: Found, value: str) -> Found:
    """Marks a domain that had to be joined from broken words: a hyphen may have stood where the space is."""
    domain = found.details.get("domain", "")
    joined = bool(domain) and value.isascii() and domain not in value.lower()
    return found.plus(Finding.REPAIRED, status=Status.RISKY) if joined else found


def candidates(value: str) -> Iterator[str]:
    """The words of a raw value that may be web addresses, with the known slips of writing put right."""
    text = _SCHEME.sub(_scheme, value.replace("\\", "/"))
    text = _XN.sub("xn--", _LOOSE_DOT.sub(".", _WWW.sub("www.", text)))
    text = _GLUED.sub(" ", _DOUBLED.sub("", text))
    words = [word for word in _SEPARATOR.split(_REMARK.sub(_remark, text)) if word]
    for word in _mended(words):
        inner = _INNER.match(word)
        yield from inner.groups() if inner else (word,)


def _scheme(match: re.Match[str]) -> str:
    return "https://" if "s" in match[0].lower().partition(":")[0] else "http://"


def _remark(match: re.Match[str]) -> str:
    """A remark in brackets is dropped unless it is an address itself."""
    inner = (match[1] or match[2] or "").strip()
    return f" https://{inner} " if " " not in inner and _is_site(inner) else " "


def _mended(words: list[str]) -> list[str]:
    """The addresses among the words: explicit ones anywhere, bare domains only when no prose stands round them."""
    explicit = [word for word in words if _is_explicit(word)]
    if explicit:
        broken = _is_explicit(words[0]) and len(words) > 1 and not _is_site(words[0])
        return ["".join(words)] if broken else [*explicit, *(w for w in words if w not in explicit and _is_site(w))]
    if all(_is_site(word) or _NOISE.match(word) for word in words):
        return [word for word in words if _is_site(word)]
    return []


def _is_explicit(word: str) -> bool:
    bare = word.lstrip(_EDGE).lower()
    return bare.startswith(("http://", "https://", "www."))


def _is_site(word: str) -> bool:
    return bool(registrable(_host(word)))


def _host(word: str) -> str:
    bare = word.strip(_EDGE)
    rest = bare.partition("://")[2] or bare
    return re.split(r"[/?#:]", rest, maxsplit=1)[0].rstrip(".")


def canonical(word: str) -> Found:
    """The canonical form of one address, or why there is none."""
    bare = word.strip(_EDGE)
    explicit = "://" in bare.partition("/")[0] + "//" and bare.lower().startswith(("http://", "https://"))
    host = _host(bare)
    if "@" in host or ".." in host or not registrable(host):
        return refuse(Finding.SPECIAL_DOMAIN if is_special(host) else Finding.SYNTAX)
    try:
        parsed = ada_url.parse_url(bare if explicit else f"https://{bare}")
    except (ValueError, UnicodeError):
        return refuse(Finding.SYNTAX)
    return _judged(parsed["protocol"], parsed["host"], parsed["pathname"], raw=word)


def _judged(scheme: str, host: str, path: str, *, raw: str) -> Found:
    """The address without its query: that tracks, or lets in, or tells who asked; it is on no business card."""
    name = host.partition(":")[0].rstrip(".")
    domain = registrable(name)
    if is_special(name):
        return refuse(Finding.SPECIAL_DOMAIN)
    if not domain:
        return refuse(Finding.SYNTAX)
    port = host.partition(":")[2]
    tail = path.rstrip("/" + _EDGE)
    url = f"{scheme}//{_plain(name)}{':' if port else ''}{port}{tail}"
    shared = domain in SHARED or is_portal(name)
    found = Found(url, details={"domain": "" if shared else domain})
    if raw.strip(_EDGE) != raw:
        found = found.plus(Finding.REPAIRED)
    return found.plus(Finding.SHARED, status=Status.RISKY) if shared else found


def _plain(host: str) -> str:
    """The host without `www.`, where that is one site with the bare domain; `www.gov.uk` has no bare one."""
    bare = host.removeprefix("www.")
    return bare if registrable(bare) == bare and not is_portal(host) else host


def host_and_path(url: str) -> tuple[str, list[str]]:
    """Host without `www.` and the path's segments of a canonical address."""
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), [segment for segment in parts.path.split("/") if segment]
