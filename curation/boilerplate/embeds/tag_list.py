"""Lists of tags with a label."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from curation.boilerplate.shapes import ends_sentence, words
from curation.lines import Value
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Line, Lines
    from curation.rule import Context

_LABEL = (
    r"(?:#\s*)?(?:tags?(?: terkait| artikel| berita| populer)?|topics?|topik(?: terkait)?|label|kata kunci|keywords?"
    r"|tagar)"
)
_TAGS = re.compile(rf"{_LABEL}\s*:\s*(?P<tags>(?:[^.]|\.(?=\d)){{2,300}})", re.IGNORECASE)
_ALONE = re.compile(rf"(?:{_LABEL}\s*:|tags?(?: terkait)?|topics|topik(?: terkait)?)", re.IGNORECASE)
#: behind the last sentence of the text
_AT_END = re.compile(
    r"(?<=[.!?\"”)])\s?(?:Tags?|TAGS?|Topik|Kata [Kk]unci)\s?:\s*(?P<tags>[^.!?\n]{2,200})$"
    r"|(?<=\w)\s(?:Tags|TAGS|(?:Tag|Topik) Terkait)\s?:\s*(?P<more>[^.!?:\n]{2,120})$"
)
#: lines below the tags that are none
_OTHER = re.compile(
    r"(?:editor|editorial|penulis|reporter|pewarta|sumber|source|follow|ikuti|baca|simak|lihat|copyright|share|bagikan|komentar|berita|artikel)\b.*",
    re.IGNORECASE,
)
_HASHTAGS = re.compile(r"#\w+(?:[\s,]+#\w+)+")
_LONGEST = 8  # words of a tag
_MOST = 30


@rule(
    step="chrome",
    grain="block",
    literals=("tag", "topi", "label", "kata kunci", "keyword", "#"),
    shape=r"(?i)\b(?:tags?|topi[ck]s?|label|kunci|keywords?|tagar)(?: \w+)?\s*(?::|$)|^#\w+[\s,]+#\w",
    source="many portals; lampost, whose tags stand one a line below the label",
)
def tag_list(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read the tags of a labelled list and remove it: one line, a block at the end of the text, or its last words.

    Tags without a label are left: a short line without a full stop is a sub-heading as often as not.

    >>> after(tag_list, "Tags: banjir, Ambon\nLabel rekaman itu merilis album.")
    '\nLabel rekaman itu merilis album.'
    >>> after(tag_list, "Warga pulang.\nTags:\nbanjir\nKota Ambon")
    'Warga pulang.\n\n\n'
    """
    for line in lines:
        if found := _TAGS.fullmatch(line.text) or (_HASHTAGS.fullmatch(line.text) if _is_last(line) else None):
            yield from _read(line, found, "tags" if "tags" in found.re.groupindex else 0)
            yield line.drop()
        elif _ALONE.fullmatch(line.text):
            below = _tags_below(line)
            for tag in below or ():
                yield tag.read("tag")
                yield tag.drop()
            if below is not None:
                yield line.drop()
        elif line.from_tail == 0 and (found := _AT_END.search(line.text)):
            yield from _read(line, found, "tags" if found["tags"] else "more")
            yield line.cut(*found.span())


def _is_last(line: Line) -> bool:
    return line.from_tail < 2 and line.number > 0


def _read(line: Line, found: re.Match[str], group: str | int) -> Iterator[Value]:
    start = line.start + found.start(group)
    for tag in re.split(r"[,;|#]", found[group]):
        if tag.strip():
            yield Value(line.document, "tag", tag.strip(), start, start + len(tag))
        start += len(tag) + 1


def _tags_below(label: Line) -> list[Line] | None:
    """The lines below the label if they can be tags, down to the end of the text or to what is none."""
    if label.from_tail > _MOST:
        return None
    lines = (line for n in range(1, label.from_tail + 1) if (line := label.neighbour(n)))
    below = list(takewhile(lambda line: not _OTHER.fullmatch(line.text), lines))
    fit = all(len(words(line.text)) <= _LONGEST and not ends_sentence(line.text) for line in below)
    return below if fit else None
