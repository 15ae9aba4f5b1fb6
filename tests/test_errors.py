"""What people read when something is wrong, and the exit code that machines read."""

from __future__ import annotations

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
