"""Style sheets that were taken for text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.seam import cut_out
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_PROPERTY = (
    r"(?:-webkit-|-moz-|-ms-)?(?:align|animation|background|border|bottom|box|clear|color|content|cursor|display|flex|float|font"
    r"|gap|grid|height|justify|left|letter|line|list|margin|max|min|object|opacity|outline|overflow|padding|position|right|text"
    r"|top|transform|transition|vertical|visibility|white|width|word|z)(?:-[a-z-]{2,20})?"
)
_DECLARATION = rf"\s?{_PROPERTY}\s?:\s?[^{{}};\n]{{1,120}}(?:;|(?=\}}))"
_SELECTOR = r"(?:[.#@*][\w-]{1,60}|\b(?:div|span|body|html|iframe|img|table|td|tr|ul|li|p|a|h[1-6])(?=[\s.#:,{>]))"
_BLOCK = rf"{_SELECTOR}[\w\s.#:,>*()\[\]=\"'@-]{{0,80}}\{{(?:{_DECLARATION}){{1,30}}\s?\}}"
_RULES = re.compile(rf"\s?(?:@media[^{{}}\n]{{1,80}}\{{\s?(?:{_BLOCK}\s?){{1,20}}\}}|{_BLOCK})(?:\s?{_BLOCK}){{0,30}}")


@rule(
    step="characters",
    grain="inline",
    literals=("{",),
    shape=r"\{\s?[a-z-]{3,30}\s?:[^{}]{1,200}\}",
    source="kompas, tvone: style of advertising slots inside the text",
)
def stylesheet(lines: Lines, context: Context) -> Iterator[Edit]:
    """Cut rules of a style sheet out of the text.

    >>> after(stylesheet, "Air surut. #div-gpt-ad-1-0 iframe{ border: 0px; margin: 0 } Warga pulang.")
    'Air surut. Warga pulang.'
    >>> after(stylesheet, "Isi kolom {nama: Budi, umur: 7} lalu tekan tombol.")
    'Isi kolom {nama: Budi, umur: 7} lalu tekan tombol.'
    """
    for line in lines:
        for found in _RULES.finditer(line.text):
            yield cut_out(line, *found.span())
