"""Credits glued behind the last sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.bylines.parts import DOMAIN, NAME, closes
from curation.boilerplate.bylines.roles import ANY_ROLE, LABEL, credits_before_chrome, read_credits
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Line, Lines, Value
    from curation.rule import Context

#: characters from the end of a line within which its credits begin
_WINDOW = 500
_BRACKET = re.compile(r"\s*[(\[]\s?(?P<inside>[^()\[\]]{6,200})[)\]][\s.,]*$")
_WRITTEN = re.compile(r"(?:Ditulis|Dilaporkan)\soleh:?\s(?P<name>[A-Z‘'][^()\n]{2,80})$")
_REPORTS = re.compile(
    r"\s*Laporan (?:[Ww]artawan|[Rr]eporter|[Kk]ontributor|[Jj]urnalis)\s[A-Z][\w. -]{2,40}[,/|]\s?"
    rf"(?P<name>{NAME})[\s.]*$"
)
#: what may stand between the last sentence and the credits: initials, or the outlet and the section
_BETWEEN = re.compile(
    r"\s*(?:[(\[](?P<codes>[A-Za-z0-9-]{1,6}(?:/[A-Za-z0-9-]{1,12}){0,3})[)\]]"
    rf"|\(?\s?{DOMAIN}\s[-–]\s(?P<section>[A-Z]\w+(?:\s[A-Z&]\w*){{0,2}})\s?\)?)\s*$"
)
#: RE2 reads it from the end of the line, to the last role
_SHAPE = (
    rf"(?:{ANY_ROLE} ?:(?:[^:]|[ps]://)+(?::[^:]*)?|(?i:(?:ditulis|dilaporkan) oleh)[^()]+\)[\s.,]*"
    r"|Laporan (?:[Ww]artawan|[Rr]eporter|[Kk]ontributor|[Jj]urnalis)[^:]+)$"
)


@rule(
    step="ends",
    grain="inline",
    shape=_SHAPE,
    tail=6,
    source="kompas, antara, turnbackhoax: articles scraped to one line",
)
def role_at_end(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read the credits behind the last sentence of a line (*... pulang. Editor: Nama*), and cut them.

    >>> after(role_at_end, "Warga pulang. Reporter: Sinta Wulandari Editor: Budi")
    'Warga pulang.'
    >>> after(role_at_end, "Warga pulang. (Ditulis oleh Sinta Wulandari)")
    'Warga pulang.'
    >>> after(role_at_end, "Warga pulang. (abc/de) Penulis : Sinta Wulandari Editor : Budi Cek berita lain")
    'Warga pulang. Cek berita lain'
    >>> after(role_at_end, "Ia menjawab, “Sumber: rahasia.”")
    'Ia menjawab, “Sumber: rahasia.”'
    """
    for line in lines:
        yield from _in_brackets(line) or _reports(line) or _labelled(line)


def _in_brackets(line: Line) -> list[Edit | Value]:
    bracket = _BRACKET.search(line.text, max(0, len(line.text) - _WINDOW))
    if bracket is None or bracket.start() == 0 or not closes(line.text[: bracket.start()]):
        return []
    begin, stop = bracket.span("inside")
    if written := _WRITTEN.match(line.text[:stop], begin):
        return [line.read("author", written, "name"), line.cut(*bracket.span())]
    found = read_credits(line.text, begin, stop)
    cut = [line.cut(*bracket.span())] if found else []
    return [*(line.read(credit.field, credit.found, "name") for credit in found), *cut]


def _reports(line: Line) -> list[Edit | Value]:
    found = _REPORTS.search(line.text, max(0, len(line.text) - _WINDOW))
    if found is None or found.start() == 0 or not closes(line.text[: found.start()]):
        return []
    return [line.read("author", found, "name"), line.cut(*found.span())]


def _labelled(line: Line) -> list[Edit | Value]:
    for label in LABEL.finditer(line.text, max(0, len(line.text) - _WINDOW)):
        start = label.start()
        between = _BETWEEN.search(line.text, max(0, start - 60), start)
        before = line.text[: between.start() if between else start].rstrip()
        if not before or not closes(before):
            continue
        end, found = len(line.text), read_credits(line.text, start)
        if not found and (found := credits_before_chrome(line.text, start)):
            end = found[-1].found.end()
        if found:
            answers: list[Edit | Value] = [line.read(credit.field, credit.found, "name") for credit in found]
            if between:
                group = "codes" if between["codes"] else "section"
                answers.append(line.read("editor_code" if between["codes"] else "section", between, group))
            return [*answers, line.cut(len(before), end)]
    return []
