"""C4's line rules: which lines stay, and how many sentences they hold."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from curation.kernels.compiled import compiled
from curation.quality.published.kernels.characters import (
    BREAK,
    DIGIT,
    END,
    PUNCTUATION,
    SPACE,
    Characters,
    Codes,
    Kinds,
    Numbers,
    lower,
)
from curation.quality.published.kernels.phrases import Phrases, find, phrases
from curation.quality.published.kernels.tokens import Tokens

Flags = npt.NDArray[np.bool_]

NAMES = ("sentences", "braces", "lorem_ipsum", "policies")
_PHRASES = (
    "lorem ipsum",
    "javascript",
    "terms of use",
    "privacy policy",
    "cookie policy",
    "uses cookies",
    "use of cookies",
    "use cookies",
)
_LOREM, _JAVASCRIPT = 1, 2
_FEWEST_WORDS, _LONGEST_WORD = 3, 1_000
_OPEN, _CLOSED, _BRACE, _POINT, _NEWLINE, _RETURN = (ord(one) for one in "[]{.\n\r")
_QUESTION, _CALL, _QUOTE, _APOSTROPHE = (ord(one) for one in "?!\"'")
#: what else may stand in the brackets of a Wikipedia citation
_EDIT, _NEEDED = (np.array([ord(letter) for letter in word], np.uint32) for word in ("edit", "citation needed"))


def count_c4(texts: Characters, tokens: Tokens) -> dict[str, Numbers]:
    """For each text: sentences of the lines that stay; lines that would stay but for a brace, "lorem ipsum", or others.

    A sentence ends with the next token after an end mark that is no punctuation, as in spaCy's sentencizer.
    """
    counts = np.zeros((len(NAMES), len(texts)), np.int64)
    _count(
        texts.codes,
        texts.kinds,
        texts.offsets,
        texts.longest,
        tokens.starts,
        tokens.stops,
        tokens.offsets,
        lower(),
        phrases(_PHRASES),
        counts,
    )
    return dict(zip(NAMES, counts, strict=True))


@compiled
def _count(
    codes: Codes,
    kinds: Kinds,
    offsets: Numbers,
    longest: int,
    starts: Numbers,
    stops: Numbers,
    tokens: Numbers,
    small: Codes,
    sought: Phrases,
    counts: Numbers,
) -> None:
    line = np.empty(longest, np.uint32)
    for text in range(len(offsets) - 1):
        end, token = offsets[text + 1], tokens[text]
        cited = np.zeros(end - offsets[text], np.bool_)
        i = offsets[text]
        while i < end:
            start = i
            while i < end and not kinds[i] & BREAK:
                i += 1
            stop = i
            i += 2 if i + 1 < end and codes[i] == _RETURN and codes[i + 1] == _NEWLINE else 1
            while start < stop and kinds[start] & SPACE:
                start += 1
            while stop > start and kinds[stop - 1] & SPACE:
                stop -= 1
            words, longest_word = _words(kinds, start, stop)
            if words < _FEWEST_WORDS or longest_word > _LONGEST_WORD:
                continue
            size = _without_citations(codes, kinds, start, stop, offsets[text], line, cited)
            if not _ends(line, size):
                continue
            found = find(line, size, small, sought)
            if found & _LOREM:
                counts[2, text] += 1
            elif found & _JAVASCRIPT:
                counts[3, text] += 1
            elif _has(line, size, _BRACE):
                counts[1, text] += 1
            elif found:
                counts[3, text] += 1
            else:
                while token < tokens[text + 1] and starts[token] < start:
                    token += 1
                last = token
                while last < tokens[text + 1] and starts[last] < stop:
                    last += 1
                counts[0, text] += _sentences(codes, kinds, starts, stops, token, last, offsets[text], cited)


@compiled
def _words(kinds: Kinds, start: int, stop: int) -> tuple[int, int]:
    """How many words blanks make of a line, and the characters of the longest."""
    words, longest, length = 0, 0, 0
    for i in range(start, stop):
        length = 0 if kinds[i] & SPACE else length + 1
        words += length == 1
        longest = max(longest, length)
    return words, longest


@compiled
def _without_citations(codes: Codes, kinds: Kinds, start: int, stop: int, text: int, line: Codes, cited: Flags) -> int:
    """Copies a line without [12], [edit] and the like, marks in `cited` where they stood; its new length."""
    size, i = 0, start
    while i < stop:
        if codes[i] == _OPEN:
            close = i + 1
            while close < stop and kinds[close] & DIGIT:
                close += 1
            if close == i + 1:
                for word in (_EDIT, _NEEDED):
                    same = i + 1 + len(word) <= stop
                    for k in range(len(word)):
                        same = same and codes[i + 1 + k] == word[k]
                    close = i + 1 + len(word) if same else close
            if close < stop and codes[close] == _CLOSED:
                cited[i - text : close + 1 - text] = True
                i = close + 1
                continue
        line[size] = codes[i]
        size += 1
        i += 1
    return size


@compiled
def _ends(line: Codes, size: int) -> bool:
    """Whether a line ends a sentence, and not in dots."""
    if size == 0:
        return False
    last = line[size - 1]
    if last == _POINT:
        return not (size > 2 and line[size - 2] == _POINT and line[size - 3] == _POINT)
    return last in (_QUESTION, _CALL, _QUOTE, _APOSTROPHE)


@compiled
def _has(line: Codes, size: int, code: int) -> bool:
    for i in range(size):  # noqa: SIM110 - a generator is no kernel
        if line[i] == code:
            return True
    return False


@compiled
def _sentences(
    codes: Codes, kinds: Kinds, starts: Numbers, stops: Numbers, first: int, last: int, text: int, cited: Flags
) -> int:
    found, ended = 0, False
    for token in range(first, last):
        if cited[starts[token] - text]:
            continue
        found = max(found, 1)
        is_end = stops[token] - starts[token] == 1 and (kinds[starts[token]] & END) != 0
        i = starts[token]
        while i < stops[token] and kinds[i] & PUNCTUATION:
            i += 1
        is_mark = i == stops[token]
        if ended and not is_mark and not is_end:
            found += 1
            ended = False
        elif is_end:
            ended = True
    return found
