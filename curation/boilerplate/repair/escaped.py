"""Characters that were left escaped."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from curation.boilerplate.repair.invisible import visible
from curation.boilerplate.repair.mojibake import reread
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

#: an entity escaped once more or not, without its ampersand
_NAME = r"(?:(?:amp|#0{0,3}38|#[xX]26);)*(?P<name>#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
_UNNAMED = _NAME.replace("?P<name>", "?:")
_ENTITY = re.compile(f"&{_NAME}")
_ENTITIES = re.compile(f"&(?:{_UNNAMED}(?:&{_UNNAMED})*|nbsp(?![A-Za-z;]))")
#: Excel's line end; a quote escaped for a program
_EXCEL, _QUOTE = re.compile("_x000[dD]_"), re.compile(r"""\\+(?=["'])""")


@rule(
    step="characters",
    grain="inline",
    literals=("&", "_x000d_", '\\"', "\\'"),
    shape=r"""&(?:#|[A-Za-z][A-Za-z0-9]{1,30};|nbsp)|_x000[dD]_|\\["']""",
    source="one crawler of 2019: &quot; and &amp; in 12 % of its articles",
)
def escaped(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Turn HTML entities, once or doubly escaped, into the characters that they stand for.

    Names that HTML doesn't know stay, as does an ampersand without a semicolon.

    >>> after(escaped, "&quot;Air surut,&quot; kata Sinta &amp;amp; Budi di&nbsp;Ambon, R&D; Lintang.")
    '"Air surut," kata Sinta & Budi di Ambon, R&D; Lintang.'
    """
    for line in lines:
        for found in _ENTITIES.finditer(line.text):
            plain = _plain(found[0])
            if plain != found[0]:
                yield line.cut(*found.span(), plain)
        for pattern, plain in ((_EXCEL, "\n"), (_QUOTE, "")):
            for found in pattern.finditer(line.text):
                yield line.cut(*found.span(), plain)


@lru_cache(maxsize=4_096)
def _plain(entities: str) -> str:
    """What entities in a row stand for."""
    return visible(reread(_ENTITY.sub(_character, entities).replace("&nbsp", " ")))


def _character(found: re.Match[str]) -> str:
    entity = f"&{found['name']};"
    plain = html.unescape(entity)
    # a name that HTML only knows without its end, as in &notit;
    return found[0] if plain == entity or (len(plain) > 2 and plain.endswith(";")) else plain
