"""Passages: what stands close together in a text, and who speaks there, a seller or a reporter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from operator import attrgetter, or_
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.spam.folding import fold
from curation.quality.spam.suspects import suspects

#: Words of a passage: an advertisement that was put into an honest article is hardly longer.
LENGTH = 60
#: Clauses of an advertisement that may lie outside of the passage: it may be longer.
CLINGING = 3
#: Where clauses end; letters that are spelt one by one end none.
_STOP = re.compile(r"[.,;!?…]+[\"”’)]*(?=\s)|\n|(?<=\w\w) {2,}| [|•★☆►»~] ")
_INITIAL = re.compile(r"\W\w\.")
#: Characters of the longest clause: advertisements love to have no stops.
_LONGEST = 90
#: What somebody else says
_QUOTED = re.compile(r"(?<!\w)(?:“[^“”\n]{1,300}”|\"(?=\S)[^\"\n]{1,300}(?<=\S)\"|[‘'](?=\w)[^‘’'\n]{1,80}[’'](?!\w))")

#: What a text says that somebody wrote: after a colon, in the next paragraph, or named in the sentence
_ANNOUNCED = re.compile(
    r"\b(?:bunyi|berbunyi|isi|berisi|tertulis|bertulisan|bertuliskan|tulisan|tulis|menulis|kalimat|judul|istilah|kata"
    r"|frasa|unggahan|pesan|membacakan)(?:nya)?\b[^.:\n]{0,60}?(?:(?P<next>\bsebagai berikut\b[.:]?[^\n]*\n*[^\n]*)"
    r"|(?P<after>:[^\n]+)|(?P<named>\b(?:seperti|meliputi|yakni|yaitu|antara lain)\b[^.\n]+))"
    r"|\b(?:tulisan|bertuliskan|berbunyi|bertulisan|menirukan)(?P<written>\b[^.\n]+)",
    re.IGNORECASE,
)
#: A line of a play, a chat, a hearing: who says it, what is said
_LINE = re.compile(r"^([^\W\d_][\w ]{1,30}): .*$", re.MULTILINE)

_LETTERS = re.compile(r"[^\n]")

#: Who quotes: hardly any report does without one of these
_REPORT = (
    r"\b(?:kata|ujar|tutur|ucap|jelas|ungkap|menurut|mengatakan|menjelaskan|mengaku|polisi|kapol\w+|pol(?:da|res|sek|ri)"
    r"|tersangka|pelaku|terdakwa|hakim|jaksa|korban|warga|dinas|kementerian|komdigi|kominfo|ppatk|ojk|bpom|satgas"
    r"|pemerintah|peneliti|pakar|diretas|modus|judol|narasumber|wawancara|pembawa acara|opini|liputan"
    r"|redaksi|penyidik|sidang|kecanduan|berjudi|perjudian|penjudi|pejudi|pembaca|jemaah|menyatakan|orang tua|protes"
    r"|ahli|dosen|guru|suami|istri|pengakuan)(?:nya)?\b"
)

Bits = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Words:
    """What tells a seller from a reporter: RE2 patterns over folded text, an idea each."""

    #: "gambling" or "spam"
    kind: str
    #: what is sold; nobody sells where fewer than `least_goods` of these stand together
    goods: tuple[str, ...]
    least_goods: int
    #: how sellers speak to whom they want something from; in any text that sells are at least `least_calls`
    calls: tuple[str, ...]
    least_calls: int
    #: what they promise
    offers: tuple[str, ...]
    #: praise, and talk to the reader, of which others are not shy either
    praise: tuple[str, ...]
    #: how those speak who accuse, warn or have lost
    doubts: tuple[str, ...]
    #: how anybody speaks who reports, tells or explains
    news: tuple[str, ...]
    #: what can be nothing but this trade: nobody sells without it; "" asks for nothing
    trade: str
    #: names of sellers
    brand: str
    #: what reports on it are about
    subject: str
    #: who tells of himself, or speaks to you, and may go on with it
    person: str
    #: how much more of a seller than of a reporter speaks in a passage
    weigh: Callable[[Tally], float]


@dataclass(frozen=True)
class Tally:
    """What stands in a passage: how many different goods, calls, offers ..., among how many words."""

    goods: int
    calls: int
    offers: int
    praise: int
    doubts: int
    news: int
    brand: bool
    words: int
    #: further doubts and news in the rest of the text, where that is about the same trade; an advertisement that was
    #: put into an honest article has strangers around it
    doubts_elsewhere: int
    news_elsewhere: int


class Passage(NamedTuple):
    """A run of clauses: the row of its document, its code points in the body, how much of a seller speaks there."""

    row: int
    start: int
    end: int
    points: float


class _Clause(NamedTuple):
    row: int
    start: int
    end: int
    text: str


class _Ideas(NamedTuple):
    """What is said, a bit for each pattern."""

    trade: int = 0
    goods: int = 0
    calls: int = 0
    offers: int = 0
    praise: int = 0
    doubts: int = 0
    news: int = 0
    brand: int = 0
    subject: int = 0
    person: int = 0

    def __or__(self, other: _Ideas) -> _Ideas:
        return _Ideas(*map(or_, self, other))

    @property
    def touts(self) -> bool:
        """Something of a seller is in it."""
        return bool(self.goods | self.calls | self.offers)

    @property
    def sells(self) -> bool:
        """A lone call may be honest."""
        return self.goods > 0 or self.calls.bit_count() + self.offers.bit_count() > 1

    @property
    def pure(self) -> bool:
        """Nobody speaks in it but a seller."""
        return self.sells and not self.doubts | self.news


class _Said(NamedTuple):
    row: int
    start: int
    end: int
    words: int
    ideas: _Ideas


def strongest(documents: Documents, words: Words) -> pa.Array:
    """The points of each document's strongest passage; 0 where nobody sells anything."""
    points = np.zeros(len(documents))
    for passage in passages(documents, words):
        points[passage.row] = max(points[passage.row], passage.points)
    return pa.array(points)


