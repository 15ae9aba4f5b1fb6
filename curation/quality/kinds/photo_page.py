"""Photos."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.kinds.marks import per_hundred, titled
from curation.quality.measure import measure
from curation.quality.text import count

_TITLE = (
    r"^\W*(?:foto|galeri|photo|potret)(?:[- ]foto)?\s?[:|\])–-]|\[foto\]|\(foto\)|"
    r"^(?:foto-foto|foto hari ini|foto pilihan)\b|"
    r"\b\d+ (?:foto|potret)\b|^potret\b|dalam (?:gambar|foto|bingkai)\b|lensa\b"
)
_ADDRESS = r"^https?://(?:foto|photo)\.|/(?:foto|foto-news|photos?|galeri|detikfoto|potret)/|/foto-|/fotostory"
_CAPTIONS = (
    r"\bfoto(?:-foto)?\s?:|\bfotografer\s?:|\bfoto(?: ini)? oleh\b|\bpewarta foto\b|\bantara foto/|/foto\b|\bfoto/|"
    r"(?m:^\W*foto(?: ke-?)? ?\d{1,2}\b)|(?m:^\W*\d{1,2} ?(?:/|dari) ?\d{1,2}(?: foto)?\W*$)|\([a-z. ]+/[a-z. ]+\)|"
    r"\bdok(?:\.|umentasi) ?(?:istimewa|pribadi|humas)|\bfoto (?:lain|selanjut|berikut|sebelum)nya|"
    r"\b(?:lihat|geser|klik|scroll|swipe) (?:\S+ ){0,3}(?:foto|potret|gambar)(?:nya)?\b"
)
#: AGENCY/Name Surname; a Roman number is a regiment's
_CREDIT = r"\b[A-Z]*[A-HJ-UWYZ][A-Z]{3,}(?: [A-Z]\w+){0,2}/[A-Z][a-z]+(?: [A-Z][a-z]+)?"


@measure(unit="marks per 100 words")
def photo_page(documents: Documents) -> pa.Array:
    """Marks of a page that shows photos: in its headline, its address, captions and credits, per 100 words.

    What is written there are captions. An article has a credit or two, which cleaning takes away.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(photo_page, "Warga memanen garam. Foto: Sita Lembayung", "Foto: Panen Garam di Rantaubatu")
    33.333333333333336
    >>> try_measure(photo_page, "Warga memanen garam di Rantaubatu sejak pagi.")
    0.0
    """
    marks = pc.add(count(documents.lower, _CAPTIONS), count(documents["body"], _CREDIT))
    marks = pc.add(marks, titled(documents, _TITLE))
    if "url" in documents.table.column_names:
        address = pc.match_substring_regex(pc.fill_null(documents["url"], ""), _ADDRESS)
        marks = pc.add(marks, address.cast(pa.float64()))
    return per_hundred(marks, documents)
