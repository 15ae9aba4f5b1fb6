"""Notices about cookies and terms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.widgets.places import LONGEST, drop_labels
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_LABELS = (
    r"(?:situs(?: web)? (?:ini|kami)|website (?:ini|kami)|laman ini|kami|we|this (?:web)?site) (?:menggunakan"
    r"|memakai|uses?) (?:kuki|cookies?)\b[^.]{0,80} (?:pengalaman|kenyamanan|experience|anda|your?"
    r"|trafik|iklan|layanan)\b.{0,120}"
    r"|(?:dengan|by) (?:melanjutkan|menggunakan|mengakses|terus|continuing|using)[^.]{0,60} (?:anda|kamu|kalian"
    r"|you) (?:dianggap |telah )?(?:menyetujui|setuju|agree)\b.{0,100}"
    r"|(?:terima|tolak|izinkan|accept|reject|allow|decline|manage|kelola|atur)(?: semua| all)? (?:kuki"
    r"|cookies?)(?: (?:settings|preferences))?"
    r"|(?:kebijakan|pengaturan|preferensi) (?:kuki|cookies?)|cookies? (?:policy|settings|preferences)"
    r"|(?:kebijakan privasi|privacy policy) ?(?:[|&•-]|dan|and) ?(?:syarat (?:dan|&) ketentuan|kebijakan kuki"
    r"|terms(?: (?:of|and)"
    r" (?:service|use|conditions))?|ketentuan layanan)"
    r"|(?:syarat (?:dan|&) ketentuan|terms (?:of|and|&) (?:service|use|conditions))(?: ?(?:[|&•-]|dan"
    r"|and) ?(?:kebijakan privasi|privacy policy))"
)
#: one of these, in lower case, is in every label
_LITERALS = ("kuki", "cookie", "setuju", "menyetujui", "agree", "kebijakan privasi", "privacy policy")
_PATTERN = re.compile(_LABELS, re.IGNORECASE)


@rule(
    step="chrome",
    literals=_LITERALS,
    longest=LONGEST,
    source="consent banners",
)
def cookie_notice(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove what a consent banner says of cookies, privacy and terms, on lines of its own.

    >>> after(cookie_notice, "Air surut.\nSitus ini menggunakan cookie untuk kenyamanan Anda.\nTerima semua cookie")
    'Air surut.\n\n'
    >>> after(cookie_notice, "Kebijakan privasi aplikasi itu dinilai kabur.")
    'Kebijakan privasi aplikasi itu dinilai kabur.'
    """
    yield from drop_labels(lines, _PATTERN)
