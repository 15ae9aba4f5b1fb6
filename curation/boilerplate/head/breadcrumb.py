"""The path of menus to the article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.shapes import nothing_above
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_ITEM = r"[A-Z][\w&'-]*(?:\s[A-Za-z&][\w&'-]*){0,3}"
_BREADCRUMB = re.compile(
    r"(?:Home|Beranda|HOME|BERANDA)(?:\s*[>/»|›\\]\s*|\s+|(?=[A-Z]))"
    r"(?P<path>(?:[A-Z][\w&-]*(?:\s*[>/»|›]\s*|\s+|$)){1,6})"
)
#: the last item may be the headline
_TO_HEADLINE = re.compile(
    r"(?:Home|Beranda|HOME|BERANDA)\s?[>»›/]\s?"
    rf"(?P<path>{_ITEM}(?:\s?[>»›/]\s?{_ITEM}){{0,3}})\s?[>»›/]\s?[A-Z\"“‘'].{{10,170}}"
)
#: without the first page's name, the marks alone tell
_MARKED = re.compile(rf"(?P<path>{_ITEM}(?:\s?[>»›]\s?{_ITEM}){{1,4}})\s?[>»›]?")


@rule(
    step="head",
    shape=r"^(?:Home|HOME|Beranda|BERANDA|[A-Z][\w&' -]*[>»›])",
    head=20,
    source="the seed page; most portals; WordPress",
)
def breadcrumb(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read the section from a breadcrumb and remove it.

    >>> after(breadcrumb, "Beranda > Ekonomi > Harga\nHarga beras turun.")
    '\nHarga beras turun.'
    >>> after(breadcrumb, "Beranda » Ekonomi » Harga Beras di Pasar Induk Turun")
    ''
    >>> [answer.value for answer in try_rule(breadcrumb, "Home Ekonomi Pilihan") if hasattr(answer, "field")]
    ['Ekonomi Pilihan']
    """
    for line in lines:
        found = _BREADCRUMB.fullmatch(line.text) or _TO_HEADLINE.fullmatch(line.text)
        if not found and len(line.text) <= 80 and nothing_above(line):
            found = _MARKED.fullmatch(line.text)
        if found:
            yield line.read("section", found, "path")
            yield line.drop()
