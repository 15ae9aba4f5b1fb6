"""The code of a writer or desk, alone in brackets at the very end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.bylines.parts import closes
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_CODE = re.compile(
    r"[\s,]*[(\[]\s?(?P<code>[a-z]{2,4}|(?P<word>[a-z]{5,20})|[a-z]{1,4}\d{1,4}|[A-Z][a-z]{1,9}|[A-Z]{2,4}|(?:[A-Z]{1,3}/)?[A-Z]{1,3}-\d{1,2}|(?:cr|CR|mg|MG)-?\d{1,3})\s?[)\]]"
    r"(?:[\s.,]*(?:\(?\*+\)?)?[\s.,]*)$"
)
#: marks of their own, countries, and what a caption or a quotation adds
_NO_CODE = re.compile(
    r"(?:bersambung|tertawa|menangis|selesai|redaksi|istimewa|red|adv|int|net|ist|ant|foto|dok|kpk|dpr|alm|tamat|habis|adm|swt|saw|ra|as|sic|pdf|url|gif|jpg|png|link|dot|edit|Persero|Tbk|Jepang|Cina|China|Amin|Aamiin"
    r"|Rusia|Iran|Israel|Antara|Reuters|Adv|Ist|Red|Foto|Almarhum|Almarhumah|Bersambung|Habis|Tamat|Ketawa|Tertawa|AFP|AP|ADV|IST"
    r"|RED|ANT|WIB|WITA|WIT|AS|RI|Sic|Juga|Selesai|Redaksi|Istimewa|Sumber|Video)$"
)

#: characters from the end of a line within which a code begins
_WINDOW = 60
#: lines from the end within which initials in square brackets are certain
_END = 15


@rule(
    step="ends",
    grain="inline",
    shape=r"[(\[]\s?[\w/-]{2,20}\s?[)\]][\s.,]*(?:\(?\*+\)?)?[\s.,]*$",
    tail=_END,
    source="sindonews 8 %, posmetro, tribun 3 %, media indonesia",
)
def code_in_brackets(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read a single code in brackets that closes the text (*(dra)*, *(Ria)*, *(cr12)*, *(E-2)*), and remove it.

    Only after a finished sentence or on a line of its own: *Menteri Keuangan (Menkeu)* is news. In square brackets
    behind a sentence (*[abc]*) it counts further up, too, where chrome is left below it.

    >>> after(code_in_brackets, "Persema menang.(dra)"), after(code_in_brackets, "Persema menang.\n(SIS)")
    ('Persema menang.', 'Persema menang.\n')
    >>> after(code_in_brackets, "Rapat dipimpin Menteri Keuangan (Menkeu)")
    'Rapat dipimpin Menteri Keuangan (Menkeu)'
    """
    for line in lines:
        if line.from_tail > 0 and "]" not in line.text[-5:]:
            continue
        found = _CODE.search(line.text, max(0, len(line.text) - _WINDOW))
        if not found or _NO_CODE.match(found["code"]):
            continue
        whole = found.start() == 0
        above = line.previous
        # below a headline or a list of tags, only a code in small letters is none of theirs
        certain = found["code"].islower() and not found["word"]
        squared = found[0].lstrip()[0] == "[" and certain and not whole and line.from_tail < _END
        if (line.from_tail > 0 and not squared) or (whole and (above is None or not (certain or closes(above.text)))):
            continue
        quoted = line.text[: found.start()].rstrip().endswith(('"', "”"))
        if whole or (closes(line.text[: found.start()]) and not (quoted and found["word"])):
            yield line.read("editor_code", found, "code")
            yield line.cut(*found.span())
