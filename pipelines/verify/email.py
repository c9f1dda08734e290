"""E-mail addresses: syntax, the ways in which they are written wrongly, and what kind of mailbox they name. No DNS."""

from __future__ import annotations

import re
from collections.abc import Iterator

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

from pipelines.reasons import Finding
from pipelines.verify.domains import DISPOSABLE, FREE, is_listed, is_special, registrable
from pipelines.verify.mailboxes import is_role
from pipelines.verify.outcome import Found, Status, refuse, settle
from pipelines.verify.text import is_placeholder, tidy

_MAILTO = re.compile(r"\bmailto:|\bsmtp:", re.IGNORECASE)
_QUERY = re.compile(r"\?(?:subject|body|cc|bcc)=.*$", re.IGNORECASE)
_AT = re.compile(r"\s*[\[({<]\s*(?:at|@|arroba|klammeraffe)\s*[\])}>]\s*", re.IGNORECASE)
_SPOKEN_AT = re.compile(r"(?<=\w)\s+(?:at|arroba)\s+(?=[\w.-]+\s*(?:\.|\bdot\b))", re.IGNORECASE)
_DOT = re.compile(r"\s*[\[({<]\s*(?:dot|punkt|point|\.)\s*[\])}>]\s*|(?<=\w)\s+dot\s+(?=\w)", re.IGNORECASE)
_REMARK = re.compile(r"\([^()@]*\)|\[[^\[\]@]*\]")
_LOOSE_DOT = re.compile(r"(?<=[\w-])\s+\.(?=\w)|(?<=[\w-])\.\s+(?=[a-z]{2,3}(?:$|[\s;,>/]))")
_LOOSE_AT = re.compile(r"\s*@\s*")
_COMMA_TLD = re.compile(r"(@[\w.-]+\.[a-z]{2,3}),([a-z]{2})$", re.IGNORECASE)
_SEPARATOR = re.compile(r"[;,|\n\r\t]+|\s+[/&]\s+")
_SLASH = re.compile(r"/+")
_LEADING = re.compile(r"^(?:.*[:<>\d]|and|or|und|oder|et|ou|y|o|e|i|e-?mail|mail|courriel|correo|tel\.?|fax)$",
                      re.IGNORECASE)  # fmt: skip
_OPENING = ("<", "(", "[", "{")
_EDGE = " \t.,;:<>()[]{}\"'`\u2018\u2019\u201c\u201d*"


def judge(value: str, *, label: str = "") -> list[Found]:
    """Finds the e-mail addresses in a raw value.

    Args:
        value: As the source writes it; may hold several.
        label: The claim's label; a mailbox of a function is nothing to warn of in one labelled `organisation`.
    """
    if is_placeholder(tidy(value)):
        return [refuse(Finding.PLACEHOLDER)]
    found = [_judge_one(one, label) for one in _addresses(value)]
    settled = settle(found) or [refuse(Finding.SYNTAX)]
    several = len(settled) > 1
    return [one.plus(Finding.SEVERAL) if several else one for one in settled]


def _addresses(value: str) -> Iterator[str]:
    """Candidates, as they stand; a raw line break separates, so the value is not tidied before it is cut."""
    text = _AT.sub("@", _MAILTO.sub("", value.replace("\uff20", "@")))
    text = _DOT.sub(".", text)
    text = text if "@" in text else _SPOKEN_AT.sub("@", text)
    text = _REMARK.sub(" ", text)
    text = _COMMA_TLD.sub(r"\1.\2", _QUERY.sub("", text).strip())
    for line in _SEPARATOR.split(text):
        piece = _LOOSE_AT.sub("@", _LOOSE_DOT.sub(".", tidy(line)))
        pieces = _SLASH.split(piece) if piece.count("@") > 1 else [piece]
        for part in pieces:
            yield from _words(part)


def _words(piece: str) -> Iterator[str]:
    """The words with an at sign where there are several; otherwise the piece, its broken words joined."""
    ats = piece.count("@")
    if ats == 0:
        return
    if ats > 1:
        yield from (word for word in piece.split(" ") if "@" in word)
        return
    local, _, domain = piece.partition("@")
    before = local.split(" ")
    bracketed = before[-1][:1] in _OPENING
    if not bracketed and any(not _LEADING.match(word) for word in before[:-1]):
        # "anna smith@x": a name before the address, or an address broken in two: nobody can tell.
        return
    yield f"{before[-1]}@{_joined(domain)}"


def _joined(domain: str) -> str:
    words = domain.split(" ")
    if len(words) == 1:
        return domain
    first = words[0].strip(_EDGE)
    longer = f"{first}.{words[1]}"
    if registrable(first):
        return longer if _is_two_level(first, longer) else first
    glued = "".join(words)
    return glued if registrable(glued.strip(_EDGE)) else longer


def _is_two_level(domain: str, longer: str) -> bool:
    """Whether a two-letter word after the domain is its lost country: `x.gov za`."""
    return bool(registrable(longer)) and len(longer) == len(domain) + 3


def _judge_one(raw: str, label: str) -> Found:
    cleaned = _repair(raw)
    local, _, domain = cleaned.rpartition("@")
    if not local or "@" in local:
        return refuse(Finding.SYNTAX)
    if is_special(domain):
        return refuse(Finding.SPECIAL_DOMAIN)
    if not registrable(domain):
        return refuse(Finding.SYNTAX)
    try:
        parsed = validate_email(cleaned, check_deliverability=False)
    except EmailNotValidError:
        return refuse(Finding.SYNTAX)
    repaired = (Finding.REPAIRED,) if cleaned.lower() != raw.lower() else ()
    return _weigh(parsed, label).plus(*repaired)


def _repair(raw: str) -> str:
    local, _, domain = raw.strip(_EDGE).rpartition("@")
    domain = re.sub(r"\.{2,}", ".", domain.strip(_EDGE).replace("_", "-").replace("\u2010", "-"))
    return f"{local.lstrip(_EDGE)}@{domain}"


def _weigh(parsed: ValidatedEmail, label: str) -> Found:
    address, host = parsed.normalized.lower(), parsed.ascii_domain.lower()
    if is_listed(host, DISPOSABLE):
        return refuse(Finding.DISPOSABLE)
    kind = "role" if is_role(parsed.local_part) else "named"
    found = Found(address, details={"domain": registrable(host), "mailbox_kind": kind})
    if kind == "role":
        found = found.plus(Finding.ROLE_MAILBOX, status=Status.VALID if label == "organisation" else Status.RISKY)
    if is_listed(host, FREE):
        found = found.plus(Finding.FREE_PROVIDER, status=Status.RISKY)
    return found
