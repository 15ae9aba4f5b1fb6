"""Two words without anything between them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Line, Lines
    from curation.rule import Context

_GLUED = re.compile(r"\b(?P<left>[A-Za-z][a-z]{2,})(?P<right>[A-Z][a-z]{2,})\b(?P<then>\s+[a-z]+)?")
_WORDS = re.compile(r"(?<![^\W_])[A-Za-z][a-z]+(?![^\W_])")
_BEGINS = re.compile(r"""(?:^\s*|[.!?]["”]?\s+)["“]?([A-Z][a-z]+)\b""", re.MULTILINE)
#: words that follow the subject of a new sentence
_PREDICATE = re.compile(
    r"(?:juga|telah|akan|sudah|sedang|pun|kini|tidak|belum|bisa|dapat|harus|ingin|masih|mulai|lalu|kemudian"
    r"|adalah|merupakan|me[a-z]{3,}|di[a-z]{4,}|ber[a-z]{3,})$"
)


@rule(
    step="joins",
    grain="inline",
    shape=r"\b[A-Za-z][a-z]{2,}[A-Z][a-z]{2,}\b",
    source="the seed page (Malang Terkini), liputan6 72 %, kompas 45 %, tempo 41 % of articles",
)
def glued_word(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Part two words that were glued where a link or a paragraph ended, on the document's own evidence.

    Both halves must occur as words of their own in the same document, so that WhatsApp or TikTok stay whole.
    The second half is the subject of a new sentence where a predicate follows and it begins another sentence too.

    >>> text = "Sungai Brantas meluap. Malang siaga.\nWarga di tepi BrantasMalang juga mengungsi."
    >>> after(glued_word, text)
    'Sungai Brantas meluap. Malang siaga.\nWarga di tepi Brantas. Malang juga mengungsi.'
    >>> after(glued_word, "Ia memakai WhatsApp dan menulis atauBudi. Atau Budi saja, atau kami.")
    'Ia memakai WhatsApp dan menulis atau Budi. Atau Budi saja, atau kami.'
    """
    wanted = defaultdict(list)
    for line in lines:
        wanted[line.document].append(line)
    for document, found in wanted.items():
        text = lines.texts[document].as_py()
        known, subjects = set(_WORDS.findall(text)), set(_BEGINS.findall(text))
        for line in found:
            yield from _part(line, known, subjects)


def _part(line: Line, known: set[str], subjects: set[str]) -> Iterator[Edit]:
    for found in _GLUED.finditer(line.text):
        left, right, then = found["left"], found["right"], (found["then"] or "").strip()
        if left not in known or right not in known:
            continue
        new_sentence = left[0].isupper() and right in subjects and bool(_PREDICATE.match(then))
        yield line.cut(found.end("left"), found.end("left"), ". " if new_sentence else " ")
