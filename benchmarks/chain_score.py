"""What a chain of tools made of the invented newsroom, beside the truth: chrome that is left, copies, articles lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from newsroom import PART_ROWS, Newsroom
from rapidfuzz.distance import LCSseq

#: how a member of a story was made, the likeliest keeper first
COPIES = ("original", "exact", "update", "edited", "truncated", "lead_only")
#: pages that share sentences with others, and yet are articles of their own
OWN = ("template", "rewrite")
#: of the kept texts, one in so many is compared with the clean one, letter for letter
SAMPLED = 10


class Score(NamedTuple):
    """Shares of one, and how many they are of."""

    kept: int
    #: letters of chrome in kept texts, of those that were in the same texts before
    chrome_left: float
    #: letters of the clean texts that kept texts lack
    text_lost: float
    #: copies whose story is kept elsewhere, or that are gone, of all copies
    copies_removed: float
    #: the same for each kind of copy
    by_kind: dict[str, float]
    #: stories of which nothing is kept, and pages of their own that are not, of all
    articles_lost: float
    #: stories alone
    stories_lost: float
    #: pages of their own alone: templates and rewrites
    own_lost: float


def score(kept: Mapping[str, str], count: int, seed: int) -> Score:
    """The score of a corpus.

    Args:
        kept: id of the generator → text, for every document of the corpus.
        count: documents of the newsroom.
        seed: of the newsroom.
    """
    room = Newsroom(count, seed, with_chrome=True)
    stories: dict[int, list[tuple[str, bool]]] = {}
    own: list[bool] = []
    letters = [0, 0, 0, 0]
    for clean, dirty, made in _batches(room):
        for row in made:
            if row["relation"] in COPIES:
                stories.setdefault(row["story"], []).append((row["relation"], row["id"] in kept))
            elif row["relation"] in OWN:
                own.append(row["id"] in kept)
        for one, body, raw in zip(made, clean, dirty, strict=True):
            text = kept.get(one["id"])
            # by the id, which is a hash: the same articles for every chain that keeps them
            if text is not None and int(one["id"][:8], 16) % SAMPLED == 0:
                chrome, lost = _differences(text, body)
                before, _ = _differences(raw, body)
                for place, number in enumerate((chrome, before, lost, _letters(body.split()))):
                    letters[place] += number
    made_copies: dict[str, int] = dict.fromkeys(COPIES, 0)
    left: dict[str, int] = dict.fromkeys(COPIES, 0)
    for members in stories.values():
        for number, (relation, _) in enumerate(sorted(members, key=_likely)):
            made_copies[relation] += number > 0
        for relation in surplus(members):
            left[relation] += 1
    stories_lost = sum(not any(there for _, there in members) for members in stories.values())
    own_lost = len(own) - sum(own)
    return Score(
        kept=len(kept),
        chrome_left=_share(letters[0], letters[1]),
        text_lost=_share(letters[2], letters[3]),
        copies_removed=1 - _share(sum(left.values()), sum(made_copies.values())),
        by_kind={kind: 1 - _share(left[kind], made_copies[kind]) for kind in COPIES if made_copies[kind]},
        articles_lost=_share(stories_lost + own_lost, len(stories) + len(own)),
        stories_lost=_share(stories_lost, len(stories)),
        own_lost=_share(own_lost, len(own)),
    )


def surplus(members: Iterable[tuple[str, bool]]) -> list[str]:
    """How the kept members of a story beyond the first were made; members are (relation, kept).

    >>> surplus([("edited", True), ("original", True), ("exact", False)])
    ['edited']
    >>> surplus([("edited", True)])
    []
    """
    return [relation for relation, there in sorted(members, key=_likely) if there][1:]


def _likely(member: tuple[str, bool]) -> int:
    return COPIES.index(member[0])


def _batches(room: Newsroom) -> Iterator[tuple[list[str], list[str], list[dict[str, object]]]]:
    for first in range(0, room.count, PART_ROWS):
        start = first
        for batch in room.batches(first, first + PART_ROWS):
            assert batch.dirty is not None
            stop = start + batch.documents.num_rows
            made = room.truth(start, stop).select(["id", "story", "relation"]).to_pylist()
            yield batch.documents["body"].to_pylist(), batch.dirty["body"].to_pylist(), made
            start = stop


def _differences(text: str, clean: str) -> tuple[int, int]:
    """Letters of words that only the text has, and of words that only the clean one has; their order counts.

    >>> _differences("IKLAN Air surut di Ambon.", "Air surut lagi di Ambon.")
    (5, 4)
    """
    ours, theirs = text.split(), clean.split()
    blocks = [op for op in LCSseq.opcodes(ours, theirs) if op.tag != "equal"]
    return (
        sum(_letters(ours[op.src_start : op.src_end]) for op in blocks),
        sum(_letters(theirs[op.dest_start : op.dest_end]) for op in blocks),
    )


def _letters(words: list[str]) -> int:
    return sum(map(len, words))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
