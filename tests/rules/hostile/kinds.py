"""Every kind of hostile file in every format that some source uses, each with the code that it ends in.

A form is a sound file of a real feed with an invented record in it; a kind spoils it in one way. The expectation is the
code of the file's fault or of the record's, or the empty string where the file is sound all the same.
"""

from __future__ import annotations

import gzip
import io
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

NAME, NUMBER = b"@@", b"##"
SOUND = b"Quillon Trading LLC"


@dataclass(frozen=True)
class Form:
    """A feed's file: `record` stands between `head` and `tail` with a name and a number put in."""

    source: str
    feed: str
    file: str
    head: bytes
    record: bytes
    between: bytes
    tail: bytes
    width: int = 0

    def file_of(self, *names: bytes) -> bytes:
        """A file of one record a name; after them comes a sound one."""
        records = [
            self.record.replace(NAME, name.ljust(self.width)).replace(NUMBER, b"%07d" % number)
            for number, name in enumerate([*names, SOUND], 1)
        ]
        return self.head + self.between.join(records) + self.tail


_RELEASE = (
    b'{"ocid": "ocds-##", "id": "##-1", "date": "2026-03-05T00:00:00Z", "tag": ["award"], "parties": [{"id": "p##", '
    b'"name": "@@", "identifier": {"scheme": "GB-COH", "id": "##", "legalName": "@@"}, "roles": ["buyer"]}]}'
)
_LEI = (
    b'{"LEI": {"$": "INVENTED0000##000"}, "Entity": {"LegalName": {"$": "@@"}}, '
    b'"Registration": {"RegistrationStatus": {"$": "ISSUED"}}}'
)
FORMS = {
    "csv": Form("fdic", "institutions", "firms.csv", b"CERT,NAME,CITY,STNAME,ZIP,ADDRESS,ACTIVE,INSDATE\n",
                b"##,@@,Maplewick,Ohio,43004,104 Quarry Road,1,02/29/2004\n", b"", b""),
    "json_lines": Form("ocds", "release_lines", "releases.jsonl", b"", _RELEASE + b"\n", b"", b""),
    "json_list": Form("ocds", "releases", "releases.json", b"[", _RELEASE, b",\n", b"]"),
    "json_items": Form("gleif", "entities_json", "lei.json", b'{"records": [', _LEI, b",\n", b"]}"),
    "json_values": Form("edgar", "tickers", "company_tickers.json", b"{",
                        b'"##": {"cik_str": 1##, "ticker": "X", "title": "@@"}', b",\n", b"}"),
    "xml": Form("gleif", "entities_xml", "lei.xml", b"<LEIData><LEIRecords>\n",
                b"<LEIRecord><LEI>INVENTED0000##000</LEI><Entity><LegalName>@@</LegalName></Entity><Registration>"
                b"<RegistrationStatus>ISSUED</RegistrationStatus></Registration></LEIRecord>\n",
                b"", b"</LEIRecords></LEIData>"),
    "fixed": Form("companies_house", "product_183", "firms.dat", b"AAAAAAAA312320260302\n",
                  b"0##    201202292025123120260103 23112                            YO9 9XX O           @@"
                  b"SKERRY                                                      1\n", b"", b"9999999900000003\n", 160),
    "vcard": Form("vcard", "cards", "cards.vcf", b"",
                  b"BEGIN:VCARD\nVERSION:4.0\nKIND:org\nUID:u##\nFN:@@\nORG:@@\nEND:VCARD\n", b"", b""),
    "html": Form("web", "pages", "page.html", b"<html><body>\n",
                 b'<script type="application/ld+json">{"@type": "Organization", "@id": "#o##", "name": "@@", '
                 b'"url": "https://quillon##.example"}</script>\n', b"", b"</body></html>"),
}  # fmt: skip
"""A file in each format and, for JSON, each way to its records."""

