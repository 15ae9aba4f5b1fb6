"""Where a campaign keeps its files: ``campaigns/<name>/`` in a workspace."""

from __future__ import annotations

import re
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from curation import store
from curation.annotation import codebook as codebooks
from curation.annotation.codebook import Codebook
from curation.errors import UsageError

#: ends the name of the campaign in which another one's divided answers are settled
ADJUDICATION = "-adjudication"


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
    def adjudication(self) -> Campaign:
        """The campaign in which its divided answers are settled, whether there is one or not."""
        return Campaign(self.folder.with_name(f"{self.name}{ADJUDICATION}"))

    @property
    def adjudicates(self) -> Campaign | None:
        """The campaign whose divided answers are settled in this one; None where it has work of its own."""
        other = Campaign(self.folder.with_name(self.name.removesuffix(ADJUDICATION)))
        if other.name == self.name or not (other.codebook.exists() and self.codebook.exists()):
            return None
        return other if self.load_codebook().codebook.shows == "adjudication" else None

    @property
    def annotators(self) -> Path:
        """Accounts and their pseudonyms; an adjudication shares them, so that a person has one name in both."""
        return (self.adjudicates or self).folder / "annotators.csv"

    @property
    def gold(self) -> Path:
        """Right answers, which make their tasks gold."""
        return self.folder / "gold.csv"

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

    @property
    def identity(self) -> str:
        """Tells its projects on a server from those of another workspace's campaign of the same name.

        Made once; copies of the folder share it.
        """
        path = self.folder / "identity"
        if not path.exists():
            store.write_atomically(path, secrets.token_hex(4).encode())
        return path.read_text(encoding="utf-8").strip()

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
        _ = self.identity  # before somebody copies the folder to another machine


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
