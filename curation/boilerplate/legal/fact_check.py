"""The standing block below fact checks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.sentences import cut_sentences
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_ASKED = (
    r"(?:Jika|Apabila|Bila) (?:Anda|kamu|pembaca) (?:memiliki|menemukan|mendapat(?:kan)?|ragu)"
    r"[^.!?]{0,60}?(?:hoaks|klaim|informasi|kebenaran)"
    r"[^.!?]{0,60}?(?:telusuri|verifikasi|periksa|cek kebenarannya|meragukan|konfirmasi)"
)
_OFFERED = (
    r"(?:Anda|Kamu) (?:juga )?(?:bisa|dapat) (?:mengirim|melaporkan|meminta)"
    r"[^.!?]{0,60}?(?:cek fakta|hoaks|klaim)[^.!?]{0,60}?(?:chatbot|whatsapp|kami|e-?mail)"
)
_START = (
    r"(?:Tentang Cek Fakta\s?:|Melawan hoaks sama saja melawan pembodohan"
    r"|Sejak \d{1,2} \w+ 20\d\d,\s?Cek Fakta \S+\s?bergabung"
    rf"|Ingin lebih cepat mendapat jawaban\?|Fakta atau Hoaks\?\s|{_ASKED}|{_OFFERED})"
)
_PARAGRAPH = re.compile(rf"[\W_]{{0,3}}{_START}.{{0,380}}", re.IGNORECASE)
#: the whole block, where the scraper lost its line breaks
_BLOCK = re.compile(rf"(?<=[.!?…”\"]\s)[*\s]{{0,3}}{_START}")
#: the heading of links that are lost
_EMPTY = re.compile(r"\s*={3,}\s*(?:REFERENSI|Referensi)\s?:?\s*$")
_DESK = re.compile(r"@|kami\b|chatbot|tautan|hotline|whatsapp|\bkanal ini\b", re.IGNORECASE)
_LONGEST = 1_000


@rule(
    step="chrome",
    literals=("hoaks", "informasi", "cek fakta", "klaim", "kebenaran", "mendapat jawaban", "referensi"),
    tail=8,
    source="liputan6 Cek Fakta, 1 % of liputan6 articles",
)
def fact_check(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove the paragraphs in which a fact-check desk presents itself and asks for claims.

    >>> after(fact_check, "Klaim itu salah.\nJika Anda menemukan klaim yang perlu kami periksa, kirim ke chatbot kami.")
    'Klaim itu salah.\n'
    """
    for line in lines:
        text = line.text
        if len(text) <= 400 and _PARAGRAPH.fullmatch(text) and _DESK.search(text):
            yield line.drop()
        elif line.from_tail == 0 and (empty := _EMPTY.search(text, max(0, len(text) - 60))):
            yield line.cut(empty.start(), len(text))
        elif line.from_tail == 0:
            found = _BLOCK.search(text, max(0, len(text) - _LONGEST))
            if found and _DESK.search(text, found.start()):
                yield from cut_sentences(line, [(found.start(), len(text))])