TEXTS = ("csv", "json_lines", "json_list", "json_items", "json_values", "xml", "fixed", "vcard", "html")
JSONS = ("json_lines", "json_list", "json_items", "json_values")
BIG = 40 << 20
FORMULAS = ("=cmd|' /C calc'!A0 LLC", "+1+1 LLC", "-2+3 LLC", "@SUM(1) LLC")
"""Names that a spreadsheet would run; in the lake each is the same text."""


@dataclass(frozen=True)
class Case:
    """A hostile file: what it holds, how it is packed, and the code that it ends in."""

    form: Form
    expected: str
    content: Callable[[], bytes]
    pack: Callable[[Form, Callable[[], bytes]], tuple[str, bytes]]
    kept: tuple[str, ...] = ()


# --- what stands in the file ------------------------------------------------------------------------------------------

Kind = Callable[[Form], bytes]


def named(name: bytes) -> Kind:
    return lambda form: form.file_of(name)


def inside(before: bytes, after: bytes = b"") -> Kind:
    """Sound text, with more before and after it."""
    return lambda form: before + form.file_of() + after


def deep(opening: bytes, closing: bytes) -> Kind:
    """The name in 200,000 levels."""
    return lambda form: form.file_of(opening * 200_000 + closing * 200_000)


def deep_value(opening: bytes, closing: bytes) -> Kind:
    """The name, without its quotes, in 200,000 levels."""
    nested = opening * 200_000 + b"1" + closing * 200_000
    return lambda form: form.file_of(b"@").replace(b'"@"', nested)


def many(pattern: bytes, count: int, form: Form, at: bytes) -> bytes:
    """The file with `count` more fields of made-up names in its first record, at a place."""
    fields = b"".join(pattern % number for number in range(count))
    return form.file_of().replace(at, fields + at, 1)


def many_of(pattern: bytes, count: int, at: bytes) -> Kind:
    return lambda form: many(pattern, count, form, at)


def digits(form: Form) -> bytes:
    return form.file_of(b"@").replace(b'"@"', b"9" * 1_000_000)


def exponent(form: Form) -> bytes:
    return form.file_of(b"@").replace(b'"@"', b"1e" + b"9" * 30)


def wide(form: Form) -> bytes:
    return form.file_of().decode().encode("utf-16")


def zeros(_form: Form) -> bytes:
    return bytes(1 << 20)


def web_page(_form: Form) -> bytes:
    return b"<!doctype html><html><body>Log in</body></html>"


def lone_cr(form: Form) -> bytes:
    return form.file_of().replace(b"\n", b"\r")


def mixed_lines(form: Form) -> bytes:
    return form.file_of().replace(b"\n", b"\r\n", 2)


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + turn, b"&%c;" % (97 + turn) * 10) for turn in range(9))
    + b"]>"
)
QUADRATIC = b'<!DOCTYPE a [<!ENTITY j "%s">]>' % (b"a" * 50_000)
OUTSIDE = b'<!DOCTYPE a [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
PARAMETER = b'<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1:9/"> %b;]>'
DTD = b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">'


def bombed(doctype: bytes, name: bytes = b"&j;") -> Kind:
    return lambda form: doctype + form.file_of(name)


ENCODING, MALFORMED, LARGE = "file_encoding", "file_malformed", "file_too_large"
NOT_TEXT, OVERLONG, UNREADABLE = "record_not_text", "record_overlong", "record_unreadable"

