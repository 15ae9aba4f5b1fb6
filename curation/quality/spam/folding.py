"""Seeing through disguises: g4c0r, s-l-o-t, ｍａｘｗｉｎ and slоt with a Cyrillic о, as a reader reads them."""

from __future__ import annotations

import re
from collections.abc import Callable
from string import ascii_lowercase

import pyarrow as pa
import pyarrow.compute as pc

#: Without one of these no page sells gambling.
_CORE = "gacor|slot|maxwin|judi|judol|togel|casino|kasino|poker|scatter|jackpot|taruhan".split("|")
#: What sellers disguise. No other word is read anew: "B2B", "S.Pd." and "kupu-kupu" stay as they are.
_STEMS = (
    *_CORE,
    *"toto|rtp|link|situs|agen|bandar|bonus|deposit|depo|daftar|login|alternatif|online|pulsa|dana|qris|zeus".split("|"),
    *"olympus|mahjong|pragmatic|sbobet|parlay|baccarat|domino|betting|spin|gratis|menang|rungkad|resmi".split("|"),
    *"terpercaya|hoki|petir|server|thailand|pola|live|klaim|klik|withdraw|turnover|hitam|terbaru|hari|ini".split("|"),
    *"new|member|win|bet|free|ways|pinjol|pinjaman|cair|backlink|followers|whatsapp|viagra|vitalitas|joki".split("|"),
)

#: Letters that look like Latin ones: Cyrillic, Greek, Armenian, phonetic, small capitals, crossed ones, white on
#: black, of flags. Full-width and mathematical letters, ligatures and accents are NFKD's work.
_ALIKE = {
    **str.maketrans("аеорсхуіѕјԁһӏкмтвнгԛԝ", "aeopcxyisjdhlkmtbhrqw"),
    **str.maketrans("αεοριτυνκχηωβγցօոս", "aeopituvkxnwbygonu"),
    **str.maketrans("ɑɡɩᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢłøđı", "agiabcdefghijklmnoprstuvwyzlodi"),
    **{first + n: chr(ord("a") + n) for first in (0x1F150, 0x1F170, 0x1F1E6) for n in range(26)},
}
#: Signs that stand for letters.
_LEET = str.maketrans("4@301!|57$896", "aaeoiiistsbgg")
_JOINTS = r".\-_*·•|~+/"

#: Letters spelt one by one: g.a.c.o.r, S L O T
_SPELT = re.compile(rf"(?<!\w)\w((?:[{_JOINTS}]|\s){{1,2}})(?:[\w@$!]\1){{2,}}[\w@$!](?!\w)")
_MAYBE_SPELT = rf"(?:^|[^\pL\pN])[\pL\pN@$](?:[{_JOINTS} ]{{1,2}}[\pL\pN@$!]){{3}}(?:[^\pL\pN]|$)"
_WORD = re.compile(r"[\w@$](?:\S*[\w@$!])?")
#: Words that are not plain letters: RE2 has no way to say "the same letter again"
_ODD = "[a-z0-9][^a-z ]+[a-z0-9@$]|[a-z][0-9@$!|]|[0-9@$][a-z]|" + "|".join(2 * letter for letter in ascii_lowercase)
_DOUBLED = re.compile(r"(.)\1+")
#: A brand's lucky number: slot88, toto4d
_NUMBER = re.compile(r"(\D.*?)(\d{2,4}|4d)")
_JOINT = re.compile(rf"(?<=[^\W_])[{_JOINTS}]+(?=[^\W\d_])")

#: For a combined look at many texts: whether one might hide something. Letters of the core may be doubled and have
#: a sign between them; odd alphabets are rare enough to look at every text that has one.
_SHAPES = {"a": "[a4@àáâãäåāă]", "e": "[e3èéêëē]", "i": "[i1!|ìíîïī]", "o": "[o0òóôõöøō]", "s": "[s5$]", "t": "[t7]", "l": "[l1|]"}
_LOOSE = "|".join(rf"[{_JOINTS} ]?".join(f"{_SHAPES.get(letter, letter)}+" for letter in word) for word in _CORE)
DISGUISED = (
    rf"(?:^|[^\pL\pN])(?:{_LOOSE})(?:[^\pL]|$)"
    r"|[a-z][\p{Cyrillic}\p{Greek}\p{Armenian}\p{Mn}]|[\p{Cyrillic}\p{Greek}\p{Armenian}][a-z]"
    r"|\pL[\x{AD}\x{200B}-\x{200F}\x{2060}-\x{2064}\x{FEFF}]\pL"
    r"|[\x{FF21}-\x{FF5A}\x{1D400}-\x{1D7FF}\x{1D00}-\x{1D22}\x{24B6}-\x{24E9}\x{1F130}-\x{1F189}\x{1F1E6}-\x{1F1FF}]"
)


def fold(texts: pa.StringArray) -> pa.StringArray:
    """Lines in lower case without accents, invisible characters, look-alikes, and with disguised words revealed.

    >>> fold(pa.array(["S1ot G4c0r88", "g.a.c.o.r  s l o t", "ｍａｘ-ｗｉｎ", "slоt", "Slooot", "S.Pd., B2B"])).to_pylist()
    ['slot gacor88', 'gacor  slot', 'maxwin', 'slot', 'slot', 's pd., b2b']
    """
    bare = pc.replace_substring_regex(pc.utf8_normalize(texts, "NFKD"), r"[\p{Mn}\p{Me}\p{Cf}]+", "")
    lower = pc.utf8_lower(bare)
    lower = _where(pc.invert(pc.string_is_ascii(lower)), lower, lambda text: text.translate(_ALIKE))
    lower = _where(pc.match_substring_regex(lower, _MAYBE_SPELT), lower, _join_letters)
    words = pc.split_pattern(lower, " ")
    each = pc.list_flatten(words).dictionary_encode()
    known = _where(pc.match_substring_regex(each.dictionary, _ODD), each.dictionary, _reveal)
    return pc.binary_join(pa.ListArray.from_arrays(words.offsets, known.take(each.indices)), " ")


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
    """The stems that a word is made of, nothing where it is not made of them alone."""
    number = _NUMBER.fullmatch(word)
    for body, rest in ([number.groups()] if number else []) + [(word, "")]:
        key = _skeleton(body)
        if _ALL_STEMS.fullmatch(key):
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
_KEYS = "|".join(sorted(_BY_KEY, key=len, reverse=True))
_ONE_STEM = re.compile(_KEYS)
_ALL_STEMS = re.compile(f"(?:{_KEYS})+")
