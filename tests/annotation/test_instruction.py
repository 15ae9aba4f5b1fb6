from __future__ import annotations

import re

import msgspec
import pytest

from curation.annotation.codebook import Codebook, shipped, shipped_names
from curation.annotation.instruction import html, markdown


@pytest.mark.parametrize("name", shipped_names())
def test_it_tells_all_that_an_annotator_must_know(name: str) -> None:
    book = shipped(name)
    for text in (markdown(book), re.sub("&[#a-z0-9]+;", "'", html(book))):
        for question in book.question:
            assert question.text in text
            for label in question.label:
                assert f"{label.shown} [{label.hotkey}]." in text
                assert label.definition in text
                for example in label.examples:
                    assert example in text


def test_conditions_and_history(codebook: Codebook) -> None:
    text = markdown(codebook)
    assert "Muncul hanya kalau jawaban “Apa sikap artikel terhadap sasaran?” adalah “Tidak bisa dinilai”." in text
    assert text.index("Versi 1.1 (2026-02-01)") < text.index("Versi 1.0 (2026-01-05)")
    assert "Jawaban lama berikut perlu diperiksa lagi: neutral." in text
    assert text.startswith("# Sikap terhadap tarif parkir\n\nPedoman versi 1.1.\n")


def test_html_uses_only_tags_that_label_studio_keeps(codebook: Codebook) -> None:
    assert set(re.findall(r"<(\w+)", html(codebook))) <= {"h1", "h2", "h3", "p", "b", "i", "br"}


def test_what_became_of_labels_is_told_in_the_history(codebook: Codebook) -> None:
    change = msgspec.structs.replace(
        codebook.changelog[-1],
        rename={"pro": "favor"},
        merge={"calm": "neutral", "dry": "neutral"},
        split=("other",),
    )
    text = markdown(msgspec.structs.replace(codebook, changelog=(codebook.changelog[0], change)))
    told = "Berganti nama: pro menjadi favor. Digabung: calm dan dry menjadi neutral. Dipecah: other."
    assert f"{told} Jawaban lama berikut perlu diperiksa lagi: neutral, other." in text


def test_a_question_that_two_answers_open() -> None:
    assert "adalah “Mendukung” atau “Menolak”." in markdown(shipped("stance"))
    assert "Cukup dijawab sekali untuk setiap artikel" in markdown(shipped("stance"))
    assert "sekali untuk setiap artikel" not in markdown(shipped("topic"))
