"""The kernel against datasketch and Python: equal bits for any text whatever."""

from __future__ import annotations

import random
import sys
import unicodedata
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import xxhash
from datasketch import MinHash
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.dedup.kernels.letters import COVERED, OUTSIDE, letters
from curation.dedup.kernels.shingles import count_shared
from curation.dedup.kernels.tokens import SLACK
from curation.dedup.kernels.xxh64 import LANES, SIDE_BY_SIDE, xxh64_low32, xxh64_of_slices
from curation.dedup.sets import shingle_sets, stop_shingles
from curation.dedup.shingle import shingle_hashes, shingles, words
from curation.dedup.signature import sign

#: letters, marks, digits and joiners of many scripts, dense enough that words and shingles form
_LETTERS = st.one_of(
    st.sampled_from("abcXYZ019_ \n,.—“”é"),
    st.sampled_from("İıſKΣσςⱥȺ\u0301\u0345가\u1161\u11a8ﬁ𐐀😀日²½٣\u00ad\u200d\ufeff\x00"),
    st.characters(codec="utf-8"),
)
ANY_TEXT = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=200),
    st.text(_LETTERS, max_size=200),
    st.lists(st.text(_LETTERS, min_size=1, max_size=6), max_size=40).map(" ".join),
)


def by_datasketch(text: str) -> MinHash:
    """The spec as one would write it with public packages alone."""
    minhash = MinHash(
        num_perm=128, seed=1, scheme="affine32", hashfunc=lambda b: xxhash.xxh64_intdigest(b) & 0xFFFFFFFF
    )
    for shingle in shingles(text):
        minhash.update(shingle.encode())
    return minhash


def documents(texts: list[str]) -> pa.Table:
    ids = [f"d{i:04d}" for i in range(len(texts))]
    return pa.table({"id": ids, "body": pa.array(texts, pa.string()), "text_sha256": ids})


@settings(max_examples=400)
@given(st.lists(ANY_TEXT, max_size=6))
def test_signatures_equal_those_of_datasketch_for_any_text(texts: list[str]) -> None:
    signed = sign(documents(texts))["signature"].to_pylist()
    for text, row in zip(texts, signed, strict=True):
        expected = by_datasketch(text).hashvalues.tolist() if shingles(text) else []
        assert np.frombuffer(row, "<u4").tolist() == expected


@pytest.mark.parametrize("letter", ["a", "Z", "7", "é", "日", "😀", "𐐀", "İ", "Ⱥ"])
def test_words_of_any_length_at_any_place(letter: str) -> None:
    texts = [f"{' ' * place}{letter * length} kata{letter}" for length in range(1, 140) for place in (0, 1, 7, 63)]
    texts += [" ".join(letter * length for length in range(first, first + 9)) for first in range(1, 60)]
    sets = shingle_sets(pa.array(texts))
    for number, text in enumerate(texts):
        assert sets[number].tolist() == shingle_hashes(text).tolist(), text


@settings(max_examples=200)
@given(st.lists(ANY_TEXT, max_size=6), st.lists(ANY_TEXT, max_size=2), st.integers(1, 3))
def test_backends_agree(texts: list[str], chrome: list[str], threads: int) -> None:
    texts = [text + line for text in texts for line in ("", *chrome)]
    stops = stop_shingles(chrome)
    one = sign(documents(texts), stops, "numba", threads)
    assert one.equals(sign(documents(texts), stops, "datasketch"))


def test_every_letter_of_the_table_is_pythons() -> None:
    table = letters()
    for code in np.flatnonzero(table != OUTSIDE).tolist():
        one = chr(code)
        expected = words(f"a{one}b")
        assert expected == ([f"a{chr(table[code])}b"] if table[code] else ["a", "b"]), hex(code)


@pytest.mark.slow
def test_no_letter_of_the_table_changes_its_neighbours() -> None:
    inside = [chr(code) for code in np.flatnonzero(letters() != OUTSIDE).tolist()]
    text = "".join(inside)
    assert unicodedata.is_normalized("NFC", text)
    draw = random.Random(3)
    for _ in range(20):
        draw.shuffle(inside)
        text = "".join(inside)
        assert unicodedata.normalize("NFC", text) == text
        assert text.lower() == "".join(one.lower() for one in inside)


def test_what_the_table_leaves_out_is_little() -> None:
    left_out = np.count_nonzero(letters() == OUTSIDE)
    assert letters().shape == (COVERED,)
    assert left_out < 4_000
    ordinary = " \n\t“”‘’–—…•·°€£©é è ñ ü Ç 😀 👍 日本 Привет مرحبا"
    assert all(letters()[ord(one)] != OUTSIDE for one in ordinary)


@settings(max_examples=300)
@given(st.lists(st.binary(max_size=60), min_size=1, max_size=5))
def test_bytes_that_are_no_utf8_neither_crash_nor_leak_into_others(chunks: list[bytes]) -> None:
    data = b"".join(chunks)
    ends = np.cumsum([0, *map(len, chunks)]).astype(np.int64)
    texts = pa.LargeStringArray.from_buffers(len(chunks), pa.py_buffer(ends.tobytes()), pa.py_buffer(data))
    sets = shingle_sets(texts)
    for number, chunk in enumerate(chunks):
        assert sets[number].tolist() == shingle_hashes(chunk.decode("utf-8", "replace")).tolist()


