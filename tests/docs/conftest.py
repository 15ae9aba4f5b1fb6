"""Where the readers of the pages begin: in the repository, or in a workspace of the sample that is run."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from curation import config
from curation.pipeline import Pipeline
from curation.verbs.start import make_workspace
from curation.workspace import Workspace
from curation.workspace.inputs import find_inputs
from tests.docs.blocks import ROOT, Reader

SAMPLE = ROOT / "data" / "sample"


@pytest.fixture(scope="session")
def sample_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("docs") / "berita"
    make_workspace(root, SAMPLE)
    made = Workspace(root)
    settings = config.load(made.config_file)
    list(Pipeline(made, settings).run(find_inputs(settings.input.paths, root)))
    return root


@pytest.fixture
def in_repository(tmp_path: Path) -> Reader:
    """A clone after make install: the sample is there, and an environment to switch on."""
    clone = tmp_path / "curation"
    shutil.copytree(SAMPLE, clone / "data" / "sample", ignore=shutil.ignore_patterns("__pycache__"))
    (clone / ".venv" / "bin").mkdir(parents=True)
    (clone / ".venv" / "bin" / "activate").touch()  # tests have the environment on already
    return Reader(clone, _home(tmp_path))


@pytest.fixture
def in_workspace(tmp_path: Path, sample_workspace: Path) -> Reader:
    workspace = tmp_path / "berita"
    shutil.copytree(sample_workspace, workspace)
    return Reader(workspace, _home(tmp_path))


@pytest.fixture
def reader(request: pytest.FixtureRequest) -> Callable[[Path], Reader]:
    def begin(page: Path) -> Reader:
        at_clone = page.name in ("README.md", "tutorial.md", "index.md")
        found: Reader = request.getfixturevalue("in_repository" if at_clone else "in_workspace")
        return found

    return begin


def _home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    return home
