"""Who wrote, in capitals below the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.bylines.parts import AGENCY, closes
from curation.boilerplate.shapes import is_prose
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Line, Lines, Value
    from curation.rule import Context

_PERSON = r"[A-Z][A-Z'’]{2,}(?:\s(?:[A-Z][A-Z'’.]*)){1,4}"
_PART = r"[A-Z][A-Z0-9'’.!& -]{1,40}"
_AGENCY = rf"(?:{AGENCY}|BISNIS|TEMPO|KONTAN|MARCA|OPTA)"
_CREDIT = re.compile(
    rf"(?P<agency>{_AGENCY}(?:\s?\|\s?{_PART}){{0,3}})|(?P<several>{_PART}(?:\|\s?{_PART}){{1,4}})|(?P<author>{_PERSON})"
    r"|(?P<single>[A-Z][A-Z0-9]{3,19}!?)"
)
_GLUED = re.compile(rf"[.!?”\"]\s(?P<author>{_PERSON})[\s,]*$")
#: capitals that are no name: degrees of an earthquake, calls to click, chapters, shouting
_NO_NAME = re.compile(
    r"\b(?:[IVX]{2,}|MMI|WIB|WITA|WIT|BACA|SELENGKAPNYA|SIMAK|LIHAT|KLIK|PROMO|DAFTAR|JADWAL|KUNCI|INDONESIA|PDF"
    r"|CATATAN|TAMAT|SELESAI|BERSAMBUNG|VIDEO|FOTO|TAGS?|PT|TBK|RI|DAN|UNTUK|DI|KE|YANG"
    r"|MAKA|DENGAN|INI|ITU|KAMI|KITA|TIDAK|BUKAN|ADALAH|DARI|PADA|AKAN|JANGAN|HARUS|AYO|SEKIAN|AMIN|AAMIIN|GRATIS|SEMANGAT|STOP|TOLAK|HIDUP|MERDEKA)\b"
)

#: characters from the end of a line within which a name begins
_WINDOW = 120


@rule(
    step="tail",
    grain="inline",
    shape=r"(?:^|[.!?”\"]\s)[A-Z][A-Z0-9'’.!& |,-]+$",
    tail=1,
    source="tempo 5 % of articles",
)
def capitals(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read the writer, or the sources, from a last line in capitals (*SINTA WULANDARI*, *ANTARA*), and remove it.

    The line above must be a paragraph: in lists and below tags, capitals are something else. A single word counts
    if it is an agency's name, or below a finished sentence if the text doesn't hold it: then it is a source.

    >>> text = "Warga pulang ke rumah masing-masing setelah air surut pada sore hari."
    >>> after(capitals, text + "\nSINTA WULANDARI | BUDI SANTOSA") == text + "\n"
    True
    >>> after(capitals, text + " SINTA WULANDARI") == text
    True
    >>> after(capitals, text + "\nIV MMI") == text + "\nIV MMI"
    True
    """
    for line in lines:
        above = line.previous
        found = _CREDIT.fullmatch(line.text.rstrip(" ,"))
        if (
            found
            and above is not None
            and is_prose(above.text)
            and not _NO_NAME.search(line.text)
            and not (found["single"] and (not closes(above.text) or _is_mentioned(line)))
        ):
            field = "author" if found["author"] else "attribution"
            yield line.read(field, found)
            yield line.drop()
        elif (
            (found := _GLUED.search(line.text, max(0, len(line.text) - _WINDOW)))
            and is_prose(line.text[: found.start() + 1])
            and not _NO_NAME.search(found["author"])
        ):
            yield line.read("author", found, "author")
            yield line.cut(found.start() + 1, found.end())


def _is_mentioned(line: Line) -> bool:
    """Whether the text above speaks of what a last line says: an organisation, a game."""
    text = line.lines.texts[line.document]
    return line.text.rstrip(" ,!").casefold() in text[: line.start].casefold()
