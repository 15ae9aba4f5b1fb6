"""Texts that a machine wrote."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.measure import measure
from curation.quality.text import count

_MARKS = (
    # what an assistant says to whom it serves
    r"\b(?:tentu(?: saja)?|baik|berikut|siap)[,!.]? (?:ini |berikut )?(?:adalah |ini )?(?:contoh |draf |versi )?"
    r"(?:artikel|naskah|tulisan|berita|teks|parafrase|ringkasan)(?: \S+){0,6} "
    r"(?:yang (?:anda|kamu) minta|untuk (?:anda|kamu)|sesuai permintaan|yang (?:telah|sudah) (?:saya|di))|"
    r"\btentu(?: saja)?[,!] (?:berikut|ini (?:dia|versi|draf|artikel|naskah|contoh))\b|"
    r"sebagai (?:sebuah )?(?:model bahasa|asisten (?:ai|virtual)|ai(?: language model)?|kecerdasan buatan),? saya\b|"
    r"sebagai (?:sebuah )?model bahasa (?:ai|besar|kecerdasan buatan)|"
    r"saya (?:adalah |hanyalah |hanya )?(?:sebuah )?(?:model bahasa|asisten ai)|as an ai (?:language )?model|"
    r"(?:pengetahuan|data pelatihan) saya (?:hanya |terbatas |berakhir |sampai )|"
    r"(?:apakah|jika|bila) (?:anda|kamu) (?:ingin|mau|butuh|membutuhkan|perlu)(?: agar)? saya\b|"
    r"semoga (?:artikel|tulisan|naskah|berita) (?:ini|di atas) (?:membantu|sesuai|bermanfaat bagi anda)|"
    r"\bsaya (?:tidak (?:dapat|bisa) (?:mengakses|memberikan|memproses)|"
    r"(?:dapat|bisa) membantu (?:anda )?(?:menulis|membuat|"
    r"menyusun))|\bregenerate response\b|\b(?:konten|teks|artikel) dihasilkan oleh ai\b|"
    r"beri tahu saya (?:jika|apabila|bila)|silakan beri tahu saya|"
    r"\[(?:masukkan|isi|sebutkan|tambahkan|nama|tanggal|kota|lokasi|jabatan|sumber|insert)\b[^\]\n]{0,40}\]|"
    # what an editor discloses
    r"(?:artikel|konten|berita|tulisan|naskah|teks) ini (?:telah |sudah |sebagian )?(?:ditulis(?: ulang)?|dibuat|"
    r"dihasilkan|disusun|diolah|diproduksi|diterjemahkan|dirangkum|di-?generate)(?: \S+){0,6} "
    r"(?:ai\b|artificial|kecerdasan (?:buatan|artifisial)|chatgpt|gemini|model bahasa|mesin|otomatis)"
)


@measure(unit="marks")
def machine_written(documents: Documents) -> pa.Array:
    """Places where the text tells that a machine wrote it: an editor's disclosure, or an assistant's own words.

    The words of an assistant ("Tentu, berikut artikel ...", "sebagai model bahasa") are left where nobody read the
    text before it went out. Cleaning takes disclosures away and flags them; the flag counts as a mark.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(machine_written, "Tentu, berikut artikel tentang garam. Apakah Anda ingin saya menambah data?")
    2.0
    >>> try_measure(machine_written, "Kecerdasan buatan menulis artikel di kantor berita itu.")
    0.0
    """
    flagged = pa.array(documents.flagged("ai_rewritten").astype(np.float64))
    return pc.add(count(documents.lower, _MARKS), flagged)
