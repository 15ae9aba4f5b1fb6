"""Search-engine spam."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.measure import measure
from curation.quality.spam.passages import passages
from curation.quality.spam.spam_words import WORDS

_SUSPECT = (
    r"pinja?man (?:online|dana|uang|cepat|tanpa|tunai)|pinjol|dana (?:tunai|cepat|gaib)|gadai bpkb|tanpa (?:jaminan|agunan|bi check)|"
    r"obat (?:kuat|pelangsing|pembesar|aborsi|herbal)|viagra|vitalitas|stamina|tanpa efek samping|pelangsing|"
    r"back ?link|followers|smm|jasa seo|\bjoki\b|jasa (?:skripsi|tesis|pembuatan|penulisan|sedot|angkut|pindahan|cuci|servi)|"
    r"mod apk|apk mod|download apk|unlimited money|robot trading|forex|air ?drop|pesugihan|\bdukun\b|uang gaib|ijazah|"
    r"sedot wc|wc mampet|paket umro?h|paket umrah|rental mobil|sewa mobil|wa\.me|\bcod\b|"
    r"(?:wa|whatsapp|hubungi|telp|telepon)[ :./]{1,3}(?:\+?62|0)8\d|(?:murah|terdekat|bergaransi)\b[^\n]*\b(?:murah|terdekat|bergaransi)\b"
)


def _weigh(goods: int, calls: int, news: int, words: int, reported: bool) -> float:
    if not goods or calls < 2:
        return 0.0
    return min(goods, 3) + calls - 1.5 * news - (4 if reported else 2)


@measure(unit="points")
def spam(documents: Documents) -> pa.Array:
    texts = documents.texts
    suspect = pc.match_substring_regex(texts, _SUSPECT, ignore_case=True)
    some = pc.indices_nonzero(suspect)
    found = np.zeros(len(texts))
    where = some.to_numpy()
    for passage in passages(documents.titles.take(some), documents["body"].take(some), WORDS, _weigh):
        n = where[passage.text]
        found[n] = max(found[n], passage.points)
    return pa.array(found)
