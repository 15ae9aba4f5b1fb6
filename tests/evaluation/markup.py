"""Gold pages as people write them, and as the scorer reads them.

``gold/*.txt`` holds pages whose chrome is marked where it stands; ``gold/*.jsonl`` is made from it. A page begins
with ``=== style | URL | title``. ``{{type|text}}`` is chrome; as a whole line it makes a boilerplate line, within a
line it makes a mixed one. ``{{?|text}}`` is a line on which people differ: left out of the score.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

Row = dict[str, Any]

GOLD = Path(__file__).parent / "gold"
MARK = re.compile(r"\{\{([a-z]+|\?)\|(.*?)\}\}")
UNSURE = "?"


def pages(text: str) -> Iterator[Row]:
    r"""The labelled pages of one file.

    >>> (page,) = pages("=== blog | https://a.example/b | Air\nAir surut. {{readmore|Baca juga: Beras}} Aman.")
    >>> page["lines"][0]["clean"], page["lines"][0]["chrome"]
    ('Air surut. Aman.', [{'type': 'readmore', 'text': 'Baca juga: Beras'}])
    """
    for part in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
        head, *lines = part.splitlines()
        style, url, title = head.split(" | ")
        split = urlsplit(url)
        yield {
            "id": f"{split.netloc}{split.path}",
            "site": split.netloc,
            "style": style,
            "url": url,
            "title": title,
            "lines": [labelled(line) for line in lines if line.strip()],
        }


def labelled(line: str) -> Row:
    """One line with its label."""
    marks = list(MARK.finditer(line))
    raw = MARK.sub(r"\2", line)
    if not marks:
        return {"text": raw, "label": "keep"}
    if len(marks) == 1 and marks[0].span() == (0, len(line)):
        type_ = marks[0][1]
        if type_ == UNSURE:
            return {"text": raw, "label": "keep", "ambiguous": True}
        return {"text": raw, "label": "boilerplate", "type": type_}
    clean = " ".join(MARK.sub(" ", line).split())
    chrome = [{"type": mark[1], "text": mark[2]} for mark in marks]
    return {"text": raw, "label": "keep", "mixed": True, "clean": clean, "chrome": chrome}


def as_jsonl(text: str) -> str:
    """The file that the scorer reads."""
    return "".join(json.dumps(page, ensure_ascii=False) + "\n" for page in pages(text))


def build() -> None:
    """Write every ``gold/*.jsonl`` anew."""
    for source in sorted(GOLD.glob("*.txt")):
        source.with_suffix(".jsonl").write_text(as_jsonl(source.read_text(encoding="utf-8")), encoding="utf-8")
