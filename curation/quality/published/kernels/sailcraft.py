"""Sailcraft's counts, on the text as it changes it first: quotes made plain, addresses and overlong words left out."""

from __future__ import annotations

from functools import cache

import numpy as np

from curation.kernels.compiled import compiled
from curation.quality.published.kernels.characters import (
    BLANK,
    COVERED,
    SPACE,
    SPECIAL,
    Characters,
    Codes,
    Kinds,
    Numbers,
    kinds,
    lower,
)
from curation.quality.published.kernels.counting import (
    SPREAD,
    Hashes,
    add_up,
    frequencies,
    mixed,
    places,
    stretch,
    weights,
)
from curation.quality.published.kernels.phrases import Phrases, find, phrases

NAMES = (
    "characters",
    "special",
    "words",
    "longest",
    "grams",
    "frequent_grams",
    "word_grams",
    "repeated_word_grams",
    "flagged",
)
#: What becomes plain punctuation, as in cc_net, of which Sailcraft has it.
PLAIN = {
    "，": ",",
    "、": ",",
    "。": ".",
    "．": ". ",
    "…": "...",
    "：": ":",
    "∶": ":",
    "；": ";",
    "？": "?",
    "！": "!",
    "％": "%",
    "～": "~",
    "’": "'",
    "´": "'",
    **dict.fromkeys("“”„«»「」《》１", '"'),
    "–": "-",
    "━": "-",
    "►": "-",
    "—": " - ",
    "（": "(",
    "）": ")",
    "〈": "<",
    "〉": ">",
    "【": "[",
    "】": "]",
}
#: A few words of ours in place of Sailcraft's list: what only pornography and abuse write.
FLAGGED = ("bokep", "colmek", "jembut", "kontol", "memek", "ngentot")
_ADDRESS = ("http", "www", ".com", "href", "//")
_LONGEST_WORD = 30
_CHARACTERS, _WORDS = 10, 5
_SPACE, _TAB, _NEWLINE = (ord(one) for one in " \t\n")
_ZERO, _ONE = np.uint64(0), np.uint64(1)


def count_sailcraft(texts: Characters) -> dict[str, Numbers]:
    """For each text what NAMES list.

    Words stand between blanks, special characters around them left out; `longest` is the longest before long ones go.
    `frequent_grams` are the most frequent of the `grams` of ten characters, as many as their root; `flagged` counts
    flagged words, and each once more that occurs anywhere, blanks left out.
    """
    counts = np.zeros((len(NAMES), len(texts)), np.int64)
    size = 3 * texts.longest  # a dash becomes three characters
    there, back = weights(1 << size.bit_length())
    tables = kinds(), lower(), *_plain()
    sought = phrases(_ADDRESS), phrases(FLAGGED), phrases(_ADDRESS + FLAGGED)
    _count(texts.codes, texts.offsets, size, tables, sought, there, back, counts)
    return dict(zip(NAMES, counts, strict=True))


@cache
def _plain() -> tuple[Numbers, Codes]:
    """The row of each character that becomes another, -1 for none; and what it becomes, its length first."""
    rows = np.full(0x10000, -1, np.int64)
    becomes = np.zeros((len(PLAIN), 4), np.uint32)
    for row, (one, plain) in enumerate(PLAIN.items()):
        rows[ord(one)] = row
        becomes[row, : len(plain) + 1] = [len(plain), *map(ord, plain)]
    return rows, becomes


@compiled
def _count(
    codes: Codes,
    offsets: Numbers,
    most: int,
    tables: tuple[Kinds, Codes, Numbers, Codes],
    sought: tuple[Phrases, Phrases, Phrases],
    there: Hashes,
    back: Hashes,
    counts: Numbers,
) -> None:
    kinds_of, small, rows, becomes = tables
    addresses, flagged, either = sought
    length = places(most)
    table, times, often = np.empty(length, np.uint64), np.empty(length, np.int64), np.empty(most, np.int64)
    plain, out, tight = np.empty(most, np.uint32), np.empty(most, np.uint32), np.empty(most, np.uint32)
    sums, grams, words = np.empty(most + 1, np.uint64), np.empty(most, np.uint64), np.empty(most, np.uint64)
    for text in range(len(offsets) - 1):
        column = counts[:, text]
        size = _make_plain(codes, offsets[text], offsets[text + 1], kinds_of, rows, becomes, plain)
        n = _without_spaces(plain, size, tight)
        suspect = find(tight, n, small, either) != 0  # what is not there without spaces is not there at all
        size, n_words = _without_bad_words(plain, size, kinds_of, small, addresses, suspect, out, words, column)
        column[0], column[2] = size, n_words
        if suspect:
            column[8] = _flagged(out, size, kinds_of, small, flagged, tight)
        special = 0
        for i in range(size):
            special += (kinds_of[min(out[i], COVERED)] & SPECIAL) != 0
        column[1] = special
        add_up(out, 0, size, there, sums)
        n = max(size - _CHARACTERS + 1, 0)
        for i in range(n):
            grams[i] = stretch(sums, back, i, i + _CHARACTERS)
        different = frequencies(grams, n, table, times, often)
        column[4], column[5] = n, _most_frequent(often, different)
        n = max(n_words - _WORDS + 1, 0)
        for i in range(n):
            key = words[i]
            for k in range(1, _WORDS):
                key = key * SPREAD + words[i + k]
            grams[i] = key
        different = frequencies(grams, n, table, times, often)
        column[6] = n
        for i in range(different):
            column[7] += often[i] if often[i] > 1 else 0


