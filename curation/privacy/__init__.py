"""Private data in texts: what stands where, so that people can look at it and a release can mask it.

Nothing here changes a text. What a release masks is chosen in ``curation.toml``; see ``docs/privacy.md``.
"""

from __future__ import annotations

from bisect import bisect
from typing import TYPE_CHECKING

import pyarrow as pa

from curation import schema
from curation.privacy.bank_account import bank_account
from curation.privacy.email import email
from curation.privacy.finder import rows_with
from curation.privacy.minor import minor
from curation.privacy.nik import nik
from curation.privacy.npwp import npwp
from curation.privacy.phone import phone
from curation.privacy.plate import plate

if TYPE_CHECKING:
    from curation.privacy.finder import Find, Finder

#: All finders. Where two find something in the same place, the longer find stays, then that of the first in this list.
FINDERS: tuple[Finder, ...] = (email, nik, npwp, bank_account, phone, plate, minor)

#: one pass for all finders leaves one text of seven, and takes a third of the time of a pass for each
_ANY = "|".join(f"(?:{one.shape})" for one in FINDERS)

#: the kinds that a release may mask
MASKABLE: tuple[str, ...] = tuple(one.name for one in FINDERS if not one.review)


def findings(documents: pa.Table) -> pa.Table:
    """The private data in documents, as table `findings`.

    Args:
        documents: id, title and body are given; the bodies are read.

    Returns:
        One row a find, in the order of the documents, then of the places; `kind` and `rule` are the finder's name,
        `start` and `end` code points of the body.

    >>> table = pa.table({"id": ["d1"], "title": ["Surat"], "body": ["Hubungi 0812-0000-1111."]})
    >>> findings(table).select(["kind", "start", "end"]).to_pylist()
    [{'kind': 'phone', 'start': 8, 'end': 22}]
    """
    bodies = documents["body"]
    rows: list[tuple[int, int, int, float, str]] = []
    for row, finds in _by_document(bodies).items():
        rows += [(row, find.start, find.end, find.score, FINDERS[rank].name) for rank, find in _settled(finds)]
    rows.sort()
    place, start, end, score, kind = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    columns = {
        "id": documents["id"].take(pa.array(place, pa.int64())),
        "kind": pa.array(kind, pa.string()),
        "start": pa.array(start, pa.int32()),
        "end": pa.array(end, pa.int32()),
        "score": pa.array(score, pa.float64()),
        "rule": pa.array(kind, pa.string()),
    }
    return schema.conform("findings", pa.table(columns))


def _by_document(bodies: pa.ChunkedArray) -> dict[int, list[tuple[int, Find]]]:
    """What each finder (by its place in the list) finds in the rows that may hold it."""
    found: dict[int, list[tuple[int, Find]]] = {}
    places = rows_with(bodies, _ANY)
    few = bodies.take(pa.array(places))
    for rank, one in enumerate(FINDERS):
        rows = one.select(few)
        for row, text in zip(places[rows].tolist(), few.take(pa.array(rows)).to_pylist(), strict=True):
            for find in one(text):
                found.setdefault(row, []).append((rank, find))
    return found


def _settled(finds: list[tuple[int, Find]]) -> list[tuple[int, Find]]:
    """The same without those that overlap a longer one; what is for review competes with nothing."""
    kept: list[tuple[int, Find]] = []
    taken: list[tuple[int, int]] = []
    for rank, find in sorted(finds, key=lambda one: (one[1].start - one[1].end, one[0], one[1].start)):
        if FINDERS[rank].review:
            kept.append((rank, find))
            continue
        place = (find.start, find.end)
        at = bisect(taken, place)
        if (at == 0 or taken[at - 1][1] <= find.start) and (at == len(taken) or find.end <= taken[at][0]):
            taken.insert(at, place)
            kept.append((rank, find))
    return kept
