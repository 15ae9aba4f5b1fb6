"""Elements of a page that a scraper printed before their parts."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curation.lines import Edit, Line, Lines
    from curation.rule import Context

#: shorter lines may be made of others by chance: scores, refrains
_LONG = 80
#: so many characters tell nearly all lines from the next
_BEGINNING = 24


@rule(step="ends", grain="document", source="republika, okezone: nested elements, each printed with all it holds")
def nested_copy(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove a line that is made of the two or more lines below it: the text is there in its parts.

    Runs when the chrome is gone that stands in one of the copies.

    >>> one, two = "Warga meminta tanggul diperbaiki sebelum hujan.", "Dinas berjanji mengirim alat berat ke sana."
    >>> after(nested_copy, f"{one}{two}\n{one}\n{two}") == f"{one}\n{two}"
    True
    """
    # Arrow finds the few texts with a long line that begins as the next one does
    lines = lines.where((lines.number + lines.from_tail)[lines.selected] > 1)
    begins = pc.utf8_slice_codeunits(lines.shown, 0, _BEGINNING)
    document = lines.document[lines.selected]
    alike = pc.equal(begins[:-1], begins[1:]).to_numpy(zero_copy_only=False) & (document[:-1] == document[1:])
    for texts in lines.where(np.isin(document, document[:-1][alike])).documents():
        yield from _wraps(texts)


def _wraps(document: list[Line]) -> Iterator[Edit]:
    letters = ["".join(filter(str.isalnum, line.text)) for line in document]
    for i, line in enumerate(document[:-1]):
        if len(line.text) > _LONG and _is_made_of(letters[i], itertools.islice(letters, i + 1, None)):
            # with the blank space below it: alone, a long line is never removed whole
            yield line.cut(0, document[i + 1].start - line.start)


def _is_made_of(whole: str, parts: Iterable[str]) -> bool:
    """Whether a text is the first two or more of the parts, one after the other."""
    at = used = 0
    for part in parts:
        if not whole.startswith(part, at):
            return False
        at, used = at + len(part), used + bool(part)
        if at == len(whole):
            return used > 1
    return False