@compiled
def _make_plain(
    codes: Codes, start: int, stop: int, kinds_of: Kinds, rows: Numbers, becomes: Codes, plain: Codes
) -> int:
    """Copies a text without the blanks around it, with plain blanks and punctuation; its new length."""
    while start < stop and kinds_of[min(codes[start], COVERED)] & SPACE:
        start += 1
    while stop > start and kinds_of[min(codes[stop - 1], COVERED)] & SPACE:
        stop -= 1
    size = 0
    for i in range(start, stop):
        code = codes[i]
        row = rows[code] if 128 <= code < len(rows) else -1
        if row >= 0:
            for k in range(becomes[row, 0]):
                plain[size] = becomes[row, 1 + k]
                size += 1
        else:
            plain[size] = _SPACE if code >= 128 and kinds_of[min(code, COVERED)] & BLANK else code
            size += 1
    return size


@compiled
def _without_spaces(text: Codes, size: int, tight: Codes) -> int:
    n = 0
    for i in range(size):
        tight[n] = text[i]
        n += text[i] != _SPACE
    return n


@compiled
def _bare(text: Codes, first: int, end: int, kinds_of: Kinds) -> tuple[int, int]:
    """The bounds of a word without the special characters around it."""
    while first < end and kinds_of[min(text[first], COVERED)] & SPECIAL:
        first += 1
    while end > first and kinds_of[min(text[end - 1], COVERED)] & SPECIAL:
        end -= 1
    return first, end


@compiled
def _parts(code: int) -> bool:
    return code in (_SPACE, _TAB, _NEWLINE)


@compiled
def _without_bad_words(
    plain: Codes,
    size: int,
    kinds_of: Kinds,
    small: Codes,
    addresses: Phrases,
    suspect: bool,
    out: Codes,
    words: Hashes,
    column: Numbers,
) -> tuple[int, int]:
    """Copies the words that stay, a blank between each two; the new length, and how many hold more than symbols.

    The hashes of those go to `words`. Notes the characters of the longest word. Addresses are sought if `suspect`.
    """
    n, n_words, i, longest = 0, 0, 0, 0
    between = _SPACE  # of all blanks since the last word that stays the widest: a line break, a tab, a space
    while i < size:
        if _parts(plain[i]):
            if plain[i] == _NEWLINE or (plain[i] == _TAB and between != _NEWLINE):
                between = int(plain[i])
            i += 1
            continue
        start = i
        while i < size and not _parts(plain[i]):
            i += 1
        first, end = _bare(plain, start, i, kinds_of)
        length = end - first
        if suspect and find(plain[first:end], length, small[:0], addresses):
            continue
        longest = max(longest, length)
        if i - start > _LONGEST_WORD and (length == 0 or length > _LONGEST_WORD):
            continue
        if n:
            out[n] = between
            n += 1
        for k in range(start, i):
            out[n + k - start] = plain[k]
        n += i - start
        between = _SPACE
        if length == 0:
            continue
        key = _ZERO
        for k in range(first, end):
            code = small[plain[k]] if plain[k] < len(small) else plain[k]
            key = key * SPREAD + (np.uint64(code) + _ONE)
        words[n_words] = mixed(key)
        n_words += 1
    column[3] = longest
    return n, n_words


@compiled
def _flagged(out: Codes, size: int, kinds_of: Kinds, small: Codes, flagged: Phrases, tight: Codes) -> int:
    """Flagged words, and how many different ones occur anywhere once the spaces are gone."""
    n = _without_spaces(out, size, tight)
    found, count = find(tight, n, small, flagged), 0
    for phrase in range(len(flagged[1])):
        count += (found >> phrase) & 1
    i = 0
    while found and i < size:
        start = i
        while i < size and not _parts(out[i]):
            i += 1
        first, end = _bare(out, start, i, kinds_of)
        count += _is_one(find(out[first:end], end - first, small, flagged), end - first, flagged)
        i += 1
    return count


@compiled
def _is_one(found: int, length: int, sought: Phrases) -> bool:
    """Whether a word of this length is one of the phrases that were found in it."""
    same = False
    for phrase in range(len(sought[1])):
        same = same or ((found >> phrase) & 1 == 1 and sought[1][phrase] == length)
    return same


@compiled
def _most_frequent(often: Numbers, different: int) -> int:
    """How often the most frequent occur, as many as the root of all different, but none that occurs once."""
    more = 0
    for i in range(different):
        if often[i] > 1:
            often[more] = often[i]
            more += 1
    taken = min(int(np.sqrt(different)), more)
    ranked = np.sort(often[:more])
    total = 0
    for i in range(more - taken, more):
        total += ranked[i]
    return total
