"""vCard 2.1, 3.0 and 4.0: several cards to a file.

What belongs here: cutting a stream into cards, and one card into properties, and the words of labels in the languages
of the project, which hCards in pages share. vobject reads the lines (folding, quoted printable, parameters) and splits
structured values; what a property means is the parser's to say.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import IO, Any

from vobject.base import ContentLine, VObjectError, getLogicalLines, textLineToContentLine
from vobject.vcard import ADDRESS_ORDER, NAME_ORDER, splitFields

from pipelines.collect import limits
from pipelines.collect.limits import Budget
from pipelines.faults import BadFile
from pipelines.reasons import FileFault, RecordFault
from pipelines.screen.rules import rules
from pipelines.screen.words import fold

_BINARY = re.compile(
    rb"^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)\b|^[^:]*;(?:ENCODING=)?(?:B|BASE64)\s*[;:]", re.IGNORECASE
)
_BEGIN, _END = b"BEGIN:VCARD", b"END:VCARD"
_AGENT = re.compile(rb"(?:[\w-]+\.)?AGENT(?:;[^:]*)?:$")
_BASE64 = re.compile(rb"^[A-Za-z0-9+/]+={0,2}\s*$")
_NAME = re.compile(r"(?:[A-Za-z0-9_-]+\.)?[A-Za-z0-9_-]+;?(?=[;:])")
_PARAMETER, _VALUE = re.compile(r";[A-Za-z0-9_-]+"), re.compile(r'[=,](?:"[^"]*"|[^";:,]*)')
_QUOTED_PRINTABLE = re.compile(r"quoted-printable", re.IGNORECASE)
_CHARSET = re.compile(rb";CHARSET=\"?([\w-]+)", re.IGNORECASE)
_APPLE_LABEL = re.compile(r"^_\$!<(.*)>!\$_$")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_MARKERS = frozenset({"BEGIN", "END", "PROFILE", "X-ABLABEL"})
_STRUCTURED = {"N": (NAME_ORDER, " "), "ADR": (ADDRESS_ORDER, ", ")}

_LABEL_WORDS = {
    "home": r"""home(?!page)\w* house residen\w+ privat(?!kund|klient)\w* privad[ao]s? privee? perso personal personals
        personnel(?:le)? personale persoonlijke? personlich\w* personlig\w* pessoal prywatn\w+ hause zuhause
        daheim heim wohnung domicil\w* maison casa acasa hogar vivienda abitazione dom domow\w+ domov domaci doma thuis
        huis hjem(?!meside)\w* hemma hem hemtelefon\w* hemnummer bostad koti\w* kodu kodus soukrom\w+ sukromn\w+
        otthon\w* lakas magan\w* particular particulier namai namu majas asmenin\w+ isiklik σπιτι οικια προσωπικ\w+ дом
        домашн\w+ личн\w+ 自宅 個人 プライベート h""",
    "mobile": r"""mob mobil(?!i(?:ty|te|tat|dad|er|ar)|home)\w* mobiel\w* mobitel mobi cell cells cellphone cel
        cell?ul(?:ar|air)\w* handy handynummer diensthandy privathandy iphone smartphone android gsm natel movil(?:es)?
        movel telemovel(?:is)? portable port portatil kom komork\w* matkapuhelin kannykka pcs car κινητ\w+
        мобильн\w+ сотов\w+ 携帯 携帯電話 m""",
    "pager": r"pager beeper bip buscapersonas cercapersone pieper semafon\w* pejdzer personsokare",
    "work": r"""work\w* business office company corporate professional\w* arbeit\w* buro geschaft\w* dienst\w* firma
        firmen\w* travail bureau pro professionnel(?:le)? trabajo oficina trabalho escritorio lavoro ufficio aziend\w*
        praca sluzbow\w+ biuro firmow\w+ werk kantoor zakelijk\w* arbete arbets\w* jobb\w* kontor\w* arbejd\w* arbeid\w*
        tyo toimisto prace sluzebn\w+ sluzobn\w+ kancelar munkahely\w* iroda serviciu birou darbs darbas biuras
        εργασια γραφειο работа рабоч\w+ 勤務先 会社""",
    "fax": r"\w*fax telefax\w* telekopi\w* faks",
    "main": "main zentrale centralino standard centralita",
    "plain": r"""homepage \w*phone\w* tel\w* fon number nummer numero numer nr no voice direct\w* direkt\w* durchwahl
        desk line e mail email\w* internet address adresse pref x type""",
}
"""The words of labels, folded, by what they say; `plain` ones say nothing. Those of homes are added from the rules."""

_HEARD = re.compile(r"[^\W\d_]+")
_PIECES, _DIGIT = re.compile(r"[\s:;,()\[\]/|<>+]+"), re.compile(r"\d")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def said_of(label: str) -> frozenset[str]:
    """What a label, types or the words beside a value say: of `home`, `mobile`, `pager`, `work`, `fax`, `main`.

    `plain` stands for words that say none of it (`phone`), `unknown` for those that no table holds.
    """
    return _said_of(label) if label else frozenset()


@lru_cache(maxsize=4096)
def _said_of(label: str) -> frozenset[str]:
    said: set[str] = set()
    for word in _HEARD.findall(unicodedata.normalize("NFKC", label)):
        whole = _kinds_of(fold(word))
        said |= whole if whole != {"unknown"} else set().union(*map(_kinds_of, fold(_HUMP.sub(" ", word)).split()))
    return frozenset(said)


def beside(value: str) -> str:
    """The words that stand beside a number or an e-mail address, as a label does: `Home: +44 20 7946 0107`."""
    return " ".join(piece for piece in _PIECES.split(value) if "@" not in piece and not _DIGIT.search(piece))


def _kinds_of(word: str) -> set[str]:
    return {kind for kind, pattern in _label_words().items() if pattern.fullmatch(word)} or {"unknown"}


@cache
def _label_words() -> dict[str, re.Pattern[str]]:
    patterns = {kind: written.split() for kind, written in _LABEL_WORDS.items()}
    patterns["home"] += [word for word in rules("phones")["home_words"] if " " not in word]
    return {kind: re.compile(fold("|".join(listed))) for kind, listed in patterns.items()}


def read(stream: IO[bytes]) -> Iterator[dict[str, Any] | RecordFault]:
    r"""Each card as its properties: `{"TEL": [{"$": text, "@TYPE": [...], "@LABEL": text}]}`.

    Names are in capitals, without their group. `@TYPE` are the types in lower case, however the version writes them;
    `@LABEL` is the `X-ABLabel` of the group. `N` and `ADR` have their parts as children (`family`, `street`), `ORG` has
    `name` and `unit` (a list). The content of pictures, sounds and keys is cut before it is read.

    A line that is no property, or not in the encoding that it names, is passed over; a card that has no other, is in an
    unknown character set, or is not closed before the next begins, is set aside.

    Args:
        stream: The file's bytes.

    Raises:
        BadFile: Empty, without any card, ends within a card, or a line or card is larger than is safe.
    """
    for lines in _cards(stream):
        yield RecordFault.UNREADABLE if lines is None else _record(lines)


def _cards(stream: IO[bytes]) -> Iterator[list[bytes] | None]:
    """The lines of each card, without cards inside cards; None for a card that is not closed."""
    card: list[bytes] | None = None
    seen = begun = False
    size, count = Budget(limits.CARD), Budget(limits.CARD_LINES)
    for line in _without_inner(_without_binaries(_lines(stream))):
        marker = _marker(line)
        seen = seen or bool(marker)
        if marker == _BEGIN:
            if card is not None:
                yield None
            card, begun = [], True
            size.renew()
            count.renew()
        elif card is not None and marker == _END:
            yield card
            card = None
        elif card is not None:
            card.append(line)
            size.spend(len(line))
            count.spend(1)
    _check_end(seen=seen, begun=begun, closed=card is None)


def _check_end(*, seen: bool, begun: bool, closed: bool) -> None:
    if not seen:
        raise BadFile(FileFault.EMPTY)
    if not begun:
        raise BadFile(FileFault.MALFORMED, detail="no card begins")
    if not closed:
        raise BadFile(FileFault.TRUNCATED, detail="the last card is not closed")


def _marker(line: bytes) -> bytes:
    return line.strip().upper()


def _without_inner(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines without the cards of other people that version 2.1 writes inside, after an empty AGENT."""
    after_agent, depth = False, 0
    for line in lines:
        marker = _marker(line)
        if depth or (after_agent and marker == _BEGIN):
            depth += (marker == _BEGIN) - (marker == _END)
            continue
        if marker:
            after_agent = _AGENT.match(marker) is not None
        yield line


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    first = True
    while line := stream.readline(limits.RECORD):
        if len(line) == limits.RECORD:
            raise limits.RECORD.fault()
        if first and line.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise BadFile(FileFault.ENCODING, detail="not utf-8")
        yield line.removeprefix(b"\xef\xbb\xbf") if first else line
        first = False


