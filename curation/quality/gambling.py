"""Gambling spam."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.measure import measure
from curation.quality.text import count

#: Promotional wording, one idea each. Words that honest news use too (judi, slot, deposit, jackpot) are no idea
#: by themselves: "slot waktu", "RTP" of a phone, "deposito".
IDEAS = (
    r"gacor",
    r"maxwin",
    r"scatter",
    r"anti rungkad",
    r"jp paus",
    r"rtp (?:live|slot|tertinggi|hari ini)",
    r"link alternatif",
    r"depo(?:sit)? (?:pulsa|dana|qris|tanpa potongan)",
    r"bonus (?:new member|member baru|depo|deposit|rollingan)",
    r"free ?(?:bet|spin)",
    r"(?:daftar|agen|bandar|situs|akun|login) (?:slot|togel|judi)",
    r"slot (?:online|resmi|terpercaya|terbaru|favorit|pulsa|dana)",
    r"(?:slot|toto|togel|qq) ?\d{2,4}",
    r"pola (?:gacor|admin|slot)",
    r"mahjong ways|sweet bonanza|gates of olympus|pragmatic play|pg soft",
    r"(?:gampang|mudah) (?:menang|maxwin|jp|jackpot)",
    r"turnover|winrate|server thailand",
)

#: Who writes about gambling without selling it.
NEWS = (
    r"polisi|polda|polres|polri|penyidik|tersangka|komdigi|kominfo|ppatk|bareskrim|jaksa|hakim|blokir|diblokir|"
    r"memblokir|pemblokiran|memberantas|pemberantasan|penggerebekan|menggerebek|digerebek|ditangkap|ilegal|kecanduan"
)

#: Spellings that hide a word from filters: g4c0r, s1ot, m.a.x.w.i.n
_HIDDEN = {"a": "[a4@]", "e": "[e3]", "i": "[i1!]", "o": "[o0]", "s": "[s5$]", "t": "[t7]", "l": "[l1i]"}


def _spellings(idea: str) -> str:
    """A pattern for all spellings of an idea; what is special in the pattern stays as it is."""
    if set(idea) & set("\\[]"):
        return idea
    parts = []
    for i, letter in enumerate(idea):
        parts.append(_HIDDEN.get(letter, letter))
        if letter.isalpha() and idea[i + 1 : i + 2].isalpha():
            parts.append(r"[.\-_*]?")
    return "".join(parts)


_IDEAS = [rf"\b(?:{_spellings(idea)})" for idea in IDEAS]
_NEWS = rf"\b(?:{NEWS})\b"


@measure(unit="terms per 100 words")
def gambling(documents: pa.Table) -> pa.Array:
    """Promotional gambling terms per 100 words of title and body, less the words of those who fight it.

    Zero where fewer than two different ideas occur. Spam piles up "gacor", "maxwin", "bonus new member"; news
    on the same subject name police, courts and blocked sites instead. Compatibility forms, digits for letters
    and dots inside words are seen through.

    >>> from curation.quality.measure import try_measure
    >>> spam = "Situs slot g4c0r gampang maxwin! Daftar akun slot, bonus new member, depo pulsa tanpa potongan."
    >>> try_measure(gambling, spam) > 2
    True
    >>> try_measure(gambling, "Polisi menangkap bandar togel dan memblokir 12 situs judi online di Rantaubatu.")
    0.0
    """
    title = pc.fill_null(documents["title"], "")
    text = pc.binary_join_element_wise(title, documents["body"], "\n")
    text = text.combine_chunks() if isinstance(text, pa.ChunkedArray) else text
    found = np.zeros(len(text))
    suspects = np.flatnonzero(pc.match_substring_regex(text, "|".join(_IDEAS), ignore_case=True).to_numpy(False))
    some = pc.utf8_lower(pc.utf8_normalize(text.take(pa.array(suspects)), "NFKC"))
    hits = np.array([count(some, idea).to_numpy() for idea in _IDEAS]).reshape(len(_IDEAS), len(suspects))
    against = count(some, _NEWS).to_numpy()
    words = documents["n_words"].to_numpy()[suspects]
    net = np.where((hits > 0).sum(axis=0) >= 2, np.maximum(hits.sum(axis=0) - against, 0), 0)
    found[suspects] = net * 100 / np.maximum(words, 100)
    return pa.array(found)
