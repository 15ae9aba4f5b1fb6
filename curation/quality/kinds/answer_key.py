"""Answer keys."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.kinds.marks import per_hundred
from curation.quality.measure import measure
from curation.quality.text import count

#: A question's choices (a. ... b. ... c.) and what stands before an answer.
_SOLVED = (
    r"\ba[.)] ?[^.)]{1,80}\bb[.)] ?[^.)]{1,80}\bc[.)]|\bjawab(?:an)?(?:nya)?(?: yang (?:benar|tepat))? ?:|"
    r"\bkunci jawaban (?:\S+ ){0,9}(?:halaman|level|tema|bab|aktivitas|modul) \d|"
    r"\b(?:berikut|simak|inilah) (?:\S+ ){0,6}(?:kunci|contoh) jawaban|\bcontoh jawaban|\b(?:berikut|inilah) jawaban\b|"
    r"\bkunci (?:tebak|susun|teka) (?:\S+ ){0,3}level \d|(?m:^level \d+ ?:)|"
    r"(?m:^(?:mendatar|menurun)\W*$)|(?m:^\d{1,2}[.)] [^\n]{3,60}: [^\n]{2,20}$)"
)
_ASKED = (
    r"kunci jawaban|\bsoal (?:no(?:mor|\.)? )?\d|\b(?:latihan|contoh|kumpulan|\d+) soal\b|"
    r"soal (?:pilihan ganda|esa[iy]|essay|uraian)"
)


@measure(unit="marks per 100 words")
def answer_key(documents: Documents) -> pa.Array:
    """Questions with their choices, and answers, per 100 words; 0 where nothing is answered.

    Schoolbook answers and solutions of word games hold little else. News about exams, even about stolen keys, speak
    of questions and answers but give none.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(answer_key, "1. Ibu kota desa itu ... A. Hulu B. Hilir C. Muara Jawaban: B") > 10
    True
    >>> try_measure(answer_key, "Kunci jawaban ujian itu dijual. Ada 40 soal pilihan ganda, kata polisi.")
    0.0
    """
    solved = count(documents.lower, _SOLVED)
    asked = pc.if_else(pc.greater(solved, 0), count(documents.lower, _ASKED), 0.0)
    return per_hundred(pc.add(solved, asked), documents)
