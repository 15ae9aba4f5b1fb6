"""What stands around a number: shared by the finders, since a number alone says little."""

from __future__ import annotations

import re

#: between the groups of a printed number
GAP = r"[ .\-–\u00a0]"

_SITE = re.compile(
    r"https?:|www\.|[?&]\w+=\S*$|[a-z0-9-]\.(?:com|co|id|net|org|info|news|tv|me)(?:\.id)?/\S*$", re.IGNORECASE
)
#: where a web address names a telephone
_CHAT = re.compile(r"wa\.me|whatsapp|wa\.link|tel:", re.IGNORECASE)
_MONEY = re.compile(r"(?:\bRp|\bIDR|\bUSD|\$)\.?\s?$", re.IGNORECASE)


def in_address(text: str, start: int) -> bool:
    """Whether a number belongs to a web address, where it is the id of a page.

    >>> text = "https://kabar.example/read/3270995703920004 dan 3270995703920004"
    >>> in_address(text, text.index("3270")), in_address(text, text.rindex("3270"))
    (True, False)
    """
    word = re.search(r"\S*$", text[max(0, start - 200) : start])
    return bool(word and _SITE.search(word[0]) and not _CHAT.search(word[0]))


def is_money(text: str, start: int) -> bool:
    """Whether a currency stands before a number.

    >>> is_money("senilai Rp 62.812.345.678", 11)
    True
    """
    return bool(_MONEY.search(text, max(0, start - 5), start))


def digits(value: str) -> str:
    """The digits of a printed number.

    >>> digits("+62 812-3456")
    '628123456'
    """
    return re.sub(r"[^0-9]", "", value)


def near(pattern: re.Pattern[str], text: str, start: int, reach: int) -> bool:
    """Whether a pattern occurs within so many code points before a place."""
    return pattern.search(text, max(0, start - reach), start) is not None
