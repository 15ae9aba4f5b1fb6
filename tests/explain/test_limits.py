"""How a corpus lies to its limits, and what others would make of it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from curation import config, schema, store
from curation.cli import cli
from curation.config import Limit, Quality
from curation.errors import UsageError
from curation.explain.limits.standings import borderline, listed, measured, standings
from curation.explain.limits.whatif import examples, other_limits, without_limits
from curation.explain.places import Places
from curation.pipeline import Pipeline
from curation.quality import MEASURES
from curation.quality.verdicts import verdicts
from curation.verbs.whatif import without_rules
from curation.workspace import Workspace

NAMES = [one.name for one in MEASURES]


def stored(folder: Path, rows: list[dict[str, Any]]) -> Places:
    folder.mkdir(parents=True, exist_ok=True)
    store.write_table(folder / "measures.parquet", schema.from_rows("measures", rows))
    return Places(folder)


def limits(**bounds: Limit) -> Quality:
    return Quality(limits=bounds)


def words(*counts: float | None) -> list[dict[str, Any]]:
    return [{"id": f"{i:02d}", "word_count": count} for i, count in enumerate(counts)]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), catch_exceptions=True)


# -- standings ------------------------------------------------------------------------------------


def test_every_measure_with_its_place_in_the_corpus(tmp_path: Path) -> None:
    rows = words(10, 20, 30, None)
    rows[0]["mojibake"] = rows[1]["mojibake"] = 9.0
    places = stored(tmp_path, rows)
    found = {row.name: row for row in standings(places, limits(word_count=Limit(min=15), mojibake=Limit(max=3)))}
    assert list(found) == NAMES
    count = found["word_count"]
    assert (count.told, count.broken, count.alone) == (3, 1, 0)
    assert count.quantiles[1] == 20
    assert (found["mojibake"].broken, found["mojibake"].alone) == (2, 1)
    assert found["paywall"].quantiles == ()
    assert found["paywall"].told == 0


def test_nearest_documents_stand_on_both_sides_of_a_limit(tmp_path: Path) -> None:
    places = stored(tmp_path, words(10, 58, 59, 60, 61, 500, None))
    found = borderline(places, "word_count", Limit(min=60), 2)
    assert [(row["value"], row["breaks"]) for row in found] == [(58, True), (59, True), (60, False), (61, False)]
    both = borderline(places, "word_count", Limit(min=11, max=400), 1)
    assert [(row["value"], row["breaks"]) for row in both] == [(10, True), (58, False), (61, False), (500, True)]


def test_a_measure_without_a_limit_has_no_border(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no limit"):
        borderline(stored(tmp_path, words(1)), "word_count", Limit(), 5)


@given(st.lists(st.none() | st.integers(0, 30), max_size=30), st.integers(0, 30), st.integers(1, 5))
def test_borderline_holds_the_nearest_of_each_side(
    tmp_path_factory: pytest.TempPathFactory, counts: list[int | None], bound: int, n: int
) -> None:
    places = stored(tmp_path_factory.mktemp("m"), words(*counts))
    found = borderline(places, "word_count", Limit(min=bound), n)
    told = [count for count in counts if count is not None]
    for breaks in (True, False):
        side = sorted(abs(count - bound) for count in told if (count < bound) == breaks)[:n]
        assert sorted(abs(row["value"] - bound) for row in found if row["breaks"] == breaks) == side


def test_where_no_measures_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no measures are here yet"):
        measured(None, tmp_path)
    with pytest.raises(UsageError, match="no workspace here"):
        measured(None, None)


# -- other limits ---------------------------------------------------------------------------------


def test_reasons_and_flips_of_other_limits(tmp_path: Path) -> None:
    places = stored(tmp_path, words(10, 20, 30, None))
    found = other_limits(places, limits(word_count=Limit(min=15)), limits(word_count=Limit(min=25)))
    assert found.passing == (3, 2)
    assert found.selected is None
    assert found.reasons == {"word_count": (1, 2)}
    assert found.flips.to_pylist() == [
        {"id": "01", "keep": False, "reasons": ["word_count"], "keep_before": True, "reasons_before": []}
    ]
    [one] = examples(places, found, 5)
    assert one == {"id": "01", "keep": False, "why": ["word_count 20"]}


@given(
    st.lists(st.tuples(st.none() | st.integers(0, 9), st.none() | st.integers(0, 9)), max_size=20),
    st.tuples(*[st.none() | st.integers(0, 9)] * 4),
)
def test_a_recount_is_what_verdicts_say(
    tmp_path_factory: pytest.TempPathFactory,
    values: list[tuple[int | None, int | None]],
    bounds: tuple[int | None, int | None, int | None, int | None],
) -> None:
    rows = [{"id": f"{i:02d}", "word_count": a, "mojibake": b} for i, (a, b) in enumerate(values)]
    places = stored(tmp_path_factory.mktemp("m"), rows)
    before = limits(word_count=Limit(min=bounds[0]), mojibake=Limit(max=bounds[1]))
    after = limits(word_count=Limit(min=bounds[2]), mojibake=Limit(max=bounds[3]))
    found = other_limits(places, before, after)
    table = schema.from_rows("measures", rows)
    old, new = (verdicts(table, quality.limits)["keep"].to_pylist() for quality in (before, after))
    assert found.passing == (sum(old), sum(new))
    flips = {row["id"]: row["keep"] for row in found.flips.to_pylist()}
    assert flips == {f"{i:02d}": b for i, (a, b) in enumerate(zip(old, new, strict=True)) if a != b}


def test_without_a_limit_nothing_is_broken(tmp_path: Path) -> None:
    places = stored(tmp_path, words(10, 90))
    before = limits(word_count=Limit(min=60))
    found = other_limits(places, before, without_limits(before, ["word_count"]))
    assert found.passing == (1, 2)
    assert [row["keep"] for row in found.flips.to_pylist()] == [True]


def test_examples_show_both_ways(tmp_path: Path) -> None:
    places = stored(tmp_path, words(*range(20)))
    found = other_limits(places, limits(word_count=Limit(min=10)), limits(word_count=Limit(max=9)))
    shown = examples(places, found, 6)
    assert [row["keep"] for row in shown] == [False] * 3 + [True] * 3
    assert len(examples(places, found, 100)) == 20
    assert examples(places, found, 0) == []


# -- in a workspace -------------------------------------------------------------------------------


def selected(workspace: Workspace) -> int:
    return sum(workspace.corpus_stage("select").read("selection")["selected"].to_pylist())


@pytest.mark.parametrize(
    "override", ["quality.word_count.min=1", "quality.word_count.min=80", "quality.stop_words.min=0.9"]
)
def test_the_selection_is_foretold(workspace: Workspace, tmp_path: Path, override: str) -> None:
    """What whatif says is what a run then makes, decisions and copies included."""
    copy = Workspace(tmp_path / "korpus")
    shutil.copytree(workspace.root, copy.root)
    after = config.load(None, (override,))
    places = Places(copy.root, copy)
    found = other_limits(places, config.load().quality, after.quality)
    assert found.selected is not None
    assert found.selected[0] == selected(copy)
    list(Pipeline(copy, after).run({}))
    assert found.selected[1] == selected(copy)
    keep = copy.corpus_stage("select").read("verdicts")["keep"].to_pylist()
    assert found.passing[1] == sum(keep)


def test_without_a_cleaning_rule(workspace: Workspace) -> None:
    """The one document that it edits is longer without it, and then breaks a limit that it just keeps now."""
    places = Places(workspace.root, workspace)
    [edited] = {row["id"] for row in places.rows("edits", "rule", ["baca_juga"])}
    [row] = places.rows("measures", "id", [edited])
    settings = config.load(None, (f"quality.word_count.max={row['word_count']}",))
    found = without_rules(places, settings, settings.quality, ["baca_juga"])
    assert (found.concerned, found.documents, found.passing) == (1, 1, (1, 0))
    assert found.flips.select(["id", "reasons"]).to_pylist() == [{"id": edited, "reasons": ["word_count"]}]
    assert found.measures["word_count"].to_pylist() == [
        row["word_count"] + len(["Baca", "juga", "Harga", "Beras", "Turun", "di", "Pasar", "Induk"])
    ]
    nothing = without_rules(places, settings, settings.quality, ["ai_disclosure"])
    assert (nothing.concerned, nothing.documents, nothing.flips.num_rows) == (0, 0, 0)


def test_unknown_names_are_told(workspace: Workspace) -> None:
    settings = config.load()
    with pytest.raises(UsageError, match="Did you mean 'baca_juga'"):
        without_rules(Places(workspace.root, workspace), settings, settings.quality, ["baca_jugo"])


# -- on the command line --------------------------------------------------------------------------


def test_list_without_a_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("measures")
    assert result.exit_code == 0
    assert re.search(r"^word_count +at least 60 +words$", result.stdout, re.MULTILINE)
    assert "median" not in result.stdout
    rows = json.loads(run("measures", "--json").stdout)
    assert [row["name"] for row in rows] == NAMES == [row.name for row in listed(config.load().quality)]


def test_one_measure_is_explained(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace.root)
    result = run("measures", "word_count", "-n", "1")
    assert "breaks" in result.stdout
    assert "Nearest to the limit:" in result.stdout
    assert "kabardesa.example: Singkat" in result.stdout
    assert "curation explain" in result.stderr
    assert "Did you mean 'word_count'" in str(run("measures", "word_cuont").exception)


def test_whatif_on_the_command_line(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace.root)
    before = {path: path.stat().st_mtime_ns for path in workspace.root.rglob("*")}
    result = run("whatif", "--set", "quality.word_count.min=500")
    assert result.exit_code == 0, result.output
    assert "documents that pass" in result.stdout
    assert "word_count" in result.stdout
    found = json.loads(run("whatif", "--set", "quality.word_count.min=500", "--json").stdout)
    assert found["after"]["passing"] == 0
    assert found["flips"] == found["before"]["passing"] == len(found["examples"])
    assert before == {path: path.stat().st_mtime_ns for path in workspace.root.rglob("*")}
    assert "No verdict" in run("whatif", "--set", "quality.mojibake.max=50").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "--set quality.word_count.min=80"),
        (("--set", "dedup.jaccard=0.8"), "run --dry-run"),
        (("--disable", "baca_jugo"), "Did you mean 'baca_juga'"),
    ],
)
def test_what_whatif_can_not_answer(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], message: str
) -> None:
    monkeypatch.chdir(workspace.root)
    result = run("whatif", *arguments)
    assert isinstance(result.exception, UsageError)
    assert message in str(result.exception)


def test_another_profile_is_tried(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace.root)
    for name in config.profile_names():
        assert run("whatif", "--set", f"quality.profile={name}").exit_code == 0
