"""Sentences without a space between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

#: word or bracket, end of sentence, perhaps a closing quote; then a capital that begins a word
_GLUE = re.compile(r"""(?:(?<=[^\W\d_]{3})|(?<=[\d)\]%]{2}))[.!?]["”’]?(?=["“‘]?[A-Z][a-z]|[“‘])""")
#: in these the full stop is no end: titles, initials, companies
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|Dr|Drs|Dra|Ir|Prof|Hj|St|Jl|Jln|No|Tbk|Kab|Kec|Kel|Prov|www)$")
_DOMAIN = re.compile(r"\.(?:Com|Co|Id|Net|Org|Tv|News)\b")


@rule(
    step="joins",
    grain="inline",
    shape=r"""[\pL\d)\]%][.!?]["”’]?(?:["“‘]?[A-Z][a-z]|[“‘])""",
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
        for found in _GLUE.finditer(line.text):
            before = line.text[max(0, found.start() - 12) : found.start()]
            if _ABBREVIATION.search(before) or _DOMAIN.match(line.text, found.start()):
                continue
            end = found.end()
            # a straight quote opens where all before it are closed: Rp82.000."Kami rugi," kata Budi
            if found[0].endswith('"') and line.text.count('"', 0, end - 1) % 2 == 0:
                end -= 1
            yield line.cut(end, end, " ")
