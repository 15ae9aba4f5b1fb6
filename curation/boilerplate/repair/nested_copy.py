"""Elements of a page that a scraper printed before their parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curation.lines import Edit, Line, Lines
    from curation.rule import Context

#: shorter lines may be made of others by chance: scores, refrains
_LONG = 80
#: share of the letters that the parts have
_MOST = 0.75
#: so many characters tell nearly all lines from the next
_BEGINNING = 24


@rule(step="ends", grain="document", source="republika, okezone: nested elements, each printed with all it holds")
def nested_copy(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove a line that is made of the two or more lines below it: the text is there in its parts.

    Headlines that were linked between two paragraphs may be glued in; a sentence that stands in no part keeps it.
    Runs when the chrome is gone that stands in one of the copies.

    >>> one, two = "Warga meminta tanggul diperbaiki sebelum hujan.", "Dinas berjanji mengirim alat berat ke sana."
    >>> after(nested_copy, f"{one}{two}\n{one}\n{two}") == f"{one}\n{two}"
    True
    >>> after(nested_copy, f"{one} Harga Beras Turun {two}\n{one}\n{two}") == f"{one}\n{two}"
    True
    >>> text = f"{one} Air surut. {two}\n{one}\n{two}"
    >>> after(nested_copy, text) == text
    True
    """
    # Arrow finds the few texts with a long line that begins as the next one does
    lines = lines.where((lines.number + lines.from_tail)[lines.selected] > 1)
    begins = pc.utf8_slice_codeunits(lines.text, 0, _BEGINNING).take(pa.array(lines.selected))
    document = lines.document[lines.selected]
    alike = pc.equal(begins[:-1], begins[1:]).to_numpy(zero_copy_only=False) & (document[:-1] == document[1:])
    for texts in lines.where(np.isin(document, document[:-1][alike])).documents():
        yield from _wraps(texts)


def _wraps(document: list[Line]) -> Iterator[Edit]:
    letters = ["".join(filter(str.isalnum, line.text)) for line in document]
    for i, line in enumerate(document[:-1]):
        if len(line.text) > _LONG and _is_made_of(
            line.text, letters[i], (letters[n] for n in range(i + 1, len(letters)))
        ):
            # with the blank space below it: alone, a long line is never removed whole
            yield line.cut(0, document[i + 1].start - line.start)


def _is_made_of(text: str, whole: str, parts: Iterable[str]) -> bool:
    """Whether a text is two or more of the parts, one after the other, with at most headlines between them."""
    at = used = said = 0
    places: list[int] = []  # of the letters in the text
    for part in parts:
        start = whole.find(part, at)
        if start > at and used:
            places = places or [i for i, character in enumerate(text) if character.isalnum()]
        if start < 0 or (start > at and (not used or not _is_chrome(text[places[at] : places[start]]))):
            return False
        at, used, said = start + len(part), used + bool(part), said + len(part)
        if at == len(whole):
            return used > 1 and said >= _MOST * len(whole)
    return False


def _is_chrome(between: str) -> bool:
    """Whether what stands between two parts ends as no sentence does."""
    return between.rstrip(" \"“‘'([-–—")[-1] not in ".”’)…"
