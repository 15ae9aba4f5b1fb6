"""What of the article stands right behind a headline: its list numbers and sub-headings, and names that it knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.related.seen import FEWEST
from curation.boilerplate.related.title_words import (
    ANSWERS,
    HEADINGS,
    HEADS,
    NOUNS,
    OPENERS,
    ROLES,
    SAYS,
    SMALL,
    Token,
    count_of,
    may_begin,
    tokens_of,
    words_set,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: a list of the article, glued to what stands before it (*…Tahun Ini2. Melalui*)
_ITEM = re.compile(r"(?:(?<=[a-z?!)])|(?<=(?:19|20)\d\d))\d{1,2}\.(?:\s|$)")
#: a label of the article, glued to its first entry (*Program Studi:D-III Gizi*)
_ENTRY = re.compile(r"[a-z]:[A-Z]")
_QUESTIONS = frozenset({"mengapa", "apa", "apakah", "bagaimana", "siapa", "kapan"})
_COUNTED = frozenset({"daftar", "berikut", "inilah"})
#: a number behind these is part of the headline
_UNCOUNTED = SMALL | ANSWERS | _COUNTED | {"nomor"}
_FOLLOWING = 120
#: who somebody is, behind a name and a comma
_OFFICES = ROLES | HEADS | NOUNS | words_set("bidan dokter guru mandor pedagang pemilik petani saksi")
#: whose somebody is, before a name
_KIN = words_set(
    """adik anak ayah bapak bibi bicara bu bunda cucu gus hukum ibu istri jubir kakak kakek kerabat korban kubu mas
    mbak menantu nenek orangtua pak paman pelaku pengacara perempuan petugas polisi pria putra putri rekan sahabat
    saudara siswa suami tante teman tersangka tetangga wanita warga"""
)
_NO_NAMES = ROLES | HEADS | NOUNS | OPENERS
_BEFORE_NAMES = ROLES | HEADS | OPENERS | _KIN
_LONGEST_NAME = 4


def body_start(text: str, start: int, end: int, document: str) -> int | None:
    """Where the article goes on before the `end` of a headline; the end, if it does not; None if that is unclear.

    >>> text = "Warga Kota Menanam Pohon di Jalan Sejarah Taman Waai Dilansir dari laman kota, Taman Waai dibuka 1910."
    >>> text[body_start(text, 0, text.index("Dilansir"), text):][:18]
    'Sejarah Taman Waai'
    >>> text = "Warga Kota Menanam Pohon di Jalan2. Menurut Sinta, taman itu tua."
    >>> text[body_start(text, 0, text.index("Menurut"), text):]
    '2. Menurut Sinta, taman itu tua.'
    """
    # what both must hold is found faster than they are
    if text.find(":", start, end) >= 0 and _ENTRY.search(text, start, end):
        return None
    if text.find(".", start, end + 1) >= 0 and (item := _ITEM.search(text, start, end + 1)):
        words = _words(text, start, item.start())
        counted = [i for i in range(FEWEST, len(words)) if _counts(words, i)]
        return words[counted[-1]].start if counted else item.start()
    title, following = text[start:end], text[end : end + _FOLLOWING].lstrip()
    if not following or not ("?" in title or _first(following) in title or title.split()[-1] in following):
        return end  # nothing for `_heading` to go by
    words = _words(text, start, end)
    i = _heading(words, following, document)
    return end if i is None else words[i].start


def _first(following: str) -> str:
    return following.split(maxsplit=1)[0].strip(",.")


def _words(text: str, start: int, end: int) -> list[Token]:
    words: list[Token] = []
    while start < end:
        more, small = tokens_of(text, start, end)
        words += more
        if small is None:
            break
        start = more[-1].start + len(more[-1].text)
    return words


def _counts(words: Sequence[Token], i: int) -> bool:
    """Whether the heading of a list begins there (*6 Negara Asia*, *Daftar 15 Pangdam*)."""
    before, word = words[i - 1], words[i]
    if word.small in _COUNTED:
        return i + 1 < len(words) and words[i + 1].core.isdigit() and before.small not in SMALL
    named = before.text.isalpha() and before.small not in _UNCOUNTED
    return word.text.isdigit() and len(word.text) <= 2 and named


def _heading(words: list[Token], following: str, document: str) -> int | None:
    """Which word begins a sub-heading at the end of the headline, if one does."""
    last = len(words) - 1
    if last <= FEWEST:
        return None
    begins = [i for i in range(max(FEWEST, last - 7), last + 1) if may_begin(words, i)]
    if words[last].text.endswith("?"):
        asked = [
            i for i in begins if words[i].small in _QUESTIONS and i < last - 1 and words[i - 1].small not in ANSWERS
        ]
        return asked[-1] if asked else None
    for i in begins:
        ended = words[i - 1].text.endswith("?") and i >= last - 1 and words[i].small not in ANSWERS
        if ended and all(word.core.isalpha() and count_of(word.small, document) for word in words[i:]):
            return i
    opening = _first(following)
    for i in begins:
        # the sentence takes the first word of its sub-heading up again, a noun
        again = words[i].core == opening and i < last - 1 and words[i].small not in OPENERS
        if again and all(word.core.isalpha() for word in words[i:]) and count_of(words[i].small, document):
            return i
    first = last - 2 if words[last - 1].small in SMALL else last - 1
    tail = " ".join(word.core for word in words[first:])
    if following.startswith(tail) and first - 1 in begins:
        return first - 1  # *Tanggapan Sinta Dewi*
    if tail in following:
        named = [i for i in begins if words[i].small in HEADINGS and i < last - 1]
        return named[-1] if named else None
    return None


def known_subject(tokens: list[Token], small: int, document: str) -> int | None:
    """Which word begins a name that the document holds elsewhere too, before a verb of saying or an apposition.

    >>> text = "Bayi Dibuang di Pasar Induk Rokok Sinta mengaku lega. Ia membeli rokok. Sinta lalu pulang."
    >>> tokens, small = tokens_of(text, 0, len(text))
    >>> tokens[known_subject(tokens, small, text)].core
    'Sinta'
    """
    for i in range(max(FEWEST, small - 8), small - 1):
        if tokens[i].text.endswith(",") and tokens[i + 1].small in _OFFICES:
            return _known_name(tokens, i, document, apposition=True)
    last = small - 1
    while last > FEWEST and tokens[last].text.startswith("("):  # an age
        last -= 1
    if tokens[small].small not in SAYS or any(token.text.endswith(",") for token in tokens[last - 2 : last]):
        return None
    return _known_name(tokens, last, document, apposition=False)


def _known_name(tokens: list[Token], last: int, document: str, *, apposition: bool) -> int | None:
    found = None
    for i in range(last, max(FEWEST - 1, last - _LONGEST_NAME), -1):
        if not may_begin(tokens, i):
            break
        if tokens[i].small in _NO_NAMES or not tokens[i].core.isalpha() or len(tokens[i].core) < 2:
            continue
        names = {" ".join(token.core for token in tokens[i : last + 1])}
        if apposition:  # told in full only here
            names.add(tokens[i].core)
        if any(_is_told(name, tokens[i - 1].core, document) for name in names):
            found = i
    if found is None or not tokens[found - 1].capital or tokens[found - 1].small in _BEFORE_NAMES:
        return None
    return found


def _is_told(name: str, before: str, document: str) -> bool:
    """Whether a name stands elsewhere in the document, never behind the word that stands before it here."""
    places = list(_places(name, document))
    here = [at for at in places if document[max(0, at - 40) : at].rstrip().endswith(before)]
    if len(places) < 2 or len(here) > 1 or count_of(name.lower(), document):
        return False
    # a name of one word may be the second of a name that is told in full only here
    return (bool(here) and places[0] < here[0]) or count_of(before.lower(), document) > 0


def _places(word: str, document: str) -> Iterator[int]:
    at = document.find(word)
    while at >= 0:
        end = at + len(word)
        if not (document[at - 1 : at].isalnum() or document[end : end + 1].isalnum()):
            yield at
        at = document.find(word, end)
