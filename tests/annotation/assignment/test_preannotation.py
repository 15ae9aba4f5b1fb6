"""Predictions on their way into the annotators' files, and what is recorded of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from curation import schema, store
from curation.verbs.campaign.assign import assign
from curation.verbs.labelling import export_tasks
from curation.workspace import Workspace

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
SETTING = '\n[predictions]\nmodel = "kata-kunci"\nquestion = "stance"\n'


def carried(files: list[Path]) -> dict[str, set[bool]]:
    """Whether each task of these files carries a prediction, by its key."""
    found: dict[str, set[bool]] = {}
    for file in files:
        for task in json.loads(file.read_text(encoding="utf-8")):
            found.setdefault(task["data"]["task_key"], set()).add("predictions" in task)
    return found


def with_model(folder: Path, value: str = "favor") -> None:
    book = folder / "codebook.toml"
    book.write_text(book.read_text(encoding="utf-8") + SETTING, encoding="utf-8")
    one = {"campaign": "sikap", "question": "stance", "value": value, "distribution": "{}", "n_votes": 1}
    rows = [
        {**one, "document_id": task["document_id"], "target": task["target"], "method": "model:kata-kunci"}
        for task in store.read_table(folder / "tasks.parquet").to_pylist()
    ]
    (folder / "models").mkdir(exist_ok=True)
    store.write_table(folder / "models" / "kata-kunci.parquet", schema.from_rows("labels", rows))


def test_everybody_gets_the_same_tasks_with_a_prediction(workspace: Workspace, folder: Path) -> None:
    with_model(folder)
    made = assign(workspace, "sikap", at=NOW, round_="main", n=2)
    found = carried(list(made.files))
    assert all(len(seen) == 1 for seen in found.values())
    with_one = {key for key, seen in found.items() if seen == {True}}
    assert 0.2 * len(found) < len(with_one) < 0.8 * len(found)
    rows = store.read_table(folder / "tasks.parquet").to_pylist()
    assert with_one <= {row["task_key"] for row in rows if row["prediction"] == "kata-kunci"}
    assert not {row["task_key"] for row in rows if row["prediction"]} & (found.keys() - with_one)


def test_what_somebody_has_without_one_stays_without_one(workspace: Workspace, folder: Path) -> None:
    before = carried(list(assign(workspace, "sikap", at=NOW, round_="main", n=2).files))
    assert set.union(*before.values()) == {False}
    with_model(folder)
    after = carried(list(assign(workspace, "sikap", at=NOW, round_="main", n=3).files))
    assert {key: seen for key, seen in after.items() if key in before} == before


def test_an_export_carries_them_too(workspace: Workspace, folder: Path) -> None:
    with_model(folder)
    made = export_tasks(workspace, "sikap", round_="main")
    found = carried([made.folder / "tasks.json"])
    rows = store.read_table(folder / "tasks.parquet").to_pylist()
    recorded = {row["task_key"] for row in rows if row["prediction"]}
    assert {key for key, seen in found.items() if seen == {True}} == recorded & found.keys()
    assert 0 < len(recorded & found.keys()) < len(found)
