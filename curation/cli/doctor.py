"""doctor: is this machine, is this workspace fit for a run?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curation.cli.console import Voice, load_settings, settings_options, voice_options, workspace_here

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.verbs.nightly.doctor import Finding


@click.command()
@settings_options
@voice_options
def doctor(config: Path | None, overrides: tuple[str, ...], as_json: bool, quiet: bool) -> None:
    """Look at this machine and at the workspace here, if there is one; say what to type where something is wrong.

    Each line is ok, look (a run will work, but see) or broken (it will not). Exit 1 if anything is broken. Nothing is
    written, and no token is shown.
    """
    findings = list(_examine(config, overrides))
    states = [finding.state for finding in findings]
    worst = next(state for state in ("broken", "look", "ok") if state in states)
    voice = Voice(as_json, quiet)
    voice.result({"state": worst, "checks": [vars(finding) for finding in findings]}, "\n".join(map(_lines, findings)))
    if worst == "broken":
        sys.exit(1)
    voice.say("\nNext: curation run" if Path("curation.toml").is_file() else "\nNext: curation init DIR --from FILE")


def _examine(config: Path | None, overrides: tuple[str, ...]) -> Iterator[Finding]:
    from curation.errors import CurationError
    from curation.verbs.nightly import doctor as examine

    yield from examine.machine()
    yield from examine.label_studio()
    try:
        settings, workspace = load_settings(config, overrides), workspace_here(config)
    except CurationError as error:
        yield from examine.place(Path())
        yield examine.Finding("settings", "broken", str(error), "Correct the settings, then: curation doctor")
        return
    except ImportError as error:
        yield examine.Finding(
            "packages", "broken", f"can't be loaded: {error}", "pip install --force-reinstall curation"
        )
        return
    from curation.verbs.nightly import life

    yield from examine.place(workspace.root if workspace else Path(), settings.engine.workers)
    if workspace is None:
        yield examine.Finding("settings", "look", "no curation.toml in this folder", "curation init DIR --from FILE")
        return
    yield examine.Finding("settings", "ok", f"{config or workspace.config_file} is valid")
    yield from life.inside(workspace, settings)


def _lines(finding: Finding) -> str:
    first, *more = finding.found.splitlines() or [""]
    lines = [f"{finding.state:<7} {finding.check:<13} {first}", *(f"{'':<21} {line}" for line in more)]
    return "\n".join([*lines, f"{'':<21} -> {finding.next}"] if finding.next else lines)
