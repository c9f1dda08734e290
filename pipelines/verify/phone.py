"""Telephone numbers: E.164, extension and type of line, with the country's numbering plan as the judge."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberType

from pipelines.reasons import Finding
from pipelines.verify.outcome import Found, refuse, settle, unknown
from pipelines.verify.text import is_placeholder, tidy

_SEPARATOR = re.compile(r"[\n\r|]+|;(?!\s*ext)|\s+(?:or|and|oder|und|et|ou|y|o)\s+|\s&\s", re.IGNORECASE)
_SOFT = re.compile(r"\s*[/,]\s*")
_LABEL = re.compile(r"^\s*(?:tel(?:ephone|efon|\u00e9phone|\u00e9fono)?|phone|ph|fax|mob(?:ile|il)?|cell|call|t|f|m|p)"
                    r"\s*[.:]+\s*|^tel:", re.IGNORECASE)  # fmt: skip
_EXTENSION = re.compile(r"[\s,;]*(?:\bext(?:ension|n)?|\bx|\bdurchwahl|\bdw|\bposte|#|\banexo|\binterno|\bapp)"
                        r"[\s.:=]*(\d{1,7})\s*$", re.IGNORECASE)  # fmt: skip
_TRUNK = re.compile(r"\(\s*0\s*\)")
_TAIL = re.compile(r"\s*\([^()\d]*\)\s*$")
_COUNTING = ("1234567890", "0123456789", "123456789", "12345678", "1234567", "0987654321", "987654321")
_ENOUGH = 7
_ZEROS = 6
_SAME = 5

LINE_TYPES = {number: name.lower() for name, number in vars(PhoneNumberType).items()
              if isinstance(number, int) and name.isupper()}  # fmt: skip


def judge(value: str, country: str) -> list[Found]:
    """Finds the telephone numbers in a raw value.

    Args:
        value: As the source writes it; may hold several, with extensions.
        country: ISO 3166 alpha-2 for numbers in national form; may be empty.

    Returns:
        E.164 each, with `extension` and `line_type`.
    """
    if is_placeholder(tidy(value)):
        return [refuse(Finding.PLACEHOLDER)]
    found = [_judge_one(one, country) for one in numbers_in(value)]
    settled = settle(found) or [refuse(Finding.SYNTAX)]
    return [one.plus(Finding.SEVERAL) if len(settled) > 1 else one for one in settled]


def _digits(text: str) -> str:
    return "".join(mark for mark in text if mark.isdecimal())


def numbers_in(value: str) -> Iterator[str]:
    """The numbers that a raw value may hide, as they are written, without labels."""
    for line in _SEPARATOR.split(value):
        text = _TAIL.sub("", _LABEL.sub("", tidy(line)))
        pieces = _SOFT.split(text)
        whole = [piece for piece in pieces if len(_digits(piece)) >= _ENOUGH]
        if len(pieces) == 1:
            yield text
        elif len(whole) > 1:
            yield from whole
        elif whole and len(_digits(pieces[0])) >= _ENOUGH and not _EXTENSION.search(text):
            yield pieces[0]  # "…-0/-12": a second line of the same switchboard
        else:
            yield " ".join(pieces)


def _judge_one(text: str, country: str) -> Found:
    digits = _digits(text)
    if not digits:
        return refuse(Finding.SYNTAX)
    if _is_made_up(digits):
        return refuse(Finding.PLACEHOLDER)
    body, extension = _without_extension(text)
    number = _parsed(body, country)
    if number is None:
        national = not text.lstrip("( ").startswith(("+", "00"))
        return unknown(Finding.UNKNOWN_COUNTRY) if national and not country else refuse(Finding.SYNTAX)
    return _judged(number, extension)


def _is_made_up(digits: str) -> bool:
    bare = digits.lstrip("0") or digits
    # an area code and then zeros: written where a form demands a number
    ends_in_zeros = len(digits) > _ZEROS and not digits[-_ZEROS:].strip("0")
    return (len(digits) >= _SAME and len(set(digits)) == 1) or ends_in_zeros or bare in _COUNTING or digits in _COUNTING


def _without_extension(text: str) -> tuple[str, str]:
    match = _EXTENSION.search(text)
    if match and len(_digits(text[: match.start()])) >= _SAME:
        return text[: match.start()], match[1]
    return text, ""


def _parsed(text: str, country: str) -> PhoneNumber | None:
    """The first reading that the numbering plan confirms, else the first reading."""
    international = text.lstrip("( ").startswith(("+", "00"))
    bare = _TRUNK.sub(" ", text) if international else text
    readings = [bare]
    if bare.startswith("00"):
        readings.append("+" + bare[2:])
    first = None
    for reading in readings:
        try:
            number = phonenumbers.parse(reading, country or None)
        except NumberParseException:
            continue
        if phonenumbers.number_type(number) != PhoneNumberType.UNKNOWN:
            return number
        first = first or number
    return first


def _judged(number: PhoneNumber, extension: str) -> Found:
    line_type = phonenumbers.number_type(number)
    if line_type == PhoneNumberType.UNKNOWN:
        possible = phonenumbers.is_possible_number(number)
        return refuse(Finding.UNASSIGNED_NUMBER if possible else Finding.IMPOSSIBLE_NUMBER)
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    details = {
        "extension": extension or number.extension or "",
        "line_type": LINE_TYPES[line_type],
    }
    return Found(e164, details=details)
