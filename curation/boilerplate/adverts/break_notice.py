"""Notices that the text goes on behind an advertisement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_TEXT = r"(?:artikel|berita|konten|tulisan)(?:\sini)?"
_NOTICE = re.compile(
    rf"[-–—*\s(\[]*(?:{_TEXT}\s(?:berlanjut|dilanjutkan|bersambung)\s(?:setelah|sesudah|di bawah)\s"
    r"(?:iklan|pesan|video)(?:\s(?:ini|berikut|berikut ini|sponsor))?"
    rf"|(?:iklan|video)\sdi\sbawah\sini\b[^.\n]{{0,40}}|lanjut(?:kan)?\ske\s(?:konten|artikel)(?:\sutama)?"
    r"|(?:article|story|content) continues (?:after|below)(?: (?:this |the )?(?:ad(?:vertisement)?|video))?"
    r"|(?:skip|lewati|tutup|close)\s(?:this\s)?(?:ad|ads|advertisement|iklan))[.:\s)\]–—*-]*",
    re.IGNORECASE,
)


@rule(
    step="chrome",
    shape=r"(?i)^[^\w]{0,5}(?:artikel|berita|konten|tulisan|iklan|video|lanjut|article|story|content|skip|lewati|tutup|close)",
    longest=90,
    source="idntimes, suara, tvone; the English form in themes of many small sites",
)
def break_notice(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove a line saying that the article goes on behind an advertisement.

    >>> after(break_notice, "Air surut.\nArtikel ini berlanjut setelah iklan berikut\nWarga pulang.")
    'Air surut.\n\nWarga pulang.'
    >>> after(break_notice, "Berita itu berlanjut setelah iklan, kata penyiar yang bertugas malam itu.")
    'Berita itu berlanjut setelah iklan, kata penyiar yang bertugas malam itu.'
    """
    for line in lines:
        if _NOTICE.fullmatch(line.text):
            yield line.drop()
