"""Notices that the article was made from others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.bylines.parts import closes
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_NOTICE = re.compile(
    r"\(?(?:Artikel|Tulisan|Naskah|Konten) ini "
    r"(?:(?:telah\s)?(?:bersumber|disadur|diterjemahkan|diolah|dikutip|disarikan|dirangkum)"
    r"|merupakan\s(?:terjemahan|saduran|hasil\s(?:terjemahan|saduran)|republikasi))"
    r"\s(?:ulang\s)?(?:dari|atas)\s(?P<source>[^\n]{3,160}?)"
    r"(?:\s(?:berjudul|dengan\sjudul)\s*:?\s*(?P<title>[^\n]{5,200}?)?)?"
    r"(?:\.\s(?:Baca|Lihat)\s(?:artikel|tulisan)\s(?:asli|aslinya)\sdi\s?sini)?[\s.)]*$"
)

#: characters from the end of a line within which a notice begins
_WINDOW = 500


@rule(
    step="tail",
    grain="inline",
    literals=("artikel ini ", "tulisan ini ", "naskah ini ", "konten ini "),
    tail=6,
    source="kompas, the conversation, translations of foreign agencies",
)
def taken_from(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read from which article this one was made (*Artikel ini disadur dari X berjudul Y*), and cut the notice.

    Only as the last sentence of one of the last lines, speaking of the article itself.

    >>> after(taken_from, "Warga pulang. Artikel ini diterjemahkan dari tulisan di Warta Dunia berjudul The Flood.")
    'Warga pulang.'
    >>> after(taken_from, "Kata dia, artikel ini disadur dari sebuah buku tua.")
    'Kata dia, artikel ini disadur dari sebuah buku tua.'
    """
    for line in lines:
        start = max(0, len(line.text) - _WINDOW)
        found = _NOTICE.search(line.text, start)
        if found and closes(line.text[: found.start()]):
            yield line.read("syndicated_from", found, "source")
            if found["title"]:
                yield line.read("original_title", found, "title")
            yield line.cut(len(line.text[: found.start()].rstrip()), found.end())
