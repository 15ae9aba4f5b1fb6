"""Sentences that a scraper broke at links and bold words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from curation.boilerplate.shapes import ends_sentence, nothing_above
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Line, Lines
    from curation.rule import Context

#: no line ends like this: an opening bracket or quote, a word that leads to the next
_LEADS_ON = re.compile(
    r"""(?:[(\[“]|\s["/]|(?:^|\s)(?:dan|di|ke|dari|yang|oleh|dengan|untuk|pada|dalam|atau|serta|bahwa|kepada|terhadap"""
    r"""|antara|sebagai|seperti|karena|para|bersama|menurut|tentang|melalui|hingga|sejak|agar)"""
    r"""|^(?:Di|Dari|Ke|Pada|Untuk|Dengan|Oleh|Dalam|Menurut|Melalui|Sejak|Hingga|Seperti|Karena|Sebagai))$"""
)
#: a short line that begins a sentence and no heading
_OPENER = re.compile(
    r"[A-Z][a-z]+(?:\s\S+)*\s[a-z]+$|.*,$|(?:Selain|Jika|Bila|Kalau|Saat|Ketika|Namun|Tetapi|Tapi|Lalu|Setelah|Sebelum|Bagi"
    r"|Sementara|Adapun|Sedangkan|Bahkan|Kata|Pelatih|Presiden|Aktris|Aktor|Penyanyi|Pemain|Bek|Penyerang|Kiper|Manajer)$"
)
#: no line begins like this: a closing bracket or quote, a comma, the end of the sentence, a suffix
_FOLLOWS = re.compile(r"""[,;)\]%”](?!\w)|\.(?=\s|$|com\b)|"(?=[,.](?:\s|$)|\s[a-z]|$)|-[a-z]+\b""")
#: a word in lower case (no *iPhone*), perhaps after an abbreviation in brackets
_GOES_ON = re.compile(r"(?:\([^()]{1,60}\)[,.]?\s)?[a-z]+(?![\w)]|\.\w)")
#: a name, also *iPhone* and *detikNews*
_NAME = re.compile(r"[A-Z@]|[a-z]+[A-Z]")
_DASH = re.compile(r"[-–—]{1,2}$")
_DASHED_LEAD = re.compile(r"[–—]\s?[A-Z]")
#: RE2's view of what follows, a little wider, and of the end of a sentence
_MAY_FOLLOW = r"""^(?:[a-z,;.)\]%”"(]|[-–—]{1,2}$|[–—]\s?[A-Z]|-[a-z])"""
_SENTENCE_END = r"""[.!?…]["'”’)\]]*$"""
#: no word that leads on is longer, with the space before it
_LONGEST_LEAD = 12
#: what stands on a line of its own: list items, initials, markers, labels of the site
_ALONE = re.compile(
    r"[-*•▪●✓]\s|[-–—]{1,2}$|(?:\d{1,3}|[A-Za-z])[.)]\s|\[|\(?[a-z0-9]{2,5}(?:/[a-z0-9]{2,12})+\)?$|\([a-z]{2,4}\)$"
    r"|https?:|(?i:advertisement|iklan|scroll |loading|daftar isi|(?:tags?|topik(?: terkait)?|kata kunci|label)\s?:"
    r"|(?:baca|simak|lihat|tonton|saksikan)\b.{0,25}:)"
)
#: as far apart may a broken sentence's beginning and its certain continuation be: names between them
_NAMES = 2
#: a name is no longer than this
_SHORT = 60
#: from this many breaks on, a text counts as broken by its scraper: there an office on a line of its own may be no
#: sub-heading, if a name on a line of its own parts it from a long line in which somebody speaks
_STYLE, _PROSE = 3, 40
_OFFICE = re.compile(
    r"(?:Wakil |Mantan |Plt |Pj )?(?:Kepala|Ketua|Direktur|Menteri|Gubernur|Bupati|Wali Kota|Camat|Lurah|Kapol\w+|Kasat"
    r"|Juru [Bb]icara|Jubir|Sekretaris|Manajer|Komisioner|Koordinator|Anggota|Rektor|Dekan|Kuasa Hukum)\b"
)
#: ", pasangan" before a name on a line of its own: no sub-heading ends so
_APPOSITION = re.compile(r"[A-Z].*,\s[a-z]+$")
_TITLE = re.compile(r"\s(?:AK[BP]P?|Iptu|Ipda|Kompol|Kombes|KH|Hj?|Dr|Prof|Ir|Drs)\.?$")
_SPEAKS = re.compile(
    r"\b(?:mengatakan|menyebut|menyebutkan|menjelaskan|menuturkan|menambahkan|mengaku|menilai|menyatakan|menegaskan"
    r"|mengungkapkan|meminta|berharap|membenarkan|mengimbau|berjanji|menyampaikan|mencatat|mengakui)\b"
)


@rule(
    step="joins",
    grain="block",
    source="detik (35 % of articles), kompas, lampost: text nodes joined with line breaks",
)
def split_sentence(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Join the lines of a sentence that a scraper broke at every link, bold word and dash.

    A break is certain where the line before can't be an end (*dan*, *di*, an open bracket) or the line after can't
    be a beginning (a comma, a closing bracket). A line in lower case goes on with the line before if the sentence comes
    to an end in the same run of lines; a name on a line of its own joins what such a line goes on with. So tag lists
    stay apart, and sub-headings, for a capital follows them.

    >>> after(split_sentence, "Ambon\n-\nKepala dinas (\nBPBD\n) meminta warga\nDesa Waai\nwaspada.\nIa pergi.")
    'Ambon - Kepala dinas (BPBD) meminta warga Desa Waai waspada.\nIa pergi.'
    >>> after(split_sentence, "Hujan reda.\n(abc/def)\nbanjir ambon\ncuaca")
    'Hujan reda.\n(abc/def)\nbanjir ambon\ncuaca'
    """
    # Arrow finds the few places where a sentence may be broken
    lines = lines.where((lines.number + lines.from_tail)[lines.selected] > 0)
    if not len(lines):
        return
    begins, leads = lines.matching(_MAY_FOLLOW), lines.matching(_LEADS_ON.pattern)
    dash = lines.matching(f"^{_DASH.pattern}")
    goes_on = np.r_[begins[1:], False]
    goes_on[goes_on] = ~lines.where(goes_on).matching(_SENTENCE_END)
    document = lines.document[lines.selected]
    may_break = (goes_on | leads | dash)[:-1] & (document[1:] == document[:-1])
    wanted = np.isin(document, document[1:][may_break])
    places = np.r_[may_break, False][wanted].tolist()
    at = 0
    for found in lines.where(wanted).documents():
        yield from _joined(found, [i for i in range(len(found) - 1) if places[at + i]])
        at += len(found)


def _joined(document: list[Line], places: list[int]) -> Iterator[Edit]:
    certain = {i for i in places if _is_certain(document, i)}
    broken = certain | {i for i in places if _goes_on(document[i], document[i + 1])}
    for i in sorted({i - back for i in broken for back in range(1, _NAMES + 1) if i >= back}):
        broken |= set(range(i, i + _names(document, i, broken)))
    if len(broken) >= _STYLE:
        for i in range(len(document) - 2):
            broken |= set(range(i, i + _office(document, i)))
    for start in sorted(i for i in broken if i - 1 not in broken):
        stop = start
        while stop in broken:
            stop += 1
        ends = ends_sentence(document[stop].text) or document[stop].text.endswith((":", ","))
        for i in range(start, stop):
            if ends or i in certain:
                yield document[i].join(document[i + 1], _joint(document[i].text, document[i + 1].text))


def _is_certain(document: list[Line], i: int) -> bool:
    """Whether there can be no break between a line and the next."""
    line, after = document[i], document[i + 1]
    if _DASH.fullmatch(after.text):
        return _is_dateline(document, i + 1)
    if _DASH.fullmatch(line.text):
        return _is_dateline(document, i)
    if _ALONE.match(line.text) or ends_sentence(line.text):
        return False
    if _DASHED_LEAD.match(after.text):
        return line.number <= 4 and len(line.text) <= _SHORT and nothing_above(line)
    return bool(_FOLLOWS.match(after.text) or (_leads_on(line.text) and not _ALONE.match(after.text)))


def _leads_on(text: str) -> bool:
    return bool(_LEADS_ON.search(text, max(0, len(text) - _LONGEST_LEAD)))


def _is_dateline(document: list[Line], i: int) -> bool:
    """Whether a dash on a line of its own stands between a city and the lead."""
    if not 0 < i < len(document) - 1:
        return False
    city, lead = document[i - 1].text, document[i + 1].text
    return len(city) <= 40 and bool(_NAME.match(lead)) and not _ALONE.match(city) and nothing_above(document[i])


def _goes_on(line: Line, after: Line) -> bool:
    """Whether a line seems to go on with the next, which begins in lower case."""
    if _ALONE.match(line.text) or ends_sentence(line.text) or line.text.endswith((":", ";")) or _is_linked(line):
        return False
    return bool(_GOES_ON.match(after.text)) and not _ALONE.match(after.text)


def _is_linked(line: Line) -> bool:
    """Whether a line is a headline below *Baca juga:*."""
    above = line.previous
    return above is not None and above.text.endswith(":") and bool(_ALONE.match(above.text))


def _names(document: list[Line], i: int, broken: set[int]) -> int:
    """How many breaks follow a line whose sentence goes on with names: *melawan / Persela / Lamongan / di kandang*."""
    line = document[i].text
    starts = i - 1 in broken
    if (
        ends_sentence(line)
        or not (line[-1].islower() or line[-1] == "," or _TITLE.search(line))
        or _ALONE.match(line)
        or _is_linked(document[i])
    ):
        return 0
    if not starts and not line[0].islower() and len(line) < 20 and not _OPENER.match(line):
        return 0
    for breaks in range(1, _NAMES + 1):
        if i + breaks >= len(document) - 1:
            return 0
        name = document[i + breaks].text
        if len(name) > _SHORT or not _NAME.match(name) or ends_sentence(name) or _ALONE.match(name):
            return 0
        if i + breaks in broken:
            return 0 if _DASH.fullmatch(document[i + breaks + 1].text) else breaks
    return 0


def _office(document: list[Line], i: int) -> int:
    """How many breaks follow an office on a line of its own: *Kepala Biro / KPU / Sinta mengatakan ...* has two."""
    line = document[i].text
    is_apposition = bool(_APPOSITION.match(line))
    if len(line) > _SHORT or not (is_apposition or _OFFICE.match(line)) or ends_sentence(line):
        return 0
    for breaks, after in enumerate((other.text for other in document[i + 1 : i + _NAMES + 2]), 1):
        if not _NAME.match(after) or _ALONE.match(after):
            return 0
        if len(after) >= _PROSE:
            return breaks if breaks > 1 and (is_apposition or _SPEAKS.search(after, 0, 100)) else 0
        if ends_sentence(after):
            return 0
    return 0


def _joint(before: str, after: str) -> str:
    opened = before.endswith(("(", "[", "“", "/", ' "'))
    return "" if opened or _FOLLOWS.match(after) else " "
