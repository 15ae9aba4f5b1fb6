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

#: A pointer to the rest, a button or the pages of an article in parts: the last words of the body. What holds none of
#: the words of the first line isn't read for the rest.
_MAY_POINT = (
    r"lanjut|lengkapnya|berikut|sambung|halaman|laman|more|next|semua|banyak|seluruh|full|view|klik|asli|"
    r"\d[\s>»→)\]]*\z"
)
_PAGE = r"(?:halaman|laman|hal\.?|page|bagian|seri|part)"
_ONE = r"(?:ke-?)?(?:\d{1,2}|dua|kedua|tiga|ketiga|berikut(?:nya| ?ini)?|selanjutnya|lain)"
_ARROWS = r"[\s.…>»:)\]!→-]*\z"
_ELSEWHERE = (
    r"(?:selengkapnya|lengkapnya|kelanjutannya|halaman (?:selanjutnya|berikut(?:nya| ?ini)?)|baca lebih lanjut|"
    r"read more|show more|continue reading|lanjut(?:kan)? (?:mem)?baca)"
    r"(?: (?:di|dalam|pada|klik) ?(?:sini|halaman|laman|tautan|link|aplikasi|situs|edisi)?(?: \S+){0,3})?"
    rf"{_ARROWS}|[\[(]?\b(?:bersambung|sambungan)\b(?: ke (?:\S+ ){{0,3}}\S+)?[)\]]?[\s.…]*\z|"
    rf"\b(?:lanjut(?:kan)?|bersambung|berlanjut|klik|buka|baca) (?:ke |di )?{_PAGE} ?{_ONE}{_ARROWS}|"
    rf"\b{_PAGE} ?:?\s?\d+ ?(?:dari|of|/) ?\d+(?: \pL+){{0,2}}[\s.>»→|]*\z|\b{_PAGE} ?:?\s?1\s?[|,]?\s?2\b|"
    r"\b1\s+2\s+3(?:\s+\d)*\s+(?:selanjutnya|next|lihat semua|>|»)|[.!?\"”)]\s+1(?:\s+\d){1,8}\s*\z|"
    r"(?:[.!?\"”]\s?|[\s\[(])(?:tampilkan|lihat|baca|buka|muat) (?:semua|lebih banyak|seluruh(?:nya)?|semuanya|artikel "
    rf"lengkap|full)[\s…>»)\]!→-]*\z|(?:[.!?\"”]\s|\n\s*|[\[(])(?:load more|next(?: page)?|view all|see more|read full|"
    r"lanjut(?:kan)?|selanjutnya|berikutnya)[\s…>»)\]!→-]*\z|"
    r"(?:[.!?\"”]\s|\n\s*|[\[(])(?:lihat|baca|buka) (?:artikel|berita|sumber|naskah|tulisan)(?:nya)? (?:asli|lengkap|"
    r"penuh)(?:nya)?"
    r"[\s…>»)\]!→-]*\z|[\[(](?:more|read more|selanjutnya|lanjut)[\s.…]*[)\]]\s*\z|"
    r"\b(?:next(?: page)?|(?:halaman )?(?:selanjutnya|berikutnya)) ?: ?[^.!?\n]{3,80}\z|"
    r"\bklik (?:\S+ ){0,6}(?:untuk|agar) (?:\S+ )?(?:mem)?baca\b[^.!?]{0,60}[\s.!]*\z|"
    r"\b(?:nantikan|tunggu|simak|ikuti) (?:kelanjutan|bagian (?:kedua|berikut|selanjut)|"
    r"sambungan)\S*[^.!?]{0,60}[\s.!]*\z"
)
_LEADS_ON = (
    r"adalah|agar|akan|antara|atau|bagi|bahwa|bisa|dalam|dan|dapat|dari|dengan|di|hingga|jika|karena|ke|kepada|ketika|"
    r"lebih|maka|namun|oleh|pada|para|saat|sambil|sampai|sebagai|secara|sehingga|sejak|selain|selama|sementara|seperti|"
    r"serta|setelah|sebelum|tanpa|tentang|terhadap|untuk|yang|seorang|sebuah|masih|sedang|menurut|merupakan|"
    r"mengatakan|rp"
)
_MAY_BREAK_OFF = r"[\pL…\])]\s*\z|\.\.\s*\z|\]\s*\n[^\n]*\z"
_BREAKS_OFF = (
    r"(?:[\pL\pN,] ?(?:\.{3,}|…)|[\[(](?:\.{3}|…)[\])](?:\s*\n[^\n]{0,150})?)\s*\z|"
    rf"[\pL\pN,] (?:{_LEADS_ON})(?:\s+(?:penulis|editor|reporter|pewarta|sumber|foto) ?: ?[^\n.]{{2,40}})?\s*\z"
)
#: A last sentence without an end: words in small letters, a comma, a quotation that nobody closes, or a few words
#: behind a sentence, but on no line of their own: there stands who wrote it.
_NO_END = r"[^\s.!?…\"”’')\]][\s\"”]*\z|“[^”]*\z"
_OPEN = (
    r"(?: [a-z][\w’-]*,?){4,}(?: [\w’-]+){0,3}\s*\z|[,;:(–-]\s*\z|(?:^|\s)“\pL[^”“\"]*\z|"
    r"(?:\S+ ){7,}[a-z][\w’-]*\s*\z|"
    r"[\pL\d][.!?][\"”]? (?:[\"“]?[\w’-]+[, ]+)*[a-z][\w’-]*\s*\z|"
    r"(?:\A|\n)(?:Menurut|Namun|Selain|Sementara|Dalam|Di|Ia|Dia|Tetapi|Meski|Setelah|Ketika|Saat|Untuk|Karena|Akan)"
    r" (?:[^\n.!?\"”]* )?[\w’-]+\s*\z"
)


@measure(unit="grade, 0 to 3")
def truncated(documents: Documents) -> pa.Array:
    """How surely the text breaks off.

    3: it sends the reader elsewhere for the rest, or did so before cleaning took the pointer away;
    2: it stops at dots or at a word that leads on, or is short and its last sentence has no end; 1: the same, but it
    is long: often a link to more, or nothing missing but the full stop; 0: it ends.

    >>> from curation.quality.measure import try_measure
    >>> ends = "pulang. Baca selengkapnya", "pulang dan", "pulang."
    >>> [try_measure(truncated, f"Air surut. Warga {end}") for end in ends]
    [3.0, 2.0, 0.0]
    """
    tail = pc.utf8_slice_codeunits(documents.lower, -_TAIL)
    elsewhere = _found(tail, _ELSEWHERE, among=_MAY_POINT)
    breaks_off = _found(tail, _BREAKS_OFF, among=_MAY_BREAK_OFF)
    no_end = _found(pc.utf8_slice_codeunits(documents["body"], -_TAIL), _OPEN, among=_NO_END)
    pointer = documents.flagged("truncated")
    short = documents["n_words"].to_numpy() < _SHORT
    grades = [elsewhere | pointer, breaks_off | (no_end & short), no_end]
    return pa.array(np.select(grades, [3.0, 2.0, 1.0], 0.0))


def _found(texts: pa.Array, pattern: str, among: str = "") -> npt.NDArray[np.bool_]:
    """Where the pattern occurs, among the texts where a simpler one does."""
    places = pc.indices_nonzero(pc.match_substring_regex(texts, among))
    found = np.zeros(len(texts), bool)
    found[places.to_numpy()] = pc.match_substring_regex(texts.take(places), pattern).to_numpy(zero_copy_only=False)
    return found
