"""Which inputs a run reads, and what they are called as batches."""

from __future__ import annotations

import glob
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from curation import store
from curation.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

_ENDINGS = {
    ".gz",
    ".zst",
    ".jsonl",
    ".ndjson",
    ".json",
    ".jl",
    ".csv",
    ".tsv",
    ".parquet",
    ".warc",
    ".txt",
    ".html",
    ".htm",
}


def batch_name(path: Path) -> str:
    """The batch that an input makes: its file name without endings, or the folder's name.

    >>> batch_name(Path("raw/2026-03-05-malam-1.jsonl.gz"))
    '2026-03-05-malam-1'
    """
    name = path.name
    while Path(name).suffix.lower() in _ENDINGS and Path(name).stem:
        name = Path(name).stem
    return name


def find_inputs(patterns: Iterable[str], root: Path) -> dict[str, Path]:
    """Inputs by batch name, in the order of the patterns, those of one pattern by name.

    Raises:
        UsageError: a path without wildcards is missing, or two inputs would make the same batch.
    """
    found: dict[str, Path] = {}
    for pattern in patterns:
        paths = [root / pattern]  # brackets may also be meant literally
        if not paths[0].exists():
            matches = glob.glob(pattern, root_dir=root, recursive=True)  # noqa: PTH207 (the pattern may be absolute)
            paths = [root / match for match in sorted(matches)]
        if not paths and not glob.has_magic(pattern):
            raise UsageError("no such file or folder", where=pattern, remedy="Check [input] paths or --input.")
        for path in paths:
            name = batch_name(path)
            known = found.setdefault(name, path)
            if known.resolve() != path.resolve():
                raise UsageError(
                    f"two inputs would make the batch '{name}': {known} and {path}",
                    remedy="Rename one of them.",
                )
    return found


def input_digest(path: Path) -> str:
    """sha256 over names and bytes of an input, file or folder."""
    if path.is_file():
        return store.file_digest(path)
    made = hashlib.sha256()
    for file in sorted(path.rglob("*")):
        if file.is_file():
            made.update(f"{file.relative_to(path).as_posix()}\0{store.file_digest(file)}\n".encode())
    return made.hexdigest()
