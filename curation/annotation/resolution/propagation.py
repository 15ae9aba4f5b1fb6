"""What a labelled document lends to its near-duplicates: who has read one has read the other.

One document of a cluster is labelled. A label holds for another member only where the two were compared and each holds
nearly all of the other: members of a cluster may be tied through a third, and a cut copy may lack the sentence that
the label rests on. Passages are never lent: they lie elsewhere in the other text.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curation.annotation.resolution.labels import place
from curation.annotation.resolution.resolve import table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from curation.annotation.resolution.resolve import Resolved
    from curation.annotation.resolution.votes import Unit

PROPAGATED = "propagated"

#: the share of its shingles that each of two texts must find in the other
NEAR = 0.9


def twins(pairs: pa.Table, clusters: pa.Table, ids: pa.Array) -> dict[str, dict[str, float]]:
    """The near-identical documents of these, each with how much of the two is shared at least.

    Args:
        pairs: id_a, id_b, containment_a, containment_b, merges.
        clusters: id, cluster_id.
        ids: the documents.
    """
    shared = pc.min_element_wise(pairs["containment_a"], pairs["containment_b"])
    is_ours = pc.or_(pc.is_in(pairs["id_a"], ids), pc.is_in(pairs["id_b"], ids))
    is_near = pc.and_(pairs["merges"], pc.greater_equal(shared, NEAR))
    near = pairs.append_column("shared", shared).filter(pc.and_(is_ours, is_near))
    near = near.select(["id_a", "id_b", "shared"])
    home = clusters.filter(
        pc.is_in(clusters["id"], pc.unique(pa.chunked_array([*near["id_a"].chunks, *near["id_b"].chunks], pa.string())))
    )
    cluster = dict(zip(home["id"].to_pylist(), home["cluster_id"].to_pylist(), strict=True))
    wanted = set(ids.to_pylist())
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for pair in near.to_pylist():
        one, other = pair["id_a"], pair["id_b"]
        if cluster.get(one, one) == cluster.get(other, other):
            for here, there in ((one, other), (other, one)):
                if here in wanted:
                    found[here][there] = pair["shared"]
    return dict(found)


def lend(
    resolved: Resolved, near: Mapping[str, Mapping[str, float]], mentions: Collection[tuple[str, str]]
) -> pa.Table:
    """The labels that near-identical documents get from those that people labelled.

    None goes to a document about which people answered the same question, nor where two lend different labels, nor
    about a target that the document does not mention.

    Args:
        resolved: the labels that people gave.
        near: of each labelled document, the near-identical ones (see :func:`twins`).
        mentions: documents and the targets that they mention.
    """
    tied = {(tie.unit, tie.question) for tie in resolved.tied}
    answers: dict[tuple[Unit, str], list[dict[str, Any]]] = {one: [] for one in resolved.asked - tied}
    for label in resolved.labels.to_pylist():
        answers.setdefault(place(label), []).append(label)
    offers: dict[tuple[Unit, str], list[tuple[float, str, list[dict[str, Any]]]]] = defaultdict(list)
    for ((campaign, document_id, target), question), labels in answers.items():
        for twin, shared in near.get(document_id, {}).items():
            to = (campaign, twin, target), question
            if to not in resolved.asked and (target is None or (twin, target) in mentions):
                offers[to].append((-shared, document_id, labels))
    rows = []
    for (unit, _), offered in offers.items():
        said = {tuple(sorted(label["value"] for label in labels)) for _, _, labels in offered}
        if len(said) == 1:
            _, _, labels = min(offered, key=lambda offer: offer[:2])  # of the nearest
            rows += [{**label, "document_id": unit[1], "method": PROPAGATED} for label in labels]
    return table(rows)
