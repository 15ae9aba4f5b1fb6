"""Lists of tags with a label."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.lines import Value
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_TAGS = re.compile(r"(?:#\s*)?(?:tags?|topik(?: terkait)?|label|kata kunci)\s*:\s*(?P<tags>[^.]{2,200})", re.IGNORECASE)


@rule(step="chrome", literals=("tag", "topik", "label", "kata kunci"), source="many portals")
def tag_list(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read the tags of a labelled list and remove the line.

    >>> after(tag_list, "Tags: banjir, Ambon\nLabel rekaman itu merilis album.")
    '\nLabel rekaman itu merilis album.'
    """
    for line in lines:
        found = _TAGS.fullmatch(line.text)
        if found:
            start = line.start + found.start("tags")
            for tag in re.split(r"[,;|#]", found["tags"]):
                if tag.strip():
                    yield Value(line.document, "tag", tag.strip(), start, start + len(tag))
                start += len(tag) + 1
            yield line.drop()
