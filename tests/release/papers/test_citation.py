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


def test_a_doi_stands_in_every_paper(workspace, release):
    folder = workspace()
    card = folder / "card.toml"
    card.write_text(f'{card.read_text()}url = "https://doi.org/10.5281/zenodo.0000000"\n')
    made = release(folder).folder
    told = cite(made)
    assert "[Data set]. https://doi.org/10.5281/zenodo.0000000. Logical digest" in told["text"]
    assert "  doi = {10.5281/zenodo.0000000}," in told["bibtex"]
    cited = yaml.safe_load((made / "CITATION.cff").read_text())
    assert (cited["doi"], cited["url"]) == ("10.5281/zenodo.0000000", "https://doi.org/10.5281/zenodo.0000000")
    assert told["text"] in (made / "README.md").read_text()
    assert json.loads((made / "croissant.json").read_text())["url"] == cited["url"]
    other = card.read_text().replace("https://doi.org/10.5281/zenodo.0000000", "https://korpus.example/pasar")
    card.write_text(other)
    plain = release(folder, "1.0.1").folder
    assert "doi" not in yaml.safe_load((plain / "CITATION.cff").read_text())


def test_what_is_no_release_is_told(tmp_path):
    with pytest.raises(UsageError, match="no release"):
        cite(tmp_path)
