"""The house: sizes of files and folders, names that say nothing, and data files that travel in the wheel."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CODE = sorted((ROOT / "curation").rglob("*.py"))


def test_no_file_is_longer_than_400_lines() -> None:
    long = {path.name: count for path in CODE if (count := len(path.read_text(encoding="utf-8").splitlines())) > 400}
    assert not long


def test_no_folder_holds_more_than_15_files_of_code() -> None:
    folders = {path.parent for path in CODE if path.parent != ROOT / "curation"}
    assert not {folder.name: n for folder in folders if (n := len(list(folder.glob("*.py")))) > 15}


def test_names_say_what_is_inside() -> None:
    assert not [path for path in CODE if path.stem in {"utils", "util", "helpers", "core", "base", "common", "misc"}]


@pytest.mark.slow
def test_the_wheel_holds_schemas_expectations_and_site_data(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(tmp_path), str(ROOT)]
    subprocess.run(command, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    code = (
        "from curation import schema, config, sites; from curation.check import suites;"
        "from curation.annotation import codebook;"
        "print(len(schema.table_names()), len(suites.names()), len(config.load().quality.limits),"
        "sites.shipped_sites().find('www.kompas.com').outlet, codebook.shipped('stance').name)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path / "site", capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["17", "4", "9", "Kompas.com", "stance"]
