"""Horoscopes."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.kinds.marks import kinds_of, per_hundred
from curation.quality.measure import measure
from curation.quality.text import count

_SIGN = r"(?:aries|taurus|gemini|cancer|leo|virgo|libra|scorpio|sagit{1,2}arius|capricorn|aquarius|pisces)"
#: Without one of these, Leo is a man, Gemini a program, Cancer a disease and a dream a wish.
_SUBJECT = (
    r"zodiak|horoskop|\bshio\b|primbon|\bweton\b|(?:tafsir|arti) mimpi|\bwuku\b|\btarot\b|feng ?shui|"
    rf"ramalan {_SIGN}|{_SIGN}:|\b(?:sagit{{1,2}}arius|capricorn|aquarius|pisces|taurus)\b|{_SIGN} hari ini|"
    r"(?:angka|warna) (?:keberuntungan|hoki) ?:|angka kelahiran|\bnumerologi|\bkedutan\b|tahi lalat|garis tangan|"
    r"\bneptu\b|"
    r"\b(?:kliwon|pahing|legi)\b|mimpi (?:\S+ ){0,4}(?:apa artinya|pertanda|menurut|berarti|menandakan)|peruntungan"
)
#: A headline that promises a fortune.
_TITLE = (
    rf"\b(?:ramalan|peruntungan|horoskop|karakter|watak|sifat) (?:\S+ ){{0,2}}(?:zodiak|bintang|shio|weton|{_SIGN})|"
    r"\b(?:zodiak|shio|weton|horoskop)\b(?: \S+){0,4} (?:hari ini|besok|pekan ini|minggu ini|bulan ini|paling|yang|"
    r"ini)\b|"
    r"(?:arti|tafsir|makna) (?:mimpi|kedutan|(?:letak )?tahi lalat|garis tangan|bersin|telinga berdenging)|"
    r"\bmimpi\b(?: \S+){1,4}[,?:] (?:apa (?:arti|makna)|pertanda|ini arti|tanda)|(?:menurut|kata) primbon|"
    r"\bprimbon\b|\bhari baik\b|kalender jawa|\bnumerologi (?:kelahiran|hari|nama)|\b\d+ (?:zodiak|shio|weton|"
    r"arti mimpi)|\btarot\b"
)
_TERMS = (
    r"\baries\b|\bkuda\b",
    r"\btaurus\b|\bkambing\b",
    r"\bgemini\b|\bmonyet\b",
    r"\b(?:cancer|kanser)\b|\bayam\b",
    r"\bleo\b|\banjing\b",
    r"\bvirgo\b|\bbabi\b",
    r"\blibra\b|\btikus\b",
    r"\bs[ck]orpio\b|\bkerbau\b",
    r"\bsagit{1,2}arius\b|\bmacan\b|\bharimau\b",
    r"\bcapricorn\b|\bkelinci\b",
    r"\b(?:aquarius|akuarius)\b|\bnaga\b",
    r"\bpisces\b|\bular\b",
    r"\bramalan|\bperuntungan",
    r"\bprimbon\b",
    r"\bweton\b|\bneptu\b",
    r"\bwuku\b|\bhari pasaran\b|\b(?:kliwon|pahing|legi|wage)\b",
    r"\bkedutan\b|\btahi lalat|\bgaris tangan",
    r"\bmimpi|\bbermimpi|\bpertanda\b",
    r"\btarot\b|\bkartu \d|\bnumerologi|\bangka kelahiran|\bfeng ?shui",
    r"\basmara|\bcinta|\bpercintaan|\bjodoh|\b(?:ber)?pasangan(?:mu)?\b|\bhatimu",
    r"\bkeuangan|\brezeki|\bsoal uang|\bdompet",
    r"\bkarier|\bkarir",
    r"\bhoki\b|\bkeberuntungan|\bberuntung\b|\bhari baik\b",
    r"\bkesehatan ?:|\bjaga (?:kesehatan|pola)|\bmood\b|\bberarti\b(?s:.{1,120})\bberarti\b|\bmenandakan\b",
)
#: Terms that any text may hold.
_FEWEST = 3
_SAID = (
    r"[\"”’,] ?(?:kata|ujar|tutur|ungkap|jelas|tulis|imbuh|ucap|tambah|papar|terang)(?:nya)?\b|"
    r"\b(?:mengatakan|menuturkan|menyatakan|mengungkapkan|mengaku|mengakui|menjelaskan)\b"
)


@measure(unit="terms per 100 words")
def horoscope(documents: Documents) -> pa.Array:
    """Different terms of fortune-tellers per 100 words (signs, luck in love and money), less two for each quotation.

    A headline that promises a fortune counts as two. A horoscope goes through the signs and quotes nobody. News about
    an astrologer or on somebody's sign name few (fewer than three count as none), and somebody says something.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(horoscope, "Ramalan zodiak hari ini. Aries: rezeki datang. Leo: asmara membaik.") > 10
    True
    >>> try_measure(horoscope, "Ia didekati pria berzodiak Libra. Libra itu tekun, kata dia.")
    0.0
    """
    titles = pc.utf8_lower(documents.titles)
    subject = pc.match_substring_regex(documents.lower, _SUBJECT)
    places = pc.indices_nonzero(pc.or_(subject, pc.match_substring_regex(titles, _SUBJECT)))
    texts = pc.binary_join_element_wise(titles.take(places), documents.lower.take(places), "\n")
    promised = pc.match_substring_regex(titles.take(places), _TITLE).to_numpy(zero_copy_only=False)
    terms = kinds_of(texts, _TERMS).to_numpy() + 2 * promised - 2 * count(texts, _SAID).to_numpy()
    found = np.zeros(len(documents))
    found[places.to_numpy()] = np.where(terms >= _FEWEST, terms, 0.0)
    return per_hundred(pa.array(found), documents)
