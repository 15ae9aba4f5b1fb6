"""The boxes of a page that are not its text: which of them are the site's after all, and the captions."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from curation.ingest.page.blocks import Block, Page

#: A box with more than this share of the page's prose is the article, whatever its name says.
_TOO_MUCH = 0.5


def give_back(page: Page) -> None:
    """Boxes that hold too much of the page's prose are not the site's."""
    held: Counter[Any] = Counter()
    for block in page.blocks:
        if block.is_prose:
            held[block.chrome] += block.n_words
    enough = _TOO_MUCH * held.total()
    for block in page.blocks:
        if block.chrome is not None and held[block.chrome] > enough:
            block.chrome = None


def find_captions(page: Page, agreed: set[Block]) -> None:
    """Prose that trafilatura leaves out, alone with a picture in a box, is a caption without a name."""
    pictures = words = None
    for block in page.blocks:
        if block.chrome is not None or block in agreed or not block.is_prose:
            continue
        if pictures is None or words is None:
            pictures = page.sums((number, 1) for number in page.pictures)
            words = page.sums((other.holder, other.n_words) for other in page.blocks)
        number = block.holder
        for _ in range(3):
            number = page.parents[number]
            if number < 0 or words[number] > 1.2 * block.n_words:
                break
            if pictures[number]:
                block.chrome, block.is_caption = page.elements[number], True
                break


def captions(page: Page, chosen: list[Block]) -> tuple[str, ...]:
    """The captions beside or in the article."""
    if not chosen:
        return ()
    first, last = page.blocks.index(chosen[0]), page.blocks.index(chosen[-1])
    near = page.blocks[max(first - 12, 0) : last]
    found = (block.text for block in near if block.is_caption and block.chrome is not None and block.n_words > 2)
    return tuple(dict.fromkeys(found))
