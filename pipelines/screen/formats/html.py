"""HTML: the structured data of a page, as one record.

What belongs here: finding JSON-LD and microdata (extruct) and h-cards (mf2py) in a page and writing them
in one shape. What a node means is the parser's to say. Nothing is ever fetched, no reference is followed.
"""

from __future__ import annotations

import codecs
import hashlib
import html
import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, islice
from typing import IO, Any
from urllib.parse import urljoin

import lxml.html
import mf2py
from extruct.jsonld import JsonLdExtractor
from extruct.w3cmicrodata import MicrodataExtractor
from lxml.etree import ParserError

from pipelines.collect import limits
from pipelines.faults import BadFile
from pipelines.reasons import FileFault, RecordFault
from pipelines.screen.formats.vcard import beside, said_of

MAX_DEPTH = 16
"""Nodes inside nodes; a page that goes deeper means to do harm."""

LINKS = frozenset(
    {"about", "affiliation", "author", "contributor", "copyrightHolder", "creator", "department", "editor"}
    | {"employee", "employees", "founder", "founders", "hiringOrganization", "mainEntity", "member", "members"}
    | {"organizer", "parentOrganization", "provider", "publisher", "sourceOrganization", "subOrganization", "worksFor"}
)
"""Properties of schema.org that lead from one party, or from a page or work, to another party."""

Node = dict[str, Any]

_JSON_LD = "application/ld+json"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_VOCABULARY = re.compile(r"^(?:https?://(?:www\.)?schema\.org/|schema:)")
_OPENING = re.compile(r"^(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)")
_CLOSING = re.compile(r"(?:-->|(?://\s*|/\*\s*)?\]\]>(?:\s*\*/)?)$")
_BLANKS = "; \t\r\n\f\v\xa0\ufeff"
_H_CARDS = "//*[contains(@class, 'vcard') or contains(@class, 'h-card')]"
_TAG = re.compile(rb"<[A-Za-z][^<>]*")
_VALUE = re.compile(rb"""([\w:.-])\s*=\s*(?:"[^"]*"|'[^']*')""")
_BETWEEN = re.compile(rb"[\s/]+")
_PRIVATE = ("home", "mobile", "pager")
_CARD = ("vcard", "h-card")
_LABELLED = {"tel": ("tel", "p-tel", "u-tel"), "email": ("email", "u-email", "p-email"), "adr": ("adr", "p-adr")}
"""The classes of what may be labelled: of old hCards and of h-cards."""
_SAID = ("title", "value", "aria-label", "alt")
"""Attributes that say what is not, or otherwise, in the text."""
_LABELS = frozenset({"dt", "th", "td", "label", "b", "strong", "em", "i", "span", "small", "abbr", "p", "div"})
_LONGEST_LABEL, _UP = 40, 2
_MOST, _LONGEST = 100, 2000
"""Elements within a labelled value, and letters of it, that are looked at."""
_AROUND_LABEL = " \t\r\n\xa0:"
_LEADING = re.compile(r"\s*([^:\d]{1,40}):")
_TRAILING = re.compile(r"\(([^()\d]{1,40})\)\s*$")
_LAST_PIECE = re.compile(r"[^\d\n,;|\u00b7\u2022]*$")


def read(stream: IO[bytes]) -> Iterator[dict[str, Any] | RecordFault]:
    """One record for the page: `{"url", "@digest", "item": [...], "hcard": [...], "labelled": {...}}`.

    `item` holds every node of JSON-LD and microdata: `@node` (its number, from 1), `@type` (a list), `@id`, and its
    properties; names of schema.org stand without their prefix. A node that one of `LINKS` leads to, nested or by its
    `@id`, is an item of its own, and the property says `{"@ref": number}`. `hcard` holds every h-card with the
    properties of microformats2; its `org` and `adr` are nested. `labelled` holds what h-cards, old and new,
    call home, mobile or pager in any language (`{"home": {"tel": [...]}}`), which the library would pass on without its
    label. `@digest` is of the content.

    A script that cannot be read is set aside and does not lose the others.

    Args:
        stream: The page's bytes.

    Raises:
        BadFile: Empty, no HTML, or larger than is safe.
    """
    content = _content(stream)
    page = _parsed(content)
    url = _canonical(page)
    record: Node = {"url": url, "@digest": hashlib.sha256(content).hexdigest()[:20]}
    nodes: list[Node] = []
    for extract in (_json_ld, _microdata):
        for found in extract(page, url):
            if isinstance(found, RecordFault):
                yield found
            else:
                nodes.append(found)
    record["item"] = _Linked(nodes).items
    record["labelled"] = _take_labelled(page)
    cards = _guarded(lambda: _h_cards(page, url))
    if isinstance(cards, RecordFault):
        yield cards
    else:
        record["hcard"] = cards
    yield record


