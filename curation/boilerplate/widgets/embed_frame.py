"""Frames around embedded posts, episodes and lists: where they begin and end, and consent to load them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.widgets.places import LONGEST
from curation.lines import Edit
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Line, Lines
    from curation.rule import Context

_NETWORK = (
    r"(?:facebook|twitter|x|whats ?app|telegram|instagram|tiktok|youtube|google youtube|threads|spotify|soundcloud)"
)
_BEGIN = re.compile(
    r"(?:Lewati|Lompati)(?: .{2,60})? dan (?:terus (?:mem)?baca|lanjutkan membaca|lanjut membaca)"
    r"|Skip(?: .{2,60})? and continue reading"
)
_END = re.compile(r"(?:Akhir dari|End of) .{2,60}")
_LABELS = (
    r"(?:lewati|lompati)(?: .{2,60})? dan (?:terus (?:mem)?baca|lanjutkan membaca|lanjut membaca)"
    r"|skip .{2,60} and continue reading"
    rf"|(?:hentikan|lewati|lompati|akhir dari|skip|end of) {_NETWORK} (?:pesan|konten|unggahan|post"
    rf"|content)(?:,? [0-9]{{1,2}})?"
    r"|(?:akhir dari|end of) (?:episode|podcast|whatsapp|paling banyak dibaca|most read|top stories)"
    rf"|(?:izinkan|allow) (?:konten|content from) {_NETWORK}\?|allow {_NETWORK} content\?"
    r"|(?:artikel ini (?:memuat|berisi)|this article contains) (?:konten|content) .{3,40}\. ?"
    r"(?:kami (?:meminta|minta)|we ask).{0,140}"
    r"|(?:terima dan lanjutkan|accept and continue)\.?|(?:konten tidak tersedia|content is not available)\.?"
    rf"|(?:lihat (?:lebih|lainnya|konten).{{0,14}} di|view (?:more )?(?:content )?on) {_NETWORK}"
    r"|[a-z]{2,12} (?:tidak bertanggung jawab (?:atas|terhadap) (?:isi|konten) (?:dari )?situs (?:eksternal|luar"
    r"|lain)|is not responsible for the content of external sites)\.?"
    r"|(?:peringatan: )?konten (?:dari )?pihak ketiga (?:mungkin|dapat) (?:berisi|memuat|mengandung) iklan\.?"
    r"|embed(?: share)?|share embed|(?:the (?:code|url) has been copied|(?:kode|url) (?:telah"
    r"|sudah) disalin)(?: (?:to your clipboard"
    r"|ke (?:clipboard|papan klip)(?: anda)?))?\.?|(?:width|height|lebar|tinggi) px(?: (?:width|height|lebar"
    r"|tinggi) px)?"
    r"|(?:no media source currently available|tidak ada sumber media(?: yang tersedia)?(?: saat ini)?)\.?"
    r"|pop-?out player"
    r"|auto(?: ?[0-9]{3,4}p){1,6}|(?:direct link|tautan langsung|unduh|download)(?: ?[0-9]{2,4}(?:p"
    r"|kbps)[^.]{0,20}){1,6}"
)
#: one of these, in lower case, is in every label
_LITERALS = (
    *("hentikan ", "lewati ", "lompati ", "akhir dari", "skip ", "end of"),
    *("izinkan konten", "izinkan content", "allow "),
    *("artikel ini memuat", "artikel ini berisi", "article contains", "terima dan", "accept and"),
    *("konten tidak", "content is not", "lihat lebih", "lihat lainnya", "lihat konten"),
    *("view on", "view more", "view content", "tidak bertanggung jawab", "is not responsible", "pihak ketiga"),
    *("embed", "has been copied", " disalin", " px", "media source", "sumber media", "out player"),
    *(f"{word}{gap}{n}" for word in ("auto", "unduh", "download") for gap in ("", " ") for n in range(10)),
    *("direct link", "tautan langsung"),
)
_PATTERN = re.compile(_LABELS, re.IGNORECASE)
#: lines between the beginning and the end of a frame
_FARTHEST, _LONGEST_LINE = 10, 200


@rule(
    step="chrome",
    grain="block",
    literals=_LITERALS,
    longest=LONGEST,
    source="BBC, VOA; the English labels are those of the players",
)
def embed_frame(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove the frame around an embedded post, list or player: its first and last line and what they hold.

    Where only one of the two is left, it goes alone.

    >>> after(embed_frame, "Air.\nLewati Podcast dan lanjutkan membaca\nKabar Pagi\nAkhir dari Podcast\nWarga pulang.")
    'Air.\n\nWarga pulang.'
    >>> after(embed_frame, "Embed share\nThe code has been copied to your clipboard.\nAkhir dari Sebuah Penantian")
    '\n\nAkhir dari Sebuah Penantian'
    """
    done = -1
    for line in lines:
        if line.index <= done:
            continue
        last = _end(line) if _BEGIN.fullmatch(line.text) else None
        if last:
            done = last.index
            yield Edit(line.document, line.start, last.end, "")
        elif _PATTERN.fullmatch(line.text):
            yield line.drop()


def _end(line: Line) -> Line | None:
    """The last line of the frame that begins here."""
    after = line.next
    for _ in range(_FARTHEST):
        if after is None or len(after.text) > _LONGEST_LINE:
            return None
        if _END.fullmatch(after.text):
            return after
        after = after.next
    return None
