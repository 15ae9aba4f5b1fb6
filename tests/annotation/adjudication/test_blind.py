"""What an adjudicator sees of others' answers, and what not."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.annotation import label_studio
from curation.annotation.adjudication.blind import LONGEST, OPEN, blind, in_letters
from curation.annotation.codebook import Codebook, shipped, shipped_names
from curation.annotation.instruction import html, markdown
from curation.annotation.page import page as labelling_page
from tests.annotation.adjudication.conftest import PEOPLE, annotations, page, tasks

FAVOR = {"stance": "favor", "confidence": "sure", "evidence": ("quote:Warga <b>menolak</b>", "reason:tarif  parkir")}
CANNOT = {
    "stance": "cannot_judge",
    "why_not": "unclear",
    "confidence": "unsure",
    "text_problem": ("cut", "chrome_left"),
}
AGAINST = {"stance": "against", "confidence": "unsure"}


def shown(book: Codebook, *said: dict[str, Any] | None, names: tuple[str, ...] = tuple(PEOPLE)) -> dict[str, str]:
    (task,) = tasks(1).to_pylist()
    pages = [page(task, name, one, hours=i) for i, (name, one) in enumerate(zip(names, said, strict=False))]
    return plain(blind(annotations(pages), book, {task["task_key"]: ("stance",)})[task["task_key"]])


def plain(fields: dict[str, str]) -> dict[str, str]:
    """A letter stays on the line of its answer; here it is easier to read with a space."""
    answers = [text for name, text in fields.items() if name.startswith("answers_") and text]
    assert all(text[1:3] == ":\N{NO-BREAK SPACE}" for text in answers)
    return {name: text.replace(":\N{NO-BREAK SPACE}", ": ") for name, text in fields.items()}


def test_answers_stand_under_their_questions(book: Codebook) -> None:
    fields = shown(book, FAVOR, CANNOT, AGAINST, None)
    order = [
        letter
        for letter, _ in in_letters(tasks(1)["task_key"][0].as_py(), {name: {} for name in ("a01", "a02", "a03")})
    ]
    assert order == ["A", "B", "C"]
    assert fields["asked_stance"] == f"Apa sikap artikel terhadap sasaran? ({OPEN})"
    assert {part.partition(": ")[2] for part in fields["answers_stance"].split(" · ")} == {
        "Mendukung",
        "Tidak bisa dinilai",
        "Menolak",
    }
    assert [part[:3] for part in fields["answers_stance"].split(" · ")] == ["A: ", "B: ", "C: "]
    assert fields["asked_confidence"] == "Seberapa yakin Anda?"
    assert fields["answers_why_not"][1:] == ": Tidak jelas"  # only who was asked
    assert sorted(part[1:] for part in fields["answers_text_problem"].split(" · ")) == [
        ": (tidak ada)",
        ": (tidak ada)",
        ": Terpotong, Ada sisa halaman",
    ]
    assert sorted(line[1:] for line in fields["answers_evidence"].split("\n")) == [
        ": (tidak ada)",
        ": (tidak ada)",
        ": «tarif parkir» (Alasan), «Warga <b>menolak</b>» (Kutipan)",
    ]
    # one person has one letter on all of a page
    assert fields["answers_why_not"][0] == next(
        part[0] for part in fields["answers_stance"].split(" · ") if "dinilai" in part
    )


def test_a_question_that_nobody_answered_is_not_shown(book: Codebook) -> None:
    fields = shown(book, AGAINST, AGAINST)
    assert {name for name, text in fields.items() if not text} == {
        f"{kind}_{name}" for kind in ("asked", "answers") for name in ("why_not", "text_problem", "evidence")
    }


def test_who_and_when_is_nowhere(book: Codebook) -> None:
    told = json.dumps(shown(book, FAVOR, CANNOT, AGAINST))
    for secret in (*PEOPLE, *PEOPLE.values(), "sari", "2031", "04:56", "31.0", "ekspor-rahasia"):
        assert secret not in told


def test_letters_are_dealt_anew_in_each_task() -> None:
    said = {name: {"stance": [(name, None)]} for name in ("a01", "a02", "a03")}
    orders = [
        tuple(of_one["stance"][0][0] for _, of_one in in_letters(key, said))
        for key in tasks(9, 2)["task_key"].to_pylist()
    ]
    assert len(set(orders)) >= 4
    for place in range(3):
        assert len({order[place] for order in orders}) == 3


def test_the_order_in_which_people_answered_does_not_show(book: Codebook) -> None:
    (task,) = tasks(1).to_pylist()
    told = set()
    for hours in permutations(range(3)):
        pages = [
            page(task, name, said, hours=hour)
            for name, said, hour in zip(PEOPLE, (FAVOR, CANNOT, AGAINST), hours, strict=False)
        ]
        told.add(json.dumps(blind(annotations(pages), book, {task["task_key"]: ()})))
    assert len(told) == 1


def test_many_annotators_have_a_letter_each() -> None:
    letters = [letter for letter, _ in in_letters("k", {f"a{i:02}": {} for i in range(60)})]
    assert len(set(letters)) == 60
    assert letters[24:28] == ["Y", "Z", "AA", "BB"]


@pytest.mark.parametrize(
    "hostile", ["B: Menolak\nC: Menolak", "\r\n\u2028B: Netral", "</h4><script>", "${target}", "$text"]
)
def test_a_passage_can_not_look_like_an_answer(book: Codebook, hostile: str) -> None:
    fields = shown(book, {**FAVOR, "evidence": (f"quote:{hostile}",)}, AGAINST)
    lines = fields["answers_evidence"].splitlines()
    assert len(lines) == 2
    assert sorted(line[1:] for line in lines) == [": (tidak ada)", f": «{' '.join(hostile.split())}» (Kutipan)"]


def test_a_long_passage_is_cut(book: Codebook) -> None:
    fields = shown(book, {**FAVOR, "evidence": (f"quote:{'tarif ' * 300}",)})
    assert len(fields["answers_evidence"]) < LONGEST + 30
    assert fields["answers_evidence"].endswith(" …» (Kutipan)")


def test_what_was_said_of_the_article_on_another_page_is_shown(book: Codebook) -> None:
    one, two = tasks(1, 2).to_pylist()
    pages = [
        page(one, "a01", AGAINST | {"text_problem": ("chrome_left",)}, hours=1),
        page(two, "a01", FAVOR | {"text_problem": ("cut",)}, hours=2),
        page(two, "a02", FAVOR, hours=3),
    ]
    fields = plain(blind(annotations(pages), book, {one["task_key"]: ()})[one["task_key"]])
    assert fields["answers_stance"] == "A: Menolak"
    assert fields["answers_text_problem"] == "A: Terpotong"


@given(
    names=st.permutations(["a01", "a02", "a03", "a04"]),
    quote=st.text(min_size=1, max_size=300),
    said=st.permutations([FAVOR, CANNOT, AGAINST, None]),
)
def test_fields_hold_answers_and_nothing_of_people(
    book: Codebook, names: list[str], quote: str, said: list[dict[str, Any] | None]
) -> None:
    quoted = [one and {**one, "evidence": (f"quote:{quote}",)} for one in said]
    fields = shown(book, *quoted, names=tuple(names))
    words = {label.shown for question in book.question for label in question.label}
    stances = [part.partition(": ") for part in fields["answers_stance"].split(" · ")]
    assert sorted(answer for _, _, answer in stances) == ["Mendukung", "Menolak", "Tidak bisa dinilai"]
    assert [letter for letter, _, _ in stances] == ["A", "B", "C"]
    assert len(fields["answers_evidence"].split("\n")) == 3
    for question in ("stance", "why_not", "confidence", "text_problem"):
        given_ = fields[f"answers_{question}"]
        parts = [word for part in given_.split(" · ") for word in part.partition(": ")[2].split(", ")]
        assert set(parts) <= words | {"(tidak ada)"}


# -- page and instruction ---------------------------------------------------------------------------


def as_adjudication(book: Codebook) -> Codebook:
    return msgspec.structs.replace(book, codebook=msgspec.structs.replace(book.codebook, shows="adjudication"))


@pytest.mark.parametrize("name", shipped_names())
def test_label_studio_accepts_the_page(name: str) -> None:
    book = as_adjudication(shipped(name))
    xml = labelling_page(book)
    label_studio.validate_page(xml)
    assert {f"$asked_{question.name}" for question in book.question} <= {
        header.get("value") for header in ElementTree.fromstring(xml).iter("Header")
    }


def test_the_page_asks_the_same_and_shows_the_answers_in_headers(book: Codebook) -> None:
    """A header prints text as it is; what is on the page otherwise is that of the campaign."""
    ours = ElementTree.fromstring(labelling_page(as_adjudication(book)))
    theirs = ElementTree.fromstring(labelling_page(book))
    for tag in ("Choices", "Choice", "Labels", "Label", "Text"):
        told = [[dict(element.attrib) for element in root.iter(tag)] for root in (ours, theirs)]
        for element in (element for of_page in told for element in of_page):
            # a question about the article is asked once an article there, and here always
            element.pop("required", None), element.pop("requiredMessage", None)
        assert told[0] == told[1]
    values = [element.get("value") or "" for element in ours.iter() if "answers_" in (element.get("value") or "")]
    assert len(values) == len(book.question)
    assert all(element.tag == "Header" for element in ours.iter() if element.get("value") in values)
    assert not [element for element in ours.iter() if element.get("selected") or element.get("preselected")]


def test_adjudicators_are_told_how_to_decide(book: Codebook) -> None:
    told = markdown(as_adjudication(book))
    assert told.startswith("# Adjudikasi: Sikap terhadap tarif parkir")
    assert OPEN in told
    assert "penanda lain" not in told  # that is for annotators
    assert "belum sepakat" not in markdown(book)
    assert "Adjudikasi: " in html(as_adjudication(book))
