"""Credits of pictures inside a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.bylines.parts import DOMAIN, cut_out
from curation.boilerplate.captions.credits import CERTAIN, LITERALS, MAY_BE_CERTAIN
from curation.lines import Value
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

#: in brackets; a pattern that begins with the bracket is fast
_BRACKET = re.compile(rf"{CERTAIN}(?P<ends>(?=\s+[A-Z\"“]|[A-Z\"“]|[\s.,]*$)\.?)?")
#: a bracket with an agency and a photographer, before a new sentence
_AGENCY = re.compile(r"\((?:ANTARA|AFP|REUTERS|Reuters)(?: FOTO)?/[A-Z][^()\n]{2,40}\)(?=\s*[A-Z])")
#: what joins it to the caption
_JOINT = re.compile(r"\s?[-–]?\s?$")
#: before it, the caption, if that is no sentence: "... surut. Warga di posko (Foto: X/Y) Ia ..."
_CAPTION = re.compile(r"(?<=[.!?”\"]\s)[A-Z][^.!?\n\"“”]{3,160}$")
_WORD = r"[A-Z][\w.'’/&-]*"
#: without brackets, but bounded: an account, an archive, an agency with its code
_BOUNDED = re.compile(
    r"(?:(?:Foto|foto|FOTO) ?[:/]\s?(?:(?i:dok)\.?\s?)?"
    r"(?:(?i:instagram|twitter|tiktok|facebook|youtube|x)?\s?/?\s?@[a-z0-9_.]{2,30}"
    r"|(?:SindoNews|SINDOnews|Okezone|detikcom|Istimewa|istimewa|Ist"
    r"|(?:[Ii]nternet|(?:[\w-]{2,24}\.){1,2}(?:com|id|net|co))(?=\.|\s?[A-Z]|\s?$)))"
    r"|Foto/[Dd]ok\.? ?[A-Z]\w{2,24}[a-z](?=[A-Z][a-z]+\s)"
    r"|(?:FOTO )?ANTARA FOTO/[A-Z][\w.' ]{2,40}/\w{2,4}\.?"
    r"|FOTO ANTARA/HO-[A-Z][A-Za-z -]{2,50}\."
    r"|Sumber gambar, (?:Getty Images|AFP|Reuters|EPA|BBC(?: News)?(?: Indonesia)?|ANTARA FOTO|AP)"
    r"(?:/[A-Z][\w ]{2,30}?)?)(?=[A-Z]|[\s.,)]|$)"
    rf"|(?:Foto|FOTO): ?(?:Dok|DOK|Doc)\.? ?{_WORD}(?:\s{_WORD}){{0,5}}(?=\.(?:\s|$)|\s\d{{1,2}}\.\s[A-Z]|$)"
)
#: where one may begin, and what it doesn't begin in: a pattern that begins with one letter of few is fast
_BEGINS = re.compile(r"[FfAS](?:oto|OTO|NTARA FOTO|umber gambar,)[ :/A-Z]")
_LETTERS_BEFORE = re.compile(r"[A-Z_]")
#: a credit first, then the caption, which is the rest of the sentence: *WARTA.com/Nama Warga di posko.*
_BEFORE_CAPTION = re.compile(
    r"(?<=[.!?”\"])\s?[A-Z][\w-]{2,30}\.(?:com|COM|id|ID|co\.id)/\s?[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*){1,3}"
    r"[^.!?\n\"“”]{3,160}(?:\.(?=\s|$)|$)"
)
_SLASH = re.compile(r"\.(?:com|COM|id|ID)/\s?[A-Z]")
_STOCK = r"(?:Shutterstock|SHUTTERSTOCK|Unsplash|UNSPLASH|Pexels|PEXELS|Pixabay|PIXABAY|Freepik|FREEPIK|iStock)"
#: a stock picture's credit with the caption glued to it (*Shutterstock/Nama NamaIlustrasi meteran listrik.*); behind a
#: photographer (*B. Nama/Shutterstock.comIlustrasi ...*), the caption may have no end that can be told, and stays
_GLUED = re.compile(
    rf"(?<!\S){_STOCK}(?:\.com)?/[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){{0,3}}?(?<=[a-z])Ilustrasi\s[^.!?\n\"“”]{{3,160}}\.(?=\s|$)"
    rf"|(?:(?<=[.!?”\"]\s)|^)(?:[A-Z]\.\s)?[A-Z][\w'’-]{{1,20}}(?:\s[A-Z][\w'’-]{{1,20}}){{0,2}}/{_STOCK}(?:\.com)?(?=[A-Z][a-z])"
)
_AT_STOCK = re.compile(rf"(?<!\S){_STOCK}(?:\.com)?/[A-Z]|/{_STOCK}(?:\.com)?[A-Z]")
#: characters of a domain with the blank space before it, of a photographer's name
_DOMAIN, _PERSON = 36, 70


@rule(
    step="chrome",
    grain="inline",
    literals=(*LITERALS, "sumber gambar,", ".com/"),
    shape=rf"{MAY_BE_CERTAIN}|(?:[Ff]oto|FOTO) ?[:/]|ANTARA FOTO/|Sumber gambar,|[.!?”\"]\s?{DOMAIN}/\s?[A-Z]"
    rf"|{_STOCK}(?:\.com)?/[A-Z]|/{_STOCK}(?:\.com)?[A-Z]",
    source="detik, antara, sindonews, republika: articles scraped to one line",
)
def credit_inline(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read a picture's credit inside a line (*(Foto: X/Y)*, *Foto/dok X*), and cut it.

    Before a credit in brackets, a fragment that begins after a full stop is the caption, and goes with it. A caption
    that is a sentence can't be told from the text; it stays.

    >>> after(credit_inline, "Air surut. Warga di posko (Foto: Sinta/Detak) Mereka pulang sore itu.")
    'Air surut. Mereka pulang sore itu.'
    >>> after(credit_inline, "1. Sinta WulandariFoto/Instagram @sinta.wulanPenyanyi itu pulang.")
    '1. Sinta Wulandari Penyanyi itu pulang.'
    >>> after(credit_inline, "Ia menunjukkan 100 lembar (tangkapan layar) percakapan.")
    'Ia menunjukkan 100 lembar (tangkapan layar) percakapan.'
    """
    for line in lines:
        for start, end in _spans(line.text):
            yield Value(line.document, "caption", line.text[start:end].strip(), line.start + start, line.start + end)
            yield cut_out(line, start, end)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    bracketed = [*_BRACKET.finditer(text), *_AGENCY.finditer(text)]
    for found in bracketed:
        joint = _JOINT.search(text, max(0, found.start() - 3), found.start())
        start = joint.start() if joint else found.start()
        caption = None
        if found.re is _BRACKET and found["ends"] is not None:
            caption = _CAPTION.search(text, max(0, start - 170), start)
        yield caption.start() if caption else start, found.end()
    for found in (*_bounded(text), *_before_captions(text)):
        if not any(other.start() <= found.start() < other.end() for other in bracketed):
            yield found.span()


def _bounded(text: str) -> Iterator[re.Match[str]]:
    for begins in _BEGINS.finditer(text):
        place = begins.start()
        if not _LETTERS_BEFORE.match(text, max(0, place - 1), place) and (found := _BOUNDED.match(text, place)):
            yield found


def _before_captions(text: str) -> Iterator[re.Match[str]]:
    for at in _AT_STOCK.finditer(text):
        if found := _GLUED.search(text, max(0, at.start() - _PERSON), at.end() + 260):
            yield found
    for slash in _SLASH.finditer(text):
        if found := _BEFORE_CAPTION.search(text, max(0, slash.start() - _DOMAIN), slash.end() + 260):
            yield found
