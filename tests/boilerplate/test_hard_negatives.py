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


def fired(clean, text, title):
    """What rules of the steps that remove and read did, apart from the headline that a plain text lacks."""
    made = clean([text], titles=[title])
    assert made.restored == [text]
    return made.fired[0] & (CHROME_RULES | REPAIRS)


def test_there_are_enough_of_them():
    assert len(NEGATIVES) >= 100
    assert len({sentence for *_, sentence in NEGATIVES}) == len(NEGATIVES)
    assert {rule for rule, *_ in NEGATIVES} <= CHROME_RULES | REPAIRS


def test_every_rule_is_tempted():
    assert (CHROME_RULES | REPAIRS) - {rule for rule, *_ in NEGATIVES} == {"above_headline"}


@pytest.mark.parametrize(("rule", "middle", "sentence"), NEGATIVES, ids=[sentence[:40] for *_, sentence in NEGATIVES])
def test_inside_a_text(clean, rule, middle, sentence):
    for joint in ("\n\n", "\n"):
        assert fired(clean, joint.join([BEFORE, sentence, BEHIND, BEFORE, BEHIND]), TITLE) == set()


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [(rule, sentence) for rule, _, sentence in NEGATIVES if rule != "name_in_brackets"],
    ids=[sentence[:40] for rule, _, sentence in NEGATIVES if rule != "name_in_brackets"],
)
def test_as_the_last_but_one(clean, rule, sentence):
    assert fired(clean, "\n\n".join([BEFORE, BEHIND, sentence, BEHIND]), TITLE) == set()


EDGES = [(rule, sentence) for rule, middle, sentence in NEGATIVES if not middle]


@pytest.mark.parametrize(("rule", "sentence"), EDGES, ids=[sentence[:40] for _, sentence in EDGES])
def test_as_the_first_line(clean, rule, sentence):
    text = "\n\n".join([sentence, BEFORE, BEHIND])
    assert fired(clean, text, TITLE) == set()
    if sentence.endswith("."):
        assert fired(clean, text, None) == set()


@pytest.mark.parametrize(("rule", "sentence"), EDGES, ids=[sentence[:40] for _, sentence in EDGES])
def test_as_the_last_line(clean, rule, sentence):
    assert fired(clean, "\n\n".join([BEFORE, BEHIND, sentence]), TITLE) == set()


@pytest.mark.parametrize(("rule", "sentence"), EDGES, ids=[sentence[:40] for _, sentence in EDGES])
def test_alone(clean, rule, sentence):
    assert fired(clean, sentence, TITLE) == set()


def test_sentences_stay_word_for_word(clean):
    """Not even repairs touch them: there is nothing to repair."""
    text = "\n\n".join(sentence for _, middle, sentence in NEGATIVES if sentence.endswith(".") and not middle)
    assert clean([text], titles=[TITLE]).bodies == [text]
