"""Texts as code points, and what each code point is to the recipes."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from curation.kernels.compiled import compiled

Codes = npt.NDArray[np.uint32]
Kinds = npt.NDArray[np.uint16]
Numbers = npt.NDArray[np.int64]

#: Bits of a kind. SPACE: ``str.isspace``; BREAK: ends a line for ``str.splitlines``; LETTER: ``str.isalpha``;
#: WORD: letters, marks and numbers; SYMBOL: a word of these alone is none to Gopher; END: may end a line;
#: PUNCTUATION: Unicode's category P; SPECIAL: neither letter nor mark nor control, or blank; BLANK: a kind of space
SPACE, BREAK, LETTER, WORD, LOWER, UPPER, DIGIT = 1, 2, 4, 8, 16, 32, 64
SYMBOL, END, PUNCTUATION, SPECIAL, BLANK = 128, 256, 512, 1024, 2048

#: Sentence ends of all scripts (Unicode's Sentence_Terminal), which FineWeb wants at the end of a line.
ENDS = (
    "21 2E 3F 589 61D-61F 6D4 700-702 7F9 837 839 83D-83E 964-965 104A-104B 1362 1367-1368 166E 1735-1736 17D4-17D6 "
    "17D9-17DA 1803 1809 1944-1945 1AA8-1AAB 1B5A-1B5B 1B5E-1B5F 1B7D-1B7E 1C3B-1C3C 1C7E-1C7F 203C-203D 2047-2049 "
    "2E2E 2E3C 2E53-2E54 3002 A4FF A60E-A60F A6F3 A6F7 A876-A877 A8CE-A8CF A92F A9C8-A9C9 AA5D-AA5F AAF0-AAF1 ABEB "
    "FE52 FE56-FE57 FF01 FF0E FF1F FF61 10A56-10A57 10F55-10F59 10F86-10F89 11047-11048 110BE-110C1 11141-11143 "
    "111C5-111C6 111CD 111DE-111DF 11238-11239 1123B-1123C 112A9 1144B-1144C 115C2-115C3 115C9-115D7 11641-11642 "
    "1173C-1173E 11944 11946 11A42-11A43 11A9B-11A9C 11C41-11C42 11EF7-11EF8 11F43-11F44 16A6E-16A6F 16AF5 "
    "16B37-16B38 16B44 16E98 1BC9F 1DA88"
)
#: What is no word to Gopher's filter in datatrove, besides the sentence ends: ASCII's punctuation and controls, and
#: some of Chinese, Japanese and typesetters.
SYMBOLS = (
    "0-8 B-1F 21-2F 3A-40 5B-60 7B-9F AB B4 BB 2013-2014 2019 201C-201E 2026 2236 2501 25BA 3001-3002 3008-300D "
    "3010-3011 FF01 FF05 FF08-FF09 FF0C FF0E FF11 FF1A-FF1B FF1F FF5E"
)
#: Beyond stand no letters, blanks or punctuation.
COVERED = 0x40000
#: Beyond stand no capitals.
CASED = 0x20000


@dataclass(frozen=True)
class Characters:
    """The code points of all texts one after the other, the kind of each, and where each text begins."""

    codes: Codes
    kinds: Kinds
    offsets: Numbers

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def longest(self) -> int:
        """Code points of the longest text."""
        return int(np.diff(self.offsets).max(initial=0))

    @property
    def lengths(self) -> Numbers:
        """Code points of each text."""
        return np.diff(self.offsets)


def characters(texts: pa.Array) -> Characters:
    """The code points of a column of texts.

    >>> found = characters(pa.array(["Air", "10°"]))
    >>> "".join(map(chr, found.codes)), found.offsets.tolist()
    ('Air10°', [0, 3, 6])
    """
    texts = pc.fill_null(texts, "")
    codes = np.frombuffer("".join(texts.to_pylist()).encode("utf-32-le"), np.uint32)
    offsets = np.concatenate([[0], np.cumsum(pc.utf8_length(texts).to_numpy(), dtype=np.int64)])
    return Characters(codes, _kinds_of(codes, kinds()), offsets)


@compiled
def _kinds_of(codes: Codes, table: Kinds) -> Kinds:
    found = np.empty(len(codes), np.uint16)
    for i in range(len(codes)):
        found[i] = table[min(codes[i], COVERED)]
    return found


def code_points(ranges: str) -> list[int]:
    """The code points of ranges in hexadecimal.

    >>> code_points("2E 41-43")
    [46, 65, 66, 67]
    """
    bounds = [[int(end, 16) for end in one.split("-")] for one in ranges.split()]
    return [code for bound in bounds for code in range(bound[0], bound[-1] + 1)]


@cache
def kinds() -> Kinds:
    """The kind of each covered code point, and of all beyond as the last one; from the running Python's Unicode.

    >>> table = kinds()
    >>> bool(table[ord("é")] & LETTER), bool(table[ord("7")] & WORD), bool(table[ord("—")] & SYMBOL)
    (True, True, True)
    """
    table = np.zeros(COVERED + 1, np.uint16)
    every = [chr(code) for code in range(COVERED)]
    categories = np.array([unicodedata.category(one) for one in every])
    major = categories.astype("U1")
    spaces = np.array([one.isspace() for one in every])
    breaks = np.array([len(f"{one}.".splitlines()) > 1 for one in every[:0x2030]])
    table[:-1] |= np.where(spaces, SPACE | SPECIAL, 0).astype(np.uint16)
    table[: len(breaks)] |= np.where(breaks, BREAK, 0).astype(np.uint16)
    for kind, where in (
        (LETTER | WORD, major == "L"),
        (WORD, np.isin(major, ("M", "N"))),
        (LOWER, categories == "Ll"),
        (UPPER, categories == "Lu"),
        (DIGIT, categories == "Nd"),
        (PUNCTUATION, major == "P"),
        (SPECIAL, np.isin(major, ("N", "P", "S", "Z"))),
        (BLANK, categories == "Zs"),
    ):
        table[:-1][where] |= kind
    table[code_points(ENDS)] |= END | SYMBOL
    table[code_points(SYMBOLS)] |= SYMBOL
    table[0xFFFC] |= BLANK  # the place of an object; Sailcraft makes it a space
    return table


@cache
def lower() -> Codes:
    """The small letter of each code point that may be a capital; itself where that would be two.

    >>> table = lower()
    >>> chr(table[ord("Ä")]), chr(table[ord("İ")]), chr(table[ord("-")])
    ('ä', 'İ', '-')
    """
    small = [chr(code).lower() for code in range(CASED)]
    return np.array([ord(one) if len(one) == 1 else code for code, one in enumerate(small)], np.uint32)
