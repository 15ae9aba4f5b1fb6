"""Notices of what may be done with the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.sentences import SAID, cut_sentences, inside_quote, sentence_end
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_WORK = r"\b(?:konten|artikel|berita|isi|materi|naskah|foto|tulisan|sebagian|seluruh(?:nya)?)\b"
_HOUSE = (
    r"(?:situs(?: web)? ini|website ini|laman ini|media ini|redaksi|kantor berita|izin tertulis|seizin penerbit"
    r"|tanpa (?:mencantumkan|menyebutkan?) sumber|untuk ai\b|crawling)"
)
_NOTICE = re.compile(
    rf"[\W_]{{0,4}}(?:dilarang(?: keras)?|tidak diperkenankan|tidak diizinkan)\s(?:untuk\s)?"
    r"(?:meng\w+|meny\w+|mem\w+|men\w+|crawling|mereproduksi|re-?publish)"
    rf"(?=[^.!?]{{0,160}}{_WORK})(?=[^!?]{{0,240}}?{_HOUSE})",
    re.IGNORECASE,
)
#: what may be done with it instead
_ALLOWED = re.compile(
    r"(?:Berita|Artikel|Tulisan|Konten|Naskah|Isi situs) ini (?:dapat|boleh|bisa|bebas) (?:diterbitkan"
    r"|dipublikasikan|dimuat|disebarkan|dikutip"
    r"|disalin|digunakan|direpublikasi)(?: ulang| kembali)?\b[^!?]{0,120}?\b(?:mencantumkan|menyebut(?:kan)?"
    r"|izin|lisensi)\b[^!?]{0,100}"
    r"|(?:Artikel|Tulisan|Berita|Konten) ini (?:diterbitkan|terbit|dilisensikan|dirilis) (?:di ?bawah"
    r"|dengan) lisensi Creative Commons\b.{0,100}"
)
_START = re.compile(
    r"(?<![\w“\"'‘])(?:Dilarang|DILARANG|Tidak diperkenankan|Tidak diizinkan|Berita ini|Artikel ini|Tulisan ini"
    r"|Konten ini|Naskah ini"
    r"|Isi situs ini)\s"
)
_LONGEST = 320


@rule(
    step="chrome",
    grain="inline",
    literals=("dilarang", "tidak diperkenankan", "tidak diizinkan", "mencantumkan", "menyebut", "creative commons"),
    shape=r"(?i)dilarang|tidak di(?:perkenankan|izinkan)|ini (?:dapat|boleh|bisa|bebas|di|terbit)",
    tail=5,
    source="antara (2025 on)",
)
def reuse_notice(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Cut the notice that forbids to take, crawl or index what the site prints, or says how it may be reprinted.

    >>> notice = "Dilarang keras mengambil konten, melakukan crawling untuk AI di situs web ini tanpa izin tertulis."
    >>> after(reuse_notice, "Ia pulang. " + notice)
    'Ia pulang.'
    >>> after(reuse_notice, "Dilarang mengambil foto di museum itu tanpa izin petugas.")
    'Dilarang mengambil foto di museum itu tanpa izin petugas.'
    """
    for line in lines:
        text = line.text
        for match in _START.finditer(text, max(0, len(text) - 2 * _LONGEST)):
            start = match.start()
            end = sentence_end(text, start)
            said = SAID.search(text, start, end) or inside_quote(text, start)
            if (
                end - start <= _LONGEST
                and (_NOTICE.match(text, start, end) or _ALLOWED.match(text, start, end))
                and not said
            ):
                yield from cut_sentences(line, [(start, end)])
                break
