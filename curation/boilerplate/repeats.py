"""What a site prints again and again: counted in pieces (lines and sentences), then chosen.

Frequency alone would take what belongs to articles: court formulas, sub-headings, the names and answers that recur.
So a piece must stand at the edge of nearly all texts that hold it, nothing but repeated pieces or scraps beyond it,
or speak to the reader ("klik di sini", an address); and it must not go with one topic. A line is compared by its key.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import xxhash

from curation.boilerplate.learned import line_key, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from curation.lines import Mask

    Keys = npt.NDArray[np.uint64]

#: A piece counts from so many articles on, near-copies counted once, and from this share of all of the site.
LEAST = 5
LEAST_SHARE = 0.003
#: Share of its articles in which a piece of an edge stands at that edge.
AT_EDGE = 0.9
#: What does not speak to the reader is chrome only if this share of the site's articles prints it.
SILENT_SHARE = 0.25
#: What so many begin with is a menu, even if it is no sentence and speaks to nobody; of fewer words, it may be a
#: heading or a scrap of a dateline.
MOST_SHARE = 0.8
MENU_WORDS = 5
#: so many characters of its own tell one article from another
ENOUGH = 400
#: longer pieces are paragraphs
LONGEST = 400
#: Where so many of its headlines, and many more than elsewhere, have a word in common, a piece goes with a topic.
ONE_TOPIC = 0.6

#: speaks to the reader of the site or of the page
_CALL = re.compile(
    r"^\[\w+:|©|\b(?:scroll|advertisement|copyright|hak cipta|disclaimer|google news|newsletter|klik di ?sini)\b"
    r"|\b(?:baca|simak|tonton|saksikan|lihat|cek|ikuti|dapatkan|temukan|nikmati|akses|update)\b.{0,80}"
    r"\b(?:berita|artikel|info|konten|kami|selengkapnya|di ?sini)\b"
    r"|\b(?:baca|simak|tonton|lihat|cek)(?: yang lain)? juga\b"
    r"|\b(?:saluran|kanal|channel|grup|aplikasi) (?:whatsapp|telegram|youtube)\b"
    r"|\b(?:whatsapp|telegram|youtube) channel\b"
    r"|\bhalaman (?:berikut|selanjutnya)|\bbersambung\b|\bbagikan\b"
    r"|^daftar isi$|\b(?:artikel|berita|tulisan|konten) ini\b|\b(?:ditulis|diedit|disunting) oleh\b"
    r"|\b(?:editor|penulis|reporter|pewarta|kontributor|redaksi|redaktur|sumber|source|tags?|via)\s*:"
)
#: gives an address or asks for something, as articles also do that tell how to apply for aid or pay a bill
_ADDRESS = re.compile(
    r"\b(?:klik|click)\b|https?:|www\.|\w\.(?:com|co\.id|co|id|net|news|tv)\b|@\w"
    r"|\b(?:whatsapp|telegram|instagram|facebook|youtube|tiktok|twitter|podcast)\b"
    r"|\b(?:download|unduh|install|instal|follow|subscribe|gabung|bergabung|langganan|berlangganan|kunjungi)\b"
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE = re.compile(r"""[.!?…]["”’')\]]*$""")


def pieces(bodies: Sequence[str]) -> pa.Table:
    r"""The lines of texts and, where a line holds several, its sentences, in order.

    Columns: document (number of the text), leaf (false for a line that is followed by its sentences), prose (reads
    like a sentence of an article), key (:func:`line_key`), text.

    >>> pieces(["Air surut. Warga pulang.\nTamat"])["text"].to_pylist()
    ['Air surut. Warga pulang.', 'Air surut.', 'Warga pulang.', 'Tamat']
    """
    document: list[int] = []
    leaf: list[bool] = []
    texts: list[str] = []
    for number, body in enumerate(bodies):
        for line in filter(None, map(str.strip, body.split("\n"))):
            spans = sentences(line)
            found = [line[start:end] for start, end in spans]
            if len(spans) > 1 and len(line) <= LONGEST:
                found.insert(0, line)
            document += [number] * len(found)
            leaf += [True] * len(found)
            if len(found) > len(spans):
                leaf[-len(found)] = False
            texts += found
    text = pa.array(texts, pa.string())
    long = pc.greater(pc.utf8_length(text), 200)
    sentence = pc.match_substring_regex(text, _SENTENCE.pattern)
    enough = pc.greater_equal(pc.count_substring(text, " "), 7)
    prose = pc.or_(long, pc.and_(sentence, enough))
    columns = [pa.array(document, pa.int32()), pa.array(leaf), prose, pa.array(map(line_key, texts), pa.string()), text]
    return pa.table(columns, names=["document", "leaf", "prose", "key", "text"])


