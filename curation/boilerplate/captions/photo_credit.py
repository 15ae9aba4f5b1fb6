"""Captions and credits of pictures on a line of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.captions.credits import ARCHIVE, CERTAIN, LABEL, LITERALS, NAMED, SIGNED, STOCK
from curation.boilerplate.shapes import ends_sentence
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Flag, Line, Lines, Value
    from curation.rule import Context

#: a label, and what it labels
_LABELLED = re.compile(
    rf"[(\[]?(?:{LABEL}|[Ii]lustrasi ?[:/]|(?:[Kk]eterangan|[Cc]aption) (?:[Ff]oto|[Gg]ambar) ?[:,]"
    r"|[Ss]umber (?:[Ff]oto|[Gg]ambar),)\s*.{2,200}"
)
#: a label that is nothing else, be what it labels a sentence or not
_CERTAINLY = re.compile(
    r"[(\[]?(?:Keterangan|KETERANGAN|Ket\.?) ?(?i:foto|gambar|video) ?[:,]\s*\S.{2,280}|Sumber gambar, .{2,80}"
)
#: nothing but a credit
_BARE = re.compile(rf"[(\[] ?{ARCHIVE}\s?[)\]]\.?|[(\[]?\s?(?:{STOCK}|FOTO {SIGNED})\s?[)\]]?\.?")
#: a caption, then a credit that closes the line
_CREDITED = re.compile(
    rf"(?P<caption>.{{3,260}}?)(?:\s?[-–]?\s?{CERTAIN}|\s{NAMED}"
    rf"|[.\s]\s?{STOCK})\.?"
)
#: the same with a credit that could sign an article, too
_SIGNED = re.compile(
    rf"(?P<caption>.{{3,260}}?)\s?[-–]?\s?[(\[](?:{SIGNED}|(?:AFP|AP|EPA|Reuters|REUTERS)|(?i:ist\.?|istimewa))\s?[)\]]\.?"
)
#: a bracket that closes the line, or what credits without brackets have; quickly found
_MAY_BE_CREDITED = re.compile(
    r"[)\]]\.?$|(?:oto|OTO) ?[:/]|FOTO|PHOTO|Foto\b|Photo\b|(?i:stock|pexels|unsplash|pixabay|freepik|getty)"
)
_CLOSED, _HINTS = (")", "]", ").", "]."), ("oto", "stock", "pexels", "unsplash", "pixabay", "freepik", "getty")
#: what a caption doesn't hold: somebody's words
_SPEECH = re.compile(
    r"[\"“”]|\b(?:kata|ujar|ucap|tutur|tegas|jelas|papar|imbuh|pungkas|tandas|tukas|terang|ungkap)(?:nya)?\b"
)
_MOST_SENTENCES = 2
#: share of a page's characters in its captions that makes it a page of photos
_MOST = 0.5


@rule(
    step="head",
    literals=(
        *LITERALS,
        *("ilustrasi:", "ilustrasi :", "ilustrasi/", "gambar,", "foto,", "(ist", "(afp)", "(ap)", "(epa)", "(reuters)"),
        *(".com/", ".id/", ".net/", ".co/", ".tv/", "indonesia/", "detik"),
    ),
    longest=300,
    source="detik 2 %, kapanlagi 3 %, sindonews, BBC Indonesia, liputan6",
)
def photo_credit(lines: Lines, context: Context) -> Iterator[Edit | Flag | Value]:
    r"""Read a picture's caption or credit, a line of its own, and remove it.

    A line that ends with a picture's credit is a caption, be it a sentence or not, unless it holds somebody's words.
    A line that begins with a label and is a sentence may be news, and stays. A page that is mostly captions is
    flagged.

    >>> after(photo_credit, "Foto: Sinta W/Detak\nWarga antre air bersih (Dok. BPBD)\nFoto korban diperlihatkan.")
    '\n\nFoto korban diperlihatkan.'
    >>> after(photo_credit, "Warga mengantre air di balai desa, Senin (2/3/2026). (ANTARA FOTO/Budi Santosa)")
    ''
    """
    captions: dict[int, list[Line]] = {}
    for line in lines:
        labelled = _LABELLED.fullmatch(line.text) and not ends_sentence(line.text.rstrip(")"))
        if labelled or _CERTAINLY.fullmatch(line.text) or _BARE.fullmatch(line.text) or _is_credited(line):
            yield line.read("caption")
            yield line.drop()
            captions.setdefault(line.document, []).append(line)
    for document, found in captions.items():
        if sum(len(line.text) for line in found) >= _MOST * len(lines.texts[document]):
            yield found[0].flag("photo_page")


def _is_credited(line: Line) -> bool:
    lower = line.text.lower()
    if not (line.text.endswith(_CLOSED) or any(word in lower for word in _HINTS)):
        return False  # found faster than by the pattern
    if not _MAY_BE_CREDITED.search(line.text):
        return False
    found = _CREDITED.fullmatch(line.text)
    if not found and line.from_tail >= 3:  # below, it may be who wrote the article
        found = _SIGNED.fullmatch(line.text)
    if not found or _SPEECH.search(found["caption"]):
        return False
    sentences = re.findall(r"[.!?](?=\s+[A-Z]|$)", found["caption"].rstrip())
    return len(sentences) < _MOST_SENTENCES
