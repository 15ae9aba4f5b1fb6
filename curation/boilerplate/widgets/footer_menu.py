"""The menu of the house below an article: about us, contact, imprint."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.widgets.places import LONGEST, shape_of
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Line, Lines
    from curation.rule import Context

_SURE = (
    r"(?:tentang kami|about us|hubungi kami|contact us|kontak kami|(?:susunan |dewan )?redaksi|kode etik(?: jurnalistik"
    r"| pers)?|pedoman (?:pemberitaan )?media (?:siber|cyber)|pedoman siber|(?:kebijakan|ketentuan) (?:privasi|layanan"
    r"|pengguna(?:an)?)|privacy policy|terms (?:of (?:use|service)|(?:and|&) conditions)|syarat (?:dan|&) ketentuan"
    r"|disclaimer|peta situs|sitemap|(?:pasang|info) iklan|(?:karier|karir|career|lowongan)(?: kerja)?|hak jawab|rss)"
)
#: such as stand between those, but also elsewhere
_OTHER = r"(?:kontak|contact|iklan|indeks|index|home|beranda|about|kerja sama|info kerja sama|pengaduan|bantuan|faq)"
_JOINT = r"\s*[|•·/–—-]\s*"
_LINE = rf"(?:{_SURE}|{_OTHER})(?:{_JOINT}(?:{_SURE}|{_OTHER}))*"
_MENU = re.compile(_LINE, re.IGNORECASE)
_ENTRY = re.compile(_SURE, re.IGNORECASE)
#: entries of a menu that is one; one alone may be the heading of a paragraph
_FEWEST = 2
#: lines from the end
_TAIL = 40


@rule(
    step="chrome",
    grain="block",
    shape=shape_of(_LINE),
    longest=LONGEST,
    source="the footers of portals",
)
def footer_menu(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove the entries of a site's menu, on lines of their own near the end of a text.

    At least two stand next to each other, and one of them is an entry that nothing but such a menu has.

    >>> after(footer_menu, "Warga pulang.\nTentang Kami\nRedaksi\nKontak")
    'Warga pulang.\n\n\n'
    >>> after(footer_menu, "Warga pulang.\nRedaksi | Kode Etik | RSS")
    'Warga pulang.\n'
    >>> after(footer_menu, "Redaksi\nSurat itu tiba di meja redaksi pada Senin.")
    'Redaksi\nSurat itu tiba di meja redaksi pada Senin.'
    """
    for line in lines:
        if line.from_tail >= _TAIL or not _MENU.fullmatch(line.text):
            continue
        entries = _entries(line)
        if len(entries) >= _FEWEST and any(map(_ENTRY.fullmatch, entries)):
            yield line.drop()


def _entries(line: Line) -> list[str]:
    """The entries of the line and of those next to it that are entries as well."""
    found = re.split(_JOINT, line.text)
    for step in (-1, 1):
        other = line.neighbour(step)
        while other and _MENU.fullmatch(other.text):
            found += re.split(_JOINT, other.text)
            other = other.neighbour(step)
    return found
