"""Labels of buttons and boxes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_SHARE = (
    r"(?:facebook|twitter|whatsapp|telegram|line|pinterest|linkedin|email|x|copy link|salin tautan|share|bagikan"
    r"|tweet|print|a)"
)
_LABELS = (
    r"(?:(?:tulis |lihat |kirim |berikan |semua )?komentar(?: anda)?|bagikan(?: artikel| berita)?(?: ini)?(?: ke)?"
    r"|share(?: this)?(?: on| to)?|shares|views|comments?|tweet"
    r"|(?:copy|salin) (?:link|tautan)|(?:tautan|link) (?:telah |berhasil )?disalin|dengarkan (?:artikel|berita)"
    r"|tampilkan ringkasan(?: artikel)?|perbesar|perkecil|(?:sosial|social) media|load more"
    r"|(?:dark|light) mode|mode (?:gelap|terang)|medium large larger|font size"
    r"|ukuran (?:huruf|font|teks)|cetak|print|terpopuler|terkini|headline|trending|additional js|powered by .{2,40}"
    r"|add as a preferred source on google|artikel disimpan|simpan artikel|anda menyukai artikel ini|skip to content"
    r"|langsung ke konten(?: utama)?|navigasi|menu|cari|search|login|masuk|daftar|beranda|home"
    r"|a[+-]? ?a[+-]?(?: ?a[+-]?)?|tim redaksi|editorial team"
    rf"|{_SHARE}(?:(?:\s*[|•]\s*|\s+){_SHARE}){{1,9}})\s*[:>»]?"
)
_LABEL = re.compile(_LABELS, re.IGNORECASE)


@rule(
    step="head",
    shape=rf"(?i)^(?:{_LABELS})$",
    source="the seed page; blogs, portals and their themes",
)
def interface_label(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove a line that is nothing but the label of a button or box.

    Whole line only: in a sentence the same words are news.

    >>> after(interface_label, "Bagikan\nKomentar\nKomentar warga beragam.")
    '\n\nKomentar warga beragam.'
    """
    for line in lines:
        if _LABEL.fullmatch(line.text):
            yield line.drop()
