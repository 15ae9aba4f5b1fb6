"""Credits of a house's research desk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.sentences import SAID
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_CREDIT = re.compile(
    r"(?:CNBC INDONESIA RESEARCH|TIM RISET [A-Z ]{3,30}|\(?research@[\w.-]+\)?|[A-Z][A-Z ]{3,30} RESEARCH)\.?"
)
_PRODUCT = re.compile(
    r"(?:sanggahan\s?:\s?)?artikel ini adalah produk jurnalistik\s(?:berupa|dari|milik|yang berupa)\b.{0,380}",
    re.IGNORECASE,
)


@rule(
    step="chrome",
    literals=("research", "tim riset", "produk jurnalistik"),
    tail=8,
    source="cnbcindonesia",
)
def research_credit(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Remove the credit, the address and the notice of a research desk, among the last lines.

    >>> after(research_credit, "Harga naik.\nCNBC INDONESIA RESEARCH\nresearch@cnbcindonesia.com")
    'Harga naik.\n\n'
    """
    for line in lines:
        if len(line.text) <= 60 and _CREDIT.fullmatch(line.text):
            if "@" not in line.text:
                yield line.read("author")
            yield line.drop()
        elif len(line.text) <= 400 and _PRODUCT.fullmatch(line.text) and not SAID.search(line.text):
            yield line.drop()
