"""Labels of buttons and boxes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_LABELS = re.compile(
    r"(?:(?:tulis |lihat |kirim |berikan |semua )?komentar(?: anda)?|bagikan(?: artikel)?(?: ini)?"
    r"|share(?: this)?|tweet"
    r"|(?:copy|salin) (?:link|tautan)|tautan (?:telah )?disalin|dengarkan artikel|tampilkan ringkasan(?: artikel)?"
    r"|perbesar|perkecil|(?:sosial|social) media|load more|(?:dark|light) mode|mode gelap|medium large larger|font size"
    r"|ukuran (?:huruf|font)|cetak|print|terpopuler|terkini|headline|trending|additional js|powered by .{2,40}"
    r"|add as a preferred source on google|artikel disimpan|anda menyukai artikel ini|skip to content"
    r"|langsung ke konten(?: utama)?|navigasi|menu|cari|search|login|masuk|daftar|beranda|home)\s*[:>»]?",
    re.IGNORECASE,
)


@rule(
    step="head",
    shape=r"^.{2,60}$",
    source="the seed page; blogs, portals and their themes",
)
def interface_label(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove a line that is nothing but the label of a button or box.

    Whole line only: in a sentence the same words are news.

    >>> after(interface_label, "Bagikan\nKomentar\nKomentar warga beragam.")
    '\n\nKomentar warga beragam.'
    """
    for line in lines:
        if _LABELS.fullmatch(line.text):
            yield line.drop()
