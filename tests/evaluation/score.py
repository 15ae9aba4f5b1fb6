"""Score cleaned bodies against labelled lines.

Characters are letters and digits only; an alignment of raw and body says which of them reached the body. A line, or a
piece of chrome within a line, is removed when fewer than half of its characters did. Lines that are `ambiguous` are
left out, `mixed` ones have scores of their own: what stays of such a line should be its `clean`.
"""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Indel

import curation

Row = dict[str, Any]
Mask = npt.NDArray[np.bool_]


@dataclass
class Score:
    """Counts over one gold file; the figures follow from them."""

    pages: int = 0
    removed_chrome: int = 0
    removed_content: int = 0
    missed_chrome: int = 0
    kept_content: int = 0
    chrome: int = 0
    chrome_left: int = 0
    content: int = 0
    content_left: int = 0
    #: the same, but content that stands in the body as it is is kept, whatever the alignment made of twin letters
    content_stands: int = 0
    mixed: int = 0
    mixed_exact: int = 0
    mixed_chrome: int = 0
    mixed_chrome_left: int = 0
    mixed_content: int = 0
    mixed_content_left: int = 0
    #: by type of chrome: pieces found and pieces there are, whole lines and within lines
    found: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    pieces: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    #: (missed or eaten, type, style, text)
    mistakes: list[tuple[str, str, str, str]] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """What floors are set on; only what this file can tell."""
        chrome_lines = self.removed_chrome + self.missed_chrome
        content_lines = self.kept_content + self.removed_content
        removed = self.removed_chrome + self.removed_content
        made = {
            "lines_kept": (self.kept_content, content_lines),
            "content_kept": (self.content_stands, self.content),
            "mixed_exact": (self.mixed_exact, self.mixed),
            "mixed_chrome_removed": (self.mixed_chrome - self.mixed_chrome_left, self.mixed_chrome),
            "mixed_content_kept": (self.mixed_content_left, self.mixed_content),
        }
        if chrome_lines:
            made["precision"] = (self.removed_chrome, removed) if removed else (1, 1)
            made["recall"] = (self.removed_chrome, chrome_lines)
        return {name: part / whole for name, (part, whole) in made.items() if whole}


