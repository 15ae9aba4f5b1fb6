"""Buttons and figures for the reader: reading time, size of letters, contrast, printing, saving."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.widgets.places import LONGEST, drop_labels, shape_of
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_THING = r"(?:artikel|berita|tulisan|halaman|resep|konten|siaran pers|dokumen|naskah)"
_NUMBER = r"(?:[~<±] ?)?[0-9]{1,3}(?: ?[-–] ?[0-9]{1,3})?"
_UNIT = r"(?:menit|detik|minutes?|mins?|seconds?|secs?)"
#: with a word for reading: a bare *30 menit* is part of a recipe
_TIME = (
    rf"(?:(?:estimasi|perkiraan|lama|durasi|waktu)(?: waktu)? (?:mem|di)?baca(?:an)?"
    rf"|(?:di)?baca(?:an)?) ?:? ?{_NUMBER} {_UNIT}"
    rf"|(?:(?:estimated )?reading time|time to read) ?:? ?{_NUMBER} {_UNIT}(?: read)?"
    rf"|(?:kurang dari |less than )?{_NUMBER} {_UNIT} (?:read|reading|baca|dibaca|bacaan"
    rf"|waktu (?:mem)?baca(?:an)?|untuk dibaca)"
)
_SIZE = (
    r"(?:atur |ubah |perbesar |perkecil )(?:ukuran )?(?:huruf|teks|font|tulisan)(?: ?[:+-])?"
    r"|ukuran (?:huruf|teks|font) ?:? (?:kecil|sedang|normal|besar)|(?:ukuran )?(?:huruf|teks"
    r"|font)? ?:? ?(?:kecil|normal) (?:sedang |normal )?besar"
    r"|(?:increase|decrease|reset|change) (?:font|text) size|text size|(?:large|bigger|smaller) text"
    r"|(?:kontras|contrast) (?:tinggi|rendah|negatif|terang|gelap|normal|mode)|(?:high|low|negative) contrast"
    r"|mode (?:malam|siang|baca|kontras(?: tinggi)?)"
    r"|(?:night|reading|reader) mode|skala abu-abu|grayscale|latar belakang terang|tautan digarisbawahi|readable font"
    r"|menu aksesibilitas|(?:buka|tutup) (?:menu|toolbar) aksesibilitas|open toolbar|accessibility tools"
)
_SAVE = (
    rf"(?:cetak|print|unduh|download|simpan|save|arsipkan) (?:{_THING}|recipe|article|page|this (?:page|article"
    rf"|recipe|post)|press release)"
    r"(?: ini)?(?: \(pdf\)| pdf)?|(?:unduh|download|cetak|print|simpan)(?: sebagai| as| versi)? pdf"
    rf"|(?:simpan|tambahkan|tambah|masukkan|add|save) (?:{_THING} (?:ini )?)?(?:ke|to|untuk"
    rf"|for) (?:(?:my )?(?:favorit|favorites?|favourites?|bookmarks?|daftar bacaan"
    r"|koleksi|reading list)|nanti|later|dibaca nanti)"
    r"|(?:lompat|loncat|langsung|skip|jump) (?:ke|to) (?:the )?(?:resep|bahan|isi|komentar|recipe|comments"
    r"|article|video)"
    rf"|(?:laporkan|koreksi|kirim|terjemahkan|translate|report) (?:{_THING}|kesalahan|this (?:article|page"
    rf"|post))(?: ini)?(?: (?:ke|via|lewat) (?:e-?mail|teman))?"
    rf"|(?:dengarkan|dengar|putar|listen to)(?: audio| versi audio| this| the)? (?:{_THING}|article"
    rf"|story)(?: ini)?(?: ?[:(].{{0,12}})?"
    r"|(?:add|jadikan|tambahkan)(?: [a-z.]{2,20})?(?: sebagai| as)?(?: a)? (?:preferred source"
    r"|sumber pilihan)(?: (?:on|di) google)?"
    r"|(?:font ?:? ?)?(?:a-|-) ?a(?: ?a)? ?(?:a?\+)|less than a minute(?: read)?|zoom (?:in|out)"
    r"|text[- ]to[- ]speech|(?:intinya sih|ringkasan ai|(?:lihat|tampilkan|buka) ringkasan)(?:\.{3})?"
)
_LABELS = f"{_TIME}|{_SIZE}|{_SAVE}"
_PATTERN = re.compile(_LABELS, re.IGNORECASE)


@rule(
    step="chrome",
    shape=shape_of(_LABELS),
    longest=LONGEST,
    source="MSN, recipe and press pages, pages of the state, suara, kumparan, idntimes",
)
def reading_tools(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove reading times that say so, and the buttons for size, contrast, printing, saving and listening.

    >>> after(reading_tools, "Baca 10 detik\nCetak Resep\nKontras Tinggi\nCetak biru itu selesai dalam 30 menit.")
    '\n\n\nCetak biru itu selesai dalam 30 menit.'
    >>> after(reading_tools, "Porsi: 4 orang\n30 menit\nIa butuh waktu baca 10 menit.")
    'Porsi: 4 orang\n30 menit\nIa butuh waktu baca 10 menit.'
    """
    yield from drop_labels(lines, _PATTERN)
