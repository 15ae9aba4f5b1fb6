"""The text of pages as sites build them: what belongs to the article stays, in order, and nothing else."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

TITLE = "Jembatan Gantung Desa Sukamaju Selesai Diperbaiki Warga"
LEAD = (
    "Warga Desa Sukamaju bersama-sama memperbaiki jembatan gantung yang putus diterjang banjir pada akhir Januari lalu."
)
PARAGRAPHS = [
    "Perbaikan jembatan memakan waktu dua pekan karena kayu harus diangkut dengan perahu dari kecamatan sebelah.",
    "Kepala desa mengatakan jembatan itu menjadi satu-satunya jalan bagi anak-anak yang bersekolah di seberang sungai.",
    "Pemerintah kabupaten berjanji membangun jembatan beton pada tahun anggaran berikutnya, kata camat setempat.",
    "Selama jembatan putus, warga menyeberang dengan rakit dari drum bekas dan bambu sepanjang delapan meter.",
]
ARTICLE = [LEAD, *PARAGRAPHS]
HEADLINES = [
    "Harga Beras di Pasar Induk Naik Menjelang Akhir Pekan",
    "Pemain Muda Persatuan Sukamaju Dipanggil Tim Nasional",
    "Tiga Rumah Rusak Tertimpa Pohon di Kecamatan Waringin",
    "Pelajar Waringin Juara Lomba Karya Ilmiah Tingkat Provinsi",
]
COMMENT = "Semoga pemerintah cepat membangun jembatan yang baru, kasihan anak sekolah kalau begini terus."
TEASER = "Pedagang mengaku pasokan berkurang sejak awal pekan karena jalan menuju pasar tertutup longsor."


def paragraphs(texts: list[str] = ARTICLE) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def links(dated: bool = False) -> str:
    date = "<span>Kamis, 05/11/2015 09:25 WIB</span> " if dated else ""
    return "".join(f"<li>{date}<h5><a href='/{n}'>{text}</a></h5></li>" for n, text in enumerate(HEADLINES))


def text_of(body: str, tmp_path: Path, ingest: Any, head: str = "") -> list[str]:
    html = f"<html><head><title>{TITLE} - Kabar Kita</title>{head}</head><body>{body}</body></html>"
    (tmp_path / "a.html").write_text(html, encoding="utf-8")
    return str(ingest(tmp_path / "a.html").one()["raw"]).split("\n")


H1 = f"<h1>{TITLE}</h1>"
MENU = "<div id=m1><ul>" + "".join(f"<li><a href='/k{n}'>Kanal {n}</a></li>" for n in range(30)) + "</ul></div>"
SIDE = f"<div class=k2><h3>Berita Terbaru</h3><ul>{links(dated=True)}</ul><ol>{links(dated=True)}</ol></div>"


def box(content: str, name: str = "") -> str:
    return f'<div class="{name}">{content}</div>'


def boxes(contents: list[str]) -> str:
    return "".join(map(box, contents))


def linked(texts: list[str], tag: str = "p") -> str:
    return "".join(f"<{tag}><a href='/t{n}'>{text}</a></{tag}>" for n, text in enumerate(texts))


TWEET = "Jembatan baru sudah bisa dilewati ya teman-teman semua!"
TEXT = box(paragraphs(), "x")

LAYOUTS = {
    "related below": MENU + box(H1 + TEXT + box(f"Berita Lain<ul>{links()}</ul>")) + SIDE,
    "dated lists above": MENU + box(f"<ul>{links(dated=True)}</ul>{H1}{TEXT}") + SIDE,
    "lead as bare text": MENU + H1 + box(LEAD + paragraphs(PARAGRAPHS)) + SIDE,
    "lead in a box of its own": MENU + H1 + box(LEAD, "lead") + box(paragraphs(PARAGRAPHS)) + SIDE,
    "two breaks": MENU + H1 + box("<br><br>".join(ARTICLE)) + SIDE,
    "a div for each": MENU + H1 + box(boxes(ARTICLE)) + SIDE,
    "an advert in the middle": H1
    + box(box(paragraphs(ARTICLE[:2])) + box("ADVERTISEMENT", "iklan") + box(paragraphs(ARTICLE[2:])))
    + SIDE,
    "a table lays it out": f"<table><tr><td><ul>{links()}</ul></td><td>{H1}{'<br>'.join(ARTICLE)}</td></tr></table>",
    "no element at all": MENU + H1 + paragraphs() + linked(HEADLINES * 6),
    "microdata in a span": MENU
    + H1
    + box(f"<span itemprop=articleBody>{LEAD}{boxes(PARAGRAPHS)}</span><p>{TEASER}</p>")
    + SIDE,
    "comments without a name": MENU + H1 + TEXT + SIDE + box(boxes([f"<b>Budi</b>{box(COMMENT)}"] * 4)),
    "comments with a name": MENU + box(H1 + TEXT + f"<div id=boxKomentar>{paragraphs([COMMENT] * 3)}</div>"),
    "teasers": MENU + H1 + TEXT + box("".join(linked([text], "h3") + f"<p>{TEASER}</p>" for text in HEADLINES)),
    "read-also lists": H1
    + box(paragraphs(ARTICLE[:3]) + box(f"<b>Baca juga</b><ul>{links()}</ul>", "baca_juga2") + paragraphs(ARTICLE[3:]))
    + SIDE,
    "linked headlines": H1 + box(paragraphs() + "<h2>Jangan Lewatkan</h2>" + linked(HEADLINES, "div")) + SIDE,
    "share bar and tags": H1
    + box(box("Bagikan <a href=#>X</a>", "share-box") + paragraphs() + box("<a href=/t>desa</a>", "detail__tag"))
    + SIDE,
    "a tweet": H1
    + box(f"{paragraphs()}<blockquote class=twitter-tweet><p>{TWEET}</p>&mdash; Desa (@desa)</blockquote>"),
    "an unlucky name": box(MENU + H1 + box(paragraphs(), "related-article"), "content-with-sidebar") + SIDE,
    "the next article below": box(H1 + paragraphs() + f"<h1>{HEADLINES[0]}</h1>" + paragraphs([TEASER] * 3)),
    "cut in two": MENU
    + H1
    + box(paragraphs(ARTICLE[:3]), "x")
    + box(linked(HEADLINES * 5, "div"))
    + box(paragraphs(ARTICLE[3:]), "x")
    + SIDE,
    "a summary": MENU + H1 + box(ARTICLE[0], "article-summary") + TEXT + SIDE,
    "hidden": H1 + box(f"{paragraphs()}<div style='display: none'><p>{TEASER}</p></div>"),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_article_and_nothing_else(layout: str, tmp_path: Path, ingest: Any) -> None:
    assert text_of(LAYOUTS[layout], tmp_path, ingest) == ARTICLE


PAIRS = [(f"{n}. Langkah ke-{n}", text) for n, text in enumerate(ARTICLE, 1)]
STEPS = [line for pair in PAIRS for line in pair]
TALK = ["Mengapa jembatan itu penting?", "Ya.", "“Tidak,” katanya.", "Semoga segera dibangun.", "Sudah lama?"]
ROWS = [f"{n} | Desa {n} | {3 * n} rumah" for n in range(1, 9)]
CELLS = "".join(f"<tr><td>{'</td><td>'.join(row.split(' | '))}</td></tr>" for row in ROWS)
OPEN = [text[:-1] for text in PARAGRAPHS]
ABOUT = "Kabar Kita adalah portal berita daerah yang menyajikan kabar dari desa dan kota setiap hari sejak tahun 2010."
BLOG = f"""<header class=site-header><nav class=main-navigation>{MENU}</nav></header>
<main><article class="post type-post tag-desa">
<header class=entry-header>{H1}<div class=entry-meta><time>10 Juni 2025</time> <span>3 Komentar</span></div></header>
<div class=entry-content>{paragraphs()}<div class=sharedaddy><h3>Bagikan ini:</h3></div></div>
<footer class=entry-footer>Tag: <a>desa</a></footer></article>
<nav class=post-navigation><a>{HEADLINES[1]}</a></nav>
<div id=comments><h2>3 tanggapan</h2><ol><li><p>{COMMENT}</p></li></ol></div></main>
{SIDE}<footer class=site-footer><p>{ABOUT}</p></footer>"""


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (BLOG, ARTICLE),
        (MENU + H1 + box("".join(f"<p><strong>{a}</strong></p><p>{b}</p>" for a, b in PAIRS)), STEPS),
        (MENU + H1 + box("".join(f"<b>{a}</b><br>{b}<br>" for a, b in PAIRS)) + SIDE, STEPS),
        (H1 + box(paragraphs(ARTICLE[:3] + TALK + ARTICLE[3:])) + SIDE, ARTICLE[:3] + TALK + ARTICLE[3:]),
        (MENU + H1 + box(f"<p>{LEAD}</p><ul>{''.join(f'<li>{t}</li>' for t in OPEN)}</ul>") + SIDE, [LEAD, *OPEN]),
        (H1 + box(f"{paragraphs()}<table>{CELLS}</table><p>{LEAD}</p>") + SIDE, [*ARTICLE, *ROWS, LEAD]),
        (MENU + H1 + box(paragraphs(ARTICLE[:2])) + SIDE + box(f"<p>{ABOUT}</p>"), ARTICLE[:2]),
        (H1 + box("".join(f"<p>{text}</p><div>ADVERTISEMENT</div>" for text in ARTICLE)) + SIDE, ARTICLE),
        (MENU + H1 + box("<br />&nbsp;<br />".join(ARTICLE)) + SIDE, ARTICLE),
        (f"<form>{MENU}{H1}{TEXT}{SIDE}</form>", ARTICLE),
        (MENU + TEXT + SIDE, ARTICLE),
        (MENU + H1 + box(f"<p>{LEAD}</p>") + SIDE, [LEAD]),
    ],
    ids=["blog", "steps", "bold", "talk", "items", "table", "about", "adverts", "nbsp", "form", "headless", "short"],
)
def test_lines_that_are_no_paragraphs(body: str, lines: list[str], tmp_path: Path, ingest: Any) -> None:
    assert text_of(body, tmp_path, ingest) == lines


def test_a_linked_headline_at_the_end_of_a_paragraph_does_not_cost_the_paragraph(tmp_path: Path, ingest: Any) -> None:
    first = f"<p>{LEAD} Baca juga: <a href=/x>{HEADLINES[0]}</a></p>"
    lines = text_of(MENU + H1 + box(first + paragraphs(PARAGRAPHS)) + SIDE, tmp_path, ingest)
    assert lines == [f"{LEAD} Baca juga: {HEADLINES[0]}", *PARAGRAPHS]


CAPTION = "Warga memasang papan terakhir jembatan gantung di Desa Sukamaju, Kecamatan Waringin, pada hari Minggu pagi."
PICTURES = {
    "figure": f"<figure><img src=a.jpg><figcaption>{CAPTION}</figcaption></figure>",
    "a name": f"<div class=wp-caption><img src=a.jpg><p>{CAPTION}</p></div>",
    "a name in a span": f"<img src=a.jpg><span class=foto-caption>{CAPTION}</span>",
}


@pytest.mark.parametrize("picture", PICTURES)
def test_captions_are_no_text(picture: str, tmp_path: Path, ingest: Any) -> None:
    body = f"{MENU}{H1}{PICTURES[picture]}<div>{paragraphs()}</div>{SIDE}"
    assert text_of(body, tmp_path, ingest) == ARTICLE
    body = f"{MENU}{H1}<div>{paragraphs(ARTICLE[:2])}{PICTURES[picture]}{paragraphs(ARTICLE[2:])}</div>{SIDE}"
    assert text_of(body, tmp_path, ingest) == ARTICLE


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ("Harga <b>beras</b> dan <a href=/g>gula</a>, kata <i>Bu Sari</i>.", "Harga beras dan gula, kata Bu Sari."),
        ("Harga<b> beras </b>naik<i>nya</i> (<a href=/p>20 persen</a>).", "Harga beras naiknya (20 persen)."),
        ("Ia datang dari<span> </span>Kota\n   Malang&nbsp;Raya.", "Ia datang dari Kota Malang Raya."),
        ("“<em>Kami senang</em>,” ujar&shy;nya.", "“Kami senang,” ujar\xadnya."),
    ],
)
def test_blank_space_is_the_page_s_own(html: str, line: str, tmp_path: Path, ingest: Any) -> None:
    body = f"{H1}<div>{paragraphs(ARTICLE[:3])}<p>{html}</p>{paragraphs(ARTICLE[3:])}</div>"
    assert text_of(body, tmp_path, ingest)[3] == line


def test_lists_tables_quotes_and_sub_headings_are_lines(tmp_path: Path, ingest: Any) -> None:
    parts = (
        "<h2>Bahan yang dipakai</h2><ul><li>Kayu ulin dua kubik</li><li>Tali baja <b>80</b> meter</li></ul>"
        "<table><tr><th>Bahan</th><th>Harga</th></tr><tr><td>Kayu</td><td>Rp 4 juta</td></tr></table>"
        "<blockquote>Kami tidak menunggu bantuan.</blockquote><p>Tidak.</p><strong>Rencana berikutnya</strong>"
    )
    lines = text_of(f"{H1}<div>{paragraphs(ARTICLE[:3])}{parts}{paragraphs(ARTICLE[3:])}</div>{SIDE}", tmp_path, ingest)
    assert lines[3:-2] == [
        "Bahan yang dipakai",
        "Kayu ulin dua kubik",
        "Tali baja 80 meter",
        "Bahan | Harga",
        "Kayu | Rp 4 juta",
        "Kami tidak menunggu bantuan.",
        "Tidak.",
        "Rencana berikutnya",
    ]


def test_credits_and_datelines_beside_the_text_stay_for_the_rules(tmp_path: Path, ingest: Any) -> None:
    body = f"{H1}<div><strong>Malang</strong> - {paragraphs()}<p>Editor: Tono Misal</p><b>(abc/def)</b></div>{SIDE}"
    assert text_of(body, tmp_path, ingest) == ["Malang -", *ARTICLE, "Editor: Tono Misal", "(abc/def)"]


def test_the_line_that_tells_of_another_page_stays(tmp_path: Path, ingest: Any) -> None:
    body = f"{H1}<div>{paragraphs()}</div><div class=paging><a href='?page=2'>Halaman Selanjutnya</a></div>{SIDE}"
    assert text_of(body, tmp_path, ingest) == [*ARTICLE, "Halaman Selanjutnya"]


def test_an_article_that_only_scripts_would_show(tmp_path: Path, ingest: Any) -> None:
    told = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "<p>" + "</p><p>".join(ARTICLE) + "</p>"}
    script = f'<script type="application/ld+json">{json.dumps(told)}</script>'
    assert text_of(f"{H1}<div id=app>Memuat...</div>{MENU}", tmp_path, ingest, script) == ARTICLE
    # a summary in the same place changes nothing
    told["articleBody"] = LEAD
    script = f'<script type="application/ld+json">{json.dumps(told)}</script>'
    assert text_of(f"{H1}<div>{paragraphs()}</div>", tmp_path, ingest, script) == ARTICLE


def test_where_trafilatura_gives_up_the_container_decides(tmp_path: Path, ingest: Any) -> None:
    start = time.process_time()
    lines = text_of(f"{H1}<div>{paragraphs()}</div>" + "<div><a href=/x>lagi</a></div>" * 40_000, tmp_path, ingest)
    assert lines == ARTICLE
    assert time.process_time() - start < 10
