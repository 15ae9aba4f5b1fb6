"""Offers to read without advertisements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_LITTLE = r"(?:tanpa|dengan (?:lebih )?sedikit|bebas(?: dari)?|minim)\s(?:gangguan\s)?iklan"
_OFFER = re.compile(
    rf"(?:[\w.+]{{3,25}}\s)?(?:baca|nikmati|akses|membaca)\s(?:artikel|berita|konten)\b[^.!?\n]{{0,40}}\s{_LITTLE}\b"
    r"(?:[^.!?\n]{0,60}(?:https?://\S+|klik\s(?:di\s)?sini|langganan|berlangganan|kompas\.?com\+|gabung)[^\n]{0,40}|[.!]?)"
    rf"|[^.!?\n]{{0,40}}\bnyaman\s{_LITTLE}\.?\s?(?:langganan|berlangganan|gabung)\b[^\n]{{0,60}}"
    r"|(?:ayo\s|yuk\s|mari\s)?(?:gabung|berlangganan|langganan)\s"
    r"(?:kompas\.?com\s?(?:\+|plus)|bisnispro|tempo plus|tempo\+)[^\n]{0,80}",
    re.IGNORECASE,
)


@rule(
    step="chrome",
    literals=("iklan", "gabung", "langganan"),
    longest=200,
    source="kompas, bisnis, tempo: pitches between paragraphs",
)
def ad_free(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove a line that offers the site without advertisements or for a subscription.

    >>> after(ad_free, "Air surut.\nBaca berita dengan sedikit iklan, klik di sini\nWarga pulang.")
    'Air surut.\n\nWarga pulang.'
    >>> after(ad_free, "Pengguna berlangganan agar bisa membaca berita tanpa iklan, kata pendirinya.")
    'Pengguna berlangganan agar bisa membaca berita tanpa iklan, kata pendirinya.'
    """
    for line in lines:
        if _OFFER.fullmatch(line.text):
            yield line.drop()
