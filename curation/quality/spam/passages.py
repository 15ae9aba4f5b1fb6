"""Passages: what stands close together in a text, and who speaks there, a seller or a reporter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from curation.literals import Literals
from curation.quality.documents import Documents
from curation.quality.spam.folding import ODD_LETTERS, fold

#: Words of a passage: an advertisement that was put into an honest article is hardly longer.
LENGTH = 60
#: Where clauses end; letters that are spelt one by one end none.
_STOP = re.compile(r"[.,;!?…]+[\"”’)]*(?=\s)|\n")
_INITIAL = re.compile(r"\W\w\.")
#: Characters of the longest clause: advertisements love to have no stops.
_LONGEST = 90
#: What somebody else says
_QUOTED = re.compile(r"(?<!\w)(?:“[^“”\n]{1,300}”|\"(?=\S)[^\"\n]{1,300}(?<=\S)\"|[‘'](?=\w)[^‘’'\n]{1,80}[’'](?!\w))")

#: Who quotes: hardly any report does without one of these
_REPORT = (
    r"\b(?:kata|ujar|tutur|ucap|jelas|ungkap|menurut|mengatakan|menjelaskan|mengaku|polisi|kapol\w+|pol(?:da|res|sek|ri)"
    r"|tersangka|pelaku|terdakwa|hakim|jaksa|korban|warga|dinas|kementerian|komdigi|kominfo|ppatk|ojk|bpom|satgas"
    r"|pemerintah|peneliti|pakar|diretas|modus|judol)(?:nya)?\b"
)

Bits = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Words:
    """What tells a seller from a reporter: RE2 patterns over folded text, an idea each."""

    #: literals of which any text that sells holds one
    suspect: tuple[str, ...]
    #: what these may be disguised as
    hidden: tuple[str, ...]
    #: what is sold; nobody sells where fewer than `least_goods` of these stand together
    goods: tuple[str, ...]
    least_goods: int
    #: how sellers speak to whom they want something from; in any text that sells are at least `least_calls`
    calls: tuple[str, ...]
    least_calls: int
    #: what they promise and praise
    offers: tuple[str, ...]
    #: how those speak who report
    news: tuple[str, ...]
    #: what their reports are about
    subject: str
    #: how much more of a seller than of a reporter speaks in a passage
    weigh: Callable[[Tally], float]


@dataclass(frozen=True)
class Tally:
    """What stands in a passage: how many different goods, calls, offers and news, among how many words."""

    goods: int
    calls: int
    offers: int
    news: int
    words: int
    #: whether a reporter speaks of such goods anywhere in the text
    reported: bool


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


class _Said(NamedTuple):
    """A clause and what is said in it: a bit for each pattern."""

    row: int
    start: int
    end: int
    words: int
    goods: int
    calls: int
    offers: int
    news: int
    subject: int

    @property
    def sells(self) -> bool:
        """A lone call may be honest."""
        return self.goods > 0 or self.calls.bit_count() + self.offers.bit_count() > 1


def strongest(documents: Documents, words: Words) -> pa.Array:
    """The points of each document's strongest passage; 0 where nobody sells anything."""
    points = np.zeros(len(documents))
    for passage in passages(documents, words):
        points[passage.row] = max(points[passage.row], passage.points)
    return pa.array(points)


def passages(documents: Documents, words: Words) -> Iterator[Passage]:
    """All passages that may sell something; they overlap. A headline has no place in the body: it ends at 0."""
    said = _said(documents, words)
    reported = {clause.row for clause in said if clause.subject and clause.news and not clause.calls | clause.offers}
    for first, opening in enumerate(said):
        if not opening.goods | opening.calls | opening.offers:
            continue
        start = end = -1
        goods = calls = offers = news = length = 0
        for clause in said[first : first + LENGTH]:
            length += clause.words
            if clause.row != opening.row or (length > LENGTH and clause is not opening):
                break
            goods, calls = goods | clause.goods, calls | clause.calls
            offers, news = offers | clause.offers, news | clause.news
            if clause.sells:
                start, end = clause.start if start < 0 else start, clause.end
            if goods.bit_count() >= words.least_goods and clause.goods | clause.calls | clause.offers:
                tally = Tally(
                    goods=goods.bit_count(),
                    calls=calls.bit_count(),
                    offers=offers.bit_count(),
                    news=news.bit_count(),
                    words=length,
                    reported=opening.row in reported,
                )
                yield Passage(opening.row, start, end, words.weigh(tally))


def _said(documents: Documents, words: Words) -> list[_Said]:
    """The clauses of all texts with enough goods and calls."""
    clauses = list(_clauses(documents, words))
    folded = fold(pa.array([clause.text for clause in clauses], pa.string()))
    rows = np.array([clause.row for clause in clauses], np.int64)
    goods = _which(folded, words.goods)
    kept = np.flatnonzero(_number(rows, goods) >= words.least_goods)
    calls = _which(folded.take(pa.array(kept)), words.calls)
    called = _number(rows[kept], calls) >= words.least_calls
    kept, calls = kept[called], calls[called]
    folded = folded.take(pa.array(kept))
    n_words = pc.add(pc.count_substring(folded, " "), 1).to_numpy()
    others = (_which(folded, patterns) for patterns in (words.offers, words.news, (words.subject,)))
    columns = (column.tolist() for column in (kept, n_words, goods[kept], calls, *others))
    return [_Said(*clauses[n][:3], *found) for n, *found in zip(*columns, strict=True)]


def _number(rows: Bits, bits: Bits) -> Bits:
    """How many different patterns occur in the text of each clause."""
    found = np.zeros(rows.max(initial=0) + 1, np.int64)
    np.bitwise_or.at(found, rows, bits)
    return np.bitwise_count(found)[rows].astype(np.int64)


def _clauses(documents: Documents, words: Words) -> Iterator[_Clause]:
    """Headlines and clauses of suspects; where a reporter speaks, what he quotes is left out."""
    rows = pa.array(_suspects(documents.texts, words))
    titles, bodies = documents.titles.take(rows), documents["body"].take(rows)
    reports = pc.match_substring_regex(bodies, _REPORT, ignore_case=True)
    columns = (column.to_pylist() for column in (rows, titles, bodies, reports))
    for row, title, body, is_report in zip(*columns, strict=True):
        yield _Clause(row, 0, 0, title)
        spoken = _QUOTED.sub(lambda quoted: " " * len(quoted.group()), body) if is_report else body
        for start, end in _bounds(spoken):
            if text := spoken[start:end].strip():
                begin = spoken.index(text, start)
                yield _Clause(row, begin, begin + len(text), text)


def _suspects(texts: pa.StringArray, words: Words) -> Bits:
    """Rows of texts that might sell something, told before they are folded."""
    [suspect] = _literals(words).find(texts)
    if words.hidden:
        beyond = np.flatnonzero(~pc.string_is_ascii(texts).to_numpy(False) & ~suspect)
        odd = pc.match_substring_regex(texts.take(pa.array(beyond)), ODD_LETTERS, ignore_case=True)
        suspect[beyond] = odd.to_numpy(False)
    return np.flatnonzero(suspect)


@cache
def _literals(words: Words) -> Literals:
    return Literals([words.suspect + words.hidden])


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
