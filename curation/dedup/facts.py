"""Templates: the same sentences about other facts. A gold price, a forecast, an answer key is no copy.

Both texts are laid side by side. Where a few words of one stand in the place of a few words of the other, and
both hold numbers or names but none in common, a fact was swapped. Copies swap next to nothing; reporters cut,
add and reword. Templates swap little else. On real pairs this tells more than any threshold on similarity.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

#: A swap is local: longer stretches on both sides are different passages, not different facts.
LOCAL = 12
#: A swapped number counts double: names are also respelt ("Pemprov", "Pemdaprov") and rephrased ("ia", "Budi").
ENOUGH = 4
#: ... and one swap in so many words at least, or a long article with two corrected figures would be a template.
WORDS_PER_SWAP = 200
#: Names at least this alike (per cent) are one name spelt or glued in two ways.
ALIKE = 70

_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|\w+|[.!?…\"“”\n]")
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?:\D|$))")


class Word(NamedTuple):
    """One word: how it compares, and whether it is a number or a name."""

    text: str
    is_number: bool
    is_name: bool


@dataclass(frozen=True)
class Facts:
    """How the facts of two texts compare."""

    equal_numbers: int
    numbers: int
    swapped_numbers: int
    swapped_names: int
    words: int

    @property
    def is_template(self) -> bool:
        """Whether the two tell different facts in the same words."""
        swaps = self.swapped_numbers + self.swapped_names
        weight = 2 * self.swapped_numbers + self.swapped_names
        return weight >= ENOUGH and swaps * WORDS_PER_SWAP >= self.words

    def __str__(self) -> str:
        swapped = f", {self.swapped_numbers} numbers and {self.swapped_names} names stand in each other's place"
        return f"{self.equal_numbers} of {self.numbers} numbers equal" + (
            swapped if self.swapped_numbers or self.swapped_names else ""
        )


def compare(a: str, b: str) -> Facts:
    """Compare the numbers and names of two similar texts.

    >>> monday = "Harga emas di Pasar Wage Rp1.905.000 per gram, naik Rp12.000 dari hari Minggu."
    >>> tuesday = "Harga emas di Pasar Wage Rp1.894.000 per gram, naik Rp7.000 dari hari Senin."
    >>> compare(monday, tuesday).is_template
    True
    >>> compare(monday, monday.replace("dari hari Minggu", "ketimbang Minggu")).is_template
    False
    """
    from rapidfuzz.distance import Indel

    left, right = _words(a), _words(b)
    numbers = [Counter(word.text for word in side if word.is_number) for side in (left, right)]
    swapped_numbers = swapped_names = 0
    before = (0, 0)
    blocks = Indel.opcodes([word.text for word in left], [word.text for word in right])
    equal = [(op.src_start, op.src_end, op.dest_start, op.dest_end) for op in blocks if op.tag == "equal"]
    for start, end, other_start, other_end in [*equal, (len(left), len(left), len(right), len(right))]:
        here, there = left[before[0] : start], right[before[1] : other_start]
        if 0 < len(here) <= LOCAL and 0 < len(there) <= LOCAL:
            if _differ(here, there, numbers=True):
                swapped_numbers += 1
            elif _differ(here, there, numbers=False):
                swapped_names += 1
        before = (end, other_end)
    return Facts(
        equal_numbers=(numbers[0] & numbers[1]).total(),
        numbers=(numbers[0] | numbers[1]).total(),
        swapped_numbers=swapped_numbers,
        swapped_names=swapped_names,
        words=min(len(left), len(right)),
    )


def _differ(here: list[Word], there: list[Word], *, numbers: bool) -> bool:
    """Whether both stretches hold facts of this kind, and no common one."""
    from rapidfuzz.fuzz import ratio

    one, two = ([w.text for w in side if (w.is_number if numbers else w.is_name)] for side in (here, there))
    if not one or not two or not set(one).isdisjoint(two):
        return False
    if numbers:
        return True
    return ratio("".join(one), "".join(two)) < ALIKE


def _words(text: str) -> list[Word]:
    found = []
    at_start = True
    for token in _TOKEN.findall(text):
        if not token[0].isalnum():
            at_start = at_start or token[0] != "_"
            continue
        is_number = token[0].isdigit()
        is_name = token[0].isupper() and not at_start
        found.append(Word(_THOUSANDS.sub("", token) if is_number else token.lower(), is_number, is_name))
        at_start = False
    return found
