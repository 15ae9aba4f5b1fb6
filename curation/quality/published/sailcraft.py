"""Sailcraft's rules for Indonesian (Sailor, Dou et al. 2024; after ROOTS, Laurençon et al. 2022).

The text is changed first, as there: punctuation is made plain, words with http, www, .com, href or // go, and so do
words of more than 30 characters. Two things differ. Words stand between blanks, since the SentencePiece model that
Sailcraft cuts them with can't be had offline; and special are all marks, symbols, numbers and blanks of Unicode, of
which Sailcraft lists the ones it met.
"""

from __future__ import annotations

import pyarrow as pa

from curation.quality.documents import Documents
from curation.quality.measure import measure
from curation.quality.published.values import column


@measure(unit="words")
def sailcraft_words(documents: Documents) -> pa.Array:
    """Words that hold more than special characters.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(sailcraft_words, "Harga cabai - naik 5 persen, kata www.contoh.com")
    5.0
    """
    return column(documents, "sailcraft_words")


@measure(unit="characters")
def sailcraft_longest_word(documents: Documents) -> pa.Array:
    """Characters of the longest word, before those over 30 go. Sailcraft cuts such words and rejects no page for them.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(sailcraft_longest_word, "Warga mempertanggungjawabkannya.")
    25.0
    """
    return column(documents, "sailcraft_longest_word")


@measure(unit="share of 10-grams")
def sailcraft_character_repetition(documents: Documents) -> pa.Array:
    """Share that the most frequent ten characters in a row have among all, as many as the root of all different ones.

    Those that occur once are never among them.

    >>> from curation.quality.measure import try_measure
    >>> round(try_measure(sailcraft_character_repetition, "wkwkwkwkwkwkwkwkwkwk begitu kata warga"), 2)
    0.38
    """
    return column(documents, "sailcraft_character_repetition")


@measure(unit="share of 5-grams")
def sailcraft_word_repetition(documents: Documents) -> pa.Array:
    """Share of the five words in a row that occur more than once, in any case; null where there are fewer words.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(sailcraft_word_repetition, "Air di desa itu surut. " * 2)
    0.3333333333333333
    """
    return column(documents, "sailcraft_word_repetition")


@measure(unit="share of characters")
def sailcraft_special(documents: Documents) -> pa.Array:
    """Share of the characters that are marks, symbols, numbers or blanks.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(sailcraft_special, "Rp 5.000,-")
    0.8
    """
    return column(documents, "sailcraft_special")


@measure(unit="share of words")
def sailcraft_flagged(documents: Documents) -> pa.Array:
    """Words that only pornography and abuse write, by words; each once more if it also occurs with the spaces gone.

    The list is short and ours: Sailcraft's holds words that news need.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(sailcraft_flagged, "Situs bokep itu diblokir.")
    0.5
    """
    return column(documents, "sailcraft_flagged")
