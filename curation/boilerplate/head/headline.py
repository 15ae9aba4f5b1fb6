"""The headline, printed once more above the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from weakref import ref

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.boilerplate.shapes import ends_sentence, folded, is_headline, is_prose
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curation.lines import Edit, Line, Lines, Value
    from curation.rule import Context

#: how many lines of a page can stand before its article
WINDOW = 25
_QUOTES = "\"'“”‘’([ "
#: characters by which a line and a title are first compared
_BEGINNING = 12
_SUFFIX = re.compile(r"\s+[-–—|»]\s+(?P<publisher>[A-Z][\w.&' -]{2,40})$")

_NONE = pa.array([], pa.string())
#: the lines that were asked about last, and how they begin
_latest: tuple[ref[pa.StringArray], pa.StringArray] = (ref(_NONE), _NONE)


@rule(step="head", grain="block", head=WINDOW, source="the seed page (twice), blogs, copies of whole pages")
def headline(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read the headline where the input gave none, and remove the lines that print it above the text.

    A headline is a line near the top that equals the title; or that stands there twice, once perhaps with the
    publisher after a dash; or, in a plain text, a first line in the shape of a headline before a paragraph.

    >>> text = "Air Sungai Brantas Surut - Arjuna Pagi\n\nAir Sungai Brantas Surut\n\nAir sungai surut sejak Senin."
    >>> after(headline, text).strip()
    'Air sungai surut sejak Senin.'
    >>> [(a.field, a.value) for a in try_rule(headline, text) if hasattr(a, "field")]
    [('title', 'Air Sungai Brantas Surut'), ('publisher', 'Arjuna Pagi')]
    """
    for document in may_print_headline(lines, context).documents():
        title = context.title(document[0])
        printed = headline_lines(document, title)
        if not printed:
            continue
        if not title:
            plain = printed[-1]
            yield plain.read("title", _without_suffix(plain.text), "title")
        for line in printed:
            if suffix := _SUFFIX.search(line.text):
                yield line.read("publisher", suffix, "publisher")
                break
        for line in printed:
            yield line.drop()


def may_print_headline(lines: Lines, context: Context) -> Lines:
    """The lines that begin as their document's title does; all lines where there is no title."""
    if not context.titles:
        return lines
    alike = pc.fill_null(_begin_as_title(lines, context), True)
    return lines.where(alike.to_numpy(zero_copy_only=False))


def begin_as_headline(lines: Lines, context: Context) -> Lines:
    """The lines that begin as their document's title does."""
    if not context.titles:
        return lines.where(np.zeros(len(lines), bool))
    alike = pc.fill_null(_begin_as_title(lines, context), False)
    return lines.where(alike.to_numpy(zero_copy_only=False))


def _begin_as_title(lines: Lines, context: Context) -> pa.BooleanArray:
    """For each selected line, or null where there is no title."""
    wanted = _beginnings(pa.array(context.titles, pa.string())).take(pa.array(lines.document[lines.selected]))
    # only the beginnings are copied, not the lines
    return pc.equal(_beginnings_of(lines.text).take(pa.array(lines.selected)), wanted)


def _beginnings_of(texts: pa.StringArray) -> pa.StringArray:
    """Those of all lines of a step, made once for all of its rules."""
    global _latest
    known, begins = _latest
    if known() is not texts:
        begins = _beginnings(texts)
        _latest = ref(texts), begins
    return begins


def _beginnings(texts: pa.StringArray) -> pa.StringArray:
    """The first characters of each text after any quote, in lower case."""
    begins = pc.utf8_ltrim(pc.utf8_slice_codeunits(texts, 0, _BEGINNING + 3), _QUOTES)
    return pc.utf8_lower(pc.utf8_slice_codeunits(begins, 0, _BEGINNING))


def headline_lines(document: Sequence[Line], title: str | None) -> list[Line]:
    """The lines near the top of a document that print its headline; with a title, those that begin like it will do."""
    short = [line for line in document if 10 <= len(line.text) <= 250]
    names = [(line, _without_suffix(line.text)) for line in short]
    if title:
        wanted = {folded(title), folded(_without_suffix(title)["title"])}
        same = [line for line, name in names if {folded(line.text), folded(name["title"])} & wanted]
        return [line for line in same if not ends_sentence(line.text) or title.strip() == line.text]
    seen: dict[str, list[Line]] = {}
    for line, name in names:
        seen.setdefault(folded(name["title"]), []).append(line)
    for key, group in seen.items():
        above = document[: group[-1].number]
        if len(group) >= 2 and len(key.split()) >= 4 and not any(is_prose(line.text) for line in (*above, group[-1])):
            return group
    first, second = document[0], document[1] if len(document) > 1 else None
    if second and is_headline(first.text) and is_prose(second.text) and second.start - first.end > 1:
        return [first]
    return []


def _without_suffix(text: str) -> re.Match[str]:
    """A match whose group "title" is the line without a publisher after a dash."""
    found = re.fullmatch(r"(?P<title>.*?)(?:\s+[-–—|»]\s+[A-Z][\w.&' -]{2,40})?", text)
    assert found is not None
    return found
