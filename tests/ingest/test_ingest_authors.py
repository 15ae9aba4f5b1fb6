"""Who wrote it: several people, in roles, as machines are told or as it is printed; never a company."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

TITLE = "Jembatan Gantung Desa Sukamaju Selesai Diperbaiki"
TEXT = "<p>Warga bersama-sama memperbaiki jembatan gantung yang putus diterjang banjir pada akhir Januari lalu.</p>" * 4


def authors(near: str, tmp_path: Path, ingest: Any, head: str = "", below: str = "") -> list[str]:
    body = f"<div><h1>{TITLE}</h1>{near}<div>{TEXT}</div>{below}</div>"
    html = f"<html><head><title>{TITLE} - Kabar Kita</title>{head}</head><body>{body}</body></html>"
    (tmp_path / "a.html").write_text(html, encoding="utf-8")
    found: list[str] = ingest(tmp_path / "a.html").one()["authors"]
    return found


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("<div>Penulis: Budi Contoh</div>", ["Budi Contoh"]),
        ("<div>Penulis : Budi Contoh, Siti Misal</div>", ["Budi Contoh", "Siti Misal"]),
        ("<div>Oleh <b>Budi Contoh</b></div>", ["Budi Contoh"]),
        ("<div>Oleh : Budi P. Contoh</div>", ["Budi P. Contoh"]),
        ("<div>Reporter: Budi Contoh, Editor: Tono Umpama</div>", ["Budi Contoh"]),
        ("<div>Rep: Budi Contoh/ Red: Tono Umpama</div>", ["Budi Contoh"]),
        ("<div>Reporter: Budi Contoh | Editor: Tono Umpama</div>", ["Budi Contoh"]),
        ("<div>Pewarta: Budi Contoh dan Siti Misal</div>", ["Budi Contoh", "Siti Misal"]),
        ("<div>Penulis: Kontributor Malang, Sukirman</div>", ["Sukirman"]),
        ("<div>Laporan Wartawan Kabar Kita, Budi Contoh</div>", ["Budi Contoh"]),
        ("<div>Penulis: Dr. Budi Contoh, M.Si.</div>", ["Dr. Budi Contoh"]),
        ("<div class=author><strong>Budi Contoh</strong> - kabarkita</div>", ["Budi Contoh"]),
        ("<div class=nmreporter><div>Budi Contoh</div><span>Jurnalis</span></div>", ["Budi Contoh"]),
        ("<p>By <a rel=author href=/b>Budi Contoh</a> 10 Juni 2025 10:00 WIB</p>", ["Budi Contoh"]),
        ("<span class=read__author>Budi Contoh</span>", ["Budi Contoh"]),
        ("<div><span itemprop=author>Budi Contoh</span> <time>10 Juni 2025</time></div>", ["Budi Contoh"]),
        ("<div>Red: Tono Umpama</div>", []),
        ("<div>Editor: Tono Umpama</div>", []),
        ("<div class=author>Redaksi</div>", []),
        ("<div class=author>Kabar Kita Media</div>", []),
        ("<div>Penulis: kabarkita.example</div>", []),
        ("<div>Oleh karena itu warga gembira</div>", []),
        ("", []),
    ],
)
def test_printed(printed: str, names: list[str], tmp_path: Path, ingest: Any) -> None:
    assert authors(printed, tmp_path, ingest) == names


def test_printed_below(tmp_path: Path, ingest: Any) -> None:
    rows = (
        "<table><tr><td>Penulis</td><td>: Budi Contoh</td></tr><tr><td>Editor</td><td>: Tono Umpama</td></tr></table>"
    )
    assert authors("", tmp_path, ingest, below=rows) == ["Budi Contoh"]


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ('<meta name="author" content="Budi Contoh">', ["Budi Contoh"]),
        ('<meta name="author" content="Budi Contoh, Siti Misal">', ["Budi Contoh", "Siti Misal"]),
        ('<meta name="author" content="PT Kabar Kita Media">', ["Rina Umpama"]),
        ('<meta name="author" content="kabarkita.com">', ["Rina Umpama"]),
        (
            '<meta property="og:site_name" content="Kabar Kita"><meta name="author" content="Kabar Kita">',
            ["Rina Umpama"],
        ),
        ('<meta property="article:author" content="https://sosial.example/KabarKita">', ["Rina Umpama"]),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "author": [{"@type": "Organization", '
            '"name": "Kabar Kita"}, {"@type": "Person", "name": "Budi Contoh"}]}</script>',
            ["Budi Contoh"],
        ),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "author": {"@type": "Organization", '
            '"name": "Kabar Kita"}}</script>',
            ["Rina Umpama"],
        ),
    ],
)
def test_said_to_machines(said: str, names: list[str], tmp_path: Path, ingest: Any) -> None:
    assert authors("<div>Penulis: Rina Umpama</div>", tmp_path, ingest, head=said) == names
