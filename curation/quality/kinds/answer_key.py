"""Answer keys."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.kinds.marks import per_hundred, titled
from curation.quality.measure import measure
from curation.quality.text import count

#: A question's choices (a. ... b. ... c.) and what stands before an answer.
_SOLVED = (
    r"\ba[.)] ?[^.)]{1,80}\bb[.)] ?[^.)]{1,80}\bc[.)]|\bjawab(?:an)?(?:nya)?(?: yang (?:benar|tepat))? ?:|"
    r"\b(?:pembahasan|penyelesaian|kunci) ?: ?\S|"
    r"\bkunci jawaban (?:\S+ ){0,9}(?:halaman|level|tema|bab|aktivitas|modul) \d|"
    r"\b(?:berikut|simak|inilah) (?:\S+ ){0,6}(?:kunci|contoh) jawaban|\bcontoh jawaban|\b(?:berikut|inilah) jawaban\b|"
    r"\bkunci (?:tebak|susun|teka) (?:\S+ ){0,3}level \d|(?m:^level \d+ ?:)|"
    r"(?m:^(?:mendatar|menurun)\b ?(?::|\W*$))|\bpilihlah (?:salah satu )?jawaban"
)
_ASKED = (
    r"kunci jawaban|\bsoal (?:no(?:mor|\.)? )?\d|\b(?:latihan|contoh|kumpulan|\d+) soal\b|"
    r"soal (?:pilihan ganda|esa[iy]|essay|uraian)"
)
#: A headline that promises answers, and below it the items of any list.
_TITLE = (
    r"\bjawaban(?:nya)?\b|\bkuncinya\b|\btebak-?tebakan\b|\b(?:contoh|latihan|kumpulan|bank|prediksi|bocoran|"
    r"pembahasan|\d+) soal\b|"
    r"\bsoal (?:dan|&|uts|uas|pts|pas|sas|sts|tka|cpns|pppk|utbk|snbt|hots|essay|esai|pilihan|ujian|ulangan|"
    r"latihan|cerdas|tes|kuis|olimpiade|matematika|ipa|ips|bahasa|sejarah|pkn|agama|fisika|kimia|biologi|geografi|"
    r"kelas)|"
    r"\b(?:tebak|susun|cari|isi) (?:gambar|kata|lagu|nama)\b.{0,30}\blevel\b|\btts\b|\bteka[- ]teki\b|\bkunci\W*$"
)
_ITEM = r"(?:^|\s)\d{1,3}[.)] ?\pL|(?:^|\s)[a-e][.)] \S|\blevel \d+\b|\.{3,}|\bjawab\b|\s=\s|\?\s+\pL|\bditanya\b"
#: Items that a report about an exam may hold.
_BY_CHANCE = 3


@measure(unit="marks per 100 words")
def answer_key(documents: Documents) -> pa.Array:
    """Questions with their choices, and answers, per 100 words; 0 where nothing is answered.

    Below a headline that promises answers, the items of a list count as well. Schoolbook answers and solutions of word
    games hold little else. News about exams, even about stolen keys, speak of questions and answers but give none.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(answer_key, "1. Ibu kota desa itu ... A. Hulu B. Hilir C. Muara Jawaban: B") > 10
    True
    >>> try_measure(answer_key, "Kunci jawaban ujian itu dijual. Ada 40 soal pilihan ganda, kata polisi.")
    0.0
    """
    solved = count(documents.lower, _SOLVED)
    asked = pc.if_else(pc.greater(solved, 0), count(documents.lower, _ASKED), 0.0)
    marks = pc.add(solved, asked).to_numpy(zero_copy_only=False).copy()
    places = pc.indices_nonzero(titled(documents, _TITLE))
    items = count(documents.lower.take(places), _ITEM).to_numpy()
    marks[places.to_numpy()] += np.where(items > _BY_CHANCE, items, 0.0)
    return per_hundred(pa.array(marks), documents)
