"""Labels of advertisements without a space before the next sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.seam import cut_out
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_LABELS = ("Iklan", "IKLAN", "Advertisement", "ADVERTISEMENT")
#: after a sentence or at the start of a paragraph; what follows is no address (*IklanWarga.id*)
_GLUED = re.compile(
    rf"(?:(?<=[.!?…”’)\]])|(?<=[.!?…”’)\]]\s)|(?<=[.!?…]\")|(?<=[.!?…]\"\s)|^)(?:{'|'.join(_LABELS)})"
    r"(?=[\"“‘][A-Z0-9]|(?:Rp\s?)?\d|(?P<word>[A-Z][a-zß-ž]+(?!\w|\.\w)|[A-Z]\s))"
)


@rule(
    step="joins",
    grain="inline",
    literals=("iklan", "advertisement"),
    shape=r"(?:Iklan|IKLAN|Advertisement|ADVERTISEMENT)[\"“‘A-Z0-9]",
    source="pages whose advertisements the scraper took out and whose labels it left",
)
def glued_label(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Cut the label of an advertisement that grew together with the sentence after it.

    Before the words are parted that a scraper glued: parted, the label would read like the subject of the sentence
    (*Iklan Warga*). A word that the text repeats is a name (*IklanKita*).

    >>> after(glued_label, "Air surut. IklanWarga pulang.\nIKLAN“Jalan dibuka,” kata Sinta.")
    'Air surut. Warga pulang.\n“Jalan dibuka,” kata Sinta.'
    >>> after(glued_label, "IklanKita tutup. Pemilik IklanKita pergi. IklanPasar.id juga.")
    'IklanKita tutup. Pemilik IklanKita pergi. IklanPasar.id juga.'
    """
    for line in lines:
        for found in _GLUED.finditer(line.text):
            word = found["word"]
            if not word or lines.texts[line.document].count(found[0] + word) == 1:
                yield cut_out(line, *found.span())
