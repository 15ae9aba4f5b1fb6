"""Credits of the form *role: name*, one after another: on lines of their own and at the end of lines."""

from __future__ import annotations

import re
from typing import NamedTuple

from curation.boilerplate.shapes import words

#: what a page calls those behind an article, and the field that their names go to
ROLES = {
    "penulis": "author",
    "ditulis oleh": "author",
    "dilaporkan oleh": "author",
    "reporter": "author",
    "laporan": "author",
    "pewarta": "author",
    "kontributor": "author",
    "jurnalis": "author",
    "wartawan": "author",
    "koresponden": "author",
    "penerjemah": "translator",
    "editor": "editor",
    "disunting oleh": "editor",
    "penyunting": "editor",
    "redaktur": "editor",
    "uploader": "uploader",
    "fotografer": "photographer",
    "videografer": "photographer",
    "sumber": "source",
    "sumber berita": "source",
    "source": "source",
    "redaktur & reporter": "author",
    "video editor": "editor",
    "rep": "author",
    "red": "editor",
    "via": "editor",
    "video by": "photographer",
    "foto by": "photographer",
    "juru kamera": "photographer",
    "kamerawan": "photographer",
    "produser": "editor",
    "publisher": "uploader",
    "ditinjau oleh": "editor",
    "disadur dari": "source",
}
#: short words must stand alone: "Trivia:" is no label
_NAMES = "|".join(rf"\b{name}" if len(name) <= 3 else name for name in sorted(ROLES, key=len, reverse=True))
#: what the rules declare
LITERALS = ("ditulis oleh", "dilaporkan oleh", *(f"{name}{colon}" for name in ROLES for colon in (":", " :")))
#: any of the roles, for RE2
ANY_ROLE = rf"(?i:{_NAMES})"
#: may be glued to the name before: "Reporter: SintaEditor: Budi"
LABEL = re.compile(rf"(?<![Pp]ilihan )(?<!\d)(?P<role>{_NAMES}) ?:", re.IGNORECASE)
_CREDIT = re.compile(
    rf"[\s|/;,–-]*(?P<role>{_NAMES}) ?:\s*(?P<name>(?:https?:|[^:\n]){{2,300}}?)\s*(?=[|/;,]?\s*(?:(?:{_NAMES}) ?:|$))",
    re.IGNORECASE,
)
#: how chrome begins that may stand behind the last name
_CHROME = (
    r"(?:(?:Baca|BACA|Simak|SIMAK|Lihat|Saksikan|Tonton|Follow|Ikuti|Bagikan|Share|Cek|Dapatkan|Jangan|Disclaimer"
    r"|DISCLAIMER|Selanjutnya|Halaman|Next|Tags?|TAGS?|Topik|Copyright|COPYRIGHT|Komentar|Temukan|Download|Unduh"
    r"|Gabung|Berita|Artikel|Konten|Yuk|Mau|Menarik|Rekomendasi|Terkini|Terpopuler)\b|[©#\[])"
)
_WORD = r"[A-Z][\w.'’-]*"
_BEFORE_CHROME = re.compile(
    rf"[\s|/;,–-]*(?i:(?P<role>{_NAMES})) ?:\s*(?P<name>{_WORD}(?:\s{_WORD}){{0,3}}?)(?=\s+{_CHROME})"
)
#: "Sinta Wulandari membantu penulisan" is no name; "Zul bin Ali dan Ratna/Warta Ambon" is
_JOINTS = frozenset({"dan", "bin", "binti", "de", "van", "al", "el", "dari", "of"})
_COPYRIGHT = re.compile(r"\s*(?:(?:copyright|hak cipta)\s*)?(?:©|\(c\)).{2,40}$", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://)?[\w-]{1,60}(?:\.[\w-]{1,60}){0,5}\.[a-z]{2,}[/&?]?.*")
_DOMAIN = re.compile(r"(?<![\w/.])\w[\w-]*(?:\.[a-z]{2,10}){1,2}\b(?!/)")
#: sources without a name
_ANY_SOURCE = frozenset(
    {"berbagai sumber", "dari berbagai sumber", "diolah dari berbagai sumber", "istimewa", "redaksi"}
)
_MOST_WORDS = 12


class Credit(NamedTuple):
    """One role, as the field of its name, and the match that holds the name."""

    field: str
    found: re.Match[str]


def read_credits(text: str, start: int = 0, stop: int | None = None) -> list[Credit]:
    """The credits that a stretch of a text is made of; none where it is anything else.

    >>> [(c.field, c.found["name"]) for c in read_credits("Reporter: SintaEditor: Budi Santosa © KBN 2026")]
    [('author', 'Sinta'), ('editor', 'Budi Santosa')]
    >>> read_credits("Wartawan: Bagaimana kabar Anda?")
    []
    """
    body = text[:stop]
    if notice := _COPYRIGHT.search(body, start):
        body = body[: notice.start()]
    body = body.rstrip(" .,|;")
    found = []
    while start < len(body):
        credit = _CREDIT.match(body, start)
        if credit is None or not _is_name(credit["name"], ROLES[credit["role"].lower()]):
            return []
        found.append(Credit(ROLES[credit["role"].lower()], credit))
        start = credit.end()
    return found


def credits_before_chrome(text: str, start: int) -> list[Credit]:
    """Credits with other chrome behind them; none where it is anything else.

    >>> [c.found["name"] for c in credits_before_chrome("Reporter: Sinta | Editor: Budi Santosa Cek berita lain", 0)]
    ['Sinta', 'Budi Santosa']
    """
    found: list[Credit] = []
    while credit := _BEFORE_CHROME.match(text, start) or _CREDIT.match(text, start):
        field = ROLES[credit["role"].lower()]
        # a single word could begin a sentence, unless another credit is before it
        if not _is_name(credit["name"], field) or not (found or " " in credit["name"] or credit.re is _CREDIT):
            return []
        found.append(Credit(field, credit))
        if credit.re is _BEFORE_CHROME:
            return found
        start = credit.end()
    return []


#: words of sub-headings (*Penulis: Mitra, Bukan Atasan*) that stand in no name
_NOT_IN_NAMES = (
    "Bukan Yang Untuk Tanpa Tidak Tak Adalah Jadi Harus Perlu Akan Bisa Kini Masih Sudah Apa Siapa Mengapa Kenapa"
    " Bagaimana Kapan Jangan Cuma Hanya Lebih Makin Semakin"
)
_NO_NAME = frozenset(_NOT_IN_NAMES.split())


def _is_name(text: str, field: str) -> bool:
    parts = words(_DOMAIN.sub("Domain", text) if field == "source" else text)
    if all(_ADDRESS.fullmatch(part) for part in re.split(r"[\s,]+", text.strip(" ,"))):
        return field == "source"
    if field != "source" and not _NO_NAME.isdisjoint(parts):
        return False
    if not parts or len(parts) > _MOST_WORDS or text.endswith(("?", "!", '"', "”")):
        return False
    if len(parts) > 2 and text.endswith(".") and not parts[-1][0].isupper():
        return False
    capital = [part for part in parts if part != part.lower() or part[0].isdigit() or part in _JOINTS]
    if len(capital) == len(parts):
        return True
    return field == "source" and text.lower().strip(" .") in _ANY_SOURCE
