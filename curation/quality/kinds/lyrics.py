"""Lyrics and chords."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.kinds.marks import titled
from curation.quality.measure import measure
from curation.quality.text import count

_SONG = (
    r"\blirik\b|\bchord\b|kunci gitar|not (?:angka|pianika)|\blagu\b|\bteks (?:lagu|mars|hymne|himne)|\bmars\b|"
    r"\bhymne\b|\bhimne\b|\bs[ye]lawat|\bsholawat|\bsyair\b|\bpuisi\b|\bpantun\b|\bnasyid\b|\btembang\b|\byel-yel\b"
)
_PARTS = (
    r"\breff?(?:rain)? ?\d?[:\])]|[\[(](?:intro|verse|chorus|bridge|outro|interlude|bait|musik|coda|refrain)\b|"
    r"(?m:^(?:intro|verse|chorus|bridge|outro|interlude|coda|bait|pre-?chorus)(?: ?\d)? ?:)"
)
#: A line of verse, and the words that verse is made of.
_VERSE = r"^[\pL(][^\d:;]*[^\d:;.!?\"”]$|^\pL+$"
_HEART = (
    r"\b(?:aku|kau|engkau|kita|kami|cinta|hati|rindu|kasih|sayang|jiwa|oh|la|mimpi|hatiku|cintaku|kalbu)\b|"
    r"\b\pL{3,}(?:ku|mu)\b"
)
#: Words of a line of verse, the share of the words in such lines, and words of the heart, on a page without a headline
#: that says so.
_WIDEST, _MOST, _HEARTS = 9, 0.8, 4
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*(?:\s+|(?=[A-Z]))")
#: Words of the longest sentence; what runs on beyond is verse without line breaks.
_LONGEST = 40


@measure(unit="share of words")
def lyrics(documents: Documents) -> pa.Array:
    r"""Share of the words that stand in no sentence, on a page that says it gives a song; 0 on any other.

    A page says so in its headline, names a part of a song (intro, verse, reff), or is all short lines about you and
    me. News about a song or its writer are written in sentences, though they quote a line.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(lyrics, "Inilah liriknya.\nHujan turun di ladang\nKau pulang membawa petang", "Lirik Lagu Petang")
    0.8
    >>> try_measure(lyrics, "Penyanyi itu menulis lirik di kapal.", "Lirik Lagu Petang Ditulis di Kapal")
    0.0
    """
    says = pc.or_(pc.greater(titled(documents, _SONG), 0), pc.match_substring_regex(documents.lower, _PARTS))
    lines = documents.lines_of_few_words
    verse = pc.match_substring_regex(lines.text, _VERSE).to_numpy(zero_copy_only=False) & (lines.n_words <= _WIDEST)
    hearts = np.bincount(lines.document, count(lines.text, _HEART), minlength=len(documents))
    sings = (lines.share(verse, len(documents)) >= _MOST) & (hearts >= _HEARTS)
    places = pc.indices_nonzero(pc.or_(says, pa.array(sings)))
    found = np.zeros(len(documents))
    found[places.to_numpy()] = [_verse(text) for text in documents["body"].take(places).to_pylist()]
    return pa.array(found)


def _verse(text: str) -> float:
    sizes = {True: 0, False: 0}
    for line in text.splitlines():
        for part in _SENTENCE.split(line):
            size = len(part.split())
            ended = part.endswith((".", "!", "?", ":", '"', "”")) and not part.endswith("..")
            sizes[ended and size <= _LONGEST] += size
    return sizes[False] / max(sizes[False] + sizes[True], 1)
