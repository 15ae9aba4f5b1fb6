"""What stands before links to other articles: *Baca juga:* and its kin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from curation.boilerplate.related.seen import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator

_VERBS = ("baca", "simak", "lihat", "tonton", "saksikan", "cek", "klik")
_ALSO = rf"(?:{'|'.join(_VERBS)})\s?(?:ini\s)?(?:juga|pula)(?:\sdeh|\sya)?"
_MORE = r"baca\s(?:selengkapnya|(?:artikel|berita)\s(?:lainnya|lengkapnya|selengkapnya|terkait))"
_THINGS = ("artikel", "berita", "topik", "konten", "tulisan", "bacaan", "halaman")
_WHICH = ("terkait", "lainnya", "pilihan", "menarik", "rekomendasi")
_CHOICE = (
    rf"(?:{'|'.join(_THINGS)})\s(?:{'|'.join(_WHICH)})(?:\slainnya)?"
    r"|pilihan\s(?:redaksi|editor)|rekomendasi\suntuk\s?(?:anda|kamu|mu)|(?:related|recommended)\s(?:articles?|posts?|news)"
)
_READER = r"(?:anda|kamu)"
#: what a page says to its readers; a sentence may begin so too
_LIKES = (
    rf"(?:{_READER}\smungkin\s(?:juga\s)?|mungkin\s{_READER}\s(?:juga\s)?)(?:suka|sukai|menyukai|tertarik)"
    r"|(?:menarik|layak|wajib|perlu)\s(?:untuk\s)?dibaca|you\s(?:may|might)\salso\slike"
    r"|(?:jangan|tak boleh)\s(?:di)?lewatkan"
)
_BULLET = r"(?:[*•>»▶►–-]{1,3}\s*|\(|\[)?"


def _capitalised(words: tuple[str, ...]) -> str:
    """A pattern for words with a capital, each branch with its first letter in front: `re` then skips to those."""
    return "|".join(f"{word[0].upper()}(?i:{word[1:]})" for word in words)


#: one of these, in lower case, is in every label
LITERALS = (
    *(f"{verb}{joint}{also}" for verb in _VERBS for joint in (" ", "", " ini ") for also in ("juga", "pula")),
    *(f"{thing} {which}" for thing in _THINGS for which in _WHICH),
    *("baca selengkapnya", "baca artikel", "baca berita", "pilihan redaksi", "pilihan editor", "rekomendasi untuk"),
    *("related ", "recommended ", "also like", "lewatkan", "next article", "selanjutnya:"),
    *(f"{mark} dibaca" for mark in ("menarik", "layak", "wajib", "perlu", "untuk")),
    *(f"{reader} mungkin" for reader in ("anda", "kamu")),
    *(f"mungkin {reader}" for reader in ("anda", "kamu")),
    *(f"{verb}{colon}" for verb in _VERBS for colon in (":", " :")),
)

#: a line that is nothing but the label
ALONE = re.compile(rf"{_BULLET}(?:{_ALSO}|{_MORE}|{_CHOICE}|{_LIKES})\s*[\])-]?[:!]?", re.IGNORECASE)
#: a label that stands for several headlines
BOX = re.compile(rf"{_CHOICE}|{_LIKES}", re.IGNORECASE)
#: a line that begins with the label and goes on; where the label is not sure only a headline can tell
WITH_TITLE = re.compile(
    rf"{_BULLET}(?:(?P<sure>(?:{_ALSO}|{_MORE}|{_CHOICE})\s*:)|(?-i:BACA JUGA|Baca Juga)\s[–—|-]|(?-i:Baca|BACA)\s?:"
    rf"|(?-i:Simak|SIMAK)\s?:|(?:{_LIKES})\s?:|(?-i:Next Article\s)|(?-i:Selanjutnya)\s?:)\s*(?P<title>\S.{{3,260}})",
    re.IGNORECASE,
)
#: the same without any mark, both words capitalised: a headline of some length tells
UNMARKED = re.compile(r"(?:Baca|BACA|Simak|Lihat) (?:Juga|JUGA)\s(?P<title>[A-Z0-9\"“'‘].{40,200})")

#: the label inside a paragraph, down to its colon
_TO_COLON = re.compile(
    rf"(?:(?:{_capitalised(_VERBS)})\s?(?i:ini\s)?(?i:juga|pula)(?i:\sdeh|\sya)?|(?:{_capitalised(_THINGS)})\s(?i:{'|'.join(_WHICH)})"
    r"|P(?i:ilihan\s(?:redaksi|editor)))\s?$"
)
#: the same of labels with which a sentence may begin
_UNSURE = re.compile(rf"(?:Selanjutnya|(?=[A-Z])(?i:{_LIKES}))\s?$")
#: the verb alone, with which a call or a list may begin as well (*Simak: pertama, ...*)
_VERB = re.compile(rf"(?:{_capitalised(_VERBS)})\s?$")
#: with one of these both end
_LAST_WORDS = (
    *("juga", "pula", " deh", " ya", "redaksi", "editor", "selanjutnya", *_WHICH),
    *("suka", "sukai", "tertarik", "dibaca", "like", "lewatkan"),
    *_VERBS,
)
_LONGEST_LAST = 16
_SENTENCE_END = (".", "!", "?", '"', "”", ")", "]")
_LONGEST = 40
_DASH = re.compile(r"\s?[–—-]\s*")
_SPACE = re.compile(r"\s*")
#: the label inside a paragraph without a colon, both words capitalised, after a sentence: its link was lost, or
#: several headlines are glued to it
_BARE = re.compile(r"(?:B(?:aca|ACA)|Simak|Lihat|Tonton) J(?:uga|UGA)\s*(?=[\"“A-Z0-9]|$)")

#: the label without a colon behind the last sentence, down to the end
AT_END = re.compile(
    r"(?:(?<=[.!?\"”)\]])\s?|^)(?:Next Article|Pilihan (?:Editor|Redaksi))\s{1,3}(?P<title>[A-Z0-9\"“'‘].{10,170})$"
)


BRACKETS = {"(": ")", "[": "]"}


class Label(NamedTuple):
    """Where a label begins, where its headline does, and whether nothing else can be meant."""

    start: int
    end: int
    sure: bool = True
    #: only a headline of the crawl can tell that it is a label
    seen_only: bool = False


def inline_labels(text: str) -> Iterator[Label]:
    """Where labels inside a paragraph begin and end: capitalised, with a colon (in capitals, with a dash).

    It looks for the mark first, which is rare, and then at what stands before it.

    >>> text = "Ia pulang pukul 10:30. Baca juga: Air Surut"
    >>> [text[label.start:label.end] for label in inline_labels(text)]
    ['Baca juga: ']
    """
    for at in _places(text, ":"):
        if not text[max(0, at - _LONGEST_LAST) : at].rstrip().lower().endswith(_LAST_WORDS):
            continue
        found = _TO_COLON.search(text, max(0, at - _LONGEST), at)
        if found and _stands_alone(text, found.start()):
            yield Label(found.start(), _end(_SPACE, text, at + 1))
        elif (
            not found and (found := _UNSURE.search(text, max(0, at - _LONGEST), at)) and _is_after_sentence(text, found)
        ):
            yield Label(found.start(), _end(_SPACE, text, at + 1), sure=False)
        elif not found and (found := _VERB.search(text, max(0, at - _LONGEST), at)) and _may_open(text, found):
            yield Label(found.start(), _end(_SPACE, text, at + 1), sure=False, seen_only=True)
    for at in _places(text, "BACA JUGA"):
        behind = _DASH.match(text, at + 9)
        if behind and _stands_alone(text, at):
            yield Label(at, behind.end())


def bare_labels(text: str) -> Iterator[Label]:
    """The same of labels without a mark, both words capitalised.

    >>> text = "Ia pulang. Baca Juga Air Surut"
    >>> [text[label.start:label.end] for label in bare_labels(text)]
    ['Baca Juga ']
    """
    for word in (" Juga", " JUGA"):
        for at in _places(text, word):
            for start in (at - 4, at - 5, at - 6):  # the verbs have so many letters
                if start >= 0 and (found := _BARE.match(text, start)):
                    yield Label(*found.span())


def closing_of(text: str, start: int, opening: str) -> int:
    """Where the bracket closes that was opened before `start`, pairs inside it left out; -1 if no headline is so long.

    >>> closing_of("Panen Raya (2/3) di Ambon) Warga pulang.", 0, "(")
    25
    """
    depth = 1
    for at in range(start, min(len(text), start + LONGEST)):
        depth += (text[at] == opening) - (text[at] == BRACKETS[opening])
        if not depth:
            return at
    return -1


def _places(text: str, mark: str) -> Iterator[int]:
    at = text.find(mark)
    while at >= 0:
        yield at
        at = text.find(mark, at + 1)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _is_after_sentence(text: str, found: re.Match[str]) -> bool:
    return text[max(0, found.start() - 2) : found.start()].rstrip().endswith(_SENTENCE_END)


def _may_open(text: str, found: re.Match[str]) -> bool:
    return found.start() == 0 or _is_after_sentence(text, found) or text[found.start() - 1] in "(["


def _stands_alone(text: str, start: int) -> bool:
    """Whether a label may begin there: between words or glued to one, but not at the start of a quotation.

    >>> _stands_alone("Ia pulang. Baca juga: Air Surut", 11), _stands_alone('Tertulis "Baca juga: pintu"', 10)
    (True, False)
    """
    before = text[max(0, start - 2) : start]
    if not before or before[-1] in "“‘":
        return not before
    if before[-1] in "\"'":
        return len(before) == 2 and not before[0].isspace()
    return not before[-1].isupper()
