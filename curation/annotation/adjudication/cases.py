"""Which tasks go to an adjudicator."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from curation.annotation.resolution.labels import TRAINING
from curation.annotation.resolution.resolve import majority
from curation.annotation.resolution.votes import polls
from curation.annotation.sampling.roles import NORMAL
from curation.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from curation.annotation.codebook import Codebook
    from curation.annotation.resolution.votes import Unit

#: how sure somebody was: there is nothing to settle about it, unless it is asked for
CONFIDENCE = "confidence"

#: answers that a task must have where nobody assigned it
LEAST = 2


@dataclass(frozen=True)
class Cases:
    """The tasks to adjudicate, and those that are not so far."""

    #: of each task, the questions that its annotators leave open
    questions: Mapping[str, tuple[str, ...]]
    #: tasks that lack an answer still
    unfinished: int


def cases(
    tasks: pa.Table,
    annotations: pa.Table,
    codebook: Codebook,
    *,
    wanted: Mapping[str, int],
    settled: Container[str],
    question: str | None = None,
    divided: bool = False,
) -> Cases:
    """The tasks that votes leave open: a tie of a required question, or of one that takes several answers.

    Only tasks of which labels are made count, with all their answers in. A question about the article as a whole, which
    stands on the page of each target, makes one case an article.

    Args:
        tasks: of all rounds.
        annotations: the answers that count.
        codebook: the questions.
        wanted: how many answers a task must have; 2 where nothing is said.
        settled: the tasks that were adjudicated already.
        question: only this one, required or not.
        divided: also what has a majority and is not unanimous.

    Raises:
        UsageError: there is no such question, or it asks for passages.
    """
    asked = _asked(codebook, question, divided)
    normal = tasks.filter(pc.and_(pc.equal(tasks["role"], NORMAL), pc.not_equal(tasks["round"], TRAINING)))
    said = annotations.filter(pc.invert(annotations["skipped"]))
    pages = set(zip(said["task_key"].to_pylist(), said["annotator"].to_pylist(), strict=True))
    answers = Counter(key for key, _ in pages)
    places: dict[tuple[str, str | None], set[str]] = defaultdict(set)
    unfinished = set()
    for key, document, target in zip(
        *(normal[name].to_pylist() for name in ("task_key", "document_id", "target")), strict=True
    ):
        if answers[key] < wanted.get(key, LEAST):
            unfinished.add(key)
            continue
        places[document, target].add(key)
        places[document, None].add(key)
    complete = pa.array(sorted(key for keys in places.values() for key in keys), pa.string())
    said = said.filter(pc.is_in(said["task_key"], complete))
    found: dict[str, list[str]] = defaultdict(list)
    for (_, document, about), name in _open(said, codebook, divided):
        keys = places[document, about]
        if name in asked and keys and not any(key in settled for key in keys):
            found[min(keys & found.keys() or keys)].append(name)
    order = [one.name for one in codebook.question]
    return Cases({key: tuple(sorted(found[key], key=order.index)) for key in sorted(found)}, len(unfinished))


def _asked(codebook: Codebook, question: str | None, divided: bool) -> set[str]:
    """The questions that can make a case."""
    choices = {one.name: one for one in codebook.question if one.kind != "spans"}
    if question is None:
        return {
            name
            for name, one in choices.items()
            if name != CONFIDENCE and (divided or one.required or one.kind == "choices")
        }
    if question not in choices:
        what = "asks for passages" if any(one.name == question for one in codebook.question) else "is no question"
        raise UsageError(f"'{question}' {what}", remedy=f"Write one of: {', '.join(choices)}.")
    return {question}


def _open(annotations: pa.Table, codebook: Codebook, divided: bool) -> Iterator[tuple[Unit, str]]:
    """What the votes leave open, questions about a target first; each once."""
    resolved = majority(annotations, codebook)
    tied = {(tie.unit, tie.question) for tie in resolved.tied}
    won = {
        tuple(row.values())
        for row in resolved.labels.select(["document_id", "target", "question", "value"]).to_pylist()
    }
    cast = polls(annotations, codebook)
    for unit, question, said in sorted(cast, key=lambda poll: (poll.unit[2] is None, str(poll.unit))):
        condition = question.visible_when
        # a follow-up to an answer that did not win is not asked
        if condition and not any(
            (unit[1], target, condition.question, value) in won
            for target in (unit[2], None)
            for value in condition.values
        ):
            continue
        if (unit, question.name) in tied or (divided and len(set(map(frozenset, said.values()))) > 1):
            yield unit, question.name
