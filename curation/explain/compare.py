"""Two texts side by side, word by word: what both say, what only one says, and which facts were swapped.

Words are laid side by side as the measures see them, without letter case and the punctuation around them, and shown as
they are printed. What counts as a swapped number or name is decided in :mod:`curation.dedup.facts`.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from curation.dedup import facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from curation.explain.places import Row

#: an alike stretch is folded if this many words of it would be hidden; so many are shown at each of its ends
FOLDED, SHOWN = 24, 12
#: so many words in a row are often alike by chance
CHANCE = 2
#: a passage without line breaks ends with a sentence once it has so many words
LONG_PASSAGE = 40
#: Words of each text that are laid side by side at once: the cost is quadratic. Longer texts go on behind the last
#: alike run of so many words.
WINDOW, ANCHOR = 20_000, 5


class Word(NamedTuple):
    """A word as it is printed, with its punctuation."""

    text: str
    #: how it compares
    key: str
    #: whether a line ends behind it
    breaks: bool


class Piece(NamedTuple):
    """Words of one text that belong together; lines within are kept."""

    text: str
    #: another number or name stands in its place in the other text
    swapped: bool
    #: whether a line ends behind it
    breaks: bool


class Stretch(NamedTuple):
    """What both texts say here (`alike`), or what each of them says instead: of one of the two it may be nothing."""

    alike: bool
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]


@dataclass(frozen=True)
class Passage:
    """Stretches that stand beside each other, about a paragraph; or a long alike one, to be folded."""

    stretches: tuple[Stretch, ...]
    #: words, of a passage to be folded
    folded: int = 0

    @property
    def is_alike(self) -> bool:
        """Whether both texts say the same here."""
        return all(stretch.alike for stretch in self.stretches)

    @property
    def left(self) -> list[tuple[bool, Piece]]:
        """The pieces of the first text, each with whether the other has it, too."""
        return [(stretch.alike, piece) for stretch in self.stretches for piece in stretch.left]

    @property
    def right(self) -> list[tuple[bool, Piece]]:
        """The pieces of the second text."""
        return [(stretch.alike, piece) for stretch in self.stretches for piece in stretch.right]


@dataclass(frozen=True, repr=False)
class Comparison:
    """Two documents (rows of the table `documents`) and what is known of them as a pair, if they are one.

    >>> a = {"id": "a1", "title": "Panen", "outlet": "Suluh", "body": "Warga memanen 12 ton padi."}
    >>> b = {"id": "b2", "title": "Panen", "outlet": "Kabar", "body": "Warga memanen 15 ton padi."}
    >>> [(alike, piece.text, piece.swapped) for alike, piece in Comparison(a, b).passages[0].left]
    [(True, 'Warga memanen', False), (False, '12', True), (True, 'ton padi.', False)]
    """

    a: Row
    b: Row
    #: row of the table `pairs`
    pair: Row | None = None

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain values."""
        return {"a": self.a, "b": self.b, "pair": self.pair, "passages": [_plain(one) for one in self.passages]}

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Both bodies from beginning to end."""
        return tuple(passages(self.a["body"] or "", self.b["body"] or ""))

    @cached_property
    def counts(self) -> tuple[int, int, int]:
        """Words that both say, that only the first says, that only the second says."""
        alike, one, other = 0, 0, 0
        for stretch in (stretch for passage in self.passages for stretch in passage.stretches):
            said = [sum(len(piece.text.split()) for piece in side) for side in (stretch.left, stretch.right)]
            if stretch.alike:
                alike += said[0]
            else:
                one, other = one + said[0], other + said[1]
        return alike, one, other

    def __repr__(self) -> str:
        return f"Comparison({self.a['id']}, {self.b['id']}, {self.pair['kind'] if self.pair else 'no pair'})"

    def __str__(self) -> str:
        from curation.explain.compare_text import comparison_text

        return comparison_text(self, width=shutil.get_terminal_size((120, 40)).columns)

    def _repr_html_(self) -> str:
        from curation.explain.notebook import comparison_piece

        return comparison_piece(self)


def _plain(passage: Passage) -> dict[str, list[dict[str, Any]]]:
    return {
        side: [{"text": piece.text, "alike": alike, "swapped": piece.swapped} for alike, piece in pieces]
        for side, pieces in (("a", passage.left), ("b", passage.right))
    }


def passages(left: str, right: str) -> Iterator[Passage]:
    """Two texts cut into passages that stand beside each other; each side of all of them is one text, word for word."""
    one, other = words(left), words(right)
    blocks = _blocks(one, other)
    marks = _swapped(one, other, blocks)
    row: list[Stretch] = []
    size = 0
    for alike, here, there in _in_turn(_without_chaff(blocks, len(one), len(other)), len(one), len(other)):
        parts = _parts(one, other, here, there) if alike else [(here, there, 0)]
        for here_part, there_part, folded in parts:
            said = (one[slice(*here_part)], other[slice(*there_part)])
            starts = (here_part[0], there_part[0])
            stretch = Stretch(alike, *(tuple(_pieces(*x)) for x in zip(said, starts, marks, strict=True)))
            if folded and row:
                yield Passage(tuple(row))
                row, size = [], 0
            row.append(stretch)
            size += max(map(len, said))
            last = [side[-1] for side in said if side]
            ends = alike and size >= LONG_PASSAGE and last[0].text.endswith((".", "!", "?"))
            if folded or ends or any(word.breaks for word in last):
                yield Passage(tuple(row), folded)
                row, size = [], 0
    if row:
        yield Passage(tuple(row))


def _parts(one: Sequence[Word], other: Sequence[Word], here: Span, there: Span) -> Iterator[tuple[Span, Span, int]]:
    """An alike run cut where a line or a sentence ends; of a long one the middle in one piece, with its length."""
    n = here[1] - here[0]
    hidden = (SHOWN, n - SHOWN) if n >= 2 * SHOWN + FOLDED else (n, n)
    start = 0
    for i in range(n):
        if hidden[0] <= i < hidden[1] - 1:
            continue
        word = one[here[0] + i]
        ends = word.breaks or other[there[0] + i].breaks or word.text.endswith((".", "!", "?"))
        if ends or i + 1 in (*hidden, n):
            folded = i + 1 - start if start == hidden[0] < n else 0
            yield (here[0] + start, here[0] + i + 1), (there[0] + start, there[0] + i + 1), folded
            start = i + 1


def words(text: str) -> list[Word]:
    r"""The words of a text; signs that stand alone belong to the word before.

    >>> [(word.text, word.key, word.breaks) for word in words("Surut - kata Budi.\nHujan")[:3]]
    [('Surut -', 'surut', False), ('kata', 'kata', False), ('Budi.', 'budi', True)]
    """
    found: list[Word] = []
    for token in re.finditer(r"(\S+)(\s*)", text):
        breaks, key = "\n" in token[2], _key(token[1])
        if key or not found or found[-1].breaks:
            found.append(Word(token[1], key or token[1], breaks))
        else:
            before = found[-1]
            found[-1] = Word(f"{before.text} {token[1]}", before.key, breaks)
    return found


def _key(token: str) -> str:
    """A word without letter case and without the signs around it."""
    start = next((i for i, sign in enumerate(token) if sign.isalnum()), len(token))
    end = next((i for i in range(len(token), start, -1) if token[i - 1].isalnum()), start)
    return token[start:end].casefold()


#: an alike run: where it starts and ends in each text
Block = tuple[int, int, int, int]
Span = tuple[int, int]


def _blocks(one: Sequence[Word], other: Sequence[Word]) -> list[Block]:
    """The runs of words that both texts share, in order."""
    from rapidfuzz.distance import Indel

    left, right = [word.key for word in one], [word.key for word in other]
    found: list[Block] = []
    a = b = 0
    while a < len(left) and b < len(right):
        here, there = left[a : a + WINDOW], right[b : b + WINDOW]
        opcodes = Indel.opcodes(here, there)
        runs = [
            (op.src_start + a, op.src_end + a, op.dest_start + b, op.dest_end + b)
            for op in opcodes
            if op.tag == "equal"
        ]
        more_left, more_right = len(left) > a + WINDOW, len(right) > b + WINDOW
        if not more_left and not more_right:
            found += runs
            break
        # where both go on, an anchor far ahead, so that few steps are made
        least = WINDOW // 2 if more_left and more_right else 0
        anchors = [n for n, run in enumerate(runs) if _is_anchor(run, a + least, b + least)]
        if anchors:
            found += runs[: anchors[-1] + 1]
            a, b = found[-1][1], found[-1][3]
        else:
            # a text that ends here may go on in the other one's next window
            found += runs if more_left and more_right else []
            a, b = a + WINDOW * more_left, b + WINDOW * more_right
    return found


def _is_anchor(run: Block, a: int, b: int) -> bool:
    start, end, _, other_end = run
    return end - start >= ANCHOR and (end > a or other_end > b)


def _in_turn(alike: Iterable[Block], n: int, m: int) -> Iterator[tuple[bool, Span, Span]]:
    """Both texts from beginning to end: runs that are alike, and what stands between them."""
    a = b = 0
    for start, end, other_start, other_end in [*alike, (n, n, m, m)]:
        if start > a or other_start > b:
            yield False, (a, start), (b, other_start)
        if end > start:
            yield True, (start, end), (other_start, other_end)
        a, b = end, other_end


def _without_chaff(alike: Sequence[Block], n: int, m: int) -> list[Block]:
    """Alike runs without those that are alike by chance ("yang", "di"): shorter than what is changed on both sides.

    Where one text says nothing of its own, longer runs are no chance: it may stand inside the other.
    """
    kept: list[Block] = []
    for number, run in enumerate(alike):
        kept.append(run)
        following = alike[number + 1] if number + 1 < len(alike) else (n, n, m, m)
        while kept:
            start, end, other_start, other_end = kept[-1]
            _, a, _, b = kept[-2] if len(kept) > 1 else (0, 0, 0, 0)
            weigh = max if end - start <= CHANCE else min
            before = weigh(start - a, other_start - b)
            after = weigh(following[0] - end, following[2] - other_end)
            if end - start >= min(before, after):
                break
            kept.pop()
    return kept


def _swapped(one: Sequence[Word], other: Sequence[Word], alike: Iterable[Block]) -> tuple[set[int], set[int]]:
    """The numbers and names of each text in whose place another one stands."""
    found: tuple[set[int], set[int]] = (set(), set())
    for is_alike, a, b in _in_turn(alike, len(one), len(other)):
        if is_alike or not 0 < a[1] - a[0] <= facts.LOCAL or not 0 < b[1] - b[0] <= facts.LOCAL:
            continue
        # with the word before, which tells whether a sentence begins here
        said = [" ".join(w.text for w in side[max(0, s - 1) : e]) for side, (s, e) in ((one, a), (other, b))]
        counts = facts.compare(*said)
        for marks, side, (start, end) in zip(found, (one, other), (a, b), strict=True):
            for i in range(start, end):
                is_number = any(sign.isdigit() for sign in side[i].key)
                is_name = not is_number and next(filter(str.isalnum, side[i].text), "").isupper()
                if (is_number and counts.swapped_numbers) or (is_name and counts.swapped_names):
                    marks.add(i)
    return found


def _pieces(said: Sequence[Word], first: int, marks: set[int]) -> Iterator[Piece]:
    """Words in a row, the first with this number, cut where swapped facts begin and end."""
    for swapped, group in groupby(enumerate(said, first), key=lambda numbered: numbered[0] in marks):
        run = [word for _, word in group]
        joined = "".join(word.text + ("\n" if word.breaks else " ") for word in run[:-1])
        yield Piece(joined + run[-1].text, swapped, run[-1].breaks)
