"""The editor's name in brackets at the end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_NAME = re.compile(
    r"\((?P<name>[A-Z][a-z]+(?:\s(?:[A-Z]\.?|[A-Z][a-z]+)){1,3})\s?\)"
    r"|\((?:[A-Z][\w-]*\.)(?:co\.id|com|id|net)\s?/\s?(?P<at>[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3})\)"
)


@rule(step="tail", shape=r"^\([A-Z][^)]{3,60}\)$", tail=3, source="okezone 21 % of articles")
def name_in_brackets(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read the editor from a last line that is only a name in brackets, perhaps after an outlet's, and remove it.

    >>> after(name_in_brackets, "Persema menang.\n(Sinta Wulandari)")
    'Persema menang.\n'
    >>> after(name_in_brackets, "Persema menang.\n(WartaAmbon.com/Sinta)")
    'Persema menang.\n'
    """
    for line in lines:
        found = _NAME.fullmatch(line.text)
        if found:
            yield line.read("editor", found, "name" if found["name"] else "at")
            yield line.drop()
