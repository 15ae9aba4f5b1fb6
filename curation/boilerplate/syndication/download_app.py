"""Calls to fetch the outlet's app."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.bylines.parts import closes, cut_out
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_STORE = (
    r"(?:\s(?:di|lewat|melalui)\s(?:Google\s)?(?:Play\s?Store|App\s?Store|ponsel\w*)"
    r"(?:\s(?:dan|atau|&)\s(?:App|Play)\s?Store)?)?"
)
_CALL = re.compile(
    rf"(?:Download|Unduh|DOWNLOAD|UNDUH|unduh|download)\s(?i:apps?|aplikasi)\s?(?P<brand>:?\s?[A-Za-z][\w.]*(?:\s[A-Z][\w.]*){{0,2}})??"
    rf"(?P<now>\s(?:[Ss]ekarang|di\ssini))?{_STORE}\s?:?\s*(?P<url>https?://\S+)?[.!]?\s*$"
)


@rule(
    step="chrome",
    grain="inline",
    literals=("download app", "download aplikasi", "unduh aplikasi", "unduh app"),
    source="detik, cnnindonesia, kompas, tempo",
)
def download_app(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Cut the call to fetch an outlet's app (*Download Apps X Sekarang URL*): a line of its own, or behind the text.

    Prose speaks of apps, too (*mengunduh aplikasi ...*): behind a text, the call must say *sekarang* or give a link.

    >>> after(download_app, "Warga pulang.\nUnduh aplikasi Warta")
    'Warga pulang.\n'
    >>> after(download_app, "Warga pulang. Download Apps Warta Sekarang https://apps.warta.example/")
    'Warga pulang.'
    >>> after(download_app, "Unduh aplikasi itu hanya dari toko resmi, kata polisi.")
    'Unduh aplikasi itu hanya dari toko resmi, kata polisi.'
    """
    for line in lines:
        found = _CALL.search(line.text)
        if found and found.start() == 0:
            yield line.drop()
        elif found and (found["now"] or found["url"]) and closes(line.text[: found.start()]):
            yield cut_out(line, *found.span())
