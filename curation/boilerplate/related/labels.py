"""What stands before links to other articles: *Baca juga:* and its kin."""

from __future__ import annotations

import re

_VERBS = ("baca", "simak", "lihat", "tonton", "saksikan", "cek")
_ALSO = rf"(?:{'|'.join(_VERBS)})\s?(?:ini\s)?juga(?:\sdeh|\sya)?"
_MORE = r"baca\s(?:selengkapnya|(?:artikel|berita)\s(?:lainnya|lengkapnya|selengkapnya|terkait))"
_THINGS = ("artikel", "berita", "topik", "konten", "tulisan", "bacaan")
_WHICH = ("terkait", "lainnya", "pilihan", "menarik", "rekomendasi")
_CHOICE = (
    rf"(?:{'|'.join(_THINGS)})\s(?:{'|'.join(_WHICH)})(?:\slainnya)?"
    r"|pilihan\s(?:redaksi|editor)|rekomendasi\suntuk\s(?:anda|kamu)|(?:related|recommended)\s(?:articles?|posts?|news)"
)
_BULLET = r"(?:[*•>»▶►–-]{1,3}\s*|\(|\[)?"


def _capitalised(words: tuple[str, ...]) -> str:
    """A pattern for words with a capital, each branch with its first letter in front: `re` then skips to those."""
    return "|".join(f"{word[0].upper()}(?i:{word[1:]})" for word in words)


#: one of these, in lower case, is in every label
LITERALS = (
    *(f"{verb}{joint}juga" for verb in _VERBS for joint in (" ", "", " ini ")),
    *(f"{thing} {which}" for thing in _THINGS for which in _WHICH),
    *("baca selengkapnya", "baca artikel", "baca berita", "pilihan redaksi", "pilihan editor", "rekomendasi untuk"),
    *("related ", "recommended ", "baca:", "baca :"),
)

#: a line that is nothing but the label
ALONE = re.compile(rf"{_BULLET}(?:{_ALSO}|{_MORE}|{_CHOICE})\s*[\])-]?:?", re.IGNORECASE)
#: a line that begins with the label and goes on; after a dash or *Baca:* only a headline can tell
WITH_TITLE = re.compile(
    rf"{_BULLET}(?:(?P<sure>(?:{_ALSO}|{_MORE}|{_CHOICE})\s*:)|(?-i:BACA JUGA|Baca Juga)\s[–—|-]|(?-i:Baca|BACA)\s?:)"
    r"\s*(?P<title>\S.{3,260})",
    re.IGNORECASE,
)
#: the same without any mark, both words capitalised: a headline of some length tells
UNMARKED = re.compile(r"(?:Baca|BACA|Simak|Lihat) (?:Juga|JUGA)\s(?P<title>[A-Z0-9\"“'‘].{40,200})")
#: the label inside a paragraph: capitalised, with a colon (in capitals, with a dash)
INLINE = re.compile(
    rf"(?:(?:{_capitalised(_VERBS)})\s?(?i:ini\s)?(?i:juga)(?i:\sdeh|\sya)?|(?:{_capitalised(_THINGS)})\s(?i:{'|'.join(_WHICH)})"
    r"|P(?i:ilihan\s(?:redaksi|editor)))\s?:\s*|BACA JUGA\s?[–—-]\s*"
)
#: the label inside a paragraph without a colon, both words capitalised, after a sentence: its link was lost, or
#: several headlines are glued to it
INLINE_BARE = re.compile(r"(?:B(?:aca|ACA)|Simak|Lihat|Tonton) J(?:uga|UGA)\s*(?=[\"“A-Z0-9]|$)")


def stands_alone(text: str, start: int) -> bool:
    """Whether a label may begin there: between words or glued to one, but not at the start of a quotation.

    >>> stands_alone("Ia pulang. Baca juga: Air Surut", 11), stands_alone('Tertulis "Baca juga: pintu"', 10)
    (True, False)
    """
    before = text[max(0, start - 2) : start]
    if not before or before[-1] in "“‘":
        return not before
    if before[-1] in "\"'":
        return len(before) == 2 and not before[0].isspace()
    return not before[-1].isupper()
