"""The element of a page that holds the article: the one whose prose outweighs its links and scraps the most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from curation.ingest.page.blocks import ITEM

if TYPE_CHECKING:
    from curation.ingest.page.blocks import Block, Page
    from curation.ingest.page.head import Headline

#: A paragraph of so many words or more is prose without a doubt.
_FULL = 25
#: More linked headlines than these part the article from what stands below it.
_PARTED = 6
#: Microdata that says less than this marks a stub.
_STUB = 30
#: So much more must a run of lines say than the best element: the page is flat, its article has no element.
_FLAT = 1.3


def container(page: Page, agreed: set[Block], found: Headline) -> list[Block]:
    """The blocks of the element that holds the article, or of the best run where no element holds it alone."""
    blocks = [block for block in page.blocks if block.chrome is None]
    far = _far(page, found)
    said = [_value(block, (block in agreed) + (block not in far)) for block in blocks]
    values = page.sums((block.holder, value) for block, value in zip(blocks, said, strict=True))
    best = max(range(len(values)), key=lambda number: (values[number], -number))
    for number, element in enumerate(page.elements):
        is_marked = "articleBody" in (element.get("itemprop") or "")
        if is_marked and values[number] >= max(_STUB, values[best] / 2):
            return page.inside([element])
    start, end, value = _best_run(said)
    if value > _FLAT * values[best]:
        return blocks[start:end]
    return page.inside(_alike(page, best, values))


def _alike(page: Page, best: int, values: list[float]) -> list[Any]:
    """An element and those of the same class beside it that hold prose: parts of an article that is cut by a list."""
    element, parent = page.elements[best], page.parents[best]
    name = element.get("class")
    if not name:
        return [element]
    beside = (n for n, above in enumerate(page.parents) if above == parent and values[n] > 0)
    return [
        page.elements[n]
        for n in beside
        if page.elements[n].tag == element.tag and page.elements[n].get("class") == name
    ]


def _best_run(values: list[float]) -> tuple[int, int, float]:
    """Where the run of values with the greatest sum starts and ends, and the sum (Kadane's algorithm).

    >>> _best_run([-1, 5, -2, 4, -9, 3])
    (1, 4, 7.0)
    """
    best = (0, 0, 0.0)
    start, total = 0, 0.0
    for at, value in enumerate(values):
        if total <= 0:
            start, total = at, 0.0
        total += value
        if total > best[2]:
            best = (start, at + 1, total)
    return best


def _far(page: Page, found: Headline) -> set[Block]:
    """The blocks before the headline, and those after it that a list of linked headlines parts from it."""
    start = page.place_of(found.element)
    if start is None:
        return set()
    far, n_links = set(page.blocks[:start]), 0
    for block in page.blocks[start:]:
        n_links += block.linked >= 0.8 and block.n_words > 3
        if n_links > _PARTED:
            far.add(block)
    return far


def _value(block: Block, n_witnesses: int) -> float:
    """What a block says for its element: words of prose, less what is linked; scraps and lists of links say no.

    Short prose says less. It says half as much where it is far from the headline, and half where trafilatura leaves
    it out: it may be a comment or a teaser as well as a lost lead. What is no prose and may belong to it says nothing,
    unless it is long and both witnesses speak for it.
    """
    weight = block.n_words * min(1, block.n_words / _FULL)
    if block.is_prose:
        return weight * (1 - 2 * block.linked) * (0.25, 0.5, 1)[n_witnesses]
    if block.linked < 0.1:
        if n_witnesses == 2 and block.n_words >= ITEM:
            return weight / 2
        if n_witnesses == 2 or block.ends or block.is_heading or block.is_margin:
            return 0
    if block.is_linked_sentence:
        return 0
    return -block.n_words * (0.5 + block.linked)
