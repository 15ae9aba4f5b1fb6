"""Who contributed to the article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.bylines.parts import NAME
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_TO_THIS = r"\s(?:dalam|pada|untuk)\s(?:penulisan )?(?:tulisan|artikel|laporan|berita)\sini"
_CONTRIBUTED = re.compile(
    rf"(?:^|(?<=[.!?”\"]\s))(?P<author>{NAME}(?:(?:,\s|,?\sdan\s){NAME}){{0,5}})\s(?:ikut |turut |juga )?"
    rf"(?:berkontribusi|menyumbang){_TO_THIS}\.?"
)


@rule(
    step="chrome",
    grain="inline",
    literals=("berkontribusi", "menyumbang"),
    shape=rf"(?:berkontribusi|menyumbang){_TO_THIS}",
    source="tempo",
)
def contributors(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read who contributed (*Sinta Wulandari berkontribusi dalam tulisan ini*), and cut the sentence.

    >>> after(contributors, "Warga pulang. Sinta Wulandari dan Budi Santosa berkontribusi dalam penulisan artikel ini.")
    'Warga pulang. '
    >>> after(contributors, "Ekspor kopi berkontribusi dalam pertumbuhan tahun ini.")
    'Ekspor kopi berkontribusi dalam pertumbuhan tahun ini.'
    """
    for line in lines:
        for found in _CONTRIBUTED.finditer(line.text):
            yield line.read("author", found, "author")
            yield line.cut(*found.span())
