"""Offers of the outlet's app and of its notifications."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.promo.words import OUTLET_NAME
from curation.boilerplate.sentences import SAID, cut_sentences, inside_quote, sentence_end
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_NEWS = r"(?:berita|artikel|kabar|konten|informasi|info|update|breaking news)"
_FRESH = r"(?:terbaru|terkini|ter-?update|terpopuler|terhangat|menarik|pilihan|penting|setiap hari|lainnya)"
#: whoever's app it is: only a page asks that
_PROMPT = (
    r"(?:buka|baca|lanjutkan(?: membaca)?|lihat|unduh|download|pasang|install)(?: selengkapnya)? (?:di |lewat "
    r"|melalui |via )?"
    r"(?:the )?(?:aplikasi|app)(?: kami)? (?:untuk|agar|supaya|dan)(?: (?:bisa|dapat))? (?:mem?baca|menikmati"
    r"|mengakses|pengalaman)"
    rf"(?: \w+){{0,2}} (?:{_NEWS}|lebih (?:banyak|lengkap|lanjut)|selengkapnya|(?:mem)?baca"
    rf"|tanpa iklan)\b[^.!?]{{0,80}}"
    rf"|(?:aktifkan|nyalakan|hidupkan|izinkan) notifikasi (?:untuk|agar|supaya"
    rf"|dan)[^.!?]{{0,50}}\b{_NEWS} {_FRESH}\b[^.!?]{{0,60}}"
)
#: and these take the outlet's name, or *kami*
_OFFER = (
    r"(?:kini|sekarang),? (?:anda|kamu|kalian|pembaca) (?:juga |sudah )?(?:bisa|dapat) (?:menikmati|mem?baca"
    r"|mengakses|menyimak|mengikuti)"
    rf" (?:\w+ )?{_NEWS}\b[^!?]{{0,60}}?\b(?:lewat|melalui|via|di|dengan) (?:aplikasi|ponsel)\b.{{0,80}}"
    r"|[^.!?]{2,30}(?:\.\w{2,3})? (?:kini |sekarang |juga |sudah ){1,3}(?:hadir|ada|tersedia|bisa diakses) (?:di"
    r"|dalam|lewat|melalui) (?:versi )?"
    r"(?:aplikasi|whatsapp|telegram|google news)\b[^.!?]{0,60}\b(?:unduh|download|install|ikuti|gabung|klik)\b.{0,60}"
)
_SENTENCE = re.compile(rf"[\W_]{{0,4}}(?:(?P<any>{_PROMPT})|(?P<own>{_OFFER}))", re.IGNORECASE)
_START = re.compile(
    r"(?<![\w“\"'‘])(?:Buka|Baca|Lanjutkan|Lihat|Unduh|Download|Pasang|Install|Aktifkan|Nyalakan|Hidupkan"
    r"|Izinkan|Kini|Sekarang"
    r"|\*?[A-Z][\w.]{2,20}(?: [A-Z][\w.]{2,20})? (?:kini|sekarang|juga|sudah))\s"
)
_LONGEST = 240


@rule(
    step="chrome",
    grain="inline",
    literals=("aplikasi", "notifikasi", "app ", "kini hadir", "sudah hadir", "sekarang hadir", "juga hadir"),
    shape=r"(?i)(?:aplikasi|\bapp|notifikasi)(?: kami)? (?:untuk|agar|supaya|dan)|(?:kini|sekarang),?"
    r" (?:anda|kamu|kalian|pembaca)|(?:kini|sekarang|juga|sudah) (?:hadir|ada|tersedia|bisa)",
    source="jpnn, fimela, LINE Today, UC News, live pages",
)
def app_offer(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Cut an offer to read the news in an app or to be notified of it.

    >>> after(app_offer, "Air surut. Unduh aplikasi untuk membaca berita lebih cepat")
    'Air surut.'
    >>> after(app_offer, "Warga mengunduh aplikasi untuk membaca meteran air.")
    'Warga mengunduh aplikasi untuk membaca meteran air.'
    """
    for line in lines:
        spans = (
            (found.start(), _end(line.text, found.start(), context.site(line))) for found in _START.finditer(line.text)
        )
        yield from cut_sentences(line, [(start, end) for start, end in spans if end])


def _end(text: str, start: int, site: object) -> int | None:
    """Where the offer that begins here ends, if there is one."""
    end = sentence_end(text, start)
    if end - start > _LONGEST or SAID.search(text, start, end) or inside_quote(text, start):
        return None
    found = _SENTENCE.match(text, start, end)
    if found is None:
        return None
    if found["own"] is not None:
        sentence = text[start:end]
        outlet = getattr(site, "outlet", None)
        if not (OUTLET_NAME.search(sentence) or " kami" in sentence or (outlet and outlet in sentence)):
            return None
    return end
