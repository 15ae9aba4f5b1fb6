"""What a site's pages tell about its record: which elements hold the text, and what stands in it again and again.

The text that the generic path finds is the evidence: an element that holds it on page after page is the one to keep;
links, and words that are the same on every page, are to be dropped. It is a draft, for a reader who knows the site.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: an element holds the text if it holds so much of it
_WHOLE = 0.9
#: below this share of the text in its words, it is a wrapper of half the page
_TIGHT = 0.5
#: a block of links has at least so many of its characters in links
_LINKED = 0.5
#: more characters outside links than this are prose, whatever is linked beside them
_PROSE = 120
#: a shorter line may be a headline, a caption or a link
_LONG = 40
#: names with numbers are of one page or one advertisement (post-81234, div-gpt-ad-12)
_STABLE = re.compile(r"[A-Za-z_][A-Za-z_-]*(?:[0-9]{1,2}[A-Za-z_-]*)?")
_BLOCK_NAMES = "aside blockquote div figure footer li nav ol p section span strong table ul"
_BLOCKS = frozenset(_BLOCK_NAMES.split())
#: elements whose name says enough
_TELLING = frozenset({"article", "aside", "footer", "main", "nav"})


class Page(NamedTuple):
    """A parsed page and the lines that the generic path finds on it."""

    tree: Any
    lines: tuple[str, ...]


class Found(NamedTuple):
    """A selector, on how many pages it was found, and what it holds on one of them."""

    selector: str
    pages: int
    example: str = ""


@dataclass
class _Seen:
    """What a selector matched inside the text's element, over all pages."""

    pages: set[int] = field(default_factory=set)
    linked: int = 0
    matched: int = 0
    nested: int = 0
    texts: Counter[str] = field(default_factory=Counter)


def containers(pages: Sequence[Page]) -> list[Found]:
    """Selectors whose one element holds the text, the best first: on many pages, and with little around it.

    >>> import lxml.html
    >>> lines = ("Air sungai mulai surut sejak Selasa pagi, kata warga.", "Sekolah dibuka lagi pada hari Kamis.")
    >>> isi = "".join(f"<p>{line}</p>" for line in lines)
    >>> tree = lxml.html.fromstring(f"<body><nav>Beranda</nav><div class='isi'>{isi}</div></body>")
    >>> [found[:2] for found in containers([Page(tree, lines)])]
    [('div.isi', 1)]
    """
    count: Counter[str] = Counter()
    tightness: defaultdict[str, list[float]] = defaultdict(list)
    for page, lines in zip(pages, _own_lines(pages), strict=True):
        wanted = sum(map(len, lines))
        for element in _holders(page.tree, lines):
            tight = wanted / max(len(_dense(element.text_content())), 1)
            for selector in _selectors(element) if tight >= _TIGHT else ():
                if len(page.tree.cssselect(selector)) == 1:
                    count[selector] += 1
                    tightness[selector].append(tight)

    def rank(selector: str) -> tuple[int, float]:
        return -count[selector], -round(sum(tightness[selector]) / count[selector], 2)

    return [Found(selector, count[selector]) for selector in sorted(count, key=rank)]


def repeated(pages: Sequence[Page], selector: str) -> list[Found]:
    """Blocks inside the element of a selector that are links, or the same words on several pages."""
    seen: defaultdict[str, _Seen] = defaultdict(_Seen)
    for number, page in enumerate(pages):
        for container in page.tree.cssselect(selector):
            for element in container.iterdescendants():
                if element.tag in _BLOCKS:
                    _look(element, number, seen)
    chosen = {name for name, what in seen.items() if _is_chrome(what, len(pages))}
    for page in pages:
        for name in chosen:
            for element in page.tree.cssselect(name):
                outer = {above for parent in element.iterancestors() for above in _selectors(parent)}
                seen[name].nested += not chosen.isdisjoint(outer)
    outermost = [name for name in chosen if seen[name].nested * 2 <= seen[name].matched]
    found = [Found(name, len(seen[name].pages), seen[name].texts.most_common(1)[0][0]) for name in outermost]
    return sorted(found, key=lambda one: (-one.pages, one.selector))


def _own_lines(pages: Sequence[Page]) -> list[list[str]]:
    """The long lines of each page that no other page has: what is short or on several may be chrome."""
    on = Counter(line for page in pages for line in set(page.lines))
    return [[_dense(line) for line in page.lines if len(line) >= _LONG and on[line] == 1] for page in pages]


def _holders(tree: Any, lines: list[str]) -> Iterator[Any]:
    """The elements that hold the text, from the outermost to the innermost: each the only such child of the last."""
    enough = _WHOLE * sum(map(len, lines))
    element = tree
    while element is not None and enough:
        yield element
        element = next((child for child in element if _held(child, lines) >= enough), None)


def _held(element: Any, lines: Iterable[str]) -> int:
    if not isinstance(element.tag, str):
        return 0
    text = _dense(element.text_content())
    return sum(len(line) for line in lines if line in text)


def _look(element: Any, number: int, seen: defaultdict[str, _Seen]) -> None:
    text = " ".join(element.text_content().split())
    in_links = sum(len(" ".join(link.text_content().split())) for link in element.iter("a"))
    if not text or len(text) - in_links > _PROSE:
        text = ""  # nothing that could be dropped
    for name in _selectors(element):
        what = seen[name]
        what.pages.add(number)
        what.matched += 1
        what.linked += bool(text) and in_links >= _LINKED * len(text)
        what.texts[text] += 1


def _is_chrome(what: _Seen, n_pages: int) -> bool:
    """Whether all that a selector matched is links, or most of it the same words; on one page in ten at least."""
    if len(what.pages) < max(2, n_pages / 10) or what.texts[""]:
        return False
    same = what.texts.most_common(1)[0][1]
    return what.linked == what.matched or (same > 1 and same * 2 > what.matched)


def _selectors(element: Any) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in {"html", "body"}:
        return
    for name in (element.get("class") or "").split():
        if _STABLE.fullmatch(name):
            yield f"{element.tag}.{name}"
    if (name := element.get("id")) and _STABLE.fullmatch(name):
        yield f"{element.tag}#{name}"
    if (name := element.get("itemprop")) and _STABLE.fullmatch(name):
        yield f"{element.tag}[itemprop={name}]"
    if element.tag in _TELLING:
        yield element.tag


def _dense(text: str) -> str:
    """Without blank space, which extraction changes."""
    return "".join(text.split())
