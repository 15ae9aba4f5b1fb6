"""A text as hashes of its pieces: nobody reads it from them, and who has the text can prove it, piece by piece.

A piece is a paragraph, or several that follow each other where one alone is short enough to be guessed. What is shorter
than that as a whole gets a hash under a key that never leaves the workspace.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from typing import NamedTuple

#: code points from which on a text is hard to guess, even for who knows its address and headline
PIECE = 120
#: and a quote, of which one knows nothing but its place
QUOTE = 40
#: hex digits: 64 bits tell the pieces of a corpus apart
DIGITS = 16

_PARAGRAPH = re.compile(r"\S[^\n]*")


class Piece(NamedTuple):
    """A part of a body: its first code point, its code points, and the hash of its text."""

    start: int
    length: int
    hash: str


def text_hash(text: str) -> str:
    """16 hex of the sha256 of a text.

    >>> text_hash("Warga pulang.")
    '84c580aace92a35a'
    """
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:DIGITS]


def keyed_hash(text: str, key: bytes) -> str:
    """16 hex that only the holder of the key can compute."""
    return hmac.new(key, unicodedata.normalize("NFC", text).encode(), "sha256").hexdigest()[:DIGITS]


def quote_hash(quote: str, key: bytes) -> str:
    """The hash of a quote; keyed where the quote is short."""
    return text_hash(quote) if len(quote) >= QUOTE else keyed_hash(quote, key)


def paragraphs(body: str) -> list[tuple[int, int]]:
    r"""First code point of each paragraph, and the one after it.

    >>> paragraphs("Warga pulang.\n\nAir surut.")
    [(0, 13), (15, 25)]
    """
    return [(match.start(), match.start() + len(match[0].rstrip())) for match in _PARAGRAPH.finditer(body)]


def pieces(body: str) -> list[Piece]:
    r"""The pieces of a body; none of a body that is shorter than one.

    >>> [(one.start, one.length) for one in pieces("a" * 130 + "\n\n" + "b" * 50 + "\n\n" + "c" * 100)]
    [(0, 130), (132, 152)]
    """
    found: list[tuple[int, int]] = []
    start = None
    end = 0
    for first, end in paragraphs(body):
        start = first if start is None else start
        if end - start >= PIECE:
            found.append((start, end))
            start = None
    if start is not None and found:  # a short rest belongs to the piece before
        found[-1] = found[-1][0], end
    return [Piece(first, last - first, text_hash(body[first:last])) for first, last in found]
