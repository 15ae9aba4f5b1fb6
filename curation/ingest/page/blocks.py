"""A page as blocks: its texts as a browser would break them into lines, each with what it says about itself.

A paragraph, a heading, a list item, a row of a table and what stands between two ``<br>`` are blocks. Elements
inside a line neither glue words nor part them: the page's own blank space counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from curation.ingest.page.names import role

if TYPE_CHECKING:
    from collections.abc import Iterable

_BLOCKS = """
address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer form
h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol p pre section summary table tbody tfoot thead tr ul
"""
_NO_TEXT = """
amp-ad amp-embed amp-iframe amp-img amp-social-share audio base button canvas datalist embed head iframe input link map
meta noscript object script select style svg template textarea title video
"""
_ELEMENTS = frozenset(_BLOCKS.split())
_SILENT = frozenset(_NO_TEXT.split())
_CELLS = frozenset({"td", "th"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
#: What stands for the border between two cells of a row until the line is complete.
_BORDER = "\x1f"

#: How a sentence ends, with a reporter's initials or without; `...` ends a teaser.
_ENDS = re.compile(r"(?<!\.\.)[.!?][\"'”’»)\]]{0,3}(?:\s?\([\w/-]{2,20}\)\W{0,2})?$")
_NO_LETTER = re.compile(r"\W+")
_INNER_END = re.compile(r"[^\W\d_]{2}[.!?][\"'”’)]{0,2}\s")
#: So few words are a headline, a caption or a button, whatever they end in.
_SENTENCE = 10
#: So many words are prose even if the sentence does not end: a page is cut, or a list follows.
_LONG = 40
#: An item of a list with so many words may be a sentence without its stop.
ITEM = 8
DATELINE = re.compile(r"[^.!?]{3,60}[-–—:]\W{0,2}")
CREDIT = re.compile(
    r"\W{0,2}(?:[a-z]{2,5}(?:[/-][a-z]{2,5}){0,3}|[A-Z]{2,4}(?:/[A-Z]{2,4}){1,3})\W{0,2}"
    r"|\W{0,3}(?i:editor|reporter|penulis|pewarta|wartawan|jurnalis|kontributor|sumber|laporan|penyunting|redaktur)\b.{2,80}"
)
#: What must be the article's holds its ancestors, so far up.
_DEEP = 50


@dataclass(slots=True, eq=False)
class Block:
    """One line of the page."""

    text: str
    n_words: int
    #: share of its characters that are links
    linked: float
    #: the innermost block element that holds it: its number in `Page.elements`
    holder: int
    #: tag of that element
    tag: str
    #: the outermost element around it whose names say that it is the site's, and whether as a caption
    chrome: Any = None
    is_caption: bool = False

    @property
    def is_heading(self) -> bool:
        """Whether it stands in one of the elements for headings."""
        return self.tag in _HEADINGS

    @property
    def ends(self) -> bool:
        """Whether it ends like a sentence, however short it is."""
        return _ENDS.search(self.text) is not None

    @property
    def is_prose(self) -> bool:
        """Whether it is sentences, and not a headline, a list of links or a word about the page."""
        if self.n_words < _SENTENCE or self.linked > 0.4 or self.is_heading:
            return False
        return self.n_words >= _LONG or self.ends or self._begins_with_one

    @property
    def is_link(self) -> bool:
        """Whether it is a linked headline and no more."""
        is_one = self.linked >= 0.8 and (self.n_words > 3 or self.tag == "li")
        return is_one and not self.is_heading and not self.is_linked_sentence

    @property
    def is_linked_sentence(self) -> bool:
        """Headlines don't end in a full stop."""
        return self.n_words >= ITEM and self.ends

    @property
    def is_margin(self) -> bool:
        """Whether it is a dateline or a credit, which stand just outside the paragraphs."""
        return self.n_words <= 8 and bool(DATELINE.fullmatch(self.text) or CREDIT.fullmatch(self.text))

    @property
    def _begins_with_one(self) -> bool:
        """Whether a sentence ends inside it: a linked headline follows in the same paragraph."""
        if self.text.endswith(("...", "…")):
            return False
        return any(self.text.count(" ", 0, end.start()) >= _SENTENCE for end in _INNER_END.finditer(self.text))


