"""Texts of the invented corpus: thousands of documents at once, as rows of tokens.

Every choice is a hash of what it depends on (the seed, the story, the sentence, the word), so any document can be
written at any time without the others, and a copy repeats the words of its original without looking at it.
"""

from __future__ import annotations

import statistics
from functools import cache
from typing import Any, NamedTuple

import newsroom_plan as plans
import newsroom_words as vocabulary
import numpy as np
import numpy.typing as npt
from newsroom_plan import Plan, Rows
from newsroom_words import Words

Keys = npt.NDArray[np.uint64]

#: Stories are numbered by the plan; frames, facts of template pages and what a row adds of its own come above them.
FRAME, INSTANCE, OWN = 1 << 40, 1 << 41, 1 << 42
#: The sentences that a row adds are numbered from here.
ADDED = 1 << 21

#: Words of a story: lognormal, with this mean before it is clipped. The shortest has six sentences: 60 words or more.
_MEAN, _SIGMA, _SHORTEST, _LONGEST = 400, 0.55, 96, 4_000
#: Words of a sentence: 10 to 22.
_SENTENCE, _SPREAD = 10, 13

#: An edited copy has up to so many of its words replaced, and sentences dropped and added; most have few.
_REPLACED, _DROPPED, _ADDED = 0.25, 0.15, 0.12
#: A rewrite keeps this share of the sentences.
_KEPT = 0.4
#: An update changes this share of the numbers.
_CORRECTED = 0.2


