"""Pictures: well-formed SVG of the counts, the longest bar first."""

from __future__ import annotations

import base64
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from pipelines.reporting.pictures import AGAINST, BAR, FOR, ROW, WIDTH, bars, markdown, stacked, waterfall

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


def boxes(svg: str) -> list[tuple[str, int, int]]:
    """Colour, left and right end of every bar, in order."""
    rects = list(fromstring(svg).iter(f"{SVG}rect"))[1:]
    return [
        (box.attrib["fill"], int(box.attrib["x"]), int(box.attrib["x"]) + int(box.attrib["width"])) for box in rects
    ]


def test_a_waterfall_begins_each_bar_where_the_last_one_ended() -> None:
    svg = waterfall([("prior", -2.0), ("name equal", 5.0), ("area different", -1.0)], "Why & how")
    texts = [element.text for element in fromstring(svg).iter(f"{SVG}text")]
    assert texts == ["Why & how", "prior", "-2.0", "name equal", "+5.0", "area different", "-1.0", "sum", "+2.0"]
    (prior, name, area, total) = boxes(svg)
    assert [bar[0] for bar in (prior, name, area, total)] == [AGAINST, FOR, AGAINST, BAR]
    assert prior[1] == name[1]
    assert name[2] == area[2]
    assert total[1] == prior[2]
    assert total[2] == area[1]


def test_a_waterfall_of_nothing_is_a_sum_of_nothing() -> None:
    assert len(boxes(waterfall([], "Nothing"))) == 1


@given(st.lists(st.tuples(CODES, st.floats(-20, 20)), max_size=30), CODES)
def test_whatever_the_weights_a_waterfall_is_well_formed_and_within(steps: list[tuple[str, float]], title: str) -> None:
    found = boxes(waterfall(steps, title))
    assert len(found) == len(steps) + 1
    assert all(0 < left < right < WIDTH for _, left, right in found)


def test_pictures_are_stacked_without_gap() -> None:
    one, two = waterfall([("a", 1.0)], "One"), waterfall([("a", 1.0), ("b", 2.0)], "Two")
    root = fromstring(stacked([one, two]))
    assert [int(child.attrib["y"]) for child in root] == [0, 3 * ROW + 12]
    assert int(root.attrib["height"]) == 7 * ROW + 24
