"""Calls to share the article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.sentences import SAID, cut_sentences, inside_quote
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_THING = r"(?:artikel|berita|informasi|info|kabar|konten|materi|postingan|resep|soal|tulisan|video)"
_CALL = re.compile(
    rf"(?:^|(?<=[.!?\"”])\s)(?i:jangan lupa(?: untuk)?|yuk,?|ayo,?|silakan)\s(?i:bagikan|sebarkan|share)\s(?i:{_THING})"
    r"(?:\s[\w-]+){0,2}\sini\b[^.!?\n]{0,90}[.!]?\s*$"
)
_LONGEST = 180


@rule(
    step="chrome",
    grain="inline",
    literals=("bagikan ", "sebarkan ", "share "),
    source="tribun 1 % of articles",
)
def share_call(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove a call to share the article: a line of its own, or the last sentence of one.

    >>> after(share_call, "Kunci jawaban ada di bawah.\nJangan lupa bagikan soal ini kepada teman-teman.\nSoal 1")
    'Kunci jawaban ada di bawah.\n\nSoal 1'
    >>> after(share_call, "Jangan lupa bagikan beras ini kepada tetangga, pesan Camat.")
    'Jangan lupa bagikan beras ini kepada tetangga, pesan Camat.'
    """
    for line in lines:
        # `^` is the start of the line, wherever a search begins
        found = _CALL.search(line.text, max(0, len(line.text) - _LONGEST))
        if found and not SAID.search(found[0]) and not inside_quote(line.text, found.start()):
            yield from cut_sentences(line, [(found.start(), len(line.text))])
