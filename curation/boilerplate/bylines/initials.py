"""Codes of writer and editor, and the tags below them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.bylines.parts import closes, cut_out, last_bracket
from curation.boilerplate.shapes import ends_sentence, words
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Flag, Line, Lines, Value
    from curation.rule import Context

_CODE = r"(?:[a-z0-9]{2,5}|[A-Z]{2,4})"
_INITIALS = re.compile(rf"\s*\((?P<codes>{_CODE}(?:/[a-z0-9]{{2,12}}|/[A-Z]{{1,4}}(?:-\d)?){{1,3}})\)\s*$")
#: after a finished sentence, names and marks may stand among the codes: (sb/is/JPR), (*/Ria), (Sinta Wulandari/up)
_PART = r"(?:\*+|[A-Za-z][\w.-]{0,30}(?:\s[A-Z][\w.'’-]{0,20}){0,3})"
_CLOSING = re.compile(
    rf"\s*[(\[]\s?(?P<codes>{_PART}(?:\s?/\s?{_PART}){{1,4}})\s?[)\]][\s.,]*"
    r"(?P<tags>(?<=[)\] ])[a-z0-9][a-z0-9 .-]{3,200})?$"
)
#: codes in the midst of a line, with nothing but chrome behind them: "... pulang. (abc/def) Simak Video ..."
_MIDST = re.compile(
    r"\s*\((?P<codes>[a-z]{2,5}\d{0,3}(?:/(?=[a-z]*\d?[)\]/])[a-z0-9]{1,12}){1,3})\)(?=\s*[A-Z\"“(\[*]|[a-z,])"
)
#: what is measured, by what: no initials
_UNIT = re.compile(r"(?:dan|km|mg|ml|kg|km|g|m|kwh|rp|orang|liter|ton)/")
#: words of a tag, and of a promotion below the initials
_TAG, _LONGEST = 5, 10
#: tags put together, and their words
_TAGS, _MOST_TAGGED = re.compile(r"[a-z0-9][a-z0-9 '&-]+"), 50

#: characters from the end of a line within which a credit begins
_WINDOW = 300
#: lines from the end within which they stand; more than so many below are all tags
_REACH, _MIXED = 20, 9
#: RE2 reads the one from the end of the line and looks for the bracket of the other; as one pattern they would be slow
_AT_END = r"[(\[]\s?[A-Za-z0-9*][^()\[\]]*/[^()\[\]]+[)\]][\s.,a-z0-9-]*$"
_INSIDE = r"\([a-z]+\d*/[a-z0-9/]+\)"


@rule(
    step="tail",
    grain="block",
    shape="/",
    tail=_REACH,
    source="detik 34 %, kapanlagi 52 % of articles; posmetro, tribun, copies of agencies' articles",
)
def initials(lines: Lines, context: Context) -> Iterator[Edit | Flag | Value]:
    r"""Read the initials of writer and editor at the end (*(abc/def)*) and the tags below, and remove them.

    What stands below the initials is the site's: tags, promotions, pointers. It goes with them as long as no line of
    it is a sentence; if one is, only the initials go. Lines in lower case, of at most five words, are read as tags.
    *(adv/abc)* says that the article is paid for: a flag.

    >>> after(initials, "Persema menang. (abc/def)\nliga nusantara\npersema")
    'Persema menang.\n\n'
    >>> after(initials, "Persema menang. (abc/def)\npersema\nPemain Teladan 2026\nPilih pemain kesukaanmu di sini")
    'Persema menang.\n\n\n'
    >>> after(initials, "Persema menang. (sb/is/JPR)"), after(initials, "Persema menang. (abc/def) liga nusantara")
    ('Persema menang.', 'Persema menang.')
    >>> after(initials, "Persema menang. (abc/def) Simak cuplikan laganya")
    'Persema menang. Simak cuplikan laganya'
    >>> [found.kind for found in try_rule(initials, "Persema menang. (adv/abc)") if hasattr(found, "kind")]
    ['advertorial']
    >>> after(initials, "Dua partai (Maju/PAR) berkoalisi.")
    'Dua partai (Maju/PAR) berkoalisi.'
    """
    for line in lines.where(lines.matching(_AT_END) | lines.matching(_INSIDE)):
        start = last_bracket(line.text, _WINDOW)
        if start is None:
            continue
        found, closed = _CLOSING.match(line.text, start), closes(line.text[:start])
        if not closed:
            found = _INITIALS.match(line.text, start)
        if not found and (midst := _in_the_midst(line.text)):
            yield line.read("editor_code", midst, "codes")
            yield cut_out(line, *midst.span())
        if not found or not _has_code(found["codes"]) or _UNIT.match(found["codes"]):
            continue
        below = _below(line)
        chrome = all(_is_chrome(after) for after in below) and (
            len(below) <= _MIXED or (closed and all(after.text == after.text.lower() for after in below))
        )
        if len(below) > _MIXED and not chrome:
            continue
        if not chrome and not closed:
            continue
        yield line.read("editor_code", found, "codes")
        if "adv" in re.split(r"\W+", found["codes"].lower()):
            yield line.flag("advertorial")
        if closed and found["tags"]:
            yield line.read("tag", found, "tags")
        yield line.cut(*found.span())
        for after in below if chrome else ():
            if after.text == after.text.lower() and (len(words(after.text)) <= _TAG or _is_tags(after)):
                yield after.read("tag")
            yield after.drop()


def _in_the_midst(text: str) -> re.Match[str] | None:
    """Initials behind a sentence with chrome behind them."""
    for found in _MIDST.finditer(text, max(0, len(text) - _WINDOW)):
        if closes(text[: found.start()]) and found.start() > 0 and not _UNIT.match(found["codes"]):
            return found
    return None


def _has_code(codes: str) -> bool:
    """Whether one of the codes is no name and no abbreviation: in lower case, or an end mark."""
    return any(code.strip().islower() or "*" in code or code[-2:-1] == "-" for code in codes.split("/"))


def _is_chrome(line: Line) -> bool:
    return not ends_sentence(line.text) and (len(words(line.text)) <= _LONGEST or _is_tags(line))


def _is_tags(line: Line) -> bool:
    """Whether a last line is tags that the scraper put together: in small letters, without a mark."""
    return line.from_tail == 0 and bool(_TAGS.fullmatch(line.text)) and len(words(line.text)) <= _MOST_TAGGED


def _below(line: Line) -> list[Line]:
    found = []
    after = line.next
    while after is not None:
        found.append(after)
        after = after.next
    return found
