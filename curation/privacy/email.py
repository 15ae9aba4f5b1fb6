"""E-mail addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.privacy.finder import Find, finder

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADDRESS = re.compile(
    r"(?<!\w)(?P<who>[A-Za-z0-9](?:[A-Za-z0-9_.+-]{0,62}[A-Za-z0-9_-])?)(?:@|\s?[(\[](?:at|AT)[)\]]\s?)"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,6}"
    # a sentence glued to the address begins with a capital
    r"(?P<top>[a-z]{2,24}(?![a-z0-9_-])|[A-Z]{2,24}(?![A-Za-z0-9_-])|(?:Com|Co\.Id|Id|Net|Org)(?![A-Za-z0-9_-]))"
)
#: an office that asks to be written to
_OFFICE = re.compile(
    r"(?:e?mail|redaksi|redaktur|editor|info|informasi|humas|cs|customer|care|contact|kontak|halo|hello|help|support|admin"
    r"|sekretariat|sekre|iklan|marketing|promo|pengaduan|lapor|aduan|konsumen|layanan|pelayanan|recruit|rekrut|karir|career"
    r"|hrd|press|media|news|panitia|pmb|ppdb|satgas|call|service|corporate|corsec|kantor|dinas|no-?reply)",
    re.IGNORECASE,
)
_FILES = frozenset(("png", "jpg", "jpeg", "gif", "webp", "svg", "pdf", "mp4"))


@finder(shape=r"(?:@|[(\[](?i:at)[)\]] ?)[0-9A-Za-z-]+\.[A-Za-z]")
def email(text: str) -> Iterator[Find]:
    """E-mail addresses, also with "(at)" for the sign.

    Addresses of offices (redaksi@, humas@, cs@ …), which are printed to be written to, score 0.5.

    >>> from curation.privacy.finder import try_finder
    >>> try_finder(email, "Kirim lamaran ke wulan.sari88@surat.example.Warga diminta hadir.")
    ['wulan.sari88@surat.example']
    >>> try_finder(email, "Akun @kabar.rantaubatu ramai; unduh logo@2x.png di situsnya.")
    []
    """
    for match in _ADDRESS.finditer(text):
        if match["top"].lower() not in _FILES:
            yield Find(match.start(), match.end(), 0.5 if _OFFICE.match(match["who"]) else 1.0)
