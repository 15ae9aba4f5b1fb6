"""Where a sentence ends: shared by the rules that cut one out of a paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curation.lines import Edit, Line

#: both ways with their mark in front, so that `re` skips to those
_END = re.compile(r"""[.!?…](?:[.!?…]*(?:&quot;|["”’')\];»>*])*(?=\s|$)|(?<=[a-z0-9)”"]\.)(?=[A-Z][a-z]+\s))""")
#: a full stop after these ends nothing
_ABBREVIATION = re.compile(r"(?:^|[\s(\"“])(?:[A-Z]|[Dd]rs?|Prof|Ir|Hj|KH|St|[Nn]o|Jl)$")

_SAYS = (
    r"(?:kata|ujar|ucap|tutur|pesan|imbau|ajak|saran|tegas|jelas|tulis|begitu|demikian|pinta|terang|tuduh|bunyi"
    r"|seru|perintah|sebut|papar|ungkap|jawab|tanya|bisik|sapa)(?:nya)?\b"
)
#: before a verb of saying a mark closes, wherever its space was put (*"Kami pulang, "ujar dia*)
_QUOTE = re.compile(
    rf"(?P<opens>“|&(?:amp;)?ldquo;|(?:(?<=[\s(])|\A)(?:\"|&(?:amp;)?quot;)(?!{_SAYS})(?=\w))"
    r"|[”\"]|&(?:amp;)?(?:rdquo|quot);"
)
#: somebody is quoted: what he calls for is news
SAID = re.compile(rf",[”\"]?\s{_SAYS}")


#: a sentence that goes on for longer is none
_LONGEST = 1_000


def sentence_end(text: str, start: int) -> int:
    """The end of the sentence that begins at `start`, with the closing marks; the end of the text if none is near.

    >>> text = "Ia menemui dr. Sinta di Warta.com. Mereka pulang."
    >>> text[: sentence_end(text, 0)]
    'Ia menemui dr. Sinta di Warta.com.'
    """
    for found in _END.finditer(text, start, min(len(text), start + _LONGEST)):
        if found[0] != "." or not _ABBREVIATION.search(text, max(start, found.start() - 6), found.start()):
            return found.end()
    return len(text)


def inside_quote(text: str, place: int) -> bool:
    """Whether the last quotation mark before a place opens.

    >>> text = "“Kami pulang. Ikuti kami,” kata Sinta. Ikuti kami."
    >>> inside_quote(text, text.index("Ikuti")), inside_quote(text, text.rindex("Ikuti"))
    (True, False)
    """
    marks = list(_QUOTE.finditer(text, max(0, place - 300), place))
    return bool(marks) and marks[-1]["opens"] is not None


def cut_sentences(line: Line, spans: Iterable[tuple[int, int]]) -> Iterator[Edit]:
    """Cut whole sentences out of a line, each with the blank space on one side; neighbours in one go."""
    text = line.text
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        while end < len(text) and text[end].isspace():
            end += 1
        if merged and start <= merged[-1][1]:
            start = merged.pop()[0]
        merged.append((start, end))
    for start, end in merged:
        if end == len(text):
            start = len(text[:start].rstrip())
        yield line.cut(start, end)
