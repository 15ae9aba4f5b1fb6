"""Texts that a machine wrote."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.measure import measure
from curation.quality.text import count

#: What others say, or the rules of a house: it is told of a machine, not by one.
_QUOTED = r"[\"“][^\"“”\n]{1,300}[\"”]"
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
    r"\A\W*(?:tentu|baik|siap|oke|maaf)[,!.] (?:saya|akan saya|berikut|ini)\b|sesuai (?:dengan )?(?:instruksi|"
    r"permintaan|arahan) (?:anda|kamu)|"
    r"\A\W*berikut (?:ini )?(?:adalah )?(?:contoh |versi |draf )?(?:artikel|teks|naskah|tulisan)(?: \S+){0,4}:|"
    r"\bjangan ragu (?:untuk )?(?:bertanya|menghubungi saya|memberi tahu)|(?:silakan|mohon) beri ?tahu\b|"
    r"(?:data|pengetahuan|informasi) (?:saya|pelatihan saya) (?:\S+ ){0,4}(?:sampai|hingga|tahun)|"
    r"\bsebagai (?:sebuah )?ai,? saya|saya tidak memiliki (?:pengalaman|perasaan|opini|akses)|"
    r"\b(?:here is|here's|certainly|sure)[,!]? (?:\S+ ){0,3}(?:article|version|text|translation|rewrit\S+)|"
    r"let me know if|"
    r"i hope this helps|as an ai\b|"
    r"(?m:^[*]*(?:prompt|output|input|instruksi|meta ?(?:deskripsi|description)|focus keyword|kata kunci(?: utama|"
    r" fokus)?|"
    r"jumlah kata|slug|panjang artikel|gaya bahasa|nada tulisan) ?:)|"
    r"(?:artikel|teks|naskah|berita) (?:ini )?(?:adalah |hanya |hanyalah |merupakan )?(?:contoh |karangan )?fiktif|"
    r"\bartikel \d+ kata\b|\byang (?:anda|kamu) (?:minta|inginkan|berikan)\b|"
    r"\bsaya (?:tidak |hanya |akan )?(?:dapat|bisa|mampu) (?:membuka tautan|mengakses (?:internet|tautan|data)|"
    r"memverifikasi|"
    r"memberikan (?:saran umum|informasi|tips|contoh|gambaran umum))|"
    r"\bjumlah kata ?: ?\d|\*\*(?:judul|pendahuluan|isi|kesimpulan|penutup|paragraf|subjudul)|(?:seperti|"
    r"sebagaimana) (?:yang )?(?:anda|kamu) minta|"
    r"\((?:tambahkan|masukkan|isi|sisipkan|sebutkan) [^)\n]{0,40}\)|"
    r"\bganti (?:nama|tanggal|lokasi|bagian)\b(?: \S+){1,4} anda\b|\(parafrase\)|\bhasil (?:parafrase|"
    r"terjemahan mesin)\b|"
    # what an editor discloses
    r"(?:artikel|konten|berita|tulisan|naskah|teks|laporan) ini (?:telah |sudah |sebagian )?(?:ditulis(?: ulang)?|"
    r"dibuat|"
    r"dihasilkan|disusun|diolah|diproduksi|diterjemahkan|dirangkum|di-?generate)(?: \S+){0,6} "
    r"(?:ai\b|artificial|kecerdasan (?:buatan|artifisial)|chatgpt|gemini|model bahasa|mesin|otomatis|robot|bot\b|"
    r"algoritma)|"
    r"(?m:^[*(]?(?:artikel|berita|naskah|teks|konten|tulisan)? ?(?:dibuat|ditulis|disusun|dihasilkan|diolah|"
    r"diterjemahkan) "
    r"(?:\S+ )?(?:oleh|dengan|memakai|menggunakan) (?:\S+ ){0,2}(?:robot|bot|mesin|ai\b|kecerdasan|chatgpt|algoritma))|"
    r"\bai[- ]generated\b|generated (?:by|with) ai|(?:konten|teks|artikel|gambar) (?:di-?generate|hasil) (?:oleh )?ai\b"
)


@measure(unit="marks")
def machine_written(documents: Documents) -> pa.Array:
    """Places where the text tells that a machine wrote it: an editor's disclosure, or an assistant's own words.

    The words of an assistant ("Tentu, berikut artikel ...", "sebagai model bahasa") are left where nobody read the
    text before it went out. What stands in quotation marks is told of others. Cleaning takes disclosures away and
    flags them; the flag counts as a mark.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(machine_written, "Tentu, berikut artikel tentang garam. Apakah Anda ingin saya menambah data?")
    2.0
    >>> try_measure(machine_written, "Kecerdasan buatan menulis artikel di kantor berita itu.")
    0.0
    """
    flagged = pa.array(documents.flagged("ai_rewritten").astype(np.float64))
    places = pc.indices_nonzero(pc.match_substring_regex(documents.lower, _MARKS))
    own = pc.replace_substring_regex(documents.lower.take(places), _QUOTED, "")
    marks = np.zeros(len(documents))
    marks[places.to_numpy()] = count(own, _MARKS).to_numpy()
    return pc.add(pa.array(marks), flagged)
