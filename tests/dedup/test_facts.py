from __future__ import annotations

import random
import sys
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from curation.dedup import facts
from curation.dedup.facts import Counts, compare, compare_pairs, is_template
from curation.dedup.kernels import facts as facts_kernel

Backends = pytest.mark.parametrize("backend", ["numba", "datasketch"])

#: Letters on which readers of words differ: folded thousands, raised and foreign digits, title case, a final sigma,
#: letters that grow or become ASCII in lower case, marks that end a sentence, code points of every length.
AWKWARD = 'aB1 .,:/_\n"“…²③٣é\u0301ÉßŞıİΣǅⅧⒶ\u212a\u023aЖ字ｱ😀🄰𝟙𐐀\x00\u00a0—\ufffd'
awkward = st.text(alphabet=AWKWARD, max_size=60)
figures = st.from_regex(r"(Rp)?[0-9]{1,4}([.,:/](0{2,4}|[0-9]{2,4})){0,3}(000)?(kg|²|_)?[.,]?", fullmatch=True)
few = st.lists(st.sampled_from(["Ani", "Ami", "Budi", "di", "5", "7", "1.000", "1000", "x", "."]), max_size=40)


def every_pair(bodies: Any) -> tuple[Any, Any]:
    rows = np.arange(len(bodies))
    return np.repeat(rows, len(rows)), np.tile(rows, len(rows))


def assert_same(bodies: Any, *pairs: Any) -> Counts:
    """The kernel's counts, which are the reference's."""
    first, second = pairs or every_pair(bodies)
    found, expected = (compare_pairs(bodies, first, second, backend) for backend in ("numba", "datasketch"))
    for name in Counts._fields:
        one, two = getattr(found, name), getattr(expected, name)
        assert one.dtype == two.dtype == np.int32
        assert one.tolist() == two.tolist(), name
    return found


def edited(body: str, draw: random.Random, edits: int) -> str:
    words = body.split(" ")
    for _ in range(edits):
        at = draw.randrange(len(words) + 1)
        put = draw.choice([[], ["Rp12.500"], ["17/8"], ["Siti", "Rahmah"], ["Sitti"], ["lalu"], ["Pasar.", "Warga"]])
        words[at : at + draw.randrange(4)] = put
    return " ".join(words)


def sentence(draw: random.Random) -> str:
    who = draw.choice(["Budi Hartono", "Sri Lestari", "Pak Camat", "warga Desa Sukamaju"])
    where = draw.choice(["Ambon", "Kota Palu", "Pasar Wage", "Sungai Kapuas"])
    return (
        f"Harga beras di {where} Rp{draw.randrange(10, 16)}.{draw.randrange(10)}00 per kilogram, kata {who}, "
        f"{draw.choice(['Senin', 'Selasa'])} ({draw.randrange(1, 29)}/{draw.randrange(1, 13)}/2026)."
    )


@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_kernel_counts_like_the_reference_in_any_script(texts: list[str]) -> None:
    assert_same(pa.array([text.encode("utf-8", "replace").decode() for text in texts]))


@given(st.lists(awkward, min_size=2, max_size=4))
@example(["Ⓐb 1. ΑΣ Κ", "x Σ 1", "12km km 12Km 1.000²x", "_B C _\nD _ E", "a 1\x00B 2"])
def test_kernel_reads_awkward_letters_like_the_reference(texts: list[str]) -> None:
    assert_same(pa.array(texts))


@given(st.lists(st.lists(figures, max_size=12).map(" ".join), min_size=2, max_size=3))
def test_kernel_reads_figures_like_the_reference(texts: list[str]) -> None:
    assert_same(pa.array(texts))


