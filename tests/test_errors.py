"""What people read when something is wrong, and the exit code that machines read."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from curation import errors


@pytest.mark.parametrize(
    ("where", "remedy", "text"),
    [
        (None, None, "kolom hilang"),
        ("a.csv:3", None, "a.csv:3: kolom hilang"),
        (None, "Lihat berkas.", "kolom hilang. Lihat berkas."),
        ("a.csv", "Lihat berkas.", "a.csv: kolom hilang. Lihat berkas."),
    ],
)
def test_one_sentence_with_place_and_remedy(where, remedy, text):
    assert str(errors.CurationError("kolom hilang", where=where, remedy=remedy)) == text


@pytest.mark.parametrize("end", [".", "!", "?"])
def test_no_second_full_stop(end):
    assert str(errors.CurationError(f"kosong{end}", remedy="Isi.")) == f"kosong{end} Isi."


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.CurationError, 1),
        (errors.DataError, 1),
        (errors.InputError, 1),
        (errors.UsageError, 2),
    ],
)
def test_exit_codes(kind, code):
    assert kind("x").exit_code == code
    assert issubclass(kind, errors.CurationError)


def test_config_error_lists_all_mistakes():
    error = errors.ConfigError(["a.toml:1: satu", "a.toml:2: dua"])
    assert error.exit_code == 2
    assert error.problems == ["a.toml:1: satu", "a.toml:2: dua"]
    assert str(error).splitlines() == error.problems


def test_every_error_tells_what_to_do_next():
    """Ingest's become rows of `rejected`; what lists several problems ends with the last of them."""
    kinds = {name for name, kind in vars(errors).items() if isinstance(kind, type)} - {"ConfigError"}
    package = Path(errors.__file__).parent
    found, silent = 0, []
    for path in package.rglob("*.py"):
        if path.is_relative_to(package / "ingest"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Raise) or not isinstance(node.exc, ast.Call):
                continue
            if not isinstance(node.exc.func, ast.Name) or node.exc.func.id not in kinds:
                continue
            found += 1
            is_list = "'\\n'.join" in ast.unparse(node.exc)
            if not is_list and "remedy" not in {keyword.arg for keyword in node.exc.keywords}:
                silent.append(f"{path.relative_to(package)}:{node.lineno}")
    assert found > 100
    assert silent == []
