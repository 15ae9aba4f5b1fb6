"""A third codebook, frames with two questions, from `curation init` to a release: one TOML file and commands."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from curation.cli import cli

pytestmark = pytest.mark.slow

SAMPLE = Path(__file__).parents[2] / "data" / "sample"

FRAMES = """\
[codebook]
name = "frames"
guideline_version = "1.0"
title = "Bingkai berita"
intro = "Tandai bingkai yang dipakai artikel untuk membicarakan pokok persoalannya."

[[changelog]]
version = "1.0"
date = "2026-03-01"
effect = "none"
note = "Versi pertama."

[[question]]
name = "frame"
text = "Bingkai apa yang dipakai artikel ini?"
kind = "choices"
required = true

[[question.label]]
value = "conflict"
shown = "Pertentangan"
hotkey = "1"
definition = "Dua pihak atau lebih berhadapan."

[[question.label]]
value = "consequence"
shown = "Akibat bagi warga"
hotkey = "2"
definition = "Apa yang berubah dalam hidup sehari-hari."

[[question.label]]
value = "morality"
shown = "Benar dan salah"
hotkey = "3"
definition = "Menilai menurut norma atau agama."

[[question]]
name = "blamed"
text = "Siapa yang dianggap bertanggung jawab?"
kind = "choice"

[[question.label]]
value = "government"
shown = "Pemerintah"
hotkey = "q"

[[question.label]]
value = "people"
shown = "Orang per orang"
hotkey = "w"

[[question.label]]
value = "nobody"
shown = "Tidak ada"
hotkey = "e"
"""

#: in the second month: one label is called otherwise, two become one
CHANGE = """
[[changelog]]
version = "1.1"
date = "2026-04-01"
effect = "none"
rename = { nobody = "none" }
merge = { morality = "consequence" }
note = "Pilihan “Benar dan salah” digabung."
"""


def curation(*arguments: str, code: int = 0) -> Any:
    """What a command prints, as it is run in the workspace."""
    done = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert done.exit_code == code, done.output
    return json.loads(done.stdout) if "--json" in arguments else done.stdout


def exported(folder: Path, answers: list[tuple[str, list[str], str]]) -> Path:
    """What Label Studio writes when these annotators answered every task alike."""
    tasks = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    for number, task in enumerate(tasks, 1):
        task["id"] = number
        task["annotations"] = [
            {
                "id": 10 * number + place,
                "completed_by": {"id": place, "email": f"{who}@kampus.example"},
                "created_at": "2026-03-10T08:00:00.000000Z",
                "updated_at": "2026-03-10T08:01:00.000000Z",
                "was_cancelled": False,
                "lead_time": 41.5,
                "result": [
                    {"id": name, "from_name": name, "to_name": "text", "type": "choices", "value": {"choices": values}}
                    for name, values in (("frame", frames), ("blamed", [blamed]))
                ],
            }
            for place, (who, frames, blamed) in enumerate(answers, 1)
        ]
    path = folder.parent / "export.json"
    path.write_text(json.dumps(tasks, ensure_ascii=False), encoding="utf-8")
    return path


def labels_of(release: Path) -> set[tuple[str, str]]:
    """Question and value of all labels in a release."""
    table = ds.dataset(next(path for path in release.rglob("*") if path.name == "labels")).to_table()
    return set(zip(table["question"].to_pylist(), table["value"].to_pylist(), strict=True))


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of the sample's first batches, made and run by commands."""
    tmp_path = tmp_path_factory.mktemp("frames")
    root, few = tmp_path / "korpus", tmp_path / "sedikit"
    shutil.copytree(SAMPLE, few, ignore=shutil.ignore_patterns("2026-03-0[3-9]*", "source", "labelled", "truth.jsonl"))
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(tmp_path)
        curation("init", "korpus", "--from", str(few), "--quiet")
        patched.chdir(root)
        curation("run", "--quiet")
    return root


@pytest.fixture
def finished(started: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, with the commands run in it."""
    monkeypatch.chdir(started)
    return started


def test_from_init_to_release_without_python_or_xml(finished: Path) -> None:
    root = finished
    folder = root / "campaigns" / "frames"
    folder.mkdir(parents=True)
    book = folder / "codebook.toml"
    book.write_text(FRAMES, encoding="utf-8")
    made = curation("label", "export", "frames", "-n", "12", "--json")
    assert made["tasks"] == 12
    assert "Siapa yang dianggap bertanggung jawab?" in (folder / "page.xml").read_text(encoding="utf-8")
    assert "Dua pihak atau lebih berhadapan." in (folder / "instruction.md").read_text(encoding="utf-8")
    answers = [("sari", ["conflict"], "nobody"), ("bayu", ["conflict", "morality"], "nobody"),
               ("dewi", ["morality"], "government")]  # fmt: skip
    pulled = curation("label", "pull", "frames", "--file", str(exported(folder, answers)), "--json")
    assert (pulled["annotators"], pulled["ties"], pulled["problems"]) == (3, 0, [])
    agreement = curation("label", "agreement", "frames")
    assert "frame" in agreement
    assert "blamed" in agreement
    curation("check", "annotated", "--quiet")
    curation("publish", "--version", "1.0.0", "--date", "2026-03-12", "--quiet")
    [release] = (root / "releases").glob("*/1.0.0")
    assert labels_of(release) == {("frame", "conflict"), ("frame", "morality"), ("blamed", "nobody")}

    text = FRAMES.replace('guideline_version = "1.0"', 'guideline_version = "1.1"').replace('"nobody"', '"none"')
    gone = text[text.index('[[question.label]]\nvalue = "morality"') : text.index('[[question]]\nname = "blamed"')]
    book.write_text(text.replace(gone, "") + CHANGE, encoding="utf-8")
    again = curation("label", "pull", "frames", "--file", str(folder.parent / "export.json"), "--json")
    assert (again["rows"], again["problems"]) == (pulled["rows"], [])
    curation("check", "annotated", "--quiet")
    table = pq.read_table(folder / "labels.parquet")
    assert set(zip(table["question"].to_pylist(), table["value"].to_pylist(), strict=True)) == {
        *(("frame", "conflict"), ("frame", "consequence"), ("blamed", "none")),
    }
    curation("label", "export", "frames")
    page = (folder / "page.xml").read_text(encoding="utf-8")
    assert "morality" not in page
    assert 'value="Tidak ada" alias="none"' in page


def test_a_campaign_from_a_page_of_ones_own(finished: Path) -> None:
    (finished / "my.xml").write_text(
        '<View><Text name="t" value="$berita"/><Rating name="mutu" toName="t"/><Choices name="nada" toName="t">'
        '<Choice value="Tenang"/><Choice value="Ramai"/></Choices></View>',
        encoding="utf-8",
    )
    made = curation("label", "export", "nada", "--page", "my.xml", "-n", "3", "--json")
    assert made["tasks"] == 3
    page = (finished / "campaigns" / "nada" / "page.xml").read_text(encoding="utf-8")
    assert page.startswith('<View><Text name="text" value="$text"/><Rating name="mutu" toName="text"/>')
    again = CliRunner().invoke(cli, ["label", "export", "nada", "--page", "my.xml"])
    assert again.exit_code != 0
    assert "has a codebook already" in str(again.exception)
    curation("label", "export", "--audit", "--page", "my.xml", code=2)
