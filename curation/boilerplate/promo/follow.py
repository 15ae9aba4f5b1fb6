"""Calls to follow a channel."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_CALL = (
    r"(?:[*•(!>-]+\s*)?(?:ayo\s|mari\s|yuk,?\s|segera\s|silakan\s|jangan lupa\s)?"
    r"(?:ikuti|follow|akses|cek|baca|simak|update|dapatkan|gabung|bergabung|kunjungi|like|subscribe|download|unduh|install)\b"
)
_CHANNEL = (
    r"(?:google news|whats ?app|wa channel|\bsaluran\b|\bchannel\b|telegram|instagram"
    r"|facebook|twitter|tiktok|youtube|kami di\b|konten menarik lainnya"
    r"|berita (?:menarik )?(?:lainnya|terhangat|terkini|pilihan|terbaru)|klik di ?sini|play ?store|app ?store)"
)
_FOLLOW = re.compile(rf"{_CALL}.{{0,160}}?{_CHANNEL}.{{0,320}}", re.IGNORECASE)
_OURS = re.compile(
    r"google news|klik|kami\b|\bya\b|terbaru|lainnya|gabung(?! dengan)|join|install|pilihan|update|channel"
    r"|https?://|di sini|berita",
    re.IGNORECASE,
)
#: a call that somebody is quoted with is news
_SAID = re.compile(r",\s(?:kata|ujar|ucap|tutur|pesan|imbau|ajak|saran|tegas|jelas)\b", re.IGNORECASE)


@rule(
    step="chrome",
    literals=(
        "ikuti",
        "follow",
        "akses ",
        "cek ",
        "baca ",
        "simak ",
        "update ",
        "dapatkan",
        "gabung",
        "kunjungi",
        "subscribe",
        "download",
        "unduh",
        "like ",
    ),
    source="kapanlagi 52 %, kompas 20 %, tribun 16 % of articles",
)
def follow(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove a call to follow the outlet on a channel or app.

    It takes a call, a channel and a word in which an outlet speaks of itself; one alone is prose.

    >>> after(follow, "Baca berita WARTA DAERAH lainnya di Google News\nIkuti aturan lalu lintas, kata Kapolri.")
    '\nIkuti aturan lalu lintas, kata Kapolri.'
    >>> after(follow, "Polisi meminta warga mengikuti saluran resmi pemerintah untuk informasi gempa.")
    'Polisi meminta warga mengikuti saluran resmi pemerintah untuk informasi gempa.'
    """
    for line in lines:
        if len(line.text) > 400 or _SAID.search(line.text):
            continue
        if _FOLLOW.fullmatch(line.text) and _OURS.search(line.text):
            yield line.drop()
