"""Passages: what stands close together in a text, and who speaks there, a seller or a reporter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.spam.folding import fold

#: Words of a passage: an advertisement that was put into an honest article is hardly longer.
LENGTH = 60
#: A sentence, a line, or a part of a long one: spam often has no full stops.
_SENTENCE = re.compile(r"[^\n]{1,90}?(?:[\w%)]{2}[.,;!?…]+[\"”’)]*(?!\S)|(?=\n)|$)|[^\n]{50,90}(?!\S)|[^\n]{1,90}")
#: What somebody else says.
_QUOTED = re.compile(r"(?<!\w)(?:“[^“”\n]{1,300}”|\"(?=\S)[^\"\n]{1,300}(?<=\S)\"|[‘'](?=\w)[^‘’'\n]{1,80}[’'](?!\w))")


@dataclass(frozen=True)
class Words:
    """What tells a seller from a reporter: RE2 patterns over folded text, each an idea of its own."""

    #: what is sold
    goods: tuple[str, ...]
    #: how sellers speak: calls, offers, praise
    calls: tuple[str, ...]
    #: how those speak who report
    news: tuple[str, ...]
    #: what the report is about, in the words of reporters
    subject: str


_Sentence = tuple[int, int, int, str]  # the number of its text, its code points in the body, what it says

#: How much more of a seller than of a reporter speaks where so many goods, calls and news stand together, in a text
#: that elsewhere does or doesn't report on such goods.
Weigh = Callable[[int, int, int, int, bool], float]


@dataclass(frozen=True)
class Passage:
    """A run of sentences: the number of its text, its code points in the body (none if in the title), its points."""

    text: int
    start: int
    end: int
    points: float


def passages(titles: pa.StringArray, bodies: pa.StringArray, words: Words, weigh: Weigh) -> Iterator[Passage]:
    """All passages in which a seller speaks; those of one text overlap."""
    spans = list(_sentences(titles.to_pylist(), bodies.to_pylist(), _reporting(bodies, words)))
    if not spans:
        return
    folded = fold(pa.array([sentence for *_, sentence in spans], pa.string()))
    goods, calls, news, subject = (
        _which(folded, patterns) for patterns in (words.goods, words.calls, words.news, (words.subject,))
    )
    size = pc.add(pc.count_substring(folded, " "), 1).to_pylist()
    reported: Counter[int] = Counter()
    for n, (text, *_) in enumerate(spans):
        if subject[n] and not calls[n]:
            reported[text] += news[n].bit_count()
    for first, (text, start, _, _) in enumerate(spans):
        if not goods[first] | calls[first]:
            continue
        sold = called = told = length = 0
        for n in range(first, len(spans)):
            length += size[n]
            if spans[n][0] != text or (length > LENGTH and n > first):
                break
            sold, called, told = sold | goods[n], called | calls[n], told | news[n]
            if goods[n] | calls[n]:
                points = weigh(sold.bit_count(), called.bit_count(), told.bit_count(), length, reported[text] > 0)
                if points > 0:
                    yield Passage(text, start, spans[n][2], points)


def _sentences(titles: Sequence[str], bodies: Sequence[str], reporting: Sequence[bool]) -> Iterator[_Sentence]:
    """Headlines and sentences; where somebody reports, what he quotes is left out."""
    for text, (title, body) in enumerate(zip(titles, bodies, strict=True)):
        yield text, 0, 0, title
        spoken = _QUOTED.sub(lambda quoted: " " * len(quoted.group()), body) if reporting[text] else body
        for sentence in _SENTENCE.finditer(spoken):
            start = sentence.end() - len(sentence.group().lstrip())
            yield text, start, sentence.end(), sentence.group()


def _reporting(bodies: pa.StringArray, words: Words) -> list[bool]:
    """Whether at least two words of a reporter stand in a text."""
    found: list[bool] = pc.greater(pc.count_substring_regex(bodies, "|".join(words.news), ignore_case=True), 1).to_pylist()
    return found


def _which(texts: pa.StringArray, patterns: Sequence[str]) -> list[int]:
    """Which of the patterns occur in each text, a bit each."""
    bits = np.zeros(len(texts), np.int64)
    some = np.flatnonzero(pc.match_substring_regex(texts, "|".join(patterns)).to_numpy(False))
    if len(some):
        few = texts.take(pa.array(some))
        for n, pattern in enumerate(patterns):
            bits[some] |= pc.match_substring_regex(few, pattern).to_numpy(False).astype(np.int64) << n
    found: list[int] = bits.tolist()
    return found
