"""What the names of an element tell: that it is no part of the article, or a picture's caption.

The names are those that Indonesian sites and the systems they run on give to their boxes, in both languages. A
name alone decides nothing: an element that holds much of the page's prose is never given up
(:mod:`curation.ingest.page.body`), since some sites name the whole page ``with-sidebar``.
"""

from __future__ import annotations

import re
from typing import Any

#: Names that stand in no other word, then those that must begin or be a word of their own.
_CHROME = re.compile(
    r"""
      terkait | rekomendasi | recommend | baca[-_]?juga | lihat[-_]?juga | related | populer | popular | trending
    | komentar | comment | disqus | breadcrumb | sosmed | medsos | social | addthis | addtoany | whatsapp
    | adsbygoogle | advert | doubleclick | googletag | taboola | mgid | newsletter | subscri[bp] | langganan
    | kata[-_]?kunci | tag[-_]?cloud | most[-_]?(?:read|view|pop) | sidebar
    | cookie | consent | twitter-tweet | instagram-media | tiktok-embed | fb-post
    | (?<![a-z]) (?:
        shar(?:e|ing) | simak | trend | terkini | terbaru | latest | iklan | banner | sponsor | promo | gpt | dfp
      | nav(?:bar|igation)?(?![a-z]) | menu | footer(?![a-z]) | paging | paginat\w+ | pager | polling | rating
      | tag(?:s|ging|list)?(?![a-z]) | ads?(?![a-z]) | adv?(?![a-z]) | read[-_]?(?:also|more|next|too) | popup | modal
      | (?:artikel|berita|news|konten)[-_]?(?:lain(?:nya)?|pilihan|sejenis|serupa|other) | lainnya | newslist
      | headlines | (?:author|penulis|reporter|writer)[-_]{0,2}(?:box|bio|card|profile?|info) | follow | ikuti
      | toc(?![a-z]) | video[-_]?(?:player|wrap|box|list) | jwplayer | sisip | selengkapnya | sr-only | print-only
      | parallax
    )""",
    re.VERBOSE,
)
_CAPTION = re.compile(
    r"caption|keterangan[-_]?(?:foto|gambar)"
    r"|(?:foto|photo|image|img|pic|gambar)[-_]?(?:desc|credit|source|info|text|title|ket|keterangan|artikel)"
)
_SUMMARY = re.compile(r"summary|sinopsis|ringkas|excerpt|sub-?_?(?:title|judul|headline)|standfirst|(?<![a-z])desc")
_CHROME_TAGS = frozenset({"nav", "aside", "footer", "menu"})
_CAPTION_TAGS = frozenset({"figure", "figcaption"})
#: Elements that may be a box of the site; a word in a sentence is none, and neither is what holds the page.
_BOX_TAGS = """
div section ul ol dl p table blockquote header h2 h3 h4 h5 h6 center span nav aside footer menu figure figcaption
"""
_BOXES = frozenset(_BOX_TAGS.split())


def role(element: Any) -> str | None:
    """`chrome`, `caption`, or None for what may be the article.

    >>> import lxml.html
    >>> role(lxml.html.fromstring('<div class="boxKomentar">')), role(lxml.html.fromstring('<p class="wp-caption">'))
    ('chrome', 'caption')
    """
    tag = element.tag
    if tag not in _BOXES:
        return None
    if tag in _CHROME_TAGS:
        return "chrome"
    if tag in _CAPTION_TAGS:
        return "caption"
    get = element.get
    name, mark, style = get("class"), get("id"), get("style")
    if not (name or mark or style):
        return None
    names = f"{name or ''} {mark or ''}".lower()
    if _CAPTION.search(names):
        return "caption"
    if tag != "span" and (_CHROME.search(names) or (style and "display:none" in style.replace(" ", "").lower())):
        return "chrome"
    return None


def is_summary(element: Any) -> bool:
    """Whether an element is named for what stands between headline and article on many sites, and repeats it."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    return _SUMMARY.search(names) is not None
