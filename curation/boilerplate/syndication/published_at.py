"""Notices that the article appeared elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_NOTICE = re.compile(
    r"(?:artikel|berita|tulisan)\sini\s(?:telah|sudah|juga|pertama kali)\s(?:lebih dulu\s)?"
    r"(?:di)?(?:tayang(?:kan)?|naik|terbit(?:kan)?|muat|publikasi(?:kan)?)\s(?:di|pada)\s?"
    r"(?P<publisher>[\w.-]+(?:\s[A-Z][\w.-]*){0,3})"
    r"(?:\s?(?:dengan judul|berjudul)\s*[:,]?\s*[\"“‘']?(?P<title>[^\"”\n]{5,220}?)[\"”’']?)?"
    r"(?:[,.]?\s*(?P<url>https?://\S+))?\s*[.)]?\s*$",
    re.IGNORECASE,
)


@rule(
    step="chrome",
    grain="inline",
    literals=(" ini telah ", " ini sudah ", " ini juga ", " ini pertama kali "),
    source="kompas, tribun network 3 %, detik 2 % of articles",
)
def published_at(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read where an article appeared first (*Artikel ini telah tayang di X dengan judul Y*), and cut the notice.

    >>> text = "Warga pulang. Artikel ini telah tayang di Warta.com dengan judul Banjir Ambon, https://warta.example/1"
    >>> after(published_at, text)
    'Warga pulang. '
    >>> [(a.field, a.value) for a in try_rule(published_at, text) if hasattr(a, "field")]
    [('syndicated_from', 'Warta.com'), ('original_title', 'Banjir Ambon'), ('original_url', 'https://warta.example/1')]
    """
    for line in lines:
        found = _NOTICE.search(line.text)
        if found:
            yield line.read("syndicated_from", found, "publisher")
            if found["title"]:
                yield line.read("original_title", found, "title")
            if found["url"]:
                yield line.read("original_url", found, "url")
            yield line.cut(*found.span())
