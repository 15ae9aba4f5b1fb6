from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.ingest.urls import site_of, url_key

PAGE = "kabar.example/daerah/12/Banjir"


@pytest.mark.parametrize(
    "url",
    [
        "https://kabar.example/daerah/12/Banjir",
        "http://www.kabar.example/daerah/12/Banjir/",
        "HTTPS://WWW.Kabar.Example:443/daerah/12/Banjir#komentar",
        "http://kabar.example:80/daerah/12/Banjir",
        "https://m.kabar.example/daerah/12/Banjir?utm_source=x&utm_medium=rss",
        "https://amp.kabar.example/daerah/12/Banjir",
        "https://kabar.example/amp/daerah/12/Banjir",
        "https://kabar.example/daerah/12/Banjir/amp/?fbclid=abc",
        "https://kabar.example/daerah/12/Banjir?page=2",
        "https://kabar.example/daerah/12/Banjir?page=all#halaman2",
        "//kabar.example/daerah/12/Banjir",
        "kabar.example/daerah/12/Banjir",
        "  https://nama:sandi@kabar.example/daerah/12/Banjir\n",
    ],
)
def test_addresses_of_one_page_share_their_key(url: str) -> None:
    assert url_key(url) == PAGE


def test_what_tells_pages_apart_is_kept_and_sorted() -> None:
    assert url_key("https://kabar.example/baca?id=7&b=2") == url_key("https://kabar.example/baca?b=2&id=7")
    assert url_key("https://kabar.example/baca?id=7") != url_key("https://kabar.example/baca?id=8")
    assert url_key("https://kabar.example/?page=detail&id=7") == "kabar.example?id=7&page=detail"
    assert url_key("https://kabar.example/a") != url_key("https://kabar.example/A")
    assert url_key("https://kabar.example:8080/a") == "kabar.example:8080/a"
    assert url_key("https://kabar.example/contoh/ampas") == "kabar.example/contoh/ampas"


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        " ",
        "berita",
        "javascript:void(0)",
        "mailto:a@kabar.example",
        "/daerah/12.html",
        "http://",
        "http://[::1]/x",
        "Kabar baik. Sungguh",
    ],
)
def test_no_web_address(url: str | None) -> None:
    assert url_key(url) is None
    assert site_of(url) is None


def test_the_site() -> None:
    assert site_of("https://www.bali.kabar.example/x") == "bali.kabar.example"
    assert site_of("https://m.kabar.example:8080/x") == "kabar.example"


@given(st.one_of(st.text(), st.text().map("https://kabar.example/{}".format), st.text().map("http://{}".format)))
def test_never_raises_and_is_stable(url: str) -> None:
    key = url_key(url)
    assert (key is None) == (site_of(url) is None)
    if key is not None:
        assert "#" not in key
