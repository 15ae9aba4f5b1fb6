"""Write the reference pages of docs/ from the code, so that they can't go stale.

``python docs/generate.py`` writes them; with ``--check`` it exits 1 and names the pages that differ.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curation import schema
from curation.cli import VERBS, cli
from curation.quality import MEASURES
from curation.report.rulebook import rules_markdown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curation.config import Limit

DOCS = Path(__file__).parent
NOTE = "<!-- Written by docs/generate.py; change the code and run: make docs -->\n"


def measures() -> str:
    """Every measure with its docstring, and the limits of every profile."""
    from curation import config
    from curation.explain.limits.text import bounds

    profiles = ["indonesian-news", *(name for name in config.profile_names() if name != "indonesian-news")]
    limits = {name: config.load(None, (f"quality.profile={name}",)).quality.limits for name in profiles}
    rows = [
        [f"[{one.name}](#{one.name})", one.unit, *(_limit(limits[name], one.name) for name in profiles)]
        for one in MEASURES
    ]
    parts = [
        "# Measures",
        "A measure is a number, without a judgement. What is good stands in `curation.toml`, above the limits of a "
        'profile: `[quality] profile = "indonesian-news"` is the default, the others are published recipes. A limit is '
        "included in what passes. `curation measures` shows how a corpus lies to its limits, `curation whatif` what "
        "other ones would change.",
        "\n".join(_row(cells) for cells in [["measure", "unit", *profiles], ["---"] * (2 + len(profiles)), *rows]),
    ]
    for shelf in dict.fromkeys(one.group for one in MEASURES):
        package = importlib.import_module(f"curation.quality.{shelf}")
        parts.append(f"## {shelf}: {(package.__doc__ or '').strip().partition(chr(10))[0]}")
        for one in MEASURES:
            if one.group == shelf:
                limit = config.load().quality.limits.get(one.name, config.Limit())
                said = f" `indonesian-news`: {said}." if (said := bounds(limit)) else ""
                parts += [f"### {one.name}", f"Unit: {one.unit}.{said}", _prose(one.doc)]
    return "\n\n".join(parts) + "\n"


def _limit(limits: Mapping[str, Limit], name: str) -> str:
    limit = limits.get(name)
    pairs = (("≥", limit.min), ("≤", limit.max)) if limit else ()
    return ", ".join(f"{sign} {bound:g}" for sign, bound in pairs if bound is not None)


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


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
    return [f"## {path}", f"```text\n{command.get_help(context)}\n```"]


def settings() -> str:
    """The settings file that a new workspace gets."""
    text = (DOCS.parent / "curation" / "template" / "curation.toml").read_text(encoding="utf-8")
    shown = text.format(paths='"raw/*"', name='"my-corpus"')
    return f"# Settings\n\nA new workspace's `curation.toml`, with every default:\n\n```toml\n{shown}```\n"


def sites() -> str:
    """The sites that come with curation, from their TOMLs."""
    from curation.config import Site
    from curation.toml import load_file

    paths = sorted((DOCS.parent / "curation" / "sites").glob("*.toml"))
    known = [(path.stem, load_file(Site, path)) for path in paths]
    rows = [
        f"| [{name}](../curation/sites/{name}.toml) | {site.outlet} | {site.network or ''} | {_hosts(site.hosts)} "
        f"| {'yes' if site.keep else 'no'} | [page](../tests/sites/golden/{name}.html) |"
        for name, site in known
    ]
    n_selectors = sum(bool(site.keep) for _, site in known)
    parts = [
        "# Sites",
        f"{len(known)} sites and networks, {n_selectors} with selectors of their own; on the others, and on every site "
        "that is not here, the generic path finds the text. A host that begins with a dot takes in all below it. Each "
        "has a golden page in the tests, written in its style, that must come out exactly.",
        "`curation site draft HOST IN` writes the record of another one from its pages.",
        "\n".join(["| record | outlet | network | hosts | selectors | golden |", "|---|---|---|---|---|---|", *rows]),
    ]
    return "\n\n".join(parts) + "\n"


def _hosts(hosts: tuple[str, ...]) -> str:
    shown = ", ".join(f"`{host}`" for host in hosts[:4])
    return f"{shown} and {len(hosts) - 4} more" if len(hosts) > 4 else shown


def checks() -> str:
    """Every expectation of every suite, with why it stands there and who answers for it."""
    from curation.check import suites

    parts = [
        "# Checks",
        "`curation check` holds the tables against these expectations; `--html FILE` writes them as one page. What is "
        "`critical` makes it exit 1, and `curation publish` refuses a release for it; what is a `warning` is told in "
        "the release's README and in its `checks/`. What a running campaign still lacks (answers, annotators, "
        "agreement) is a warning.",
        "The suites are the files of `expectations/`. Of what is no part of a release, it tells counts alone."
        " Looking at tables takes the memory and the workers of `[engine]` at most; what does not fit is laid down in"
        " `work/scratch` meanwhile.",
    ]
    for name in suites.names():
        suite = suites.load(name)
        rows = [
            [f"`{one['kwargs']['column']}`", suites.in_words(one["type"], one["kwargs"]).replace("|", "\\|"),
             one["severity"], one["meta"]["owner"], one["meta"]["why"]]
            for one in suite["expectations"]
        ]  # fmt: skip
        head = [["column", "expected", "severity", "owner", "why"], ["---"] * 5]
        parts += [f"## {name}", suite["notes"], "\n".join(_row(cells) for cells in [*head, *rows])]
    return "\n\n".join(parts) + "\n"


PAGES = {
    "checks.md": checks,
    "rules.md": rules_markdown,
    "measures.md": measures,
    "tables.md": tables,
    "commands.md": commands,
    "settings.md": settings,
    "sites.md": sites,
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
