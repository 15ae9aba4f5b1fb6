"""Passages of chrome: word runs that stand in so many texts of an owner that no article can have brought them there.

Menus and widgets of a few words a line are too short to be learned as lines, and what is glued into a text is no line.
In a row they still make shingles that every text of a site holds. Found in a sample of its stories, they become
stop-shingles. Content has its formulas, too, but those stand in between, or in fewer stories: only what most stories
hold at their edge is surely chrome. Of the rest the caller judges the wording.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from curation.dedup.sets import Sets, shingle_sets
from curation.dedup.shingle import WIDTH, Hashes, shingles, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Numbers = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

#: A shingle is suspect from so many stories on, and from this share of all of the sample.
LEAST = 15
LEAST_SHARE = 0.2
#: From this share on, what stands at an edge is surely chrome.
SURE_SHARE = 0.5
#: At an edge there are no more shingles of the text's own beyond it, nor a larger share of them.
EDGE = 40
EDGE_SHARE = 0.2
#: Share of its stories in which a shingle stands at an edge.
AT_EDGE = 0.8

_WORD = re.compile(r"\w+")


class Passage(NamedTuple):
    """Words in a row, each shingle of which many stories hold."""

    #: as printed, blank space collapsed
    text: str
    #: stories that hold the rarest of its shingles
    n: int
    #: whether it is chrome whatever it says
    sure: bool
    #: the texts that hold that shingle, ascending
    holders: Numbers


def passages(texts: Sequence[str], known: Hashes, backend: str = "numba") -> list[Passage]:
    """The passages that many texts hold, sure ones first, in the order in which they come up.

    Of two texts that hold a passage, one may go on with more words that many hold: then both are given.

    Args:
        texts: different stories of one owner.
        known: hashes of shingles that are stop-shingles already.
        backend: as for :func:`curation.dedup.sets.shingle_sets`.

    >>> berita = [f"Beranda Daerah Olahraga Gaya Hidup Indeks Kapal {n} tiba di dermaga {n}" for n in range(20)]
    >>> [found.text for found in passages(berita, known=np.empty(0, np.uint32))]
    ['Beranda Daerah Olahraga Gaya Hidup Indeks Kapal']
    """
    sets = shingle_sets(pa.array(texts, pa.string()), backend=backend)
    hashes, counts = np.unique(sets.hashes, return_counts=True)
    often = counts >= max(LEAST, LEAST_SHARE * len(texts))
    suspect = hashes[often & ~np.isin(hashes, known)]
    if not len(suspect):
        return []
    holds, at_edge = _edges(sets, suspect, known)
    counts = np.bincount(holds.shingle, minlength=len(suspect))
    sure = np.bincount(holds.shingle[at_edge], minlength=len(suspect)) >= AT_EDGE * counts
    sure &= counts >= SURE_SHARE * len(texts)
    found = []
    for is_sure in (True, False):
        wanted = suspect[sure == is_sure]
        # learned lines may stand between, so that a passage can be read; wording is judged without their words
        between = known if is_sure else known[:0]
        for text, here in _covered(texts, sets, wanted, between, backend):
            numbers = sum(map(str.isdigit, words(text)))
            if len(words(text)) < WIDTH or 2 * numbers > len(words(text)):
                continue  # a text of a word or two; the day of a crawl
            rarest = min(here, key=lambda hash_: (counts[np.searchsorted(suspect, hash_)], hash_))
            place = np.searchsorted(suspect, rarest)
            found.append(Passage(text, int(counts[place]), is_sure, np.sort(holds.text[holds.shingle == place])))
    return found


class _Holds(NamedTuple):
    """Which text holds which of the suspect shingles: a row each."""

    text: Numbers
    shingle: Numbers


def _edges(sets: Sets, suspect: Hashes, known: Hashes) -> tuple[_Holds, Flags]:
    """The texts that hold each suspect shingle, and whether it stands at the edge there.

    It does if few shingles that are neither suspect nor known lie between it and the start, or the end.
    """
    sizes = np.diff(sets.offsets)
    text = np.repeat(np.arange(len(sizes)), sizes)
    is_suspect = np.isin(sets.hashes, suspect)
    own = ~is_suspect & ~np.isin(sets.hashes, known)
    upto = np.concatenate([[0], np.cumsum(own)])
    before = upto[:-1] - upto[sets.offsets[text]]
    total = (upto[sets.offsets[1:]] - upto[sets.offsets[:-1]])[text]
    at_edge = np.minimum(before, total - before) <= np.minimum(EDGE, EDGE_SHARE * total)
    return _Holds(text[is_suspect], np.searchsorted(suspect, sets.hashes[is_suspect])), at_edge[is_suspect]


def _covered(
    texts: Sequence[str], sets: Sets, wanted: Hashes, between: Hashes, backend: str
) -> Iterator[tuple[str, Hashes]]:
    """Passages that together hold all wanted shingles, each with those that it holds; others may stand between."""
    left = wanted
    for number, text in enumerate(texts):
        if not len(left):
            break
        if np.isin(sets[number], left).any():
            for passage, held in _runs(text, np.union1d(wanted, between), backend):
                here = np.intersect1d(held, wanted)
                if np.isin(here, left).any():
                    yield passage, here
                    left = np.setdiff1d(left, here)


def _runs(text: str, wanted: Hashes, backend: str) -> Iterator[tuple[str, Hashes]]:
    """The wanted shingles of a text that follow each other, as printed and as hashes."""
    plain = unicodedata.normalize("NFC", text)
    found, in_order = list(_WORD.finditer(plain)), shingles(text)
    if len(found) >= WIDTH and len(in_order) != len(found) - WIDTH + 1:
        return  # a letter whose lower case is no letter: the words don't line up
    hashes = shingle_sets(pa.array(in_order, pa.string()), backend=backend).hashes  # one of each
    is_wanted = np.isin(hashes, wanted)
    bounds = np.flatnonzero(np.diff(is_wanted, prepend=False, append=False))
    for first, stop in bounds.reshape(-1, 2).tolist():
        end = found[min(stop + WIDTH - 2, len(found) - 1)].end()
        yield " ".join(plain[found[first].start() : end].split()), hashes[first:stop]
