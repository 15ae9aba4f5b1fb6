"""The labels of a campaign: of the answers that count, votes make labels, and adjudication decides over votes.

A label is made from the normal tasks alone. Training is there to learn, gold tasks have a known answer, probes show a
text again to see whether somebody says the same: none of them was drawn to tell something about the corpus.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curation.annotation.guideline.changes import today
from curation.annotation.resolution.resolve import Resolved, dawid_skene, majority, table
from curation.annotation.resolution.votes import Unit, polls
from curation.annotation.sampling.roles import NORMAL
from curation.store import canonical_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curation.annotation.codebook import Codebook

METHODS = {"majority": majority, "dawid_skene": dawid_skene}
ADJUDICATED = "adjudicated"

#: the round that people learn in
TRAINING = "training"
#: further reasons for which an answer does not count
GONE = "of tasks that are gone"
UNKNOWN = "with a value that the codebook lacks"


@dataclass(frozen=True)
class Counted:
    """The answers that labels are made from, and how many others there are, by why they don't count."""

    annotations: pa.Table
    left_out: Mapping[str, int]


def counted(annotations: pa.Table, tasks: pa.Table, codebook: Codebook) -> Counted:
    """The answers to normal tasks outside of training, in the values of today's codebook.

    Args:
        annotations: of one campaign, without those that a change of the guideline touches.
        tasks: of all rounds.
        codebook: with the values.
    """
    kind: dict[str, str] = {}
    for task in tasks.select(["task_key", "round", "role"]).to_pylist():
        here = TRAINING if task["round"] == TRAINING else task["role"]
        # what is gold in one round is gold in all
        kind[task["task_key"]] = here if kind.get(task["task_key"], NORMAL) == NORMAL else kind[task["task_key"]]
    annotations = today(annotations, codebook)
    known = codebook.known_answers()
    why: list[str] = []
    left: set[tuple[str, str, str]] = set()
    for answer in annotations.select(["task_key", "round", "annotator", "question", "value"]).to_pylist():
        reason = TRAINING if answer["round"] == TRAINING else kind.get(answer["task_key"], GONE)
        if reason == NORMAL and answer["value"] not in (None, *known.get(answer["question"], ())):
            reason = UNKNOWN
        why.append(reason)
        if reason != NORMAL:
            left.add((reason, answer["task_key"], answer["annotator"]))
    counts = annotations.filter(pc.equal(pa.array(why, pa.string()), NORMAL))
    return Counted(counts, dict(sorted(Counter(reason for reason, _, _ in left).items())))


def resolved(annotations: pa.Table, adjudicated: pa.Table, codebook: Codebook, method: str) -> Resolved:
    """The labels that people gave: what was adjudicated, and for all else what the votes say.

    An adjudicated label keeps the votes beside it. Several adjudicators vote among each other; where they are divided,
    nothing is adjudicated. Where several answers may be given, choosing none is a decision only if the votes were tied:
    else the adjudicator was not asked about that question and left it as it was.

    Args:
        annotations: the answers that count.
        adjudicated: those of adjudicators that count.
        codebook: the questions.
        method: one of :data:`METHODS`.
    """
    voted, decided = METHODS[method](annotations, codebook), majority(adjudicated, codebook)
    open_, divided = ({(tie.unit, tie.question) for tie in made.tied} for made in (voted, decided))
    chosen = {place(label) for label in decided.labels.to_pylist()}
    over = (decided.asked & (chosen | open_)) - divided
    if not over:
        return voted
    votes = {(poll.unit, poll.question.name): poll for poll in polls(annotations, codebook)}
    rows = [label for label in voted.labels.to_pylist() if place(label) not in over]
    for label in decided.labels.to_pylist():
        if place(label) in over:
            poll = votes.get(place(label))
            beside = {
                "distribution": canonical_json(poll.counts if poll else {}),
                "n_votes": len(poll.said if poll else ()),
            }
            rows.append({**label, **beside, "method": ADJUDICATED})
    tied = tuple(tie for tie in voted.tied if (tie.unit, tie.question) not in over)
    return Resolved(table(rows), tied, voted.asked | over, voted.notes)


def place(label: Mapping[str, Any]) -> tuple[Unit, str]:
    """What a label is about: the unit and the question."""
    return (label["campaign"], label["document_id"], label["target"]), label["question"]
