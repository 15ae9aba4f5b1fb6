"""Pointers to the outlet's other news."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_CALL = r"[\W_]{0,4}(?:(?:yuk|ayo|mari),? )?"
_NEWS = r"(?:berita|artikel)(?: dan (?:berita|artikel|informasi))?"
_FRESH = r"(?:lain|lainnya|terbaru|terkini|terupdate|menarik|viral|pilihan)"
_OUTLET = r"(?:tribun\w*|[\w-]+\.(?:com|co\.id|id|net|co)|google news|berita video|sini)"
#: found faster than what holds it
_OTHER = ("Berita lain", "Artikel lain", "Tulisan lain")
_LINKED = re.compile(
    r"(?:^|(?<=[.!?\"”])\s?)(?:Berita|Artikel|Tulisan) lain(?:nya)? (?:terkait|seputar|tentang|mengenai)\s"
    r"[^.!?\n]{2,70}"
    r"(?:bisa|dapat) (?i:anda|kamu) (?:baca|simak|ikuti|lihat) di [\w.]{3,30}\.?(?:,(?P<source>[A-Z][A-Z .|]{3,60}))?$"
)
_MORE = re.compile(
    rf"{_CALL}(?:baca |simak |cek |lihat )?(?:kumpulan )?{_NEWS}(?: \w+){{0,3}} {_FRESH}(?: lainnya)?(?: hanya)?"
    rf" (?:di|dari) {_OUTLET}(?: [\w.]+){{0,3}}[\W_]{{0,6}}"
    rf"|{_CALL}(?:baca|simak|cek) (?:juga )?{_NEWS}(?: menarik)? {_FRESH}(?: (?:di sini|selengkapnya))?[\W_]{{0,6}}"
    rf"|{_NEWS} lain(?:nya)? (?:di|terkait|seputar) (?-i:[A-Z])[\w-]+"
    r"(?: (?:di |dan |(?-i:[A-Z]))[\w -]{2,20}){0,4}",
    re.IGNORECASE,
)


@rule(
    step="chrome",
    literals=("berita", "artikel"),
    shape=r"(?i)lain|terbaru|terkini|terupdate|menarik|viral|pilihan",
    source="tribun 1 %",
)
def more_news(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Remove a line that only points to the outlet's other news.

    >>> after(more_news, "Ia pulang.\nBerita viral lainnya di Tribun Lintang\nBerita lain yang menarik dibahas warga.")
    'Ia pulang.\n\nBerita lain yang menarik dibahas warga.'
    """
    for line in lines:
        if len(line.text) <= 120 and _MORE.fullmatch(line.text):
            yield line.drop()
        elif any(news in line.text for news in _OTHER) and (found := _LINKED.search(line.text)):
            if found["source"]:
                yield line.read("source", found, "source")
            yield line.drop() if found[0] == line.text else line.cut(*found.span())