def owner_keys(owners: Iterable[str | None], keys: Iterable[str]) -> pa.Array:
    """One number for each pair of an owner (site, network) and a key; null without owner."""
    hash64 = xxhash.xxh64_intdigest
    pairs = zip(owners, keys, strict=True)
    return pa.array(
        [None if owner is None else hash64(f"{owner}\n{key}".encode()) for owner, key in pairs], pa.uint64()
    )


def places(document: npt.NDArray[np.int64], leaf: Mask, prose: Mask, repeated: Mask) -> tuple[Mask, Mask]:
    """For each piece of whole texts: whether it stands at the head, at the tail.

    It does if there is no prose beyond it but what is repeated itself.
    """
    own = (leaf & prose & ~repeated).astype(np.int64)
    upto = np.cumsum(own)
    bounds = _bounds(document)
    counts = np.diff(bounds)
    before = np.repeat((upto - own)[bounds[:-1]], counts)
    return upto - own == before, upto == np.repeat(upto[bounds[1:] - 1], counts)


def own_texts(document: npt.NDArray[np.int64], leaf: Mask, repeated: Mask, texts: Sequence[str]) -> list[str]:
    """Texts without their repeated pieces; one that then is short and mostly gone stays whole: it may be a copy."""
    found = []
    for start, end in pairwise(_bounds(document).tolist()):
        whole = [n for n in range(start, end) if leaf[n]]
        own = [n for n in whole if not repeated[n]]
        size = sum(len(texts[n]) for n in own)
        enough = size >= ENOUGH or 2 * size >= sum(len(texts[n]) for n in whole)
        found.append(" ".join(texts[n] for n in (own if enough else whole)))
    return found


def _bounds(document: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Where each text begins, and the end of the last."""
    return np.append(np.flatnonzero(np.diff(document, prepend=-1)), len(document))


def position_of(text: str, n: int, n_head: int, n_tail: int, n_owner: int) -> str | None:
    """Where a piece is chrome by its shape and its counts (head, tail, any), or None.

    Args:
        text: the piece.
        n: articles that hold it, near-copies counted once.
        n_head: those in which it stands at the head alone.
        n_tail: those in which it stands at the tail alone.
        n_owner: all articles of the site or network, counted likewise.

    >>> position_of("Ikuti berita lainnya di Google News", 6, 0, 6, 200)
    'tail'
    >>> position_of("Wallahu a'lam bish-shawab.", 6, 0, 6, 200) is None
    True
    >>> position_of("Beranda Nasional Daerah Ekonomi Indeks", 190, 190, 0, 200)
    'head'
    """
    if n < max(LEAST, LEAST_SHARE * n_owner) or len(text) > LONGEST or not _WORD.search(text):
        return None
    calls = bool(_CALL.search(text.lower()))
    if len(text.split()) == 1 and not calls:
        return None  # a name, a city, a scrap
    speaks = calls or bool(_ADDRESS.search(text.lower()))
    if not speaks and n < SILENT_SHARE * n_owner:
        return None
    if n_tail >= AT_EDGE * n:
        return "tail"
    is_menu = n >= MOST_SHARE * n_owner and len(text.split()) >= MENU_WORDS
    if n_head >= AT_EDGE * n and (speaks or is_menu or _SENTENCE.search(text)):  # else a heading, or a scrap
        return "head"
    return "any" if speaks or text.endswith("!") else None


def is_topical(text: str, titles: Sequence[str | None], titles_of_owner: Sequence[str | None]) -> bool:
    """Whether a piece goes with a topic, as a tariff or a hotline does: one word is in most headlines above it.

    What speaks of the page itself may go with any topic, such as a warning to investors.

    >>> gold = ["Harga Emas Hari Ini", "Emas Turun", "Jual Emas, Ini Pajaknya", "Emas Naik", "Emas Tetap"]
    >>> is_topical("Pembelian emas dikenai pajak.", gold, [*gold, "Air Surut", "Jalan Rusak", "Pasar Sepi", "Hujan"])
    True
    """
    if _CALL.search(text.lower()):
        return False
    here, everywhere = _shares(titles), _shares(titles_of_owner)
    return any(share > max(ONE_TOPIC, 1.5 * everywhere.get(word, 0.0)) for word, share in here.items())


def _shares(titles: Sequence[str | None]) -> dict[str, float]:
    """The words of headlines, and in which share of them each stands."""
    found = [set(re.findall(r"[^\W\d_]{4,}", title.casefold())) for title in titles if title]
    counts = Counter(word for words in found for word in words)
    return {word: count / len(found) for word, count in counts.items()} if len(found) >= LEAST else {}
