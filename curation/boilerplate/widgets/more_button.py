"""Buttons that load or show more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.widgets.places import LONGEST, drop_labels, shape_of
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_THINGS = r"(?: (?:berita|artikel|konten|pos|posts?|articles?|news|stories|lainnya|lain|foto|video|komentar))?"
_LABELS = (
    rf"(?:muat|tampilkan|lihat|load|show|view|see) (?:lebih banyak|lebih sedikit|lebih lanjut|lainnya|semua"
    rf"|ulang|more|less|all|yang lain)"
    rf"{_THINGS}(?:\.{{3}}|…| ?[»›→>+]{{1,2}})?|muat (?:berita|artikel|konten) (?:lain|lainnya|lagi)"
    r"|(?:kembali|balik) ke atas|(?:gulir|scroll) (?:ke atas|up)|tampilkan selengkapnya|(?:mohon tunggu"
    r"|please wait) ?(?:\.{3}|…)"
    r"|(?:izinkan|aktifkan|dapatkan) notifikasi(?: (?:berita|kabar|artikel)(?: (?:terbaru|terkini))?)?"
    r"|back to top|scroll to top|(?:buka|tutup) (?:menu|semua)|close(?: menu| dialog"
    r"| this module)?|tap to retry"
    r"|(?:gagal memuat|terjadi kesalahan saat memuat).{0,60}|expand (?:image|photo)"
)
_PATTERN = re.compile(_LABELS, re.IGNORECASE)


@rule(
    step="chrome",
    shape=shape_of(_LABELS),
    longest=LONGEST,
    source="portals, live pages",
)
def more_button(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove a line that is nothing but a button to load, show or hide more, or to go back to the top.

    >>> after(more_button, "Air surut.\nMuat lebih banyak\nLihat semua warga datang.")
    'Air surut.\n\nLihat semua warga datang.'
    """
    yield from drop_labels(lines, _PATTERN)
