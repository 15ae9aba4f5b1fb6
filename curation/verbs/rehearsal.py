"""A dry run: the real run, on a copy of the state that shares its files, and what would be different after it."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from curation import store
from curation.pipeline import Pipeline
from curation.workspace import CONFIG, Workspace
from curation.workspace.frozen import frozen_ids

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curation.config import Config


def rehearse(
    workspace: Workspace, config: Config, inputs: Mapping[str, Path], until: str, limit: int | None
) -> dict[str, int]:
    """How much a run would change, by kind; nothing of the workspace is written.

    State files are only ever replaced, never written into, so hard links keep the original safe.
    """
    with tempfile.TemporaryDirectory(prefix=".rehearsal-", dir=workspace.root) as folder:
        shadow = Workspace(Path(folder) / "workspace")
        _link(workspace, shadow)
        before = _standing(workspace)
        done = list(Pipeline(shadow, config, limit=limit).run(inputs, until))
        after = _standing(shadow)
        labelled = frozen_ids(workspace)
    texts = _changed(before["texts"], after["texts"])
    return {
        "stages to make": sum(event.outcome == "made" for event in done),
        "batches to quarantine": sum(event.outcome == "quarantined" for event in done),
        "new articles": len(after["texts"].keys() - before["texts"].keys()),
        "texts changed": len(texts),
        "labelled or released texts changed": len(texts & labelled),
        "verdicts changed": len(_changed(before["verdicts"], after["verdicts"])),
        "documents that enter the selection": len(_selected(after) - _selected(before)),
        "documents that leave the selection": len(_selected(before) - _selected(after)),
    }


def _link(workspace: Workspace, shadow: Workspace) -> None:
    """The workspace's settings, sites, decisions, state and results, without copying a byte of the big ones."""
    shadow.root.mkdir()
    for folder in (workspace.state, workspace.work, workspace.root / "sites"):
        if folder.is_dir():
            shutil.copytree(folder, shadow.root / folder.name, copy_function=os.link)
    for name in (CONFIG, "decisions.csv"):
        if (workspace.root / name).exists():
            shutil.copyfile(workspace.root / name, shadow.root / name)


def _standing(workspace: Workspace) -> dict[str, dict[str, object]]:
    """Text, verdict and selection of every document."""
    texts: dict[str, object] = {}
    for table in store.scan(workspace.tables("clean", "documents"), ["id", "text_sha256"]):
        texts |= zip(table["id"].to_pylist(), table["text_sha256"].to_pylist(), strict=True)
    select = workspace.corpus_stage("select")
    verdicts = select.read("verdicts", ["id", "keep", "reasons"]).to_pylist()
    selection = select.read("selection", ["id", "selected"]).to_pylist()
    return {
        "texts": texts,
        "verdicts": {row["id"]: (row["keep"], row["reasons"]) for row in verdicts},
        "selection": {row["id"]: row["selected"] for row in selection},
    }


def _changed(before: Mapping[str, object], after: Mapping[str, object]) -> set[str]:
    return {key for key in before.keys() & after.keys() if before[key] != after[key]}


def _selected(standing: Mapping[str, Mapping[str, object]]) -> set[str]:
    return {key for key, selected in standing["selection"].items() if selected}
