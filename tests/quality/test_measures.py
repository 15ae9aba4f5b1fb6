from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import curation.quality
from curation import schema
from curation.quality import FORM, KINDS, MEASURES, measures
from curation.quality.form import (
    letter_share,
    mojibake,
    repetition,
    sentence_ends,
    short_lines,
    stop_words,
    symbols,
    title_overlap,
    word_length,
)
from curation.quality.form.ink import ink
from curation.quality.measure import Measure, try_measure
from curation.quality.text import count, n_words

NEWS = (
    "Pemerintah Kota Rantaubatu akan memindahkan 212 pedagang ke pasar baru pada akhir bulan ini. Wali kota "
    'mengatakan sewa kios digratiskan selama enam bulan. "Kami tidak ingin pedagang rugi karena pindah," katanya.'
)


def documents(*bodies: str, titles: list[str | None] | None = None) -> pa.Table:
    body = pa.array(bodies, pa.string())
    return pa.table(
        {
            "id": [f"{i:02d}" for i in range(len(bodies))],
            "title": pa.array(titles or [None] * len(bodies), pa.string()),
            "body": body,
            "language": pa.array(["id"] * len(bodies), pa.string()),
            "n_words": n_words(body),
            "n_chrome": pa.nulls(len(bodies), pa.int32()),
        }
    )


def test_registry_schema_and_files_agree() -> None:
    names = [one.name for one in MEASURES]
    assert schema.table_schema("measures").names() == ["id", *names]
    columns = schema.table_schema("measures").columns[1:]
    assert all(column.type == "float64" and column.nullable for column in columns)


@pytest.mark.parametrize(("shelf", "some", "shared"), [("form", FORM, {"ink"}), ("kinds", KINDS, {"marks"})])
def test_a_measure_a_file(shelf: str, some: tuple[Measure, ...], shared: set[str]) -> None:
    folder = Path(curation.quality.__file__).parent / shelf
    assert {path.stem for path in folder.glob("*.py")} - {"__init__"} - shared == {one.name for one in some}
    assert {one.group for one in some} == {shelf}


@pytest.mark.parametrize("one", MEASURES, ids=lambda one: one.name)
def test_every_measure_is_documented(one: Measure) -> None:
    assert one.summary.endswith(".")
    assert ">>>" in one.doc
    assert one.unit


def test_table_of_measures() -> None:
    table = measures(documents(NEWS, "", "12,5 - 7", titles=["Pasar Pindah", None, ""]))
    assert table.schema == schema.arrow_schema("measures")
    first, empty, numbers = table.to_pylist()
    assert first["word_count"] == n_words(pa.array([NEWS]))[0].as_py()
    assert 0.1 < first["stop_words"] < 0.35
    assert 3 < first["sentence_ends"] < 12
    assert first["letter_share"] > 0.9
    assert [first[name] for name in ("repetition", "mojibake", "paywall", "gambling")] == [0, 0, 0, 0]
    assert [first[one.name] for one in KINDS] == [0] * len(KINDS)
    assert empty["word_count"] == 0
    assert empty["stop_words"] is None
    assert empty["sentence_ends"] is None
    assert empty["repetition"] is None
    assert numbers["letter_share"] == 0


def test_no_documents() -> None:
    assert measures(documents()).num_rows == 0


@settings(max_examples=15)  # all measures, up to eight times over
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=120), min_size=2, max_size=6))
def test_a_measure_depends_on_its_document_alone(bodies: list[str]) -> None:
    """Whole, chunked, and one by one."""
    table = documents(*bodies)
    whole = measures(table)
    apart = pa.concat_tables([measures(table.slice(i, 1)) for i in range(len(bodies))])
    chunked = measures(pa.concat_tables([table.slice(0, 1), table.slice(1)]))
    assert apart.to_pylist() == whole.to_pylist() == chunked.to_pylist()


@settings(max_examples=40)
@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_shares_are_shares(body: str) -> None:
    [row] = measures(documents(body)).to_pylist()
    for name in ("letter_share", "repetition", "short_lines", "title_overlap", "table", "lyrics", "indonesian"):
        assert row[name] is None or 0 <= row[name] <= 1, name
    for name in ("stop_words", "sentence_ends", "mojibake", "symbols", "word_length", "gambling"):
        assert row[name] is None or row[name] >= 0, name


def test_word_with_hyphen_or_apostrophe_is_one() -> None:
    bodies = ["Kupu-kupu hinggap.", "salat Jum'at", "— * —", "Rp 12.500", "pukul 07.30", "ke-3"]
    assert n_words(pa.array(bodies)).to_pylist() == [2, 2, 0, 2, 2, 1]


