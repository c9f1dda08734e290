"""XML: the elements of one name, one at a time, each as nested dicts, then forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from pipelines.faults import BadFile
from pipelines.reasons import FileFault, RecordFault
from pipelines.sources.declaration import Xml

MAX_DEPTH = 200
"""Elements inside elements; no register's record comes near it."""


def read(stream: IO[bytes], options: Xml) -> Iterator[dict[str, Any] | RecordFault]:
    """Each record as a dict: children by local name (a list where several), attributes as `@name`, text as `$`.

    An element with neither children nor attributes is its text. Namespaces are dropped.

    Args:
        stream: The file's bytes.
        options: Local name of a record's element; empty for the root.

    Raises:
        BadFile: Empty, cut, malformed, with a DTD or entities, or nested deeper than is safe.
    """
    try:
        yield from _records(stream, options.record)
    except ParseError as error:
        raise BadFile(_fault(error)) from None
    except DefusedXmlException:
        raise BadFile(FileFault.MALFORMED, detail="a DTD or an entity is not accepted") from None


def _fault(error: ParseError) -> FileFault:
    words = str(error)
    if "no element found: line 1, column 0" in words:
        return FileFault.EMPTY
    if "no element found" in words or "unclosed" in words:
        return FileFault.TRUNCATED
    return FileFault.ENCODING if "invalid token" in words or "encoding" in words else FileFault.MALFORMED


def _records(stream: IO[bytes], record: str) -> Iterator[dict[str, Any]]:
    open_elements: list[Element] = []
    inside = 0
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        wanted = (not record and (not open_elements or open_elements == [element])) or _local(element.tag) == record
        if event == "start":
            open_elements.append(element)
            inside += wanted
            if len(open_elements) > MAX_DEPTH:
                raise BadFile(FileFault.MALFORMED, detail=f"nested deeper than {MAX_DEPTH} elements")
            continue
        open_elements.pop()
        inside -= wanted
        if wanted:
            found = _node(element)
            yield found if isinstance(found, dict) else {"$": found}
        if not inside:
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
