"""What an outlet says of itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.sentences import SAID, cut_sentences, inside_quote, sentence_end
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_HOUSE = r"(?:[\w-]+\.(?:com|co\.id|id|co|net)|detikcom|tribun\w+|harian kompas|republika)"
_MISSION = (
    rf"{_HOUSE}\s(?:senantiasa |terus |selalu )?(?:berkomitmen|berupaya|hadir)\s(?:untuk\s)?(?:\w+\s)?"
    r"(?:memberikan|menyajikan|menghadirkan|menyampaikan|dengan menyajikan)\s(?:\w+\s){0,2}"
    r"(?:fakta|berita|informasi|jurnalisme|liputan)\b"
)
_SUPPORT = (
    r"(?:dukung|bantu)\s(?:terus\s)?(?:kami\s)?(?:\w+\s){0,2}(?:keberlanjutan\s)?"
    r"(?:jurnalisme|karya jurnalistik|kerja jurnalistik)\b"
    r"|baca berita tanpa iklan\b|gabung\s[\w.]+\+(?=\s|\.|$)"
    r"|nikmati (?:akses|bacaan|berita) (?:\w+\s){0,4}tanpa iklan\b"
    r"|(?:dapatkan|miliki) (?:segera )?(?:buku|majalah|koran)\s.{3,80}(?:gramedia\.com|di toko buku terdekat)"
    r"|terima kasih (?:telah|sudah) membaca (?:artikel|berita|tulisan)\b"
)
_PRINTED = r"versi cetak (?:artikel|berita|tulisan) ini (?:telah )?(?:terbit|dimuat)\b"
_ABOUT = re.compile(f"(?:{_MISSION}|{_SUPPORT}|{_PRINTED})", re.IGNORECASE)
_IN_PRINT = re.compile(rf"{_PRINTED}[^!?]{{0,160}}", re.IGNORECASE)
_SELF = re.compile(
    rf"{_HOUSE}\s(?:adalah|merupakan)\s(?:sebuah\s)?(?:media|portal|situs|kanal)\s(?:\w+\s){{0,3}}"
    r"(?:online|daring|siber|berita|informasi)\b",
    re.IGNORECASE,
)
_LONGEST = 320


@rule(
    step="chrome",
    grain="inline",
    literals=(
        "komitmen",
        "berupaya",
        "hadir ",
        "jurnalis",
        "tanpa iklan",
        "gabung ",
        "gramedia.com",
        "toko buku",
        "portal berita",
        "media online",
        "media siber",
        "membaca artikel",
        "membaca berita",
        "versi cetak",
    ),
    tail=5,
    source="kompas, detik, regional portals",
)
def about_outlet(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Cut what the outlet says of its own mission and offers, near the end.

    Only the outlet's address or *kami* may be the subject, and nobody may be quoted.

    >>> after(about_outlet, "Ia pulang. Warta.com berkomitmen memberikan fakta jernih dari lapangan.")
    'Ia pulang.'
    >>> after(about_outlet, "Bupati berkomitmen memberikan informasi yang benar kepada warga.")
    'Bupati berkomitmen memberikan informasi yang benar kepada warga.'
    """
    for line in lines:
        # to look for a plain string first is faster than for a pattern in any case
        if "versi cetak" in line.text.lower() and (printed := _IN_PRINT.search(line.text)):
            yield line.read("attribution", printed)
        yield from cut_sentences(line, _found(line.text, closing=line.from_tail == 0 and line.number >= 3))


def _found(text: str, *, closing: bool) -> Iterator[tuple[int, int]]:
    """Sentences about the outlet; what it is, only in the closing line of an article."""
    at = 0 if len(text) <= 2 * _LONGEST else sentence_end(text, len(text) - 2 * _LONGEST)
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        end = sentence_end(text, at)
        sentence = text[at:end]
        if (
            end - at <= _LONGEST
            and len(text) - end <= _LONGEST
            and (_ABOUT.match(sentence) or (closing and at == 0 and _SELF.match(sentence)))
            and not SAID.search(sentence)
            and not inside_quote(text, at)
        ):
            yield at, end
        at = end
