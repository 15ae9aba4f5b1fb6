"""Sentences that a scraper broke at links and bold words."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from curation.boilerplate.shapes import ends_sentence, is_headline
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Line, Lines
    from curation.rule import Context

_GOES_ON = re.compile(r"[a-z]|[,.;:)\]%”]|\(\S")
_OPEN_END = re.compile(
    r"(?:[(\[“,/]|\s[-–—]|\b(?:dan|di|ke|dari|yang|oleh|dengan|untuk|pada|dalam|atau|serta|bahwa|kepada|atas"
    r"|antara|sebagai|seperti|karena|tersebut|para|bersama|menurut|kata|ujar|tutur))$"
)
_OFFICE = re.compile(
    r"(?:Wakil |Mantan |Plt |Pj )?(?:Kepala|Ketua|Direktur|Menteri|Gubernur|Bupati|Wali Kota|Camat"
    r"|Lurah|Kapolres|Kapolsek|Kapolda|Kasat|Juru bicara|Jubir|Sekretaris|Manajer|Pelatih|Kapten|Presiden"
    r"|Anggota|Komisioner|Koordinator|Dokter"
    r"|Pengamat|Peneliti|Guru Besar|Rektor|Dekan|Hakim|Jaksa|Kuasa Hukum|Pengacara|Aktor|Aktris|Penyanyi)\b"
)
#: from this many certain breaks on, a document counts as split by its scraper
_STYLE = 3
#: names on lines of their own that may stand between an office and its sentence
_NAMES = 2
_DASH = re.compile(r"[-–—]{1,2}$")
_CODE = re.compile(r"\(?[a-z0-9]{2,5}(?:/[a-z0-9]{2,12})+\)?$|\([a-z]{2,4}\)$|\[|[-*•]")


@rule(
    step="joins",
    grain="block",
    source="detik (35 % of articles), kompas: text nodes joined with line breaks",
)
def split_sentence(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Join the lines of a sentence that a scraper broke at every link, bold word and dash.

    A break is healed where the line before can't end a sentence (an open bracket, a comma, *dan*, *di* ...) or the
    line after can't begin one. A name that stood alone joins both of its neighbours. Tag lists stay apart: they
    follow a closed line, and no line of a sentence is short on both sides.

    >>> after(split_sentence, "Ambon\n-\nKepala dinas (\nBPBD\n) meminta warga\nDesa Waai\nwaspada.\nIa pergi.")
    'Ambon - Kepala dinas (BPBD) meminta warga Desa Waai waspada.\nIa pergi.'
    >>> after(split_sentence, "Hujan reda.\n(abc/def)\nbanjir ambon\ncuaca")
    'Hujan reda.\n(abc/def)\nbanjir ambon\ncuaca'
    """
    for document in lines.documents():
        broken = [_is_broken(*pair) for pair in pairwise(document)]
        if sum(broken) >= _STYLE:
            for i in range(len(broken)):
                for j in range(i, i + _opening(document, i, broken)):
                    broken[j] = True
        for i in range(len(broken)):
            # "... pelatih / Timnas Putri / mengatakan": the name's second break tells of the first
            follows = i + 1 < len(broken) and broken[i + 1] and not _DASH.fullmatch(document[i + 2].text)
            goes_on = i > 0 and broken[i - 1]
            if not broken[i] and follows and _may_lead_to_name(document[i], document[i + 1], goes_on):
                broken[i] = True
        # a run of breaks must hold a line of prose: tags and lists of names don't
        i = 0
        while i < len(broken):
            if not broken[i]:
                i += 1
                continue
            stop = i
            while stop < len(broken) and broken[stop]:
                stop += 1
            run = document[i : stop + 1]
            if any(len(line.text) >= 40 or ends_sentence(line.text) for line in run):
                for line, after in pairwise(run):
                    yield line.join(after, _joint(line.text, after.text))
            i = stop


def _is_broken(line: Line, after: Line) -> bool:
    if _DASH.fullmatch(line.text) or _DASH.fullmatch(after.text):
        # a dateline in three lines: city, dash, lead; a dash further down means nothing
        dash = line if _DASH.fullmatch(line.text) else after
        return dash.number == 1 and len(line.text) <= 40
    if _CODE.match(line.text) or _CODE.match(after.text) or ends_sentence(line.text):
        return bool(_OPEN_END.search(line.text)) and not _CODE.match(after.text)
    if _OPEN_END.search(line.text):
        return True
    return bool(_GOES_ON.match(after.text)) and not line.text.endswith((":", ")"))


def _opening(document: list[Line], i: int, broken: list[bool]) -> int:
    """How many breaks follow a line that begins a paragraph: *Kepala Biro / KPU / Sinta mengatakan ...* has two.

    Such a line looks like a sub-heading, which stays alone; so it must speak of an office, or end as no heading does.
    """
    line = document[i]
    if ends_sentence(line.text) or len(line.text) > 60 or (i > 0 and broken[i - 1]):
        return 0
    if not (_OFFICE.match(line.text) or (line.text[-1].islower() and not is_headline(line.text))):
        return 0
    for breaks in range(1, min(_NAMES + 2, len(document) - i)):
        after = document[i + breaks].text
        if _CODE.match(after) or not after[0].isupper():
            return 0
        if len(after) >= 40 or (i + breaks < len(broken) and broken[i + breaks]):
            return breaks
        if ends_sentence(after):
            return 0
    return 0


def _may_lead_to_name(line: Line, name: Line, goes_on: bool) -> bool:
    """Whether a line could be the first half of a sentence that goes on with a name on a line of its own."""
    if ends_sentence(line.text) or len(name.text) > 60 or not line.text[-1:].islower():
        return False
    return goes_on or (len(line.text) >= 20 and not is_headline(line.text))


def _joint(before: str, after: str) -> str:
    return (
        ""
        if before.endswith(("(", "[", "“", "/")) or after.startswith((",", ".", ";", ":", ")", "]", "%", "”"))
        else " "
    )
