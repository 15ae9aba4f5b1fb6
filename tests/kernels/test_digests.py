"""The digests of texts by column are those of each text in NFC."""

from __future__ import annotations

import hashlib
import unicodedata

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.kernels import digests

#: what news holds, and what changes under NFC: combining marks, jamo, singletons, spaces that are others
TEXT = st.text(
    st.sampled_from("ae é–—“”…‰′\u2000\u2001\u2002\u2011\u203b\u0301\u0323\u1100\u1161\u212b\u0374Åđ😀京क़"), max_size=12
)


def expected(text: str | None) -> str | None:
    return None if text is None else hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


@given(st.lists(st.none() | TEXT, max_size=12), st.integers(0, 4))
def test_they_are_those_of_each_text(texts, start):
    column = pa.array(texts, pa.string())[start:]
    assert digests.text_digests(column).to_pylist() == [expected(text) for text in texts[start:]]
    chunked = pa.chunked_array([column, pa.array(texts, pa.string())], pa.string())
    assert digests.text_digests(chunked).to_pylist() == [expected(text) for text in [*texts[start:], *texts]]


@given(st.lists(st.none() | TEXT, max_size=12), st.integers(0, 4))
def test_those_of_bytes_are_of_the_text_as_it_stands(texts, start):
    column = pa.array(texts, pa.string())[start:]
    found = [text if text is None else hashlib.sha256(text.encode()).hexdigest() for text in texts[start:]]
    assert digests.byte_digests(column).to_pylist() == found
    assert digests.byte_digests(pa.chunked_array([column, column], pa.string())).to_pylist() == [*found, *found]


def test_no_text_that_changes_is_taken_for_one_in_nfc():
    """Each code point alone and behind a letter, whatever Unicode version Python has."""
    points = [chr(point) for point in range(0x110000) if not 0xD800 <= point < 0xE000]
    texts = [
        text for text in [*points, *("e" + point for point in points)] if unicodedata.normalize("NFC", text) != text
    ]
    assert len(texts) > 1000
    found = digests.text_digests(pa.array(texts)).to_pylist()
    assert found == [expected(text) for text in texts]


@pytest.mark.parametrize("rows", [499, 500, 501, 1501])
def test_rows_beyond_one_look_are_seen(rows):
    texts = ["kabar"] * (rows - 1) + ["kafe\u0301"]
    assert digests.text_digests(pa.array(texts)).to_pylist() == [expected(text) for text in texts]


@pytest.mark.parametrize("before", range(9))
def test_texts_may_lie_anywhere_in_memory(before):
    """Eight bytes are looked at together, wherever a text begins; what stands around it is none of its business."""
    text = "kafe\u0301 sore".encode()
    whole = pa.py_buffer(b"\xcc\x81" * before + b"." * before + text + b"\xcc\x81")
    ends = pa.py_buffer(b"".join(end.to_bytes(4, "little") for end in (0, 4, len(text))))
    column = pa.StringArray.from_buffers(2, ends, whole[3 * before : 3 * before + len(text)])
    assert digests.text_digests(column).to_pylist() == [expected("kafe"), expected("\u0301 sore")]
