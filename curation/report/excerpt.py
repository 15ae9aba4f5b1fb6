"""Short pieces of text as people can read them: on one line, with what can't be seen made visible."""

from __future__ import annotations

import re
import unicodedata

_MARKS = {"\n": "⏎", "\t": "⇥"}
_UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")
_ODD = re.compile(r"[^\S ]|[^\w\s]")


def visible(text: str) -> str:
    r"""The text on one line; line breaks as ⏎, what has no shape of its own by its code point.

    >>> visible("Liga\u00a01\n\nBali\u200b")
    'Liga<U+00A0>1⏎⏎Bali<U+200B>'
    """
    return _ODD.sub(lambda found: _MARKS.get(found[0]) or _named(found[0], "<U+{:04X}>"), text)


def escaped(text: str) -> str:
    r"""The text with its lines, other things that can't be seen written as Python writes them.

    >>> print(escaped("Liga\u00a01\nBali"))
    Liga\u00a01
    Bali
    """
    return _ODD.sub(lambda found: found[0] if found[0] == "\n" else _named(found[0], "\\u{:04x}"), text)


def clipped(text: str, length: int = 100) -> str:
    """The text, or its beginning and how much more there is.

    >>> clipped("Baca juga: Harga Beras Turun", 12)
    'Baca juga:… (+18)'
    """
    if len(text) <= length:
        return text
    shown = text[: length - 1].rstrip()
    return f"{shown}… (+{len(text) - len(shown):,})"


def around(raw: str, start: int, end: int, replacement: str, width: int = 20) -> tuple[str, str]:
    r"""A repair in its context: what raw says, and what it says after the repair.

    >>> around("Air surut.Warga pulang.", 10, 10, " ", 6)
    ('surut.Warga ', 'surut. Warga ')
    """
    before, after = raw[max(0, start - width) : start], raw[end : end + width]
    return visible(before + clipped(raw[start:end], 60) + after), visible(before + clipped(replacement, 60) + after)


def plain(markup: str) -> str:
    r"""A docstring's sentence without Markdown: what is emphasised stands in quotation marks.

    >>> plain(r"Strip the end mark (*\*\*\**, *(red)*).")
    'Strip the end mark ("***", "(red)").'
    """
    quoted = re.sub(r"(?<![\\*])\*(?!\s)((?:\\.|[^*\\])+)\*", r'"\1"', markup)
    return re.sub(r"\\(.)", r"\1", quoted).replace("``", "`")


def counted(number: int, word: str) -> str:
    """A number with its word.

    >>> counted(1, "edit"), counted(2000, "edit")
    ('1 edit', '2,000 edits')
    """
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _named(character: str, form: str) -> str:
    return form.format(ord(character)) if unicodedata.category(character) in _UNSEEN else character
