"""Sentences without a space between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

#: end of a sentence, perhaps a closing quote; then a capital that begins a word, or an acronym before a word
_GLUE = re.compile(r"""[.!?]["”’]?(?=["“‘]?(?:[A-Z][a-z]|[A-Z]{2,8}\s[a-z])|[“‘])""")
#: a sentence ends in a word, a number, a bracket
_LAST = re.compile(r"(?:[^\W\d_]{3}|\d{2}|[^\W_]?[)\]%])$")
#: a file number is all capitals (*PTUN.BDG*)
_FILE_NUMBER = re.compile(r"[A-Z]\.[A-Z]{2}")
#: in these the full stop is no end: titles, initials, companies
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|Dr|Drs|Dra|Ir|Prof|Hj|St|Jl|Jln|No|Tbk|Kab|Kec|Kel|Prov|Pid|Pdt|www)$")
#: no sentence begins here: a domain, an address, a file number
_NO_BEGIN = re.compile(r"\.(?:(?:Com|Co|Id|Net|Org|Tv|News|Js|COM|CO|ID|NET|ORG|TV)\b|\w+[@/_]|\w+\.[a-z])")


@rule(
    step="joins",
    grain="inline",
    shape=r"""[\pL\d)\]%][.!?]["”’]?(?:["“‘]?(?:[A-Z][a-z]|[A-Z]{2,8}\s[a-z])|[“‘])""",
    source="sindonews (91 % of its articles), okezone, kompas",
)
def glued_sentence(lines: Lines, context: Context) -> Iterator[Edit]:
    """Put a space between two sentences that a scraper glued together.

    Domains, initials and abbreviations are left alone.

    >>> after(glued_sentence, "Air surut pada Senin (2/3/2026).Warga kembali ke rumah.")
    'Air surut pada Senin (2/3/2026). Warga kembali ke rumah.'
    >>> after(glued_sentence, 'Ia rugi besar."Kami pasrah," katanya."Begitulah."Ia pulang.')
    'Ia rugi besar. "Kami pasrah," katanya. "Begitulah." Ia pulang.'
    >>> after(glued_sentence, "Menurut Kabarpagi.Com, Prof.Budi dari PT.Maju datang.")
    'Menurut Kabarpagi.Com, Prof.Budi dari PT.Maju datang.'
    """
    for line in lines:
        text, quotes, counted = line.text, 0, 0
        for found in _GLUE.finditer(text):
            start, end = found.span()
            last = _LAST.search(text, max(0, start - 3), start)
            if (
                not last
                or _FILE_NUMBER.match(text, start - 1)
                or _ABBREVIATION.search(text, max(0, start - 12), start)
                or _NO_BEGIN.match(text, start)
            ):
                continue
            # a straight quote opens where all before it are closed: Rp82.000."Kami rugi," kata Budi
            if found[0].endswith('"'):
                quotes, counted = quotes + text.count('"', counted, end - 1), end - 1
                if quotes % 2 == 0:
                    end -= 1
            yield line.cut(end, end, " ")
