"""The headline of the video or gallery below an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.boilerplate.shapes import is_headline, is_prose, words
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_FEWEST = 5


@rule(
    step="ends",
    shape=r"[^.,;:\"”]$",
    tail=1,
    source="detik 3 %: printed below the player and again as its label",
)
def title_at_end(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove the last two lines if they are one headline, printed twice below the last sentence.

    >>> title = "\nPanen Raya di Lembah Cianjur"
    >>> after(title_at_end, "Warga pulang ke rumah masing-masing setelah air surut." + title + title)
    'Warga pulang ke rumah masing-masing setelah air surut.\n\n'
    """
    for line in lines:
        above = line.previous
        if above is None or above.text != line.text or len(words(line.text)) < _FEWEST or not is_headline(line.text):
            continue
        before = above.previous
        if before and is_prose(before.text):
            yield above.drop()
            yield line.drop()
