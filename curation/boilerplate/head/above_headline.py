"""What stands above the headline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.boilerplate.head.headline import WINDOW, headline_lines, may_print_headline
from curation.boilerplate.shapes import is_prose
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Line, Lines
    from curation.rule import Context


@rule(step="head", grain="block", head=WINDOW, source="the seed page; pages copied whole")
def above_headline(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove the lines above the headline: menus, slogans, tickers.

    Only when the headline is found near the top and none of the lines above it reads like a paragraph.

    >>> text = "Warta Kita - Cepat dan Tepat\nAir Sungai Surut di Kota\nAir sungai surut sejak Senin."
    >>> after(above_headline, text, title="Air Sungai Surut di Kota")
    '\nAir Sungai Surut di Kota\nAir sungai surut sejak Senin.'
    """
    for document in may_print_headline(lines, context).documents():
        printed = headline_lines(document, context.title(document[0]))
        if not printed:
            continue
        above = list(_above(printed[0]))
        if not any(is_prose(line.text) for line in above):
            for line in above:
                yield line.drop()


def _above(line: Line) -> Iterator[Line]:
    above = line.previous
    while above is not None:
        yield above
        above = above.previous
