"""Photos."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.kinds.marks import FEW, in_few_words, per_hundred, titled
from curation.quality.measure import measure
from curation.quality.text import count

_TITLE = (
    r"^\W*(?:foto|galeri|photo|potret|album|slide|bidikan|jepretan|infografis)(?:[- ]foto)?\s?[:|\])–-]|\[foto\]|"
    r"\(foto\)|"
    r"^(?:foto-foto|foto hari ini|foto pilihan|foto jurnalistik|galeri|album)\b|\bfoto-foto\b|"
    r"\b\d+ (?:foto|potret)\b|^potret\b|dalam (?:gambar|foto|bingkai)\b|lensa\b"
)
_ADDRESS = r"^https?://(?:foto|photo)\.|/(?:foto|foto-news|photos?|galeri|detikfoto|potret)/|/foto-|/fotostory"
_CAPTIONS = (
    r"\b(?:foto|keterangan)(?:[- ]foto)?(?: \d{1,2})?\s?:|\bfotografer\s?:|\bfoto(?: ini)? oleh\b|\bpewarta foto\b|"
    r"\bantara foto/|/foto\b|\bfoto/|"
    r"(?m:^\W*foto(?: ke-?)? ?\d{1,2}\b)|(?m:^\W*\d{1,2} ?(?:/|dari) ?\d{1,2}(?: foto)?\W*$)|\([a-z. ]+/[a-z. ]+\)|"
    r"\bdok(?:\.|umentasi) ?(?:istimewa|pribadi|humas)|\bfoto (?:lain|selanjut|berikut|sebelum)nya|"
    r"\b(?:lihat|geser|klik|scroll|swipe|usap|gulir) (?:\S+ ){0,3}(?:foto|potret|gambar)(?:nya)?\b"
)
#: AGENCY/Name Surname (a Roman number is a regiment's), outlet.id/Name, Name Surname/Outlet at the end of a line; an
#: account
_CREDIT = (
    r"\b[A-Z]*[A-HJ-UWYZ][A-Z]{3,}(?: [A-Z]\w+){0,2}/[A-Z][a-z]+(?: [A-Z][a-z]+)?|\w\.(?:com|id|net|tv|co)/[A-Z][a-z]+|"
    r"(?m:[.)] ?[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}/[A-Z][A-Za-z]+(?: [A-Z][a-z]+){0,2}\W*$)|"
    r"(?m:[.)] ?[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}(?:/[A-Za-z]{2,6}){1,3}\.?\W*$)|©|"
    r"[(\[](?:Instagram|IG|Twitter|X|TikTok|YouTube|Facebook|Dok|Istimewa|Ist)\b[^)\]\n]{0,50}[)\]]|"
    r"(?m:^\W*(?:Instagram|IG|Twitter|X|TikTok|YouTube|Facebook)[ /:.]+@?\w)"
)
#: What stands in the few words below a picture.
_FEW = r"\bfoto|\bpotret|\bgaleri|\binfografi[sk]|\bjepretan|\bbidikan|\blensa\b|\bkamera\b|\bgambar\b|\balbum\b"


@measure(unit="marks per 100 words")
def photo_page(documents: Documents) -> pa.Array:
    """Marks of a page that shows photos: in its headline, its address, captions and credits, per 100 words.

    What is written there are captions. An article has a credit or two, which cleaning takes away; where it took away
    captions and left next to nothing, it said so.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(photo_page, "Warga memanen garam. Foto: Sita Lembayung", "Foto: Panen Garam di Rantaubatu")
    41.666666666666664
    >>> try_measure(photo_page, "Warga memanen garam di Rantaubatu sejak pagi.")
    0.0
    """
    marks = pc.add(count(documents.lower, _CAPTIONS), count(documents["body"], _CREDIT))
    told = pc.or_(pc.greater(marks, 1.0), pc.less(documents["n_words"], FEW))
    marks = pc.if_else(told, marks, 0.0)
    marks = pc.add(pc.add(marks, titled(documents, _TITLE)), pc.multiply(in_few_words(documents, _FEW), 0.5))
    marks = pc.add(marks, pa.array(documents.flagged("photo_page").astype(np.float64)))
    if "url" in documents.table.column_names:
        address = pc.match_substring_regex(pc.fill_null(documents["url"], ""), _ADDRESS)
        marks = pc.add(marks, address.cast(pa.float64()))
    return per_hundred(marks, documents)
