"""What a change means for the version: major breaks readers, minor adds, patch corrects.

Computed from the data, so that nobody has to remember the rules; a smaller step is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from curation.errors import DataError
from curation.release.versions import numbers

if TYPE_CHECKING:
    from curation.release.difference.compare import Difference

Bump = Literal["major", "minor", "patch"]

#: the reason of a takedown, which corrects a version
WITHDRAWN = "withdrawn"

#: a share of corrected labels up to this is a correction
CORRECTED = 0.01


def bump(difference: Difference) -> tuple[Bump, str]:
    """The least step that a difference needs, and the reason for it.

    Args:
        difference: between the latest version and what is to be published.
    """
    counts = difference.counts
    if difference.columns_removed or difference.columns_retyped:
        names = ", ".join((*difference.columns_removed, *difference.columns_retyped))
        return "major", f"columns are gone or have another type: {names}"
    if counts["split_moved"]:
        return "major", f"{counts['split_moved']:,} documents moved to another split"
    if difference.guidelines:
        campaign, why = difference.guidelines[0]
        return "major", f"answers of '{campaign}' mean something else: {why}"
    rows = difference.changes.to_pylist()
    removed = [row for row in rows if row["change"] == "removed"]
    gone = [row for row in removed if row["reason"] != WITHDRAWN]
    withdrawn = {row["id"] for row in removed if row["reason"] == WITHDRAWN}
    for number, what in (
        (counts["added"], "documents are new"),
        (len(gone), "documents are gone"),
        (counts["text_changed"], "texts changed"),
        (counts["label_added"], "labels are new"),
        (len(difference.columns_added), "columns are new"),
    ):
        if number:
            return "minor", f"{number:,} {what}"
    # the labels of what was withdrawn go with it
    relabelled = [row for row in rows if row["change"] in ("label_changed", "label_removed")]
    corrected = sum(row["id"] not in withdrawn for row in relabelled)
    if corrected > CORRECTED * difference.labels[0]:
        return "minor", f"{corrected:,} of {difference.labels[0]:,} labels changed, more than {CORRECTED:.0%}"
    return "patch", "corrections only"


def following(version: str, step: Bump) -> str:
    """The next version.

    >>> following("1.2.3", "major"), following("1.2.3", "minor"), following("1.2.3", "patch")
    ('2.0.0', '1.3.0', '1.2.4')
    """
    major, minor, patch = numbers(version)
    if step == "major":
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if step == "minor" else f"{major}.{minor}.{patch + 1}"


def refuse_smaller(version: str, latest: str, step: Bump, why: str) -> None:
    """Refuse a number that promises less change than there is.

    Raises:
        DataError: the version is smaller than the difference needs.

    >>> refuse_smaller("1.0.1", "1.0.0", "minor", "3 documents are new")
    Traceback (most recent call last):
    curation.errors.DataError: 1.0.1 is too small a step from 1.0.0: 3 documents are new. Publish it as 1.1.0 or higher.
    """
    least = following(latest, step)
    if numbers(version) < numbers(least):
        raise DataError(
            f"{version} is too small a step from {latest}: {why}", remedy=f"Publish it as {least} or higher."
        )
