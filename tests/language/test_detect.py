from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.language.detect import LENGTH, language, languages

DATA = Path(__file__).parents[2] / "../shared/data"

SAMPLES = {
    "id": "Pemerintah kabupaten akan memperbaiki jembatan gantung yang putus diterjang banjir pekan lalu. "
    "Warga diminta tidak menyeberang dengan rakit karena arus sungai masih deras.",
    "ms": "Kerajaan negeri akan membaiki jambatan gantung yang putus akibat banjir minggu lepas. Penduduk "
    "dinasihatkan supaya tidak menyeberang dengan rakit kerana arus sungai masih deras, kata pegawai daerah itu.",
    "jv": "Pamarentah kabupaten bakal ndandani kreteg gantung sing pedhot amarga banjir minggu kepungkur. "
    "Warga dijaluk ora nyabrang nganggo gethek amarga banyu kali isih banter.",
    "su": "Pamaréntah kabupatén baris ngomean sasak gantung anu pegat katerjang caah minggu kamari. "
    "Warga dipénta ulah meuntas ku rakit sabab cai walungan masih kénéh ngagedur.",
    "en": "The district government will repair the suspension bridge that was torn down by the flood last week.",
}


@pytest.mark.parametrize("code", sorted(SAMPLES))
def test_samples(code: str) -> None:
    assert language(SAMPLES[code]) == code


def test_indonesian_with_english_words_and_foreign_names_stays_indonesian() -> None:
    text = (
        "Pelatih FC Ravenholm, Jonas Eklund, menurunkan formasi three at the back saat melawan Port Merrow. "
        "Gol dicetak Tomas Brandl lewat counter attack pada menit ke-18, lalu Ivo Lanz menggandakan skor."
    )
    assert language(text) == "id"


def test_too_short_to_tell() -> None:
    assert languages(["", None, "Foto: Dok. Humas", " \n "]) == [None] * 4


def test_only_the_beginning_is_read() -> None:
    start = (SAMPLES["id"] + " ") * 30
    assert len(start) > LENGTH
    assert language(start + SAMPLES["en"] * 100) == "id"


@given(st.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    found = language(text + " satu dua tiga empat lima enam tujuh delapan")
    assert found is not None
    assert found.isalpha()


def test_control_and_surrogate_characters_do_no_harm() -> None:
    noisy = SAMPLES["id"].replace(" ", " \x00\x85\ud83d\ufffe", 5)
    assert language(noisy) == "id"


def documents(name: str, sentences: int) -> dict[str, list[str]]:
    """The texts of a file by language, joined to documents of some sentences."""
    file = DATA / name
    if not file.exists():
        pytest.skip(f"{file} is not here")
    by: dict[str, list[str]] = defaultdict(list)
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        by[row["language"]].append(row["text"])
    return {
        name: [" ".join(texts[i : i + sentences]) for i in range(0, len(texts), sentences)]
        for name, texts in by.items()
    }


@pytest.mark.parametrize(
    ("name", "code"), [("indonesian", "id"), ("javanese", "jv"), ("sundanese", "su"), ("english", "en")]
)
def test_real_documents(name: str, code: str) -> None:
    found = languages(documents("language_sentences.jsonl", 6)[name])
    assert found.count(code) / len(found) >= 0.97


def test_real_malay_is_not_called_indonesian() -> None:
    found = languages(documents("language_udhr.jsonl", 6)["malay"])
    assert found.count("ms") == len(found)


@pytest.mark.parametrize("name", ["acehnese", "balinese", "buginese", "madurese"])
def test_real_regional_languages_are_not_called_indonesian(name: str) -> None:
    found = languages(documents("language_sentences.jsonl", 6)[name])
    assert found.count("id") == 0