def _without_binaries(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines with the content of binary properties cut, however it is folded (or not)."""
    cutting = False
    for line in lines:
        if cutting and (line[:1] in b" \t" or _BASE64.match(line)):
            continue
        cutting = _BINARY.match(line) is not None
        yield line.partition(b":")[0].rstrip(b"\r\n") + b":cut\n" if cutting else line


def _record(lines: list[bytes]) -> dict[str, Any] | RecordFault:
    try:
        card = _decoded(b"".join(lines))
    except (UnicodeError, LookupError):
        return RecordFault.UNREADABLE
    properties = list(_properties(card))
    labels: dict[str, str] = {}
    for line in properties:
        if line.name == "X-ABLABEL" and line.group:
            group = line.group.lower()
            labels[group] = f"{labels.get(group, '')} {_label(line.value)}".strip()
    record: dict[str, Any] = {}
    for line in properties:
        if line.name not in _MARKERS:
            record.setdefault(line.name, []).append(_value(line, labels.get((line.group or "").lower(), "")))
    return record or RecordFault.UNREADABLE


def _decoded(raw: bytes) -> str:
    """The card as text: UTF-8, else the character set that one of its lines names, else that of Windows."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        named = _CHARSET.search(raw)
        return raw.decode(named[1].decode() if named else "cp1252")


def _is_property(line: str) -> bool:
    """Whether a property's name and parameters stand before a colon, told piece by piece: vobject may try for ever."""
    found = _NAME.match(line)
    while found:
        place = found.end()
        if line.startswith(":", place):
            return True
        valued = found.re is not _NAME and line.startswith("=" if found.re is _PARAMETER else ",", place)
        found = (_VALUE if valued else _PARAMETER).match(line, place)
    return False


def _properties(card: str) -> Iterator[ContentLine]:
    # vobject knows the encoding's name in capitals only
    for line, _ in getLogicalLines(io.StringIO(_QUOTED_PRINTABLE.sub("QUOTED-PRINTABLE", card))):
        if len(line.partition(":")[0]) > limits.PARAMETERS or not _is_property(line):
            continue
        try:
            yield textLineToContentLine(line)
        except (VObjectError, ValueError, LookupError):  # the messages quote the line, so they end here
            continue


def _value(line: ContentLine, label: str) -> dict[str, Any]:
    value: dict[str, Any] = {}
    if line.name in _STRUCTURED:
        names, between = _STRUCTURED[line.name]
        value.update(zip(names, (_joined(part, between) for part in splitFields(line.value)), strict=False))
    elif line.name == "ORG":
        name, *units = (_joined(part, ", ") for part in splitFields(line.value))
        value.update(name=name, unit=units)
    else:
        value["$"] = _text(line.value)
    if types := _types(line):
        value["@TYPE"] = types
    if label:
        value["@LABEL"] = label
    return value


def _joined(part: str | list[str], between: str) -> str:
    """One text of a part that vobject split at commas, with what it left escaped."""
    return _text(between.join([part] if isinstance(part, str) else [piece.strip() for piece in part]))


def _text(raw: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], raw).strip()


def _types(line: ContentLine) -> list[str]:
    """The types in lower case: `TYPE=work,voice`, `TYPE="work,voice"`, and the bare `WORK;VOICE` of version 2.1."""
    listed = [each for value in line.params.get("TYPE", []) for each in value.split(",")]
    return [each.strip().lower() for each in [*listed, *line.singletonparams] if each.strip()]


def _label(raw: str) -> str:
    text = _text(raw)
    found = _APPLE_LABEL.match(text)
    return found[1] if found else text
