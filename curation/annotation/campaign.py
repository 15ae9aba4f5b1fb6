"""Where a campaign keeps its files: ``campaigns/<name>/`` in a workspace."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from curation.annotation import codebook as codebooks
from curation.annotation.codebook import Codebook
from curation.errors import UsageError


@dataclass(frozen=True)
class Campaign:
    """The folder of one campaign. Its ``annotators.csv`` and ``exports/`` name people: they are never published."""

    folder: Path

    @property
    def name(self) -> str:
        """The campaign's name."""
        return self.folder.name

    @property
    def codebook(self) -> Path:
        """What is asked."""
        return self.folder / "codebook.toml"

    @property
    def page(self) -> Path:
        """Label Studio's page, made from the codebook."""
        return self.folder / "page.xml"

    @property
    def instruction(self) -> Path:
        """The instruction as people discuss it, made from the codebook."""
        return self.folder / "instruction.md"

    @property
    def instruction_html(self) -> Path:
        """The instruction for Label Studio's settings, made from the codebook."""
        return self.folder / "instruction.html"

    @property
    def tasks(self) -> Path:
        """The tasks table."""
        return self.folder / "tasks.parquet"

    @property
    def tasks_json(self) -> Path:
        """The tasks as Label Studio imports them."""
        return self.folder / "tasks.json"

    @property
    def annotations(self) -> Path:
        """The annotations table."""
        return self.folder / "annotations.parquet"

    @property
    def labels(self) -> Path:
        """The labels table."""
        return self.folder / "labels.parquet"

    @property
    def annotators(self) -> Path:
        """Accounts and their pseudonyms."""
        return self.folder / "annotators.csv"

    @property
    def exports(self) -> Path:
        """Label Studio's exports as they came."""
        return self.folder / "exports"

    @property
    def ledgers(self) -> Path:
        """The edits of the texts that were given out."""
        return self.folder / "ledgers.parquet"

    @property
    def quarantine(self) -> Path:
        """What was read from a server and is not used, and why."""
        return self.folder / "quarantine.json"

    def load_codebook(self) -> Codebook:
        """The campaign's codebook.

        Raises:
            UsageError: there is none.
            ConfigError: it has mistakes.
        """
        if not self.codebook.exists():
            known = ", ".join(codebooks.shipped_names())
            raise UsageError(
                "no codebook", where=str(self.codebook), remedy=f"Start from a shipped one ({known}) or write it there."
            )
        return codebooks.load(self.codebook)

    def begin(self, shipped: str) -> None:
        """Make the folder, with a copy of a shipped codebook where it has none."""
        source = codebooks.shipped_path(shipped)
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self.codebook.exists():
            shutil.copyfile(source, self.codebook)


def campaign(workspace: Path, name: str) -> Campaign:
    """A campaign of a workspace, by name.

    >>> campaign(Path("korpus"), "sikap-2026").tasks.as_posix()
    'korpus/campaigns/sikap-2026/tasks.parquet'

    Raises:
        UsageError: the name can't be a folder everywhere.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name):
        raise UsageError(f"a campaign can't be called '{name}'", remedy="Use a-z, 0-9, - and _.")
    return Campaign(workspace / "campaigns" / name)


def names(workspace: Path) -> list[str]:
    """The campaigns of a workspace, in alphabetical order."""
    return sorted(path.parent.name for path in (workspace / "campaigns").glob("*/codebook.toml"))
