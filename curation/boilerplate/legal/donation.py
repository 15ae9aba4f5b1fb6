"""Appeals for donations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.sentences import SAID
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_APPEAL = re.compile(
    r"[\W_]{0,4}(?:(?:mari|ayo|yuk,?)\s)?"
    r"(?:(?:kirim(?:kan)?|salurkan|berikan) (?:bantuan|donasi|dukungan) (?:anda|kamu|terbaik(?:mu)?)|ulurkan tangan"
    r"|(?:anda|kamu|pembaca|kompasianers|tribunners) (?:bisa|dapat)"
    r" (?:mengulurkan tangan|(?:ikut )?(?:ber)?donasi|menyalurkan (?:bantuan|donasi)|(?:ikut )?membantu)"
    r"|donasi (?:dapat|bisa) disalurkan)\b.{0,200}",
    re.IGNORECASE,
)
#: the voucher that a house gives for one
_VOUCHER = re.compile(
    r"donasi, dapat vouc?h?er gratis.{0,10}|dukungan anda akan menambah semangat kami\b.{0,160}"
    r"|sebagai ungkapan terima ?kasih atas perhatian anda, tersedia vouc?h?er\b.{0,160}",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"kitabisa\.com|bit\.ly/|/(?:peduli|donasi|bantu)|dompet kemanusiaan|klik (?:di ?sini|link|tautan)"
    r"|lewat (?:link|tautan) ini",
    re.IGNORECASE,
)


@rule(
    step="chrome",
    literals=("bantuan", "donasi", "ulurkan tangan", "mengulurkan", "membantu", "dukungan"),
    tail=6,
    source="kompas with kitabisa",
)
def donation(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove an appeal to readers for donations, with its link, among the last lines.

    News about charity uses the same words, so it takes the reader, the appeal and the link.

    >>> after(donation, "Ia pulang.\nKirim bantuan Anda melalui kitabisa.com/wargalintang")
    'Ia pulang.\n'
    >>> after(donation, "Donasi dapat disalurkan ke posko di balai desa.")
    'Donasi dapat disalurkan ke posko di balai desa.'
    """
    for line in lines:
        text = line.text
        if _VOUCHER.fullmatch(text) or (
            len(text) <= 300 and _APPEAL.fullmatch(text) and _WHERE.search(text) and not SAID.search(text)
        ):
            yield line.drop()
