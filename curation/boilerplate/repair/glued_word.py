"""Two words without anything between them."""

from __future__ import annotations

import re
from bisect import bisect, insort
from collections import defaultdict
from string import ascii_lowercase, ascii_uppercase
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from curation.boilerplate.repair.lexicon import COMMON_WORDS
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Line, Lines
    from curation.rule import Context

#: they follow a name or a word without a space, and no name ends like this (*Wulandari*, *Ramadan* do)
_TAIL_WORDS = (
    "yang dengan untuk dalam menjadi sebagai karena kepada adalah terhadap tersebut telah bakal masih sudah juga"
    " saat tidak belum dapat harus bisa ingin oleh usai atau serta pada resmi"
)
_TAILS = frozenset(_TAIL_WORDS.split())
#: after a common word in lower case only these, for Indonesian has long words (*mendalam*, *sayang*)
_LOWER_TAILS = _TAILS & {"yang", "dengan", "untuk", "menjadi", "sebagai", "karena", "kepada", "adalah", "terhadap"}
_YEAR_TAILS = _TAILS | {"di", "dan", "ke", "dari", "hingga"}
_VERBS = frozenset(word for word in COMMON_WORDS if len(word) >= 7 and word.startswith(("me", "di", "ber", "ter")))
_NAME_TAIL, _LOWER_TAIL, _YEAR_TAIL = (
    "|".join(sorted(tails)) for tails in (_TAILS | _VERBS, _LOWER_TAILS, _YEAR_TAILS)
)

_NAME_TAILS = _TAILS | _VERBS
_CAPITALISED = re.compile(r"[A-Z]{1,8}[a-z]{4,30}(?![a-z])|\.com[a-z]{4,20}")
_TAIL = re.compile(rf"(?:{_LOWER_TAIL})(?![a-z])")
_YEAR = re.compile(rf"(?:19|20)\d\d(?=(?:{_YEAR_TAIL})(?![a-z]))")
_CAPITALS = frozenset(ascii_uppercase)
#: set into a text to find places; `invisible` leaves none in it
_HUMP, _TAILED = "\x00", "\x01"
_RIGHT = re.compile(r"[A-Z][a-z]+|[A-Z]+|[a-z]+")
#: RE2's view of words that may end in a tail
_WITH_TAIL = (
    rf"(?:(?:[A-Z][A-Za-z]{{2,20}}|\.com)(?:{_NAME_TAIL})|[a-z]{{4}}(?:{_LOWER_TAIL})|\b(?:19|20)\d\d(?:{_YEAR_TAIL}))"
)
_BEHIND = "([^a-z]|$)"
#: the longest word that is looked at
_WORD = 24
_KNOWN = re.compile(r"(?<![^\W_])(?:[A-Za-z][a-z]+|[A-Z]{2,})(?![^\W_])")
_IN_ADDRESS = ("/", "@", "#", "_", "www.")
#: with these begin names that are written as one word
_BRAND = re.compile(
    r"(?:detik|[eimx]|My|Go|You|Face|Whats|Tik|Link|Trans|Super|Master|Smart|Pay|Shopee|Tribun|Sindo|Kompas|Okezone"
    r"|Berita|Kapan|Buka|Peduli|Satu|Ruang|Kita|Halo|Jak|Indo|Duit|Play|Black|Blue|Air|Mc|Mac|La|De|Le|Di)$"
)
#: words that follow the subject of a new sentence
_PREDICATE = re.compile(
    r"\s(?:juga|telah|akan|sudah|sedang|pun|kini|tidak|belum|bisa|dapat|harus|ingin|masih|mulai|lalu|kemudian"
    r"|adalah|merupakan|me[a-z]{3,}|di[a-z]{4,}|ber[a-z]{3,})(?![A-Za-z])"
)
#: what stands before a second sentence is so many words long and ends with no title of its subject
_LONG = 4
_TITLES = (
    *("jen", "bes", "AKBP", "pol", "Kolonel", "Jenderal", "Kapten"),
    *("Gubernur", "Bupati", "Ketua", "Direktur", "Pelatih", "Stop"),
)
_MARKS = frozenset(".!?")
#: more words than this are looked up at once
_MANY = 40
#: rounds in which what was parted tells of further words
_ROUNDS = 6


