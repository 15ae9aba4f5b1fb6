"""What a change of the guideline does to answers that were given before it.

The codebook's changelog says it: no answer is touched (``none``), those with certain labels (``labels``), or ``all``. A
touched answer is asked again under the new version; until then it no longer counts, and it is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from curation.annotation.codebook import Change, Codebook

#: task and annotator
Pair = tuple[str, str]


class Page(NamedTuple):
    """One annotation: all that a person said about a task at a time, or that they skipped it."""

    annotation_id: str
    guideline_version: str
    when: datetime
    skipped: bool
    #: whether no later change of the guideline touches it
    stands: bool


def changes_since(codebook: Codebook, version: str) -> tuple[Change, ...]:
    """The changes that came after a version, up to the codebook's own; all where the version is not known.

    >>> from curation.annotation.codebook import shipped
    >>> changes_since(shipped("stance"), "1.0")
    ()
    """
    log = sorted(codebook.changelog, key=lambda change: change.date)
    versions = [change.version for change in log]
    first = versions.index(version) + 1 if version in versions else 0
    return tuple(log[first : versions.index(codebook.version) + 1])


def touched(annotations: pa.Table, codebook: Codebook) -> npt.NDArray[np.bool_]:
    """Of each row, whether a change of the guideline since touches it by itself.

    Args:
        annotations: guideline_version, value.
        codebook: with its changelog.
    """
    found = np.zeros(annotations.num_rows, bool)
    for version in pc.unique(annotations["guideline_version"]).to_pylist():
        changes = changes_since(codebook, version)
        here = pc.equal(annotations["guideline_version"], version).to_numpy()
        if any(change.effect == "all" for change in changes):
            found |= here
        elif labels := [label for change in changes for label in change.labels]:
            found |= here & pc.is_in(annotations["value"], pa.array(labels, pa.string())).to_numpy()
    return found


def last_pages(annotations: pa.Table, codebook: Codebook) -> Mapping[Pair, Page]:
    """Of each task and annotator the page that counts: the last one that stands, or else the last one.

    Args:
        annotations: of one campaign, those that were set aside before included.
        codebook: with its changelog.
    """
    keys = ["task_key", "annotator", "annotation_id", "guideline_version"]
    table = annotations.select([*keys, "updated_at", "skipped"])
    table = table.append_column("touched", pa.array(touched(annotations, codebook)))
    each = table.group_by(keys, use_threads=False).aggregate(
        [("updated_at", "max"), ("skipped", "max"), ("touched", "max")]
    )
    found: dict[Pair, Page] = {}
    for row in each.to_pylist():
        pair = row["task_key"], row["annotator"]
        when, stands = row["updated_at_max"], not row["touched_max"]
        page = Page(row["annotation_id"], row["guideline_version"], when, row["skipped_max"], stands)
        found[pair] = max(found.get(pair, page), page, key=lambda page: (page.stands, page.when, page.annotation_id))
    return found


def divided(annotations: pa.Table, codebook: Codebook) -> tuple[pa.Table, pa.Table]:
    """The annotations that count, and those set aside: touched by a change, or followed by a later page.

    Args:
        annotations: of one campaign; those that were set aside before may be among them, even twice.
        codebook: with its changelog.
    """
    pages = last_pages(annotations, codebook)
    counting = {(*pair, *page[:3]) for pair, page in pages.items() if page.stands}
    keys = ["task_key", "annotator", "annotation_id", "guideline_version", "updated_at"]
    of_pages = list(zip(*(annotations[key].to_pylist() for key in keys), strict=True))
    answers = zip(*(annotations[key].to_pylist() for key in ("question", "value", "start", "end")), strict=True)
    seen: set[tuple[object, ...]] = set()
    once, counts = [], []
    for page, answer in zip(of_pages, answers, strict=True):
        once.append((page, answer) not in seen)
        counts.append(page in counting)
        seen.add((page, answer))
    first, counted = np.array(once, bool), np.array(counts, bool)
    return annotations.filter(pa.array(first & counted)), annotations.filter(pa.array(first & ~counted))
