"""An audit: what was dropped and what was merged, drawn at random for people to judge.

Two questions: was a document rightly dropped by its checks, and are a copy and the article that was kept in its place
one article? What is counted are documents, each with the same chance within its stratum: a story with forty copies
weighs as much as forty documents, for so many are lost if it was merged wrongly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curation import schema
from curation.annotation.page import MARKED, OTHER, TEXT
from curation.annotation.tasks import task_key, tasks_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from curation.annotation.codebook import Codebook, Reason
    from curation.config import Limit


@dataclass(frozen=True)
class Audit:
    """One kind of audit, and which answers to its question say that the machine was right."""

    #: also what its page shows, and the name of its question
    name: str
    #: of what is drawn, for people
    units: str
    done: str
    right: tuple[str, ...]
    wrong: str

    @property
    def campaign(self) -> str:
        """The campaign that it is labelled in."""
        return f"audit-{self.name}"

    @property
    def codebook(self) -> str:
        """The shipped codebook."""
        return f"audit/{self.name}"


AUDITS = {
    # what belongs out is rightly dropped, whatever the reason
    "dropped": Audit("dropped", "dropped documents", "rightly dropped", ("right", "wrong_reason"), "wrong"),
    # updates are meant to be merged
    "merged": Audit("merged", "merged copies", "rightly merged", ("same", "other_version"), "different"),
}
UNCLEAR = "unclear"

#: tasks a stratum at least: fewer say nothing about it
LEAST = 5
#: the stratum of documents with more than one reason: whichever limit moves, they stay out
SEVERAL = "several"
#: the stratum of copies that are tied to their keeper by a third one only
INDIRECT = "indirect"


# -- what may be drawn ----------------------------------------------------------------------------


def dropped_strata(selection: pa.Table, verdicts: pa.Table) -> dict[str, str]:
    """The documents that failed their checks, each with its reason, or `several`.

    Args:
        selection: id, outcome.
        verdicts: id, reasons.
    """
    ids = selection["id"].filter(pc.equal(selection["outcome"], "failed_checks"))
    reasons = verdicts["reasons"].take(pc.index_in(ids, verdicts["id"].combine_chunks()))
    first = pc.list_element(reasons, 0)
    strata = pc.if_else(pc.greater(pc.list_value_length(reasons), 1), SEVERAL, first)
    return dict(zip(ids.to_pylist(), strata.to_pylist(), strict=True))


def merged_strata(selection: pa.Table, pairs: pa.Table) -> dict[str, str]:
    """The documents that were merged away, each with the kind of its pair with the keeper, or `indirect`.

    Args:
        selection: id, outcome, keeper_id.
        pairs: id_a, id_b, kind, merges.
    """
    away = selection.filter(pc.equal(selection["outcome"], "duplicate"))
    pairs = pairs.filter(pairs["merges"])
    known = pc.binary_join_element_wise(pairs["id_a"], pairs["id_b"], " ").combine_chunks()
    ends = (away["id"], away["keeper_id"])
    asked = pc.binary_join_element_wise(pc.min_element_wise(*ends), pc.max_element_wise(*ends), " ")
    kinds = pc.if_else(pc.equal(pairs["kind"], "contains"), "contained", pairs["kind"])
    strata = pc.fill_null(kinds.take(pc.index_in(asked, known)), INDIRECT)
    return dict(zip(away["id"].to_pylist(), strata.to_pylist(), strict=True))


def in_words(
    reasons: Iterable[str], values: Mapping[str, float | None], limits: Mapping[str, Limit], book: Codebook
) -> str:
    """The reasons against a document as its page shows them.

    Args:
        reasons: names of measures.
        values: its measures.
        limits: what they broke.
        book: has words for most of them.

    >>> from curation.annotation.codebook import shipped
    >>> from curation.config import Limit
    >>> limits = {"word_count": Limit(min=60), "hash_signs": Limit(max=0.1)}
    >>> values = {"word_count": 42.0, "hash_signs": 0.25}
    >>> in_words(values, values, limits, shipped("audit/dropped"))
    'Teks terlalu pendek (42 kata); ukuran hash_signs terlalu tinggi (0,25)'
    """
    words = {reason.measure: reason for reason in book.reason}
    said = [_reason(name, values.get(name) or 0.0, limits.get(name), words.get(name)) for name in reasons]
    text = "; ".join(said)
    return text[:1].upper() + text[1:]


def _reason(name: str, value: float, limit: Limit | None, words: Reason | None) -> str:
    is_below = limit is not None and limit.min is not None and value < limit.min
    said = (words.below if is_below else words.above) if words else ""
    said = said or f"ukuran {name} terlalu {'rendah' if is_below else 'tinggi'} ({{}})"
    return said.replace("{%}", f"{_number(100 * value)}%").replace("{}", _number(value))


def _number(value: float) -> str:
    """As Indonesians write it.

    >>> _number(1234.0), _number(0.0625)
    ('1.234', '0,0625')
    """
    text = f"{value:,.0f}" if value == int(value) else f"{value:,.3g}"
    return text.translate(str.maketrans(",.", ".,"))


# -- tasks ----------------------------------------------------------------------------------------


def audit_tasks(
    drawn: Mapping[str, tuple[str, float]],
    targets: Mapping[str, str],
    documents: pa.Table,
    clusters: pa.Table,
    book: Codebook,
    campaign: str,
    round_: str,
) -> pa.Table:
    """The tasks table of one round, in an order that says nothing.

    Args:
        drawn: stratum and inclusion probability by document.
        targets: what the answer is about besides the document: the reason, or the keeper and its text.
        documents: id, text_sha256; of at least these.
        clusters: id, cluster_id; of at least these.
        book: the codebook.
        campaign: its name.
        round_: its round.
    """
    texts = dict(zip(documents["id"].to_pylist(), documents["text_sha256"].to_pylist(), strict=True))
    here = clusters.filter(pc.is_in(clusters["id"], pa.array(list(drawn), pa.string())))
    homes = dict(zip(here["id"].to_pylist(), here["cluster_id"].to_pylist(), strict=True))
    rows = [
        {
            "campaign": campaign,
            "round": round_,
            "task_key": task_key(id_, targets[id_], book.name),
            "document_id": id_,
            "cluster_id": homes[id_],
            "text_sha256": texts[id_],
            "target": targets[id_],
            "stratum": stratum,
            "inclusion_probability": probability,
            "role": "normal",
        }
        for id_, (stratum, probability) in drawn.items()
    ]
    return schema.from_rows("tasks", sorted(rows, key=lambda row: str(row["task_key"])))


def keeper_target(keeper_id: str, text_sha256: str) -> str:
    """What a judgement about a pair is about besides the copy: the keeper, with its text of that time."""
    return f"{keeper_id} {text_sha256}"


def audit_json(
    tasks: pa.Table, documents: pa.Table, book: Codebook, marked: Callable[[str, str], tuple[str, str]]
) -> list[dict[str, Any]]:
    """The tasks as Label Studio imports them.

    Args:
        tasks: of one round.
        documents: those drawn, and the keepers of copies.
        book: the codebook.
        marked: two texts with their differences marked.

    Raises:
        DataError: a document is missing.
    """
    shown = tasks_json(tasks, documents, book)
    data = [task["data"] for task in shown]
    for one in data:
        # not "source": Label Studio's pages know that name as the task as a whole
        one["published"] = _published(one)
    if book.codebook.shows == "merged":
        keepers = tasks.set_column(
            tasks.schema.get_field_index("document_id"),
            "document_id",
            pa.array([target.partition(" ")[0] for target in tasks["target"].to_pylist()], pa.string()),
        )
        texts = pa.array([target.partition(" ")[2] for target in tasks["target"].to_pylist()], pa.string())
        keepers = keepers.set_column(tasks.schema.get_field_index("text_sha256"), "text_sha256", texts)
        for one, other in zip(data, tasks_json(keepers, documents, book), strict=True):
            kept = other["data"]
            one[MARKED[OTHER]], one[MARKED[TEXT]] = marked(kept["text"], one["text"])
            one["other_id"] = kept["document_id"]
            one["other_title"] = kept["title"]
            one["other_published"] = _published(kept)
    return shown


def _published(data: Mapping[str, Any]) -> str:
    return f"{data['outlet']} · {data['date']}"
