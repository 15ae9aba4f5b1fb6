"""Seeing through disguises: g4c0r, s-l-o-t, ｍａｘｗｉｎ and slоt with a Cyrillic о, as a reader reads them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product
from string import ascii_lowercase

import pyarrow as pa
import pyarrow.compute as pc

#: What sellers disguise. No other word is read anew: "B2B", "S.Pd." and "kupu-kupu" stay as they are.
_STEMS = (
    *("gacor", "slot", "maxwin", "scatter", "jackpot", "judi", "judol", "togel", "toto", "casino", "kasino", "poker"),
    *("taruhan", "rtp", "link", "situs", "agen", "bandar", "bonus", "deposit", "depo", "daftar", "login", "alternatif"),
    *("online", "pulsa", "dana", "qris", "zeus", "olympus", "mahjong", "pragmatic", "sbobet", "parlay", "baccarat"),
    *("domino", "betting", "spin", "gratis", "menang", "rungkad", "resmi", "terpercaya", "hoki", "petir", "server"),
    *("thailand", "pola", "live", "klaim", "klik", "withdraw", "turnover", "hitam", "terbaru", "hari", "ini", "new"),
    *("member", "win", "bet", "free", "ways"),
)

#: Letters that look like Latin ones: Cyrillic, Greek, Armenian, phonetic, small capitals, crossed ones, white on
#: black, of flags. Full-width and mathematical letters, ligatures and accents are NFKD's work.
_ALIKE = {
    **str.maketrans("аеорсхуіѕјԁһӏкмтвнгԛԝ", "aeopcxyisjdhlkmtbhrqw"),
    **str.maketrans("αεοριτυνκχηωβγցօոս", "aeopituvkxnwbygonu"),
    **str.maketrans("ɑɡɩᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢłøđı", "agiabcdefghijklmnoprstuvwyzlodi"),
    **{first + n: ord("a") + n for first in (0x1F150, 0x1F170, 0x1F1E6) for n in range(26)},
}
#: Signs that stand for letters.
_LEET = str.maketrans("4@301!|57$896", "aaeoiiistsbgg")
_JOINTS = r".\-_*·•|~+/"

#: Letters spelt one by one: g.a.c.o.r, S L O T
_SPELT = re.compile(rf"(?<!\w)[\w@$]((?:[{_JOINTS}]|\s){{1,2}})(?:[\w@$!]\1){{2,}}[\w@$!](?!\w)")
_LETTER = rf"[{_JOINTS} ][{_JOINTS} ]?[a-z0-9@$!]"
_MAYBE_SPELT = rf"(?:^|[^a-z0-9])[a-z0-9@$]{_LETTER}(?:{_LETTER})+(?:[^a-z]|$)"
_WORD = re.compile(r"[\w@$](?:\S*[\w@$!])?")
#: Words that are not plain letters; RE2 has no way to say "the same letter again"
_ODD = "[a-z][^a-z ]+[a-z0-9@$]|[a-z][0-9@$!|]|[0-9@$!|][a-z]|" + "|".join(2 * letter for letter in ascii_lowercase)
_DOUBLED = re.compile(r"(.)\1+")
#: A brand's lucky number: slot88, toto4d; other digits may be letters first
_NUMBER = re.compile(r"(\D.*?)(\d{2,4}|4d)")
_LUCKY = re.compile(r"[23689d]|^(\d)\1+$")
_JOINT = re.compile(rf"(?<=[^\W_])[{_JOINTS}]+(?=[^\W\d_])")

#: Other alphabets, accents and invisible characters between Latin letters; letters that are no plain ones. RE2, for a
#: quick look at all texts.
ODD_LETTERS = (
    r"[a-z][\x{300}-\x{58F}\x{AD}\x{200B}-\x{200F}\x{2060}-\x{2064}\x{FEFF}][a-z]|[\x{370}-\x{58F}][a-z]"
    r"|[a-z][\x{E0}-\x{F6}][a-z][\x{E0}-\x{F6}][a-z]"
    r"|[\x{1D00}-\x{1D22}\x{24B6}-\x{24E9}\x{FF21}-\x{FF5A}\x{1D400}-\x{1D7FF}\x{1F130}-\x{1F1FF}]"
)
_SHAPES = {"a": "a4@", "e": "e3", "i": "i1!", "l": "l1", "o": "o0", "s": "s5$", "t": "t7"}


def disguises(word: str) -> Iterator[str]:
    """How a word may be spelt with signs for letters or between them.

    >>> sorted(disguises("bet"))[:6]
    ['b e t', 'b*e*t', 'b+e+t', 'b-e-t', 'b.e.t', 'b/e/t']
    """
    spelt = {"".join(letters) for letters in product(*(_SHAPES.get(letter, letter) for letter in word))}
    yield from spelt - {word}
    yield from (joint.join(word) for joint in ".-_*·•|~+/ ")


def fold(texts: pa.StringArray) -> pa.StringArray:
    """Lines in lower case without accents, invisible characters, look-alikes, and with disguised words revealed.

    >>> fold(pa.array(["S1ot G4c0r88", "g.a.c.o.r  s l o t", "ｍａｘ-ｗｉｎ", "slоt", "S.Pd., B2B"])).to_pylist()
    ['slot gacor88', 'gacor  slot', 'maxwin', 'slot', 's pd., b2b']
    """
    beyond = pc.invert(pc.string_is_ascii(texts))
    lower = pc.utf8_lower(pc.replace_with_mask(texts, beyond, _latin(texts.filter(beyond))))
    lower = _where(pc.match_substring_regex(lower, _MAYBE_SPELT), lower, _join_letters)
    words = pc.split_pattern(lower, " ")
    each = pc.list_flatten(words).dictionary_encode()
    known = _where(pc.match_substring_regex(each.dictionary, _ODD), each.dictionary, _reveal)
    return pc.binary_join(pa.ListArray.from_arrays(words.offsets, known.take(each.indices)), " ")


def _latin(texts: pa.StringArray) -> pa.StringArray:
    bare = pc.replace_substring_regex(pc.utf8_normalize(texts, "NFKD"), r"[\p{Mn}\p{Me}\p{Cf}]+", "")
    return pa.array([text.translate(_ALIKE) for text in pc.utf8_lower(bare).to_pylist()], pa.string())


def _where(mask: pa.BooleanArray, texts: pa.StringArray, change: Callable[[str], str]) -> pa.StringArray:
    changed = pa.array([change(text) for text in texts.filter(mask).to_pylist()], pa.string())
    return pc.replace_with_mask(texts, mask, changed)


def _join_letters(text: str) -> str:
    return _SPELT.sub(lambda spelt: _read(spelt.group()), text)


def _reveal(word: str) -> str:
    return _JOINT.sub(" ", _WORD.sub(lambda found: _read(found.group()), word))


def _read(word: str) -> str:
    """A word with the stems in it revealed.

    >>> _read("5i7us-sl0t"), _read("jud!"), _read("sl0t!"), _read("t0to88"), _read("B2B")
    ('situs slot', 'judi', 'slot', 'toto88', 'B2B')
    """
    parts = _JOINT.split(word)
    whole = _stems(word) or (_stems(word.rstrip("!")) if word.endswith("!") else "")
    return whole or (" ".join(_stems(part) or part for part in parts) if len(parts) > 1 else word)


def _stems(word: str) -> str:
    """The stems that a word is made of, nothing where it is not made of them alone.

    >>> _stems("sl0t88"), _stems("depo517")
    ('slot88', 'deposit')
    """
    forms = [(word, "")]
    if number := _NUMBER.fullmatch(word):
        forms.insert(0 if _LUCKY.search(number[2]) else 1, (number[1], number[2]))
    for body, rest in forms:
        key = _skeleton(body)
        if key[:3] in _STARTS and _ALL_STEMS.fullmatch(key):
            return " ".join(_BY_KEY[part] for part in _ONE_STEM.findall(key)) + rest
    return ""


def _skeleton(word: str) -> str:
    """What all disguises of a word have in common; "1" may be an i or an l, so these are one.

    >>> _skeleton("s.1.o.t"), _skeleton("sloott")
    ('siot', 'siot')
    """
    letters = "".join(letter for letter in word.translate(_LEET) if letter.isalpha())
    return _DOUBLED.sub(r"\1", letters.replace("l", "i"))


_BY_KEY = {_skeleton(stem): stem for stem in _STEMS}
_STARTS = {key[:3] for key in _BY_KEY}
_KEYS = "|".join(sorted(_BY_KEY, key=len, reverse=True))
_ONE_STEM = re.compile(_KEYS)
_ALL_STEMS = re.compile(f"(?:{_KEYS})+")