def bodies(pages: Iterable[Row]) -> dict[str, str]:
    """The cleaned body of each page, by id."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gold.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for page in pages:
                row = {key: page.get(key) for key in ("id", "url", "title")}
                row["text"] = "\n".join(line["text"] for line in page["lines"])
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        made = curation.clean(path)
    names = dict(zip(*(made.articles[column].to_pylist() for column in ("id", "source_id")), strict=True))
    rows = zip(*(made.documents[column].to_pylist() for column in ("id", "body")), strict=True)
    return {names[key]: body or "" for key, body in rows}


def score(pages: Iterable[Row], body: dict[str, str]) -> Score:
    """The score of some pages."""
    made = Score()
    for page in pages:
        made.pages += 1
        _score_page(made, page, letters(body.get(page["id"], "")))
    return made


def _score_page(made: Score, page: Row, body: str) -> None:
    texts = [letters(line["text"]) for line in page["lines"]]
    raw = "".join(texts)
    kept = shared(raw, body)
    whole = body == "".join(letters(line.get("clean", line["text"])) for line in page["lines"] if _stays(line))
    start = 0
    for line, text in zip(page["lines"], texts, strict=True):
        mask, start = kept[start : start + len(text)], start + len(text)
        if line.get("ambiguous") or not text:
            continue
        if line.get("mixed"):
            _score_mixed(made, page, line, text, mask, body, whole)
        else:
            _score_line(made, page, line, mask, stands=text in body)


def _score_line(made: Score, page: Row, line: Row, kept: Mask, stands: bool) -> None:
    size, left = len(kept), int(kept.sum())
    removed = left < size / 2
    if line["label"] == "boilerplate":
        made.chrome, made.chrome_left = made.chrome + size, made.chrome_left + left
        made.removed_chrome, made.missed_chrome = made.removed_chrome + removed, made.missed_chrome + (not removed)
        _count_piece(made, page, line, removed)
        return
    removed = removed and not stands
    made.content, made.content_left = made.content + size, made.content_left + left
    made.content_stands += size if stands else left
    made.removed_content, made.kept_content = made.removed_content + removed, made.kept_content + (not removed)
    if not stands:
        made.mistakes.append(("eaten" if removed else "bitten", "content", _style(page), line["text"]))


def _score_mixed(made: Score, page: Row, line: Row, text: str, kept: Mask, body: str, whole: bool) -> None:
    chrome = np.zeros(len(text), bool)
    kept, start = kept.copy(), 0
    for piece, before, end in _places(line):
        # content that stands in the body as it is is kept, whatever the alignment made of twin letters
        kept[start:before] |= text[start:before] in body
        chrome[before:end] = True
        if end > before:
            _count_piece(made, page, piece, int(kept[before:end].sum()) < (end - before) / 2)
        start = end
    kept[start:] |= text[start:] in body
    if "chrome" not in line:
        chrome = ~shared(text, letters(line["clean"]))
    clean = "".join(c for c, is_kept in zip(text, kept, strict=True) if is_kept)
    exact = whole or clean == letters(line["clean"])
    made.mixed, made.mixed_exact = made.mixed + 1, made.mixed_exact + exact
    made.mixed_chrome += int(chrome.sum())
    made.mixed_chrome_left += int((chrome & kept).sum())
    made.mixed_content += int((~chrome).sum())
    made.mixed_content_left += int((~chrome & kept).sum())
    eaten = "".join(c if gone else " " for c, gone in zip(text, ~chrome & ~kept, strict=True)).split()
    # where chrome stays beside it, a few letters may be aligned with the wrong twin
    if max(map(len, eaten), default=0) > 5:
        made.mistakes.append(("bitten", "content", _style(page), f"({' … '.join(eaten)}) {line['text']}"))


def _places(line: Row) -> Iterator[tuple[Row, int, int]]:
    """The pieces of chrome of a mixed line, with the letters of the line before each and up to its end."""
    at = 0
    for piece in line.get("chrome", ()):
        start = line["text"].index(piece["text"], at)
        at = start + len(piece["text"])
        yield piece, len(letters(line["text"][:start])), len(letters(line["text"][:at]))


def _count_piece(made: Score, page: Row, piece: Row, removed: bool) -> None:
    type_ = piece.get("type") or "other"
    made.pieces[type_] += 1
    made.found[type_] += removed
    if not removed:
        made.mistakes.append(("missed", type_, _style(page), piece["text"]))


def _stays(line: Row) -> bool:
    return bool(line["label"] == "keep")


def _style(page: Row) -> str:
    return str(page.get("style") or page["site"])


def letters(text: str) -> str:
    """Letters and digits in lower case.

    >>> letters("Rp 2.000 — Naik!")
    'rp2000naik'
    """
    return "".join(c for c in text if c.isalnum()).casefold()


def shared(text: str, other: str) -> Mask:
    """Which characters of a text the other still has.

    >>> shared("abcd", "bd").tolist()
    [False, True, False, True]
    """
    mask = np.zeros(len(text), bool)
    for step in Indel.opcodes(text, other):
        if step.tag == "equal":
            mask[step.src_start : step.src_end] = True
    return mask


def surviving(sentences: list[str]) -> list[bool]:
    """Whether each sentence stays word for word inside a text."""
    before = "Warga di Lembah Kalimaya berkumpul di balai desa sejak Senin pagi untuk mendengar kabar itu."
    behind = "Pertemuan di balai desa itu berakhir menjelang sore, dan warga pulang dengan tenang."
    parts = ([before, sentence, behind, before, behind] for sentence in sentences)
    pages = [
        {"id": str(i), "title": f"Kabar ke-{i}", "lines": [{"text": text} for text in lines]}
        for i, lines in enumerate(parts)
    ]
    cleaned = bodies(pages)
    return [sentence in cleaned.get(str(i), "") for i, sentence in enumerate(sentences)]
