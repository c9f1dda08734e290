"""Pictures: counts into small SVG charts, as Markdown that Dagster's UI shows."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from html import escape

WIDTH, ROW, LABEL = 640, 22, 250
INK, BAR = "#30343f", "#4f6bed"


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
    lines = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
            f'font-family="sans-serif" font-size="12" role="img" aria-label="{escape(title)}">'
        ),
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
        f'<text x="8" y="16" fill="{INK}" font-weight="bold">{escape(title)}</text>',
    ]
    for place, (name, n) in enumerate(ranked, start=1):
        y, length = ROW * place + 6, max(2, round((WIDTH - LABEL - 80) * n / top))
        lines += [
            f'<text x="{LABEL - 8}" y="{y + 12}" fill="{INK}" text-anchor="end">{escape(name)}</text>',
            f'<rect x="{LABEL}" y="{y}" width="{length}" height="{ROW - 6}" fill="{BAR}"/>',
            f'<text x="{LABEL + length + 6}" y="{y + 12}" fill="{INK}">{n:,}</text>',
        ]
    return "".join([*lines, "</svg>"])


def markdown(svg: str, title: str) -> str:
    """The picture as a Markdown image that needs nothing but itself."""
    return f"![{title}](data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()})"
