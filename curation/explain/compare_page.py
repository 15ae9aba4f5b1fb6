"""Pairs of texts side by side, as one page of HTML that needs nothing else.

The texts are hostile: everything is escaped, and the policy of the page runs no script but its own, by its digest.
"""

from __future__ import annotations

import base64
import hashlib
from itertools import count
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from curation.explain.compare_text import about, kind_of, reasons_of, shortened
from curation.explain.page import unseen
from curation.report.excerpt import clipped, counted, visible
from curation.report.render import render, source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curation.explain.compare import Comparison, Passage, Piece


def comparison_html(pairs: Sequence[Comparison], notes: Sequence[str] = ()) -> str:
    """A page with these pairs, one below the other; of several with a table of contents.

    Args:
        pairs: what is compared.
        notes: what else is known of each.
    """
    script = source("pairs.js")
    digest = "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    numbers = count()
    shown = [pair_view(c, note, numbers) for c, note in zip(pairs, notes or [""] * len(pairs), strict=True)]
    heading = "Two texts" if len(shown) == 1 else counted(len(shown), "pair")
    title = " | ".join(shown[0]["titles"]) if len(shown) == 1 else heading
    # the script has no other way into the page, so nothing but this file is trusted
    return render("pairs.html", title=title, heading=heading, pairs=shown, script=Markup(script), digest=digest)


def pair_view(c: Comparison, note: str, numbers: Iterator[int]) -> dict[str, Any]:
    """A pair as templates show it; differences are numbered from `numbers`."""
    kind, meaning = kind_of(c)
    return {
        "kind": kind,
        "meaning": meaning,
        "merges": bool(c.pair and c.pair["merges"]),
        "reasons": reasons_of(c),
        "figures": visible(c.pair["evidence"].partition(";")[0]) if c.pair else "not measured",
        "note": visible(note),
        "titles": [clipped(about(document)[1], 120) for document in (c.a, c.b)],
        "heads": [(name, *about(document)) for name, document in (("A", c.a), ("B", c.b))],
        "rows": [_row(passage, numbers) for passage in c.passages],
    }


def _row(passage: Passage, numbers: Iterator[int]) -> dict[str, Any]:
    left: list[dict[str, Any]] = []
    right: list[dict[str, Any]] = []
    for stretch in passage.stretches:
        number = None if stretch.alike else next(numbers)
        left += [_piece(piece, number) for piece in stretch.left]
        right += [_piece(piece, number) for piece in stretch.right]
    folded = counted(passage.folded, "word") if passage.folded else ""
    return {"left": left, "right": right, "folded": folded, "alike": passage.is_alike}


def _piece(piece: Piece, difference: int | None) -> dict[str, Any]:
    text = unseen(shortened(piece.text))
    return {"text": text, "difference": difference, "swapped": piece.swapped, "breaks": piece.breaks}
