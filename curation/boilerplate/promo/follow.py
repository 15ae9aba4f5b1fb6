"""Calls to follow the outlet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.promo.calls import calls, only_calls
from curation.boilerplate.promo.words import LITERALS, SHAPE
from curation.boilerplate.sentences import cut_sentences
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

#: the credit that was glued behind a call
_SOURCE = re.compile(r"\s*[Ss]umber\s?:\s?(?P<source>[A-Z][\w .]{1,30})$")


@rule(
    step="head",
    literals=LITERALS,
    shape=SHAPE,
    source="kapanlagi 52 %, republika 47 %, kompas 20 %, tribun 16 % of articles",
)
def follow(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Remove a call to follow the outlet on a channel or app: the whole line, or its sentences inside a paragraph.

    It runs before the chrome goes, so that a linked headline before a call can be told to end there. It takes a
    call, a channel and a word in which an outlet speaks of itself or its news; one alone is prose.

    >>> after(follow, "Baca berita WARTA DAERAH lainnya di Google News\nIkuti aturan lalu lintas, kata Kapolri.")
    '\nIkuti aturan lalu lintas, kata Kapolri.'
    >>> after(follow, "Ia pulang. Ikuti kanal WhatsApp Warta.com. Klik di sini! Air surut.")
    'Ia pulang. Air surut.'
    >>> after(follow, "Polisi meminta warga mengikuti saluran resmi pemerintah untuk informasi gempa.")
    'Polisi meminta warga mengikuti saluran resmi pemerintah untuk informasi gempa.'
    """
    for line in lines:
        site = context.site(line)
        outlet = site.outlet if site else None
        source = _SOURCE.search(line.text, max(0, len(line.text) - 60))
        text = line.text[: source.start()] if source else line.text
        found = [(0, len(text))] if only_calls(text, outlet) else calls(text, outlet)
        if source and found and found[-1][1] == len(text):
            yield line.read("source", source, "source")
            found[-1] = (found[-1][0], len(line.text))
        yield from cut_sentences(line, found)
