"""The pairs nearest to a decision: the first to look at, for here the limits are right or wrong."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from curation.dedup import facts, kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from curation.config import Dedup
    from curation.explain.places import Row

    Values = npt.NDArray[np.float64]

#: what :func:`borderline` gives: a pair, the nearest limit, the value held against it, how far the limit would have to
#: move as a share of it (`distance`), and what the pair would be then
BORDERLINE = pa.schema(
    [
        ("id_a", pa.string()),
        ("id_b", pa.string()),
        ("kind", pa.string()),
        ("merges", pa.bool_()),
        ("distance", pa.float64()),
        ("limit", pa.string()),
        ("value", pa.float64()),
        ("at", pa.float64()),
        ("would_be", pa.string()),
        ("would_merge", pa.bool_()),
        ("flip", pa.string()),
    ]
)


#: how many limits :func:`_moves` moves
_LIMITS = 8


@dataclass(frozen=True)
class _Move:
    """One limit, moved for each pair to the other side of its value; told by moving the value instead."""

    limit: str
    value: Values
    at: Values
    distance: Values
    moved: Mapping[str, Values]


def borderline(pairs: pa.Table, settings: Dedup, n: int = 20) -> pa.Table:
    """The pairs whose kind or merging flips with the smallest move of one limit (:data:`BORDERLINE`), nearest first.

    Half of them merge, half do not, as far as there are so many.

    Args:
        pairs: the table `pairs`, judged by these settings.
        settings: the limits.
        n: how many.
    """
    for reach in (0.01, 0.05, math.inf):
        flips = _flips(pairs, settings, reach)
        merging, apart = (_nearest(flips.filter(pc.equal(flips["merges"], side)), n) for side in (True, False))
        if min(len(merging), len(apart)) > n // 2:
            break
    half = min(len(merging), max((n + 1) // 2, n - len(apart)))
    chosen = sorted([*merging[:half], *apart[: n - half]], key=lambda row: (row["distance"], row["id_a"], row["id_b"]))
    return pa.Table.from_pylist([{**row, "flip": _flip(row)} for row in chosen], BORDERLINE)


def _flips(pairs: pa.Table, settings: Dedup, reach: float) -> pa.Table:
    """The pairs that a move of one limit by at most this share of it would flip, one row for each such limit."""
    found = []
    for move in _moves(pairs, settings):
        near = pa.array(np.isfinite(move.distance) & (move.distance <= reach))
        columns = {name: pa.array(values, pairs.schema.field(name).type) for name, values in move.moved.items()}
        moved = pa.table({name: columns.get(name, pairs[name]) for name in pairs.column_names}).filter(near)
        judged = kind.judge(moved, settings)
        told = {"distance": move.distance, "value": move.value, "at": move.at}
        row = pa.table({name: pairs[name] for name in ("id_a", "id_b", "kind", "merges")} | told).filter(near)
        row = row.append_column("limit", pa.repeat(move.limit, row.num_rows))
        row = row.append_column("would_be", judged["kind"]).append_column("would_merge", judged["merges"])
        flips = pc.or_(pc.not_equal(row["kind"], row["would_be"]), pc.not_equal(row["merges"], row["would_merge"]))
        found.append(row.filter(flips))
    return pa.concat_tables(found)


def _nearest(flips: pa.Table, n: int) -> list[Row]:
    """The `n` pairs with the smallest moves, each with its smallest one."""
    order = [(name, "ascending") for name in ("distance", "id_a", "id_b", "limit")]
    rows: dict[tuple[str, str], Row] = {}
    # a pair has one row a limit at most
    for row in flips.sort_by(order).slice(0, n * _LIMITS).to_pylist():
        rows.setdefault((row["id_a"], row["id_b"]), row)
    return list(rows.values())[:n]


def _moves(pairs: pa.Table, settings: Dedup) -> Iterator[_Move]:
    jaccard, in_b, in_a = (pairs[name].to_numpy() for name in ("jaccard", "containment_a", "containment_b"))
    shorter, longer = np.maximum(in_a, in_b), np.minimum(in_a, in_b)
    limit = np.full(len(jaccard), settings.jaccard)
    yield _Move("dedup.jaccard", jaccard, limit, _distance(jaccard, limit), {"jaccard": _across(jaccard, limit)})
    for name, at in (("dedup.containment", settings.containment), ("share of the shorter text", kind.WHOLE)):
        limit = np.full(len(jaccard), at)
        new = _across(shorter, limit)
        moved = {
            column: np.where(shorter < limit, np.where(held == shorter, new, held), np.minimum(held, new))
            for column, held in (("containment_a", in_b), ("containment_b", in_a))
        }
        yield _Move(name, shorter, limit, _distance(shorter, limit), moved)
    limit = np.full(len(jaccard), kind.MOSTLY)
    limit[pairs["starts_alike"].to_numpy()] = kind.HALF
    new = _across(longer, limit)
    moved = {
        column: np.where(longer < limit, np.maximum(held, new), np.where(held == longer, new, held))
        for column, held in (("containment_a", in_b), ("containment_b", in_a))
    }
    yield _Move("share of the longer text", longer, limit, _distance(longer, limit), moved)
    words, numbers, swapped = (
        pc.fill_null(pairs[name], 0).to_numpy().astype(np.float64)
        for name in ("words", "swapped_numbers", "swapped_names")
    )
    weight: Values = 2 * numbers + swapped
    limit = np.full(len(jaccard), float(facts.ENOUGH))
    few = weight < facts.ENOUGH
    # weights are whole numbers: the limit is midway to the next
    distance = np.where(words > 0, _distance(weight, limit - 0.5), np.inf)
    moved = {
        "swapped_numbers": np.where(few, numbers, 0),
        "swapped_names": np.where(few, swapped + facts.ENOUGH - weight, facts.ENOUGH - 1),
    }
    yield _Move("weight of swapped facts", weight, limit, distance, moved)
    swaps = numbers + swapped
    most, some = facts.WORDS_PER_SWAP * swaps, (swaps > 0) & (words > 0)
    per_swap = words / np.where(some, swaps, 1)
    limit = np.full(len(jaccard), float(facts.WORDS_PER_SWAP))
    distance = np.where(some, _distance(per_swap, limit), np.inf)
    yield _Move("words per swapped fact", per_swap, limit, distance, {"words": np.where(words <= most, most + 1, most)})
    replaced, aligned = (pc.fill_null(pairs[name], 0).to_numpy().astype(np.float64) for name in ("replaced", "aligned"))
    compared = words > 0
    for name, column, count, at in (
        ("share of passages replaced", "replaced", replaced, kind.REPLACED),
        ("share of words aligned", "aligned", aligned, kind.ALIGNED),
    ):
        limit = np.full(len(jaccard), at)
        share = count / np.where(compared, words, 1)
        distance = np.where(compared, _distance(share, limit), np.inf)
        inside = np.floor(at * words)
        below = count <= inside if column == "replaced" else count < at * words
        yield _Move(name, share, limit, distance, {column: np.where(below, inside + 1, np.maximum(inside - 1, 0))})


def _across(value: Values, limit: Values) -> Values:
    """Values just on the other side of a limit that is met by reaching it."""
    moved: Values = np.where(value < limit, limit, np.nextafter(limit, -1))
    return moved


def _distance(value: Values, limit: Values) -> Values:
    distance: Values = np.abs(value - limit) / limit
    return distance


def _flip(row: Row) -> str:
    """What would flip a pair, in words; of a setting so that it can be typed."""
    then = f"{row['would_be']}, {'one article' if row['would_merge'] else 'two articles'}"
    name, value, at = row["limit"], row["value"], row["at"]
    if not name.startswith("dedup."):
        return f"{name} {value:.3g}, fixed limit {at:g}; on its other side: {then}"
    letter = "J" if name == "dedup.jaccard" else "C"
    # rounded so that the pair is on the other side
    setting = math.floor(value * 1000) / 1000 + (0.001 if value >= at else 0)
    least = kind.COMPARED_JACCARD if letter == "J" else kind.COMPARED_CONTAINMENT
    if not least <= setting <= 1:
        return f"{letter} {value:.3f}, limit {at:g}; further off than a limit may be set: {then}"
    return f"{letter} {value:.3f}, limit {at:g}; with --set {name}={setting:.3f}: {then}"