TABLE: dict[str, dict[str, tuple[Kind, str]]] = {
    "sound": {form: (named(b"Wren Motors LLC"), "") for form in TEXTS},
    "entities": {"xml": (bombed(LAUGHS), MALFORMED), "html": (bombed(LAUGHS), "")},
    "quadratic": {"xml": (bombed(QUADRATIC, b"&j;" * 10_000), MALFORMED), "html": (bombed(QUADRATIC), "")},
    "entity_of_a_file": {"xml": (bombed(OUTSIDE), MALFORMED), "html": (bombed(OUTSIDE), "")},
    "entity_of_an_address": {"xml": (bombed(PARAMETER), MALFORMED), "html": (bombed(PARAMETER), "")},
    "dtd_of_an_address": {"xml": (bombed(DTD), MALFORMED), "html": (bombed(DTD), "")},
    "nesting": {
        "json_lines": (deep_value(b"[", b"]"), UNREADABLE),
        **dict.fromkeys(JSONS[1:], (deep_value(b'{"a":', b"}"), MALFORMED)),
        "xml": (deep(b"<a>", b"</a>"), MALFORMED),
        "vcard": (deep(b"a\nAGENT:\nBEGIN:VCARD\n", b"END:VCARD\n"), ""),
        "html": (deep_value(b"[", b"]"), UNREADABLE),
    },
    "nested_elements": {"html": (inside(b"<div>" * 90_000), MALFORMED)},
    "line_without_end": {form: (named(b"a" * BIG), LARGE) for form in TEXTS},
    "cell_without_quote": {"csv": (named(b'"' + b"a\n" * (1 << 20)), MALFORMED)},
    "nul": {
        **dict.fromkeys(JSONS[1:], (named(b"Wren\0LLC"), MALFORMED)),
        "csv": (named(b"Wren\0LLC"), NOT_TEXT),
        "json_lines": (named(b"Wren\0LLC"), UNREADABLE),
        "xml": (named(b"Wren\0LLC"), MALFORMED),
        "fixed": (named(b"Wren\0LLC"), ""),
        "vcard": (named(b"Wren\0LLC"), NOT_TEXT),
        "html": (named(b"Wren\0LLC"), ""),
    },
    "nul_escaped": {
        **dict.fromkeys((*JSONS, "html"), (named(b"Wren\\u0000LLC"), NOT_TEXT)),
        "xml": (named(b"Wren&#0;LLC"), MALFORMED),
        "vcard": (lambda form: form.file_of(b"Wren=00").replace(b"ORG:", b"ORG;ENCODING=QUOTED-PRINTABLE:"), NOT_TEXT),
    },
    "half_a_pair": {
        **dict.fromkeys(JSONS[1:], (named(b"Wren \\ud800 LLC"), "")),
        **dict.fromkeys(("json_lines", "html"), (named(b"Wren \\ud800 LLC"), NOT_TEXT)),
        "xml": (named(b"Wren &#xD800; LLC"), MALFORMED),
    },
    "half_a_pair_in_a_name": {
        **dict.fromkeys(JSONS, (many_of(b'"\\ud800%d": 1, ', 3, b'"ocid"'), "")),
        "json_items": (many_of(b'"\\ud800%d": 1, ', 3, b'"LEI"'), ""),
        "json_values": (many_of(b'"\\ud800%d": 1, ', 3, b'"cik_str"'), ""),
    },
    "no_utf8": {
        **dict.fromkeys(("csv", "json_lines", "json_list", "json_items", "json_values", "xml"),
                        (named(b"Wren \xff LLC"), ENCODING)),
        **dict.fromkeys(("fixed", "vcard", "html"), (named(b"Wren \xff LLC"), "")),
    },
    "formulas": {form: (lambda form: form.file_of(*map(str.encode, FORMULAS)), "") for form in TEXTS},
    "many_names": {
        "csv": (many_of(b"f%d,", 6_000, b"CERT"), LARGE),
        "json_lines": (many_of(b'"f%d": 1, ', 50_000, b'"ocid"'), ""),
        "json_list": (many_of(b'"f%d": 1, ', 50_000, b'"ocid"'), ""),
        "json_items": (many_of(b'"f%d": 1, ', 50_000, b'"LEI"'), ""),
        "json_values": (many_of(b'"f%d": 1, ', 50_000, b'"cik_str"'), ""),
        "xml": (many_of(b"<f%d/>", 50_000, b"<LEI>"), ""),
        "vcard": (many_of(b"X-F%d:1\n", 9_000, b"KIND"), ""),
        "html": (many_of(b'"f%d": 1, ', 50_000, b'"@type"'), ""),
    },
    "long_names": {
        "json_lines": (many_of(b'"' + b"f" * 1_000_000 + b'%d": {"a": {"b": 1, "c": 2}}, ', 20, b'"ocid"'), ""),
        "json_list": (many_of(b'"' + b"f" * 1_000_000 + b'%d": {"a": {"b": 1, "c": 2}}, ', 20, b'"ocid"'), ""),
        "xml": (many_of(b"<" + b"f" * 1_000_000 + b' a%d="1"/>', 10, b"<LEI>"), ""),
    },
    "digits": {
        "csv": (named(b"9" * 1_000_000), OVERLONG),
        "json_lines": (digits, UNREADABLE),
        **dict.fromkeys(JSONS[1:], (digits, MALFORMED)),
        "xml": (named(b"9" * 1_000_000), OVERLONG),
        "vcard": (named(b"9" * 400_000), OVERLONG),
        "html": (digits, UNREADABLE),
    },
    "exponent": {
        **dict.fromkeys(("json_lines", "html"), (exponent, "")),
        **dict.fromkeys(JSONS[1:], (exponent, MALFORMED)),
    },
    "overlong": {form: (named(b"Wren " * 2_000), OVERLONG) for form in TEXTS if form != "fixed"},
    "byte_order_mark": {form: (inside(b"\xef\xbb\xbf"), "no_file" if form == "fixed" else "") for form in TEXTS},
    "utf_16": {
        **dict.fromkeys(("csv", "json_lines", "json_items", "xml", "fixed", "vcard"), (wide, ENCODING)),
        **dict.fromkeys(("json_list", "json_values"), (wide, MALFORMED)),
        "html": (wide, ""),
    },
    "lone_cr": {
        **dict.fromkeys(("csv", "json_lines", "json_list", "json_items", "json_values", "xml", "html"), (lone_cr, "")),
        "fixed": (lone_cr, "no_file"),
        "vcard": (lone_cr, MALFORMED),
    },
    "mixed_lines": dict.fromkeys(TEXTS, (mixed_lines, "")),
    "nothing": dict.fromkeys(TEXTS, (lambda _: b"", "file_empty")),
    "blanks": dict.fromkeys(TEXTS, (lambda _: b" \r\n\t\n" * 1_000, "file_empty")),
    "zeros": {
        **dict.fromkeys(("json_lines", "json_list", "json_values", "vcard", "html"), (zeros, MALFORMED)),
        **dict.fromkeys(("json_items", "xml", "fixed"), (zeros, ENCODING)),
        "csv": (zeros, "file_column_missing"),
    },
    "web_page": dict.fromkeys(TEXTS[:-1], (web_page, "file_is_html")),
}  # fmt: skip
"""The file itself, by kind and format: what it is spoilt by, and the code it ends in."""


