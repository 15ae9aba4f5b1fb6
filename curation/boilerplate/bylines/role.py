"""Credits on a line of their own: writer, editor, photographer, source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.bylines.parts import NAME
from curation.boilerplate.bylines.roles import LABEL, LITERALS, ROLES, read_credits
from curation.boilerplate.shapes import is_prose
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Line, Lines, Value
    from curation.rule import Context

_LONGEST = 240
_NAME = re.compile(r"[A-Z‘'@][\w.'’@-]*(?:\s[A-Z][\w.'’-]*){0,4}")
#: "(Ditulis oleh Sinta)" needs no colon, in brackets
_WRITTEN = re.compile(r"[(\[]\s?(?:Ditulis|Dilaporkan)\soleh:?\s(?P<name>[A-Z‘'][^()\n]{2,80}?)\s?[)\]]\.?")
#: (Kontributor Ambon WartaLintang.com: Sinta)
_OF_A_PLACE = re.compile(
    r"[(\[]\s?(?:(?:Penulis|Kontributor|Wartawan|Reporter|Koresponden)\s){1,2}(?:[A-Z][\w.-]*,?\s?){1,5}:\s"
    rf"(?P<name>{NAME})\s?[)\]]\.?"
)
#: the writer's account, on the last line
_ACCOUNT = re.compile(r"(?:IG|Ig|Instagram|Twitter|X|TikTok|Threads) ?: ?@[\w.]{3,30}")
#: above it, an account is the reader's next step
_POINTER = re.compile(r"akun|info|kontak|hubungi|daftar|pesan|instagram|media sosial|medsos|:$", re.IGNORECASE)
#: without colons, a bar must part them
_BOTH = re.compile(rf"(?:Penulis|Reporter) (?P<author>{NAME})\s?[|•]\s?(?:Editor|Penyunting) (?P<editor>{NAME})")
_OTHER_LABEL = re.compile(
    r"(?:Judul|Penerbit|Tahun|Tebal|Genre|Sutradara|Pemain|Produser|Durasi|Halaman|ISBN|Cetakan|Penyanyi|Album|Lagu|Pencipta"
    r"|Developer|Pengembang|Platform|Narasumber|Responden|Jawab|Tanya|Rilis|Rating|Skenario|Bahasa|Negara|Tema"
    r"|Nama)[\w ]{0,20}:"
)
#: what the writer of an opinion is
_WHO_IS = re.compile(
    r"[*() ]{0,4}Penulis (?:adalah|merupakan) (?:seorang )?(?:dosen|guru|mahasiswa|peneliti|pengamat|kontributor"
    r"|wartawan|jurnalis|pemerhati|pegiat|aktivis|praktisi|advokat|alumn[iu]s?|direktur|ketua|anggota|staf|pengajar|sastrawan"
    r"|penyair|ekonom|analis|kolumnis|pendiri|santri|koordinator|sekretaris|kepala|rektor|dekan|pustakawan|dokter|konsultan"
    r"|fungsional|akademisi|pengurus|tenaga)\b[^.!?]{2,160}[.)*]{0,3}"
)
#: what stands in these two alone
_PREFIXES = (": @", ":@", "(penulis", "(kontributor", "(wartawan", "(reporter", "(koresponden")
#: lines from the end within which such a line, or a credit that also stands in lists of films and games, is the page's
_LAST, _ALSO_OF_WORKS = 6, ("produser", "publisher")
#: lines from the end within which a source credits the article; above, it credits a table or a quotation
_END = 12
#: tags may stand below a label and its name
_TAGS = 30


@rule(
    step="chrome",
    grain="block",
    literals=(
        *LITERALS,
        "| editor",
        "|editor",
        "• editor",
        "| penyunting",
        "penulis adalah",
        "penulis merupakan",
        *_PREFIXES,
    ),
    source="antara, kompas, tribun, liputan6 4 %, posmetro 78 % of articles; turnbackhoax, lampost",
)
def role(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read the people behind an article (*Penulis: Nama*, *(Reporter: A | Editor: B)*) and remove the line.

    Several credits may share a line, glued or parted by bars; a label alone has its name on the next line. What
    follows a role must read like a name: in an interview, *Wartawan:* asks a question. Beside *Judul:* or *Penerbit:*,
    the writer is a book's.

    >>> after(role, "Air surut.\nPewarta: Sinta Wulandari Editor: Budi Copyright © KBN 2026\nEditor : Made")
    'Air surut.\n\n'
    >>> after(role, "Air surut.\n(Penulis: Sinta, Budi | Editor: Made)\n(Ditulis oleh Ratna)")
    'Air surut.\n\n'
    >>> after(role, "Judul: Laut Kita\nPenulis: Ratna Kusuma\nPenerbit: Lintang")
    'Judul: Laut Kita\nPenulis: Ratna Kusuma\nPenerbit: Lintang'
    >>> after(role, "Sumber air di desa itu mengering sejak Mei.")
    'Sumber air di desa itu mengering sejak Mei.'
    """
    for line in lines:
        if len(line.text) > _LONGEST:
            continue
        if written := _WRITTEN.fullmatch(line.text) or _OF_A_PLACE.fullmatch(line.text):
            yield line.read("author", written, "name")
            yield line.drop()
        elif (line.from_tail < _LAST and _WHO_IS.fullmatch(line.text)) or _is_account(line):
            yield line.read("attribution")
            yield line.drop()
        elif both := _BOTH.fullmatch(line.text):
            yield line.read("author", both, "author")
            yield line.read("editor", both, "editor")
            yield line.drop()
        elif label := LABEL.fullmatch(line.text):
            yield from _with_the_name_below(line, ROLES[label["role"].lower()])
        else:
            yield from _credits(line)


def _credits(line: Line) -> Iterator[Edit | Value]:
    bracket = line.text[0] in "([" and line.text.rstrip(".")[-1] in ")]"
    found = read_credits(line.text, 1, len(line.text.rstrip(".")) - 1) if bracket else read_credits(line.text)
    if not found or (found[0].field == "source" and line.from_tail >= _END) or _is_in_a_list(line):
        return
    if found[0].found["role"].lower() in _ALSO_OF_WORKS and line.from_tail >= _LAST:
        return
    for credit in found:
        yield line.read(credit.field, credit.found, "name")
    yield line.drop()


def _is_in_a_list(line: Line) -> bool:
    """Whether a line beside this one has another label: *Judul: ...*, *Penerbit: ...* describe a book or a film."""
    beside = [other.text for other in (line.previous, line.next) if other is not None]
    return any(_OTHER_LABEL.match(text) and not LABEL.match(text) for text in beside)


def _with_the_name_below(line: Line, field: str) -> Iterator[Edit | Value]:
    name = line.next
    if name is not None and line.from_tail < _END + _TAGS and len(name.text) <= 40 and _NAME.fullmatch(name.text):
        yield name.read(field)
        yield line.drop()
        yield name.drop()


def _is_account(line: Line) -> bool:
    if line.from_tail > 0 or not _ACCOUNT.fullmatch(line.text):
        return False
    above = line.previous
    return above is not None and is_prose(above.text) and not _POINTER.search(above.text)
