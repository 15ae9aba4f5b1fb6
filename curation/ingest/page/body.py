"""The text of an article page, by three witnesses: the page's own elements, its prose, and trafilatura.

1. Boxes whose names say what they are (related articles, share bars, tags, comments, adverts) are the site's, and
   captions are set apart; but no box that holds most of the page's prose.
2. The article's container is what the site's record points at, else microdata's ``articleBody``, else the element
   whose prose outweighs its links and scraps the most, else, on a flat page, the best run of lines.
3. Prose in the container stays, and linked headlines go, whatever trafilatura thinks: there it errs on Indonesian
   pages. It decides over the container's other lines (short answers, sub-headings, credits). Its prose from outside
   comes in where it stands among more prose; and if it sees most of its article outside, it is believed alone.
4. Prose between headline and container is the lead. What only scripts would show is taken from JSON-LD.

The name of the extractor, its version and its options go with the text, because another version finds another one.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from curation.ingest.page.blocks import CREDIT, DATELINE, Block, Page, letters, n_words
from curation.ingest.page.boxes import captions, find_captions, give_back
from curation.ingest.page.container import container
from curation.ingest.page.names import is_summary
from curation.ingest.page.selectors import drop, selected

if TYPE_CHECKING:
    from curation.config import Site
    from curation.ingest.page.head import Headline

#: A lead has so many words: fewer are a subtitle.
_LEAD = 15
#: Below this microdata or a selector points at a stub.
_STUB = 30

#: With more block elements or characters it is no page that people made, and would take trafilatura minutes.
_MANY, _LONG = 20_000, 3_000_000

_NEXT = re.compile(r"(?i)\W{0,3}(?:halaman|laman)\b(?:\s(?:selanjutnya|berikut\w*)|(?:\W{1,3}\d{1,2}){1,9})\b.{0,30}")
#: The page's other pages are told of so near below the article.
_NEAR = 15
#: Elements whose lines need not end like a sentence.
_ITEMS = frozenset({"li", "tr", "td", "dd", "dt"})


class Body(NamedTuple):
    """The text of a page, how it was made, and the captions that stood in it."""

    text: str
    extractor: str
    captions: tuple[str, ...] = ()


def body(text: str, page: Page, kept: list[Any], site: Site | None, found: Headline, told: str = "") -> Body:
    """The text of an article; empty where none is found.

    Args:
        text: the page as it came.
        page: its blocks.
        kept: the elements that the site's record points at.
        site: that record.
        found: the headline.
        told: the text that the page gives to machines.
    """
    give_back(page)
    if kept:
        inside = page.inside(kept)
        chosen = _lines(page, inside, set(inside), letters(found.title or ""))
        if n_words(chosen) >= min(_STUB, max(1, n_words(b for b in page.blocks if b.is_prose) / 3)):
            return Body(_text(chosen), "site selectors", captions(page, chosen))
    is_huge = len(page.elements) > _MANY or len(text) > _LONG
    theirs, extractor = ("", "container") if is_huge else _trafilatura(text, site)
    agreed = _agreed(page, theirs, told)
    find_captions(page, agreed)
    chosen = _chosen(page, agreed, found)
    if not chosen and (plain := [b for b in page.blocks if b in agreed and b.linked < 0.5 and b.tag != "h1"]):
        chosen = plain if 2 * n_words(plain) > theirs.count(" ") else []
    made = _text(chosen) if chosen else theirs
    if told.count(" ") > max(_STUB, (2 if chosen else 0.8) * made.count(" ")):
        return Body(told, "JSON-LD articleBody")  # the page shows its article only to browsers that run its scripts
    return Body(made, extractor, captions(page, chosen))


def _agreed(page: Page, *found: str) -> set[Block]:
    """The blocks that trafilatura found too, or that the page gives to machines."""
    theirs = "\n".join(map(letters, found))
    lines = {letters(line) for text in found for line in text.split("\n")}  # most are one, which is found at once
    texts = ((block, letters(block.text)) for block in page.blocks if block.chrome is None and len(block.text) > 3)
    return {block for block, text in texts if text in lines or text in theirs}


def _chosen(page: Page, agreed: set[Block], found: Headline) -> list[Block]:
    """The blocks of the article; none where trafilatura should be believed."""
    inside = container(page, agreed, found)
    prose = {block for block in inside if block.is_prose}
    if not prose:
        return []
    theirs = {block for block in agreed if block.is_prose}
    if n_words(theirs - prose) > max(n_words(theirs & prose), n_words(prose)):
        return []
    lines = _lines(page, inside, agreed, letters(found.title or ""))
    held = letters(_text(lines))
    more = [*_lead(page, inside[0], agreed, found), *_elsewhere(page, theirs - prose, found)]
    chosen = {*lines, *(block for block in more if letters(block.text) not in held)}
    return [block for block in page.blocks if block in chosen]


def _lines(page: Page, inside: list[Block], agreed: set[Block], headline: str) -> list[Block]:
    """The lines of the container that are the article's."""
    places = [at for at, block in enumerate(inside) if block.is_prose or (block in agreed and block.ends)]
    if not places:
        return []
    first, last = places[0], places[-1]
    after = dict(zip(page.blocks, page.blocks[1:], strict=False))
    kept = []
    for at, block in enumerate(inside):
        if at > first and block.tag == "h1" and letters(block.text) != headline:
            break  # the next article of a page that never ends
        if block.is_link or _heads_links(block, after.get(block)):
            continue
        if at < first:
            is_place = at == first - 1 and DATELINE.fullmatch(block.text) is not None
            keep = is_place or (block in agreed and letters(block.text) != headline)
        elif block.is_prose:
            keep = True
        elif at < last:
            keep = block in agreed or (block.linked <= 0.3 and (block.ends or block.is_heading or block.tag in _ITEMS))
        else:
            is_more = block.n_words > 5 or block.ends or block.tag in _ITEMS
            keep = (block in agreed and is_more) or (block.n_words <= 12 and CREDIT.fullmatch(block.text) is not None)
        if keep:
            kept.append(block)
    return kept + [block for block in _rest(page, inside[last]) if block not in kept]


