"""Calls to send in news, pictures and opinions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.sentences import SAID, cut_sentences, inside_quote, sentence_end
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_THING = (
    r"(?:informasi|info|foto|video|berita|cerita|kisah|tulisan|opini|artikel|naskah|laporan|kritik|saran|masukan|rilis"
    r"|hak jawab|hoaks|klaim|pertanyaan|keluhan|aduan|pengalaman|peristiwa|kejadian)"
)
_DESK = r"(?:\bredaksi(?:onal)?\b|newsroom|\bkami\b|[\w.]+@[\w-]+\.(?:com|co\.id|id|net|co)\b|citizen)"
_TO_DESK = r"\bke(?:pada)?\s(?:e-?mail\s)?(?:redaksi|newsroom|kami)"
_SEND = re.compile(
    rf"(?:silakan |silahkan |segera |ayo |yuk,? )?(?:kirim(?:kan)?|sampaikan|laporkan)\b(?=[^.!?]{{0,160}}?{_DESK})"
    rf"(?=[^.!?]{{0,120}}?(?:{_THING}|{_TO_DESK})).{{0,200}}"
    r"|(?:silakan |silahkan )?hubungi (?:kami|redaksi)\b.{0,40}(?:@|\bdi\b|:|wa\b|whatsapp|telepon).{0,120}",
    re.IGNORECASE,
)
#: behind a question that has said what to send
_THERE = re.compile(
    rf"(?:silakan |silahkan |segera )?(?:kirim|sampaikan|laporkan)(?:kan)?\b[^.!?]{{0,120}}?{_DESK}.{{0,120}}",
    re.IGNORECASE,
)
#: with the picture of a dish, say
_TAG_US = re.compile(
    r"(?:unggah|bagikan|posting|share|kirim|pamerkan)(?:kan)? (?:foto|hasil|kreasi|karya|masakan"
    r"|video)\w{0,4}\b[^.!?]{0,80}"
    r"\b(?:tag|mention|tandai|colek)(?: akun)? (?:kami|@\w)[^!?]{0,60}",
    re.IGNORECASE,
)
_TRIED = re.compile(
    r"(?:apakah )?(?:anda |kamu )?(?:sudah|pernah) (?:mencoba|coba|memasak|membuat)(?:nya| resep(?: ini)?)?\s?\?",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?:(?:anda|kamu|kalian|jika anda|jika kamu|apabila anda)\s)?"
    r"(?:punya|memiliki|mempunyai|ingin mengirim|menemukan)\b"
    rf"[^.!?]{{0,60}}?{_THING}[^.!?]{{0,100}}?[?,]",
    re.IGNORECASE,
)
_START = re.compile(
    r"(?<![\w“\"'‘])(?:Anda|Kamu|Punya|Jika|Apabila|Memiliki|Kirim|Kirimkan|Silakan|Silahkan|Hubungi|Sampaikan|Laporkan"
    r"|Ayo|Yuk|Segera|Sudah|Pernah|Unggah|Bagikan|Posting|Share|Pamerkan)\s"
)
_LONGEST = 300


@rule(
    step="chrome",
    grain="inline",
    literals=("redaksi", "newsroom", "kami", "@", "citizen"),
    shape=r"(?i)kirim|hubungi|sampaikan|laporkan|\b(?:tag|mention|tandai|colek) ",
    tail=6,
    source="tribun, kompas, detik, regional portals",
)
def contribute(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Cut a call to send news, pictures or opinions to the newsroom, near the end.

    >>> after(contribute, "Ia pulang. Punya informasi menarik di sekitar Anda? Kirimkan ke redaksi@wartalintang.com.")
    'Ia pulang.'
    >>> after(contribute, "Kirimkan foto dan laporan itu ke kantor desa, kata Camat.")
    'Kirimkan foto dan laporan itu ke kantor desa, kata Camat.'
    """
    for line in lines:
        text = line.text
        for start in (match.start() for match in _START.finditer(text, max(0, len(text) - 2 * _LONGEST))):
            end = _end(text, start)
            if end is not None and len(text) - end <= _LONGEST:
                yield from cut_sentences(line, [(start, end)])
                break


def _end(text: str, start: int) -> int | None:
    """Where the call that begins at `start` ends, if there is one."""
    begin = start
    lead = _OWN.match(text, start) or _TRIED.match(text, start)
    if lead:
        begin = lead.end()
        while begin < len(text) and text[begin].isspace():
            begin += 1
    end = sentence_end(text, begin)
    if (
        end - start > _LONGEST
        or not (
            _SEND.match(text, begin, end)
            or _TAG_US.match(text, begin, end)
            or (lead and lead[0].endswith("?") and _THERE.match(text, begin, end))
        )
        or SAID.search(text, start, end)
        or inside_quote(text, start)
    ):
        return None
    return end
