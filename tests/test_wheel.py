"""The wheel: schemas, expectations, sites, profiles, codebooks and templates travel in it."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from curation import config, schema
from curation.check import suites

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_the_wheel_holds_the_data_that_the_code_reads(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(tmp_path), str(ROOT)]
    subprocess.run(command, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    code = (
        "from pathlib import Path; from curation import schema, config, sites; from curation.check import suites;"
        "from curation.annotation import codebook; from curation.verbs.start import make_workspace;"
        "from curation.language.detect import language;"
        "print(len(schema.table_names()), len(suites.names()), len(config.load().quality.limits),"
        "sites.shipped_sites().find('www.kompas.com').outlet, codebook.shipped('stance').name,"
        "len(make_workspace(Path('workspace'), None)),"
        "language('Wong-wong padha resik-resik latar lan dalan desa wiwit esuk mau nganti awan.'))"
    )
    # -P and no PYTHONPATH: the checkout must not help
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path / "site", capture_output=True, text=True, check=True
    )
    here = [
        str(number) for number in (len(schema.table_names()), len(suites.names()), len(config.load().quality.limits))
    ]
    assert done.stdout.split() == [*here, "Kompas.com", "stance", "5", "jv"]
