"""`curation site draft`: a record from pages that are written here, in the style of a site that nobody knows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from curation.cli import cli
from curation.config import Site
from curation.errors import UsageError
from curation.sites import load_sites
from curation.toml import load_file

NEWS = {
    "pasar": (
        "Pedagang Pasar Sukamaju mengganti kantong plastik dengan daun jati sejak awal pekan ini.",
        "Kepala pasar Warsito menyebut pembeli menyukainya karena ikan tidak cepat berbau.",
        "Daun dipetik dari kebun desa dan dibayar dua ratus rupiah selembar.",
    ),
    "sungai": (
        "Warga Desa Karanganyar membersihkan sungai sepanjang empat kilometer pada Minggu pagi.",
        "Tiga truk sampah terangkut sebelum tengah hari, kata ketua panitia Darsono.",
        "Kegiatan serupa akan digelar setiap bulan sampai musim hujan tiba.",
    ),
    "sekolah": (
        "Sekolah dasar di lereng bukit itu memasang sepuluh panel surya di atap perpustakaan.",
        "Guru kelas enam Rahmawati mengajak murid mencatat listrik yang dihasilkan setiap hari.",
        "Catatan itu dipakai sebagai bahan pelajaran matematika di kelas.",
    ),
    "voli": (
        "Tim voli Desa Ngadirejo menjuarai lomba antarkampung setelah menang tiga set langsung.",
        "Pelatih Sukirman mengatakan anak asuhnya berlatih di halaman balai desa setiap petang.",
        "Hadiahnya seekor kambing yang akan dipelihara bersama oleh para pemain.",
    ),
}
HEADLINES = ("Harga Cabai Turun", "Jembatan Gantung Dicat", "Kambing Juara Lomba Desa")


def page(name: str, host: str = "www.kabarkita.example", number: int = 0) -> str:
    lead, *rest = NEWS[name]
    paragraphs = "".join(f"<p>{text}</p>" for text in rest)
    return f"""<!DOCTYPE html><html><head><title>Berita {name} terbaru - Kabar Kita</title>
    <link rel="canonical" href="https://{host}/berita/{name}"><meta property="og:site_name" content="Kabar Kita">
    </head><body><div id="luar"><ul class="menu"><li><a href="/">Beranda</a></li><li><a href="/x">Olahraga</a></li></ul>
    <h1>Berita {name} terbaru</h1><div class="isi-berita post-{number}81234">
    <p><b>KABARKITA.COM</b> - {lead}</p><div class="baca-lain"><a href="/x">{HEADLINES[number % 3]}</a></div>
    {paragraphs}<div class="ajakan">Ikuti saluran kami di aplikasi pesan</div></div>
    <div class="bawah"><p>Tentang kami | Redaksi | Pedoman media siber</p></div></div></body></html>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "halaman"
    made.mkdir()
    for number, name in enumerate(NEWS):
        host = "bola.kabarkita.example" if name == "voli" else "www.kabarkita.example"
        (made / f"{name}.html").write_text(page(name, host, number), encoding="utf-8")
    empty = '<link rel="canonical" href="https://kosong.example/a"><p></p>'
    (made / "kosong.html").write_text(empty, encoding="utf-8")
    (made / "lain.html").write_text(page("sungai", "lain.example"), encoding="utf-8")
    return made


def draft(*arguments: str) -> Any:
    return CliRunner().invoke(cli, ["site", "draft", *arguments])


def test_a_record_from_pages(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = draft("www.kabarkita.example", str(folder))
    assert done.exit_code == 0, done.output
    (tmp_path / "draft.toml").write_text(done.stdout, encoding="utf-8")
    site = load_file(Site, tmp_path / "draft.toml")
    assert site == Site(
        outlet="Kabar Kita",
        hosts=(".kabarkita.example",),
        datelines=("KABARKITA.COM",),
        keep=("div.isi-berita",),
        drop=("div.ajakan", "div.baca-lain"),
    )
    assert "# seen: kabarkita.example (3), bola.kabarkita.example (1)" in done.stdout
    assert "of 4 pages on so many: div.isi-berita (" in done.stdout
    assert "post-" not in done.stdout


def test_the_record_does_what_it_says(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from curation.config import Input
    from curation.ingest import convert, read, record_tables

    monkeypatch.chdir(tmp_path)
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "kabarkita.toml").write_text(draft("kabarkita.example", str(folder)).stdout, encoding="utf-8")
    sites = load_sites(tmp_path / "sites")
    (table,) = record_tables(read(folder / "sungai.html", Input()))
    (article,) = convert(table, batch="b", site_record=sites.find)["articles"].to_pylist()
    lead, *rest = NEWS["sungai"]
    assert article["outlet"] == "Kabar Kita"
    assert article["raw"].split("\n") == [f"KABARKITA.COM - {lead}", *rest]


def test_in_a_workspace_it_is_written_once(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "curation.toml").write_text('[input]\npaths = ["halaman"]\n', encoding="utf-8")
    done = draft("kabarkita.example", "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["pages"], told["file"]) == (4, str(Path("sites") / "kabarkita.example.toml"))
    assert Path(told["file"]).read_text(encoding="utf-8") == told["toml"]
    again = draft("kabarkita.example")
    assert isinstance(again.exception, UsageError)
    assert "there is a record already" in str(again.exception)
    assert Path(told["file"]).read_text(encoding="utf-8") == told["toml"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("kabarkita.example",), "no pages to look at"),
        (("kabarkita.example", "tidak-ada"), "no such file or folder"),
        (("Kabar Kita", "halaman"), "'Kabar Kita' is no host"),
        (("detak.example", "halaman"), r"no page of detak.example among the inputs.*kabarkita.example \(3\)"),
        (("kita.example", "halaman"), "no page of kita.example"),
        (("kosong.example", "halaman"), "no article text is found on 1 pages of kosong.example"),
    ],
)
def test_what_can_not_be_done_is_told(
    arguments: tuple[str, ...], message: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = draft(*arguments)
    assert isinstance(done.exception, UsageError)
    with pytest.raises(UsageError, match=message):
        raise done.exception


def test_rows_with_an_html_column(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [{"url": f"https://kabarkita.example/{name}", "html": page(name)} for name in NEWS]
    Path("malam.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    done = draft("kabarkita.example", "malam.jsonl")
    assert 'keep = ["div.isi-berita"]' in done.stdout


def test_a_site_that_is_known_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.html").write_text(page("pasar", "bola.kompas.com"), encoding="utf-8")
    assert "has a record already (Kompas.com)" in draft("bola.kompas.com", "a.html").stderr
