"""The code blocks of a page, and what it takes to run them as its reader would."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import markdown_it

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
#: docs/generate.py --check holds these against the code
GENERATED = ("rules.md", "measures.md", "tables.md", "commands.md", "settings.md", "sites.md", "checks.md")


@dataclass(frozen=True)
class Block:
    """A block of code with its language, and where it stands."""

    page: Path
    line: int
    language: str
    #: what stands behind the language
    rest: str
    code: str

    @property
    def place(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def pages() -> list[Path]:
    """The README and all pages of docs/, for ids of tests in a fixed order."""
    return [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]


def tokens(page: Path) -> list[markdown_it.token.Token]:
    return markdown_it.MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))


def blocks(page: Path) -> list[Block]:
    """All blocks; one that is only indented is taken for `console`."""
    found = []
    for token in tokens(page):
        if token.type in ("fence", "code_block"):
            assert token.map is not None
            language, _, rest = (token.info.strip() if token.type == "fence" else "console").partition(" ")
            found.append(Block(page, token.map[0] + 1, language, rest, token.content))
    return found


def commands(code: str) -> Iterator[list[str]]:
    """The calls of curation and make in a shell block, as words; comments, pipes and assignments are cut off."""
    for line in code.replace("\\\n", " ").splitlines():
        for call in re.split(r"&&|\|\||\||;|\$\(", re.sub(r"(^|\s)#.*", "", line)):
            words = call.split()
            while words and re.fullmatch(r"\w+=\S*", words[0]):
                words = words[1:]
            if words and words[0] in ("curation", "make"):
                yield words


@dataclass
class Reader:
    """Somebody who types a page's blocks from the first to the last, in one folder."""

    folder: Path
    home: Path
    printed: str = ""
    names: dict[str, Any] = field(default_factory=dict)

    @property
    def here(self) -> Path:
        kept = self.home / "place"
        return Path(kept.read_text(encoding="utf-8").strip()) if kept.exists() else self.folder

    def bash(self, code: str) -> None:
        """Run it where the last block ended, with what that one exported."""
        state = self.home / "state"
        script = f". {state}\n" if state.exists() else ""
        script += f"set -euo pipefail\n{code}\nset +eu\nexport -p > {state}\npwd > {self.home / 'place'}\n"
        done = subprocess.run(
            ["/bin/bash", "-c", script],
            cwd=self.here,
            env={
                "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
                "HOME": str(self.home),
                "LANG": "C.UTF-8",
                "COLUMNS": "100",
                "NO_COLOR": "1",
                "PYTHONUNBUFFERED": "1",  # what is said and what is printed come in their order
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )
        self.printed = done.stdout
        assert done.returncode == 0, f"exit {done.returncode} of:\n{code}\n{self.printed}"

    def write(self, path: str, text: str) -> None:
        """Save a block as the file that the page names."""
        target = self.here / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def saw(self, shown: str) -> None:
        """Hold what a page shows as output against what came out; a line of … stands for any number of lines."""
        came = iter(map(_timeless, self.printed.splitlines()))
        for line in map(_timeless, shown.splitlines()):
            if line.strip() in ("", "…"):
                continue
            assert line in came, f"not printed, or not in this place: {line!r}\n{self.printed}"


def _timeless(line: str) -> str:
    """A line without what differs from run to run: seconds and kilobytes."""
    return re.sub(r"\s*\d+\.\d s$|\d+ kB", "", line).rstrip()
