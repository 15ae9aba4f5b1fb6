"""What every finder finds and passes over. All sentences are invented, and so are the numbers in them.

``examples/<kind>.txt`` has sentences with their finds in double braces under [found], and what looks alike under
[passed over]; ⏎ stands for a line break.
"""

from __future__ import annotations

import doctest
import importlib
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from curation import privacy
from curation.privacy import FINDERS, MASKABLE, findings
from curation.privacy.finder import Finder

HERE = Path(__file__).parent
FOLDER = Path(privacy.__file__).parent
#: modules that hold what finders share
SHARED = {"__init__", "context", "finder"}

by_finder = pytest.mark.parametrize("one", FINDERS, ids=lambda one: one.name)


def examples(kind: str) -> dict[str, list[tuple[str, list[str]]]]:
    """(sentence, values) by section."""
    sections: dict[str, list[tuple[str, list[str]]]] = {}
    for line in (HERE / "examples" / f"{kind}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            found = sections.setdefault(line[1:-1], [])
        elif line:
            sentence = line.replace("⏎", "\n")
            found.append((sentence.replace("{{", "").replace("}}", ""), re.findall(r"{{(.*?)}}", sentence)))
    return sections


def found_in(bodies: list[str], kind: str) -> list[list[str]]:
    """The values of a kind that are found in each body."""
    ids = [str(number) for number in range(len(bodies))]
    table = findings(pa.table({"id": ids, "title": pa.nulls(len(ids), pa.string()), "body": bodies}))
    found: list[list[str]] = [[] for _ in bodies]
    for row in table.to_pylist():
        if row["kind"] == kind:
            found[int(row["id"])].append(bodies[int(row["id"])][row["start"] : row["end"]])
    return found


# -- the files ----------------------------------------------------------------------------------------


def test_one_file_one_finder() -> None:
    assert {path.stem for path in FOLDER.glob("*.py")} - SHARED == {one.name for one in FINDERS}
    for one in FINDERS:
        module = importlib.import_module(f"curation.privacy.{one.name}")
        assert [value for value in vars(module).values() if isinstance(value, Finder)] == [one]
    assert {path.stem for path in (HERE / "examples").glob("*.txt")} == {one.name for one in FINDERS}


@by_finder
def test_a_finder_says_what_it_finds(one: Finder) -> None:
    assert one.summary.endswith(".")
    assert len(one.summary) < 250
    assert doctest.DocTestParser().get_examples(one.doc), "show it: a doctest in Indonesian"
    assert pc.match_substring_regex(pa.array([""]), one.shape).to_pylist() == [False]


def test_children_are_for_review() -> None:
    assert set(MASKABLE) == {one.name for one in FINDERS} - {"minor"}


# -- what they find -----------------------------------------------------------------------------------


@by_finder
def test_there_are_enough_examples(one: Finder) -> None:
    sections = examples(one.name)
    assert list(sections) == ["found", "passed over"]
    assert all(values for _, values in sections["found"])
    assert not any(values for _, values in sections["passed over"])
    for section in sections.values():
        assert len({sentence for sentence, _ in section}) == len(section) >= 20


@by_finder
@pytest.mark.parametrize("section", ["found", "passed over"])
def test_examples(one: Finder, section: str) -> None:
    sentences = examples(one.name)[section]
    found = found_in([sentence for sentence, _ in sentences], one.name)
    wrong = {sentence: got for (sentence, want), got in zip(sentences, found, strict=True) if got != want}
    assert wrong == {}
