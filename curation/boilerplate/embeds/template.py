"""Template code that nobody filled in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.seam import cut_out
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_TEMPLATE = re.compile(
    r"\s?(?:\{\{\s?[\w.|$()'\" -]{1,80}\s?\}\}|\{%-?\s?[\w.|=!<>'\" -]{1,80}\s?-?%\}|<%=\s?[\w.()'\" -]{1,80}\s?%>"
    r"|\$\{[\w.()]{1,60}\}|<!--[^\n]{0,300}?-->|<!\[CDATA\[|\]\]>|&lt;!--[^\n]{0,300}?--&gt;)"
)


@rule(
    step="characters",
    grain="inline",
    literals=("{{", "{%", "<%=", "${", "<!--", "<![cdata", "]]>", "&lt;!--"),
    source="pages whose lists are filled in by script (PRMN, idntimes)",
)
def template(lines: Lines, context: Context) -> Iterator[Edit]:
    """Cut placeholders of templates (*{{ judul }}*) and comments of the markup.

    >>> after(template, "Air surut. {{ item.title }} Warga pulang.<!-- iklan -->")
    'Air surut. Warga pulang.'
    >>> after(template, "Harga beras {di tingkat petani} turun.")
    'Harga beras {di tingkat petani} turun.'
    """
    for line in lines:
        for found in _TEMPLATE.finditer(line.text):
            yield cut_out(line, *found.span())
