"""For the built site: what Markdown on a forge can do and MkDocs can't.

Links that lead out of docs/ into the repository become the path that they lead to, and blocks lose what stands behind
their language, which is for the tests.
"""

from __future__ import annotations

import re
from typing import Any

#: [text](../path), [text](../../path)
OUTSIDE = re.compile(r"\[([^\]]+)\]\((?:\.\./)+((?:curation|tests|data|benchmarks|schemas)/[^)]*|[A-Z]+(?:\.md)?)\)")
FENCE = re.compile(r"^```(\w+) \S+$", re.MULTILINE)


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Called by MkDocs for each page.

    >>> on_page_markdown("[the sample](../data/sample/README.md)")
    'the sample (`data/sample/README.md`)'
    """
    return FENCE.sub(r"```\1", OUTSIDE.sub(r"\1 (`\2`)", markdown))
