"""The kernel of the facts counts like the reference, whatever the texts."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from curation.dedup import facts
from curation.dedup.facts import Counts, compare_pairs
from curation.dedup.kernels import facts as facts_kernel

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
    assert (found.aligned + found.replaced <= found.words).all()
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
        patch.setattr(facts, "ALIGNED", local)
        patch.setattr(facts, "LONGEST", longest)
        patch.setattr(facts, "LETTERS", 4)
        assert_same(pa.array([" ".join(one), " ".join(two)]))


@given(st.randoms(use_true_random=False), st.integers(0, 12), st.integers(1, 30))
def test_kernel_compares_edited_news_like_the_reference(draw: random.Random, edits: int, sentences: int) -> None:
    body = " ".join(sentence(draw) for _ in range(sentences))
    template = " ".join(sentence(draw) for _ in range(sentences))
    page = f"{template}\n{body}\n{template}"
    assert_same(pa.array([body, edited(body, draw, edits), template, page], pa.large_string()))


@given(st.randoms(use_true_random=False), st.integers(1, 300), st.integers(1, 300), st.integers(2, 400))
def test_however_far_from_the_diagonal_an_alignment_runs(draw: random.Random, a: int, b: int, kinds: int) -> None:
    one, two = ([f"k{draw.randrange(kinds)}" for _ in range(words)] for words in (a, b))
    moved = one[a // 2 :] + one[: a // 2]
    cut = one[: a // 5] + one[a // 2 :]
    assert_same(pa.array([" ".join(words) for words in (one, two, moved, cut, [*two, *one, *two], one + one)]))


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


def test_edges() -> None:
    texts = ["", " .,\n ", "satu", "Rp5", "lima Enam 7", "lima Enam 7", "delapan Sembilan 10", "\x00\x00Kota\x00 5"]
    found = assert_same(pa.array([*texts, None]))
    same = found.words.reshape(9, 9).diagonal()
    assert same.tolist() == [0, 0, 1, 2, 3, 3, 3, 2, 0]
    assert found.swapped_numbers.reshape(9, 9)[4].tolist() == [0, 0, 0, 1, 0, 0, 1, 1, 0]
    assert found.equal_numbers.reshape(9, 9)[4, 4] == 1


def test_a_kernel_pair_of_thirty_thousand_words_with_little_in_common() -> None:
    draw = random.Random(5)
    texts = [" ".join(draw.choice(["Ani", "lalu", "5", "6", str(draw.randrange(9999))]) for _ in range(30_000))] * 2
    texts[1] = " ".join(reversed(texts[1].split()))
    found = compare_pairs(pa.array(texts), np.array([0, 1]), np.array([1, 1]), "numba")
    assert found.words.tolist() == [30_000, 30_000]
    assert found.equal_numbers[0] == found.equal_numbers[1] == found.numbers[0]
    assert found.swapped_numbers[0] > 100
    assert found.swapped_numbers[1] == 0


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
    for name, size in (("PAIRS", 7), ("SLICE", 900), ("SLICE", 1)):
        monkeypatch.setattr(facts_kernel, name, size)
        for threads in (1, 3):
            assert np.array_equal(compare_pairs(bodies, first, second, "numba", threads), expected)
