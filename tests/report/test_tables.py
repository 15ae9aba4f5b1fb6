"""The figures for a paper: the same numbers as CSV and LaTeX, pictures, and the method in both languages."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from curation import config
from curation.errors import UsageError
from curation.verbs.report.story import Story, gather
from curation.verbs.report.tables import latex, tables, write_tables

SETTINGS = config.load(overrides=("dedup.jaccard=0.8", 'scope.terms=["banjir"]'))


@pytest.fixture(scope="module")
def story(invented: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> Story:
    workspace = invented.make_workspace(tmp_path_factory.mktemp("tables"))
    return gather(workspace, SETTINGS, datetime(2026, 3, 9, tzinfo=UTC))


@pytest.fixture(scope="module")
def folder(story: Story, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("out") / "tabel"
    assert sorted(write_tables(story, SETTINGS, made)) == sorted(made.iterdir())
    return made


def rows(folder: Path, name: str) -> list[list[str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_csv_holds_whole_numbers(folder: Path) -> None:
    assert rows(folder, "funnel")[1] == ["inputs", "", "11", "1.0"]
    assert ["repeat", "rejected", "2", str(2 / 11)] in rows(folder, "funnel")
    assert rows(folder, "outlets")[1][:6] == ["Kabar", "7", "2", "1", "1", "1"]
    assert ["word_count", "words", "60.0", "", "8", "1", "0"] in rows(folder, "measures")
    assert rows(folder, "copied")[1:] == [["Kabar", "Warta", "1"]]


def test_latex_has_the_same_rows(folder: Path, story: Story) -> None:
    for name, columns, found in tables(story):
        if found:
            lines = (folder / f"{name}.tex").read_text(encoding="utf-8").splitlines()
            assert len(lines) == len(found) + 6
            assert lines[2].count(" & ") == len(columns) - 1
        else:
            assert not (folder / f"{name}.tex").exists()


def test_latex_is_escaped() -> None:
    text = latex(["what", "n"], [["50 % & {x}_y \\ ~ ^ # $", 1234.5]])
    assert r"50 \% \& \{x\}\_y \textbackslash{} \textasciitilde{} \textasciicircum{} \# \$ & 1234 \\" in text
    assert text.startswith(r"\begin{tabular}{lr}")


def test_pictures_are_svg_files(folder: Path) -> None:
    pictures = {path.name for path in folder.glob("*.svg")}
    assert {"timeline.svg", "measure-word_count.svg"} <= pictures
    for picture in folder.glob("*.svg"):
        assert ElementTree.parse(picture).getroot().tag.endswith("svg")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("11 inputs", "word_count ≥ 60", "at least 0.8", "or a containment of at least 0.65", "banjir")),
        ("id", ("11 masukan", "word_count ≥ 60", "sedikitnya 0,8", "sedikitnya 0,65", "banjir", "paywall ≤ 0,6")),
    ],
)
def test_the_method_tells_the_real_parameters(folder: Path, language: str, words: tuple[str, ...]) -> None:
    text = (folder / f"methods-{language}.md").read_text(encoding="utf-8")
    assert all(word in text for word in words), text
    assert ("3 articles with 12 words" if language == "en" else "3 artikel dengan 12 kata") in text


def test_a_file_is_no_folder(story: Story, tmp_path: Path) -> None:
    (tmp_path / "tabel").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="this is a file"):
        write_tables(story, SETTINGS, tmp_path / "tabel")