def _content(stream: IO[bytes]) -> bytes:
    """The page's bytes, in an encoding of which ASCII is a part."""
    content = stream.read(limits.PAGE + 1)
    if not content.strip():
        raise BadFile(FileFault.EMPTY)
    if len(content) > limits.PAGE:
        raise limits.PAGE.fault()
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        content = content.decode("utf-16", "replace").encode("utf-8", "replace")
    if b"<" not in content:
        raise BadFile(FileFault.MALFORMED, detail="no element")
    return content


def _parsed(content: bytes) -> lxml.html.HtmlElement:
    """The page's tree; a page that is not UTF-8 is in the encoding that it declares."""
    try:
        content.decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = None
    # the parser compares each attribute of a tag with all before it
    if any(len(_BETWEEN.findall(_VALUE.sub(rb"\1", tag))) > limits.WORDS for tag in _TAG.findall(content)):
        raise limits.WORDS.fault()
    parser = lxml.html.HTMLParser(encoding=encoding)
    try:
        page = lxml.html.document_fromstring(content.replace(b"\0", b""), parser=parser)
    except ParserError:
        raise BadFile(FileFault.MALFORMED, detail="no element") from None
    # the parser gives up without a word on what is nested too deep, and the rest of the page is lost
    if parser.error_log.filter_from_fatals():
        raise limits.LEVELS.fault(FileFault.MALFORMED)
    for counted, limit in (("//*", limits.TAGS), (_H_CARDS, limits.H_CARDS)):
        if page.xpath(f"count({counted}) > {limit}"):
            raise limit.fault()
    return page


def _canonical(page: lxml.html.HtmlElement) -> str:
    named = page.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    return next((str(url).strip() for url in named if str(url).startswith(("http://", "https://"))), "")


def _guarded(extract: Callable[[], list[Node]]) -> list[Node] | RecordFault:
    """What was extracted, or that it cannot be read: the libraries fail in ways of their own on broken pages."""
    try:
        return extract()
    except Exception:  # noqa: BLE001 - see above; the messages quote the page
        return RecordFault.UNREADABLE


def _json_ld(page: lxml.html.HtmlElement, _url: str) -> Iterator[Node | RecordFault]:
    for script in page.xpath("//script[@type]"):
        if script.get("type", "").strip().lower().startswith(_JSON_LD) and script.text_content().strip():
            found = _guarded(partial(_nodes, script))
            yield from [found] if isinstance(found, RecordFault) else found


def _nodes(script: lxml.html.HtmlElement) -> list[Node]:
    return [_node(each, 0) for each in _flat(_loaded(script))]


def _loaded(script: lxml.html.HtmlElement) -> list[Any]:
    """The objects of one script; what careless pages wrap it in is taken off when it cannot be read as it is.

    Raises:
        ValueError: It cannot be read either way.
    """
    raw = script.text_content()
    script.set("type", _JSON_LD)
    try:
        return list(JsonLdExtractor().extract_items(script))
    except ValueError:
        script.text = _unwrapped(_CONTROL.sub(" ", raw))
        return list(JsonLdExtractor().extract_items(script))


def _unwrapped(text: str) -> str:
    """The text without the comment or CDATA section around it."""
    opened = _OPENING.sub("", text.strip(_BLANKS))
    return _CLOSING.sub("", opened).strip(_BLANKS)


def _flat(nodes: list[Any]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, list):
            yield from _flat(node)
        elif isinstance(node, dict):
            graph = node.get("@graph")
            yield {name: value for name, value in node.items() if name not in {"@graph", "@context"}}
            yield from _flat(graph if isinstance(graph, list) else [graph])


