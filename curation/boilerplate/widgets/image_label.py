"""What is left of a picture: the name of its file or its field, what to do with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.widgets.places import LONGEST, drop_labels, shape_of
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
_PATTERN = re.compile(_LABELS, re.IGNORECASE)


@rule(
    step="chrome",
    shape=shape_of(_LABELS),
    longest=LONGEST,
    source="viva; names of files where a caption is missing",
)
def image_label(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove the name of a picture's file or field on a line of its own, and the hint to enlarge it.

    >>> after(image_label, "img_title\nIMG_2034.jpg\nKlik gambar untuk memperbesar\nBerkas IMG_2034.jpg dikirim Sinta.")
    '\n\n\nBerkas IMG_2034.jpg dikirim Sinta.'
    """
    yield from drop_labels(lines, _PATTERN)
