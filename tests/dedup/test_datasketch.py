"""Signatures as objects of datasketch and back: the same bits, and no others."""

from __future__ import annotations

import pickle
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
import xxhash
from datasketch import MinHash, MinHashLSH

import curation
from curation.dedup.datasketch import from_datasketch, lsh_index, signatures, to_datasketch
from curation.dedup.shingle import shingle_hashes, shingles
from curation.dedup.signature import sign


def by_hand(text: str) -> MinHash:
    """A MinHash as somebody with nothing but datasketch and xxhash makes it, after docs/shared-index.md."""
    minhash = MinHash(num_perm=128, seed=1, hashfunc=lambda data: xxhash.xxh64_intdigest(data) & 0xFFFFFFFF)
    for shingle in shingles(text):
        minhash.update(shingle.encode())
    return minhash


def test_stored_signatures_are_those_that_datasketch_makes(news: Any) -> None:
    texts = [news.text(1), "Kabar singkat.", news.text(2, 700), "Gempa terasa di Écija — 𝒳 dan İzmir ÀÉ"]
    for text, row in zip(texts, sign(news.bodies(*texts))["signature"].to_pylist(), strict=True):
        assert by_hand(text).hashvalues.astype("<u4").tobytes() == row
        assert from_datasketch(by_hand(text)).astype("<u4").tobytes() == row
        assert to_datasketch(row) == by_hand(text)


def test_there_and_back() -> None:
    rows = np.random.default_rng(3).integers(0, 1 << 32, (50, 128), dtype=np.uint32)
    rows[0], rows[1] = 0, (1 << 32) - 1
    for row in rows:
        for given in (row, row.tolist()):
            back = from_datasketch(to_datasketch(given))
            assert back.dtype == np.uint32
            assert np.array_equal(back, row)


def test_a_wrapped_signature_goes_on_as_it_was_made(news: Any) -> None:
    first, second = news.text(7), news.text(8)
    (row,) = sign(news.bodies(first))["signature"].to_pylist()
    minhash = pickle.loads(pickle.dumps(to_datasketch(row)))
    for shingle in shingles(second):
        minhash.update(shingle.encode())
    both = np.union1d(shingle_hashes(first), shingle_hashes(second))
    assert np.array_equal(minhash.hashvalues, signatures([both])[0])
    # all wrapped ones share their permutations: one must not have changed another
    assert to_datasketch(row) == by_hand(first)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"num_perm": 64}, "num_perm=64"),
        ({"seed": 2}, "seed=2"),
        ({"scheme": "affine64"}, "scheme='affine64'"),
        ({}, "SHA-1"),
    ],
)
def test_another_spec_is_refused(other: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        from_datasketch(MinHash(**{"num_perm": 128, "seed": 1, "scheme": "affine32", **other}))


def test_a_body_without_words_has_no_minhash(news: Any) -> None:
    (row,) = sign(news.bodies("..."))["signature"].to_pylist()
    with pytest.raises(ValueError, match="128 values, this one 0"):
        to_datasketch(row)


def test_an_index_of_datasketch_takes_them(news: Any) -> None:
    body = news.text(4, 400)
    rows = sign(news.bodies(body, news.reworded(body, 80), news.text(5, 400)))["signature"].to_pylist()
    ours, plain = lsh_index({"type": "dict"}, 25, 5), MinHashLSH(num_perm=128, params=(25, 5))
    for index in (ours, plain):
        for key, row in zip((b"a", b"b", b"c"), rows, strict=True):
            index.insert(key, to_datasketch(row))
        assert sorted(index.query(to_datasketch(rows[0]))) == [b"a", b"b"]


def test_the_public_names_are_loaded_when_they_are_used() -> None:
    assert curation.to_datasketch is to_datasketch
    assert curation.from_datasketch is from_datasketch
    code = (
        "import sys, curation; assert 'datasketch' not in sys.modules; "
        "curation.to_datasketch(range(128)); assert 'datasketch' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
