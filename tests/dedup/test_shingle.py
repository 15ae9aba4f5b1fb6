from __future__ import annotations

import unicodedata

import numpy as np
import pytest
import xxhash
from datasketch import MinHash
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.dedup.datasketch import from_datasketch, signatures, to_datasketch
from curation.dedup.shingle import shingle_hashes, shingles

ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=300)


def naive_minhash(text: str) -> MinHash:
    """The spec as one would write it with public packages alone."""
    minhash = MinHash(
        num_perm=128, seed=1, scheme="affine32", hashfunc=lambda b: xxhash.xxh64_intdigest(b) & 0xFFFFFFFF
    )
    for shingle in shingles(text):
        minhash.update(shingle.encode())
    return minhash


@settings(max_examples=150, deadline=None)
@given(st.lists(ANY_TEXT, min_size=1, max_size=5))
def test_signatures_equal_naive_use_of_datasketch(texts: list[str]) -> None:
    rows = signatures([shingle_hashes(text) for text in texts])
    assert rows.dtype == np.uint32
    assert rows.shape == (len(texts), 128)
    for text, row in zip(texts, rows, strict=True):
        assert np.array_equal(row, naive_minhash(text).hashvalues)


def test_signatures_equal_naive_use_on_words_of_many_scripts() -> None:
    text = "Pasar İstanbul ΟΔΥΣΣΕΥΣ 𐐀𐐁 Ⱥbad 日本語 naïve cafe\u0301 jum'at 5,2 " * 9
    [row] = signatures([shingle_hashes(text)])
    assert np.array_equal(row, naive_minhash(text).hashvalues)


@given(ANY_TEXT)
def test_composed_and_decomposed_text_have_the_same_shingles(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert np.array_equal(shingle_hashes(text), shingle_hashes(decomposed))


@given(ANY_TEXT)
def test_hashes_are_distinct(text: str) -> None:
    hashes = shingle_hashes(text)
    assert len(set(hashes.tolist())) == len(hashes) <= len(shingles(text))


def test_number_of_shingles() -> None:
    assert shingles("") == shingles(" - ... ") == []
    assert len(shingles("satu dua tiga empat")) == 1
    assert len(shingles("satu dua tiga empat lima")) == 1
    assert len(shingles("satu dua tiga empat lima enam")) == 2


def test_there_and_back_to_datasketch() -> None:
    [row] = signatures([shingle_hashes("Banjir merendam tiga kecamatan di hilir sungai")])
    assert np.array_equal(from_datasketch(to_datasketch(row.tolist())), row)


@pytest.mark.parametrize("other", [MinHash(num_perm=64), MinHash(seed=2), MinHash(scheme="legacy")])
def test_a_minhash_of_another_spec_is_refused(other: MinHash) -> None:
    with pytest.raises(ValueError, match="affine32"):
        from_datasketch(other)


def test_to_datasketch_estimates_like_datasketch() -> None:
    one, two = "Warga mengungsi ke balai desa " * 3, "Warga mengungsi ke balai desa sejak malam " * 3
    rows = signatures([shingle_hashes(one), shingle_hashes(two)])
    ours = to_datasketch(rows[0]).jaccard(to_datasketch(rows[1]))
    assert ours == naive_minhash(one).jaccard(naive_minhash(two))
    assert 0 < ours < 1
