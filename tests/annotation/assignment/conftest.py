"""Tasks and answers of any number, a workspace of the sample, and a codebook whose guideline can be changed."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
import pyarrow as pa
import pytest

from curation import config, schema
from curation.annotation.assignment import people as members
from curation.annotation.assignment.people import Member, People
from curation.annotation.codebook import Change, Codebook, shipped
from curation.annotation.sampling.probes import with_probes
from curation.annotation.tasks import task_key
from curation.pipeline import Pipeline
from curation.verbs.labelling import export_tasks
from curation.verbs.start import make_workspace
from curation.workspace import Workspace
from curation.workspace.inputs import find_inputs

ROOT = Path(__file__).parents[3]
START = datetime(2026, 3, 2, 8, tzinfo=UTC)
ASKED = ("jalur sepeda kota", "kenaikan tarif parkir", "larangan kantong plastik")


@cache
def tasks(n_documents: int, n_targets: int = 1, round_: str = "main", first: int = 0) -> pa.Table:
    rows = [
        {
            "campaign": "sikap",
            "round": round_,
            "task_key": task_key(document, target, "stance"),
            "document_id": document,
            "cluster_id": document,
            "text_sha256": "0" * 64,
            "target": target,
            "stratum": "Detak",
            "inclusion_probability": 1.0,
            "role": "normal",
        }
        for document in (hashlib.sha256(str(n).encode()).hexdigest()[:16] for n in range(first, first + n_documents))
        for target in ASKED[:n_targets]
    ]
    return schema.from_rows("tasks", rows)


def gold(n: int, round_: str = "main", first: int = 1000) -> pa.Table:
    """Gold tasks on articles that were not drawn."""
    rows = tasks(n, 1, round_, first).to_pylist()
    not_drawn = {"stratum": "gold", "inclusion_probability": None, "role": "gold"}
    return schema.from_rows("tasks", [row | not_drawn for row in rows])


def probed(drawn: pa.Table, n: int, round_: str = "main") -> pa.Table:
    """The tasks, and probes of so many articles of a round."""
    twins = {id_: {f"{id_}-x"} for id_ in drawn["document_id"].to_pylist()}
    return with_probes(drawn, twins, {f"{id_}-x": "1" * 64 for id_ in twins}, "stance", round_=round_, n=n)


def answer(
    key: str, annotator: str, value: str | None, hours: float, version: str = "1.0", round_: str = "main"
) -> dict[str, object]:
    """One answer, or a skip, so many hours after the start."""
    when = START + timedelta(hours=hours)
    return {
        "campaign": "sikap",
        "round": round_,
        "task_key": key,
        "annotation_id": f"{key}-{annotator}-{version}",
        "document_id": key,
        "text_sha256": "0" * 64,
        "target": ASKED[0],
        "question": "" if value is None else "stance",
        "value": value,
        "skipped": value is None,
        "annotator": annotator,
        "created_at": when,
        "updated_at": when,
        "lead_time": 30.0,
        "label_config_sha256": "0" * 64,
        "guideline_version": version,
        "source": "export.json",
    }


def annotations(rows: Iterable[dict[str, object]]) -> pa.Table:
    return schema.from_rows("annotations", rows)


def people(**hours: float) -> People:
    return tuple(Member(name, share) for name, share in hours.items())


def changed(effect: Literal["none", "labels", "all"], *labels: str, of: Codebook | None = None) -> Codebook:
    """The codebook with one more version of its guideline."""
    book = of or shipped("stance")
    version = f"1.{len(book.changelog)}"
    change = Change(version=version, date=f"2026-04-0{len(book.changelog)}", note="Lain.", effect=effect, labels=labels)
    head = msgspec.structs.replace(book.codebook, guideline_version=version)
    return msgspec.structs.replace(book, codebook=head, changelog=(*book.changelog, change))


# -- a workspace of the sample ----------------------------------------------------------------------

TARGETS = """
[[target]]
name = "pemerintah kota"
aliases = ["wali kota", "pemkot", "kepala dinas", "dinas"]

[[target]]
name = "warga"
aliases = ["pedagang", "petani"]
"""
CHANGE = """
[[changelog]]
version = "{version}"
date = "{date}"
effect = "{effect}"
{labels}
note = "Kutipan yang seimbang dihitung sebagai Netral."
"""


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("korpus") / "workspace"
    make_workspace(root, ROOT / "data" / "sample")
    workspace = Workspace(root)
    settings = config.load(workspace.config_file)
    list(Pipeline(workspace, settings).run(find_inputs(settings.input.paths, workspace.root)))
    export_tasks(workspace, "sikap", shipped="stance", round_="pilot")
    book = root / "campaigns" / "sikap" / "codebook.toml"
    book.write_text(book.read_text(encoding="utf-8") + TARGETS, encoding="utf-8")
    export_tasks(workspace, "sikap", round_="pilot", n=8)
    # all that the pilot has not
    export_tasks(workspace, "sikap", round_="main")
    return root


@pytest.fixture
def workspace(corpus: Path, tmp_path: Path) -> Workspace:
    # a workspace of its own, not a copy that shares its projects on the server
    shutil.copytree(corpus, tmp_path / "workspace", ignore=shutil.ignore_patterns("identity"))
    return Workspace(tmp_path / "workspace")


@pytest.fixture
def folder(workspace: Workspace) -> Path:
    made = workspace.root / "campaigns" / "sikap"
    members.save(made / "people.csv", [Member(f"a0{i}", 6) for i in range(1, 5)])
    accounts = "".join(f"a0{i},,orang{i}@kampus.example\n" for i in range(1, 8))
    (made / "annotators.csv").write_text("annotator,user_id,email\n" + accounts, encoding="utf-8")
    return made


def change(folder: Path, version: str, effect: str, labels: str = "") -> None:
    book = folder / "codebook.toml"
    text = book.read_text(encoding="utf-8")
    before = text.partition('guideline_version = "')[2].partition('"')[0]
    text = text.replace(f'guideline_version = "{before}"', f'guideline_version = "{version}"')
    date = f"2026-04-0{version[-1]}"
    book.write_text(text + CHANGE.format(version=version, date=date, effect=effect, labels=labels), encoding="utf-8")