@given(few, few, st.integers(1, 6), st.integers(1, 12))
def test_of_equally_long_alignments_the_kernel_takes_the_reference_s(
    one: list[str], two: list[str], local: int, longest: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(facts, "LOCAL", local)
        patch.setattr(facts, "LOCAL_NAMES", local - 1)
        assert_same(pa.array([" ".join(one), " ".join(two)]))
        patch.setattr(facts, "LONGEST", longest)
        patch.setattr(facts, "LETTERS", 4)
        assert_same(pa.array([" ".join(one), " ".join(two)]))


@given(st.randoms(use_true_random=False), st.integers(0, 12), st.integers(1, 30))
def test_kernel_compares_edited_news_like_the_reference(draw: random.Random, edits: int, sentences: int) -> None:
    body = " ".join(sentence(draw) for _ in range(sentences))
    template = " ".join(sentence(draw) for _ in range(sentences))
    page = f"{template}\n{body}\n{template}"
    assert_same(pa.array([body, edited(body, draw, edits), template, page], pa.large_string()))


@given(st.lists(st.binary(max_size=30) | awkward.map(str.encode), min_size=1, max_size=4))
@example([b"Kota A\xc3", b"Kota \xed\xa0\x80 5", b"\xf4\x90\x80\x80 B", b"x \xc0\xaf Y", b"satu \xf0\x9f 1"])
def test_malformed_bytes_read_as_replacement_characters(texts: list[bytes]) -> None:
    offsets = np.cumsum([0, *map(len, texts)], dtype=np.int32)
    bodies = pa.Array.from_buffers(
        pa.string(), len(texts), [None, pa.py_buffer(offsets), pa.py_buffer(b"".join(texts))]
    )
    found = assert_same(bodies)
    clean = pa.array([text.decode("utf-8", "replace") for text in texts])
    assert np.array_equal(found, compare_pairs(clean, *every_pair(clean), "numba"))


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


def test_edges() -> None:
    texts = ["", " .,\n ", "satu", "Rp5", "lima Enam 7", "lima Enam 7", "delapan Sembilan 10", "\x00\x00Kota\x00 5"]
    found = assert_same(pa.array([*texts, None]))
    same = found.words.reshape(9, 9).diagonal()
    assert same.tolist() == [0, 0, 1, 2, 3, 3, 3, 2, 0]
    assert found.swapped_numbers.reshape(9, 9)[4].tolist() == [0, 0, 0, 1, 0, 0, 1, 1, 0]
    assert found.equal_numbers.reshape(9, 9)[4, 4] == 1


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
    assert row == [30_000, 8, 0, 2, 0]


def test_a_kernel_pair_of_thirty_thousand_words_with_little_in_common() -> None:
    draw = random.Random(5)
    texts = [" ".join(draw.choice(["Ani", "lalu", "5", "6", str(draw.randrange(9999))]) for _ in range(30_000))] * 2
    texts[1] = " ".join(reversed(texts[1].split()))
    found = compare_pairs(pa.array(texts), np.array([0, 1]), np.array([1, 1]), "numba")
    assert found.words.tolist() == [30_000, 30_000]
    assert found.equal_numbers[0] == found.equal_numbers[1] == found.numbers[0]
    assert found.swapped_numbers[0] > 100
    assert found.swapped_numbers[1] == 0


@Backends
def test_names_are_compared_up_to_a_limit(backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "LETTERS", 5)
    bodies = pa.array(["di Sukamaju lagi", "di Sukamenanti lagi", "di Sumberjo lagi"])
    found = compare_pairs(bodies, np.array([0, 0]), np.array([1, 2]), backend)
    assert found.swapped_names.tolist() == [0, 1]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_chunks_slices_and_missing_bodies_do_not_matter(kind: pa.DataType) -> None:
    draw = random.Random(1)
    texts = [sentence(draw) if i % 4 else None for i in range(12)]
    whole = pa.array(texts, kind)
    parts = [whole.slice(0, 5), whole.slice(5, 0), pa.array([], kind), whole.slice(5, 1), whole.slice(6)]
    expected = assert_same(whole)
    assert np.array_equal(assert_same(pa.chunked_array(parts)), expected)
    padded = pa.concat_arrays([pa.array(["Kota Palu 5", "ß"], kind), whole, pa.array(["x"], kind)]).slice(2, 12)
    assert np.array_equal(assert_same(padded), expected)


def test_slices_and_threads_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(2)
    bodies = pa.array([edited(sentence(draw), draw, 3) + draw.choice(["", " İ"]) for _ in range(20)])
    first, second = every_pair(bodies)
    expected = compare_pairs(bodies, first, second, "numba")
    monkeypatch.setattr(facts_kernel, "SLICE", 900)
    for threads in (1, 3):
        assert np.array_equal(compare_pairs(bodies, first, second, "numba", threads), expected)


@Backends
def test_no_pairs(backend: str) -> None:
    none = np.array([], np.int64)
    for bodies in (pa.array([], pa.string()), pa.chunked_array([], pa.string()), pa.array(["a"])):
        assert np.array_equal(compare_pairs(bodies, none, none, backend), np.zeros((5, 0)))


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
    draw = random.Random(3)
    bodies = pa.array([" ".join(sentence(draw) for _ in range(draw.randrange(1, 4))) for _ in range(12)])
    first, second = every_pair(bodies)
    counts = assert_same(bodies)
    judged = is_template(counts.words, counts.swapped_numbers, counts.swapped_names)
    texts = bodies.to_pylist()
    assert judged.tolist() == [
        compare(texts[i], texts[j]).is_template for i, j in zip(first.tolist(), second.tolist(), strict=True)
    ]
    assert set(judged.tolist()) == {True, False}
