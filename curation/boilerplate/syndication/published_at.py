"""Notices that the article appeared elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.bylines.parts import closes
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_HERE = (
    r"(?i:(?:selengkapnya\s)?(?:baca|klik|simak|lihat)(?:\sselengkapnya)?\sdi\s?sini\s*(?:untuk\sselengkapnya)?"
    r"|selengkapnya\s(?:klik\s)?di\s?sini)"
)
_NOTICE = re.compile(
    r"\(?(?i:(?:sebagian\s)?(?:isi\s)?(?:artikel|berita|tulisan|konten|naskah) ini(?= )"
    r"(?:\s(?:telah|sudah|juga|pernah|pertama\skali|lebih\sdulu|lebih\sdahulu|sebelumnya)){1,3}"
    r"\s(?:di)?(?:tayang|naik|terbit|muat|publikasi|unggah)(?:kan)?\s(?:di|pada|oleh))\s?"
    r"(?P<publisher>(?:www\.)?[\w-]+(?:\.\w{2,4}){1,2}|(?:[A-Z@]|detik)[\w.-]*(?:\s[A-Z][\w.-]*){0,3}"
    rf"|(?!sini|situ|sana)[a-z]\w{{3,24}}(?=[,.]?\s*{_HERE}))?"
    r"(?:\s?,?\s*(?i:(?:dengan\s(?:tajuk|judul)|berjudul)(?:\sasli)?)\s*[:,]?\s*"
    r"(?:(?:&quot;|[\"“‘'])?(?P<title>[^\"”\n]{5,220}?)(?:&quot;|[\"”’'])?)?)?"
    r"(?:,?\s(?:edisi|pada|tanggal)\s[^.\n]{3,40})?"
    rf"(?:[,.]?\s*{_HERE})?(?:[,.:]?\s*(?P<url>https?://\S+))?[\s.,)]*$"
)

#: characters from the end of a line within which a notice begins
_WINDOW = 700


@rule(
    step="tail",
    grain="inline",
    literals=("artikel ini ", "berita ini ", "tulisan ini ", "konten ini ", "naskah ini "),
    source="kompas, antara, tribun network 3 %, detik 2 % of articles",
)
def published_at(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read where an article appeared first (*Artikel ini telah tayang di X dengan judul Y*), and cut the notice.

    The notice is the last sentence of its line; where the scraper lost the outlet or the headline with their links,
    what is left of it goes.

    >>> text = "Warga pulang. Artikel ini telah tayang di Warta.com dengan judul Banjir Ambon, https://warta.example/1"
    >>> after(published_at, text)
    'Warga pulang.'
    >>> [(a.field, a.value) for a in try_rule(published_at, text) if hasattr(a, "field")]
    [('syndicated_from', 'Warta.com'), ('original_title', 'Banjir Ambon'), ('original_url', 'https://warta.example/1')]
    >>> after(published_at, "Warga pulang. Artikel ini sudah tayang di wartalintang. Selengkapnya klik disini.")
    'Warga pulang.'
    >>> after(published_at, "Menurut dia, artikel ini telah dimuat di Warta Lintang.")
    'Menurut dia, artikel ini telah dimuat di Warta Lintang.'
    """
    for line in lines:
        found = _NOTICE.search(line.text, max(0, len(line.text) - _WINDOW))
        # in the middle of a sentence it would be written small
        if not found or not (found[0].lstrip("(")[0].isupper() or closes(line.text[: found.start()])):
            continue
        for group, field in (("publisher", "syndicated_from"), ("title", "original_title"), ("url", "original_url")):
            if found[group]:
                yield line.read(field, found, group)
        yield line.cut(len(line.text[: found.start()].rstrip()), found.end())
