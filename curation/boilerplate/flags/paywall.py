"""Words of a paywall."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Flag, Lines
    from curation.rule import Context

_FOR_MEMBERS = (
    r"(?:artikel|konten|berita|laporan|halaman)(?: premium)? ini (?:hanya|khusus)"
    r"(?: tersedia| dapat diakses| bisa dibaca)?(?: untuk| bagi| oleh){1,2}(?: para)?"
    r" (?:pelanggan|pembaca berlangganan|anggota premium|member|subscriber)"
)
_READ_ON = (
    r"(?:untuk|agar bisa|agar dapat|demi)(?: lanjut| melanjutkan| terus)? (?:mem)?baca(?: artikel| berita)?(?: ini)?"
    r" (?:sampai tuntas|selengkapnya|secara lengkap|lebih lanjut)(?: artikel ini)?"
    r"(?=[.!]?$|,? (?:silakan|segera|berlangganan|login))"
)
_SUBSCRIBE = (
    r"(?:silakan |segera |yuk,? )?berlangganan"
    r" (?:sekarang|untuk (?:membaca|melanjutkan|mengakses) (?:artikel|laporan|berita|konten)|mulai rp)"
    r"|(?:baca|akses|nikmati) (?:artikel |konten |berita )?(?:se)?lengkapnya dengan berlangganan"
)
_ACCOUNT = (
    r"(?:sudah|telah|belum) (?:berlangganan|(?:me)?miliki akun|punya akun|terdaftar)\?|lupa (?:kata sandi|password)\?"
    r"|(?:masuk|login|daftar) untuk (?:membaca|melanjutkan) (?:artikel|berita|membaca)"
    r"|anda (?:telah|sudah) (?:mencapai|membaca) (?:batas|\d+) (?:artikel|bacaan) gratis"
)
_WALL = f"{_FOR_MEMBERS}|{_READ_ON}|{_SUBSCRIBE}|{_ACCOUNT}"
_LINE = re.compile(
    rf"[\W_]{{0,4}}(?:{_WALL}|konten premium(?=\W*$))[^.!?]{{0,80}}[.!?]*"
    r"(?:\s(?:klik|masuk|login|daftar|lupa|berlangganan|silakan)\b.{0,80})?",
    re.IGNORECASE,
)
_AT_END = re.compile(rf"(?<=[.!?…”\"]\s)(?=(?:{_WALL})[^.!?]{{0,80}}[.!?]*(?:\s|$))", re.IGNORECASE)
_PROSE = re.compile(r"\b(?:adalah|merupakan|tersebut|warga|kata|katanya)\b|[”\"]", re.IGNORECASE)
_LONGEST = 200


@rule(
    step="flags",
    literals=(
        "langgan",
        "akun?",
        "kata sandi",
        "lupa password",
        "premium",
        "membaca",
        "baca artikel",
        "gratis",
        "anggota",
        "member",
    ),
    tail=8,
    source="tempo, kompas.id, bisnis, kontan",
)
def paywall(lines: Lines, context: Context) -> Iterator[Flag]:
    r"""Flag an article that stops at a paywall.

    The wall's words stay: the measure `paywall` judges the document by them. The question about an account takes its
    question mark; without it, it is prose.

    >>> try_rule(paywall, "Ia pulang.\nSudah memiliki akun? Masuk di sini")[0].kind
    'paywall_stub'
    >>> try_rule(paywall, "Ia belum memiliki akun Instagram.")
    []
    """
    for line in lines:
        text = line.text
        if len(text) <= _LONGEST and _LINE.fullmatch(text) and not _PROSE.search(text):
            yield line.flag("paywall_stub")
        elif line.from_tail == 0:
            for found in _AT_END.finditer(text, max(0, len(text) - _LONGEST)):
                if not _PROSE.search(text, found.start()):
                    yield line.flag("paywall_stub")
                    break
