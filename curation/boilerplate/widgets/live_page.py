"""Controls of a live page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.widgets.places import LONGEST, shape_of
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_LABELS = (
    r"(?:halaman (?:ini )?)?(?:akan )?(?:diperbarui|diperbaharui|dimuat ulang|diupdate|memuat ulang"
    r"|refresh) (?:secara )?otomatis"
    r"(?: (?:setiap|tiap|dalam) [0-9]{1,3} (?:detik|menit))?\.?"
    r"|(?:this page )?(?:updates?|refreshes|auto-?refresh(?:es)?"
    r"|updated) (?:automatically )?every [0-9]{1,3} (?:seconds|minutes)\.?"
    r"|auto[- ]?(?:refresh|update)(?: ?:? ?(?:on|off|aktif|mati))?"
    r"|(?:urutkan|urut|sort|sortir)(?: berdasarkan| menurut| dari| by)? ?:? ?(?:yang )?(?:terbaru|terlama"
    r"|terpopuler|newest|oldest|latest)"
    r"(?: (?:terbaru|terlama|newest|oldest|latest)(?: first)?)?"
    r"|(?:ada )?[0-9]{1,3} (?:(?:update|pembaruan) (?:terbaru|baru)|new (?:updates?|posts?))(?: tersedia| available)?"
    r"|(?:lihat|show|tampilkan) (?:update|pembaruan|new updates|new posts)(?: terbaru| baru)?"
)
_PATTERN = re.compile(_LABELS, re.IGNORECASE)
_LIVE = re.compile(r"(?:● ?|• ?)?(?:LIVE|Live|LIVE UPDATES?|Live Updates?|LANGSUNG|SEDANG BERLANGSUNG)")


@rule(
    step="chrome",
    shape=rf"{shape_of(_LABELS)}|(?-i:^(?:{_LIVE.pattern})$)",
    longest=LONGEST,
    source="live pages of portals",
)
def live_page(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove the controls of a live page; *LIVE* alone only above the text or beside another control.

    >>> after(live_page, "LIVE\nDiperbarui otomatis setiap 60 detik\nUrutkan: Terbaru\n16.42 WIB\nAir surut.")
    '\n\n\n16.42 WIB\nAir surut.'
    >>> after(live_page, "Air surut.\nLIVE\nBegitu tulisan di layar itu.")
    'Air surut.\nLIVE\nBegitu tulisan di layar itu.'
    """
    for line in lines:
        beside = [near for near in (line.previous, line.next) if near and _PATTERN.fullmatch(near.text)]
        if _PATTERN.fullmatch(line.text) or (_LIVE.fullmatch(line.text) and (line.number == 0 or beside)):
            yield line.drop()
