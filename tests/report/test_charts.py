"""The charts: what stands where, without a word in them that a language would change."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from markupsafe import Markup

from curation.report import charts


def shape(chart: Markup, css: str) -> list[tuple[float, float, float, float]]:
    """x, y, width and height of the columns of one colour."""
    found = re.search(rf'<path class="{css}" d="([^"]*)"', chart)
    numbers = re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)", found[1]) if found else []
    return [tuple(map(float, one)) for one in numbers]  # type: ignore[misc]


def test_columns_stand_on_each_other() -> None:
    chart = charts.columns(["2026-01", "2026-02"], [[4, 0], [0, 1], [4, 1]], height=100)
    assert [(y, tall) for _, y, _, tall in shape(chart, "kept")] == [(50, 50)]
    assert [(y, tall) for _, y, _, tall in shape(chart, "copy")] == [(87.5, 12.5)]
    assert [(y, tall) for _, y, _, tall in shape(chart, "lost")] == [(0, 50), (75, 12.5)]
    assert "2026-01" in chart


def test_a_histogram_tells_what_is_beyond_its_limits() -> None:
    chart = charts.histogram([0, 1, 2, 3, 4], [100, 1, 25, 4], 1, 3)
    assert len(shape(chart, "kept")) == 2
    assert [tall for *_, tall in shape(chart, "lost")] == [90, 18]
    assert len(re.findall('class="limit"', chart)) == 2


def test_a_histogram_of_nothing_is_empty() -> None:
    assert charts.histogram([], [], 1, None) == ""


def test_intervals_stay_inside() -> None:
    chart = charts.intervals([("stance α", -0.2, -0.5, 0.1), ("x < y", 0.9, None, None)], (0.8,))
    assert 'cx="230.0"' in chart
    assert chart.count('class="range"') == 1
    assert "x &lt; y" in chart
    assert "-0.20" in chart


def test_one_batch_needs_no_picture() -> None:
    assert charts.nights([7]) == ""
    assert "M5 0.0h4V16h-4z" in charts.nights([1, 16, 0])


def test_a_chart_of_its_own_is_an_svg_file_with_colours() -> None:
    root = ElementTree.fromstring(charts.standalone(charts.columns(["2026"], [[1]])))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert ".kept{fill:#" in root[0].text  # type: ignore[operator]
