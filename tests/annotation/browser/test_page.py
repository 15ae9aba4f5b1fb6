"""The shipped labelling pages under a person's hands: hotkeys, marks, what is lacking, and what others answered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from curation import store
from curation.annotation.campaign import Campaign
from curation.annotation.codebook import shipped
from tests.annotation.browser.conftest import Make, SitDown, Typed

pytestmark = pytest.mark.slow

PARKING = (
    "Tarif Parkir Pusat Kota Lembayung Naik",
    "Pemerintah Kota Lembayung menaikkan tarif parkir. 😀 Warga menyambutnya dengan senyum,  begitu pula kabar bahwa "
    "kartu warga tetap berlaku.\n\n“Trotoar akhirnya bisa dipakai pejalan kaki,” kata Sari Wulandari.  Dua spasi "
    "mendahului kalimat ini.\n\n𝐊𝐞𝐩𝐚𝐥𝐚 dinas Bagas Pranata menjelaskan 👨‍👩‍👧 manfaat  bagi keluarga 𝐊𝐨𝐭𝐚.",
)
TRADERS = ("Pedagang Keluhkan Tarif Parkir", "Pedagang Pasar Rawajati menilai kenaikan itu terlalu cepat.")
CYCLING = ("Jalur Sepeda Rawajati Mulai Diuji", "Jalur sepeda sepanjang dua kilometer dibuka untuk umum.")

#: an emoji inside, an astral letter at either end, two spaces, a line break, the very beginning
QUOTES = (
    "Pemerintah Kota",
    "tarif parkir. 😀 Warga menyambutnya dengan senyum,  begitu",
    "kata Sari Wulandari.  Dua spasi mendahului kalimat ini.\n\n𝐊𝐞𝐩𝐚𝐥𝐚",
    "👨‍👩‍👧 manfaat  bagi keluarga 𝐊𝐨𝐭𝐚",
)


def key(codebook: str, question: str, value: str) -> str:
    """The hotkey of an answer."""
    (asked,) = [one for one in shipped(codebook).question if one.name == question]
    (label,) = [one for one in asked.label if one.value == value]
    assert label.hotkey
    return label.hotkey


def stored(campaign: Campaign) -> dict[str, set[tuple[str, str | None]]]:
    """What was answered to each article; a skip is a pair of nothing."""
    titles = {document_id: title for document_id, title, _ in shown(campaign)}
    found: dict[str, set[tuple[str, str | None]]] = {}
    for row in store.read_table(campaign.annotations).to_pylist():
        found.setdefault(titles[row["document_id"]], set()).add((row["question"], row["value"]))
    return found


def shown(campaign: Campaign) -> list[tuple[str, str, str]]:
    """Document, title and text of each task."""
    tasks = json.loads(campaign.tasks_json.read_text(encoding="utf-8"))
    return [(task["data"]["document_id"], task["data"]["title"], task["data"]["text"]) for task in tasks]


def test_stance_by_keys_and_mouse(make: Make, curation: Typed, sit_down: SitDown, tmp_path: Path) -> None:
    campaign = make("stance", PARKING, TRADERS, CYCLING)
    project = curation(tmp_path, "label", "push", campaign.name, "--json")["project"]
    person = sit_down("wulan")
    assert person.open(project).startswith("Sikap artikel terhadap kebijakan")
    mark = key("stance", "evidence", "evidence")

    assert person.title == PARKING[0]
    asked = person.questions
    assert "Sikap siapa?" not in asked
    assert "Mengapa?" not in asked
    person.press(key("stance", "stance", "favor") + key("stance", "whose", "quoted"))
    assert "Sikap siapa?" in person.questions
    for quote in QUOTES:
        person.mark(quote, mark)
    person.mark("kartu warga", mark)
    person.unmark("kartu warga")
    person.press(key("stance", "confidence", "sure") + key("stance", "text_problem", "cut"))
    person.submit()

    assert person.title == TRADERS[0]
    assert person.chosen == []
    person.press(key("stance", "stance", "cannot_judge"))
    assert "Mengapa?" in person.questions
    assert "Sikap siapa?" not in person.questions
    person.press(key("stance", "why_not", "only_mentioned") + key("stance", "confidence", "unsure"))
    person.submit()

    assert person.title == CYCLING[0]
    person.skip()
    assert person.is_done

    assert curation(tmp_path, "label", "pull", campaign.name, "--json")["problems"] == []
    assert stored(campaign) == {
        PARKING[0]: {
            ("stance", "favor"),
            ("whose", "quoted"),
            ("evidence", "evidence"),
            ("confidence", "sure"),
            ("text_problem", "cut"),
        },
        TRADERS[0]: {("stance", "cannot_judge"), ("why_not", "only_mentioned"), ("confidence", "unsure")},
        CYCLING[0]: {("", None)},
    }
    (text,) = [text for _, title, text in shown(campaign) if title == PARKING[0]]
    marked = [row for row in store.read_table(campaign.annotations).to_pylist() if row["question"] == "evidence"]
    assert sorted(row["quote"] for row in marked) == sorted(QUOTES)
    assert [text[row["start"] : row["end"]] for row in marked] == [row["quote"] for row in marked]


def test_topics_by_keys(make: Make, curation: Typed, sit_down: SitDown, tmp_path: Path) -> None:
    campaign = make("topic", PARKING, CYCLING)
    project = curation(tmp_path, "label", "push", campaign.name, "--json")["project"]
    person = sit_down("wulan")
    assert person.open(project).startswith("Topik artikel berita")
    topics = {label.value: label.hotkey or "" for label in shipped("topic").question[0].label}
    person.press("".join(topics.values()))
    assert len(person.chosen) == len(topics)
    person.submit()
    # pressed twice is taken back
    person.press(topics["sports"] + topics["economy"] + topics["sports"] + topics["health"])
    person.press(key("topic", "text_problem", "chrome_left"))
    person.submit()
    curation(tmp_path, "label", "pull", campaign.name, "--json")
    assert stored(campaign) == {
        PARKING[0]: {("topic", value) for value in topics},
        CYCLING[0]: {("topic", "economy"), ("topic", "health"), ("text_problem", "chrome_left")},
    }


def test_what_is_lacking_is_told_and_nothing_is_saved(
    make: Make, curation: Typed, sit_down: SitDown, tmp_path: Path, admin: Any
) -> None:
    campaign = make("stance", TRADERS)
    project = curation(tmp_path, "label", "push", campaign.name, "--json")["project"]
    person = sit_down("wulan")
    person.open(project)
    person.press(key("stance", "confidence", "sure"))
    assert person.submit_in_vain() == "Pertanyaan “Apa sikap artikel terhadap sasaran?” belum dijawab."
    person.press(key("stance", "stance", "cannot_judge"))
    assert person.submit_in_vain() == "Pertanyaan “Mengapa?” belum dijawab."
    # what is hidden again is not asked for
    person.press(key("stance", "stance", "against"))
    assert person.submit_in_vain() == "Pertanyaan “Sikap siapa?” belum dijawab."
    assert person.title == TRADERS[0]
    (task,) = admin.tasks.list(project=project)
    assert list(admin.annotations.list(id=task.id)) == []
    person.press(key("stance", "stance", "neutral"))
    person.submit()
    curation(tmp_path, "label", "pull", campaign.name, "--json")
    assert stored(campaign) == {TRADERS[0]: {("stance", "neutral"), ("confidence", "sure")}}


def test_a_page_shows_nothing_of_what_others_answered(
    make: Make, curation: Typed, sit_down: SitDown, tmp_path: Path
) -> None:
    campaign = make("stance", PARKING)
    project = curation(tmp_path, "label", "push", campaign.name, "--people", "2", "--json")["project"]
    first = sit_down("wulan")
    first.open(project)
    first.press(key("stance", "stance", "against") + key("stance", "whose", "outlet"))
    first.mark(QUOTES[1], key("stance", "evidence", "evidence"))
    first.press(key("stance", "confidence", "sure"))
    first.submit()
    assert any('"from_name"' in text for text in first.told), "the server tells answers in other words now"

    second = sit_down("guntur")
    second.open(project)
    assert second.title == PARKING[0]
    assert second.chosen == []
    assert "wulan" not in second.page.locator("body").inner_text()
    assert [text for text in second.told if '"from_name"' in text] == []
    second.press(key("stance", "stance", "neutral") + key("stance", "confidence", "sure"))
    second.submit()
    assert curation(tmp_path, "label", "pull", campaign.name, "--json")["annotators"] == 2
