"""What differs between two versions, as one page of HTML that needs nothing else.

Texts and titles are hostile, and may be withheld: everything is escaped, and nothing is shown that one of the two
versions keeps from its readers.
"""

from __future__ import annotations

from collections import Counter
from itertools import count
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from curation import __version__, store
from curation.explain.compare import Comparison
from curation.explain.compare_page import pair_view
from curation.release.difference.bump import WITHDRAWN, bump
from curation.report.excerpt import clipped, visible
from curation.report.render import render

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from curation.explain.places import Row
    from curation.release.difference.compare import Difference, Shift

#: documents, labels and outlets of each list; all changes are in ``--json``
LISTED = 20
#: texts shown word by word, and the longest that is, in characters
SHOWN, LONGEST = 6, 40_000
_COLUMNS = ("id", "outlet", "title", "body", "text_access")


def difference_html(found: Difference, before: Path, after: Path, language: str = "en") -> str:
    """The difference as a page; `language` (en or id) is shown first.

    Args:
        found: what :func:`curation.release.difference.compare.compare` tells of the two folders.
        before: the folder of the earlier version.
        after: that of the later one.
        language: en or id.
    """
    changes: dict[str, list[Row]] = {}
    for row in found.changes.to_pylist():
        changes.setdefault(row["change"], []).append(row)
    texts = _texts(changes.get("text_changed", [])[: 5 * SHOWN], before, after)
    gone = changes.get("removed", [])
    step, why = bump(found)
    labels = [row for name in ("label_changed", "label_removed", "label_added") for row in changes.get(name, ())]
    return render(
        "difference.html",
        language=language,
        found=found,
        step=step,
        why=why,
        added=_listed(changes.get("added", []), after, before),
        removed=_listed(gone, before, after),
        reasons=Counter(map(_reason, gone)).most_common(),
        texts=texts,
        metadata=Counter(
            name for row in changes.get("metadata_changed", []) for name in row["after"].split(", ")
        ).most_common(),
        # answers in the words of annotators may quote what the other version withholds
        labels=[_label(row) for row in labels[:LISTED]] if _one_flavour(before, after) else [],
        n_labels=len(labels),
        moves=Counter((row["before"], row["after"]) for row in changes.get("split_moved", [])).most_common(),
        outlets=_shown(found.outlets[:LISTED]),
        drift=_shown(shift for shift in found.drift if shift.what != "words"),
        lengths=[shift for shift in found.drift if shift.what == "words"],
        listed=LISTED,
        version=__version__,
    )


def _one_flavour(before: Path, after: Path) -> bool:
    """Whether both versions are for the same readers: what is withheld stands in the other flavour."""
    return _is_public(before) == _is_public(after)


def _is_public(folder: Path) -> bool:
    files = store.parquet_files(folder / "data" / "default")
    return any("url_hash" in pq.read_schema(file).names for file in files[:1])


def _rows(folder: Path, ids: Iterable[str]) -> dict[str, Row]:
    """Documents of a version by id, of those that are asked for."""
    wanted = pa.array(sorted(ids), pa.string())
    found: dict[str, Row] = {}
    if not len(wanted):
        return found
    for path in store.parquet_files(folder / "data" / "default"):
        with pq.ParquetFile(path, pre_buffer=False) as file:
            names = [name for name in _COLUMNS if name in file.schema_arrow.names]
            for batch in file.iter_batches(store.BATCH_ROWS, columns=names):
                for row in batch.filter(pc.is_in(batch["id"], value_set=wanted)).to_pylist():
                    found[row["id"]] = dict.fromkeys(_COLUMNS) | row
    return found


def _listed(changes: list[Row], there: Path, other: Path) -> list[Row]:
    """The first documents of a list with their titles, where both versions' readers may see them."""
    shown = changes[:LISTED]
    rows = _rows(there, (row["id"] for row in shown))
    may_see = _one_flavour(there, other)
    return [
        {
            "id": row["id"],
            "reason": _reason(row),
            "outlet": visible(rows[row["id"]]["outlet"] or ""),
            "title": _title(rows[row["id"]]) if may_see and row["reason"] != WITHDRAWN else "",
        }
        for row in shown
    ]


def _reason(row: Row) -> str:
    """Why a document is gone, in words."""
    return (row["reason"] or "not told").replace("_", " ")


def _title(row: Row) -> str:
    return clipped(visible(row["title"] or ""), 120)


def _texts(changes: list[Row], before: Path, after: Path) -> list[Row]:
    """Some texts that changed, word by word; of those that are withheld or long, nothing."""
    ids = [row["id"] for row in changes]
    if not _one_flavour(before, after):
        return []
    old, new = _rows(before, ids), _rows(after, ids)
    numbers = count()
    shown: list[Row] = []
    for id_ in ids:
        pair = old[id_], new[id_]
        if len(shown) < SHOWN and all(row["body"] and len(row["body"]) <= LONGEST for row in pair):
            shown.append(_text(*pair, numbers))
    return shown


def _text(old: Row, new: Row, numbers: Iterator[int]) -> Row:
    plain = {"published_at": None, "zone": None, "url": None}
    made = Comparison(old | plain, new | plain)
    _, gone, come = made.counts
    rows = [
        {"words": passage.folded} if passage.folded else row
        for passage, row in zip(made.passages, pair_view(made, "", numbers)["rows"], strict=True)
    ]
    title, outlet = _title(new) or "–", visible(new["outlet"] or "")
    return {"id": new["id"], "title": title, "outlet": outlet, "rows": rows, "gone": gone, "come": come}


def _label(row: Row) -> dict[str, str]:
    """A change of a label, each part as it can be shown."""
    return {name: clipped(visible(row[name] or ""), 160) for name in ("id", "campaign", "question", "before", "after")}


def _shown(shifts: Iterable[Shift]) -> list[Mapping[str, Any]]:
    """Shares with how far they moved, in percentage points and beside the one that moved most."""
    moved = list(shifts)
    widest = max((abs(shift.after - shift.before) for shift in moved), default=1.0)
    return [
        {
            "what": shift.what,
            "of": visible(shift.of),
            "before": shift.before,
            "after": shift.after,
            "points": f"{100 * (shift.after - shift.before):+.1f}".replace("-", "−"),
            "fell": shift.after < shift.before,
            "wide": abs(shift.after - shift.before) / widest,
        }
        for shift in moved
    ]
