"""A campaign with answers of any kind, in a workspace whose documents are made up."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from curation import schema, store
from curation.annotation import campaign as campaigns
from curation.annotation.annotators import Annotators, Row
from curation.annotation.campaign import Campaign
from curation.annotation.codebook import Codebook, load
from curation.annotation.tasks import task_key
from curation.verbs.campaign.folder import Folder
from curation.workspace import Workspace

HERE = Path(__file__).parent
START = datetime(2031, 7, 9, 4, 56, 7, tzinfo=UTC)
TARGETS = ("kenaikan tarif parkir", "jalur sepeda")
PEOPLE = {f"a0{i}": f"{name}@kampus.example" for i, name in enumerate(("sari", "bayu", "nengah", "dewi"), 1)}

CONFIDENCE = """
[[question]]
name = "confidence"
text = "Seberapa yakin Anda?"
kind = "choice"
per = "target"
required = true

[[question.label]]
value = "sure"
shown = "Yakin"
hotkey = "q"

[[question.label]]
value = "unsure"
shown = "Kurang yakin"
hotkey = "w"

[[target]]"""

#: what a person says to one question: values, or marked passages
Said = Mapping[str, str | tuple[str, ...]]
Answer = Callable[..., list[dict[str, Any]]]


def body(number: int) -> str:
    return f"Laporan {number}. Warga <b>menolak</b> tarif parkir.\n\nKepala dinas 😀 menjelaskan manfaatnya."


@cache
def documents(n: int) -> pa.Table:
    return schema.from_rows(
        "documents",
        [
            {
                "id": f"{number:016x}",
                "title": f"Laporan {number}",
                "body": body(number),
                "outlet": "Detak",
                "published_at": datetime(2026, 3, 2, 18, tzinfo=UTC),
                "zone": "WIB",
                "tags": [],
                "n_words": len(body(number).split()),
                "text_sha256": hashlib.sha256(body(number).encode()).hexdigest(),
            }
            for number in range(n)
        ],
    )


@cache
def tasks(n: int, n_targets: int = 1, round_: str = "main", role: str = "normal") -> pa.Table:
    rows = [
        {
            "campaign": "sikap",
            "round": round_,
            "task_key": task_key(document["id"], target, "sikap"),
            "document_id": document["id"],
            "cluster_id": document["id"],
            "text_sha256": document["text_sha256"],
            "target": target,
            "stratum": "Detak",
            "inclusion_probability": 1.0,
            "role": role,
        }
        for document in documents(n).to_pylist()
        for target in TARGETS[:n_targets]
    ]
    return schema.from_rows("tasks", rows)


def page(
    task: Mapping[str, Any], annotator: str, said: Said | None, *, hours: float = 0.0, version: str = "1.1"
) -> list[dict[str, Any]]:
    """The rows of one annotation; None is a skip. A passage is written as value:passage."""
    when = START + timedelta(hours=hours)
    common = {
        **{name: task[name] for name in ("campaign", "round", "task_key", "document_id", "text_sha256")},
        "annotation_id": f"{task['task_key']}-{annotator}-{version}-{hours}",
        "target": task["target"],
        "skipped": said is None,
        "annotator": annotator,
        "created_at": when,
        "updated_at": when,
        "lead_time": 31.0,
        "label_config_sha256": "0" * 64,
        "guideline_version": version,
        "source": "ekspor-rahasia.json",
    }
    rows = [{**common, "question": ""}] if said is None else []
    for question, values in (said or {}).items():
        for value in (values,) if isinstance(values, str) else values:
            row = {**common, "question": question, "value": value}
            if question == "evidence":
                value, _, quote = value.partition(":")
                row |= {"value": value, "start": 0, "end": len(quote), "quote": quote, "field": "text"}
            if question == "text_problem":
                row["target"] = None
            rows.append(row)
    return rows


def annotations(rows: Iterable[list[dict[str, Any]]]) -> pa.Table:
    return schema.from_rows("annotations", [row for of_page in rows for row in of_page])


def votes(tables: pa.Table, *stances: str) -> pa.Table:
    """Each task answered by as many people as there are letters: f(avor), a(gainst), n(eutral), - (a skip)."""
    values = {"f": "favor", "a": "against", "n": "neutral"}
    rows = []
    for task, letters in zip(tables.to_pylist(), stances, strict=True):
        for hours, (name, letter) in enumerate(zip(PEOPLE, letters, strict=False)):
            said = None if letter == "-" else {"stance": values[letter], "confidence": "sure"}
            rows.append(page(task, name, said, hours=hours))
    return annotations(rows)


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Codebook:
    path = tmp_path_factory.mktemp("codebook") / "codebook.toml"
    path.write_text(codebook_text(), encoding="utf-8")
    return load(path)


def codebook_text() -> str:
    text = (HERE.parent / "codebook.toml").read_text(encoding="utf-8")
    return text.replace("\n[[target]]", CONFIDENCE, 1)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    (tmp_path / "curation.toml").write_text("", encoding="utf-8")
    monkeypatch.setattr(Folder, "documents", lambda self, tasks: documents(9))
    return Workspace(tmp_path)


@pytest.fixture
def campaign(workspace: Workspace) -> Campaign:
    made = campaigns.campaign(workspace.root, "sikap")
    made.folder.mkdir(parents=True)
    made.codebook.write_text(codebook_text(), encoding="utf-8")
    Annotators(tuple(Row(name, "", email) for name, email in PEOPLE.items())).save(made.annotators)
    return made


def fill(campaign: Campaign, tasks: pa.Table, annotations: pa.Table) -> None:
    store.write_table(campaign.tasks, tasks)
    store.write_table(campaign.annotations, annotations)


def change(campaign: Campaign, version: str, labels: str = "", effect: str = "labels") -> None:
    """A new version of the guideline that touches a label."""
    text = campaign.codebook.read_text(encoding="utf-8")
    before = text.partition('guideline_version = "')[2].partition('"')[0]
    line = f'labels = ["{labels}"]\n' if labels else ""
    log = f'[[changelog]]\nversion = "{version}"\ndate = "2031-08-01"\neffect = "{effect}"\n{line}note = "Lain."\n\n'
    text = text.replace(f'guideline_version = "{before}"', f'guideline_version = "{version}"')
    campaign.codebook.write_text(text.replace("[[question]]", f"{log}[[question]]", 1), encoding="utf-8")
