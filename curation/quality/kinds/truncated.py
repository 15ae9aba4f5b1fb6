"""Texts that break off."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.measure import measure

#: The last characters of a body, where it would break off.
_TAIL = 200
#: Words of a teaser, at most.
_SHORT = 150

_ELSEWHERE = (
    r"(?:selengkapnya|lengkapnya|kelanjutannya|halaman (?:selanjutnya|berikut(?:nya| ?ini)?)|baca lebih lanjut|"
    r"read more|show more|continue reading|lanjut(?:kan)? (?:mem)?baca)"
    r"(?: (?:di|dalam|pada|klik) ?(?:sini|halaman|laman|tautan|link)?(?: \S+){0,3})?[\s.…>»:)!→-]*\z|"
    r"\(?\bbersambung\)?[\s.…]*\z|\bhalaman:?\s*1\s*2\b|\b1\s+2\s+3(?:\s+\d)*\s+(?:selanjutnya|next|lihat semua|>|»)"
)
_BREAKS_OFF = (
    r"(?:[\pL\pN,] ?(?:\.{3,}|…)|[\[(](?:\.{3}|…)[\])])\s*\z|"
    r"[\pL\pN,] (?:adalah|agar|akan|antara|atau|bagi|bahwa|bisa|dalam|dan|dapat|dari|dengan|di|hingga|jika|karena|ke|"
    r"kepada|lebih|maka|namun|oleh|pada|para|saat|sebagai|secara|sehingga|sejak|untuk|yang|seorang|sebuah|serta|masih|"
    r"sedang|setelah|menurut|merupakan|mengatakan|rp)\s*\z"
)
#: A last sentence without an end: words in small letters, a comma, or a quotation that nobody closes.
_OPEN = r"(?: \p{Ll}[\pL’-]*,?){4,}(?: [\pL\pN’-]+){0,3}\s*\z|[,;(]\s*\z|(?:^|\s)“\pL[^”“\"]*\z"


@measure(unit="grade, 0 to 3")
def truncated(documents: Documents) -> pa.Array:
    """How surely the text breaks off.

    3: it sends the reader elsewhere for the rest, or is short and did so before cleaning took the pointer away;
    2: it stops at dots or at a word that leads on, or is short and its last sentence has no end; 1: the same, but it
    is long: often a link to more, or nothing missing but the full stop; 0: it ends.

    >>> from curation.quality.measure import try_measure
    >>> ends = "pulang. Baca selengkapnya", "pulang dan", "pulang."
    >>> [try_measure(truncated, f"Air surut. Warga {end}") for end in ends]
    [3.0, 2.0, 0.0]
    """
    tail = pc.utf8_slice_codeunits(documents.lower, -_TAIL)
    elsewhere = _found(tail, _ELSEWHERE)
    breaks_off = _found(tail, _BREAKS_OFF)
    no_end = _found(pc.utf8_slice_codeunits(documents["body"], -_TAIL), _OPEN)
    pointer = documents.flagged("truncated")
    short = documents["n_words"].to_numpy() < _SHORT
    grades = [elsewhere | (pointer & short), breaks_off | (no_end & short), no_end | pointer]
    return pa.array(np.select(grades, [3.0, 2.0, 1.0], 0.0))


def _found(texts: pa.Array, pattern: str) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = pc.match_substring_regex(texts, pattern).to_numpy(zero_copy_only=False)
    return found
