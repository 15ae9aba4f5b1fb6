"""Where a headline ends inside a paragraph, when text goes on behind it without any mark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from curation.boilerplate.related.seen import FEWEST, LONGEST, seen_end
from curation.boilerplate.related.title_next import body_start, known_subject
from curation.boilerplate.related.title_words import (
    ANSWERS,
    BRANDS,
    ENDERS,
    FAR_OPENERS,
    FIRST_WORDS,
    HEADS,
    LISTED,
    NOUNS,
    OPENERS,
    QUANTITIES,
    ROLES,
    SAYS,
    SMALL,
    UNITS_OF_MONEY,
    Token,
    count_of,
    may_begin,
    tokens_of,
)

if TYPE_CHECKING:
    from curation.lines import Line

_LONGEST_SMALL = 110
_EVIDENCE = 30_000
_TOKEN = re.compile(r"\S+")
_QUOTES = ('"', "“", "‘")
_ENDS_SENTENCE = re.compile(r"[.!?][\s(]|\.[\"”]?$")


#: two words without a space, where a headline was glued to the next sentence
_GLUED = re.compile(r"(?<![A-Za-z])([A-Z]?[a-z]{2,}|\d+[%!?]?|[!?])([A-Z][a-z]+)(?![A-Z])|(?<=[\w?!)])[\"“](?=[A-Z])")
_SENTENCE = re.compile(r"[.!?]\s|[a-z]:[A-Z]")
#: what a number says so completely that a headline may end with it
_AMOUNT = re.compile(r"Rp\s?[\d.,]+|[\d.,]+%|(?:19|20)\d\d")
_AGENT = re.compile(r"Pe[lmn][a-z]{3,}(?<!an)")
_SEAM = re.compile(r"[a-z0-9?!)](?=[A-Z][a-z])")
_INITIALS = re.compile(r"\s*\([a-z0-9]{2,6}(?:/[a-z0-9]{2,6}){0,3}\)$")
#: behind the shortest headlines
_SUBJECTS = frozenset({"ia", "dia", "mereka"})
_POINTED = frozenset({"ini", "ini,", "itu", "itu,"})
_FIRST_ONLY = OPENERS - {"ini", "itu"}
#: a headline goes on behind these
_OPEN = SMALL | ANSWERS
_NUMBER = re.compile(r"\d{1,2}\.")
_EXCLAIMS = re.compile(r"(?:[?!…]|\.\.\.)[\"”’)]?$")
_PASSIVE = re.compile(r"Di[a-z]{3,}kan(?:nya)?")


class TitleEnd(NamedTuple):
    """Where a headline ends; if it is not sure, some words of the headline may follow."""

    at: int
    sure: bool


def evidence(line: Line) -> str:
    """The document, or as much of it as tells nouns from names."""
    text = line.lines.texts[line.document]
    return text[:_EVIDENCE]


def title_end(
    text: str, start: int, stop: int, seen: frozenset[str], document: str, *, closed: bool = False
) -> TitleEnd | None:
    """Where the headline ends that begins at `start`.

    A headline seen in the same crawl tells; failing that its shape: headlines capitalise all but a few small words,
    so the first other small word belongs to the next sentence, which mostly begins one word before.

    Args:
        text: the paragraph.
        start: where the headline begins.
        stop: where it must have ended: at the next label, or at the end of the paragraph.
        seen: headlines of the crawl.
        document: the whole text, whose words tell nouns from names.
        closed: whether `stop` is the next label or the end of the text, so that no sentence is broken off there.

    Returns:
        None if nothing tells, or if what tells might eat the next sentence.

    >>> text = "Harga Beras Turun di Pasar Induk Menurut dia, panen raya sudah dimulai."
    >>> end = title_end(text, 0, len(text), frozenset(), text)
    >>> text[end.at:], end.sure
    ('Menurut dia, panen raya sudah dimulai.', True)
    """
    end = seen_end(text, start, stop, seen)
    if end:
        return TitleEnd(end, True)
    found = _shape_end(text, start, stop, document, closed)
    if found is None or found.at == stop:
        return found
    at = body_start(text, start, found.at, document)
    return None if at is None else TitleEnd(at, found.sure and at == found.at)


def glued_titles_end(text: str, start: int, seen: frozenset[str], document: str) -> TitleEnd | None:
    """Where several headlines end that are glued to each other (*…Risiko InflasiPerang Makin Panas…*), if they are.

    >>> text = "Harga Beras Naik di Pasar IndukBanjir Meluas di AmbonSinta mengatakan pasar tutup."
    >>> text[glued_titles_end(text, 0, frozenset(), text).at:]
    'Sinta mengatakan pasar tutup.'
    """
    tokens, small = tokens_of(text, start, start + 3 * LONGEST)
    if small is None:
        return None
    seams = [found.end() for found in _SEAM.finditer(text, start, tokens[small].start)]
    if not seams or seams[-1] - start < 30:
        return None
    last = seams[-1]
    if small == 0 or tokens[small - 1].start < last:
        return TitleEnd(last, True)  # one word between the seam and the verb
    return title_end(text, last, len(text), seen, document) or TitleEnd(last, False)


# -- the shape of headlines ---------------------------------------------------------------------------


def _shape_end(text: str, start: int, stop: int, document: str, closed: bool) -> TitleEnd | None:
    if text[stop - 1] == ")" and (initials := _INITIALS.search(text, max(start, stop - 40), stop)):
        stop = initials.start()
    tokens, small = tokens_of(text, start, min(stop, start + LONGEST + 60))
    written_small = small is not None and _is_written_small(tokens, small)
    farthest = stop
    if small is not None:
        farthest = start + _LONGEST_SMALL if written_small else tokens[small].start + len(tokens[small].text)
    if glued := _glued_end(text, start, min(stop, start + LONGEST, farthest), document):
        return TitleEnd(glued, True)
    if stop - start <= LONGEST and not text.endswith(".", start, stop):
        # nothing but headline down to the next label or the end, be it written small
        sentence = _ENDS_SENTENCE.search(text, start, stop)
        if small is None or (not sentence and (closed or written_small)):
            return TitleEnd(stop, True)
    if small is None:
        return None
    if 3 <= small <= FEWEST and _is_short(tokens, small):
        return TitleEnd(tokens[small - 1].start, True)
    if written_small:
        return _opener_end(text, start, stop)
    found = _sure(tokens, small, document) or _told(tokens, small, document) or _unsure(tokens, small)
    return found if found and found.at - start <= LONGEST else None


def _glued_end(text: str, start: int, stop: int, document: str) -> int | None:
    """Where the next sentence is glued to the headline (*…Tahun IniWarga…*): both words are known, and no brand."""
    for found in _GLUED.finditer(text, start, stop):
        if _SENTENCE.search(text, start, found.start()):
            return None
        if found[1] is None:
            if found[0] == "“" or text.count('"', start, found.start()) % 2 == 0:
                return found.start()
            continue
        left, right = found[1].lower(), found[2].lower()
        if text.count(" ", start, found.start()) < FEWEST - 1 or left in BRANDS or document.count(found[0]) > 1:
            continue
        derived = right.endswith("nya") or _AGENT.fullmatch(found[2])
        if derived or right in FIRST_WORDS or found[1] in ENDERS or count_of(right, document):
            return found.start(2)
    return None


def _is_written_small(tokens: list[Token], small: int) -> bool:
    """Whether the headline does not capitalise its words, so that a small word tells nothing."""
    return small <= FEWEST or sum(token.capital for token in tokens[:small]) < 0.5 * small


def _is_short(tokens: list[Token], small: int) -> bool:
    """Whether the next sentence begins with its pronoun, or a noun that is pointed at."""
    word = tokens[small - 1]
    subject = word.small in _SUBJECTS or (word.small in NOUNS and tokens[small].small == "tersebut")
    return subject and word.core.istitle() and may_begin(tokens, small - 1)


def _opener_end(text: str, start: int, stop: int) -> TitleEnd | None:
    """Where the next sentence begins behind a headline that writes its words small: with a capitalised opener."""
    before, capitals = "", 0
    for count, match in enumerate(_TOKEN.finditer(text, start, min(stop, start + _LONGEST_SMALL))):
        word = match[0].strip(",")
        opener = count > FEWEST and word.istitle() and word.lower() in OPENERS and capitals <= 0.5 * count
        if opener and before[-1] not in ",:;-–|&/" and before.lower() not in SMALL:
            return TitleEnd(match.start(), True)
        if match[0].endswith((".", '"', "”")):
            return None
        before, capitals = match[0], capitals + word[:1].isupper()
    return None


def _sure(tokens: list[Token], small: int, document: str) -> TitleEnd | None:
    last = next(i for i in range(small - 1, -1, -1) if tokens[i].capital)
    starts = [i for i in range(FEWEST, last + 1) if may_begin(tokens, i)]
    for i in range(FEWEST, last + 1):
        before, token = tokens[i - 1], tokens[i]
        if token.core.isdigit():
            listing = tokens[i + 1].small in LISTED
            if listing and i > FEWEST and before.text.isalpha() and before.small not in _OPEN:
                return TitleEnd(token.start, False)  # a sub-heading of the article
            if i < last and tokens[i + 1].core[:1].isupper() and _NUMBER.fullmatch(token.text):
                return TitleEnd(token.start, True)
        elif token.start - before.start > len(before.text) + 1 and token.core[:1].isupper():
            return TitleEnd(token.start, True)  # parted by an empty paragraph
    for i in starts:
        if tokens[i + 1].text in _POINTED and tokens[i].small in OPENERS:
            return TitleEnd(tokens[i].start, True)  # headlines write *Saat Ini*
    for i in starts:
        quoted = tokens[i].text.startswith(_QUOTES) and not any(
            t.text.rstrip(".,?!")[-1:] in '"”’' for t in tokens[i:small]
        )
        opener = tokens[i].text.endswith(",") and tokens[i].small in _FIRST_ONLY
        if quoted or opener:
            return TitleEnd(tokens[i].start, True)
    if tokens[last].small in _FIRST_ONLY and tokens[last - 1].text.endswith(",") and last >= FEWEST:
        return TitleEnd(tokens[last].start, True)  # the comma is the scraper's
    for i in starts:
        if tokens[i].small in QUANTITIES and tokens[i + 1].core[:1].isdigit():
            return TitleEnd(tokens[i].start, True)
    if last in starts and tokens[last].small in OPENERS:
        return TitleEnd(tokens[last].start, True)
    for i in range(last, max(FEWEST - 1, last - 5), -1):
        if _EXCLAIMS.search(tokens[i - 1].text) and tokens[i].small not in ANSWERS:
            return TitleEnd(tokens[i].start, True)
    opened = any(i in starts and tokens[i].small in OPENERS for i in range(last - 3, last))
    if last in starts and not opened and _is_subject(tokens[last - 1], tokens[last], tokens[small], document):
        return TitleEnd(tokens[last].start, True)
    return None


def _told(tokens: list[Token], small: int, document: str) -> TitleEnd | None:
    """Behind *Ini Harganya* or before a name of the document."""
    for i in range(FEWEST, small):
        # behind these words goes on what was announced, with an opener; else they end headlines
        announced = tokens[i - 1].core.endswith("nya") and {tokens[i - 2].small, tokens[i - 3].small} & ANSWERS
        if announced and may_begin(tokens, i) and tokens[i].small not in OPENERS:
            return TitleEnd(tokens[i].start, False)
    known = known_subject(tokens, small, document)
    if known is None or _subject_head(tokens, small - 1):
        return None
    return TitleEnd(tokens[known].start, False)


def _is_subject(before: Token, word: Token, then: Token, document: str) -> bool:
    """Whether one word is the whole subject: a noun that the text knows, or a name that begins other sentences too."""
    if (
        {before.small, word.small} & ROLES
        or not word.core.istitle()
        or document.count(f"{before.core} {word.core}") > 1
    ):
        return False
    if (
        _AMOUNT.fullmatch(before.text)
        or before.core in UNITS_OF_MONEY
        or before.core in ENDERS
        or _AGENT.fullmatch(word.core)
    ):
        return True
    if word.small in NOUNS or word.small.endswith("nya") or count_of(word.small, document):
        return True
    if then.small not in SAYS or word.text.endswith(",") or before.small in NOUNS:
        return False
    if count_of(before.small, document):
        return False  # a noun before the name may belong to it
    return count_of(word.core, document) > 1


def _unsure(tokens: list[Token], small: int) -> TitleEnd | None:
    """The earliest place where the next sentence may begin; None where it might begin earlier still."""
    last = small - 1
    while last > FEWEST and not may_begin(tokens, last):
        last -= 1
    far = [
        i
        for i in range(max(FEWEST, small - 7), last + 1)
        if may_begin(tokens, i)
        and (tokens[i].small in FAR_OPENERS or _PASSIVE.fullmatch(tokens[i].text))
        and tokens[i + 1].small != "negeri"  # Kementerian Dalam Negeri
    ]
    if far:
        comma = any(token.text.endswith(",") for token in tokens[far[-1] : small])
        return TitleEnd(tokens[far[-1]].start, comma and tokens[far[-1]].small in FAR_OPENERS)
    head = _subject_head(tokens, last)
    if head:
        return TitleEnd(tokens[head].start, False)
    at = _run_start(tokens, last)
    apposition = any(token.text.endswith(",") for token in tokens[at:small])
    if at <= FEWEST or apposition or tokens[small].small in SAYS:
        return None
    return TitleEnd(tokens[at].start, False)


def _subject_head(tokens: list[Token], last: int) -> int | None:
    """Where the office of a person begins whose name stands before `last` (*Wakil Ketua Komisi IV Budi*)."""
    for i in range(last, max(FEWEST, last - 12), -1):
        if tokens[i].small in HEADS and tokens[i].capital:
            while i > FEWEST and tokens[i - 1].small in HEADS:
                i -= 1
            if tokens[i - 1].small in OPENERS:
                i -= 1
            if i >= FEWEST and may_begin(tokens, i):
                return i
    return None


def _is_brand(token: Token) -> bool:
    """Whether it is a name like *iNews*."""
    return len(token.core) >= 4 and token.core[0].islower() and token.core.isalpha() and not token.core.islower()


def _run_start(tokens: list[Token], at: int) -> int:
    """Back to where the capitalised words before a sentence begin, and over one small word between such."""
    first = at
    while first > FEWEST and at - first < 5 and (may_begin(tokens, first - 1) or _is_brand(tokens[first - 1])):
        first -= 1
    further = first - 2
    while further > FEWEST and tokens[further].small in SMALL:
        further -= 1
    if FEWEST < further < first - 2 and tokens[further].text[-1] not in ",:;?!":
        while further > FEWEST and first - further < 7 and may_begin(tokens, further - 1):
            further -= 1
        if may_begin(tokens, further):
            return further
    return first
