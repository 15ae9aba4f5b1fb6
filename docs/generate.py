"""Write the reference pages of docs/ from the code, so that they can't go stale.

``python docs/generate.py`` writes them; with ``--check`` it exits 1 and names the pages that differ.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from curation import schema
from curation.cli import VERBS, cli
from curation.quality import MEASURES
from curation.report.rulebook import rules_markdown

DOCS = Path(__file__).parent
NOTE = "<!-- Written by docs/generate.py; change the code and run: make docs -->\n"


def measures() -> str:
    """Every measure with its docstring and the shipped limit."""
    from curation import config

    limits = config.load().quality.limits
    parts = ["# Measures", "Thresholds live in `curation.toml`; these are the limits of the profile `indonesian-news`."]
    for one in MEASURES:
        limit = limits.get(one.name)
        shown = "none" if limit is None else ", ".join(f"{k} {v:g}" for k, v in _pairs(limit) if v is not None)
        parts += [f"## {one.name}", f"Unit: {one.unit}. Limit: {shown}.", _prose(one.doc)]
    return "\n\n".join(parts) + "\n"


def _pairs(limit: object) -> list[tuple[str, float | None]]:
    return [(name, getattr(limit, name)) for name in ("min", "max")]


def _prose(doc: str) -> str:
    """A docstring as Markdown: examples become code."""
    lines: list[str] = []
    code = False
    for line in doc.splitlines():
        starts = line.lstrip().startswith(">>>")
        if starts and not code:
            lines.append("```python")
            code = True
        elif code and not line.strip():
            lines.append("```")
            code = False
        lines.append(line)
    return "\n".join([*lines, "```"] if code else lines)


def tables() -> str:
    """Every table with its columns."""
    parts = ["# Tables"]
    for name in schema.table_names():
        table = schema.table_schema(name)
        rows = [f"| `{c.name}` | {c.type} | {'yes' if c.nullable else ''} | {c.description} |" for c in table.columns]
        key = ", ".join(f"`{column}`" for column in table.key)
        parts.append(f"## {name}\n\nOne row: {table.grain}. Key: {key}.")
        parts.append("\n".join(["| column | type | null | |", "|---|---|---|---|", *rows]))
    return "\n\n".join(parts) + "\n"


def commands() -> str:
    """Every verb as its --help shows it."""
    parts = ["# Commands"]
    for name in VERBS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        parts += _command(command, f"curation {name}")
    return "\n\n".join(parts) + "\n"


def _command(command: click.Command, path: str) -> list[str]:
    if isinstance(command, click.Group):
        inner = [_command(one, f"{path} {name}") for name, one in command.commands.items()]
        return [part for parts in inner for part in parts]
    context = click.Context(command, info_name=path, max_content_width=100, terminal_width=100)
    return [f"## {path}", f"```\n{command.get_help(context)}\n```"]


def settings() -> str:
    """The settings file that a new workspace gets."""
    text = (DOCS.parent / "curation" / "template" / "curation.toml").read_text(encoding="utf-8")
    shown = text.format(paths='"raw/*"', name='"my-corpus"')
    return f"# Settings\n\nA new workspace's `curation.toml`, with every default:\n\n```toml\n{shown}```\n"


PAGES = {
    "rules.md": rules_markdown,
    "measures.md": measures,
    "tables.md": tables,
    "commands.md": commands,
    "settings.md": settings,
}


def main() -> None:
    """Write the pages, or compare them."""
    stale = []
    for name, make in PAGES.items():
        path, text = DOCS / name, NOTE + make()
        if "--check" in sys.argv:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(name)
        else:
            path.write_text(text, encoding="utf-8")
    if stale:
        sys.exit(f"stale: {', '.join(stale)}. Run: make docs")


if __name__ == "__main__":
    main()
