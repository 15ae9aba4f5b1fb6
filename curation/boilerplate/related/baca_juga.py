"""Links to other articles on lines of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.related.labels import ALONE, BOX, BRACKETS, LITERALS, UNMARKED, WITH_TITLE, closing_of
from curation.boilerplate.related.seen import is_seen, seen_end
from curation.boilerplate.shapes import is_headline, is_prose, words
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Line, Lines
    from curation.rule import Context

_BULLET = re.compile(r"(?:[*•>»▶►–-]|\d{1,2}[.)](?!\d))\s*")
_LONG = 45  # a headline; sub-headings are shorter
_SOME, _MANY = 5, 6  # words of a short headline; of one that follows another
_MOST = 15  # lines of a box at the end
_ADVERT = re.compile(r"\W{0,3}(?:advertisement|iklan)\W{0,3}", re.IGNORECASE)
_SENTENCES = re.compile(r"[.!?][\"”]?\s+[a-z]|(?<!\.)\.[\"”]?$")


@rule(
    step="chrome",
    grain="block",
    literals=LITERALS,
    longest=300,
    source="the seed page; kompas 100 %, liputan6 86 %, tribun 51 %, detik 33 % of articles",
)
def baca_juga(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove *Baca juga:* and the headlines that it links to, on lines of their own.

    The headline follows on the same line or, where the scraper broke it, on the next ones. After a colon the next
    line goes if it has the shape of a headline; further lines, or lines after a label without a colon, go only if
    they are headlines of the crawl, share a bullet, or (without a colon) are long. What follows otherwise is the
    article, or a sub-heading.

    >>> after(baca_juga, "Air surut.\nBaca juga: Harga Beras Turun di Pasar Induk\nWarga pulang.")
    'Air surut.\n\nWarga pulang.'
    >>> after(baca_juga, "Baca juga:\nHarga Beras Turun di Pasar Induk\nWarga pulang.")
    '\n\nWarga pulang.'
    >>> after(baca_juga, "Baca Juga\nWarga Desa Waai Pulang ke Rumah.")
    '\nWarga Desa Waai Pulang ke Rumah.'
    >>> after(baca_juga, "Baca juga doa ini sebelum tidur agar tenang.")
    'Baca juga doa ini sebelum tidur agar tenang.'
    """
    for line in lines:
        if ALONE.fullmatch(line.text):
            yield line.drop()
            yield from _headlines_below(line, context)
        elif (found := WITH_TITLE.fullmatch(line.text)) and _is_title(found, found["sure"] is not None, context):
            yield line.drop()
        elif (
            (found := UNMARKED.fullmatch(line.text))
            and is_headline(found["title"])
            and not _goes_on(line.text, found.start("title"), context)
        ):
            yield line.drop()
            yield from _headlines_below(line, context)


def _is_title(found: re.Match[str], labelled: bool, context: Context) -> bool:
    """Whether a headline stands behind the label, and nothing behind it: no sentence, be it one that begins so."""
    text = found["title"].rstrip(")]")
    if _goes_on(found[0], found.start("title"), context):
        return False
    if is_seen(text, context.seen_titles) or is_headline(text.rstrip(".")):
        return True
    return labelled and len(text) <= 200 and not _SENTENCES.search(text)


def _goes_on(text: str, title: int, context: Context) -> bool:
    """Whether the article goes on behind the headline: that is closed by its bracket, or one of the crawl."""
    if text[0] in BRACKETS and (closing := closing_of(text, title, text[0])) >= 0:
        return closing < len(text) - 1
    end = seen_end(text, title, len(text), context.seen_titles)
    return end is not None and bool(text[end:].strip(" .)]"))


def _headlines_below(label: Line, context: Context) -> Iterator[Edit]:
    """The linked headlines: known ones, the first one after a colon, such as share a bullet.

    After a label without a colon also long ones: there a box of several headlines may have stood. After a label that
    stands for a box (*Pilihan Redaksi*) the first may be short, and so may all where nothing but such lines follows.
    """
    box = not label.text.endswith(":") and not label.text.lower().endswith("selengkapnya")
    expected, named, bullet = label.text.endswith(":"), box and bool(BOX.search(label.text)), ""
    last = named and _ends_with_headlines(label)
    line, dropped = label.next, 0
    while line and len(line.text) <= 200:
        if _ADVERT.fullmatch(line.text):
            line = line.next
            continue
        found = _BULLET.match(line.text)
        text = line.text[found.end() :] if found else line.text
        count = len(words(text))
        if box and not found:
            long = len(text) >= _LONG or (dropped > 0 and count >= _MANY and len(text) >= _LONG - 8)
            expected = long or (count >= _SOME and (last or (named and not dropped)))
        elif found:
            expected = expected or _kind(found) == bullet
        if not is_seen(text, context.seen_titles) and not (expected and is_headline(text)):
            return
        yield line.drop()
        line, expected, bullet, dropped = line.next, False, _kind(found), dropped + 1


def _ends_with_headlines(label: Line) -> bool:
    """Whether no paragraph follows."""
    if label.from_tail > _MOST:
        return False
    below = (label.neighbour(n) for n in range(1, label.from_tail + 1))
    return not any(line and is_prose(line.text) for line in below)


def _kind(found: re.Match[str] | None) -> str:
    """The bullet, numbers alike."""
    return re.sub(r"\d+", "1", found[0].strip()) if found else ""
