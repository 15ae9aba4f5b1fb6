"""The checks of a workspace's tables, from their places on disk alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.check import expect, frame

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from curation.check.expect import CheckResult
    from curation.check.frame import Places


def check_raw(articles: Places, rejected: Places) -> CheckResult:
    """Whether ingested articles can be worked on."""
    return expect.run("raw", frame.raw(articles, rejected))


def check_clean(
    documents: Places, articles: Places, selection: Path | None = None, clusters: Path | None = None
) -> CheckResult:
    """Whether cleaning and selection kept their promises."""
    return expect.run("clean", frame.clean(documents, articles, selection, clusters))


def check_annotated(
    annotations: Places,
    tasks: Places,
    known: Mapping[str, Collection[str] | None],
    documents: Places | None = None,
) -> CheckResult:
    """Whether answers fit their tasks, the codebook and the texts (see :func:`frame.annotated`)."""
    return expect.run("annotated", frame.annotated(annotations, tasks, known, documents))


def check_released(released: Path, public: bool = False) -> CheckResult:
    """Whether a table may be published, here or to everybody."""
    return expect.run("released", frame.released(released, public))
