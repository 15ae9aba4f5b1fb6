from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from curation.annotation import codebook as codebooks
from curation.annotation.codebook import Codebook
from curation.errors import ConfigError, UsageError

GOOD = (Path(__file__).parent / "codebook.toml").read_text(encoding="utf-8")


def problems(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "codebook.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        codebooks.load(path)
    return [problem.replace(f"{path}:", "") for problem in caught.value.problems]


def line_of(text: str, needle: str) -> int:
    return text[: text.index(needle)].count("\n") + 1


@pytest.mark.parametrize("name", codebooks.shipped_names())
def test_shipped_codebooks_define_every_label(name: str) -> None:
    book = codebooks.shipped(name)
    assert book.name == name
    for question in book.question:
        for label in question.label:
            assert label.definition, label.value
            assert label.hotkey, label.value


def test_the_shipped_ones_are_stance_per_target_and_topic_per_article() -> None:
    stance, topic = codebooks.shipped("stance"), codebooks.shipped("topic")
    assert stance.per_target
    assert not topic.per_target
    assert stance.known_answers()["stance"] == ("favor", "against", "neutral", "cannot_judge")
    assert len(topic.known_answers()["topic"]) == 12


def test_an_unknown_shipped_codebook() -> None:
    with pytest.raises(UsageError, match="Known: stance, topic"):
        codebooks.shipped("stanse")


def test_all_mistakes_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    text = (
        GOOD.replace('value = "against"', 'value = "favor"')
        .replace('hotkey = "3"', 'hotkey = "1"')
        .replace('value = "cut"', 'value = "Cut!"')
        .replace('kind = "spans"', 'kind = "span"')
        .replace('question = "stance", value', 'question = "stence", value')
        .replace('effect = "labels"', 'efect = "labels"')
    )
    found = problems(tmp_path, text)
    kind = line_of(text, 'kind = "span"')
    assert f"{line_of(text, 'efect')}: unknown key 'efect' in [changelog]. Did you mean 'effect'?" in found
    assert f"{kind}: 'kind' can't be 'span'. Did you mean 'spans'?" in found
    condition = f"{line_of(text, 'visible_when')}: visible_when names 'stence', which is no question above."
    assert f"{condition} Did you mean 'stance'?" in found
    assert any(p.endswith("hotkey '1' already belongs to stance.favor.") for p in found)
    assert any(p.endswith("value 'favor' occurs twice in 'stance'.") for p in found)
    assert any(p.endswith("value 'Cut!' may hold only a-z, 0-9 and _.") for p in found)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name = "text_problem"', 'name = "stance"', "two questions are called 'stance'"),
        ('value = "cannot_judge" }', 'value = "cannot_juge" }', "Did you mean 'cannot_judge'?"),
        ('guideline_version = "1.1"', 'guideline_version = "1.2"', "the changelog says nothing about version 1.2"),
        ('version = "1.0"', 'version = "1.1"', "version 1.1 occurs twice"),
        ('labels = ["neutral"]\n', "", "effect 'labels', and no other, needs a list of labels"),
        ('"tarif parkir naik"', '"Jalur  Sepeda"', "'jalur sepeda' already stands for 'kenaikan tarif parkir'"),
        ('"tarif parkir naik"', '" "', "a target's name or alias is empty"),
        ('hotkey = "a"', 'hotkey = "ctrl+a"', "must be one small letter or digit"),
        ('shown = "Menolak"\n', "", "the key 'shown' is missing"),
    ],
)
def test_each_mistake_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in GOOD
    found = problems(tmp_path, GOOD.replace(old, new, 1))
    assert len(found) == 1
    assert told in found[0]


def test_a_question_per_target_needs_targets(tmp_path: Path) -> None:
    found = problems(tmp_path, GOOD[: GOOD.index("[[target]]")])
    assert len(found) == 1
    assert "there is no [[target]]" in found[0]


def test_one_label_is_no_choice(tmp_path: Path) -> None:
    cut = GOOD[GOOD.index('[[question.label]]\nvalue = "chrome_left"') : GOOD.index('[[question]]\nname = "evidence"')]
    assert "'text_problem' offers nothing to choose from" in problems(tmp_path, GOOD.replace(cut, ""))[0]


@pytest.mark.parametrize("text", ["", "question = 3\ntarget = [1]", "[[question]]\nlabel = 4\n[codebook]\n", "x = ["])
def test_a_file_of_another_shape_is_told_not_a_crash(tmp_path: Path, text: str) -> None:
    assert problems(tmp_path, text)


def test_asked_only_after_its_answer(codebook: Codebook) -> None:
    why_not = codebook.question[1]
    assert why_not.is_asked({"stance": {"cannot_judge"}})
    assert not why_not.is_asked({"stance": {"favor"}})
    assert not why_not.is_asked({})


def test_the_codebook_of_the_documentation(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "codebook.md").read_text(encoding="utf-8")
    example = text[text.index("[codebook]\n") :].partition("```")[0]
    path = tmp_path / "codebook.toml"
    path.write_text(example, encoding="utf-8")
    frame, blamed = codebooks.load(path).question
    assert (frame.kind, blamed.is_asked({"frame": {"conflict"}}), blamed.is_asked({})) == ("choices", True, False)
    keys = re.findall(r"^\| `(\w+)`", text[text.index("| key of a question") :], re.MULTILINE)
    assert {*keys[:5]} <= {field.name for field in msgspec.structs.fields(type(frame))}
