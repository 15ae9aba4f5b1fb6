"""Who reports, on a line of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.bylines.parts import dateline_start
from curation.boilerplate.shapes import nothing_above
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_NAME = r"(?P<name>[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,4})"
_ROLE = r"(?:[Ww]artawan|[Rr]eporter|[Kk]ontributor|[Jj]urnalis|[Kk]oresponden)"
#: "l" and "I" are bars that somebody typed as letters
_BAR = r"(?:\s*[,/|:]\s*|\s[lI]\s)"
_OUTLET = r"[\w.-]+(?:\s[\w.-]+){0,4}?"
_REPORTER = re.compile(
    rf"(?:Laporan|LAPORAN|Reportase|Liputan)(?:\s[Ll]angsung)?\s*:?\s*(?:{_ROLE}\b\s*)?"
    rf"(?P<marked>(?:{_OUTLET}{_BAR}){{0,2}}){_NAME}(?:\s?/\s?\w+)?(?P<marked2>{_BAR}[A-Z]\w+(?:\s[A-Z]\w+){{0,3}})?(?:\sdari\s[A-Z]\w+(?:\s[A-Z]\w+){{0,3}})?\.?"
)
#: without any mark between outlet and name: only the role tells
_UNMARKED = re.compile(
    rf"(?:Laporan|Liputan)(?:\s[Ll]angsung)?\s{_ROLE}\s[\w-]+\.(?:com|id|co|co\.id|COM|ID)\s{_NAME}"
    r"(?:\sdari\s[A-Z]\w+(?:\s[A-Z]\w+){0,3})?\.?"
)
_WITH_ROLE = re.compile(rf"(?:Laporan|LAPORAN|Reportase|Liputan)(?:\s[Ll]angsung)?\s+{_ROLE}\b")
_BY = re.compile(
    r"(?:Oleh|OLEH|Cerita oleh|Ditulis oleh|Dilaporkan oleh)\s*[:–-]?\s*"
    r"(?P<name>[A-Z][\w.'’-]*,?(?:\s(?:dan\s|&\s)?[A-Z][\w.'’-]*,?){0,7})\*?"
)
#: where the software of blogs tells who posted, and when
_POSTED = re.compile(
    r"(?:(?:Diposting|Diposkan|Diunggah|Diterbitkan) oleh|(?:Posted|Published) by):?\s(?P<name>[\w@][^\n]{1,60}?)"
    r"(?:\s(?:di|pada|at|on)\s(?=\D{0,12}\d)[\w ,./:-]{4,50})"
)
#: nobody in particular
_DESK = re.compile(
    r"(?i:(?:ditulis |cerita )?oleh|by)\s*:?\s*(?P<name>(?i:tim )?(?i:redaksi|admin)(?:\s[A-Z][\w.]{1,20})?)"
)


@rule(
    step="head",
    shape=r"^(?:Laporan|LAPORAN|Reportase|Liputan|Oleh|OLEH|Ditulis oleh|Dilaporkan oleh|Cerita oleh|By"
    r"|(?i:di)?(?i:posting|poskan|unggah) oleh|Posted by|Published by)[ :–-].{2,119}$",
    source="tribun network 13 % of articles, tempo, antara, opinions",
)
def reporter(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read the reporter from a line of its own (*Laporan Wartawan ..., Nama*; *Oleh: Nama*), and remove it.

    Below the lead, the line must name the role, or be what a blog prints (*Diposting oleh Nama di 06.14*).

    >>> after(reporter, "Laporan Wartawan Warta Daerah, Sinta Wulandari\nLaporan keuangan itu terbit.")
    '\nLaporan keuangan itu terbit.'
    >>> after(reporter, "Warga pulang ke rumah sejak Senin.\nLaporan Kontributor WartaAmbon.id, Waai, Budi Santosa")
    'Warga pulang ke rumah sejak Senin.\n'
    >>> after(reporter, "Oleh karena itu, pemerintah bertindak.")
    'Oleh karena itu, pemerintah bertindak.'
    """
    for line in lines:
        posted = _POSTED.fullmatch(line.text)
        if posted or (nothing_above(line) and (posted := _DESK.fullmatch(line.text))):
            yield line.read("author", posted, "name")
            yield line.drop()
            continue
        found = _UNMARKED.fullmatch(line.text) or _REPORTER.fullmatch(line.text) or _BY.fullmatch(line.text)
        if not found or len(found["name"].split()) < 2:
            continue
        above_lead = line.number < 6 and nothing_above(line)
        if (
            found.re is _REPORTER
            and not _WITH_ROLE.match(line.text)
            and not (found["marked"] or found["marked2"] or ":" in line.text)
        ):
            # "Laporan Sinta Wulandari" could be a headline: the lead must follow
            above_lead = above_lead and line.next is not None and dateline_start(line.next.text, 0, 60) == 0
        if _WITH_ROLE.match(line.text) or above_lead:
            yield line.read("author", found, "name")
            yield line.drop()
