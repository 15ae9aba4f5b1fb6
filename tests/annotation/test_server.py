"""The whole way through a real Label Studio: page, tasks, two annotators, export, table."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from curation import config
from curation.annotation import instruction, label_studio, page, server
from curation.annotation.annotators import Annotators
from curation.annotation.codebook import Codebook, shipped, shipped_names
from curation.annotation.export import read_export
from curation.annotation.tasks import tasks_json
from curation.errors import DataError, UsageError
from curation.pipeline import Pipeline
from curation.verbs.audit import draw_audit, read_audit
from curation.verbs.labelling import pull_export
from curation.verbs.start import make_workspace
from curation.workspace import Workspace
from curation.workspace.inputs import find_inputs
from tests.annotation.conftest import PROGRAM

pytestmark = pytest.mark.slow
SAMPLE = Path(__file__).parents[2] / "data" / "sample"


def choice(name: str, *values: str) -> dict[str, Any]:
    return {"from_name": name, "to_name": "text", "type": "choices", "value": {"choices": list(values)}}


def span(text: str, quote: str, value: str) -> dict[str, Any]:
    start = text.index(quote)
    held = {"start": start, "end": start + len(quote), "text": quote, "labels": [value]}
    return {"from_name": "evidence", "to_name": "text", "type": "labels", "value": held}


def make_project(admin: Any, title: str, codebook: Codebook) -> int:
    made = admin.projects.create(
        title=title,
        label_config=page.page(codebook),
        expert_instruction=instruction.html(codebook),
        show_instruction=True,
        maximum_annotations=2,
    )
    return int(made.id)


def test_the_server_takes_every_shipped_page(admin: Any) -> None:
    for name in shipped_names():
        project = admin.projects.get(make_project(admin, name, shipped(name)))
        assert project.label_config == page.page(shipped(name))


def test_from_tasks_to_table(
    admin: Any, annotators: list[Any], codebook: Codebook, tasks: pa.Table, documents: pa.Table, tmp_path: Path
) -> None:
    exported = tasks_json(tasks, documents, codebook)
    label_studio.validate_tasks(page.page(codebook), exported)
    project = make_project(admin, "sikap", codebook)
    numbers = admin.projects.import_tasks(id=project, request=exported, return_task_ids=True).task_ids
    by_key = {task["data"]["task_key"]: (number, task["data"]) for task, number in zip(exported, numbers, strict=True)}
    first, second, third = (by_key[key] for key in tasks["task_key"].to_pylist()[:3])
    sari, bayu = annotators
    text = first[1]["text"]
    quote = text[10:30]
    answers = [choice("stance", "favor"), choice("text_problem", "cut", "chrome_left"), span(text, quote, "quote")]
    sari.annotations.create(id=first[0], result=answers, lead_time=12.5)
    bayu.annotations.create(id=first[0], result=[choice("stance", "against")], lead_time=3.0)
    sari.annotations.create(id=second[0], result=[], was_cancelled=True, lead_time=1.0)
    bayu.annotations.create(id=second[0], result=[choice("stance", "cannot_judge"), choice("why_not", "unclear")])
    # the server takes all of these: none may reach the table
    bayu.annotations.create(id=third[0], result=[choice("stance", "Mendukung")])
    sari.annotations.create(id=third[0], result=[choice("stance", "neutral")])
    sari.annotations.create(id=third[0], result=[choice("stance", "favor")])

    path = tmp_path / "export.json"
    path.write_text(json.dumps(admin.projects.exports.as_json(project)), encoding="utf-8")
    pulled = read_export(path, codebook, tasks, Annotators())

    rows = pulled.annotations.to_pylist()
    found = {(row["task_key"], row["annotator"], row["question"], row["value"]) for row in rows}
    one, two = first[1]["task_key"], second[1]["task_key"]
    assert found == {
        (one, "a01", "stance", "favor"),
        (one, "a01", "text_problem", "cut"),
        (one, "a01", "text_problem", "chrome_left"),
        (one, "a01", "evidence", "quote"),
        (one, "a02", "stance", "against"),
        (two, "a01", "", None),
        (two, "a02", "stance", "cannot_judge"),
        (two, "a02", "why_not", "unclear"),
    }
    marked = next(row for row in rows if row["question"] == "evidence")
    assert text[marked["start"] : marked["end"]] == marked["quote"] == quote
    assert {row["label_config_sha256"] for row in rows} == {page.config_sha256(codebook)}
    assert [problem.what for problem in pulled.problems] == [
        "'Mendukung' is no value of 'stance'",
        "a01 answered this task more than once",
        "a01 answered this task more than once",
    ]

    detailed = admin.projects.exports.create(
        id=project, serialization_options={"annotations__completed_by": {"only_id": False}}
    )
    path.write_bytes(b"".join(admin.projects.exports.download(id=project, export_pk=str(detailed.id))))
    again = read_export(path, codebook, tasks, pulled.annotators)
    assert again.annotations.drop_columns(["source"]) == pulled.annotations.drop_columns(["source"])
    assert {row.email for row in again.annotators.rows} == {"sari@kampus.example", "bayu@kampus.example"}


def test_an_audit_from_drawing_to_precision(admin: Any, annotators: list[Any], tmp_path: Path) -> None:
    make_workspace(tmp_path / "workspace", SAMPLE)
    workspace = Workspace(tmp_path / "workspace")
    settings = config.load(workspace.config_file)
    list(Pipeline(workspace, settings).run(find_inputs(settings.input.paths, workspace.root)))
    for name, right, wrong in (("dropped", "right", "wrong"), ("merged", "same", "different")):
        made = draw_audit(workspace, settings, name)
        xml = (made.folder / "page.xml").read_text(encoding="utf-8")
        project = admin.projects.create(title=made.folder.name, label_config=xml, maximum_annotations=2)
        assert admin.projects.get(project.id).label_config == xml
        tasks = json.loads((made.folder / "tasks.json").read_text(encoding="utf-8"))
        numbers = admin.projects.import_tasks(id=project.id, request=tasks, return_task_ids=True).task_ids
        # all right but the first, which is wrong, and the second, about which the two differ
        for place, number in enumerate(numbers):
            for who, annotator in enumerate(annotators):
                value = wrong if place == 0 or (place == 1 and who == 1) else right
                annotator.annotations.create(id=number, result=[choice(name, value)], lead_time=20.0)
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(admin.projects.exports.as_json(project.id)), encoding="utf-8")
        answers = pull_export(workspace, made.folder.name, path)
        assert (answers.problems, answers.annotators, answers.ties) == ((), 2, 1)
        found = read_audit(workspace, settings, name)
        assert found
        overall = found.precision.overall
        assert (overall.wrong, overall.unclear, overall.open) == (1, 1, 0)
        assert overall.right == len(tasks) - 2
        assert found.precision.wrong == (tasks[0]["data"]["document_id"],)
        assert found.held == len(tasks)


def test_a_taken_port_is_named(running: server.Server, tmp_path: Path) -> None:
    port = int(running.url.rpartition(":")[2])
    with pytest.raises(UsageError, match=f"port {port} is taken"):
        server.start(tmp_path, port, data=tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere 127.0.0.2 is no address")
def test_it_listens_on_one_address_only(running: server.Server) -> None:
    port = int(running.url.rpartition(":")[2])
    with socket.socket() as here, socket.socket() as elsewhere:
        assert here.connect_ex(("127.0.0.1", port)) == 0
        assert elsewhere.connect_ex(("127.0.0.2", port)) != 0


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_the_verb_starts_a_server_and_stops_it(running: server.Server, tmp_path: Path, sign: signal.Signals) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = tmp_path / "data"
    command = [sys.executable, "-m", "curation", "label", "server", "--port", str(port), "--data", str(data)]
    process = subprocess.Popen(
        [*command, "--program", str(PROGRAM)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout
    address = process.stdout.readline().strip()
    assert address == f"http://127.0.0.1:{port}"
    with urllib.request.urlopen(f"{address}/health") as response:
        assert response.status == 200
    process.send_signal(sign)
    _, said = process.communicate(timeout=60)
    assert process.returncode == {signal.SIGINT: 0, signal.SIGTERM: 143}[sign]
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
    account = server.account_file(data)
    password, token = account.read_text(encoding="utf-8").split()
    assert str(account) in said
    assert password not in said
    assert token not in said
    assert (account.stat().st_mode & 0o777) == 0o600


def test_an_installation_without_an_index_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(DataError, match=rf"label-studio {server.VERSION} could not be installed") as error:
        server.install(tmp_path / "program")
    assert f"pip install -q --disable-pip-version-check label-studio=={server.VERSION}" in str(error.value)
    assert not (tmp_path / "program" / "installed").exists()
