"""Small charts as SVG: bars in time, histograms with limits, intervals, and the nights of an outlet.

They hold numbers and dates only, so that they are the same in every language, and take their colours from the page.
For a file of its own, :func:`standalone` gives them colours.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 640
_LEFT, _EDGE, _BOTTOM = 48, 4, 20

_STYLE = (
    "text{font:11px sans-serif;fill:#566069}.axis{stroke:#9a978f}"
    ".kept{fill:#0b6b5d}.copy{fill:#8a6d00}.lost{fill:#a54a24}"
    ".limit{stroke:#1d2327;stroke-dasharray:4 3}.limit-name{fill:#1d2327;font-weight:bold}.guide{stroke:#dcdad3}"
    ".range{stroke:#0b6b5d;stroke-width:2}.point{fill:#0b6b5d}"
)


def number(value: float) -> str:
    """A number as short as it can be read; thousands are parted by a narrow space, which no language takes for a point.

    >>> [number(value) for value in (1234567.0, 12.5, 0.04444)]
    ['1\u202f234\u202f567', '12.5', '0.0444']
    """
    text = f"{value:,.0f}" if value == int(value) or abs(value) >= 1000 else f"{value:.3g}"
    return text.replace(",", "\u202f")


def columns(names: Sequence[str], series: Sequence[Sequence[int]], height: int = 150) -> Markup:
    """Stacked columns, the first series at the bottom; the first and last name and some between them below.

    Args:
        names: of the columns.
        series: at most three counts a column, in the order kept, copies, lost.
        height: of the columns' area.
    """
    totals = [sum(column) for column in zip(*series, strict=True)]
    top = max([*totals, 1])
    step = (WIDTH - _LEFT) / max(len(names), 1)
    parts = [_frame(height, top)]
    base = [0] * len(names)
    for css, counts in zip(("kept", "copy", "lost"), series, strict=False):
        path = ""
        for i, count in enumerate(counts):
            if count:
                y, tall = height - height * (base[i] + count) / top, height * count / top
                path += (
                    f"M{_LEFT + i * step:.1f} {y:.1f}h{max(step - 1, 0.8):.1f}v{tall:.1f}h-{max(step - 1, 0.8):.1f}z"
                )
                base[i] += count
        if path:
            parts.append(f'<path class="{css}" d="{path}"/>')
    every = max(1, -(-len(names) // 8))
    parts += [
        f'<text x="{_LEFT + i * step:.1f}" y="{height + 15}">{escape(names[i])}</text>'
        for i in range(0, len(names), every)
    ]
    return _svg(height + _BOTTOM, parts)


def histogram(
    edges: Sequence[float], counts: Sequence[int], low: float | None, high: float | None, height: int = 90
) -> Markup:
    """Columns between edges, those beyond a limit in another colour, and a line where each limit is.

    Heights are square roots, or the few beyond a limit could not be seen beside the many within.
    """
    if not counts:
        return Markup("")
    top = max(*counts, 1) ** 0.5
    scale = (WIDTH - _EDGE) / ((edges[-1] - edges[0]) or 1)
    paths = {"kept": "", "lost": ""}
    for left, right, count in zip(edges, edges[1:], counts, strict=False):
        if count:
            middle = (left + right) / 2
            beyond = (low is not None and middle < low) or (high is not None and middle > high)
            x, wide, tall = _EDGE + (left - edges[0]) * scale, (right - left) * scale - 1, height * count**0.5 / top
            tall = max(tall, 1.5)
            paths["lost" if beyond else "kept"] += (
                f"M{x:.1f} {height + 16 - tall:.1f}h{wide:.1f}v{tall:.1f}h-{wide:.1f}z"
            )
    parts = [f'<path class="{css}" d="{path}"/>' for css, path in paths.items() if path]
    parts.append(f'<path class="axis" d="M{_EDGE} {height + 16.5}H{WIDTH}"/>')
    for bound in (low, high):
        if bound is not None:
            x = _EDGE + (bound - edges[0]) * scale
            side = "end" if x > WIDTH - 60 else "start"
            near = -4 if side == "end" else 4
            parts.append(f'<path class="limit" d="M{x:.1f} 0V{height + 16}"/>')
            parts.append(
                f'<text class="limit-name" x="{x + near:.1f}" y="10" text-anchor="{side}">{number(bound)}</text>'
            )
    for place, anchor in ((edges[0], "start"), (edges[-1], "end")):
        x = _EDGE + (place - edges[0]) * scale
        parts.append(f'<text x="{x:.1f}" y="{height + 30}" text-anchor="{anchor}">{number(round(place, 4))}</text>')
    return _svg(height + 16 + _BOTTOM, parts)


def intervals(rows: Sequence[tuple[str, float, float | None, float | None]], guides: Sequence[float] = ()) -> Markup:
    """Values between 0 and 1 with their intervals, one a row; negative ones stand at 0.

    Args:
        rows: name, value, low and high end of the interval (None: there is none).
        guides: where thin lines stand.
    """
    left, tall = 230, 22
    scale = WIDTH - left - 44
    bottom = tall * len(rows) + 2
    parts = []
    for guide in (0.0, *guides, 1.0):
        x = left + scale * guide
        parts.append(f'<path class="guide" d="M{x:.1f} 0V{bottom}"/>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 14}" text-anchor="middle">{number(guide)}</text>')
    for i, (name, value, low, high) in enumerate(rows):
        y = tall * i + tall / 2
        x, *ends = (left + scale * min(max(v, 0.0), 1.0) for v in (value, low, high) if v is not None)
        parts.append(f'<text x="{left - 10}" y="{y + 4:.1f}" text-anchor="end">{escape(name)}</text>')
        if len(ends) == 2:
            parts.append(f'<path class="range" d="M{ends[0]:.1f} {y:.1f}H{ends[1]:.1f}"/>')
        parts.append(f'<circle class="point" cx="{x:.1f}" cy="{y:.1f}" r="4"/>')
        parts.append(f'<text x="{WIDTH}" y="{y + 4:.1f}" text-anchor="end">{value:.2f}</text>')
    return _svg(bottom + _BOTTOM, parts)


def nights(counts: Sequence[int]) -> Markup:
    """The last batches of an outlet, each as tall as it brought articles; nothing where there is one batch."""
    if len(counts) < 2:
        return Markup("")
    top = max(*counts, 1)
    path = "".join(f"M{5 * i} {16 - max(1.5, 16 * n / top):.1f}h4V16h-4z" for i, n in enumerate(counts) if n)
    wide = 5 * len(counts)
    return Markup(
        f'<svg class="nights" viewBox="0 0 {wide} 16" width="{wide}" height="16" aria-hidden="true">'
        f'<path class="kept" d="{path}"/></svg>'
    )


def standalone(chart: Markup) -> str:
    """A chart as a file of its own."""
    head, rest = str(chart).split(">", 1)
    head = head.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).replace(' aria-hidden="true"', "")
    return f"{head}><style>{_STYLE}</style>{rest}\n"


def _frame(height: int, top: int) -> str:
    return (
        f'<path class="guide" d="M{_LEFT} .5H{WIDTH}"/><path class="axis" d="M{_LEFT} {height + 0.5}H{WIDTH}"/>'
        f'<text x="{_LEFT - 6}" y="10" text-anchor="end">{number(top)}</text>'
        f'<text x="{_LEFT - 6}" y="{height}" text-anchor="end">0</text>'
    )


def _svg(height: float, parts: Sequence[str]) -> Markup:
    """The picture; what it shows stands in words and tables beside it, so screen readers leave it out."""
    inside = "".join(parts)
    return Markup(f'<svg class="chart" viewBox="0 0 {WIDTH} {height:g}" aria-hidden="true">{inside}</svg>')
