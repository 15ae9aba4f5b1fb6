"""What each code point is to a shingle: a lower-case letter, a separator, or a case for Python itself.

The table is made from the running Python (its Unicode version decides what a letter is), so that a kernel that reads it
agrees with :func:`curation.dedup.shingle.words` by construction. A text may go by the table alone only if none of
its code points is :data:`OUTSIDE`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import numpy as np
import numpy.typing as npt

#: Code points that the table covers: the basic plane and the one with the emoji.
COVERED = 0x20000
#: In the table: where NFC or lower-casing depends on the neighbours, or one letter becomes two or takes more or fewer
#: bytes.
OUTSIDE = 0xFFFFFFFF

#: Vowels and finals that join a Korean syllable before them (Unicode, section 3.12); their decomposition is
#: arithmetic, so no table of the standard library lists them.
_JAMO = (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))
_FINAL_SIGMA = 0x3A3
_SURROGATES = slice(0xD800, 0xE000)


@cache
def letters() -> npt.NDArray[np.uint32]:
    """For each covered code point its lower-case form, 0 for a separator, or :data:`OUTSIDE`.

    >>> table = letters()
    >>> chr(table[ord("É")]), int(table[ord("—")]), int(table[0x301]) == OUTSIDE
    ('é', 0, True)
    """
    every = [chr(code) for code in range(COVERED)]
    lower = [one.lower() for one in every]
    is_letter = re.compile(r"\w").match
    found = [ord(low) if len(low) == 1 and is_letter(low) else 0 for low in lower]
    table = np.array(found, np.uint32)
    table[_outside(every, lower)] = OUTSIDE
    table[_SURROGATES] = OUTSIDE
    return table


@cache
def lowered() -> npt.NDArray[np.uint32]:
    """The same for texts that are in NFC and lower case already: then no code point depends on its neighbours.

    >>> table = lowered()
    >>> chr(table[ord("ς")]), int(table[0x301])
    ('ς', 0)
    """
    is_letter = re.compile(r"\w").match
    table = np.array([code if is_letter(chr(code)) else 0 for code in range(COVERED)], np.uint32)
    table[_SURROGATES] = OUTSIDE
    return table


def _outside(every: list[str], lower: list[str]) -> list[int]:
    canonical = (form.split() for form in map(unicodedata.decomposition, every) if form and form[0] != "<")
    joins = {int(part, 16) for first, *rest in canonical for part in rest}
    alone = [
        code
        for code, one in enumerate(every)
        if (lower[code] != one and (len(lower[code]) != 1 or _bytes(lower[code]) != _bytes(one)))
        or unicodedata.combining(one)
        or unicodedata.normalize("NFC", one) != one
    ]
    return [*alone, *(code for code in joins if code < COVERED), *_JAMO, _FINAL_SIGMA]


def _bytes(letter: str) -> int:
    return len(letter.encode("utf-8", "surrogatepass"))