def _node(node: Node, depth: int) -> Node:
    """A node of JSON-LD in the common shape: see `read`."""
    if depth > MAX_DEPTH:
        raise ValueError("nested deeper than is safe")
    shaped: Node = {}
    for name, value in node.items():
        values = [one for one in (_shaped(each, depth) for each in _several(value)) if one not in (None, "", {})]
        if name == "@type":
            shaped[name] = [_local(str(each)) for each in values]
        elif values and name != "@context":
            shaped[_local(name)] = values if isinstance(value, list) else values[0]
    return shaped


def _several(value: Any) -> list[Any]:  # noqa: ANN401 - JSON is of any type
    if isinstance(value, dict):
        value = value.get("@list", value.get("@set", value))
    return value if isinstance(value, list) else [value]


def _shaped(value: Any, depth: int) -> Any:  # noqa: ANN401 - JSON is of any type
    if isinstance(value, dict):
        return _shaped(value["@value"], depth) if "@value" in value else _node(value, depth + 1)
    if isinstance(value, list):
        return _shaped(value[0], depth + 1) if value and depth < MAX_DEPTH else None
    return html.unescape(value).strip() if isinstance(value, str) else None if value is None else str(value)


def _local(name: str) -> str:
    return _VOCABULARY.sub("", name)


def _microdata(page: lxml.html.HtmlElement, url: str) -> Iterator[Node | RecordFault]:
    if not page.xpath("boolean(//@itemscope)"):
        return
    base = next((urljoin(url, str(base)) for base in page.xpath("//base/@href")), url)
    found = _guarded(lambda: [_node(_as_json_ld(item), 0) for item in MicrodataExtractor().extract_items(page, base)])
    yield from [found] if isinstance(found, RecordFault) else found


def _as_json_ld(item: Any) -> Any:  # noqa: ANN401 - an item, a list of them or a text
    if isinstance(item, list):
        return [_as_json_ld(each) for each in item]
    if not isinstance(item, dict):
        return item
    node: Node = {name: _as_json_ld(value) for name, value in item.get("properties", {}).items()}
    node["@type"] = item.get("type", [])
    if "id" in item:
        node["@id"] = item["id"]
    if "value" in item:
        node["name"] = item["value"]
    return node


class _Linked:
    """Nodes with what they are linked to taken out of them, numbered."""

    def __init__(self, nodes: list[Node]) -> None:
        self.items: list[Node] = []
        self._numbers: dict[str, str] = {}
        for node in nodes:
            if set(node) - {"@id"}:
                self._add(node)
        for item in self.items:
            self._resolve(item)

    def _add(self, node: Node) -> str:
        if len(self.items) >= limits.LINKED:
            raise limits.LINKED.fault()
        number = str(len(self.items) + 1)
        self.items.append(node)
        if "@id" in node:
            self._numbers.setdefault(str(node["@id"]), number)
        self._take_out(node)
        node["@node"] = number
        return number

    def _take_out(self, node: Node) -> None:
        for name, value in node.items():
            values = [self._linked(name, each) for each in _several(value)]
            node[name] = values if isinstance(value, list) else values[0]

    def _linked(self, name: str, value: Any) -> Any:  # noqa: ANN401 - JSON is of any type
        if not isinstance(value, dict):
            return value
        if name in LINKS and "@type" in value:
            return {"@ref": self._add(value)}
        self._take_out(value)
        return value

    def _resolve(self, item: Node) -> None:
        """Turns `{"@id": id}` into `{"@ref": number}` where the page has the node."""
        for name in LINKS & item.keys():
            values = [
                {"@ref": self._numbers[each["@id"]]}
                if isinstance(each, dict) and set(each) == {"@id"} and each["@id"] in self._numbers
                else each
                for each in _several(item[name])
            ]
            item[name] = values


def _take_labelled(page: lxml.html.HtmlElement) -> Node:
    """Takes out of the page's h-cards, old and new, what they label as private, by label and property."""
    taken: Node = {}
    private = []
    for kind, classes in _LABELLED.items():
        for element in page.xpath(f"//*[{_has_class(*_CARD)}]//*[{_has_class(*classes)}]"):
            said = _said(element, kind)
            private += [(label, kind, element) for label in _PRIVATE if label in said][:1]
    # only then, since what is taken out leaves its label before what follows
    for label, kind, element in private:
        taken.setdefault(label, {}).setdefault(kind, []).append(" ".join(element.text_content().split()))
        element.drop_tree()
    return taken


