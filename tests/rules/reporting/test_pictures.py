"""Pictures: well-formed SVG of the counts, the longest bar first."""

from __future__ import annotations

import base64
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from pipelines.reporting.pictures import BAR, WIDTH, bars, markdown

SVG = "{http://www.w3.org/2000/svg}"
CODES = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), min_size=1, max_size=20)


def drawn(svg: str) -> tuple[list[str], list[int]]:
    root: Element = fromstring(svg)
    texts = [element.text or "" for element in root.iter(f"{SVG}text")]
    lengths = [int(rect.attrib["width"]) for rect in root.iter(f"{SVG}rect") if rect.attrib["fill"] == BAR]
    return texts, lengths


def test_bars_are_ranked_and_labelled() -> None:
    texts, lengths = drawn(bars({"b": 5, "a": 5, "c": 12_000, "none": 0}, "What & why"))
    assert texts == ["What & why", "c", "12,000", "a", "5", "b", "5", "none", "0"]
    assert lengths == sorted(lengths, reverse=True)
    assert max(lengths) < WIDTH


def test_the_rest_becomes_one_bar() -> None:
    texts, lengths = drawn(bars({f"code{n}": n for n in range(1, 31)}, "Many", limit=10))
    assert len(lengths) == 10
    assert texts[-2:] == ["others", str(sum(range(1, 22)))]


def test_nothing_is_a_picture_too() -> None:
    assert drawn(bars({}, "Nothing")) == (["Nothing"], [])


@given(st.dictionaries(CODES, st.integers(0, 10**9), max_size=40), CODES)
def test_whatever_the_codes_it_is_well_formed(counts: dict[str, int], title: str) -> None:
    lengths = drawn(bars(counts, title))[1]
    assert len(lengths) == min(len(counts), 20)
    assert all(2 <= length < WIDTH for length in lengths)


def test_markdown_carries_the_picture_in_itself() -> None:
    svg = bars({"a": 1}, "One")
    text = markdown(svg, "One")
    assert text.startswith("![One](data:image/svg+xml;base64,")
    assert base64.b64decode(text.partition("base64,")[2].rstrip(")")).decode() == svg
