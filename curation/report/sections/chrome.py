"""What was learned that sites repeat, site by site."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from curation import store
from curation.report.excerpt import clipped, visible

if TYPE_CHECKING:
    from curation.config import Config
    from curation.workspace import Workspace

MOST_SITES = 30
LINES = 4


def chrome_figures(workspace: Workspace, settings: Config) -> dict[str, Any]:
    """The version of the chrome table that cleaning uses, and the sites with most lines.

    Returns:
        version (0: none), newest (the last that was learned), lines, sites, rows: site, lines, examples.
    """
    versions = workspace.chrome_versions()
    version = settings.chrome.version
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    if version in versions:
        columns = ["site", "network", "n_documents", "n_clusters", "example"]
        for row in store.read_table(workspace.chrome_file(version), columns).to_pylist():
            found[row["site"] or row["network"]].append(row)
    order = sorted(found, key=lambda site: (-len(found[site]), site))
    return {
        "version": version,
        "newest": versions[-1] if versions else 0,
        "lines": sum(map(len, found.values())),
        "sites": len(found),
        "rows": [_site(site, found[site]) for site in order[:MOST_SITES]],
    }


def _site(site: str, lines: list[dict[str, Any]]) -> dict[str, Any]:
    often = sorted(lines, key=lambda row: (-row["n_clusters"], row["example"]))
    return {
        "site": clipped(visible(site), 60),
        "lines": len(lines),
        "examples": [(clipped(visible(row["example"]), 90), row["n_documents"]) for row in often[:LINES]],
    }
