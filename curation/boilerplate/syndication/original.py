"""Where an aggregator says whose article it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.seam import cut_out
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_NAME = r"(?P<source>[A-Z0-9][\w.&-]{1,30}(?: [A-Z0-9][\w.&-]{0,30}){0,4}?)"
_ORIGINAL = re.compile(
    r"(?:^|(?<=[.!?…\"”)] ))\(?(?:"
    r"(?:(?:Artikel|Berita|Tulisan|Naskah|Konten) (?:asli|aslinya|ini)(?: pertama kali| aslinya)?"
    r" (?:dipublikasikan|diterbitkan|terbit|tayang|dimuat|ditayangkan|bersumber)(?: pertama kali)? (?:oleh|di"
    r"|pada|dari)"
    r"|(?:Sumber|SUMBER) (?:artikel|berita|asli|konten|tulisan) ?:"
    rf"|(?:This (?:article|story|post) (?:was )?)?[Oo]riginally published (?:at|by|on|in)) {_NAME}(?:\.(?!\w)|\)"
    rf"|(?=\s*$)|(?= (?-i:Baca|Lihat|Buka|Kunjungi) ))"
    r"|(?:Baca|Lihat|Buka|Kunjungi) (?:artikel|berita|sumber|konten|tulisan|tautan|versi) (?:asli|aslinya|sumber)"
    r"(?: (?:di ?sini|di [A-Z][\w. ]{2,30}))?(?:\.|(?=\s*$)|(?= [A-Z])))"
)
#: the rights that go with it
_RIGHTS = re.compile(
    r" ?(?:Konten|Artikel|Tulisan) ini (?:adalah |merupakan )?milik (?:penulis|penerbit|sumber)[^.!?]{0,120}\.?"
)


@rule(
    step="tail",
    grain="inline",
    literals=(
        *("artikel asli", "berita asli", "tulisan asli", "naskah asli", "konten asli", "sumber asli", "tautan asli"),
        *("versi asli", "sumber artikel", "sumber berita", "sumber konten", "sumber tulisan", "originally published"),
        *("ini bersumber dari", "ini aslinya", "ini pertama kali"),
    ),
    tail=6,
    source="LINE Today, UC News, blogs that copy",
)
def original(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read whose article an aggregator printed (*Sumber artikel: X*), and cut the notice and the link to it.

    >>> after(original, "Air surut. Artikel asli dipublikasikan oleh Kabar Lintang")
    'Air surut. '
    >>> after(original, "Sumber berita itu seorang pegawai yang tak mau disebut namanya.")
    'Sumber berita itu seorang pegawai yang tak mau disebut namanya.'
    """
    for line in lines:
        for found in _ORIGINAL.finditer(line.text):
            if found["source"]:
                yield line.read("syndicated_from", found, "source")
            rights = _RIGHTS.match(line.text, found.end())
            yield cut_out(line, found.start(), rights.end() if rights else found.end())
