"""The editor's name in brackets at the end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.bylines.parts import closes, last_bracket
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_NAME = re.compile(
    r"\s*[(\[]\s?(?P<name>[A-Z][a-z'’]+(?:\s(?:[A-Z]\.?|[A-Z][a-z'’]+)){1,3}(?P<second>\s?/\s?[A-Z][a-z'’]+(?:\s[A-Z][a-z'’]+){1,3})?|[A-Z][a-z]+,\s?[A-Z][a-z]{0,10})\s?[)\]][\s.,]*$"
)
#: what stands in brackets after a sentence and is no name: verses, places, what the reader should know
_NO_NAME = re.compile(
    r"(?:QS|HR|Q|H|Al|An|Ar|As|At|Az|Surat|Ayat|Hadis|Kitab|Mazmur|Matius|Yohanes|Foto|Dok|Ilustrasi|Sumber|Baca|Lihat"
    r"|Gambar|Grafis|Tabel|Jawa|Kota|Kabupaten|Provinsi|Kalimantan|Sulawesi|Sumatera|Nusa|Papua|Amerika|Korea|Arab|Uni"
    r"|Partai|Liga|Piala|Lagu|Bait|Reff|Bagian|Nama|Bukan|Menteri|Wakil|Ketua|Presiden|Gubernur|Bupati|Wali|Getty|Video|Berita|Artikel|Catatan)\b"
)

#: characters from the end of a line within which the bracket opens
_WINDOW = 100


@rule(
    step="tail",
    grain="inline",
    shape=r"[(\[]\s?[A-Z][a-z'’]+[ ,][^()\[\]]+[)\]][\s.,]*$",
    tail=3,
    source="okezone 21 % of articles; lampost, posmetro",
)
def name_in_brackets(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read the editor from a name in brackets that closes the text (*(Sinta Wulandari)*), and remove it.

    It stands on a line of its own or right after the last full stop. A name in brackets inside a sentence is news.

    >>> after(name_in_brackets, "Persema menang.\n(Sinta Wulandari)")
    'Persema menang.\n'
    >>> after(name_in_brackets, "Persema menang.(Sinta Wulandari)")
    'Persema menang.'
    >>> after(name_in_brackets, "Ia dijuluki si Kancil (Budi Santosa)")
    'Ia dijuluki si Kancil (Budi Santosa)'
    """
    for line in lines:
        start = last_bracket(line.text, _WINDOW)
        found = None if start is None else _NAME.match(line.text, start)
        if not found or _NO_NAME.match(found["name"]):
            continue
        whole = found.start() == 0
        if found["second"] and not whole:
            continue  # a pair of players, say
        if whole or (line.from_tail < 2 and closes(line.text[: found.start()])):
            yield line.read("editor", found, "name")
            yield line.cut(*found.span())
