"""Credits glued behind the last sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.bylines.parts import NAME, closes
from curation.boilerplate.bylines.roles import LABEL, LITERALS, read_credits
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

#: characters from the end of a line within which its credits begin
_WINDOW = 500
_BRACKET = re.compile(r"\s*[(\[]\s?(?P<inside>[^()\[\]]{6,200})[)\]][\s.,]*$")
_WRITTEN = re.compile(r"(?:Ditulis|Dilaporkan)\soleh:?\s(?P<name>[A-Z‘'][^()\n]{2,80})$")

_REPORTS = re.compile(
    r"\s*Laporan (?:[Ww]artawan|[Rr]eporter|[Kk]ontributor|[Jj]urnalis)\s[A-Z][\w. -]{2,40}[,/|]\s?"
    rf"(?P<name>{NAME})[\s.]*$"
)


@rule(
    step="ends",
    grain="inline",
    literals=(*LITERALS, "laporan "),
    tail=6,
    source="kompas, antara, turnbackhoax: articles scraped to one line",
)
def role_at_end(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read the credits behind the last sentence of a line (*... pulang. Editor: Nama*), and cut them.

    >>> after(role_at_end, "Warga pulang. Reporter: Sinta Wulandari Editor: Budi")
    'Warga pulang.'
    >>> after(role_at_end, "Warga pulang. (Ditulis oleh Sinta Wulandari)")
    'Warga pulang.'
    >>> after(role_at_end, "Ia menjawab, “Sumber: rahasia.”")
    'Ia menjawab, “Sumber: rahasia.”'
    """
    for line in lines:
        if bracket := _BRACKET.search(line.text, max(0, len(line.text) - _WINDOW)):
            begin, stop = bracket.span("inside")
            if bracket.start() > 0 and closes(line.text[: bracket.start()]):
                if written := _WRITTEN.match(line.text[:stop], begin):
                    yield line.read("author", written, "name")
                    yield line.cut(*bracket.span())
                elif found := read_credits(line.text, begin, stop):
                    yield from (line.read(credit.field, credit.found, "name") for credit in found)
                    yield line.cut(*bracket.span())
            continue
        if (reports := _REPORTS.search(line.text, max(0, len(line.text) - _WINDOW))) and reports.start() > 0:
            if closes(line.text[: reports.start()]):
                yield line.read("author", reports, "name")
                yield line.cut(*reports.span())
            continue
        for label in LABEL.finditer(line.text, max(0, len(line.text) - _WINDOW)):
            before = line.text[: label.start()]
            if not before.strip() or not closes(before):
                continue
            if found := read_credits(line.text, label.start()):
                yield from (line.read(credit.field, credit.found, "name") for credit in found)
                yield line.cut(len(before.rstrip()), len(line.text))
                break
