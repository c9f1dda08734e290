"""Pictures: counts and weights into small SVG charts, as Markdown that Dagster's UI shows."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from html import escape

WIDTH, ROW, LABEL = 640, 22, 250
INK, BAR = "#30343f", "#4f6bed"
FOR, AGAINST, AXIS = "#2f9e6e", "#d1495b", "#c3c7d1"


def bars(counts: Mapping[str, int], title: str, limit: int = 20) -> str:
    """A horizontal bar chart as SVG, the longest bar first.

    Args:
        counts: A number by code; never a value of a record.
        title: What is counted.
        limit: How many bars; the rest become one.
    """
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if len(ranked) > limit:
        ranked = [*ranked[: limit - 1], ("others", sum(n for _, n in ranked[limit - 1 :]))]
    top = max((n for _, n in ranked), default=1) or 1
    height = ROW * (len(ranked) + 1) + 12
    lines = _opened(title, height)
    for place, (name, n) in enumerate(ranked, start=1):
        y, length = ROW * place + 6, max(2, round((WIDTH - LABEL - 80) * n / top))
        lines += [
            f'<text x="{LABEL - 8}" y="{y + 12}" fill="{INK}" text-anchor="end">{escape(name)}</text>',
            f'<rect x="{LABEL}" y="{y}" width="{length}" height="{ROW - 6}" fill="{BAR}"/>',
            f'<text x="{LABEL + length + 6}" y="{y + 12}" fill="{INK}">{n:,}</text>',
        ]
    return "".join([*lines, "</svg>"])


def waterfall(steps: Sequence[tuple[str, float]], title: str) -> str:
    """How weights add up, as SVG: each bar begins where the one before ended, the last is the sum.

    Args:
        steps: A label and a weight each, in order; green is for, red against.
        title: What they add up to.
    """
    ends = [0.0]
    for _, weight in steps:
        ends.append(ends[-1] + weight)
    low, high = min(ends), max(ends)
    scale = (WIDTH - LABEL - 80) / ((high - low) or 1.0)

    def place(end: float) -> int:
        return LABEL + 10 + round((end - low) * scale)

    height = ROW * (len(steps) + 2) + 12
    lines = _opened(title, height)
    lines.append(f'<path d="M{place(0)} {ROW}V{height - 6}" stroke="{AXIS}"/>')
    bars_ = [(name, ends[at], ends[at + 1]) for at, (name, _) in enumerate(steps)] + [("sum", 0.0, ends[-1])]
    for row, (name, start, end) in enumerate(bars_, start=1):
        y, left, right = ROW * row + 6, place(min(start, end)), place(max(start, end))
        colour = BAR if row == len(bars_) else FOR if end >= start else AGAINST
        lines += [
            f'<text x="{LABEL - 8}" y="{y + 12}" fill="{INK}" text-anchor="end">{escape(name)}</text>',
            f'<rect x="{left}" y="{y}" width="{max(2, right - left)}" height="{ROW - 6}" fill="{colour}"/>',
            f'<text x="{right + 6}" y="{y + 12}" fill="{INK}">{end - start:+.1f}</text>',
        ]
    return "".join([*lines, "</svg>"])


def stacked(pictures: Sequence[str]) -> str:
    """Several pictures of this module below each other, as one."""
    heights = [int(picture.partition('height="')[2].partition('"')[0]) for picture in pictures]
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{sum(heights)}">']
    lines += [picture.replace("<svg ", f'<svg y="{sum(heights[:at])}" ', 1) for at, picture in enumerate(pictures)]
    return "".join([*lines, "</svg>"])


def _opened(title: str, height: int) -> list[str]:
    """The beginning of a picture."""
    return [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
            f'font-family="sans-serif" font-size="12" role="img" aria-label="{escape(title)}">'
        ),
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
        f'<text x="8" y="16" fill="{INK}" font-weight="bold">{escape(title)}</text>',
    ]


def markdown(svg: str, title: str) -> str:
    """The picture as a Markdown image that needs nothing but itself."""
    return f"![{title}](data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()})"
