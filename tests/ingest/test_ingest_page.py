from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from curation.config import Site

LEAD = "Air sungai mulai surut, kata warga Desa Sukamaju pada Selasa pagi."
FILL = "".join(
    f"<p>Paragraf {i}: warga membersihkan rumah dan jalan desa bersama-sama sejak pagi.</p>" for i in range(6)
)


def page(head: str = "", body: str = "", title: str = "Banjir surut di Sukamaju") -> str:
    return (
        f"<!DOCTYPE html><html><head><title>{title} - Kabar Kita</title>{head}</head>"
        f"<body><h1>{title}</h1>{body}<article><p>{LEAD}</p>{FILL}</article></body></html>"
    )


def one(html: str | bytes, tmp_path: Path, ingest: Any, **options: Any) -> dict[str, Any]:
    (tmp_path / "a.html").write_bytes(html.encode() if isinstance(html, str) else html)
    row: dict[str, Any] = ingest(tmp_path / "a.html", **options).one()
    return row


def test_json_ld_first(tmp_path: Path, ingest: Any) -> None:
    script = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
      {"@type": "WebPage", "name": "x"},
      {"@type": ["NewsArticle"], "headline": "Banjir surut di Sukamaju", "datePublished": "2025-06-10T11:02:00+08:00",
       "author": [{"@type": "Person", "name": "Budi Contoh"}, {"name": "Siti Misal"}], "articleSection": ["Daerah"],
       "keywords": "banjir, sungai",}]}</script>
      <meta property="og:title" content="Banjir surut - Kabar Kita"><meta name="author" content="Redaksi">
      <meta property="og:url" content="https://kabar.example/1"><meta name="keywords" content="lain">"""
    row = one(page(script), tmp_path, ingest)
    assert (row["title"], row["authors"], row["section"]) == (
        "Banjir surut di Sukamaju",
        ["Budi Contoh", "Siti Misal"],
        "Daerah",
    )
    assert (row["tags"], row["zone"], row["url"]) == (["banjir", "sungai"], "+08:00", "https://kabar.example/1")
    assert row["published_at"].isoformat() == "2025-06-10T03:02:00+00:00"
    assert (row["outlet"], row["network"], row["pages"]) == ("Kabar Kita", "Kita", 1)
    assert row["extractor"].startswith("trafilatura ")


@pytest.mark.parametrize(
    "script",
    [
        "{",
        "[" * 5000,
        '{"@type": "NewsArticle", "headline": 12, "author": {"name": {"name": []}}, "datePublished": {}}',
        '{"@type": "NewsArticle", "headline": "\\ud83d\\u0000"}',
        "null",
        '"NewsArticle"',
    ],
)
def test_broken_json_ld(script: str, tmp_path: Path, ingest: Any) -> None:
    row = one(page(f'<script type="application/ld+json">{script}</script>'), tmp_path, ingest)
    assert row["title"] == "Banjir surut di Sukamaju"


def test_what_can_be_seen_in_broken_json_ld(tmp_path: Path, ingest: Any) -> None:
    script = '{"@type": "NewsArticle", "datePublished": "2025-06-10T11:02:00+07:00", "description": "dia "kutip" ini"}'
    row = one(page(f'<script type="application/ld+json">{script}</script>'), tmp_path, ingest)
    assert row["published_at"].isoformat() == "2025-06-10T04:02:00+00:00"


def test_meta_tags(tmp_path: Path, ingest: Any) -> None:
    head = """<meta property="article:published_time" content="2025-06-10T11:02:00+07:00">
      <meta property="article:section" content="Daerah"><meta property="article:tag" content="banjir">
      <meta property="article:tag" content="sungai"><meta name="author" content="Budi Contoh">
      <meta property="article:author" content="https://kabar.example/budi">
      <link rel="canonical" href="https://kabar.example/1?page=all"/><meta property="og:url" content="https://kabar.example/lain">"""
    row = one(page(head), tmp_path, ingest)
    assert (row["authors"], row["tags"], row["section"]) == (["Budi Contoh"], ["banjir", "sungai"], "Daerah")
    assert (row["url_key"], row["zone"]) == ("kabar.example/1", "+07:00")


def test_the_printed_date(tmp_path: Path, ingest: Any) -> None:
    body = '<div class="tgl">Selasa, 10 Juni 2025 11:02 WITA</div>'
    assert one(page(body=body), tmp_path, ingest)["zone"] == "WITA"


def test_local_time_given_as_utc(tmp_path: Path, ingest: Any) -> None:
    head = '<meta property="article:published_time" content="2025-06-10T11:02:30Z">'
    believed = one(page(head), tmp_path, ingest)
    assert (believed["published_at"].hour, believed["zone"]) == (11, "+00:00")
    body = '<span class="date">Selasa, 10 Juni 2025 11:02 WIB</span>'
    row = one(page(head, body), tmp_path, ingest)
    assert (row["published_at"].hour, row["zone"]) == (4, "WIB")
    honest = one(page(head, body.replace("11:02", "18:02")), tmp_path, ingest)
    assert (honest["published_at"].hour, honest["zone"]) == (11, "+00:00")


def test_a_day_alone_just_below_the_headline(tmp_path: Path, ingest: Any) -> None:
    row = one(page(body="<p>10 Juni 2025</p>"), tmp_path, ingest)
    assert (row["published_at"].isoformat(), row["zone"]) == ("2025-06-09T17:00:00+00:00", None)
    far = "".join(f"<li><a>Berita {i}</a></li>" for i in range(9)) + "<p>10 Juni 2025</p>"
    assert one(page(body=far), tmp_path, ingest)["published_at"] is None


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta property="article:modified_time" content="2025-06-11T09:30:00+07:00">', ""),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "dateModified": "2025-06-11T02:30Z"}</script>',
            "",
        ),
        ("", "<p>Diperbarui: 11 Juni 2025 09:30 WIB</p>"),
        ("", "<p>Terbit 10 Juni 2025 11:02 WIB | Update: 11 Juni 2025 09:30 WIB</p>"),
    ],
)
def test_the_last_change_is_another_date(head: str, body: str, tmp_path: Path, ingest: Any) -> None:
    time = '<meta property="article:published_time" content="2025-06-10T11:02:00+07:00">'
    row = one(page(time + head, body), tmp_path, ingest)
    assert row["modified_at"].isoformat() == "2025-06-11T02:30:00+00:00"
    assert row["published_at"].isoformat() == "2025-06-10T04:02:00+00:00"


def test_editors_captions_and_the_path_above(tmp_path: Path, ingest: Any) -> None:
    body = """<ul class="breadcrumb"><li><a href="/">Beranda</a></li><li><a href="/d">Daerah</a></li></ul>
      <div>Reporter: Budi Contoh, Editor: Tono Umpama</div>
      <figure><img src="a.jpg"><figcaption>Warga di tepi sungai. (Foto: Dok. Desa)</figcaption></figure>"""
    row = one(page(body=body).replace("<h1>", "<i></i><h1>"), tmp_path, ingest)
    assert (row["authors"], row["editors"], row["section"]) == (["Budi Contoh"], ["Tono Umpama"], "Daerah")
    assert row["captions"] == ["Warga di tepi sungai. (Foto: Dok. Desa)"]
    assert "Foto" not in row["raw"]


def test_what_is_no_page_has_no_page_s_metadata(tmp_path: Path, ingest: Any) -> None:
    (tmp_path / "a.txt").write_text(LEAD)
    row = ingest(tmp_path / "a.txt").one()
    assert (row["editors"], row["captions"], row["modified_at"]) == (None, None, None)


def test_no_metadata_is_null(tmp_path: Path, ingest: Any) -> None:
    row = one(f"<html><body><article>{FILL}</article></body></html>", tmp_path, ingest)
    assert (row["title"], row["published_at"], row["url"], row["section"]) == (None, None, None, None)
    assert (row["authors"], row["tags"], row["source_id"]) == ([], [], "a.html")
    assert (row["editors"], row["captions"], row["modified_at"]) == ([], [], None)


def test_paragraphs_and_subheadings_are_lines(tmp_path: Path, ingest: Any) -> None:
    html = f"""<html><body><article><p>{LEAD}</p>{FILL}<h2>Warga pulang</h2>
      <p>Mereka <b>membawa</b> <a href="/x">selimut</a>, kata <i>Bu Sari</i>.</p></article>
      <div id="comments"><p>Komentar: mantap sekali gan</p></div></body></html>"""
    lines = one(html, tmp_path, ingest)["raw"].split("\n")
    assert lines[0] == LEAD
    assert lines[-2:] == ["Warga pulang", "Mereka membawa selimut, kata Bu Sari."]


def test_the_site_s_selectors(tmp_path: Path, ingest: Any) -> None:
    html = (
        page('<meta property="og:url" content="https://kabar.example/1">')
        .replace("<article>", '<div class="isi"><div class="iklan">Beli <b>sekarang</b></div><div class="isi">')
        .replace("</article>", "</div></div><p>Ekor halaman</p>")
    )
    site = Site(outlet="Kabar Kita", keep=(".isi",), drop=(".iklan",))
    row = one(html, tmp_path, ingest, find=lambda host: site)
    assert row["extractor"] == "site selectors"
    assert row["raw"].split("\n")[0] == LEAD
    assert "sekarang" not in row["raw"]
    assert "Ekor" not in row["raw"]
    assert row["raw"].count(LEAD) == 1
    html = html.replace("<h1>", "<div class=kosong></div><h1>")
    for keep in (".tidak-ada", "h1", ".kosong"):  # the site has another layout by now
        missed = Site(outlet="Kabar Kita", keep=(keep,))
        row = one(html, tmp_path, ingest, find=lambda host, missed=missed: missed)
        assert row["extractor"].startswith("trafilatura")


def test_a_cut_page_is_a_page(tmp_path: Path, ingest: Any) -> None:
    html = page().encode()
    row = one(html[: html.index(b"Paragraf 4")] + b"\xe2\x80", tmp_path, ingest)
    assert row["raw"].startswith(LEAD)
    assert "Paragraf 3" in row["raw"]


def test_a_page_without_an_article(tmp_path: Path, ingest: Any) -> None:
    (tmp_path / "a.html").write_text("<html><body><script>x()</script></body></html>")
    assert ingest(tmp_path / "a.html").reasons() == {"a.html": "no_text"}


def test_an_encoding_that_the_page_names(tmp_path: Path, ingest: Any) -> None:
    html = page('<meta charset="iso-8859-1">', title="Kafé “Sukamaju” dibuka")
    assert one(html.encode("cp1252"), tmp_path, ingest)["title"] == "Kafé “Sukamaju” dibuka"


# -- several pages ----------------------------------------------------------------------------------


def part(number: int, head: str) -> str:
    text = "".join(f"<p>Halaman {number}, paragraf {i}: warga membersihkan rumah dan jalan desa.</p>" for i in range(6))
    body = f"<body><h1>Banjir surut</h1><article>{text}</article></body>"
    return f"<html><head><title>Banjir surut</title>{head}</head>{body}</html>"


def canonical(url: str) -> str:
    return f'<link rel="canonical" href="https://kabar.example/{url}">'


def neighbour(rel: str, url: str) -> str:
    return f"<link rel='{rel}' href='https://kabar.example/{url}'>"


@pytest.mark.parametrize(
    "heads",
    [
        (canonical("1"), canonical("1?page=2"), canonical("1?page=3")),
        (canonical("1?page=1"), canonical("1?page=2"), canonical("1?page=3")),
        (
            canonical("1") + neighbour("next", "1?page=2"),
            canonical("1") + neighbour("prev", "1") + neighbour("next", "1?page=3"),
            canonical("1") + neighbour("prev", "1?page=2"),
        ),
        (
            canonical("1/banjir") + neighbour("next", "1/banjir/2"),
            canonical("1/banjir/2") + neighbour("prev", "1/banjir") + neighbour("next", "1/banjir/3"),
            canonical("1/banjir/3") + neighbour("prev", "1/banjir/2"),
        ),
    ],
    ids=["query", "numbered", "neighbours", "path"],
)
@pytest.mark.parametrize("names", [("a1", "a2", "a3"), ("c", "b", "a")])
def test_pages_of_one_article_are_joined(
    heads: tuple[str, ...], names: tuple[str, ...], tmp_path: Path, ingest: Any
) -> None:
    folder = tmp_path / "malam"
    folder.mkdir()
    for number, (name, head) in enumerate(zip(names, heads, strict=True), 1):
        (folder / f"{name}.html").write_text(part(number, head))
    (folder / "lain.html").write_text(part(9, canonical("lain")))
    found = ingest(folder)
    joined = next(row for row in found.articles if row["pages"] > 1)
    assert len(found.articles) == 2
    assert joined["pages"] == 3
    assert joined["source_ref"] == f"malam/{names[0]}.html"
    numbers = [line.split(",")[0] for line in joined["raw"].split("\n") if line.startswith("Halaman")]
    assert numbers == ["Halaman 1"] * 6 + ["Halaman 2"] * 6 + ["Halaman 3"] * 6
    assert found.reasons() == {f"malam/{name}.html": "joined" for name in names[1:]}
    assert found.rejected[0]["detail"].endswith(f"begins in malam/{names[0]}.html.")


def test_an_article_scraped_twice_is_joined_twice(tmp_path: Path, ingest: Any) -> None:
    folder = tmp_path / "malam"
    folder.mkdir()
    for copy in "ab":
        for number in (1, 2):
            (folder / f"{copy}{number}.html").write_text(part(number, canonical(f"1?page={number}")))
    found = ingest(folder)
    assert [row["pages"] for row in found.articles] == [2, 2]
    assert found.articles[0]["id"] == found.articles[1]["id"]


def test_numbers_in_addresses_are_not_pages(tmp_path: Path, ingest: Any) -> None:
    folder = tmp_path / "malam"
    folder.mkdir()
    for number in (1, 2):
        (folder / f"{number}.html").write_text(part(number, canonical(f"berita/{number}")))
    (folder / "3.html").write_text(part(3, canonical("berita/1")))  # another version of the same page
    assert [row["pages"] for row in ingest(folder).articles] == [1, 1, 1]