def _said(element: lxml.html.HtmlElement, kind: str) -> frozenset[str]:
    """What is said of a value: by its `type`, by the words beside it, and by a label right before it."""
    if kind != "adr":
        return said_of(beside(_words(element))) | _wholly(_before(element))
    # the words of an address are its own, but for a label before or behind it
    types = [_words(each) for each in _inside(element) if "type" in each.get("class", "").split()]
    whole = " ".join(" ".join(islice(element.itertext(), _MOST)).split())
    beside_it = [found[1] for found in (_LEADING.match(whole), _TRAILING.search(whole)) if found]
    return said_of(" ".join(types)).union(*map(_wholly, [*beside_it, _before(element)]))


def _inside(element: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    """The element and those in it, as many as a value may have: those of another would be walked for ever again."""
    return (each for each in islice(element.iter(), _MOST) if isinstance(each.tag, str))


def _words(element: lxml.html.HtmlElement) -> str:
    """The text of an element, with what its attributes say; its pieces apart, as `<b>Home</b><b>+44</b>` are."""
    said: list[str | None] = []
    for each in _inside(element):
        said += [each.text, *(each.get(name) for name in _SAID), each.tail if each is not element else None]
    return " ".join(filter(None, said))[:_LONGEST]


def _before(element: lxml.html.HtmlElement) -> str:
    """A short label right before an element: `<dt>Home</dt><dd class="p-tel">`, `Home: <b class="p-tel">`."""
    for at in (element, *islice(element.iterancestors(), _UP)):
        if set(at.get("class", "").split()) & set(_CARD):
            break
        said = _left_of(at).strip(_AROUND_LABEL)
        if said or at.getprevious() is not None:
            found = _LAST_PIECE.search(said)
            return found[0] if found and len(found[0]) <= _LONGEST_LABEL else ""
    return ""


def _left_of(element: lxml.html.HtmlElement) -> str:
    previous, parent = element.getprevious(), element.getparent()
    if previous is None:
        return "" if parent is None else parent.text or ""
    tail = previous.tail or ""
    is_label = not tail.strip(_AROUND_LABEL) and previous.tag in _LABELS and not _is_property(previous)
    return _words(previous) if is_label else tail


def _is_property(element: lxml.html.HtmlElement) -> bool:
    """Whether an element has a value of its own, so that it is no label of the next."""
    names = set(chain(*_LABELLED.values()))
    return any(names & set(each.get("class", "").split()) for each in _inside(element))


def _wholly(label: str) -> frozenset[str]:
    """What a text says if all its words are those of labels; a name that begins with such a word is none."""
    said = said_of(label)
    return frozenset() if "unknown" in said else said


def _has_class(*names: str) -> str:
    return " or ".join(f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')" for name in names)


def _h_cards(page: lxml.html.HtmlElement, url: str) -> list[Node]:
    if not page.xpath(f"boolean({_H_CARDS})"):
        return []
    source = lxml.html.tostring(page, encoding="unicode")
    found = mf2py.parse(doc=source, url=url or None, html_parser="lxml")
    return [_h_card(item, 0) for item in _cards_in(found["items"])]


def _cards_in(items: list[Any]) -> Iterator[Node]:
    """Every h-card, also as author of an entry or inside another; not the ones that name an organisation."""
    for item in items:
        if not isinstance(item, dict) or "type" not in item:
            continue
        if "h-card" in item["type"]:
            yield item
        for name, values in item["properties"].items():
            if name != "org":
                yield from _cards_in(values)
        yield from _cards_in(item.get("children", []))


def _h_card(item: Node, depth: int) -> Node:
    """An h-card or h-adr: its properties, with nested ones in the same shape and pictures as their address."""
    if depth > MAX_DEPTH:
        raise ValueError("nested deeper than is safe")
    shaped: Node = {"@type": item["type"]}
    if isinstance(item.get("value"), str):
        shaped["$"] = item["value"]
    for name, values in item["properties"].items():
        shaped[name] = [
            _h_card(each, depth + 1) if isinstance(each, dict) and "type" in each else _plain(each) for each in values
        ]
    return shaped


def _plain(value: Any) -> str:  # noqa: ANN401 - a text, or a text with its markup or description
    return str(value.get("value", "")) if isinstance(value, dict) else str(value)
