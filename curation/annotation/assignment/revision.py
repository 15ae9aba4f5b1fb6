"""What a change of the guideline does to answers that were given before it.

The codebook's changelog says it: no answer is touched (``none``), those with certain labels (``labels``), or ``all``. A
touched answer is asked again under the new version; until then it no longer counts, and it is kept. Labels that were
split are touched as well; those that were renamed, merged or deprecated are not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from curation.annotation.guideline.changes import changes_since, fates

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from curation.annotation.codebook import Codebook

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


def touched(annotations: pa.Table, codebook: Codebook) -> npt.NDArray[np.bool_]:
    """Of each row, whether a change of the guideline since touches it by itself.

    Args:
        annotations: guideline_version, question, value.
        codebook: with its changelog.
    """
    versions = annotations["guideline_version"].to_pylist()
    all_again = {
        version: any(change.effect == "all" for change in changes_since(codebook, version)) for version in set(versions)
    }
    found = zip(fates(annotations, codebook), versions, strict=True)
    return np.array([all_again[version] or bool(fate and fate.asked_again) for fate, version in found], bool)


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
