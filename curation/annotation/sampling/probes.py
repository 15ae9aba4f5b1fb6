"""Probes: a near-identical copy of an article, given to those who had the article, to see whether they say the same.

Copies that the corpus leaves out as duplicates are of use here: another outlet, another headline, the same text.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curation import schema
from curation.annotation.sampling.roles import NORMAL, PROBE
from curation.annotation.tasks import task_key

if TYPE_CHECKING:
    from collections.abc import Mapping

#: shared shingles of two texts that are nearly the same; what one says of them should be the same
NEAR = 0.9


def near_twins(pairs: pa.Table, clusters: pa.Table) -> dict[str, set[str]]:
    """The documents of the same cluster that say nearly the same, by document.

    Args:
        pairs: id_a, id_b, jaccard, kind, merges, swapped_numbers, swapped_names.
        clusters: id, cluster_id.
    """
    homes = dict(zip(clusters["id"].to_pylist(), clusters["cluster_id"].to_pylist(), strict=True))
    alike = pc.and_(pairs["merges"], pc.is_in(pairs["kind"], pa.array(["exact", "near"])))
    # a number or a name more or less may turn an answer round
    for changed in ("swapped_numbers", "swapped_names"):
        alike = pc.and_(alike, pc.equal(pc.fill_null(pairs[changed], 0), 0))
    found: dict[str, set[str]] = defaultdict(set)
    near = pairs.filter(pc.and_(alike, pc.greater_equal(pairs["jaccard"], NEAR)))
    for a, b in zip(near["id_a"].to_pylist(), near["id_b"].to_pylist(), strict=True):
        if a in homes and homes[a] == homes.get(b):
            found[a].add(b)
            found[b].add(a)
    return dict(found)


def with_probes(
    tasks: pa.Table,
    twins: Mapping[str, set[str]],
    texts: Mapping[str, str],
    question_set: str,
    *,
    round_: str,
    n: int,
    seed: int = 1,
) -> pa.Table:
    """The tasks with so many probes in a round, those that it has already counted; fewer where there are no more twins.

    One target of an article is asked again, and one article of a cluster. A twin that is a task itself is no probe:
    somebody could have read it already.

    Args:
        tasks: of all rounds.
        twins: see :func:`near_twins`.
        texts: the digests of their texts.
        question_set: name of the codebook.
        round_: the round.
        n: probes that it shall have.
        seed: another one draws others.
    """
    rows: list[dict[str, Any]] = tasks.to_pylist()
    here = [row for row in rows if row["round"] == round_]
    seen = {row["document_id"] for row in rows}
    probed = {row["cluster_id"] for row in here if row["role"] == PROBE}
    articles: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in here:
        if row["role"] == NORMAL:
            articles[row["document_id"]].append(row)
    left = n - sum(row["role"] == PROBE for row in here)
    for document in sorted(articles, key=lambda id_: _chance(seed, id_)):
        if left <= 0:
            break
        task = min(articles[document], key=lambda row: _chance(seed, row["task_key"]))
        fit = [twin for twin in twins.get(document, ()) if twin not in seen and twin in texts]
        if not fit or task["cluster_id"] in probed:
            continue
        twin = min(fit, key=lambda id_: _chance(seed, id_))
        rows.append(
            {
                **task,
                "task_key": task_key(twin, task["target"], question_set),
                "document_id": twin,
                "text_sha256": texts[twin],
                "stratum": PROBE,
                "inclusion_probability": None,
                "role": PROBE,
                "prediction": None,
            }
        )
        seen.add(twin)
        probed.add(task["cluster_id"])
        left -= 1
    return schema.from_rows("tasks", rows)


def originals(tasks: pa.Table) -> dict[str, str]:
    """The task that each probe repeats: of its round, its cluster and its target. A probe may have lost it."""
    places: dict[tuple[str, str, str | None], str] = {}
    rows = tasks.select(["task_key", "round", "cluster_id", "target", "role"]).to_pylist()
    for row in sorted(rows, key=lambda row: str(row["task_key"])):
        if row["role"] == NORMAL:
            places.setdefault((row["round"], row["cluster_id"], row["target"]), row["task_key"])
    found = {
        row["task_key"]: places.get((row["round"], row["cluster_id"], row["target"]))
        for row in rows
        if row["role"] == PROBE
    }
    return {probe: original for probe, original in found.items() if original is not None}


def _chance(seed: int, name: str) -> bytes:
    return hashlib.sha256(f"{seed}\0probe\0{name}".encode()).digest()
