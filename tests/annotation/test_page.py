from __future__ import annotations

from xml.etree import ElementTree

import pytest

from curation.annotation import label_studio
from curation.annotation.codebook import Codebook, shipped, shipped_names
from curation.annotation.page import config_sha256, page
from curation.errors import DataError


def parsed(codebook: Codebook) -> ElementTree.Element:
    return ElementTree.fromstring(page(codebook))


@pytest.mark.parametrize("name", shipped_names())
def test_label_studio_accepts_the_shipped_pages(name: str) -> None:
    label_studio.validate_page(page(shipped(name)))


def test_label_studio_refuses_a_broken_page(codebook: Codebook) -> None:
    with pytest.raises(DataError, match="Label Studio refuses the page"):
        label_studio.validate_page(page(codebook).replace('toName="text"', 'toName="teks"'))


def test_what_is_stored_and_what_is_shown(codebook: Codebook) -> None:
    choices = {choice.get("alias"): choice.get("value") for choice in parsed(codebook).iter("Choice")}
    assert choices["favor"] == "Mendukung"
    assert {label.get("alias") for label in parsed(codebook).iter("Label")} == {"reason", "quote"}
    for question in codebook.question:
        for label in question.label:
            assert f'value="{label.shown}" alias="{label.value}" hotkey="{label.hotkey}"' in page(codebook)


def test_required_single_and_conditional_questions(codebook: Codebook) -> None:
    controls = {control.get("name"): control for control in parsed(codebook).iter("Choices")}
    assert controls["stance"].get("choice") == "single-radio"
    assert (
        controls["stance"].get("requiredMessage") == "Pertanyaan “Apa sikap artikel terhadap sasaran?” belum dijawab."
    )
    assert controls["text_problem"].get("choice") == "multiple"
    assert controls["text_problem"].get("required") is None
    hidden = [view for view in parsed(codebook).iter("View") if view.get("visibleWhen")]
    assert [(view.get("whenTagName"), view.get("whenChoiceValue")) for view in hidden] == [("stance", "cannot_judge")]


def test_the_target_card_stands_only_where_there_is_a_target() -> None:
    assert "$target" in page(shipped("stance"))
    assert "$target" not in page(shipped("topic"))


def test_markup_in_a_codebook_stays_text(codebook: Codebook) -> None:
    import msgspec

    question = msgspec.structs.replace(codebook.question[0], text='Harga <naik> & "turun"?')
    book = msgspec.structs.replace(codebook, question=(question, *codebook.question[1:]))
    headers = [header.get("value") for header in parsed(book).iter("Header")]
    assert 'Harga <naik> & "turun"?' in headers
    assert config_sha256(book) != config_sha256(codebook)


def test_whose_stance_it_is_is_asked_after_either_stance() -> None:
    stance = shipped("stance")
    views = {view.get("whenChoiceValue"): view for view in parsed(stance).iter("View") if view.get("visibleWhen")}
    whose = next(views["favor,against"].iter("Choices"))
    assert (whose.get("name"), whose.get("required")) == ("whose", "true")
    question = next(one for one in stance.question if one.name == "whose")
    assert [question.is_asked({"stance": {value}}) for value in ("favor", "against", "neutral")] == [True, True, False]
