"""Posts that take a hoax apart."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.kinds.marks import kinds_of, titled
from curation.quality.measure import measure

_LABEL = (
    r"^\W*(?:salah|penipuan|hoaks|hoax|klarifikasi|disinformasi|misinformasi|fitnah|keliru|sesat|menyesatkan|"
    r"misleading|false|edukasi|manipulasi|satire)\W*\]|"
    r"^\W*(?:cek|periksa|klinik) fakta\b|^\W*(?:hoaks|hoax|keliru|salah|sesat|menyesatkan|tidak benar|"
    r"belum terbukti)[:!,]|"
    r"^\W*(?:mis|dis)informasi\b|^\W*(?:tidak benar|keliru),? (?:klaim|video|foto|narasi|unggahan|kabar|pesan|bahwa)\b|"
    r"^\W*(?:awas|waspada)?,? ?hoa(?:ks|x)\b|^\W*klaim\b.{0,90}(?:salah|keliru|hoaks|tidak benar)|"
    r"(?:kumpulan|deretan|ragam|\d) hoaks\b|(?:hoaks atau fakta|fakta atau hoaks|kabar bohong)"
)
_SUBJECT = (
    r"hoaks|hoax|\bfakta|\bklaim|\bditelusuri|\bpenelusuran|\btidak benar|misinformasi|disinformasi|misleading|"
    r"menyesatkan|\bnarasi ?:"
)
_SIGNS = (
    r"(?:pemeriksaan|cek|periksa|pemeriksa|penelusuran) fakta|hasil (?:penelusuran|pemeriksaan|pengecekan|cek fakta)|"
    r"turnbackhoax|\bmenelusuri\b|\bditelusuri\b|\bpenelusuran\b|\bpemeriksaan ?:",
    r"\bkesimpulan|\b(?:status|hasil|kategori|penilaian) ?:",
    r"\bnarasi(?:nya)?\b",
    r"\barsip\b|tangkapan layar|pesan berantai|ditonton|disukai|dibagikan (?:ulang )?(?:lebih|sebanyak|ribuan)",
    r"konten (?:palsu|tiruan|menyesatkan|yang menyesatkan|yang dimanipulasi|manipulasi|dengan konteks)|konteks yang "
    r"salah|koneksi yang salah|(?:misleading|false|fabricated|impost[eo]r|manipulated) (?:content|context|connection)",
    r"\bfaktanya\b|fakta sebenarnya|fakta ?:|benarkah|\bmembantah\b|bantahan",
    r"\bklaim\b|mengklaim|mengeklaim|diklaim",
    r"gambar terbalik|reverse image|google (?:images|lens|gambar)|yandex|invid|kata kunci",
    r"\bunggahan\b|mengunggah|diunggah|beredar|membagikan",
    r"(?:\b(?:adalah|merupakan|termasuk|dipastikan|kategori|itu)|:) (?:hoaks|hoax|salah|keliru|tidak benar|penipuan)\b",
    r"\b(?:referensi|rujukan|penjelasan|sumber) ?(?::|\n|\z)",
)


@measure(unit="signs out of 14")
def fact_check(documents: Documents) -> pa.Array:
    """How many different signs of a fact-check post the page shows: claim, archive, search, verdict ...

    Such a post is about another text and quotes it at length, so that a model would learn the hoax. A label in the
    headline, like [SALAH], counts as three. News about hoaxes and those who spread them show few signs.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(fact_check, "Beredar unggahan dengan narasi gempa. Faktanya, klaim itu salah.", "[SALAH] Gempa")
    8.0
    >>> try_measure(fact_check, "Polisi menangkap penyebar hoaks gempa di Rantaubatu.")
    0.0
    """
    label = titled(documents, _LABEL)
    subject = pc.match_substring_regex(documents.lower, _SUBJECT)
    places = pc.indices_nonzero(pc.or_(subject, pc.greater(label, 0)))
    found = np.zeros(len(documents))
    found[places.to_numpy()] = kinds_of(documents.lower.take(places), _SIGNS).to_numpy()
    return pc.add(pa.array(found), pc.multiply(label, 3.0))
