"""Texts that break off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Flag, Lines
    from curation.rule import Context

_BREAKS_OFF = re.compile(
    r"(?:\w+|,)\s?(?:\.{3,}|…|\[(?:\.{3}|…)\])$|(?:\[(?:\.{3}|…)\]|\(bersambung\)|bersambung\s?[.…]*)$"
    r"|(?:^|[.!?”\"]\s)(?:(?:baca|simak|lihat|cek)\s(?:berita |artikel )?)?(?:selengkapnya|lengkapnya)"
    r"(?:\s?(?:di|dalam)\s?(?:sini|halaman berikut\s?(?:nya|ini)|halaman selanjutnya|laman ini))?(?:\syuk)?[.…>»:\s]*$"
    r"|halaman (?:selanjutnya|berikutnya|berikut\s?ini)[.…>»:\s]*$",
    re.IGNORECASE,
)

#: what a page prints while it loads is no word of the text
_WIDGET = re.compile(r"loading", re.IGNORECASE)


@rule(
    step="flags",
    tail=1,
    shape=r"(?i)(\.{3}|…|\]|bersambung\)?|lengkapnya[^.]{0,30}|halaman (selanjut|berikut) ?(nya|ini))[.…>»:\s]*$",
    source="kapanlagi, cnnindonesia, liputan6: teasers of texts that go on elsewhere",
)
def truncated(lines: Lines, context: Context) -> Iterator[Flag]:
    r"""Flag a text whose last line breaks off: with dots, or with a pointer to the rest.

    Dots inside a quotation are the speaker's.

    >>> [found.kind for found in try_rule(truncated, "Ia pulang karena sungai itu meluap dan ...")]
    ['truncated']
    >>> try_rule(truncated, "“Saya pulang saja ...” katanya.")
    []
    """
    for line in lines:
        found = _BREAKS_OFF.search(line.text, max(0, len(line.text) - 120))
        if found and not _WIDGET.search(found[0]):
            yield line.flag("truncated")._replace(start=line.start + found.start())
