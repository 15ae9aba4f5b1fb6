"""Links of a blog's own: older and newer posts, feeds, versions, what it runs on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.widgets.places import LONGEST, drop_labels
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_POSTS = (
    r"(?:(?:posting(?:an)?|pos|tulisan|artikel|entri) (?:yang )?(?:lebih (?:baru|lama)|lama)"
    r"|(?:newer|older) (?:posts?|entries|articles))"
)
_HOME = r"(?:beranda|home|halaman (?:utama|muka|depan))"
_FEED = (
    r"(?:langganan|berlangganan|subscribe to) ?: ?(?:(?:posting(?:an)?|tulisan|entri|posts?)(?: komentar)?"
    r"|(?:post )?comments?"
    r"|komentar)(?: \(atom\)| \(rss\))?|(?:entries|comments) feed|feed (?:entri|komentar)"
)
_POWERED = (
    r"(?:proudly )?powered by (?:blogger|wordpress)(?:\.com)?\.?|(?:dengan bangga )?(?:diberdayakan|didukung"
    r"|bertenaga) (?:oleh )?"
    r"(?:blogger|wordpress)(?:\.com)?\.?|(?:gambar )?tema (?:oleh|sederhana)\.? ?.{0,60}blogger\.?"
    r"|theme: .{2,40} by .{2,40}"
    r"|blog (?:at|di) wordpress\.com\.?"
)
_LABELS = (
    rf"[«‹←<]{{0,2}} ?(?:{_POSTS}|{_HOME})(?: ?[|•·] ?| )?(?:{_POSTS}|{_HOME})?(?: ?[|•·] ?"
    rf"| )?{_POSTS}? ?{_HOME}? ?[»›→>]{{0,2}}"
    rf"|{_FEED}|{_POWERED}|(?:lihat|view) (?:versi (?:seluler|web|desktop)|(?:mobile|web|desktop) version)"
    r"|(?:lihat semua (?:pos|tulisan|artikel|kiriman) (?:milik|oleh|dari)|view all (?:posts|articles) by"
    r"|more posts by) .{2,60}"
    r"|(?:post|article|posts|comment) navigation|navigasi (?:pos|tulisan|artikel|komentar)"
    r"|[«‹←<]{0,2} ?(?:previous|prev|next) (?:post|article|story|entry|news) ?[»›→>]{0,2}"
    r"|(?:posted|filed) (?:in|under):? .{2,60}|filed under:?|(?:pos|artikel|berita|tulisan|postingan)"
    r" (?:sebelumnya|sebelum|berikutnya|selanjutnya) ?[:»›→>]?"
    rf"|kembali ke (?:{_HOME}|halaman sebelumnya)|(?:exit mobile version|keluar dari versi (?:mobile|seluler))"
    rf"|short ?link ?:?"
    r"|discover more from .{2,60}|eksplorasi konten lain dari .{2,60}|subscribe (?:to get the latest"
    r"|now to keep reading|to our newsletter).{0,90}"
    r"|(?:ber)?langganan untuk (?:men)?dapatkan (?:pos|tulisan|artikel) terbaru.{0,60}|(?:type your email"
    r"|ketik email anda)(?:\.{3}|…)"
    r"|search for ?:|cari (?:berita|artikel) ?(?:\.{3}|…)|ketik (?:kata kunci|topik)\b.{0,20}(?:tekan enter"
    r"|kamu cari|anda cari)(?:\.{3}|…)?"
    r"|print friendly, pdf & email|select language|powered by google translate"
)
_ITEMS = ("pos", "artikel", "berita", "tulisan", "postingan")
#: one of these, in lower case, is in every label
_LITERALS = (
    *("lebih baru", "lebih lama", "yang lama", "newer ", "older "),
    *(f"{item} lama" for item in (*_ITEMS, "posting", "entri")),
    *("beranda", "home", "halaman utama", "halaman muka", "halaman depan", "halaman sebelumnya"),
    *("langganan:", "langganan :", "langganan untuk", "subscribe to", "subscribe now", " feed", "feed "),
    *("powered by", "blogger", "wordpress", "theme: "),
    *("versi seluler", "versi web", "versi desktop", "versi mobile"),
    *("mobile version", "web version", "desktop version"),
    *("lihat semua", "view all", "more posts by", " navigation", "navigasi ", "previous ", "prev ", "next "),
    *("posted in", "posted under", "filed in", "filed under"),
    *(f"{item} {which}" for item in _ITEMS for which in ("sebelum", "berikutnya", "selanjutnya")),
    *("short link", "shortlink", "discover more from", "eksplorasi konten"),
    *("type your email", "ketik email", "ketik kata", "ketik topik", "search for", "cari berita", "cari artikel"),
    *("print friendly", "select language"),
)
_PATTERN = re.compile(_LABELS, re.IGNORECASE)


@rule(
    step="chrome",
    literals=_LITERALS,
    longest=LONGEST,
    source="Blogger and WordPress, Indonesian and English",
)
def blog_navigation(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove the links to older and newer posts, to feeds and versions of a blog.

    >>> after(blog_navigation, "Air surut.\nPosting Lebih Baru Beranda\nLangganan: Posting Komentar (Atom)")
    'Air surut.\n\n'
    >>> after(blog_navigation, "Berita sebelumnya menyebut dua rumah rusak.")
    'Berita sebelumnya menyebut dua rumah rusak.'
    """
    yield from drop_labels(lines, _PATTERN)
