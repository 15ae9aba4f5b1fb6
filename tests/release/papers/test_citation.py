from __future__ import annotations

import json

import pytest
import yaml

from curation.errors import UsageError
from curation.release.papers.citation import cite


def test_a_version_is_cited_by_its_digest(workspace, release):
    made = release(workspace())
    told = cite(made.folder)
    assert told["text"] == (
        "Lestari, Dewi; Pusat Bahasa Contoh (2025). Korpus Pasar (version 1.0.0) [Data set]. "
        f"Logical digest sha256:{made.logical_digest}."
    )
    assert "author = {Lestari, Dewi and {Pusat Bahasa Contoh}}," in told["bibtex"]
    assert told["bibtex"].startswith("@misc{lestari2025,")
    cited = yaml.safe_load((made.folder / "CITATION.cff").read_text())
    assert cited["identifiers"][0]["value"] == f"sha256:{made.logical_digest}"
    assert json.loads((made.folder / "MANIFEST.json").read_text())["logical_digest"] == made.logical_digest


def test_what_is_no_release_is_told(tmp_path):
    with pytest.raises(UsageError, match="no release"):
        cite(tmp_path)
