"""A new workspace: from an input whose columns are recognised, or as a copy of another workspace."""

from __future__ import annotations

import itertools
import json
import os
import shutil
from pathlib import Path

from curation.errors import UsageError
from curation.workspace import CONFIG

_TEMPLATE = Path(__file__).parents[1] / "template"
#: what belongs to the life of one workspace, not to its settings
_LIFE = {"state", "work", "releases"}


def make_workspace(directory: Path, source: Path | None) -> list[Path]:
    """Write the files of a workspace that are not there yet; returns those.

    Args:
        directory: the workspace.
        source: an input, which the settings will name, or a workspace, whose files are copied.

    Raises:
        UsageError: the source does not exist.
    """
    if source is not None and not source.exists():
        raise UsageError("no such file or folder", where=str(source), remedy="Check the path after --from.")
    if source is not None and (source / CONFIG).is_file():
        return _copy(source, directory)
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(_TEMPLATE.iterdir())}
    texts[CONFIG] = texts[CONFIG].format(
        paths=json.dumps(os.path.relpath(source, directory), ensure_ascii=False) if source else "",
        name=json.dumps(directory.resolve().name, ensure_ascii=False),
    )
    return [path for name, text in texts.items() if (path := _write(directory / name, text))]


def preview(directory: Path, count: int = 5) -> list[str]:
    """The first articles of the workspace's inputs as they were understood, one line each.

    Raises:
        InputError: the input can't be read, or its columns are not recognised.
    """
    from curation import config, ingest
    from curation.boilerplate import names
    from curation.sites import load_sites
    from curation.workspace.inputs import find_inputs

    settings = config.load(directory / CONFIG, mistakes=names.in_settings)
    for path in find_inputs(settings.input.paths, directory).values():
        records = list(itertools.islice(ingest.read(path, settings.input), count))
        sites = load_sites(directory / "sites", names.in_site)
        made = ingest.convert(ingest.record_table(records), batch=path.name, site_record=sites.find)
        return [_line(row) for row in made["articles"].to_pylist()]
    return []


def _line(row: dict[str, object]) -> str:
    date = f"{row['published_at']:%Y-%m-%d %H:%M} UTC" if row["published_at"] else f"no date ({row['date_text']})"
    text = " ".join(str(row["raw"]).split())[:60]
    return f"{date}  {row['outlet']}  {row['title'] or '(no title)'} | {text} ..."


def _write(path: Path, text: str) -> Path | None:
    if path.exists():
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _copy(source: Path, directory: Path) -> list[Path]:
    """Copy a workspace's own files; those that are there already are left alone."""
    copied = []
    for path in sorted(source.rglob("*")):
        inside = path.relative_to(source)
        target = directory / inside
        if (
            path.is_file()
            and inside.parts[0] not in _LIFE
            and "__pycache__" not in inside.parts
            and not target.exists()
        ):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            copied.append(target)
    makefile = _write(directory / "Makefile", (_TEMPLATE / "Makefile").read_text(encoding="utf-8"))
    return [*copied, makefile] if makefile else copied
