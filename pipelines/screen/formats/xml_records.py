"""XML: the elements of one name, one at a time, each as nested dicts, then forgotten."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError
from xml.parsers.expat import errors

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from pipelines.collect import limits
from pipelines.faults import BadFile
from pipelines.reasons import FileFault, RecordFault
from pipelines.sources.declaration import Xml

_CHUNK = 1 << 14
"""Bytes handed to the parser at once."""

_CUT = {
    errors.codes[word]
    for word in (
        errors.XML_ERROR_NO_ELEMENTS,
        errors.XML_ERROR_UNCLOSED_TOKEN,
        errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
        errors.XML_ERROR_PARTIAL_CHAR,
    )
}
_ENCODING = {errors.codes[word] for word in (errors.XML_ERROR_UNKNOWN_ENCODING, errors.XML_ERROR_INCORRECT_ENCODING)}
_TOKEN = errors.codes[errors.XML_ERROR_INVALID_TOKEN]


def read(stream: IO[bytes], options: Xml) -> Iterator[dict[str, Any] | RecordFault]:
    """Each record as a dict: children by local name (a list where several), attributes as `@name`, text as `$`.

    An element with neither children nor attributes is its text. Namespaces are dropped.

    Args:
        stream: The file's bytes.
        options: Local name of a record's element; empty for the root.

    Raises:
        BadFile: Empty, cut, malformed, with a DTD or entities, nested deeper or with more elements in a record than is
            safe.
    """
    watched = _Watched(stream)
    try:
        yield from _records(watched, options.record)
    except ParseError as error:
        raise BadFile(_fault(error, watched)) from None
    except DefusedXmlException:
        raise BadFile(FileFault.MALFORMED, detail="a DTD or an entity is not accepted") from None
    except (LookupError, ValueError):
        raise BadFile(FileFault.ENCODING, detail="the declared encoding is not known") from None


class _Watched:
    """The stream, with what is needed to tell why parsing failed: whether it held anything, and its last chunk."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.blank = True
        self.last = b""
        self.size = _CHUNK

    def read(self, _size: int = -1) -> bytes:
        """The next chunk."""
        chunk = self._stream.read(self.size)
        # the parser looks at an unfinished tag from its beginning with every chunk: a huge one shall come in few
        self.size *= 2
        while self.blank and chunk and not chunk.removeprefix(codecs.BOM_UTF8).strip():
            chunk = self._stream.read(_CHUNK)
        if self.blank:
            # some publishers leave blank lines before the declaration, which no parser accepts
            chunk = chunk.lstrip()
        # with the end of the chunk before: a character may stand across both
        self.last = self.last[-3:] + chunk
        self.blank = self.blank and not chunk
        return chunk

    def is_utf8(self) -> bool:
        """Whether the last chunk reads as UTF-8; a character cut at either end of it does not count."""
        start = next((at for at, byte in enumerate(self.last[:4]) if byte & 0xC0 != 0x80), 0)  # noqa: PLR2004 - UTF-8
        try:
            codecs.getincrementaldecoder("utf-8")().decode(self.last[start:])
        except UnicodeDecodeError:
            return False
        return True


def _fault(error: ParseError, watched: _Watched) -> FileFault:
    if watched.blank:
        return FileFault.EMPTY
    if error.code in _CUT:
        return FileFault.TRUNCATED
    if error.code in _ENCODING or (error.code == _TOKEN and not watched.is_utf8()):
        return FileFault.ENCODING
    return FileFault.MALFORMED


def _records(stream: _Watched, record: str) -> Iterator[dict[str, Any]]:
    open_elements: list[Element] = []
    inside = elements = 0
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        wanted = (not record and (not open_elements or open_elements == [element])) or _local(element.tag) == record
        stream.size = _CHUNK
        if event == "start":
            open_elements.append(element)
            inside += wanted
            elements += 1
            if elements > limits.ELEMENTS:
                raise limits.ELEMENTS.fault()
            if len(open_elements) > limits.DEPTH:
                raise limits.DEPTH.fault(FileFault.MALFORMED)
            continue
        open_elements.pop()
        inside -= wanted
        if wanted:
            found = _node(element)
            yield found if isinstance(found, dict) else {"$": found}
        if not inside:
            elements = 0
            element.clear()
            if open_elements:
                open_elements[-1].remove(element)


def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


def _node(element: Element) -> dict[str, Any] | str:
    words = (element.text or "").strip()
    if not len(element) and not element.attrib:
        return words
    node: dict[str, Any] = {f"@{_local(name)}": value for name, value in element.attrib.items()}
    for child in element:
        name, value = _local(child.tag), _node(child)
        if name not in node:
            node[name] = value
        elif isinstance(node[name], list):
            node[name].append(value)
        else:
            node[name] = [node[name], value]
    if words:
        node["$"] = words
    return node
