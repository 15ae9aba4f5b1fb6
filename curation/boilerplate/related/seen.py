"""Headlines of the crawl, found again where other articles link to them."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

LONGEST = 190  # characters of a headline
FEWEST = 4  # words of a headline
_WORD = re.compile(r"\w+")
_SUFFIX = re.compile(r"\s[|–-]\s(?=[^|–-]{3,25}$)")


class _Index(NamedTuple):
    """The headlines as words in lower case, and the first words of each."""

    whole: frozenset[str]
    beginnings: frozenset[str]


_latest: tuple[frozenset[str], _Index] = (frozenset(), _Index(frozenset(), frozenset()))


def is_seen(text: str, seen: frozenset[str]) -> bool:
    """Whether a line is a headline of the crawl, whatever its quotes, spaces and end marks.

    >>> is_seen("‘Harga’ Beras\u00a0Turun  Lagi", frozenset({'"Harga" Beras Turun Lagi'}))
    True
    """
    return bool(seen) and len(text) <= 2 * LONGEST and " ".join(_WORD.findall(text.casefold())) in _index_of(seen).whole


def seen_end(text: str, start: int, stop: int, seen: frozenset[str]) -> int | None:
    """Where the headline of the crawl ends that begins at `start`, if one does.

    >>> text = "Harga Beras Turun Lagi Menurut dia, panen raya sudah dimulai."
    >>> text[seen_end(text, 0, len(text), frozenset({"Harga Beras Turun Lagi"})):]
    ' Menurut dia, panen raya sudah dimulai.'
    """
    if not seen:
        return None
    index, stop_words = _index_of(seen), min(stop, start + LONGEST)
    first = islice(_WORD.finditer(text, start, stop_words), FEWEST)
    if " ".join(word[0].casefold() for word in first) not in index.beginnings:
        return None
    words = list(_WORD.finditer(text, start, stop_words))
    folded = [word[0].casefold() for word in words]
    for count in range(len(words), FEWEST - 1, -1):
        if " ".join(folded[:count]) in index.whole:
            end = words[count - 1].end()
            while end < stop and text[end] in "!?….\"”’')":
                end += 1
            rest = text[end:stop].lstrip()
            # a longer headline may begin as this one does
            return end if not rest or rest[0] in '"“‘' or rest[0].isupper() or rest[0].isdigit() else None
    return None


def _index_of(seen: frozenset[str]) -> _Index:
    """The index of the set that was asked about last; for an equal one, all of its headlines would be compared."""
    global _latest
    if _latest[0] is not seen:
        _latest = seen, _index(seen)
    return _latest[1]


@lru_cache(maxsize=2)
def _index(seen: frozenset[str]) -> _Index:
    """The headlines, without what sites append (*Judul - Warta*)."""
    whole, beginnings = set(), set()
    for title in seen:
        for form in {title, _SUFFIX.split(title)[0]}:
            words = _WORD.findall(form.casefold())
            if len(words) >= FEWEST:
                whole.add(" ".join(words))
                beginnings.add(" ".join(words[:FEWEST]))
    return _Index(frozenset(whole), frozenset(beginnings))
