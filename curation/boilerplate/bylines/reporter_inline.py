"""Who reports, glued before the lead of an article on one line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.bylines.parts import DOMAIN, NAME, dateline_start
from curation.boilerplate.bylines.roles import ANY_ROLE, read_credits
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_ROLE = re.compile(
    r"(?:Laporan|Liputan) (?:[Ll]angsung\s)?(?:[Ww]artawan|[Rr]eporter|[Kk]ontributor|[Jj]urnalis|[Kk]oresponden)\s"
    r"|(?:Oleh|OLEH|Penulis|Reporter) ?:\s?"
)
#: perhaps the outlet, then one name or several
_NAMES = re.compile(
    rf"(?:[A-Z][\w-]*(?:\.[A-Za-z]{{2,3}})?(?:\s[A-Z]\w*){{0,2}}\s?[,/|:.]\s?|{DOMAIN}\s)?"
    rf"(?P<author>{NAME}(?:(?:,\s|\sdan\s|\s&\s){NAME}){{0,3}}?)[.,]?\s*"
)
#: portals that collect others' articles: writer, age and reading time before the text
_DOTTED = re.compile(
    rf"(?:Cerita |Ditulis )?[Oo]leh (?P<author>{NAME}|[A-Z]\w+)\s*"
    r"(?:•\s*(?P<date>\d{1,2}\s(?:menit|jam|hari|minggu|bulan)(?:\s(?:yang\s)?lalu)?)\s*)?"
    r"•\s*(?:\d{1,2} menit (?:waktu )?(?:mem)?baca(?:an)?\s*•?\s*)?(?=[A-Z\"“])"
)
#: characters within which the dateline must begin
_NEAR = 140


@rule(
    step="head",
    grain="inline",
    shape=rf"^(?:Laporan |Liputan |(?:Oleh|OLEH) ?:|{ANY_ROLE} ?:|(?:Cerita |Ditulis )?[Oo]leh .+? •)",
    head=3,
    source="tribun network, kompas: articles scraped to one line",
)
def reporter_inline(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read the reporter glued before the dateline (*Laporan Wartawan X, Nama X.COM, AMBON -*), and cut up to it.

    Between dots, the name needs no dateline behind it (*Cerita oleh Nama • 2 hari • ...*). Other credits
    (*Penulis: A Editor: B AMBON -*) are read as on a line of their own.

    >>> after(reporter_inline, "Laporan Wartawan Warta.com, Sinta Wulandari WARTA.COM, AMBON - Air surut.")
    'WARTA.COM, AMBON - Air surut.'
    >>> after(reporter_inline, "Oleh: Budi Santosa dan Sinta Wulandari WARTA.com - Air surut.")
    'WARTA.com - Air surut.'
    >>> after(reporter_inline, "Cerita oleh Budi Santosa • 2 hari • Air sungai surut.")
    'Air sungai surut.'
    >>> after(reporter_inline, "Laporan Bank Nusa menunjukkan laba naik.")
    'Laporan Bank Nusa menunjukkan laba naik.'
    """
    for line in lines:
        if line.number == 0 and (dotted := _DOTTED.match(line.text)):
            yield line.read("author", dotted, "author")
            if dotted["date"]:
                yield line.read("date", dotted, "date")
            yield line.cut(*dotted.span())
            continue
        dateline = dateline_start(line.text, 1, _NEAR)
        credits = read_credits(line.text, 0, dateline) if dateline else []
        if credits:
            yield from (line.read(credit.field, credit.found, "name") for credit in credits)
            yield line.cut(0, dateline or 0)
            continue
        role = _ROLE.match(line.text)
        dateline = dateline_start(line.text, role.end(), role.end() + _NEAR) if role else None
        found = _NAMES.fullmatch(line.text, role.end(), dateline) if role and dateline else None
        if found:
            yield line.read("author", found, "author")
            yield line.cut(0, found.end())
