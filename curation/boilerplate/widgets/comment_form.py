"""Comment forms and what stands around the comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.widgets.places import LONGEST, drop_labels
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_HEADING = (
    r"(?:leave|write|post|add) (?:a |your )?(?:reply|comment)(?: cancel reply)?|cancel reply|(?:tinggalkan|tulis"
    r"|tuliskan|kirim|kirimkan"
    r"|beri|berikan|tambahkan|posting|post|masukkan|isi)(?: sebuah)? (?:balasan|komentar|tanggapan)(?:mu| anda| kamu)?"
    r"(?: di sini| disini)?(?: batalkan balasan| batal)?(?:\.{3}|…|:)?|batalkan balasan"
    r"|enter (?:your )?comment(?: here)?(?:\.{3}|…)?|(?:komentar|comment|nama|name|e-?mail|surel|alamat e-?mail"
    r"|situs web"
    r"|website) ?\*(?: (?:komentar|comment|nama|name|e-?mail|situs web|website) ?\*?){0,4}"
)
_COUNT = (
    r"(?:tidak ada|belum ada|no|[0-9]{1,4}) (?:komentar|comments?|tanggapan|responses?)(?: yet)? ?[:.]?"
    r"|(?:[0-9]{1,4}|one|satu|two|dua) (?:komentar|comments?|thoughts?|tanggapan|responses?) (?:on|to|pada|untuk"
    r"|di|tentang) [“\"].{3,120}[”\"]"
    r"|(?:lihat|view|show|tampilkan|muat|load|baca)(?: all| semua| more| lebih banyak| previous)? (?:komentar|comments)"
    r"(?: lainnya| lain| sebelumnya)?(?: \([0-9]{1,5}\))?"
    r"|(?:jadilah|jadi) (?:yang |orang )?pertama (?:yang |untuk )?(?:ber|mem)?(?:komentar|memberikan komentar"
    r"|memberi komentar)i?"
    r"(?: (?:di sini|disini|artikel ini|berita ini))?[.!]?|be the first (?:one )?to comment[.!]?"
    r"|(?:komentar|kolom komentar) (?:telah |sudah )?ditutup\.?|comments? (?:are|is) (?:closed"
    r"|off)(?: for this post)?\.?"
)
_NOTE = (
    r"(?:alamat (?:e-?mail|surel) anda tidak akan (?:dipublikasikan|ditampilkan|ditayangkan)\.?)?"
    r" ?(?:ruas|kolom|bidang|isian) (?:yang )?wajib (?:diisi )?(?:ditandai|bertanda)(?: dengan)? ?\*?"
    r"|alamat (?:e-?mail|surel) anda tidak akan (?:dipublikasikan|ditampilkan|ditayangkan)\.?"
    r"|your e-?mail address will not be published\.?(?: required fields are marked ?\*?)?"
    r"|required fields are marked ?\*?"
    r"|save my name(?:, e-?mail)?,? (?:and|e-?mail).{0,80}next time i comment\.?"
    r"|simpan nama(?: saya)?(?:, |,? dan ).{0,80}komentar(?: saya)? (?:saya )?(?:berikutnya|selanjutnya)\.?"
    r"|notify me of (?:follow-?up comments|new (?:posts|comments)|followup comments).{0,30}"
    r"|ber(?:i|itahu|itahukan)(?: tahu)? saya .{0,30}(?:komentar|pos|tulisan|artikel)[^.]{0,30}(?:e-?mail|surel)\.?"
    r"|this site uses akismet.{0,40}(?:learn how.{0,50})?|situs ini menggunakan akismet.{0,60}(?:pelajari .{0,60})?"
    r"|you must be (?:logged|signed) in to (?:post a )?(?:comment|reply)\.?"
    r"|(?:anda|kamu)?(?: ?(?:harus|perlu|silakan|silahkan))(?: (?:login|log in|log masuk|masuk|sign in|daftar))"
    r"(?: (?:atau|/) (?:daftar|registrasi|register))?(?: (?:terlebih dahulu|dulu|lebih dulu))? (?:untuk"
    r"|agar bisa|sebelum)"
    r" (?:dapat |bisa )?(?:berkomentar|memberi(?:kan)? komentar|mengirim komentar|menerbitkan komentar|menulis komentar"
    r"|mengomentari)(?: .{0,30})?"
    r"|(?:isi |seluruh )?komentar (?:ini )?(?:sepenuhnya |adalah |merupakan |menjadi ){1,3}"
    r"(?:tanggung ?jawab (?:pribadi )?(?:pengguna|pembaca|komentator|pengirim|penulis)|tanggapan pribadi).{0,150}"
    r"|(?:comment moderation is enabled|your comment is awaiting moderation"
    r"|komentar anda (?:sedang )?menunggu moderasi).{0,60}"
)
_MORE = (
    r"(?:komentar|comments?) ?\([0-9]{1,5}\)|add a comment(?:\.{3}|…)|facebook comments? box"
    r"|comments powered by disqus\.?"
    r"|(?:masuk|login|log in|daftar) untuk (?:berkomentar|(?:memberi(?:kan)?|menulis|mengirim) komentar)"
    r"|(?:memuat|loading) (?:komentar|comments) ?(?:\.{3}|…)"
)
_LABELS = f"{_HEADING}|{_COUNT}|{_NOTE}|{_MORE}"
#: one of these, in lower case, is in every label
_LITERALS = (
    *("reply", "comment", "balasan", "komentar", "tanggapan", "response", "thought"),
    *(f"{field}{gap}*" for field in ("nama", "name", "mail", "surel", "web", "site") for gap in ("", " ")),
    *("wajib ", "anda tidak akan", "will not be published", "required fields", "notify me of", "akismet"),
    *("beri saya", "tahu saya", "beritahukan saya", "mengomentari"),
)
_PATTERN = re.compile(_LABELS, re.IGNORECASE)


@rule(
    step="chrome",
    literals=_LITERALS,
    longest=LONGEST,
    source="WordPress, Blogger and portals, Indonesian and English",
)
def comment_form(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove the labels, notes and counts of a comment form.

    >>> after(comment_form, "Air surut.\nTinggalkan Balasan Batalkan balasan\nTulis komentar itu dihapus, kata Sinta.")
    'Air surut.\n\nTulis komentar itu dihapus, kata Sinta.'
    >>> after(comment_form, "Air surut.\nNo comments yet\nSatu komentar warga viral.")
    'Air surut.\n\nSatu komentar warga viral.'
    """
    yield from drop_labels(lines, _PATTERN)
