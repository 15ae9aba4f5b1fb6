"""The explanation in a real browser, with no network: nothing is asked for, nothing goes wrong."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from curation import config
from curation.explain.explanation import explain
from curation.explain.page import explanation_html
from curation.pipeline import Pipeline
from curation.verbs.start import make_workspace
from curation.workspace import Workspace
from curation.workspace.inputs import find_inputs

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(autouse=True)
def _browser() -> None:
    if BROWSER is None:
        assert not os.environ.get("CI"), "CI must have Chromium or Chrome: make test installs it"
        pytest.skip("no Chromium or Chrome here: the pages are NOT looked at in a browser")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("browser") / "workspace"
    make_workspace(root, SAMPLE)
    settings = config.load(root / "curation.toml")
    list(Pipeline(Workspace(root), settings).run(find_inputs(settings.input.paths, root)))
    return Workspace(root)


def opened(page: Path, profile: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """What the browser makes of a page; every host name fails to resolve."""
    assert BROWSER
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    quiet += ["--disable-component-update", "--disable-sync", "--disable-quic", "--enable-logging=stderr"]
    command = [BROWSER, *quiet, "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={profile}", *options]
    return subprocess.run([*command, page.as_uri()], capture_output=True, text=True, timeout=90, check=True)


def test_an_explanation_shows_what_was_removed(workspace: Workspace, tmp_path: Path) -> None:
    ref = "2026-03-04-kumpulan/bioskop-tua-malang.txt"
    path = tmp_path / "explain.html"
    path.write_text(explanation_html(explain(workspace, ref)), encoding="utf-8")
    done = opened(path, tmp_path / "profile", "--dump-dom")
    assert "CONSOLE" not in done.stderr
    assert "Kolektor Poster Film Malang" in done.stdout
    assert "baca_juga" in done.stdout
