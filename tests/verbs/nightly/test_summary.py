"""The summary of a run over the sample: what it says, and that its failures are those that make the run exit 1."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from curation import config
from curation.cli import cli
from curation.errors import UsageError
from curation.pipeline import Done
from curation.verbs.nightly import junit, markdown
from curation.verbs.nightly.drift import Alert
from curation.verbs.nightly.facts import BatchFacts, Group
from curation.verbs.nightly.summary import Summary, Told, summarise
from curation.verbs.start import make_workspace
from curation.workspace import Workspace

SAMPLE = Path(__file__).parents[3] / "data" / "sample"
TONIGHT = SAMPLE / "raw" / "2026-03-05-malam-1.jsonl"


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample after its first run."""
    root = tmp_path_factory.mktemp("summary") / "berita"
    make_workspace(root, SAMPLE)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert CliRunner().invoke(cli, ["run", "-q"], catch_exceptions=False).exit_code == 0
    return root


@pytest.fixture
def workspace(finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, which is the current folder."""
    root = tmp_path / "berita"
    shutil.copytree(finished, root)
    monkeypatch.chdir(root)
    return root


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["run", "--summary", "out", *map(str, arguments)], catch_exceptions=False)


def page() -> str:
    return Path("out/summary.md").read_text(encoding="utf-8")


def cases() -> dict[str, dict[str, list[str]]]:
    """What the JUnit file says of each case: failure, skipped and system-out; the counts must be right."""
    root = ElementTree.parse("out/junit.xml").getroot()
    found: dict[str, dict[str, list[str]]] = {}
    for suite in root:
        assert int(suite.get("tests", -1)) == len(suite)
        assert int(suite.get("failures", -1)) == len(suite.findall("testcase/failure"))
        assert int(suite.get("skipped", -1)) == len(suite.findall("testcase/skipped"))
        found[str(suite.get("name"))] = {str(case.get("name")): [part.tag for part in case] for case in suite}
    return found


def test_a_good_night(workspace: Path) -> None:
    done = run("--input", TONIGHT)
    assert done.exit_code == 0, done.stderr
    assert page().startswith("# berita-contoh: passed. 14 inputs, 12 new articles, 9 of them selected\n")
    assert "| 2026-03-05-malam-1 | accepted | 14 | 2 | 0 | 12 | 9 | 3 failed checks |" in page()
    assert (
        "- 2026-03-05-malam-1, new outlet: Pawarta Jawa brings documents: 1; in none of the 5 batches before" in page()
    )
    assert "clean: passed, 14 of 14 expectations met by 97 rows" in page()
    assert cases() == {
        "batches": {"2026-03-05-malam-1": ["system-out"]},
        "checks": {"raw": ["system-out"], "clean": ["system-out"]},
    }


def test_the_same_night_again_says_the_same(workspace: Path) -> None:
    run("--input", TONIGHT)
    before = [Path("out", name).read_bytes() for name in ("summary.md", "junit.xml")]
    shutil.rmtree("out")
    shutil.rmtree("work")  # which may be deleted at any time
    run("--input", TONIGHT)
    assert [Path("out", name).read_bytes() for name in ("summary.md", "junit.xml")] == before


def test_nothing_new_is_said_to_be_nothing(workspace: Path) -> None:
    assert run().exit_code == 0
    assert page().startswith("# berita-contoh: passed, nothing new\n")
    assert cases()["batches"] == {}


def test_a_quarantined_batch_fails_as_often_as_it_is_given(workspace: Path) -> None:
    bad = workspace / "2026-03-06-rusak.jsonl"
    bad.write_text('{"text": "Air surut di Ambon."}\nbukan JSON\n<b>|\n', encoding="utf-8")
    done = run("--input", bad)
    assert done.exit_code == 1
    assert page().startswith("# berita-contoh: failed (batch 2026-03-06-rusak). 3 inputs")
    assert "**2026-03-06-rusak** is quarantined: 2 of 3 inputs are rejected" in page()
    for told in (done.stderr, page(), Path("out/junit.xml").read_text(encoding="utf-8")):
        assert "curation batch accept 2026-03-06-rusak --why" in told
    assert "| rejected: malformed | 2 | 66.7% | 0.0% |" in page()
    assert cases()["batches"] == {"2026-03-06-rusak": ["failure", "system-out"]}
    again = run("--input", bad)
    assert again.exit_code == 1
    assert "'2026-03-06-rusak' is still quarantined: 2 of 3 inputs are rejected" in again.stderr
    assert "curation batch accept 2026-03-06-rusak --why" in again.stderr
    assert cases()["batches"] == {"2026-03-06-rusak": ["failure", "system-out"]}


def test_a_night_without_the_quarantined_batch_goes_on(workspace: Path) -> None:
    bad = workspace / "raw" / "2026-03-04-rusak.jsonl"  # where [input] paths finds it every night
    bad.write_text("bukan JSON\n", encoding="utf-8")
    assert run().exit_code == 1
    done = run("--input", TONIGHT)
    assert done.exit_code == 0
    assert "'2026-03-04-rusak' is still quarantined" in done.stderr
    assert cases()["batches"]["2026-03-04-rusak"] == ["skipped", "system-out"]


def test_a_run_that_begins_anew_beside_a_release_says_so(workspace: Path) -> None:
    def told() -> str:
        return CliRunner().invoke(cli, ["run", "-q", "--until", "ingest"], catch_exceptions=False).stderr

    Path("releases/berita-contoh/1.0.0").mkdir(parents=True)
    assert told() == ""
    shutil.rmtree("state")
    assert told().startswith("curation: there is no state/ of the corpus that releases/berita-contoh/1.0.0 came from")
    assert told() == ""


def test_an_unreadable_input_and_an_empty_one(workspace: Path) -> None:
    (workspace / "kolom.jsonl").write_text('{"kepala": "x"}\n', encoding="utf-8")
    (workspace / "kosong.jsonl").touch()
    done = run("--input", "kolom.jsonl", "--input", "kosong.jsonl")
    assert done.exit_code == 1
    for told in (done.stderr, page()):
        assert "Then: mend it and run it again, or: curation batch drop kolom" in told
    assert "| kolom | quarantined | 0 | 0 | 0 | 0 | 0 |  |" in page()
    assert "| kosong | empty | 0 | 0 | 0 | 0 | 0 |  |" in page()
    assert cases()["batches"] == {"kolom": ["failure", "system-out"], "kosong": ["system-out"]}


def test_a_failed_check_makes_the_run_exit_1(workspace: Path) -> None:
    part = workspace / "state" / "batches" / "2026-03-02-suluh" / "clean" / "documents" / "part-00000.parquet"
    shutil.copyfile(part, part.with_name("part-00001.parquet"))  # every document of the batch stands there twice
    done = run("--json")
    assert done.exit_code == 1
    assert "the check 'clean' failed" in done.stderr
    assert "out/summary.md" in done.stderr
    assert json.loads(done.stdout)["failed_checks"] == ["clean"]
    assert page().startswith("# berita-contoh: failed (check clean), nothing new\n")
    assert cases()["checks"] == {"raw": ["system-out"], "clean": ["failure"]}


@pytest.mark.parametrize("option", [["--dry-run"], ["--until", "clean"]])
def test_half_a_run_has_no_summary(workspace: Path, option: list[str]) -> None:
    with pytest.raises(UsageError, match="--summary tells of a whole run"):
        run(*option)
    assert not Path("out").exists()


def test_a_summary_that_cannot_be_written_is_told_before_the_run(workspace: Path) -> None:
    Path("berkas").write_text("bukan folder", encoding="utf-8")
    with pytest.raises(UsageError, match=r"berkas/out: no summary can be written there \(Not a directory\)"):
        CliRunner().invoke(cli, ["run", "--input", str(TONIGHT), "--summary", "berkas/out"], catch_exceptions=False)
    assert "2026-03-05-malam-1" not in Workspace(workspace).accepted()


def test_batches_that_were_made_again_are_told_and_others_are_not(workspace: Path) -> None:
    place = Workspace(workspace)
    done = [
        Done("clean", "2026-03-02-suluh", "made", {}, 0.0),
        Done("clean", "2026-03-01-harian", "unchanged", {}, 0.0),
        Done("select", None, "made", {}, 0.0),
    ]
    summary = summarise(place, config.load(place.config_file), done)
    assert [told.facts.name for told in summary.batches] == ["2026-03-02-suluh"]
    assert [facts.name for facts in summary.batches[0].earlier] == ["2026-03-01-harian", "2026-03-02-pesisir"]


def test_names_from_other_peoples_pages_stay_text() -> None:
    hostile = "Kabar | <img src=x> ](http://x) `a`\n# besar \x00"
    facts = BatchFacts(
        hostile,
        "accepted",
        "",
        1,
        1,
        {hostile: 1},
        0.0,
        {"selected": 1},
        {},
        {},
        {hostile: Group(1, {"words": 9.0, "failed": 0.0})},
    )
    told = Told(facts, (), (Alert(hostile, "silent", hostile, "x"),), failed=True)
    summary = Summary(hostile, (told,), [("inputs", 1)], ())
    shown = markdown.text(summary)
    assert "<img" not in shown
    assert "\n# besar" not in shown
    rows = [line for line in shown.splitlines() if line.startswith("| Kabar")]
    assert [row.replace("\\|", "").count("|") for row in rows] == [9, 9]
    [case] = ElementTree.fromstring(junit.text(summary)).iter("testcase")
    assert case.get("name") == hostile.replace("\x00", "\ufffd")
