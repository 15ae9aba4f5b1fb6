"""Notices that forbid to copy, crawl or index."""

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
_START = re.compile(r"(?<![\w“\"'‘])(?:Dilarang|DILARANG|Tidak diperkenankan|Tidak diizinkan)\s")
_LONGEST = 320


@rule(
    step="chrome",
    grain="inline",
    literals=("dilarang", "tidak diperkenankan", "tidak diizinkan"),
    tail=5,
    source="antara (2025 on)",
)
def reuse_notice(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Cut the notice that forbids to take, crawl or index what the site prints.

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
            if end - start <= _LONGEST and _NOTICE.match(text, start, end) and not said:
                yield from cut_sentences(line, [(start, end)])
                break
