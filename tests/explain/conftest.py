"""A workspace that went through every stage: a copy, a short one, a repeat, a broken row, a batch in quarantine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from curation import config
from curation.pipeline import Pipeline
from curation.verbs.files import run_on_files
from curation.workspace import Workspace
from curation.workspace.inputs import find_inputs

STORY = [
    "Banjir yang merendam Desa Muara Pandan sejak Minggu malam mulai surut pada Senin pagi.",
    "Kepala desa, Sarwono, mengatakan air turun 40 sentimeter dalam enam jam dan warga mulai pulang.",
    "Sebanyak 212 keluarga yang mengungsi di balai desa sudah kembali dan membersihkan rumah mereka.",
    "Sekolah dasar di desa itu baru akan dibuka lagi pada Rabu karena lumpur masih setebal mata kaki.",
    "Pemerintah kabupaten mengirim dua pompa dan enam tangki air bersih yang akan berkeliling dusun.",
    "Warga berharap tanggul yang jebol di hulu segera diperbaiki sebelum hujan datang lagi pekan depan.",
]


def row(host: str, path: str, title: str, lines: list[str], date: str = "2026-03-02 08:10 WIB") -> dict[str, str]:
    return {"url": f"https://{host}/{path}", "judul": title, "tanggal": date, "isi": "\n".join(lines)}


@pytest.fixture(scope="session")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three inputs as scrapers deliver them."""
    folder = tmp_path_factory.mktemp("masuk")
    first = row(
        "www.kabardesa.example",
        "banjir",
        "Banjir Muara Pandan Surut, <b>Warga</b> Pulang",
        ["AMBON - " + STORY[0], "Baca juga: Harga Beras Turun di Pasar Induk", *STORY[1:], "Editor: Ratri"],
    )
    copy = row("wartahilir.example", "air-surut", "Air Surut di Muara Pandan", ["".join(STORY)], "2026-03-02 15:00 WIB")
    short = row("kabardesa.example", "pendek", "Singkat", ["Air surut."])
    lines = [json.dumps(one, ensure_ascii=False) for one in (first, copy, short)]
    (folder / "malam-1.jsonl").write_text("\n".join([*lines, *[json.dumps(first)] * 2]), encoding="utf-8")
    (folder / "malam-2.jsonl").write_text(lines[2].replace("pendek", "lain") + '\n{"url": "rusak', encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def workspace(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The inputs, run to the selection; the copy was told apart by nobody, the short one was kept by a person."""
    made = Workspace(tmp_path_factory.mktemp("korpus"))
    (made.root / "curation.toml").write_text("", encoding="utf-8")
    (made.root / "decisions.csv").write_text(
        "document,decision,other,who,why\nhttps://kabardesa.example/pendek,keep,,Dewi,tetap berita\n",
        encoding="utf-8",
    )
    list(Pipeline(made, config.load()).run(find_inputs(["*.jsonl"], inputs)))
    return made


@pytest.fixture(scope="session")
def folder(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `curation clean` writes."""
    out = tmp_path_factory.mktemp("bersih")
    run_on_files(inputs / "malam-1.jsonl", out, "clean", config.load())
    return out