@dataclass(slots=True)
class Page:
    """The blocks of a page and the block elements around them, both in document order."""

    blocks: list[Block] = field(default_factory=list)
    elements: list[Any] = field(default_factory=list)
    #: for every element the number of the block element around it; -1 for the first one
    parents: list[int] = field(default_factory=list)
    #: for every picture the number of the block element around it
    pictures: list[int] = field(default_factory=list)

    def place_of(self, element: Any) -> int | None:
        """The number of the first block in an element that is a block, if it holds any."""
        try:
            number = self.elements.index(element)
        except ValueError:
            return None
        return next((at for at, block in enumerate(self.blocks) if block.holder >= number), None)

    def inside(self, elements: Iterable[Any]) -> list[Block]:
        """The blocks of some elements, each once, without the site's."""
        chosen = set(elements)
        within: list[bool] = []
        for element, parent in zip(self.elements, self.parents, strict=True):
            within.append(element in chosen or (parent >= 0 and within[parent]))
        return [block for block in self.blocks if within[block.holder] and block.chrome is None]

    def sums(self, of: Iterable[tuple[int, float]]) -> list[float]:
        """For every element the sum of the values in it and below it, given by element."""
        values = [0.0] * len(self.elements)
        for number, value in of:
            values[number] += value
        for number in range(len(values) - 1, 0, -1):
            values[self.parents[number]] += values[number]
        return values


def read(top: Any, articles: Iterable[Any] = ()) -> Page:
    r"""The blocks below an element; without recursion, since a page may be a million elements deep.

    What holds one of `articles` (the headline, the article's element) is not the site's, whatever its name says.

    >>> import lxml.html
    >>> html = "<div>Air <b>mulai</b> <a>surut</a>, kata Sari.<br>Hari<p>ini.</p><table><td>Gula<td>2 kg</table></div>"
    >>> [block.text for block in read(lxml.html.fromstring(html)).blocks]
    ['Air mulai surut, kata Sari.', 'Hari', 'ini.', 'Gula | 2 kg']
    """
    page = Page()
    spared = {above for element in articles for above in (element, *islice(element.iterancestors(), _DEEP))}
    pieces: list[str] = []
    linked: list[str] = []
    holders: list[int] = []
    in_links = 0
    chrome, is_caption = None, False

    def end_line() -> None:
        if not pieces:
            return
        text = _joined(pieces)
        if text:
            share = len("".join("".join(linked).split())) / len(text) if linked else 0.0
            holder = holders[-1]
            page.blocks.append(
                Block(text, text.count(" ") + 1, share, holder, page.elements[holder].tag, chrome, is_caption)
            )
        pieces.clear()
        linked.clear()

    # what is still to be done: an element to enter, or one to leave and whether it is a block
    stack: list[tuple[Any, bool, bool]] = [(top, True, False)]
    while stack:
        item, entering, is_block = stack.pop()
        tag = item.tag
        if entering:
            if isinstance(tag, str) and tag not in _SILENT:
                is_block = item is top or tag in _ELEMENTS or _is_block(item)
                if is_block:
                    end_line()
                    page.parents.append(holders[-1] if holders else -1)
                    holders.append(len(page.elements))
                    page.elements.append(item)
                    if chrome is None and item not in spared and (its_role := role(item)) is not None:
                        chrome, is_caption = item, its_role == "caption"
                elif tag == "br":
                    end_line()
                elif tag == "a":
                    in_links += 1
                elif tag == "img":
                    page.pictures.append(holders[-1])
                if item.text:
                    pieces.append(item.text)
                    if in_links:
                        linked.append(item.text)
                stack.append((item, False, is_block))
                stack.extend((child, True, False) for child in item.iterchildren(reversed=True))
                continue
        elif is_block:
            end_line()
            holders.pop()
            if item is chrome:
                chrome, is_caption = None, False
        elif tag == "a":
            in_links -= 1
        elif tag in _CELLS:
            pieces.append(_BORDER)
        if item.tail and item is not top:
            pieces.append(item.tail)
            if in_links:
                linked.append(item.tail)
    end_line()
    return page


def letters(text: str) -> str:
    """A text as two extractors have it in common: without blank space and marks.

    >>> letters("Air mulai  surut.")
    'airmulaisurut'
    """
    return _NO_LETTER.sub("", text.lower())


def n_words(blocks: Iterable[Block]) -> int:
    """The words of some blocks."""
    return sum(block.n_words for block in blocks)


def _joined(pieces: list[str]) -> str:
    joined = "".join(pieces)
    if _BORDER not in joined:
        return " ".join(joined.split())
    cells = (" ".join(cell.split()) for cell in joined.split(_BORDER))
    return " | ".join(cell for cell in cells if cell).replace(" | :", ":")


def _is_block(item: Any) -> bool:
    """Whether an element that is no block by its tag is one here.

    A cell of a table that lays out the page, as old sites have it; the article in a `span`; a caption in one.
    """
    if item.tag in _CELLS:
        return any(child.tag == "br" or child.tag in _ELEMENTS for child in item)
    return item.tag == "span" and (item.get("itemprop") == "articleBody" or role(item) == "caption")
