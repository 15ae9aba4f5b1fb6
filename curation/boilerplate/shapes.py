"""What a line looks like: prose, a headline, a sentence that goes on. Shared by the rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curation.lines import Line, Lines

_SENTENCE_END = re.compile(r"""[.!?…]["'”’)\]]*$|[.!?]\s*\*{2,}$""")
#: no end of a sentence is longer: a mark, quotes, an end mark
_LONGEST_END = 24
#: characters of a text that is below a film, not beside it: some 55 words
_FEW = 400
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


def words(text: str) -> list[str]:
    """The words of a line, hyphenated ones whole.

    >>> words("Bupati tinjau 3 desa-desa.")
    ['Bupati', 'tinjau', '3', 'desa-desa']
    """
    return _WORD.findall(text)


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does.

    >>> ends_sentence("Harga beras turun.”"), ends_sentence("Harga Beras Turun")
    (True, False)
    """
    return bool(_SENTENCE_END.search(text, max(0, len(text) - _LONGEST_END)))


def is_prose(text: str) -> bool:
    """Whether a line reads like a paragraph: a sentence of some length, or simply long.

    >>> is_prose("Menurut dia, harga beras di pasar itu sudah turun sejak Senin."), is_prose("3 menit baca")
    (True, False)
    """
    return len(text) > 200 or (ends_sentence(text) and len(words(text)) >= 8)


def of_few_words(lines: Lines, document: int) -> bool:
    """Whether a text is so short that a player, or a pointer to a film, is what its page is about.

    >>> from curation.lines import Lines
    >>> of_few_words(Lines.of(["Sapi itu selamat. Simak videonya"]), 0)
    True
    """
    return len(lines.texts[document]) < _FEW


def is_headline(text: str) -> bool:
    """Whether a line could be a headline: of some words, most of them capitalised, no full stop.

    >>> is_headline("Harga Beras di Pasar Induk Turun Dua Pekan Berturut-turut")
    True
    >>> is_headline("Pemerintah akan menaikkan tarif parkir")
    False
    """
    if not 12 <= len(text) <= 170 or text.endswith((".", ",", ";")):
        return False
    found = [word for word in words(text) if word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in found)
    return len(found) >= 3 and capitals >= 0.5 * len(found)


def folded(text: str) -> str:
    """A line as headlines are compared: words in lower case, no punctuation.

    >>> folded("‘Harga’ Beras: Turun!")
    'harga beras turun'
    """
    return " ".join(words(text.casefold()))


def nothing_above(line: Line) -> bool:
    """Whether no line above this one reads like a paragraph: it is the lead, or stands above the lead."""
    above = line.previous
    while above is not None:
        if is_prose(above.text):
            return False
        above = above.previous
    return True