@rule(
    step="joins",
    grain="inline",
    shape=f"[a-z][A-Z][A-Za-z]|{_WITH_TAIL}{_BEHIND}",
    source="the seed page (Malang Terkini), liputan6 72 %, kompas 45 %, tempo 41 % of articles",
)
def glued_word(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Part two words that were glued where a link or a paragraph ended.

    A common word in lower case can't go on with a capital. A name goes on with no *yang*, if the document holds it
    without. Two capitalised words must both stand alone elsewhere in the document, and uncommon ones not be glued
    twice: brands (WhatsApp, MasterChef) stay whole. The second is the subject of a new sentence where a predicate
    follows and it begins another sentence too.

    >>> text = "Sungai Brantas meluap. Malang siaga.\nWarga di tepi BrantasMalang juga mengungsi."
    >>> after(glued_word, text)
    'Sungai Brantas meluap. Malang siaga.\nWarga di tepi Brantas. Malang juga mengungsi.'
    >>> after(glued_word, "Ia memakai WhatsApp, menurutBudi. Sungai Lintangyang meluap (Lintang) surut.")
    'Ia memakai WhatsApp, menurut Budi. Sungai Lintang yang meluap (Lintang) surut.'
    """
    wanted = defaultdict(list)
    humps = pc.replace_substring_regex(lines.shown, "([a-z])([A-Z])", rf"\1{_HUMP}\2")
    tails = pc.replace_substring_regex(humps, f"({_WITH_TAIL}){_BEHIND}", rf"{_TAILED}\1{_TAILED}\2")
    for line, hump, tail in zip(lines, humps.to_pylist(), tails.to_pylist(), strict=True):
        if _HUMP in line.text or _TAILED in line.text:
            continue
        joints = _joints(line.text, _marks(hump, _HUMP), _marks(tail.replace(_HUMP, ""), _TAILED))
        if joints:
            wanted[line.document].append((line, joints))
    for document, found in wanted.items():
        yield from _parted(lines.texts[document], found)


def _marks(marked: str, mark: str) -> list[int]:
    """The places that RE2 marked, in the text without marks: to find a mark is fast."""
    places: list[int] = []
    at = marked.find(mark)
    while at >= 0:
        places.append(at - len(places))
        at = marked.find(mark, at + 1)
    return places


def _joints(text: str, capitals: list[int], tails: list[int]) -> list[int]:
    """Where two words may meet: at the capitals and before the tails, which stand between two marks each."""
    joints = {at for at in capitals if text[at + 1 : at + 2].isalpha()}
    for begin, end in zip(tails[::2], tails[1::2], strict=False):
        for found in _CAPITALISED.finditer(text, begin, end):
            word = found[0]
            joints |= {found.start() + n for n in range(3, len(word) - 3) if word[n:] in _NAME_TAILS}
        joints |= {found.start() for found in _TAIL.finditer(text, begin + 1, end) if text[found.start() - 1].isalpha()}
        joints |= {found.end() for found in _YEAR.finditer(text, begin, end)}
    return sorted(joint for joint in joints if not _is_in_address(text, joint))


def _is_in_address(text: str, at: int) -> bool:
    near = text[max(0, at - 60) : at + 60]
    if not any(sign in near for sign in _IN_ADDRESS):
        return False  # mostly
    around = text[max(0, at - 60) : at].split()[-1:] + text[at : at + 60].split()[:1]
    address = "".join(around)
    return any(sign in address for sign in _IN_ADDRESS)


def _parted(text: str, found: list[tuple[Line, list[int]]]) -> Iterator[Edit]:
    undecided = []
    for line, joints in found:
        cuts = [0, len(line.text)]  # as they are made in this line, one list for all of its joints
        undecided += [(line, joint, cuts, _words(line.text, joint, cuts)) for joint in joints]
    pairs = (words for *_, words in undecided)
    known = _standing_alone(text, {word for left, right in pairs if _needs_evidence(left) for word in (left, right)})
    for _ in range(_ROUNDS):
        left_over = []
        for line, joint, cuts, words in undecided:
            left, right = words if len(cuts) == 2 else _words(line.text, joint, cuts)
            space = _space(text, line.text, joint, left, right, known)
            if space:
                known |= {left, right}
                insort(cuts, joint)
                yield line.cut(joint, joint, space)
            else:
                left_over.append((line, joint, cuts, words))
        if len(left_over) in (0, len(undecided)):
            break
        undecided = left_over


def _words(line: str, joint: int, cuts: list[int]) -> tuple[str, str]:
    """The words on both sides of a joint, up to where they were cut already."""
    after = bisect(cuts, joint)
    right = _RIGHT.match(line, joint, min(cuts[after], joint + _WORD))
    return _last_word(line[max(cuts[after - 1], joint - _WORD) : joint]), right[0] if right else ""


def _last_word(text: str) -> str:
    """The word that ends a text: in lower case, perhaps after one capital, or in capitals."""
    before = text.rstrip(ascii_lowercase)
    if len(before) < len(text):
        return text[len(before) - (before[-1:] in _CAPITALS) :]
    word = text[len(text.rstrip(ascii_uppercase)) :]
    return word if len(word) > 1 else ""


def _needs_evidence(left: str) -> bool:
    return len(left) >= 3 and left not in COMMON_WORDS and not _BRAND.match(left)


def _standing_alone(text: str, words: set[str]) -> set[str]:
    """Those of the words that the text holds as words of their own."""
    if len(words) > _MANY:
        return words & set(_KNOWN.findall(text))
    return {word for word in words if _stands_alone(text, word)}


def _stands_alone(text: str, word: str) -> bool:
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not text[max(0, at - 1) : at].isalnum() and not text[end : end + 1].isalnum():
            return True
        at = text.find(word, end)
    return False


def _space(text: str, line: str, joint: int, left: str, right: str, known: set[str]) -> str:
    """What belongs between two words: a space, a full stop and a space, or nothing."""
    is_tail = right in _NAME_TAILS
    if not left:  # a year, or no word
        return " " if line[joint - 1].isdigit() and right in _YEAR_TAILS else ""
    if (left + right).lower() in COMMON_WORDS:
        return ""
    if left == "com" and line[joint - 4 : joint - 3] == ".":
        return " " if right[0].isupper() or is_tail else ""
    if left in COMMON_WORDS:
        return " " if right[0].isupper() or (len(left) >= 4 and right in _LOWER_TAILS) else ""
    if not _needs_evidence(left):
        return ""
    if right.islower():
        return " " if is_tail and left[0].isupper() and left in known else ""
    if right not in known or (left not in known and left.lower() not in COMMON_WORDS):
        return ""
    if left.islower():
        return " "
    if len(right) < 3 or not (_is_common(left, right) or f"{left} {right}" in text or _is_once(text, left + right)):
        return ""
    if left.lower() in COMMON_WORDS or not _PREDICATE.match(line, joint + len(right)):
        return " "
    return ". " if _is_long_sentence(line[max(0, joint - 200) : joint]) and _begins_sentence(text, right) else " "


def _is_once(text: str, word: str) -> bool:
    """Whether a word stands in one place only; the same words before it are the same place, copied."""
    found = re.finditer(re.escape(word), text)
    return len({text[max(0, place.start() - 20) : place.start()] for place in found}) == 1


def _is_common(left: str, right: str) -> bool:
    return left.lower() in COMMON_WORDS or right.lower() in COMMON_WORDS


def _is_long_sentence(text: str) -> bool:
    """Whether a text ends with some words of one sentence, the last of them no title."""
    words = text.split()[-_LONG:]
    if len(words) < _LONG or words[0][-1] in _MARKS or words[-1].endswith(_TITLES):
        return False
    return _MARKS.isdisjoint("".join(words[1:]))


def _begins_sentence(text: str, word: str) -> bool:
    """Whether a word stands, perhaps behind a quote, at the start of a line or behind the end of a sentence."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        before = text[: at - (text[at - 1 : at] in ('"', "“"))]
        ended = before.rstrip()
        space = before[len(ended) :]
        is_end = ended.endswith((".", "!", "?")) or (ended[-1:] in ('"', "”") and ended[-2:-1] in _MARKS)
        after = text[end : end + 1]
        if (not ended or "\n" in space or (space and is_end)) and not (after.isalnum() or after == "_"):
            return True
        at = text.find(word, at + 1)
    return False