def passages(documents: Documents, words: Words) -> Iterator[Passage]:
    """All passages that may sell something; they overlap. A headline has no place in the body: it ends at 0."""
    for row, those in groupby(_said(documents, words), attrgetter("row")):
        said = list(those)
        for first, last, tally in _tallies(said, words):
            run = said[first:last]
            selling = [one for one in run if one.ideas.pure] or [one for one in run if one.ideas.sells] or run
            yield Passage(row, selling[0].start, selling[-1].end, words.weigh(tally))


def _tallies(said: list[_Said], words: Words) -> Iterator[tuple[int, int, Tally]]:
    """Every run of clauses of a text that is short enough to be a passage, and what stands in it."""
    ideas = [clause.ideas for clause in said]
    before = [*accumulate(ideas, or_, initial=_Ideas())]
    after = [*accumulate(reversed(ideas), or_, initial=_Ideas())][::-1]
    for first, opening in enumerate(ideas):
        if not opening.touts and not (words.trade and opening.trade):
            continue
        here, length = _Ideas(), 0
        for last, clause in enumerate(said[first : first + LENGTH], first + 1):
            length += clause.words
            if length > LENGTH and last > first + 1:
                break
            here |= clause.ideas
            if here.goods.bit_count() < words.least_goods or not here.trade or not clause.ideas.touts:
                continue
            rest = before[first] | after[last]
            start, end = _whole(ideas, first, last)
            if not _same_trade(here, before[start] | after[end]):
                rest = _Ideas()
            tally = Tally(
                goods=here.goods.bit_count(),
                calls=here.calls.bit_count(),
                offers=here.offers.bit_count(),
                praise=here.praise.bit_count(),
                doubts=here.doubts.bit_count(),
                news=here.news.bit_count(),
                brand=here.brand > 0,
                words=length,
                doubts_elsewhere=(rest.doubts & ~here.doubts).bit_count(),
                news_elsewhere=(rest.news & ~here.news).bit_count(),
            )
            yield first, last, tally


def _whole(ideas: list[_Ideas], first: int, last: int) -> tuple[int, int]:
    """The run, and what clings to it on both sides: what a passage cut off from an advertisement says nothing of it."""
    start, end = first, last
    while start > max(0, first - CLINGING) and ideas[start - 1].pure:
        start -= 1
    while end < min(len(ideas), last + CLINGING) and ideas[end].pure:
        end += 1
    return start, end


def _same_trade(here: _Ideas, rest: _Ideas) -> bool:
    return bool(rest.subject or rest.person & here.person or rest.goods.bit_count() > 1)


def _said(documents: Documents, words: Words) -> list[_Said]:
    """The clauses of all texts with enough goods and calls."""
    clauses = list(_clauses(documents, words))
    folded = fold(pa.array([clause.text for clause in clauses], pa.string()))
    rows: Bits = np.array([clause.row for clause in clauses], np.int64)
    kept: Bits = np.arange(len(clauses))
    found: list[Bits] = []
    for patterns, least in (((words.trade,), 1), (words.goods, words.least_goods), (words.calls, words.least_calls)):
        bits = _which(folded, patterns)
        enough = _number(rows, bits) >= least
        kept, rows, folded = kept[enough], rows[enough], folded.filter(pa.array(enough))
        found = [*(earlier[enough] for earlier in found), bits[enough]]
    found += [_which(folded, some) for some in (words.offers, words.praise, words.doubts, words.news)]
    found += [_which(folded, (pattern,)) for pattern in (words.brand, words.subject, words.person)]
    n_words = pc.add(pc.count_substring(folded, " "), 1).to_pylist()
    ideas = zip(*(bits.tolist() for bits in found), strict=True)
    those = (clauses[n] for n in kept.tolist())
    return [
        _Said(clause.row, clause.start, clause.end, long, _Ideas(*bits))
        for clause, long, bits in zip(those, n_words, ideas, strict=True)
    ]


