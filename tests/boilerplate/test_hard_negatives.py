"""News that look like chrome: no rule that removes or reads may fire on them. All sentences are invented.

A section of ``hard_negatives/<shelf>.txt`` names the rule that is tempted; a "middle" section holds what is news only
inside a text; ⏎ stands for a line break.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from curation.boilerplate import RULES

HERE = Path(__file__).parent
STEPS = ("head", "chrome", "tail", "ends", "flags")
TITLE = "Kabar dari Lembah Kalimaya"
BEFORE = "Warga di Lembah Kalimaya berkumpul di balai desa sejak Senin pagi untuk mendengar kabar itu."
BEHIND = "Pertemuan di balai desa itu berakhir menjelang sore, dan warga pulang dengan tenang."


def negatives():
    """(rule that is tempted, whether only inside a text, sentence)"""
    found = []
    for file in sorted((HERE / "hard_negatives").glob("*.txt")):
        section = ""
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("[") and line.endswith("]"):
                section = line[1:-1]
            elif line:
                sentence = line.replace("⏎", "\n")
                found.append((section.removeprefix("middle "), section.startswith("middle "), sentence))
    return found


NEGATIVES = negatives()
CHROME_RULES = {rule.name for rule in RULES if rule.step in STEPS}
REPAIRS = {rule.name for rule in RULES if rule.step in ("characters", "joins")}


EDGES = [(rule, sentence) for rule, middle, sentence in NEGATIVES if not middle]

#: where a sentence may stand → which sentences do, and the text around them
PLACES = {
    "inside": (NEGATIVES, lambda s: "\n\n".join([BEFORE, s, BEHIND, BEFORE, BEHIND])),
    "inside, no blank lines": (NEGATIVES, lambda s: "\n".join([BEFORE, s, BEHIND, BEFORE, BEHIND])),
    "last but one": (
        [negative for negative in NEGATIVES if negative[0] != "name_in_brackets"],
        lambda s: "\n\n".join([BEFORE, BEHIND, s, BEHIND]),
    ),
    "first": (EDGES, lambda s: "\n\n".join([s, BEFORE, BEHIND])),
    "last": (EDGES, lambda s: "\n\n".join([BEFORE, BEHIND, s])),
    "alone": (EDGES, lambda s: s),
}


def fired(clean, texts, title):
    """What rules of the steps that remove and read did to each text, where they did anything."""
    made = clean(texts, titles=[title] * len(texts))
    assert made.restored == texts
    found = {text: rules & (CHROME_RULES | REPAIRS) for text, rules in zip(texts, made.fired, strict=True)}
    return {text: rules for text, rules in found.items() if rules}


def test_there_are_enough_of_them():
    assert len(NEGATIVES) >= 300
    assert len({sentence for *_, sentence in NEGATIVES}) == len(NEGATIVES)
    assert {rule for rule, *_ in NEGATIVES} <= CHROME_RULES | REPAIRS


def test_every_rule_is_tempted():
    assert (CHROME_RULES | REPAIRS) - {rule for rule, *_ in NEGATIVES} == {"above_headline"}


@pytest.mark.parametrize("place", PLACES)
def test_no_rule_fires(clean, place):
    sentences, around = PLACES[place]
    assert fired(clean, [around(sentence) for *_, sentence in sentences], TITLE) == {}


def test_nor_on_a_first_line_where_no_title_is_given(clean):
    texts = ["\n\n".join([sentence, BEFORE, BEHIND]) for _, sentence in EDGES if sentence.endswith(".")]
    assert fired(clean, texts, None) == {}


def test_sentences_stay_word_for_word(clean):
    """Not even repairs touch them: there is nothing to repair."""
    text = "\n\n".join(sentence for _, middle, sentence in NEGATIVES if sentence.endswith(".") and not middle)
    assert clean([text], titles=[TITLE]).bodies == [text]
