"""What a verified pair is: an exact copy, a near one, a part, an update, a template, or a rewrite.

Everything rests on the measured columns of the table `overlaps`, so that another limit needs no text: a changed
threshold judges the same rows again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from curation import schema
from curation.dedup.facts import is_template

if TYPE_CHECKING:
    from curation.config import Dedup

#: A text is near another if the longer one is mostly the shorter one: this share of its shingles, or half
#: where both start alike. It is a part of the longer one if that holds most of it.
MOSTLY = 0.6
HALF = 0.5
WHOLE = 0.8

#: A copy cuts, adds and rewords; a new story over the same background says something of its own in the place of
#: other passages. Between 8 and 18 per cent both come up on real pairs; below 75 per cent alike, only the latter.
REPLACED = 0.12
ALIGNED = 0.75

#: Below this share of the shorter text, two pages of one address are different articles.
SAME_PAGE = 0.1

#: Below both of these a candidate is no overlap worth a row.
LEAST_JACCARD = 0.25
LEAST_CONTAINMENT = 0.45

#: Below both of these the texts of a pair are not laid side by side: no limit may be set lower.
COMPARED_JACCARD = 0.5
COMPARED_CONTAINMENT = 0.65


def judge(overlaps: pa.Table, settings: Dedup) -> pa.Table:
    """The table `pairs`: the kind of each measured pair, whether it merges, and the reasons in words.

    A cut copy (`contained`, `contains`, both start alike) merges; an article that stands inside a page that holds more,
    such as an aggregator's, is tied to it by its kind alone, or every page would glue together what it holds.

    Args:
        overlaps: measured pairs; a table `pairs` is one, too.
        settings: limits of Jaccard and containment.
    """
    jaccard, in_b, in_a = (overlaps[name].to_numpy() for name in ("jaccard", "containment_a", "containment_b"))
    either, longer = np.maximum(in_a, in_b), np.minimum(in_a, in_b)
    same_text, same_page, corrects, alike = (
        overlaps[name].to_numpy() for name in ("same_text", "same_page", "one_corrects", "starts_alike")
    )
    template = is_template(*(_known(overlaps[name]) for name in ("words", "swapped_numbers", "swapped_names")))
    copied = is_copied(*(_known(overlaps[name]) for name in ("words", "replaced", "aligned")))
    cases: list[tuple[Any, str, str]] = [
        (same_text, "exact", "same text"),
        (same_page & (either < SAME_PAGE), "rewrite", "same address, another article"),
        (same_page, "update", "same address"),
        ((jaccard < settings.jaccard) & (either < settings.containment), "rewrite", "below the limits"),
        (corrects, "update", "one is marked as update or correction"),
        (template, "template", "other facts in the same words"),
        (jaccard >= settings.jaccard, "near", ""),
        (~copied, "rewrite", "passages of its own in the place of others"),
        (longer >= MOSTLY, "near", ""),
        (alike & (either >= WHOLE), "part", "one begins with the other"),
        (alike & (longer >= HALF), "near", "both start alike"),
        (either >= WHOLE, "part", "stands in a text that holds more"),
        (np.ones(len(jaccard), bool), "rewrite", "a passage of a text that holds more"),
    ]
    case = pa.array(np.select([holds for holds, _, _ in cases], list(range(len(cases)))))
    kind, why = (pa.array([words[n] for words in cases]).take(case) for n in (1, 2))
    is_part = pc.equal(kind, "part")
    kind = pc.if_else(is_part, pc.if_else(pa.array(in_b >= in_a), "contained", "contains"), kind)
    merges = pc.or_(pc.is_in(kind, pa.array(["exact", "near", "update"])), pc.and_(is_part, pa.array(alike)))
    columns = {name: overlaps[name] for name in schema.arrow_schema("overlaps").names}
    columns |= {
        "kind": kind,
        "merges": merges,
        "evidence": _evidence(overlaps, why, merges),
    }
    return schema.conform("pairs", pa.table(columns))


def is_copied(
    words: npt.NDArray[np.int32], replaced: npt.NDArray[np.int32], aligned: npt.NDArray[np.int32]
) -> npt.NDArray[np.bool_]:
    """For each pair, whether nearly all of the shorter text stands in the longer one, nothing else in its place."""
    found: npt.NDArray[np.bool_] = (replaced <= REPLACED * words) & (aligned >= ALIGNED * words)
    return found


def _known(counts: pa.ChunkedArray) -> npt.NDArray[np.int32]:
    """Counts of facts, 0 where the texts were not compared."""
    known: npt.NDArray[np.int32] = pc.fill_null(counts, 0).to_numpy()
    return known


def _evidence(overlaps: pa.Table, why: pa.Array, merges: pa.Array) -> pa.Array:
    """The reasons in words: figures, what decided, facts, direction."""
    figures = [_share(overlaps[name]) for name in ("jaccard", "containment_a", "containment_b")]
    text = {name: pc.fill_null(overlaps[name], 0).cast(pa.string()) for name in _COUNTS}
    facts = pc.binary_join_element_wise(text["equal_numbers"], " of ", text["numbers"], " numbers equal", "")
    swapped = pc.binary_join_element_wise(
        "swapped numbers: ", text["swapped_numbers"], ", names: ", text["swapped_names"], ""
    )
    swaps = pc.fill_null(pc.add(overlaps["swapped_numbers"], overlaps["swapped_names"]), 0)
    compared = pc.and_(pc.invert(overlaps["same_text"]), pc.is_valid(overlaps["words"]))
    parts = [
        pc.binary_join_element_wise("J ", figures[0], ", C ", figures[1], " / ", figures[2], ""),
        _behind(why, pc.not_equal(why, "")),
        _behind(facts, compared),
        _behind(swapped, pc.greater(swaps, 0)),
        _behind(pc.fill_null(overlaps["direction_why"], ""), pc.and_(merges, pc.is_valid(overlaps["direction_why"]))),
    ]
    return pc.binary_join_element_wise(*parts, "")


def _behind(words: pa.Array, holds: pa.Array) -> pa.Array:
    return pc.if_else(holds, pc.binary_join_element_wise("; ", words, ""), "")


_COUNTS = ("numbers", "equal_numbers", "swapped_numbers", "swapped_names")


def _share(values: pa.ChunkedArray) -> pa.Array:
    return _HUNDREDTHS.take(pc.round(pc.multiply(pc.round(values, 2), 100.0)).cast(pa.int8()))


#: a number as text is made once, not for each pair
_HUNDREDTHS = pa.array([f"{hundredth / 100:.2f}" for hundredth in range(101)])
