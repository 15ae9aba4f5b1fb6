"""Tables."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.measure import measure
from curation.quality.text import count

#: Words that stand in sentences, not in the cells of a table.
_PROSE = (
    "ada|adalah|agar|akan|atau|bagi|bahwa|belum|berada|bisa|dalam|dan|dapat|dari|dengan|di|hanya|hingga|ia|ini|"
    "itu|jadi|jika|juga|karena|kata|ke|kepada|lalu|lebih|maka|melawan|melemah|mencapai|menguat|menit|menjadi|"
    "mereka|naik|namun|oleh|pada|para|persen|poin|saat|saja|sampai|sebagai|sebanyak|sebesar|sedangkan|seharga|"
    "sejak|sekitar|selama|sementara|senilai|serta|sudah|telah|tersebut|tidak|turun|untuk|yakni|yang"
)
#: A word that ends a sentence.
_END = r"\pL[.!?][\"”’)]*$"
#: Words between the numbers of two cells, at most.
_WIDEST = 7
#: Numbers in 100 words below which nobody looks for cells.
_FEWEST = 12.0
#: A line that is a row: a number, a mark between two cells, or names behind one another; and how long it may be.
_ROW = r"\d|[:=|;\t]|\bvs?\b|,[^,]*,"
_LONGEST = 25
#: Words that rows don't hold: a sentence's. (Prices rise and fall in rows, too.)
_SENTENCE = (
    r"\b(?:adalah|agar|akan|atau|bahwa|belum|bisa|dapat|dengan|ia|ini|itu|jika|juga|karena|kata|mengatakan|maka|mereka|"
    r"namun|oleh|pada|para|saat|saja|sebagai|sudah|telah|tersebut|tidak|untuk|yakni|yang|kami|kita|saya|aku|anda|kamu|"
    r"berarti|ialah|merupakan)\b|\pL{2,}[.!?…]+[\"”’)]*$"
)


@measure(unit="share of words")
def table(documents: Documents) -> pa.Array:
    """Share of the words that stand in a table: in lines that are rows, or between two numbers like its cells.

    Prices, scores, standings, timetables. Scrapers often give a table as one line, so that its lines can't be counted;
    then a few names and no sentence between two numbers are cells. Match reports and news of prices set their numbers
    into sentences, and one table among them does no harm.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(table, "Beras Rp 14.000 Gula Rp 17.500 Telur Rp 29.000 Cabai Rp 41.250")
    0.75
    >>> try_measure(table, "Harga beras naik dari Rp 14.000 menjadi Rp 14.500 pada 3 Mei.")
    0.0
    """
    found = np.zeros(len(documents))
    numbers = pc.multiply(count(documents["body"], r"\d+"), 100.0 / _FEWEST)
    places = pc.indices_nonzero(pc.greater(numbers, documents["n_words"].cast(pa.float64())))
    found[places.to_numpy()] = _cells(documents.lower.take(places))
    lines = documents.lines_of_few_words
    row = pc.and_(
        pc.match_substring_regex(lines.text, _ROW),
        pc.invert(pc.match_substring_regex(lines.text, _SENTENCE)),
    ).to_numpy(zero_copy_only=False)
    row &= lines.n_words <= _LONGEST
    return pa.array(np.maximum(found, lines.share(row, len(documents))))


def _cells(texts: pa.Array) -> np.typing.NDArray[np.float64]:
    pieces = pc.split_pattern_regex(texts, r"[\s|,;]+")
    document = pc.list_parent_indices(pieces).to_numpy()
    words = pc.list_flatten(pieces)
    function = pc.is_in(pc.utf8_trim(words, '.,:;!?()[]"”“’-–—'), pa.array(_PROSE.split("|")))
    prose = pc.or_(function, pc.match_substring_regex(words, _END)).to_numpy(zero_copy_only=False)
    number = np.flatnonzero(pc.match_substring_regex(words, r"\d").to_numpy(zero_copy_only=False))
    total = np.maximum(np.bincount(document, minlength=len(texts)), 1)
    before = np.concatenate([[0], np.cumsum(prose)])
    left, right = number[:-1], number[1:]
    near = (document[left] == document[right]) & (right - left <= _WIDEST + 1) & (before[left] == before[right])
    inside = np.bincount(document[left], (right - left) * near, minlength=len(texts))
    return np.asarray(inside / total)
