"""Lines that a site or its network prints again and again, as ``curation learn`` found them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from curation.boilerplate.shapes import is_prose
from curation.rule import ChromeTable, rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    import pyarrow as pa

    from curation.lines import Edit, Line, Lines
    from curation.rule import Context

#: lines from either end that count as head or tail
EDGE = 6
#: ... and the most where all of them are learned or no prose: a footer may be long
FAR = 60
#: a longer line is never removed whole
LONGEST_DROP = 400
#: learned pieces at either end of a line; a line that holds more is no article
MOST_PIECES = 12

_DIGIT = re.compile(r"\d")
_BOUNDARY = re.compile(r"""(?:[.!?…]["”’')\]]{0,2}|\(\*\)|\*{2,5})\s+(?=["“‘'(\[@]{0,2}[A-Z0-9@])""")
#: what a full stop may follow without ending a sentence: an initial, a title, the number of a list
_ABBREVIATION = re.compile(r"\b(?:[A-Z][a-z]?|\d{1,2}|Moch|Muh|Prof|Drs|Dra|Kec|Kab|Jln)\.$")


def line_key(text: str) -> str:
    """A line as it is counted: lower case, digits folded, blank space collapsed.

    >>> line_key("Copyright  2026 Warta")
    'copyright #### warta'
    """
    return _DIGIT.sub("#", " ".join(text.lower().split()))


def sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a line begin and end; blank space between them belongs to none.

    >>> line = "Air surut. Moch. Ali pulang. Ikuti kami!"
    >>> [line[start:end] for start, end in sentences(line)]
    ['Air surut.', 'Moch. Ali pulang.', 'Ikuti kami!']
    """
    spans, start = [], 0
    for found in _BOUNDARY.finditer(text):
        end = found.start() + len(found[0].rstrip())
        if not _ABBREVIATION.search(text, max(start, found.start() - 6), found.start() + 1):
            spans.append((start, end))
            start = found.end()
    return [*spans, (start, len(text))]


def chrome_table(table: pa.Table, keep: Collection[str] = ()) -> ChromeTable:
    """The learned lines of one version of the table `chrome`, ready to look up; its passages are not for cleaning.

    Args:
        table: the version.
        keep: lines that a person wants kept, as printed.
    """
    kept = {line_key(line) for line in keep}
    rows = table.select(["site", "network", "line_key", "position"]).to_pylist()
    rows = [row for row in rows if row["position"] != "passage"]
    lines = {(row["site"] or row["network"], row["line_key"]): row["position"] for row in rows}
    version = table["version"][0].as_py() if table.num_rows else 0
    return ChromeTable(version, {line: position for line, position in lines.items() if line[1] not in kept})


@rule(step="chrome", grain="corpus", source="the chrome table that the configuration pins")
def learned(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove a line or a sentence that its site or network repeats, at the place where it repeats it.

    Inside a line too, because two articles of three come as one line: what was learned at an end of texts is cut from
    the ends of a line, what stands anywhere is cut where it is a sentence. The table is empty until ``curation learn``
    writes one and ``[chrome] version`` pins it.

    >>> table = ChromeTable(1, {("Warta", line_key("Cepat, Tepat, Warta!")): "tail"})
    >>> after(learned, "Air surut.\nCepat, Tepat, Warta!", chrome=table, owners=[("Warta",)])
    'Air surut.\n'
    >>> after(learned, "Warga pulang. Cepat, Tepat, Warta!", chrome=table, owners=[("Warta",)])
    'Warga pulang.'
    """
    if not context.chrome.lines or not context.owners:
        return
    by_owner: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for (owner, key), place in context.chrome.lines.items():
        by_owner[owner].append((key, place))
    known = {
        owners: _Known([pair for owner in owners for pair in by_owner.get(owner, ())]) for owners in set(context.owners)
    }
    for line in lines:
        here = known[context.owners[line.document]]
        if not here.places:
            continue
        if any(_stands(line, place, here) for place in here.places.get(line_key(line.text), ())):
            yield line.drop()
            continue
        cuts = sorted(set(_inside(line, here)))
        if len(line.text) <= LONGEST_DROP or sum(end - start for start, end in cuts) < len(line.text):
            for start, end in cuts:
                yield line.cut(start, end)


class _Known:
    """What was learned for a document: positions by key, and how many words the keys of each position have."""

    def __init__(self, lines: Iterable[tuple[str, str]]) -> None:
        self.places: dict[str, set[str]] = defaultdict(set)
        self.lengths: dict[str, set[int]] = defaultdict(set)
        for key, place in lines:
            for position in ("head", "tail", "any") if place == "any" else (place,):
                self.places[key].add(position)
                self.lengths[position].add(len(key.split()))


def _inside(line: Line, known: _Known) -> Iterator[tuple[int, int]]:
    """The spans of a line that were learned: from its ends inwards, and whole sentences anywhere."""
    text = line.text
    start, end = 0, len(text)
    for _ in range(MOST_PIECES):
        found = _at_end(text[start:end], known)
        if not found or not _stands(line, "tail", known):
            break
        yield end - found, end
        end -= found
    for _ in range(MOST_PIECES):
        found = _at_start(text[start:end], known)
        if not found or not _stands(line, "head", known):
            break
        yield start, start + found
        start += found
    if known.lengths["any"]:
        for first, last in sentences(text[start:end]):
            if "any" in known.places.get(line_key(text[start + first : start + last]), ()):
                yield start + first, start + last


def _at_end(text: str, known: _Known) -> int:
    """Length of the learned piece with which a text ends; there need be no full stop before it."""
    for count in sorted(known.lengths["tail"], reverse=True):
        words = text.rsplit(None, count)
        piece = text[len(words[0]) :] if len(words) > count else text
        if "tail" in known.places.get(line_key(piece), ()) and not piece.lstrip()[0].islower():
            return len(piece)
    return 0


def _at_start(text: str, known: _Known) -> int:
    """Length of the learned piece with which a text begins."""
    for count in sorted(known.lengths["head"], reverse=True):
        words = text.split(None, count)
        piece = text[: -len(words[-1])] if len(words) > count else text
        if "head" in known.places.get(line_key(piece), ()) and (piece == text or not words[-1][0].islower()):
            return len(piece)
    return 0


def _stands(line: Line, position: str, known: _Known) -> bool:
    """Whether a line is at the place: few lines beyond it, or none that is prose of the article's own."""
    if position == "any":
        return True
    beyond, step = (line.from_head, -1) if position == "head" else (line.from_tail, 1)
    if beyond < EDGE:
        return True
    if beyond > FAR:
        return False
    others = (line.neighbour(step * n) for n in range(1, beyond + 1))
    return not any(other and is_prose(other.text) and line_key(other.text) not in known.places for other in others)
