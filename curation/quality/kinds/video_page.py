"""Videos."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.kinds.marks import in_few_words, per_hundred, titled
from curation.quality.measure import measure
from curation.quality.text import count

_TITLE = (
    r"^\W*(?:full )?video\b\s?(?:[:|–-]|\p{Lu})|^\W*(?:cuplikan|highlights?|podcast|vlog|trailer)\b|"
    r"\[(?:full )?video\]|\(video\)|\bvideo:|^\W*(?:live )?streaming\b|\[streaming\]"
)
_ADDRESS = r"/video-|-video/?$|/videos?/|^https?://(?:20\.detik|video\.|tv\.|enamplus\.)"
_CALLS = (
    r"\b(?:simak|tonton|saksikan|lihat|cek|putar|nonton)(?:lah)? (?:juga )?(?:video|tayangan|cuplikan|liputan|rekaman|"
    r"selengkapnya (?:di|dalam|lewat) (?:video|tayangan)|\S+ (?:dalam|di|lewat|pada) (?:video|tayangan)|"
    r"(?:\S+ ){0,4}(?:video|tayangan|cuplikan)(?:nya)?(?: \S+){0,3} (?:ini|berikut|di atas|di bawah))|"
    r"(?:video|tayangan|cuplikan) (?:berikut|di atas|di bawah|selengkapnya)|"
    r"\b(?:kamerawan|videografer|video editor|produser|penyunting (?:video|gambar)|juru kamera)\s?:|"
    r"\bdurasi ?:? \d|(?m:^\W*\d\d:\d\d / \d\d:\d\d)|jangan lupa (?:like|subscribe)|"
    r"\bsubscribe(?:,| dan| kanal| channel)|\(video ?:|"
    r"tombol putar|(?:video|tayangan)nya\b(?: \S+){0,3} (?:di sini|di bawah|di atas)|\btonton videonya|"
    r"\btonton (?:\S+ ){0,4}(?:selengkapnya|kanal|youtube)|\b(?:simak|tonton|lihat|saksikan) (?:video|rekaman|"
    r"momen)nya|"
    r"\bklik (?:\S+ ){0,3}(?:untuk )?(?:memutar|menonton)|\bpemutar video|sumber video|\bvideo ?: \pL|"
    r"iklan akan berakhir|lewati iklan|\b(?:saksikan|tonton|ikuti) (?:\S+ ){0,2}(?:siaran langsung|live streaming)|"
    r"\bberdurasi \S+ (?:menit|detik) ini|episode kali ini|\bdengarkan (?:selengkapnya|podcast|episode)"
)
#: What stands in the few words below a film.
_FEW = (
    r"\bvideo|\btayangan|\bcuplikan|\brekaman|siaran langsung|\bstreaming|\byoutube|\bpodcast|\btonton\b|"
    r"\bcctv\b|\bterekam|\bklip\b|\bepisode\b|tombol (?:lonceng|"
    r"notifikasi)|\bdetik-detik"
)


@measure(unit="marks per 100 words")
def video_page(documents: Documents) -> pa.Array:
    """Marks of a page that shows a video: in its headline, its address, and calls to watch, per 100 words.

    What is written there is a caption; the news are in the film. An article on a video that went round has no mark,
    or one in many words. In the few words of a caption, a bare mention is half a mark.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(video_page, "Warga menyelamatkan sapi dari banjir. Simak video berikut.", "VIDEO: Sapi Hanyut")
    31.25
    >>> try_measure(video_page, "Polisi memeriksa penyebar kabar itu.", "Viral Sapi Hanyut")
    0.0
    """
    marks = pc.add(count(documents.lower, _CALLS), titled(documents, _TITLE))
    marks = pc.add(marks, pc.multiply(in_few_words(documents, _FEW), 0.5))
    marks = pc.add(marks, pa.array(documents.flagged("video_page").astype(np.float64)))
    if "url" in documents.table.column_names:
        address = pc.match_substring_regex(pc.fill_null(documents["url"], ""), _ADDRESS)
        marks = pc.add(marks, address.cast(pa.float64()))
    return per_hundred(marks, documents)