def test_sentences_end_in_quotes_brackets_and_glued_text() -> None:
    ends = [
        'Ia setuju. "Saya siap," katanya. "Mari mulai." Rapat ditutup (pukul tiga).',
        "Ia setuju.Katanya siap.Rapat ditutup.Semua pulang.",
        "Ia setuju.,Katanya siap.,Rapat ditutup.,Semua pulang.",
        "Ia setuju\nKatanya siap\nNilainya 3.500 dan 12.5",
    ]
    assert [try_measure(sentence_ends, text) or 0 for text in ends[3:]] == [0]
    for text in ends[:3]:
        value = try_measure(sentence_ends, text)
        assert value is not None
        assert round(value * n_words(pa.array([text]))[0].as_py() / 100) == 4


def test_function_words_count_whole_words_in_any_case() -> None:
    assert try_measure(stop_words, "Yang dingin di Dieng") == 0.5
    assert try_measure(stop_words, "diam dandan yangko") == 0


def test_punctuation_is_no_word_without_a_letter() -> None:
    assert try_measure(letter_share, "- kabar : baik ( sekali ) ***") == 1
    assert try_measure(letter_share, "7 9 kabar baik") == 0.5


def test_repeated_lines_and_sentences() -> None:
    twice = f"{NEWS}\n\n{NEWS}"
    assert try_measure(repetition, twice) == pytest.approx(0.5, abs=0.01)
    assert try_measure(repetition, f"{NEWS} {NEWS}") == pytest.approx(0.5, abs=0.01)
    assert try_measure(repetition, NEWS) == 0


@pytest.mark.parametrize("broken", ["â€œ", "â€™", "Ã©", "‚Äî", "¬†", "\ufffd"])
def test_broken_characters(broken: str) -> None:
    assert try_measure(mojibake, f"kafe{broken}itu") > 0  # type: ignore[operator]


def test_signs_of_other_languages_are_not_broken() -> None:
    assert try_measure(mojibake, "São Paulo, Ângela, naïve, “kutipan”, 30 °C, 5 × 3, ¬") == 0


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=40)), st.integers(0, 3))
def test_ink_is_what_is_no_blank(some: list[str], start: int) -> None:
    texts = pa.array(some, pa.string()).slice(start)
    length = [float(len(text)) for text in texts.to_pylist()]
    blank = count(texts, r"\s").to_pylist()
    assert ink(texts).to_pylist() == [whole - part for whole, part in zip(length, blank, strict=True)]


def test_numbers_are_counted_as_words_are() -> None:
    for text in ("naik 12.500-13.000 pada 7/8", "pukul 07.30", "21-19, 18-21", "5G 4x4 ke-3 25an Rp2.000", "1 2 3"):
        numbers = [word for word in text.replace("/", " ").replace(",", " ").split() if word[0].isdigit()]
        plain = sum(not any(letter.isalpha() for letter in word) for word in numbers)
        words = n_words(pa.array([text]))[0].as_py()
        assert try_measure(letter_share, text) == 1 - plain / words, text


def test_words_run_together_are_long() -> None:
    whole, glued = try_measure(word_length, NEWS), try_measure(word_length, NEWS.replace(" ", ""))
    assert whole is not None
    assert glued is not None
    assert 5 < whole < 8 < 40 < glued


def test_symbols_are_no_marks_of_sentences() -> None:
    assert try_measure(symbols, "Naik 5% (kata dia): \"mahal\"; Rp 2.000/kg – lihat… 'ya' & “tidak”!") == 0
    assert try_measure(symbols, "★★★ promo 🔥 | klik » #hemat") == 7 * 100 / 3


def test_short_lines_by_their_letters() -> None:
    assert try_measure(short_lines, NEWS) == 0
    assert try_measure(short_lines, "Beranda\nEkonomi\n\nOlahraga") == 1
    assert try_measure(short_lines, "") is None


@pytest.mark.parametrize(
    ("title", "share"),
    [
        ("Pedagang Pasar Dipindahkan", 2 / 3),
        ("PEDAGANG Rantaubatu", 1),
        ("Harga Cabai Turun", 0),
        ("212 di ke", None),
        (None, None),
    ],
)
def test_title_in_the_body(title: str | None, share: float | None) -> None:
    assert try_measure(title_overlap, NEWS, title) == share


def test_a_loop_without_end_is_repetition() -> None:
    loop = "dan para petani juga dan para warga " * 30
    assert try_measure(repetition, f"{NEWS} {loop}") > 0.6  # type: ignore[operator]
    # a long sentence by itself is none
    words = " ".join(f"kata{i}" for i in range(200))
    assert try_measure(repetition, words) == 0


def test_letters_changed_at_random_are_broken() -> None:
    broken = "Pe½agang pasar la¤a meno§ak pin×ah ke ge¿ung baru di tep¶ kota"
    assert try_measure(mojibake, broken) > 3  # type: ignore[operator]
    assert try_measure(mojibake, "Müller dan Dvořáček makan crème brûlée 5 × 3 cm, § 7, © Warta, 10 €") == 0
