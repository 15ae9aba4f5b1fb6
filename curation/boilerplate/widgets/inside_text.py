"""Labels of widgets between two sentences of a paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.seam import cut_out
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_NUMBER = r"[0-9]{1,3}(?: ?[-–] ?[0-9]{1,3})?"
_SHARE = (
    r"(?:(?:click to (?:share|email|print)[^()]{0,60}\(opens in (?:a )?new (?:window|tab)\)"
    r"|klik untuk (?:berbagi|membagikan|mencetak|mengirim|surel)[^()]{0,80}\(membuka di jendela "
    r"(?:yang )?baru\)) ?){1,12}"
    r"|kirimkan ini lewat emailblogthis!(?: ?berbagi ke ?[a-z]{1,12}){0,6}"
    r"|bagikan (?:artikel|berita|tulisan)(?: ini)? ?:|(?:url|link|tautan) telah (?:ter-?copy|tersalin|disalin)"
    r"|like this: ?like loading(?:\.{3}|…)|menyukai ini: ?suka memuat(?:\.{3}|…)"
)
_READ = (
    rf"{_NUMBER} menit waktu (?:mem)?baca(?:an)?|waktu (?:mem)?baca:? {_NUMBER} (?:menit|detik)"
    rf"|{_NUMBER} min(?:ute)?s? read|(?:lompat|langsung) ke resep|jump to recipe|(?:print|cetak) (?:recipe"
    rf"|resep)(?: ini)?"
    r"|(?-i:Lanjutkan Membaca|Dengarkan (?:Artikel|Berita))(?: ini)?"
)
_ASK = (
    r"beri (?:rating|nilai|bintang)(?: untuk)? (?:resep|artikel|berita) ini"
    r"|apakah (?:artikel|berita|informasi|jawaban|halaman) ini (?:membantu|bermanfaat|berguna)(?: (?:bagi"
    r"|untuk) anda)?\? ya ?[/|]? ?tidak"
    r"|was this (?:article|page|answer) helpful\? yes ?[/|]? ?no"
)
_FORM = (
    r"(?:(?:leave a (?:reply|comment)|tinggalkan (?:balasan|komentar))(?: cancel reply| batalkan balasan)? )?"
    r"(?:your e-?mail address will not be published\.?(?: required fields are marked ?\*)?"
    r"|alamat (?:e-?mail|surel) anda tidak akan dipublikasikan\.?(?: ruas yang wajib ditandai ?\*)?)"
)
_LABEL = re.compile(
    rf"(?<=[.!?…\"”)•|*] )(?=(?-i:[A-Z0-9]))(?:{_SHARE}|{_READ}|{_ASK}|{_FORM})(?= +(?-i:[\"“(A-Z0-9•|])|$)",
    re.IGNORECASE,
)
#: behind a credit, which ends as no sentence does
_AT_END = re.compile(r"(?<=\w )Bagikan (?:Artikel|Berita|Tulisan)(?: Ini)? ?:$")


@rule(
    step="chrome",
    grain="inline",
    literals=(
        *("opens in ", "membuka di jendela", "emailblogthis", "bagikan artikel", "bagikan berita", "bagikan tulisan"),
        *(
            "ter-copy",
            "tercopy",
            "tersalin",
            "telah disalin",
            "like this:",
            "menyukai ini:",
            "waktu baca",
            "waktu membaca",
        ),
        *(
            "min read",
            "mins read",
            "minute read",
            "minutes read",
            "ke resep",
            "jump to recipe",
            "print recipe",
            "cetak resep",
            "lanjutkan membaca",
            "dengarkan artikel",
        ),
        *(
            "dengarkan berita",
            "beri rating",
            "beri nilai",
            "beri bintang",
            " ya tidak",
            " yatidak",
            " ya/",
            " ya |",
            " ya|",
            " ya /",
        ),
        *(
            " yes no",
            " yes/",
            " yes |",
            " yesno",
            " yes|",
            " yes /",
            "will not be published",
            "tidak akan dipublikasikan",
        ),
    ),
    source="one-line copies of portals, recipe pages and blogs",
)
def inside_text(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Cut the label of a button or form that stands between two sentences, where a page lost its line breaks.

    Only labels that no sentence begins with, and a sentence must end before and begin after them.

    >>> after(inside_text, "Air surut. Lompat ke resep Warga pulang.")
    'Air surut.  Warga pulang.'
    >>> after(inside_text, "Air surut. Waktu baca anak itu 10 menit sehari.")
    'Air surut. Waktu baca anak itu 10 menit sehari.'
    """
    for line in lines:
        for pattern in (_LABEL, _AT_END):
            yield from (cut_out(line, *found.span()) for found in pattern.finditer(line.text))
