from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from curation.dedup import facts
from curation.dedup.facts import compare, compare_pairs, is_template

Backends = pytest.mark.parametrize("backend", ["numba", "datasketch"])

#: An invented story: a lead, three paragraphs of background, an end.
LEAD = "Warga Desa Sukamaju mulai membangun jembatan gantung baru di atas Sungai Ciliman sejak Senin pagi."
BACKGROUND = [
    "Jembatan lama hanyut terbawa banjir bandang pada Januari lalu. Sejak itu anak sekolah harus menyeberang dengan "
    "rakit bambu, dan petani memikul hasil panen lewat jalan memutar sejauh tujuh kilometer.",
    "Kepala desa Rahmat Wijaya mengatakan dana pembangunan berasal dari iuran warga dan bantuan pemerintah kabupaten. "
    "Menurut dia pekerjaan ditargetkan selesai sebelum musim hujan tiba.",
    "Banjir serupa pernah merusak jembatan yang sama sepuluh tahun silam. Ketika itu perbaikan memakan waktu hampir "
    "dua tahun karena bahan bangunan sulit diangkut ke desa.",
]
STORY = "\n".join([LEAD, *BACKGROUND])
REWORDED = STORY.replace("mengatakan", "menyebut").replace("silam", "lalu").replace("Ketika itu", "Saat itu")
NEW_LEAD = "\n".join(
    [
        "Bupati Lebak meresmikan sekolah dasar yang direnovasi di Kecamatan Malingping, Kamis siang. Di hadapan para "
        "guru ia berjanji bahwa akses jalan ke desa terpencil akan menjadi perhatian utama tahun depan.",
        *BACKGROUND[:2],
        "Para orang tua murid berharap janji tersebut segera diwujudkan. Mereka khawatir rakit yang dipakai selama ini "
        "tidak lagi aman bila arus sungai kembali deras pada akhir tahun.",
    ]
)
MOVED = "\n".join([BACKGROUND[2], LEAD, *BACKGROUND[:2]])


@Backends
@pytest.mark.parametrize(
    ("one", "two", "swaps"),
    [
        ("bayar Rp100 saja", "bayar Rp 100 saja", (0, 0)),
        ("ada 20 ribu rumah", "ada 20.000 rumah", (0, 0)),
        ("ada 8 juta rumah", "ada 8.000.000 rumah", (0, 0)),
        ("ada 20 ribu rumah", "ada 30.000 rumah", (1, 0)),
        ("naik 0,5 persen", "naik 5 persen", (1, 0)),
        ("pukul 07.00 pagi", "pukul 07.30 pagi", (1, 0)),
        ("warga Kota Palu lagi", "warga Kota Ambon lagi", (0, 1)),
        # names in another sentence stand in no name's place
        ("lalu Budi Hartono pulang lagi", "lalu hujan turun deras di Kota Ambon sejak siang lagi", (0, 0)),
        ("lalu 5 orang pulang lagi", "lalu hujan turun deras di tempat 7 keluarga itu lagi", (1, 0)),
    ],
)
def test_what_counts_as_a_swap(one: str, two: str, swaps: tuple[int, int], backend: str) -> None:
    counts = compare_pairs(pa.array([one, two]), np.array([0]), np.array([1]), backend)
    assert (int(counts.swapped_numbers[0]), int(counts.swapped_names[0])) == swaps


@Backends
def test_a_copy_replaces_little_and_another_story_much(backend: str) -> None:
    stories = pa.array([STORY, REWORDED, STORY.replace(BACKGROUND[1], ""), NEW_LEAD, MOVED])
    counts = compare_pairs(stories, np.zeros(5, np.int64), np.arange(5), backend)
    same, reworded, cut, new_lead, moved = (
        dict(zip(("words", "replaced", "aligned"), row, strict=True))
        for row in np.transpose([counts.words, counts.replaced, counts.aligned]).tolist()
    )
    assert same["replaced"] == 0
    assert same["aligned"] == same["words"]
    # three words stand for three others, and parts of their sentences are too short to be seen
    assert 3 <= reworded["replaced"] <= reworded["words"] * 0.05
    assert reworded["aligned"] >= reworded["words"] * 0.9
    assert cut["replaced"] == 0
    assert cut["aligned"] == cut["words"]
    assert new_lead["replaced"] >= new_lead["words"] * 0.3
    # what was moved stands in no place of its own
    assert moved["replaced"] <= moved["words"] * 0.05
    assert moved["aligned"] <= moved["words"] * 0.8


