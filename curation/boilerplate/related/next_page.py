"""Pointers to the rest of the article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.seam import cut_out
from curation.boilerplate.shapes import ends_sentence, is_prose, words
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Flag, Line, Lines
    from curation.rule import Context

_PAGE = r"(?:halaman|laman)\s(?:selanjutnya|berikutnya|berikut)"
_WHOLE = r"(?:(?:simak|baca|lihat|cek)\s(?:berita |artikel |info |penjelasan |cerita )?)"
_WHERE = r"(?:\s?(?:di|pada|dalam)\s?(?:sini|tautan (?:ini|berikut)|link (?:ini|berikut)))"
_ARROWS = r"[\s.:>»→-]*"
_NEXT = re.compile(
    rf"[*(\s-]*(?:(?:bersambung\s|(?:ber)?lanjut(?:kan)?\s|{_WHOLE})?(?:selengkapnya|lengkapnya|kelanjutannya)?"
    rf"\s?(?:di |pada |ke )?{_PAGE}"
    rf"|{_WHOLE}?(?:selengkapnya|lengkapnya)(?:\s?klik)?{_WHERE}?"
    rf"|(?:lanjut(?:kan)?|teruskan)\s(?:membaca|baca)(?:\s(?:artikel|berita)(?:\sini)?)?{_WHERE}?"
    rf"|read more|continue reading){_ARROWS}\)?",
    re.IGNORECASE,
)
#: the teaser of a series, below its name
_SERIES = re.compile(r"(?:baca|simak)\s(?:kisah|cerita|artikel)\s[^.!?\n]{3,70}\sdi ?sini\W{0,10}", re.IGNORECASE)
#: the same behind the last sentence of a paragraph
_AT_END = re.compile(
    rf"(?<=[.!?\"”])\s?(?:(?i:{_WHOLE}(?:selengkapnya|lengkapnya)\s?(?:(?:di |pada |ke ){_PAGE}|{_WHERE}){_ARROWS})"
    rf"|BACA SELENGKAPNYA{_ARROWS}|(?i:{_PAGE})\s?[>»]+)$"
)
#: characters from the end of a line within which it begins
_WINDOW = 200
#: a heading that points there, with dots or arrows behind it
_TEASER = re.compile(
    r"[A-Z][^.!?\n]{3,90}\s(?:di|pada|ke)\shalaman\s(?:selanjutnya|berikut(?:nya)?)\s?(?:\.{2,}|…|[>»]+)"
)
#: a heading of the site's own between two sentences or behind the last
_BETWEEN = re.compile(
    r"(?<=[.!?\"”]\s)Halaman (?:Selanjutnya|Berikutnya)(?:\s(?=[\"“A-Z])|$)"
    r"|(?<=[a-z]\s)Halaman (?:Selanjutnya|Berikutnya)\s(?=[A-Z“\"])"
    r"|(?<=[.!?:\"”]\s)\d{1,2} dari \d{1,2} halaman\s(?=[\"“A-Z])"
)


@rule(
    step="chrome",
    grain="inline",
    literals=(
        *(
            "halaman selanjutnya",
            "halaman berikut",
            "laman selanjutnya",
            "laman berikut",
            "lengkapnya",
            "kelanjutannya",
        ),
        *("lanjut membaca", "lanjut baca", "lanjutkan membaca", "lanjutkan baca", "teruskan membaca", "teruskan baca"),
        *("read more", "continue reading", "baca kisah", "baca cerita", "baca artikel", "simak kisah", "simak cerita"),
        *("simak artikel", *(f"{digit} halaman " for digit in range(10))),
    ),
    source="detik 7 % of articles, tempo, kompas, viva",
)
def next_page(lines: Lines, context: Context) -> Iterator[Edit | Flag]:
    r"""Remove a pointer to the next page or the full text, and flag the document as truncated if no text follows.

    On its own line, behind the last sentence of a paragraph, or (viva) between two sentences.

    >>> after(next_page, "Air surut.\nSimak selengkapnya di halaman berikutnya.")
    'Air surut.\n'
    >>> after(next_page, "Air surut. Baca selengkapnya di sini.")
    'Air surut.'
    >>> after(next_page, "Air surut.\nAnugerah Warta 2025\nBaca kisah para guru di pulau kecil di sini")
    'Air surut.\n\n'
    >>> pointer, paragraph = "Selengkapnya di halaman berikutnya", "Warga pulang ke rumah mereka sejak Senin pagi."
    >>> [found.kind for found in try_rule(next_page, f"{paragraph}\n{pointer}") if hasattr(found, "kind")]
    ['truncated']
    >>> [found.kind for found in try_rule(next_page, f"{pointer}\n{paragraph}") if hasattr(found, "kind")]
    []
    >>> after(next_page, "Halaman rumahnya dipenuhi karangan bunga.")
    'Halaman rumahnya dipenuhi karangan bunga.'
    """
    for line in lines:
        if len(line.text) <= 100 and _SERIES.fullmatch(line.text):
            yield line.drop()
            above = line.previous
            if above and len(words(above.text)) <= 5 and above.text[0].isupper() and not ends_sentence(above.text):
                yield above.drop()
            continue
        if len(line.text) <= 100 and (_NEXT.fullmatch(line.text) or _TEASER.fullmatch(line.text)):
            if _is_last(line):
                yield line.flag("truncated")
            yield line.drop()
            continue
        between = _BETWEEN.finditer(line.text) if "alaman " in line.text else ()
        for found in (*_AT_END.finditer(line.text, max(0, len(line.text) - _WINDOW)), *between):
            if found.end() == len(line.text) and _is_last(line):
                yield line.flag("truncated")._replace(start=line.start + found.start())
            yield cut_out(line, *found.span())


def _is_last(line: Line) -> bool:
    """Whether no paragraph follows."""
    return not any(is_prose(below.text) for n in range(1, line.from_tail + 1) if (below := line.neighbour(n)))