def _number(rows: Bits, bits: Bits) -> Bits:
    """How many different patterns occur in the text of each clause."""
    found = np.zeros(rows.max(initial=0) + 1, np.int64)
    np.bitwise_or.at(found, rows, bits)
    return np.bitwise_count(found)[rows].astype(np.int64)


def _clauses(documents: Documents, words: Words) -> Iterator[_Clause]:
    """Headlines and clauses of suspects; where a reporter speaks, what he quotes is left out."""
    rows = _worthwhile(documents, words)
    titles, bodies = documents.titles.take(rows), documents["body"].take(rows)
    reports = pc.match_substring_regex(bodies, _REPORT, ignore_case=True)
    announce = pc.match_substring_regex(bodies, _ANNOUNCED.pattern, ignore_case=True)
    columns = (column.to_pylist() for column in (rows, titles, bodies, reports, announce))
    for row, title, body, is_report, announces in zip(*columns, strict=True):
        yield _Clause(row, 0, 0, title)
        spoken = _without_quotations(body, announces) if is_report else body
        for start, end in _bounds(spoken):
            if text := spoken[start:end].strip():
                begin = spoken.index(text, start)
                yield _Clause(row, begin, begin + len(text), text)


def _worthwhile(documents: Documents, words: Words) -> pa.Array:
    """Rows of suspects; of those that hide nothing, only the ones with all that a passage must have."""
    plain, hidden = suspects(documents, words.kind)
    rows = pa.array(plain)
    texts = pc.replace_substring_regex(pc.utf8_lower(documents.texts.take(rows)), r"[-_/]", " ")
    asked = [(words.trade,)] if words.trade else [words.goods, words.calls]
    for patterns in asked:
        found = pc.match_substring_regex(texts, "|".join(patterns))
        rows, texts = rows.filter(found), texts.filter(found)
    return pa.array(np.union1d(rows.to_numpy(), hidden))


def _without_quotations(text: str, announces: bool) -> str:
    r"""Blanks for what others say: in quotation marks, announced, or in lines that begin with who speaks.

    >>> _without_quotations("Isi pesan itu: ayo main. \nIa kaget.", announces=True).split()
    ['Isi', 'pesan', 'itu', 'Ia', 'kaget.']
    """
    lines = list(_LINE.finditer(text))
    speakers = Counter(line[1] for line in lines)
    spans = [line.span() for line in lines if speakers[line[1]] > 1]
    spans += [found.span() for found in _QUOTED.finditer(text)]
    if announces:
        spans += [found.span(found.lastgroup or 0) for found in _ANNOUNCED.finditer(text)]
    pieces, done = [], 0
    for start, end in sorted(spans):  # they may overlap
        pieces += [text[done:start], _LETTERS.sub(" ", text[max(start, done) : end])]
        done = max(done, end)
    return "".join([*pieces, text[done:]])


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    """Where clauses begin and end.

    >>> [" S. L. O. T gacor, ayo"[start:end] for start, end in _bounds(" S. L. O. T gacor, ayo")]
    [' S. L. O. T gacor,', ' ayo']
    """
    start = 0
    for stop in _STOP.finditer(text):
        if not _INITIAL.match(text, stop.start() - 2):
            yield from _short(text, start, stop.end())
            start = stop.end()
    yield from _short(text, start, len(text))


def _short(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A clause, in parts where it is too long."""
    while end - start > _LONGEST:
        blank = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = blank if blank > 0 else start + _LONGEST
        yield start, cut
        start = cut
    if end > start:
        yield start, end


def _which(texts: pa.StringArray, patterns: Sequence[str]) -> Bits:
    """Which of the patterns occur in each text, a bit each."""
    bits = np.zeros(len(texts), np.int64)
    some = np.flatnonzero(pc.match_substring_regex(texts, "|".join(patterns)).to_numpy(False))
    if len(some):
        few = texts.take(pa.array(some))
        for n, pattern in enumerate(patterns):
            bits[some] |= pc.match_substring_regex(few, pattern).to_numpy(False).astype(np.int64) << n
    return bits