# --- how it is packed -------------------------------------------------------------------------------------------------


def plain(form: Form, content: Callable[[], bytes]) -> tuple[str, bytes]:
    return form.file, content()


def gzipped(form: Form, content: Callable[[], bytes]) -> tuple[str, bytes]:
    return f"{form.file}.gz", gzip.compress(content(), 1)


def zipped(form: Form, content: Callable[[], bytes]) -> tuple[str, bytes]:
    return _archive(lambda archive: archive.writestr(form.file, content()))


def _archive(pack: Callable[[zipfile.ZipFile], Any], method: int = zipfile.ZIP_DEFLATED) -> tuple[str, bytes]:
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", method, compresslevel=1) as archive:
        warnings.simplefilter("ignore")  # zipfile warns of a name written twice
        pack(archive)
    return "packed.zip", stream.getvalue()


def bomb(form: Form, content: Callable[[], bytes]) -> tuple[str, bytes]:
    """A sound file that goes on with blanks for 64 MiB."""
    return _archive(
        lambda archive: archive.writestr(form.file, content() + (b" " * 1_023 + b"\n") * (64 << 10), compresslevel=9)
    )


def gzip_bomb(form: Form, content: Callable[[], bytes]) -> tuple[str, bytes]:
    return f"{form.file}.gz", gzip.compress(content() + (b" " * 1_023 + b"\n") * (64 << 10), 9)


