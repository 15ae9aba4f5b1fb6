"""A workspace that has signed whole texts publishes without signing them again; any other signs them anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from curation import config, store
from curation.pipeline import Pipeline
from curation.release.splits import signed
from curation.release.verify import verify
from curation.stages import dedup
from curation.verbs.publication import publish_workspace
from curation.verbs.start import make_workspace
from curation.workspace import Workspace
from curation.workspace.inputs import find_inputs

SAMPLE = Path(__file__).parents[3] / "data" / "sample"

PHONE = {
    "url": "https://warta-karang.example/pasar/kios-dibuka",
    "title": "Kios pupuk dibuka kembali di Karang Wangi",
    "published_at": "2026-03-05T08:00:00+07:00",
    "text": "Kios pupuk di Desa Karang Wangi dibuka kembali pada Kamis pagi setelah tutup dua pekan karena banjir. "
    "Petani yang sudah terdaftar dapat mengambil jatah mereka sampai akhir bulan ini dengan membawa kartu anggota. "
    "Pengurus kelompok tani mengatakan bahwa persediaan cukup untuk musim tanam yang akan datang. "
    "Mereka yang belum mendapat kabar dapat menghubungi pengurus di nomor 0812-3456-7890 pada jam kerja. "
    "Pemerintah desa juga menyiapkan gudang kecil supaya pupuk tidak rusak ketika hujan turun lagi.",
}


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """Ids of the texts that were signed while publishing."""
    found: list[str] = []
    sign = signed.sign
    monkeypatch.setattr(signed, "sign", lambda part, **threads: found.extend(part["id"].to_pylist()) or sign(part))
    return found


@pytest.fixture
def workspace(tmp_path) -> Workspace:
    made = Workspace(tmp_path / "workspace")
    make_workspace(made.root, SAMPLE)
    (tmp_path / "2026-03-05-warta.jsonl").write_text(json.dumps(PHONE) + "\n", encoding="utf-8")
    settings = config.load(made.config_file)
    inputs = [*settings.input.paths, str(tmp_path / "2026-03-05-warta.jsonl")]
    list(Pipeline(made, settings).run(find_inputs(inputs, made.root)))
    return made


def test_only_what_was_masked_is_signed_again(workspace, asked):
    settings = config.load(workspace.config_file, ['release.mask=["phone", "email"]'])
    made = publish_workspace(workspace, settings, "1.0.0", "2026-03-08")
    cleaned = {
        row["id"]: row for table in store.scan(workspace.tables("clean", "documents")) for row in table.to_pylist()
    }
    released = store.read_table(made.folder / "data" / "default").to_pylist()
    masked = {row["id"] for row in released if row["text_sha256"] != cleaned[row["id"]]["text_sha256"]}
    assert masked
    assert masked >= set(asked)
    assert {row["id"] for row in released} > set(asked)
    certificate = json.loads((made.folder / "MANIFEST.json").read_text())["splits"]["certificate"]
    # from the texts alone, by whoever holds the release
    asked.clear()
    assert verify(made.folder, deep=True) == []
    assert len(asked) == sum(row["split"] != "held" for row in released)
    assert certificate["measured"] >= 0


def test_signatures_of_what_learned_chrome_left_are_of_no_use(workspace, asked):
    """Made with stop-shingles, though the settings name none any more."""
    for batch in workspace.accepted():
        documents, stage = (workspace.batch_stage(batch, name) for name in ("clean", "sign"))
        draft = stage.begin(store.digest(dedup.sign_key(documents, [7])))
        for number, table in enumerate(store.scan([documents.table("documents")])):
            draft.write(number, dedup.sign_batch(table, [7]))
        draft.commit()
    made = publish_workspace(workspace, config.load(workspace.config_file), "1.0.0", "2026-03-08")
    released = store.read_table(made.folder / "data" / "default").to_pylist()
    assert sorted(asked) == sorted(row["id"] for row in released if row["split"] != "held")
    assert verify(made.folder, deep=True) == []
