"""What the README tells in figures is what is in the tables."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from curation import schema, store
from curation.release.papers import facts, figures
from curation.release.papers.card import Card
from curation.release.papers.labels import Agreed, labels_section
from curation.release.papers.readme import Told, readme

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CARD = Card(
    title="Korpus Pasar",
    summary="Berita pasar.",
    contact="redaksi@detak.example",
    collection="Ditulis sendiri.",
    intended_use="Uji coba.",
    limitations="Kecil.",
    licence="CC-BY-4.0",
    citation_authors=("Lestari, Dewi",),
)
EDITION = {"name": "pasar", "version": "1.0.0", "date": "2025-07-01", "flavour": "internal, not for redistribution"}
NOTHING: dict[str, Any] = {"largest_containment": None, "pair": None, "measured": 0}
DOCUMENT = {
    "id": "d1", "outlet": "Detak", "tags": [], "language": "id", "n_words": 100, "text_sha256": "0",
    "cluster_id": "c1", "cluster_size": 1, "split": "train", "topics": [], "stance": [], "label_status": "none",
    "text_access": "full", "published_at": datetime(2025, 3, 1, tzinfo=UTC),
}  # fmt: skip
ANSWER = {
    "campaign": "topik", "round": "main", "task_key": "t1", "annotation_id": "1", "document_id": "d1",
    "text_sha256": "0", "question": "topic", "value": "ekonomi", "skipped": False, "annotator": "a1",
    "created_at": datetime(2025, 6, 1, tzinfo=UTC), "updated_at": datetime(2025, 6, 1, tzinfo=UTC), "lead_time": 10.0,
    "label_config_sha256": "c", "guideline_version": "1.0", "source": "export.json",
}  # fmt: skip
LABEL = {
    "campaign": "topik", "document_id": "d1", "target": None, "question": "topic", "value": "ekonomi",
    "distribution": "{}", "method": "majority", "n_votes": 2,
}  # fmt: skip
ALPHA = Agreed("topik", "topic", "krippendorff_alpha", 0.8123, 0.7, 0.9, 40, 3, "")


@pytest.fixture
def data(tmp_path: Path) -> Callable[..., Path]:
    """Writes the tables of a release: rows as changes to a good one."""

    def write(documents: list[dict[str, Any]], **others: list[dict[str, Any]]) -> Path:
        whole = [DOCUMENT | {"id": f"d{i}"} | change for i, change in enumerate(documents, 1)]
        store.write_table(tmp_path / "data/default/all.parquet", schema.from_rows("released", whole))
        for name, good in (("annotations", ANSWER), ("labels", LABEL)):
            if name in others:
                rows = [good | change for change in others[name]]
                store.write_table(tmp_path / f"data/{name}/{name}.parquet", schema.from_rows(name, rows))
        return tmp_path / "data"

    return write


def cells(lines: list[str]) -> list[tuple[str, ...]]:
    return [tuple(line.strip("| ").split(" | ")) for line in lines if line.startswith("| ")]


def test_lengths_are_told_by_quartiles_and_classes(data):
    place = data([{"n_words": n} for n in (10, 50, 51, 300, 5000)])
    found = facts.gather(place / "default")
    assert found.lengths.quartiles == (10, 50, 51, 300, 5000)
    assert {name: n for name, n in found.lengths.classes if n} == {
        "0 to 50": 2, "51 to 100": 1, "201 to 300": 1, "2,001 and more": 1
    }  # fmt: skip
    lines = figures.figures(found)
    assert "Half of the articles have between 50 and 300 words (median 51, 10 to 5,000)." in lines
    bars = {row[0]: row[-1] for row in cells(lines) if row[0] in ("0 to 50", "51 to 100")}
    assert (len(bars["0 to 50"]), len(bars["51 to 100"])) == (figures.BAR, figures.BAR // 2)


def test_splits_have_their_days_and_what_was_found_across_them(data):
    later = {"split": "test", "published_at": datetime(2025, 5, 9, tzinfo=UTC), "label_status": "labelled"}
    place = data([{}, {"published_at": None}, {"split": "held", "published_at": None}, later])
    lines = figures.splits(
        facts.gather(place / "default"), {**NOTHING, "largest_containment": 0.412, "pair": ["d1", "d4"]}
    )
    assert cells(lines)[1:] == [
        ("train", "2", "50.0%", "0", "2025-03-01", "2025-03-01"),
        ("test", "1", "25.0%", "1", "2025-05-09", "2025-05-09"),
        ("held", "1", "25.0%", "0", "—", "—"),
    ]
    text = "\n".join(lines)
    assert "share 41.2% of the smaller one's five-word sequences (`d1` and `d4`;" in text
    assert "`held`: near-duplicates" in text
    assert "No text shares enough" in "\n".join(figures.splits(facts.gather(place / "default"), NOTHING))


def test_copies_are_counted_with_their_clusters(data):
    found = facts.gather(data([{"cluster_size": 3}, {"cluster_size": 2}, {}]) / "default")
    text = "\n".join(figures.figures(found))
    assert "2 articles stand for near-duplicates: their clusters hold 5 documents" in text


def test_limits_come_from_the_data(data, tmp_path):
    place = data([{"outlet": "unknown"}, {"published_at": None}, {"language": "jv"}, {"language": None}, {}])
    rows = [
        {"id": id_, "kind": kind, "start": at, "end": at + 1, "score": 1.0, "rule": "r"}
        for id_, kind, at in [("d1", "truncated", 0), ("d1", "truncated", 5), ("gone", "truncated", 0),
                              ("d2", "phone", 0), ("d3", "nik", 0)]
    ]  # fmt: skip
    store.write_table(tmp_path / "findings.parquet", schema.from_rows("findings", rows))
    found = facts.gather(place / "default", findings=[tmp_path / "findings.parquet"])
    lines = figures.limits(found, {"nik": 1}, "Kecil.")
    assert cells(lines)[1:] == [
        ("unknown outlet", "1", "20.0%"),
        ("no known date", "1", "20.0%"),
        ("not in Indonesian, or too short to tell", "2", "40.0%"),
        ("the text looks cut off", "1", "20.0%"),  # a document counts once, one that is not published not at all
        ("what looks like a telephone number", "1", "20.0%"),  # what is masked is no limit
    ]
    assert "80.0% of the articles are of one outlet, Detak." in lines


def test_labels_are_told_by_campaign_question_and_method(data):
    answers = [
        {}, {"annotation_id": "2", "annotator": "a2", "lead_time": 30.0, "guideline_version": "1.1"},
        {"annotation_id": "3", "task_key": "t2", "document_id": "d2", "lead_time": 50.0},
        {"annotation_id": "3", "task_key": "t2", "document_id": "d2", "lead_time": 50.0, "value": "hukum"},
        {"annotation_id": "4", "skipped": True, "question": "", "value": None, "lead_time": None},
    ]  # fmt: skip
    labels = [
        {}, {"document_id": "d2"}, {"document_id": "d2", "value": "hukum"},
        {"document_id": "d3", "method": "adjudicated"}, {"document_id": "d4", "method": "model:kecil"},
    ]  # fmt: skip
    undefined = replace(ALPHA, coefficient="gwet_ac1", value=None, low=None, high=None, note="nobody answered twice")
    other = replace(ALPHA, campaign="sikap", value=0.1)
    lines = labels_section(data([{}], annotations=answers, labels=labels), [ALPHA, undefined, other])
    people = next(line for line in lines if line.startswith("Annotators"))
    assert people == (
        "Annotators: 2; answers: 4, about 2 documents of this version; guideline 1.0, 1.1; median 30 s an answer; "
        "skipped tasks among the answers: 1."
    )
    rows = cells(lines)
    assert ("majority", "3", "60.0%") in rows
    assert ("adjudicated", "1", "20.0%") in rows
    assert ("topic", "majority", "ekonomi", "2", "66.7%") in rows
    assert ("topic", "krippendorff alpha", "0.812", "0.700 to 0.900", "40", "3") in rows
    assert not [row for row in rows if "0.100" in row]
    assert "- topic, gwet ac1: nobody answered twice" in lines


def test_without_labels_nothing_is_said_of_them(data):
    assert labels_section(data([{}]), []) == []


def test_many_values_of_a_question_are_summed_up(data):
    labels = [{"document_id": f"d{i}", "value": f"v{i:02}"} for i in range(25)]
    rows = cells(labels_section(data([{}], labels=labels), []))
    assert len([row for row in rows if re.fullmatch(r"v\d\d", row[2])]) == 20
    assert ("topic", "majority", "5 others", "5", "20.0%") in rows


def test_checks_are_told_with_their_warnings():
    warning = {"column": "alpha", "why": "Too low.", "count": 2, "severity": "warning"}
    results = [
        {"suite": "annotated-topik", "passed": True, "failures": [warning], "met": [{}, {}]},
        {"suite": "audit", "passed": True, "failures": [], "met": ["met"]},
    ]
    lines = figures.checked(results)
    assert cells(lines)[1:] == [("annotated-topik", "passed", "2 of 3"), ("audit", "passed", "1 of 1")]
    assert "- annotated-topik, `alpha`: Too low. (2 rows)" in lines


def test_the_front_matter_tells_a_hub_what_is_there(data):
    place = data([{}, {"split": "test"}], labels=[{}])
    told = Told(masked={}, certificate=NOTHING)
    tables = {"default": ("released", 2), "labels": ("labels", 1)}
    text = readme(CARD, facts.gather(place / "default"), tables, place, EDITION, told, digest="0")
    matter = yaml.safe_load(text.split("---\n")[1])
    assert matter["task_categories"] == ["text-classification"]
    assert matter["tags"] == ["news", "Indonesian", "topic"]
    assert [one["split"] for one in matter["configs"][0]["data_files"]] == ["train", "test"]
    bare = readme(
        CARD, facts.gather(place / "default"), {"default": ("released", 2)}, place.parent, EDITION, told, digest="0"
    )
    assert "task_categories" not in yaml.safe_load(bare.split("---\n")[1])


def test_the_same_tables_give_the_same_readme_and_headings_come_once(workspace, release):
    folder = workspace()
    one, two = (release(folder, into=folder / name).folder / "README.md" for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    headings = re.findall(r"^#+ .+$", one.read_text(encoding="utf-8"), re.M)
    assert len(headings) == len(set(headings))
