"""The checks of a workspace's tables, from their places on disk alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.check import expect, frame
from curation.check.frame import DEFAULT, Bounds

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    import pyarrow as pa

    from curation.check.expect import CheckResult
    from curation.check.frame import Places


def check_raw(articles: Places, rejected: Places, bounds: Bounds = DEFAULT) -> CheckResult:
    """Whether ingested articles can be worked on."""
    return expect.run("raw", frame.raw(articles, rejected, bounds))


def check_clean(
    documents: Places,
    articles: Places,
    selection: Path | None = None,
    clusters: Path | None = None,
    bounds: Bounds = DEFAULT,
) -> CheckResult:
    """Whether cleaning and selection kept their promises."""
    return expect.run("clean", frame.clean(documents, articles, selection, clusters, bounds))


def check_annotated(
    annotations: Places,
    tasks: Places,
    known: Mapping[str, Collection[str] | None],
    documents: Places | None = None,
    assignments: Path | None = None,
    figures: pa.Table | None = None,
    of: str = "",
    bounds: Bounds = DEFAULT,
) -> CheckResult:
    """Whether answers fit their tasks, the codebook and the texts (see :func:`frame.annotated`)."""
    made = frame.annotated(annotations, tasks, known, documents, assignments, figures, bounds)
    return expect.run("annotated", made, of)


def check_released(
    released: Path,
    public: bool = False,
    withdrawn: Collection[str] = (),
    of: str = "",
    seen: pa.Table | None = None,
    bounds: Bounds = DEFAULT,
) -> CheckResult:
    """Whether a table may be published, here or to everybody; documents that were withdrawn may not.

    What was `seen` of its texts is not read again (see :func:`frame.released`).
    """
    return expect.run("released", frame.released(released, public, withdrawn, seen, bounds), of)
