"""Which inputs a run reads, and what they are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from curation.errors import UsageError
from curation.workspace.inputs import batch_name, find_inputs, input_digest


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("raw/2026-03-05.jsonl.gz", "2026-03-05"),
        ("malam.1.jsonl", "malam.1"),
        ("MALAM.CSV", "MALAM"),
        ("scrape/malam", "malam"),
        ("v1.2", "v1.2"),
        ("a.warc.gz", "a"),
        ("berita.html.zst", "berita"),
        (".jsonl", ".jsonl"),
    ],
)
def test_batch_names(path, name):
    assert batch_name(Path(path)) == name


def touched(root, *names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def test_patterns_in_order_and_files_by_name(tmp_path):
    touched(tmp_path, "raw/b.jsonl", "raw/a.csv", "raw/in/c.txt", "awal.jsonl", "raw/skip.md")
    found = find_inputs(["awal.jsonl", "raw/*.jsonl", "raw/*.csv", "raw/in"], tmp_path)
    assert {name: path.relative_to(tmp_path).as_posix() for name, path in found.items()} == {
        "awal": "awal.jsonl",
        "b": "raw/b.jsonl",
        "a": "raw/a.csv",
        "in": "raw/in",
    }
    assert list(find_inputs(["raw/**/*.txt", "raw/*.[cj]s*"], tmp_path)) == ["c", "a", "b"]


def test_the_same_input_twice_is_one_batch(tmp_path):
    touched(tmp_path, "a.jsonl")
    assert list(find_inputs(["a.jsonl", "*.jsonl", "./a.jsonl", str(tmp_path / "a.jsonl")], tmp_path)) == ["a"]


def test_an_absolute_path_and_pattern(tmp_path):
    touched(tmp_path, "raw/a.jsonl")
    for pattern in ("raw/a.jsonl", "raw/*"):
        assert find_inputs([str(tmp_path / pattern)], Path("/nowhere")) == {"a": tmp_path / "raw" / "a.jsonl"}


def test_brackets_in_names_are_read_literally(tmp_path):
    root = tmp_path / "korpus [2026]"
    touched(root, "berita [1].jsonl", "lain.jsonl")
    assert list(find_inputs(["berita [1].jsonl"], root)) == ["berita [1]"]
    assert list(find_inputs(["*.jsonl"], root)) == ["berita [1]", "lain"]


def test_what_is_missing_is_told_but_an_empty_night_is_none(tmp_path):
    with pytest.raises(UsageError, match=r"raw/a\.jsonl: no such file or folder"):
        find_inputs(["raw/a.jsonl"], tmp_path)
    assert find_inputs(["raw/*.jsonl"], tmp_path) == {}
    assert find_inputs([], tmp_path) == {}


def test_two_inputs_of_one_name(tmp_path):
    touched(tmp_path, "a.jsonl", "raw/a.csv")
    with pytest.raises(UsageError, match="two inputs would make the batch 'a'"):
        find_inputs(["a.jsonl", "raw/a.csv"], tmp_path)


def test_a_digest_sees_names_and_bytes(tmp_path):
    for name in ("one", "two", "three", "four"):
        touched(tmp_path / name, "a.txt", "b/c.txt")
    assert input_digest(tmp_path / "one") == input_digest(tmp_path / "two")
    (tmp_path / "three" / "a.txt").rename(tmp_path / "three" / "z.txt")
    (tmp_path / "four" / "b" / "c.txt").write_text("other")
    assert len({input_digest(tmp_path / name) for name in ("one", "three", "four")}) == 3
    file = tmp_path / "one" / "a.txt"
    before = input_digest(file)
    file.write_text("x")
    assert input_digest(file) != before
