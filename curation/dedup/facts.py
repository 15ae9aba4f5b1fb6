"""Templates: the same sentences about other facts. A gold price, a forecast, an answer key is no copy.

Both texts are laid side by side. Where a few words of one stand in the place of a few words of the other, and
both hold numbers or names but none in common, a fact was swapped. Copies swap next to nothing; reporters cut,
add and reword. Templates swap little else. On real pairs this tells more than any threshold on similarity.

The same alignment tells a copy from another story with the same background. A copy has cuts and additions, where one
side is empty, and light rewording; another story replaces whole passages. A moved paragraph is not aligned at all.

:func:`compare` says how, in plain Python; :func:`compare_pairs` does it for a million pairs, with a kernel that
counts the same (:mod:`curation.dedup.kernels.facts`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    Numbers = npt.NDArray[np.int32]
    Rows = npt.NDArray[np.int64]

#: A swap is local: longer stretches on both sides are different passages, not different facts.
LOCAL = 12
#: Names stand for names. In a longer stretch that holds names, another sentence stands for a sentence.
LOCAL_NAMES = 6
#: A swapped number counts double: names are also respelt ("Pemprov", "Pemdaprov") and rephrased ("ia", "Budi").
ENOUGH = 4
#: ... and one swap in so many words at least, or a long article with two corrected figures would be a template.
WORDS_PER_SWAP = 200
#: Names at least this alike (per cent) are one name spelt or glued in two ways.
ALIKE = 70
#: So many equal words part two passages; fewer ("yang di") also occur in texts that have nothing in common.
ALIGNED = 4
#: Beyond their common beginning and end, texts are laid side by side up to this word: the cost is quadratic.
LONGEST = 20_000
#: ... and names up to this letter.
LETTERS = 1_000

#: Letters and digits part, so that "Rp100" says what "Rp 100" says.
_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d]+|[.!?…\"“”\n]")
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?:\D|$))")
#: "20.000" is also "20 ribu", and "8.000.000" is "8 juta".
_WHOLE_THOUSANDS = re.compile(r"(?<=\d)(?:000)+$")


class Word(NamedTuple):
    """One word: how it compares, and whether it is a number or a name."""

    text: str
    is_number: bool
    is_name: bool


class _Run(NamedTuple):
    """Equal words: where they begin on both sides, and how many they are."""

    left: int
    right: int
    words: int


class Counts(NamedTuple):
    """The :class:`Facts` of many pairs, one array a figure (the columns of the table `overlaps`)."""

    words: Numbers
    numbers: Numbers
    equal_numbers: Numbers
    swapped_numbers: Numbers
    swapped_names: Numbers
    replaced: Numbers
    aligned: Numbers


@dataclass(frozen=True)
class Facts:
    """How the facts of two texts compare."""

    equal_numbers: int
    numbers: int
    swapped_numbers: int
    swapped_names: int
    words: int
    replaced: int
    """Words of passages in which both texts say something of their own, each counted on its shorter side."""
    aligned: int
    """Words of equal runs of at least :data:`ALIGNED` words, and of the common beginning and end."""

    @property
    def is_template(self) -> bool:
        """Whether the two tell different facts in the same words."""
        return bool(is_template(*(np.array(n) for n in (self.words, self.swapped_numbers, self.swapped_names))))


def is_template(words: Numbers, swapped_numbers: Numbers, swapped_names: Numbers) -> npt.NDArray[np.bool_]:
    """For each pair, whether its texts tell different facts in the same words."""
    swaps = swapped_numbers + swapped_names
    found: npt.NDArray[np.bool_] = (swaps + swapped_numbers >= ENOUGH) & (swaps * WORDS_PER_SWAP >= words)
    return found


def compare_pairs(
    bodies: pa.Array | pa.ChunkedArray, first: Rows, second: Rows, backend: str, threads: int = 1
) -> Counts:
    """Compare the facts of the pairs (first[i], second[i]), rows of ``bodies`` (string or large_string).

    Backend ``numba`` needs some 7 microseconds for a pair of 230 words and 8 to read a text, ``datasketch`` (no
    compiler) 800 for a pair; the counts are the same. Texts that a pair shares with its neighbours are read once, so
    pairs are best sorted by cluster. A missing body is an empty text; bytes that are no UTF-8 read as U+FFFD.

    Raises:
        IndexError: a pair names a row that ``bodies`` does not have.

    >>> import numpy as np, pyarrow as pa
    >>> bodies = pa.array(["Beras Cianjur Rp14.000 per kilo.", "Beras Cianjur Rp15.500 per kilo."])
    >>> compare_pairs(bodies, np.array([0]), np.array([1]), "datasketch").swapped_numbers
    array([1], dtype=int32)
    """
    for rows in (first, second):
        if rows.size and not 0 <= rows.min() <= rows.max() < len(bodies):
            raise IndexError(f"a pair names row {rows.min()} or {rows.max()} of {len(bodies)} bodies")
    if backend == "numba":
        from curation.dedup.kernels.facts import compare_pairs as by_kernel

        return by_kernel(bodies, first, second, threads)
    return plainly(bodies, first, second)


def plainly(bodies: pa.Array | pa.ChunkedArray, first: Rows, second: Rows) -> Counts:
    """:func:`compare` on each pair."""
    counts = Counts(*np.zeros((len(Counts._fields), len(first)), np.int32))
    for i, pair in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        facts = compare(*(_text(bodies, row) for row in pair))
        for name in Counts._fields:
            getattr(counts, name)[i] = getattr(facts, name)
    return counts


def compare(a: str, b: str) -> Facts:
    """Compare the numbers and names of two similar texts.

    Only the first :data:`LONGEST` words behind the common beginning are laid side by side.

    >>> monday = "Harga emas di Pasar Wage Rp1.905.000 per gram, naik Rp12.000 dari hari Minggu."
    >>> tuesday = "Harga emas di Pasar Wage Rp1.894.000 per gram, naik Rp7.000 dari hari Senin."
    >>> compare(monday, tuesday).is_template
    True
    >>> compare(monday, monday.replace("dari hari Minggu", "ketimbang Minggu")).is_template
    False
    """
    left, right = _words(a), _words(b)
    numbers = [Counter(word.text for word in side if word.is_number) for side in (left, right)]
    swapped_numbers = swapped_names = 0
    start, end = _common_ends(left, right)
    left_middle, right_middle = (side[start : len(side) - end][:LONGEST] for side in (left, right))
    runs = _equal_runs(left_middle, right_middle)
    for here, there in _between(runs, left_middle, right_middle):
        if not 0 < len(here) <= LOCAL or not 0 < len(there) <= LOCAL:
            continue
        if _differ(here, there, numbers=True):
            swapped_numbers += 1
        elif max(len(here), len(there)) <= LOCAL_NAMES and _differ(here, there, numbers=False):
            swapped_names += 1
    long = [run for run in runs if run.words >= ALIGNED]
    return Facts(
        equal_numbers=(numbers[0] & numbers[1]).total(),
        numbers=(numbers[0] | numbers[1]).total(),
        swapped_numbers=swapped_numbers,
        swapped_names=swapped_names,
        words=min(len(left), len(right)),
        replaced=sum(min(map(len, passage)) for passage in _between(long, left_middle, right_middle)),
        aligned=start + end + sum(run.words for run in long),
    )


def _common_ends(left: list[Word], right: list[Word]) -> tuple[int, int]:
    """How many words both begin with, and how many others both end with."""
    shorter = min(len(left), len(right))
    start = next((i for i in range(shorter) if left[i].text != right[i].text), shorter)
    rest = shorter - start
    return start, next((i for i in range(rest) if left[-1 - i].text != right[-1 - i].text), rest)


def _equal_runs(left: list[Word], right: list[Word]) -> list[_Run]:
    """The longest common subsequence, as runs of words."""
    from rapidfuzz.distance import Indel

    blocks = Indel.opcodes([word.text for word in left], [word.text for word in right])
    return [_Run(op.src_start, op.dest_start, op.src_end - op.src_start) for op in blocks if op.tag == "equal"]


def _between(runs: list[_Run], left: list[Word], right: list[Word]) -> Iterator[tuple[list[Word], list[Word]]]:
    """What stands on both sides before, between and behind these runs."""
    i = j = 0
    for run in [*runs, _Run(len(left), len(right), 0)]:
        yield left[i : run.left], right[j : run.right]
        i, j = run.left + run.words, run.right + run.words


def _differ(here: list[Word], there: list[Word], *, numbers: bool) -> bool:
    """Whether both stretches hold facts of this kind, and no common one."""
    from rapidfuzz.distance import Indel

    one, two = ([w.text for w in side if (w.is_number if numbers else w.is_name)] for side in (here, there))
    if not one or not two or not set(one).isdisjoint(two):
        return False
    if numbers:
        return True
    names = ["".join(side)[:LETTERS] for side in (one, two)]
    # in whole numbers, so that a kernel can't round otherwise
    return Indel.distance(*names) * 100 > (100 - ALIKE) * sum(map(len, names))


def _words(text: str) -> list[Word]:
    found = []
    at_start = True
    for token in _TOKEN.findall(text):
        if not token[0].isalnum():
            at_start = at_start or token[0] != "_"
            continue
        is_number = token[0].isdigit()
        is_name = token[0].isupper() and not at_start
        word = _WHOLE_THOUSANDS.sub("", _THOUSANDS.sub("", token)) if is_number else token.lower()
        found.append(Word(word, is_number, is_name))
        at_start = False
    return found


def _text(bodies: pa.Array | pa.ChunkedArray, row: int) -> str:
    buffer = bodies[row].as_buffer()
    return "" if buffer is None else buffer.to_pybytes().decode("utf-8", "replace")