@Backends
@pytest.mark.parametrize(
    ("one", "two", "replaced", "aligned"),
    [
        ("", "satu dua", 0, 0),
        ("satu", "satu", 0, 1),
        ("satu dua", "tiga empat lima", 2, 0),
        # three equal words between two passages belong to them, four part them
        ("aa ab 1 2 3 ac ad ae", "ba 1 2 3 bb", 5, 0),
        ("aa ab 1 2 3 4 ac ad ae", "ba 1 2 3 4 bb", 2, 4),
        # the common beginning and end are aligned however short they are
        ("1 aa 2", "1 ba bb 2", 1, 2),
        # additions and cuts replace nothing
        ("1 2 3 4 5 6 7 8", "1 2 3 4 aa ab 5 6 7 8", 0, 8),
        ("aa 1 2 3 4 5 6 7 8 ab", "1 2 3 4 ac 5 6 7 8", 0, 8),
    ],
)
def test_what_counts_as_replaced(one: str, two: str, replaced: int, aligned: int, backend: str) -> None:
    for pair in ([one, two], [two, one]):
        counts = compare_pairs(pa.array(pair), np.array([0]), np.array([1]), backend)
        assert (int(counts.replaced[0]), int(counts.aligned[0])) == (replaced, aligned)


@Backends
def test_names_are_compared_up_to_a_limit(backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "LETTERS", 5)
    bodies = pa.array(["di Sukamaju lagi", "di Sukamenanti lagi", "di Sumberjo lagi"])
    found = compare_pairs(bodies, np.array([0, 0]), np.array([1, 2]), backend)
    assert found.swapped_names.tolist() == [0, 1]


@Backends
def test_long_texts_are_compared_up_to_a_limit(backend: str, news: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "LONGEST", 1000)
    words = news.text(4, 30_000).split(" ")
    one, two = list(words), list(words)
    one[0], two[0] = "mulai", "awal"
    one[-1], two[-1] = "selesai", "tamat"
    for at in (500, 900, 1500, 29_000):
        one[at], two[at] = str(at), str(at + 1)
    bodies = pa.array([" ".join(one), " ".join(two)])
    [row] = np.transpose(compare_pairs(bodies, np.array([0]), np.array([1]), backend)).tolist()
    # only the first thousand words are laid side by side, with three differences
    assert row == [30_000, 8, 0, 2, 0, 3, 997]


@Backends
def test_no_pairs(backend: str) -> None:
    none = np.array([], np.int64)
    for bodies in (pa.array([], pa.string()), pa.chunked_array([], pa.string()), pa.array(["a"])):
        assert np.array_equal(compare_pairs(bodies, none, none, backend), np.zeros((7, 0)))


@Backends
def test_a_row_that_is_not_there(backend: str) -> None:
    for row in (-1, 1):
        with pytest.raises(IndexError, match="of 1 bodies"):
            compare_pairs(pa.array(["a"]), np.array([0]), np.array([row]), backend)


def test_the_reference_needs_no_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "numba"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "numba", None)
    monkeypatch.delitem(sys.modules, "curation.dedup.kernels.facts")
    bodies = pa.array(["Beras Rp14.000 per kilo", "Beras Rp15.500 per kilo"])
    assert compare_pairs(bodies, np.array([0]), np.array([1]), "datasketch").swapped_numbers.tolist() == [1]


def test_arrays_are_judged_like_single_pairs() -> None:
    days = [("Senin", "14.000", "Palu"), ("Rabu", "15.500", "Ambon"), ("Jumat", "15.500", "Ambon")]
    texts = [
        f"Harga beras pada hari {day} Rp{price} per kilo. Cabai naik di {place}, kata Sri Lestari dari {place}."
        for day, price, place in days
    ]
    rows = np.arange(3)
    counts = compare_pairs(pa.array(texts), np.repeat(rows, 3), np.tile(rows, 3), "datasketch")
    judged = is_template(counts.words, counts.swapped_numbers, counts.swapped_names)
    assert judged.tolist() == [compare(one, two).is_template for one in texts for two in texts]
    assert set(judged.tolist()) == {True, False}