@pytest.mark.parametrize("cut", range(1, 4))
def test_a_text_that_ends_inside_a_letter(cut: int) -> None:
    data = ("Kota hujan 😀".encode()[:-cut]) + b"rahasia tetangga"
    ends = np.array([0, len(data) - 16, len(data)], np.int64)
    texts = pa.LargeStringArray.from_buffers(2, pa.py_buffer(ends.tobytes()), pa.py_buffer(data))
    assert shingle_sets(texts)[0].tolist() == shingle_hashes("Kota hujan").tolist()


@given(st.binary(max_size=120))
def test_hash_is_xxh64(data: bytes) -> None:
    array = np.frombuffer(data + b"x" * SLACK, np.uint8)
    low = xxh64_low32(np.uint64(array.ctypes.data), np.uint64(len(data)))
    assert low == xxhash.xxh64_intdigest(data) & 0xFFFFFFFF


@given(st.lists(st.integers(0, 90), min_size=1, max_size=3 * SIDE_BY_SIDE), st.integers(1, 3))
def test_hashes_of_slices_side_by_side_are_xxh64(lengths: list[int], step: int) -> None:
    ends = np.cumsum([0, *(length + 1 for length in lengths)]).astype(np.int64)
    data = random.Random(len(lengths)).randbytes(int(ends[-1]) + SLACK)
    count = max(0, len(lengths) - step + 1)
    hashes = np.empty(count + SIDE_BY_SIDE, np.uint32)
    address = np.uint64(np.frombuffer(data, np.uint8).ctypes.data)
    xxh64_of_slices(address, ends, step, count, np.empty((LANES, SIDE_BY_SIDE), np.uint64), hashes)
    slices = [data[ends[i] : ends[i + step] - 1] for i in range(count)]
    assert hashes[:count].tolist() == [xxhash.xxh64_intdigest(one) & 0xFFFFFFFF for one in slices]


def test_a_text_of_a_million_words() -> None:
    draw = random.Random(1)
    text = " ".join(f"kata{draw.randrange(3000)}" for _ in range(1_000_000))
    assert np.array_equal(np.sort(shingle_sets(pa.array([text, "Ya."]))[0]), np.sort(shingle_hashes(text)))


def test_stop_shingles_give_the_text_without_chrome(news: Any) -> None:
    chrome = ["Ikuti saluran kami untuk kabar pilihan setiap hari", "Baca berita lain hanya di Warta Rawa"]
    stops = stop_shingles([*chrome, "terlalu pendek"])
    plain = news.text(1)
    first, rest = plain[:100].rsplit(" ", 1)[0], plain[len(plain[:100].rsplit(" ", 1)[0]) :]
    for dirty in (f"{chrome[0]}\n{plain}", f"{first} {chrome[1].upper()}!{rest}", f"{plain} {chrome[0]} {chrome[1]}"):
        for backend in ("numba", "datasketch"):
            sets = shingle_sets(pa.array([dirty, plain]), stops, backend)
            assert sets[0].tolist() == sets[1].tolist() == shingle_hashes(plain).tolist()
    assert shingle_sets(pa.array([chrome[0]]), stops).offsets.tolist() == [0, 0]


def test_nulls_slices_and_chunks() -> None:
    texts = pa.chunked_array([["nol", "satu dua", None], ["tiga"]]).slice(1)
    assert np.diff(shingle_sets(texts).offsets).tolist() == [1, 0, 1]
    assert shingle_sets(pa.array([], pa.string())).offsets.tolist() == [0]
    assert shingle_sets(pa.array(["", ""])).offsets.tolist() == [0, 0, 0]
    assert sys.maxunicode > COVERED


SETS = st.lists(st.lists(st.integers(0, 15), max_size=9, unique=True), min_size=2, max_size=7)


@settings(max_examples=300)
@given(SETS, st.data())
def test_what_sets_share_is_counted_and_with_only_most_no_greatest_share_is_given_up(
    given: list[list[int]], data: st.DataObject
) -> None:
    one = st.tuples(st.integers(0, len(given) - 1), st.integers(0, len(given) - 1))
    pairs = data.draw(st.lists(one, min_size=1, max_size=20))
    hashes = np.array([value for part in given for value in sorted(part)], np.uint32)
    offsets = np.cumsum([0, *map(len, given)])
    first, second = np.array(pairs, np.int64).T
    shared = [len({*given[a]} & {*given[b]}) for a, b in pairs]
    assert count_shared(hashes, offsets, first, second).tolist() == shared
    shares = [n / max(min(len(given[a]), len(given[b])), 1) for n, (a, b) in zip(shared, pairs, strict=True)]
    found = count_shared(hashes, offsets, first, second, only_most=True).tolist()
    for count, true, share in zip(found, shared, shares, strict=True):
        assert count == true or (count == -1 and share < max(shares))
