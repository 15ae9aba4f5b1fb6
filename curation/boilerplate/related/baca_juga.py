"""Links to other articles on a line of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.shapes import is_headline, is_prose
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_LABEL = (
    r"(?:[*•>»–-]\s*|\()?(?:(?:baca|simak|lihat|tonton|cek)\s?(?:ini\s)?juga(?:\sdeh|\sya)?"
    r"|baca\s(?:selengkapnya|(?:artikel|berita)\s(?:lainnya|lengkapnya|selengkapnya|terkait))"
    r"|(?:berita|artikel)\s(?:terkait|lainnya)|pilihan\s(?:redaksi|editor)|rekomendasi untuk anda)"
)
_WITH_TITLE = re.compile(rf"{_LABEL}\s*:\s*(?P<title>\S.{{3,260}})", re.IGNORECASE)
_ALONE = re.compile(rf"{_LABEL}\s*:?\)?", re.IGNORECASE)


@rule(
    step="chrome",
    literals=("juga", "baca ", "terkait", "lainnya", "pilihan ", "rekomendasi"),
    source="the seed page; kompas 100 %, liputan6 86 %, tribun 51 %, detik 33 % of articles",
)
def baca_juga(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove *Baca juga:* and its linked headline, a line of their own.

    With a colon the headline follows on the same line or, where the scraper broke it, on the next one, which goes
    too if it has the shape of a headline. Without a colon the headline is lost and only the label goes: the next
    line is article text.

    >>> after(baca_juga, "Air surut.\nBaca juga: Harga Beras Turun di Pasar Induk\nWarga pulang.")
    'Air surut.\n\nWarga pulang.'
    >>> after(baca_juga, "Baca juga:\nHarga Beras Turun di Pasar Induk\nWarga pulang.")
    '\n\nWarga pulang.'
    >>> after(baca_juga, "Baca Juga\nWarga Desa Waai Pulang ke Rumah.")
    '\nWarga Desa Waai Pulang ke Rumah.'
    >>> after(baca_juga, "Baca juga doa ini sebelum tidur agar tenang.")
    'Baca juga doa ini sebelum tidur agar tenang.'
    """
    for line in lines:
        if len(line.text) > 300:
            continue
        if found := _WITH_TITLE.fullmatch(line.text):
            if not is_prose(found["title"]) or len(found["title"]) <= 170:
                yield line.drop()
        elif _ALONE.fullmatch(line.text):
            yield line.drop()
            after = line.next
            if after and line.text.endswith(":") and is_headline(after.text):
                yield after.drop()
