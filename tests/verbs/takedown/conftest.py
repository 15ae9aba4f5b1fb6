"""A workspace to withdraw from, and a search for its texts that knows nothing of the toolkit's own."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from curation import config, store
from curation.pipeline import Pipeline
from curation.verbs.labelling import export_tasks, pull_export
from curation.verbs.publication import publish_workspace
from curation.verbs.start import make_workspace
from curation.verbs.takedown import asked as asking
from curation.verbs.takedown.asked import Asked
from curation.verbs.takedown.withdraw import Withdrawal, withdraw
from curation.workspace import Workspace
from curation.workspace.inputs import find_inputs

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "data" / "sample"
DAY = "2026-03-09"

#: labelled, of JSON Lines; ordinary, of CSV; of compressed JSON Lines; a page of HTML
LABELLED, ORDINARY, COMPRESSED, PAGE = "3da6eb664363e231", "2e52081d9af2fa95", "483d27fc2ec0b82e", "1da8bf4da242704b"
#: a text file, and the near-duplicate of it, from elsewhere, which has more
FILE, NEAR = "6949e82d5f189ad9", "13f4e5e77af8e458"


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The sample run, labelled and published in both flavours."""
    workspace = Workspace(tmp_path_factory.mktemp("withdraw") / "workspace")
    make_workspace(workspace.root, SAMPLE)
    shutil.rmtree(workspace.root / "source")  # what the sample is built from
    (workspace.root / "truth.jsonl").unlink()
    run(workspace)
    export_tasks(workspace, "topic", n=24)
    pull_export(workspace, "topic", workspace.root / "labelled" / "topic.json")
    publish_workspace(workspace, config.load(workspace.config_file), None, "2026-03-08", public=True)
    return workspace


@pytest.fixture
def workspace(finished: Workspace, tmp_path: Path) -> Workspace:
    shutil.copytree(finished.root, tmp_path / "workspace", symlinks=True)
    return Workspace(tmp_path / "workspace")


def run(workspace: Workspace, *inputs: Path) -> list[Any]:
    settings = config.load(workspace.config_file)
    found = find_inputs(settings.input.paths, workspace.root) | find_inputs(map(str, inputs), Path())
    return list(Pipeline(workspace, settings).run(found))


def take_down(workspace: Workspace, *ids: str, **options: Any) -> Withdrawal:
    found = asking.find(workspace, Asked(ids), **options)
    return withdraw(workspace, config.load(workspace.config_file), found, reason="person", day=DAY)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def words_of(path: Path) -> str:
    data = path.read_bytes()
    if data.startswith(b"PAR1"):
        return " ".join(strings(pq.read_table(path).to_pylist()))
    if data.startswith(b"\x1f\x8b"):
        data = gzip.decompress(data)
    text = data.decode("utf-8", "replace")
    return re.sub(r"<[^>]*>", " ", text.replace("\\n", " ").replace("&quot;", ""))


def plain(text: str) -> str:
    """Words alone: each format has its own way with quotation marks."""
    return " ".join(re.sub(r'["\\]', "", text).split())


def grep(root: Path, lines: set[str]) -> dict[str, str]:
    """The files that hold one of the lines, and which."""
    found = {}
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            text = plain(words_of(path))
            hits = [line for line in lines if line in text]
            if hits:
                found[path.relative_to(root).as_posix()] = hits[0]
    return found


def lines_of(workspace: Workspace, *ids: str) -> set[str]:
    """The lines that stand in these articles and in no other, and their halves, for some are cut in cleaning."""
    rows = [row for table in store.scan(workspace.tables("ingest", "articles")) for row in table.to_pylist()]
    others = plain(" ".join(row["raw"] for row in rows if row["id"] not in ids))
    lines = {plain(line) for row in rows if row["id"] in ids for line in [*row["raw"].splitlines(), row["title"] or ""]}
    whole = {line for line in lines if len(line) >= 40}
    halves = {
        half
        for line in whole
        for half in (line[: len(line) // 2].strip(), line[len(line) // 2 :].strip())
        if len(half) >= 30
    }
    found = {line for line in whole | halves if line not in others}
    assert len(found) > 2 * len(ids)
    return found


def lines_of_all(workspace: Workspace, *ids: str) -> set[str]:
    places = asking.article_places(workspace)
    rows = [row for table in store.scan(places) for row in table.to_pylist()]
    others = plain(" ".join(row["raw"] for row in rows if row["id"] not in ids))
    return {
        plain(line)
        for row in rows
        if row["id"] in ids
        for line in row["raw"].splitlines()
        if len(plain(line)) >= 40 and plain(line) not in others
    }


def curation(workspace: Workspace, *arguments: str, failpoint: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CURATION_FAILPOINT": failpoint, "NO_COLOR": "1"}
    command = [sys.executable, "-m", "curation", *arguments]
    return subprocess.run(
        command, cwd=workspace.root, env=environment, capture_output=True, text=True, check=False, timeout=200
    )