def mix(keys: Keys) -> Keys:
    """The finaliser of SplitMix64 (Steele, Lea and Flood 2014): 64 well-mixed bits, one to one."""
    keys = (keys ^ (keys >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    keys = (keys ^ (keys >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return keys ^ (keys >> np.uint64(31))


def hashed(seed: int, purpose: int, *parts: Any) -> Keys:
    """A hash of the parts, which are integers or arrays of them."""
    keys = np.atleast_1d(np.uint64((seed * 1_000_003 + purpose) % (1 << 64)))
    for part in parts:
        keys = mix(keys + np.asarray(part).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15))
    return keys


def bits(keys: Keys, shift: int, below: int) -> Rows:
    """A number below `below` from 16 or more bits of each key."""
    return ((keys >> np.uint64(shift)) % np.uint64(below)).astype(np.int64)


def share(keys: Keys, shift: int = 11) -> npt.NDArray[np.float64]:
    """A number from 0 to 1 from 24 bits of each key."""
    return ((keys >> np.uint64(shift)) & np.uint64(0xFFFFFF)) / float(1 << 24)


def runs(lengths: Rows) -> tuple[Rows, Rows]:
    """For things of these lengths laid end to end: the number of each one's thing, and its place in that."""
    number = np.repeat(np.arange(len(lengths)), lengths)
    starts = np.cumsum(lengths) - lengths
    return number, np.arange(len(number)) - starts[number]


@cache
def _normal() -> npt.NDArray[np.float64]:
    """Quantiles of the normal distribution."""
    normal = statistics.NormalDist()
    return np.array([normal.inv_cdf((i + 0.5) / 4096) for i in range(4096)])


class Texts(NamedTuple):
    """Texts as tokens: those of text i are `tokens[offsets[i] : offsets[i + 1]]`."""

    tokens: Rows
    offsets: Rows


class _Sentences(NamedTuple):
    """One row a sentence of a text."""

    text: Rows
    story: Rows
    facts: Rows
    number: Rows


class Writer:
    """Writes the texts of a plan."""

    def __init__(self, plan: Plan, seed: int, words: Words) -> None:
        self.plan, self.seed, self.words = plan, seed, words

    def _hash(self, purpose: int, *parts: Any) -> Keys:
        return hashed(self.seed, purpose, *parts)

    # -- what a text is made of ---------------------------------------------------------------------

    def _length(self, story: Rows) -> Rows:
        """Sentences of a story; a frame has 6 to 25."""
        keys = self._hash(1, story)
        normal = _normal()[bits(keys, 20, 4096)]
        words = np.clip(_MEAN * np.exp(_SIGMA * normal - _SIGMA**2 / 2), _SHORTEST, _LONGEST)
        return np.where(story >= FRAME, 6 + bits(keys, 40, 20), np.rint(words / (_SENTENCE + _SPREAD // 2))).astype(int)

    def bodies(self, rows: Rows) -> Texts:
        """The bodies of these rows of the plan."""
        plan, text = self.plan, np.arange(len(rows))
        relation = plan.relation[rows]
        is_template = relation == plans.TEMPLATE
        story = np.where(is_template, FRAME + plan.frame[rows].astype(np.int64), plan.story[rows])
        facts = np.where(is_template, INSTANCE + rows, story)
        count, cut = self._length(story), self._hash(2, rows)
        count = np.where(relation == plans.LEAD_ONLY, np.minimum(count, 3 + bits(cut, 8, 3)), count)
        shortened = np.rint(count * (0.4 + 0.45 * share(cut))).astype(int)
        count = np.where(relation == plans.TRUNCATED, shortened, count)
        count[relation == plans.AGGREGATOR] = 0
        # segments: (text, story, facts, first sentence, sentences, place within the text)
        parts = [(text, story, facts, 0 * count, count, 0)]
        updates = np.flatnonzero(relation == plans.UPDATE)
        parts.append(self._own(updates, rows[updates], 2 + bits(cut[updates], 40, 4), 1))
        pages = np.flatnonzero(relation == plans.AGGREGATOR)
        for i in range(3):
            held = plan.held[rows[pages] - plan.first_aggregator, i]
            pages, held = pages[held >= 0], held[held >= 0]
            inside = plan.story[held]
            parts.append(self._own(pages, rows[pages], 1 + bits(cut[pages], 30 + i, 2), 2 * i, first=10 * i))
            parts.append((pages, inside, inside, 0 * inside, self._length(inside), 2 * i + 1))
        places = np.concatenate([np.full(len(part[0]), part[5]) for part in parts])
        text, story, facts, first, count = (np.concatenate([part[i] for part in parts]) for i in range(5))
        order = np.lexsort((places, text))
        text, story, facts, first, count = (each[order] for each in (text, story, facts, first, count))
        segment, place = runs(count)
        sentences = _Sentences(text[segment], story[segment], facts[segment], first[segment] + place)
        return self._write(self._edited(sentences, rows), rows)

    def _own(self, text: Rows, rows: Rows, count: Rows, place: int, first: int = 0) -> tuple[Any, ...]:
        """A segment of sentences of the rows' own."""
        return text, OWN + rows, OWN + rows, np.full(len(text), ADDED + first), count, place

    def _edited(self, sentences: _Sentences, rows: Rows) -> _Sentences:
        """The sentences as the editors of edited copies and the writers of rewrites leave them."""
        text, story, facts, number = sentences
        relation, strength = self.plan.relation[rows], self._strength(rows)
        keys = self._hash(3, rows[text], number)
        drop = (share(keys, 4) < _DROPPED * strength[text]) & (number > 0)
        add = share(keys, 30) < _ADDED * strength[text]
        times = 1 - drop.astype(int) + add
        sentence, place = runs(times)
        text, number, drop = text[sentence], number[sentence], drop[sentence]
        is_added = place >= 1 - drop
        is_own = is_added | ((relation[text] == plans.REWRITE) & (share(keys, 17)[sentence] >= _KEPT))
        own = OWN + rows[text]
        return _Sentences(
            text,
            np.where(is_own, own, story[sentence]),
            np.where(is_own, own, facts[sentence]),
            np.where(is_own, ADDED + 100 + number, number),
        )

    def _strength(self, rows: Rows) -> npt.NDArray[np.float64]:
        """How much an edited copy is edited, 0 to 1; 0 for all others."""
        return np.where(self.plan.relation[rows] == plans.EDITED, share(self._hash(4, rows)) ** 1.5, 0.0)

    # -- sentences to tokens ------------------------------------------------------------------------

    def _write(self, sentences: _Sentences, rows: Rows) -> Texts:
        """The tokens of the sentences, grouped by text."""
        words = self.words
        text, story, facts, number = sentences
        keys = self._hash(5, story, number)
        is_frame = (story >= FRAME) & (story < INSTANCE)
        phrase = np.where(bits(keys, 8, 32) == 0, bits(keys, 16, len(vocabulary.STOCK)), -1)
        frame = story - FRAME
        lines = len(vocabulary.GENRES[0])
        line = len(vocabulary.STOCK) + frame % len(vocabulary.GENRES) * lines + (number // 2 + frame) % lines
        is_line = is_frame & (number % 2 == 0) & (number < 2 * lines)
        phrase = np.where(is_line, line, np.where(is_frame, -1, phrase))
        length = np.where(is_line, (words.phrases[phrase] >= 0).sum(axis=1), _SENTENCE + bits(keys, 32, _SPREAD))
        sentence, place = runs(length)
        start = np.cumsum(length) - length
        word_keys = mix(keys[sentence] + place.astype(np.uint64) * np.uint64(0xD1342543DE82EF95))
        word = words.zipf[(word_keys >> np.uint64(44)).astype(np.int64)]

        self._replace(word, word_keys, (text, rows), sentence)
        # some sentences of a frame say the same on all of its pages; by frame, 0 to 90 % of those that are no lines
        is_fixed = is_frame & ~is_line & (share(keys, 20) < 0.9 * share(self._hash(11, frame)))
        self._set_slots(word, word_keys, np.where(is_frame & ~is_fixed, frame, -1), sentence)
        in_phrase = np.flatnonzero((phrase >= 0)[sentence] & (place < words.phrases.shape[1]))
        said = words.phrases[phrase[sentence[in_phrase]], place[in_phrase]]
        word[in_phrase[said >= 0]] = said[said >= 0]

        quoted = np.flatnonzero((bits(keys, 24, 8) == 0) & (phrase < 0) & ~is_frame)
        said_by = start[quoted] + length[quoted] - 4
        word[said_by], word[said_by + 1] = words.kata, vocabulary.NAME

        form = np.zeros(len(word), np.int64)
        form[(word_keys & np.uint64(0x1F00)) == 0] = vocabulary.COMMA
        form[(word_keys & np.uint64(0x1FF0000)) == 0] = vocabulary.DASH
        curly = bits(mix(story.astype(np.uint64)), 8, 3) == 0
        form[in_phrase] = vocabulary.PLAIN
        form[start] = vocabulary.CAPITAL
        form[start[quoted]] = np.where(curly[quoted], vocabulary.OPEN_CURLY, vocabulary.OPEN)
        form[said_by - 1] = np.where(curly[quoted], vocabulary.CLOSE_CURLY, vocabulary.CLOSE)
        form[said_by] = vocabulary.PLAIN
        form[start + length - 1] = np.where(bits(keys, 40, 5) < 2, vocabulary.PARAGRAPH, vocabulary.STOP)
        offsets = np.concatenate([[0], np.cumsum(np.bincount(text, length, len(rows)).astype(np.int64))])
        form[offsets[1:] - 1] = vocabulary.END
        corrector = np.where(self.plan.relation[rows] == plans.UPDATE, rows, -1)[text]
        self._set_facts(word, word_keys, (np.where(is_fixed, story, facts), corrector), sentence)
        return Texts(word * np.int64(vocabulary.FORMS) + form, offsets)

    def _replace(self, word: vocabulary.Ids, keys: Keys, copy: tuple[Rows, Rows], sentence: Rows) -> None:
        """Replace words of edited copies; facts stay."""
        text, rows = copy
        rate = _REPLACED * self._strength(rows)[text]
        at = np.flatnonzero((rate > 0)[sentence] & (word > vocabulary.DAY))
        fresh = mix(keys[at] + self._hash(6, rows)[text[sentence[at]]])
        other = self.words.zipf[(fresh >> np.uint64(44)).astype(np.int64)]
        chosen = (share(fresh, 4) < rate[sentence[at]]) & (other > vocabulary.DAY)
        word[at[chosen]] = other[chosen]

    def _set_slots(self, word: vocabulary.Ids, keys: Keys, frame: Rows, sentence: Rows) -> None:
        """Turn up to 10 % of the words of a frame's sentences into slots; fewer in some frames than in others."""
        at = np.flatnonzero((frame >= 0)[sentence])
        density = 0.1 * share(self._hash(7, frame))[sentence[at]]
        at = at[share(keys[at], 4) < density]
        kinds = np.array([vocabulary.NUMBER] * 6 + [vocabulary.NAME] * 3 + [vocabulary.PLACE], np.int32)
        word[at] = kinds[bits(keys[at], 28, len(kinds))]

    def _set_facts(self, word: vocabulary.Ids, keys: Keys, told: tuple[Rows, Rows], sentence: Rows) -> None:
        """Put numbers, names, places and days into the slots.

        A number is told by its place; a story has four persons, four places and one day. `told` are, by sentence, what
        tells its facts and the row that corrects its numbers (-1: none does).
        """
        at = np.flatnonzero(word <= vocabulary.DAY)
        kind = word[at]
        facts, corrector = (each[sentence[at]] for each in told)
        one_of_few = (kind * 100 + np.where(kind == vocabulary.DAY, 0, bits(keys[at], 36, 4))).astype(np.uint64)
        value = self._hash(8, facts, np.where(kind == vocabulary.NUMBER, keys[at], one_of_few))
        again = self._hash(9, corrector, value)
        corrected = (corrector >= 0) & (kind == vocabulary.NUMBER) & (share(again) < _CORRECTED)
        value = mix(np.where(corrected, again, value))
        word[at] = self.words.first[kind] + (value % self.words.size[kind].astype(np.uint64)).astype(np.int64)

    def place(self, facts: Rows) -> Rows:
        """The first of the places of a story, as a number of the list of places."""
        value = mix(self._hash(8, facts, vocabulary.PLACE * 100))
        return (value % np.uint64(len(vocabulary.PLACES))).astype(np.int64)

    # -- headlines ----------------------------------------------------------------------------------

    def headlines(self, story: Rows, facts: Rows) -> Texts:
        """A headline of 6 to 11 words for each story."""
        keys = self._hash(10, story)
        length = 6 + bits(keys, 20, 6)
        sentence, place = runs(length)
        word_keys = mix(keys[sentence] + place.astype(np.uint64))
        word = self.words.zipf[(word_keys >> np.uint64(44)).astype(np.int64)]
        form = np.full(len(word), vocabulary.CAPITAL, np.int64)
        form[np.cumsum(length) - 1] = vocabulary.TITLE_END
        self._set_facts(word, word_keys, (facts, np.full(len(story), -1)), sentence)
        return Texts(word * np.int64(vocabulary.FORMS) + form, np.concatenate([[0], np.cumsum(length)]))
