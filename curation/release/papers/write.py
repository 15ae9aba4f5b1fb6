"""Writes the papers of a staged version: README, croissant.json, CITATION.cff and checks/."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from curation import store
from curation.release.papers import checks, facts
from curation.release.papers.citation import citation
from curation.release.papers.croissant import croissant
from curation.release.papers.readme import readme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from curation.release.papers.card import Card
    from curation.release.papers.readme import Told
    from curation.release.publish import Sources


def write(
    staging: Path,
    sources: Sources,
    card: Card,
    edition: Mapping[str, str],
    tables: Mapping[str, Mapping[str, Any]],
    told: Told,
    files: Sequence[Mapping[str, Any]],
    *,
    digest: str,
) -> int:
    """Write the papers beside the data; returns the words of the corpus.

    Args:
        staging: the version, with its data.
        sources: where figures come from that the data doesn't tell.
        card: the human parts.
        edition: name, version, date and flavour.
        tables: what the manifest says of each configuration.
        told: what else there is to tell.
        files: path, sha256 and size of the data files.
        digest: the logical digest.
    """
    data = staging / "data"
    for result in told.checks:
        store.write_json(staging / "checks" / f"{result['suite']}.json", result)
    title = f"{edition['name']} {edition['version']}"
    store.write_atomically(staging / "checks" / "index.html", checks.page(told.checks, title).encode())
    found = facts.gather(data / "default", sources.rejected, sources.selection, sources.edits, sources.findings)
    counts = {config: (str(table["table"]), int(table["rows"])) for config, table in tables.items()}
    text = readme(card, found, counts, data, edition, told, digest=digest)
    store.write_atomically(staging / "README.md", text.encode())
    cited = citation(card, version=edition["version"], date=edition["date"], digest=digest)
    store.write_atomically(staging / "CITATION.cff", cited.encode())
    splits = [split.name for split in found.splits]
    described = croissant(card, edition, counts, files, splits=splits, digest=digest)
    store.write_json(staging / "croissant.json", described)
    return found.words
