"""Disclaimers: of advice, of predictions, of guest opinions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.sentences import SAID, cut_sentences
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Flag, Line, Lines
    from curation.rule import Context

#: what only a notice about the text itself says
_ABOUT_TEXT = re.compile(
    r"\b(?:(?:artikel|konten|tulisan|berita|prediksi|ramalan|ulasan|kunci jawaban|jawaban|soal)(?: \w+)? (?:ini"
    r"|di atas|itu)"
    r"|pembaca|redaksi|keputusan investasi|tanggung jawab (?:penulis|pembaca|pribadi)|do your own research"
    r"|bukan (?:merupakan )?(?:ajakan|rekomendasi|saran)|pandangan penulis|opini penulis|hiburan semata)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[*)(\s]{0,4}(?:disclaimer|sanggahan|penafian)(?:\s(?:on|alert))?\s?[:\-–—]\s*", re.IGNORECASE)
_ALONE = re.compile(r"[*)(\s]{0,4}(?:disclaimer|sanggahan|penafian)\s?:?", re.IGNORECASE)
_OPINION = (
    r"[*)(\s]{0,4}(?:(?:seluruh |segala )?(?:isi|opini|pandangan|materi|artikel|tulisan|konten)"
    r"(?: (?:dalam|pada|dari))?(?: (?:artikel|tulisan|konten|opini))?(?: ini)?"
    r" (?:sepenuhnya |menjadi |adalah |merupakan ){1,3}"
    r"(?:tanggung ?jawab (?:penulis|pembuat|pengirim)|(?:opini|pandangan|pendapat) (?:pribadi )?(?:dari )?penulis)"
    r"|setiap keputusan investasi (?:ada|berada) di tangan"
    r"|(?:seluruh |segala )?(?:isi |opini |pandangan |materi )?(?:dalam |dari |pada )?(?:artikel|tulisan|konten"
    r"|opini|isi|kolom)(?: ini)?(?: ini)?"
    r" (?:berada |ada )?di ?luar tanggung ?jawab (?:redaksi|penerbit|media)"
    r"|(?:artikel|tulisan|konten|opini|pandangan)(?: (?:dalam|dari|pada) [^.!?]{2,50}?)?(?: ini)? (?:tidak|bukan"
    r"|belum tentu) "
    r"(?:selalu )?(?:mewakili|mencerminkan|merupakan|merepresentasikan) (?:pandangan|sikap|kebijakan|pendapat"
    r"|opini)(?: resmi)?(?: dari)? "
    r"(?:redaksi|media ini|kami)"
    r"|(?:artikel|tulisan|konten|opini) ini (?:merupakan|adalah) (?:kontribusi|kiriman|tulisan|hasil karya"
    r"|milik)(?: dari)? (?:komunitas |para )?"
    r"(?:penulis|pembaca|kontributor|pengguna|user)\b(?=.{0,160}tanggung ?jawab (?:penulis|pengguna|pembuat"
    r"|kontributor)))\b.{0,240}"
)
_OPINION_LINE = re.compile(_OPINION, re.IGNORECASE)
#: behind the last sentence of a paragraph
_INLINE = re.compile(
    r"(?<=\s)(?:\*?\)?\s?(?:Disclaimer|DISCLAIMER|Sanggahan|Penafian)(?:\s(?:on|ON))?\s?[:–—-]"
    rf"|(?<=[.!?\"”)*]\s)(?=[*)(A-Z])(?i:{_OPINION})$)"
)
_LONGEST, _LONGEST_INLINE = 400, 500


@rule(
    step="chrome",
    literals=(
        "disclaimer",
        "sanggahan",
        "penafian",
        "penulis",
        "pembuat",
        "pengirim",
        "keputusan investasi",
        "luar tanggung",
        "mewakili",
        "mencerminkan",
        "kontribusi",
    ),
    source="liputan6 2 %, tribun 1 % of articles, idxchannel, bisnis",
)
def disclaimer(lines: Lines, context: Context) -> Iterator[Edit | Flag]:
    r"""Remove a disclaimer of the outlet: of advice to buy, of a prediction, of a guest's opinion.

    With its label it must speak of the text, its readers or an investment; a disclaimer that someone else gave with
    his data stays. One about an investment marks the article as finance.

    >>> after(disclaimer, "Ia pulang.\nDisclaimer: Setiap keputusan investasi ada di tangan pembaca.")
    'Ia pulang.\n'
    >>> after(disclaimer, "Disclaimer: Informasi gempa ini mengutamakan kecepatan, hasilnya bisa berubah.")
    'Disclaimer: Informasi gempa ini mengutamakan kecepatan, hasilnya bisa berubah.'
    """
    for line in lines:
        text = line.text
        after = line.next
        if len(text) <= _LONGEST and ((_LABEL.match(text) and _ABOUT_TEXT.search(text)) or _is_opinion(line)):
            if "investasi" in text.lower():
                yield line.flag("finance")
            yield line.drop()
        elif _ALONE.fullmatch(text) and after and len(after.text) <= _LONGEST and _ABOUT_TEXT.search(after.text):
            yield line.drop()
            yield after.drop()
        elif (
            line.from_tail <= 1
            and (found := _INLINE.search(text, max(0, len(text) - _LONGEST_INLINE)))
            and _ABOUT_TEXT.search(text, found.start())
        ):
            if "investasi" in text[found.start() :].lower():
                yield line.flag("finance")
            yield from cut_sentences(line, [(found.start(), len(text))])


def _is_opinion(line: Line) -> bool:
    """Whether a line says whose opinion the text is; above the text, only a notice that it isn't the newsroom's."""
    found = _OPINION_LINE.fullmatch(line.text)
    return found is not None and (line.number > 0 or "redaksi" in line.text.lower()) and not SAID.search(line.text)
