from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.ingest.decode import decode, repair

TEXT = "Warga Desa Sukamaju – kata “Bu Sari” – menunggu bantuan. Harga naik 5 %, katanya. " * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_recognises_the_encoding(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == (TEXT, 0)


def test_valid_utf8_wins_over_what_the_page_claims() -> None:
    page = f'<meta charset="iso-8859-1"><p>{TEXT}'
    assert decode(page.encode(), html=True) == (page, 0)


def test_the_charset_of_page_or_header() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Привет, мир'
    assert decode(page.encode("cp1251"), html=True) == (page, 0)
    assert decode("Привет, мир".encode("koi8-r"), "KOI8-R") == ("Привет, мир", 0)


@pytest.mark.parametrize("charset", ["idna", "unicode_escape", "rot13", "tidak-ada", "utf-7", "undefined"])
def test_strange_charsets_are_not_believed(charset: str) -> None:
    assert decode(b"Harga naik\xe9 \\x", charset).text == "Harga naik\xe9 \\x"


def test_damaged_utf8_stays_utf8_and_is_counted() -> None:
    text, n_replaced = decode(TEXT.encode() + b"\xff\xfe" + "“".encode()[:2])
    assert text.startswith(TEXT)
    assert n_replaced == 4
    assert text.count("�") == 4


def test_nuls_and_lone_surrogates_are_replaced_and_counted() -> None:
    assert repair("a\0b\ud83dc") == ("a�b�c", 2)
    assert repair("😀 baik") == ("😀 baik", 0)


@given(st.binary(max_size=2000), st.sampled_from([None, "utf-8", "latin1", "gbk", "x"]), st.booleans())
def test_always_gives_a_text_that_can_be_stored(data: bytes, charset: str | None, html: bool) -> None:
    text, n_replaced = decode(data, charset, html=html)
    text.encode()
    assert "\0" not in text
    assert n_replaced >= 0


@given(st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    if not text.startswith("\ufeff") and "\0" not in text:
        assert decode(text.encode()) == (text, 0)
