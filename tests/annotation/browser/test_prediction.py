"""A model's answer in the real page: it stands there chosen, and what is saved is what the annotator leaves."""

from __future__ import annotations

import json

import pytest

from curation import schema, store
from curation.verbs.campaign.preannotation import with_predictions
from tests.annotation.browser.annotator import Annotator
from tests.annotation.browser.conftest import Make, SitDown, Typed

pytestmark = pytest.mark.slow

PASAR = ("Harga Cabai Turun di Pasar Rawajati", "Harga cabai di Pasar Rawajati turun setelah panen raya.")
KLINIK = ("Puskesmas Lembayung Tambah Jam Buka", "Puskesmas membuka layanan sampai malam sejak Senin.")
SEKOLAH = ("Sekolah Tepi Sungai Dibangun Lagi", "Gedung sekolah di tepi sungai mulai dibangun lagi.")
SETTING = '\n[predictions]\nmodel = "kata-kunci"\nquestion = "topic"\nshare = 1.0\n'


def chosen(person: Annotator) -> list[str]:
    """What is ticked, without the hotkeys behind it."""
    return [text.partition("[")[0].strip() for text in person.chosen]


def test_a_prediction_stands_chosen_and_the_answer_is_the_annotators(
    make: Make, curation: Typed, sit_down: SitDown
) -> None:
    campaign = make("topic", PASAR, KLINIK, SEKOLAH)
    campaign.codebook.write_text(campaign.codebook.read_text(encoding="utf-8") + SETTING, encoding="utf-8")
    tasks = store.read_table(campaign.tasks)
    pasar, klinik, _ = tasks["document_id"].to_pylist()
    one = {"campaign": campaign.name, "distribution": "{}", "method": "model:kata-kunci", "n_votes": 1}
    said = [{**one, "document_id": id_, "question": "topic", "value": "economy"} for id_ in (pasar, klinik)]
    (campaign.folder / "models").mkdir()
    store.write_table(campaign.folder / "models" / "kata-kunci.parquet", schema.from_rows("labels", said))
    recorded, carried = with_predictions(campaign, campaign.load_codebook(), tasks)
    store.write_table(campaign.tasks, recorded)
    made = json.loads(campaign.tasks_json.read_text(encoding="utf-8"))
    given = [{**t, "predictions": carried.get(t["data"]["task_key"], [])} for t in made]
    campaign.tasks_json.write_text(json.dumps(given), encoding="utf-8")
    root = campaign.folder.parents[1]
    project = curation(root, "label", "push", campaign.name, "--json")["project"]

    sari = sit_down("sari")
    sari.open(project)
    assert (sari.title, chosen(sari)) == (PASAR[0], ["Ekonomi dan bisnis"])
    sari.submit()  # agrees
    assert (sari.title, chosen(sari)) == (KLINIK[0], ["Ekonomi dan bisnis"])
    sari.press("de")  # takes the model's topic away, and gives another
    assert chosen(sari) == ["Kesehatan"]
    sari.submit()
    assert (sari.title, chosen(sari)) == (SEKOLAH[0], [])
    sari.press("a")
    sari.submit()
    assert sari.is_done

    pulled = curation(root, "label", "pull", campaign.name, "--json")
    assert pulled["problems"] == []
    rows = store.read_table(campaign.annotations).to_pylist()
    keys = dict(zip(tasks["document_id"].to_pylist(), (PASAR[0], KLINIK[0], SEKOLAH[0]), strict=True))
    assert {(keys[row["document_id"]], row["value"]) for row in rows} == {
        (PASAR[0], "economy"),
        (KLINIK[0], "health"),
        (SEKOLAH[0], "politics"),
    }
    assert len({row["annotator"] for row in rows}) == 1
    summary = curation(root, "label", "agreement", campaign.name, "--json")["summary"]
    assert {row["of"] for row in summary if row["scope"] == "prediction"} >= {"kata-kunci", "none"}
