"""Bytes to text: which encoding it is, and what to do with bytes that fit none.

Nothing here raises. What can't be a character becomes U+FFFD and is counted, so that the count can be
stored with the article and a broken crawl shows in the report.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

#: What a page says about itself in its first bytes: <meta charset="...">, <?xml encoding="...">.
_DECLARED = re.compile(rb"""(?i)<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{3,40})""")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UNUSABLE = re.compile("[\x00\ud800-\udfff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
#: Encodings that pages are written in; Python's other codecs (idna, unicode_escape ...) are none of them.
_WEB_CHARSETS = re.compile(
    r"utf-?8|us-ascii|ascii|latin-?1|iso-?8859-?\d{1,2}|(windows|cp)-?125\d|big5|gb(k|2312|18030)"
    r"|shift-jis|euc-(jp|kr)|koi8-[ru]|tis-620"
)
#: browsers read these as cp1252
_WESTERN_NAMES = re.compile(r"us-ascii|ascii|latin-?1|iso-?8859-?1")

#: Above this share of bytes outside ASCII a text is not written in a western alphabet.
_WESTERN = 0.2


class Decoded(NamedTuple):
    """A text, and how many bytes or characters had to be replaced by U+FFFD."""

    text: str
    n_replaced: int


def repair(text: str) -> Decoded:
    r"""A string without NULs and lone surrogates, which no Arrow or Parquet string may hold.

    >>> repair("Kabar\x00 baik \ud83d")
    Decoded(text='Kabar� baik �', n_replaced=2)
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return Decoded(*_UNUSABLE.subn("\ufffd", text))
    return Decoded(*_UNUSABLE.subn("\ufffd", text)) if "\0" in text else Decoded(text, 0)


def decode(data: bytes, charset: str | None = None, *, html: bool = False) -> Decoded:
    r"""The text of some bytes.

    In this order: a byte order mark; valid UTF-8, whatever the page claims (a wrong ``iso-8859-1`` is common);
    UTF-16 without a mark; the charset of the HTTP header, then of the page; damaged UTF-8; cp1252 where most
    is ASCII; and what charset-normalizer finds.

    >>> decode("‘Kabar’ baik".encode("cp1252"))
    Decoded(text='‘Kabar’ baik', n_replaced=0)
    >>> decode(b"Kabar \xe2\x80\x9cbaik\xe2\x80\x9d dari \xe2\x80")
    Decoded(text='Kabar “baik” dari ��', n_replaced=2)
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _forced(data[len(mark) :], encoding)
    if (wide := _utf16(data)) is not None:
        return _forced(data, wide)
    try:
        return repair(data.decode())
    except UnicodeDecodeError:
        pass
    declared = [charset] if charset else []
    if html and (found := _DECLARED.search(data, 0, 4096)):
        declared.append(found[1].decode("ascii", "replace"))
    for name in declared:
        if (fitting := _strict(data, name)) is not None:
            return repair(fitting)
    return _undeclared(data)


def _undeclared(data: bytes) -> Decoded:
    damaged = _forced(data, "utf-8")
    if 2 * damaged.n_replaced <= len(_NOT_ASCII.findall(damaged.text)):
        return damaged
    if damaged.n_replaced <= _WESTERN * len(data):
        return _forced(data, "cp1252")
    from charset_normalizer import from_bytes

    best = from_bytes(data[:8192]).best()
    return _forced(data, best.encoding) if best else damaged


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: in western text every second byte is NUL."""
    head = data[:512]
    odd, even = head[1::2].count(0), head[0::2].count(0)
    if len(head) >= 4 and max(odd, even) > 0.8 * (len(head) // 2) and min(odd, even) == 0:
        return "utf-16-le" if odd else "utf-16-be"
    return None


def _strict(data: bytes, name: str) -> str | None:
    """The text if the charset is one of the web's and every byte fits it."""
    name = name.lower().replace("_", "-")
    if not _WEB_CHARSETS.fullmatch(name):
        return None
    try:
        return data.decode("cp1252" if _WESTERN_NAMES.fullmatch(name) else name)
    except (LookupError, UnicodeError):
        return None


def _forced(data: bytes, encoding: str) -> Decoded:
    """The text whatever it takes."""
    if encoding in {"utf-8", "cp1252"}:  # bad bytes become lone surrogates, which `repair` counts
        return repair(data.decode(encoding, "surrogateescape"))
    text, n_unusable = repair(data.decode(encoding, "replace"))
    return Decoded(text, max(n_unusable, text.count("\ufffd")))