def _rest(page: Page, last: Block) -> list[Block]:
    """The line that says that the article goes on on another page; nothing else tells that this page is not all."""
    start = page.blocks.index(last) + 1
    return [block for block in page.blocks[start : start + _NEAR] if _NEXT.fullmatch(block.text)][:1]


def _lead(page: Page, first: Block, agreed: set[Block], found: Headline) -> list[Block]:
    """Prose without links between the headline and the container; a summary only if trafilatura finds it too."""
    start, end = page.place_of(found.element), page.blocks.index(first)
    between = page.blocks[start + 1 : end] if start is not None else []
    lead = [b for b in between if b.chrome is None and b.is_prose and b.n_words >= _LEAD and not b.linked]
    return [b for b in lead if b in agreed or not is_summary(page.elements[b.holder])]


def _elsewhere(page: Page, prose: set[Block], found: Headline) -> list[Block]:
    """Of the prose that trafilatura finds outside the container, what stands among more prose and few links.

    An article may be cut in two by what the site puts into it; a teaser stands under its linked headline.
    """
    start = page.place_of(found.element) or 0
    after = [block for block in page.blocks[start:] if block in prose and block.n_words >= _LEAD]
    if not after:
        return []
    words = page.sums((b.holder, b.n_words) for b in page.blocks if b.is_prose)
    linked = page.sums((b.holder, b.n_words * b.linked) for b in page.blocks)
    boxes = [(block, max(page.parents[block.holder], 0)) for block in after]
    return [block for block, box in boxes if words[box] >= 2 * block.n_words and words[box] > 8 * linked[box]]


def _heads_links(block: Block, after: Block | None) -> bool:
    """Whether it is the heading of a list of links."""
    return after is not None and after.linked >= 0.8 and block.n_words <= 6 and not (block.ends or block.is_margin)


def _text(chosen: list[Block]) -> str:
    return "\n".join(block.text for block in chosen)


def _trafilatura(text: str, site: Site | None) -> tuple[str, str]:
    import trafilatura
    from lxml import html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it discards, the table `rejected` tells
    tree = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    drop(selected(tree, site.drop if site else ()))
    found = trafilatura.extract(tree, include_comments=False)
    lines = (" ".join(line.split()) for line in (found or "").split("\n"))
    extractor = f"trafilatura {trafilatura.__version__} (include_comments=False), container"
    return "\n".join(line for line in lines if line), extractor