def nested(form: Form, content: Callable[[], bytes]) -> tuple[str, bytes]:
    return _archive(lambda archive: archive.writestr("inner.zip", zipped(form, content)[1]))


def link(form: Form, _content: Callable[[], bytes]) -> tuple[str, bytes]:
    entry = zipfile.ZipInfo(form.file)
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return _archive(lambda archive: archive.writestr(entry, "/etc/passwd"))


def elsewhere(form: Form, content: Callable[[], bytes]) -> tuple[str, bytes]:
    return _archive(lambda archive: archive.writestr(f"../../../../{form.file}", content()))


def elsewhere_backwards(form: Form, content: Callable[[], bytes]) -> tuple[str, bytes]:
    return _archive(lambda archive: archive.writestr(f"..\\..\\C:\\{form.file}", content()))


def twice(form: Form, content: Callable[[], bytes]) -> tuple[str, bytes]:
    def both(archive: zipfile.ZipFile) -> None:
        archive.writestr(form.file, content())
        archive.writestr(form.file, b"")

    return _archive(both)


def lying(form: Form, content: Callable[[], bytes]) -> tuple[str, bytes]:
    """A header that says four bytes, of a file that has more."""
    name, packed = zipped(form, content)
    at = packed.index(b"PK\1\2") + 24
    return name, packed[:at] + struct.pack("<L", 4) + packed[at + 4 :]


def million(form: Form, _content: Callable[[], bytes]) -> tuple[str, bytes]:
    """A table of contents of a million members and more, with a count of 65,535."""
    entry = struct.pack("<4s4B4H3L5H2L", b"PK\1\2", 20, 3, 20, 0, 0, 0, 0, 0, 0, 0, 0, len(form.file), *[0] * 6)
    table = (entry + form.file.encode()) * 1_600_000
    return "packed.zip", table + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, len(table), 0, 0)


PACKED: dict[str, tuple[Callable[[Form, Callable[[], bytes]], tuple[str, bytes]], str]] = {
    "zip_bomb": (bomb, LARGE),
    "gzip_bomb": (gzip_bomb, LARGE),
    "zip_in_zip": (nested, "file_unreadable"),
    "link_in_zip": (link, "file_unreadable"),
    "name_elsewhere": (elsewhere, "file_leads_elsewhere"),
    "name_elsewhere_backwards": (elsewhere_backwards, "file_leads_elsewhere"),
    "name_twice": (twice, MALFORMED),
    "lying_header": (lying, "file_truncated"),
    "million_members": (million, LARGE),
}
"""Kinds of archive: each holds a sound file of each format."""
PACKED_TOO = ("nesting", "nul", "no_utf8")
"""Kinds of file that are met inside an archive as well, to the same end."""


def cases() -> dict[str, Case]:
    """Every case by its name, `kind-format` or `kind-format-packing`, in a stable order."""
    return dict(_cases())


def _cases() -> Iterator[tuple[str, Case]]:
    for kind, by_form in TABLE.items():
        for name, (make, expected) in by_form.items():
            form = FORMS[name]
            content = _content(make, form)
            yield f"{kind}-{name}", Case(form, expected, content, plain, FORMULAS if kind == "formulas" else ())
            if kind in PACKED_TOO:
                yield f"{kind}-{name}-gz", Case(form, expected, content, gzipped)
                yield f"{kind}-{name}-zip", Case(form, expected, content, zipped)
    for kind, (pack, expected) in PACKED.items():
        for name, form in FORMS.items():
            yield f"{kind}-{name}", Case(form, expected, _content(named(b"Wren Motors LLC"), form), pack)


def _content(make: Kind, form: Form) -> Callable[[], bytes]:
    return lambda: make(form)
