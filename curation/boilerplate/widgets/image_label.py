"""What is left of a picture: the name of its file or its field, what to do with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.shapes import of_few_words
from curation.boilerplate.widgets.places import LONGEST, drop_labels
from curation.lines import Flag
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_LABELS = (
    r"(?:img|image|photo|foto|pic|picture|thumb|thumbnail|article|caption|alt)[_-](?:title|alt|caption|text|desc"
    r"|description|img|image|thumbnail|credit|source)"
    r"|[0-9a-z_() -]{1,80}\.(?:jpe?g|png|webp|gif|avif)"
    r"|(?:klik|tap|ketuk|sentuh) (?:pada )?(?:gambar|foto|infografis)? ?untuk (?:memperbesar"
    r"|melihat lebih jelas)(?: gambar| foto)?\.?"
    r"|(?:click|tap) (?:on (?:the )?(?:image|photo) )?to (?:enlarge|expand|zoom)(?: (?:image|photo))?\.?"
    r"|(?:lihat|buka|view) (?:semua )?(?:galeri(?: foto)?|gallery|fullscreen|layar penuh)|(?:lihat"
    r"|view) (?:semua|all) (?:foto|photos?)"
    r"(?: ?\([0-9]{1,3}\))?|(?:foto|gambar|image|photo) [0-9]{1,2} ?(?:dari|of|/) ?[0-9]{1,2}"
    r"|[0-9]{1,2} ?/ ?[0-9]{1,2} (?:foto|photos?)|(?:perbesar|zoom) (?:gambar|foto)"
    r"|(?:previous|prev|next) slide(?: next slide)?|(?:image|photo|gambar) (?:placeholder|not found"
    r"|tidak tersedia|unavailable)"
    r"|no image(?: available)?"
)
#: one of these, in lower case, is in every label
_LITERALS = (
    *(f"{sign}{field}" for sign in "_-" for field in ("title", "alt", "caption", "text", "desc", "img", "image")),
    *(f"{sign}{field}" for sign in "_-" for field in ("thumbnail", "credit", "source")),
    *(".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"),
    *("untuk memperbesar", "untuk melihat", "to enlarge", "to expand", "to zoom"),
    *("galeri", "gallery", "fullscreen", "layar penuh", "semua foto", "semua photo", "all foto", "all photo"),
    *(f"{picture} {digit}" for picture in ("foto", "gambar", "image", "photo") for digit in range(10)),
    *(f"{digit} {picture}" for picture in ("foto", "photo") for digit in range(10)),
    *("perbesar gambar", "perbesar foto", "zoom gambar", "zoom foto", " slide"),
    *("placeholder", "not found", "tidak tersedia", "unavailable", "no image"),
)
_PATTERN = re.compile(_LABELS, re.IGNORECASE)


@rule(
    step="chrome",
    literals=_LITERALS,
    longest=LONGEST,
    source="viva; names of files where a caption is missing",
)
def image_label(lines: Lines, context: Context) -> Iterator[Edit | Flag]:
    r"""Remove the name of a picture's file or field on a line of its own, and the hint to enlarge it.

    In a text of few words, the picture is what the page shows: a flag.

    >>> after(image_label, "img_title\nIMG_2034.jpg\nKlik gambar untuk memperbesar\nBerkas IMG_2034.jpg dikirim Sinta.")
    '\n\n\nBerkas IMG_2034.jpg dikirim Sinta.'
    """
    for label in drop_labels(lines, _PATTERN):
        yield label
        if of_few_words(lines, label.document):
            yield Flag(label.document, "photo_page", label.start, label.end, 1.0)
