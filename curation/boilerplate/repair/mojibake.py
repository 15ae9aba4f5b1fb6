"""Characters read with the wrong code table."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from curation.boilerplate.repair.invisible import visible
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from curation.lines import Edit, Lines
    from curation.rule import Context

#: bytes that go on with a UTF-8 sequence; those that begin one of two, three and four bytes
_REST, _TWO, _THREE, _FOUR = range(0x80, 0xC0), range(0xC2, 0xE0), range(0xE0, 0xF0), range(0xF0, 0xF5)
#: quotes, dashes and the like in Mac Roman: as first bytes they would be Cyrillic, more often they are themselves
_MAC_MARKS = {*range(0xC7, 0xCB), *range(0xD0, 0xD6)}


def _table(codec: str, without: frozenset[int] | set[int] = frozenset()) -> dict[str, int]:
    """The byte behind each character of the upper half of a code table; bytes that it lacks stand for themselves."""
    return {
        bytes([byte]).decode(codec, "ignore") or chr(byte): byte for byte in range(0x80, 256) if byte not in without
    }


def _sequences(table: Mapping[str, int]) -> str:
    """A pattern, for Python and RE2, of UTF-8 sequences as they look when read with a table."""
    chars = [
        "".join(re.escape(char) for char, byte in table.items() if byte in b) for b in (_REST, _TWO, _THREE, _FOUR)
    ]
    rest, two, three, four = chars
    return f"(?:[{two}][{rest}]|[{three}][{rest}]{{2}}|[{four}][{rest}]{{3}})+"


#: Windows-1252 lacks some bytes, and Latin-1 shows all of them as control characters
_WINDOWS = {chr(byte): byte for byte in range(0x80, 0xA0)} | _table("cp1252")
_MAC = _table("mac_roman", _MAC_MARKS)
_TABLES = [(re.compile(_sequences(table)), table) for table in (_WINDOWS, _MAC)]
#: an *A* that lost its no-break space, a closing quote that lost its last byte
_LOST_SPACE, _LOST_QUOTE = "\u00c2", "\u00e2\u20ac"
#: what one sequence alone may stand for: Latin letters, punctuation, symbols; several in a row are no accident
_COMMON = re.compile("[\u00a0-\u017f\u0600-\u067f\u1e00-\u22ff\u2500-\u27bf\ufe0f\ufeff\U0001f000-\U0001faff]")
#: a stretch beyond ASCII; one character alone (mostly a quote) only if it may be wrong
_STRETCH = re.compile("[^\x00-\x7f](?:[^\x00-\x7f]+|(?<=[\u0080-\u0084\u0086-\u009f\u00c2]))")
_RUN = re.compile(
    "|".join([*(pattern.pattern for pattern, _ in _TABLES), "\u00e2\u20ac|\u00c2|[\u0080-\u0084\u0086-\u009f]"])
)
#: a letter with a quote, a dash or a space (*SERTÃ”*, *Ø 5*): no sequence, unless the word goes on
_LETTER_AND_MARK = re.compile("[\u00c2-\u00df][\u2018-\u201d\u2013\u2014\u2026\u2022]|[\u00c4-\u00df]\u00a0")
#: as often may a text have been read wrongly
_TIMES = 4


@rule(
    step="characters",
    grain="inline",
    shape=_RUN.pattern,
    beyond_ascii=True,
    source="one crawler of 2019 (tempo, kompas, sindonews, okezone): UTF-8 read as Mac Roman",
)
def mojibake(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Read again, as UTF-8, what was read as Windows-1252, Latin-1 or Mac Roman.

    Only whole UTF-8 sequences are read again: a word in capitals with *Ã* and a lone *¬* stay.

    >>> after(mojibake, "â€œAir surut,â€ kata Sinta di CafÃ© Lintang.")
    '“Air surut,” kata Sinta di Café Lintang.'
    >>> after(mojibake, "‚ÄúAir surut,‚Äù kata¬†Sinta. SÃO PAULO ¬ tetap.")
    '“Air surut,” kata Sinta. SÃO PAULO ¬ tetap.'
    """
    for line in lines:
        for stretch in _STRETCH.finditer(line.text):
            at = stretch.start()
            for start, end, read in _readings(stretch[0]):
                if _is_wrong(line.text, at + start, at + end):
                    yield line.cut(at + start, at + end, read)


@lru_cache(maxsize=4_096)
def _readings(stretch: str) -> tuple[tuple[int, int, str], ...]:
    """The runs of a stretch that can be read again, and how; a wrong code table gives few stretches, over and over."""
    runs = ((found.start(), found.end(), found[0]) for found in _RUN.finditer(stretch))
    return tuple((start, end, visible(read)) for start, end, run in runs if (read := reread(run)) != run)


def _is_wrong(text: str, start: int, end: int) -> bool:
    """Whether what stands around a run allows that it was read wrongly."""
    run, before, after = text[start:end], text[max(0, start - 1) : start], text[end : end + 1]
    if run == _LOST_SPACE:
        return not before.isalpha() and after in ("", " ", "\u00a0")
    if run == _LOST_QUOTE:
        return not after.isalnum()
    return not _LETTER_AND_MARK.fullmatch(run) or after.isalpha()


def reread(text: str) -> str:
    """A run of characters read with the right code table; itself, if that is no text.

    >>> reread("Ã¢â‚¬Å“"), reread("Ã")
    ('“', 'Ã')
    """
    if text in (_LOST_SPACE, _LOST_QUOTE):
        return "" if text == _LOST_SPACE else "\u201d"
    if len(text) == 1 and "\u0080" <= text <= "\u009f":
        return bytes([ord(text)]).decode("cp1252", "ignore")
    for _ in range(_TIMES):
        for pattern, table in _TABLES:
            read = _decoded(text, table) if pattern.fullmatch(text) else None
            if read is not None:
                text = read
                break
        else:
            break
    return text


def _decoded(text: str, table: Mapping[str, int]) -> str | None:
    try:
        read = bytes(table[char] for char in text).decode("utf-8")
    except UnicodeDecodeError:
        return None
    if len(read) == 1:
        return read if _COMMON.match(read) else None
    return (
        read
        if all(char.isprintable() or _COMMON.match(char) or "\u0080" <= char <= "\u009f" for char in read)
        else None
    )
