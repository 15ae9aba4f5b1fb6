"""How far annotators agree, question by question, and where they don't.

Every value comes with an interval, or with the reason in words why there is none. ``curation.agreement(frame)`` is the
same for frames.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from curation.annotation.agreement import confusion, people, summary
from curation.annotation.agreement.ballots import Sheet, join_tasks, lengths, of_the_sample
from curation.annotation.agreement.cases import answers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curation.annotation.agreement.ballots import Kind
    from curation.annotation.codebook import Codebook


def measure(
    frame: pa.Table,
    *,
    codebook: Codebook | None = None,
    kind: Kind | None = None,
    tasks: pa.Table | None = None,
    gold: pa.Table | None = None,
    lengths_of: Mapping[str, int] | None = None,
    resamples: int = 1000,
    seed: int = 1,
) -> dict[str, pa.Table]:
    """Coefficients, confusion and annotators of every question.

    Args:
        frame: answers as :func:`curation.annotation.agreement.columns.answers` gives them.
        codebook: tells the kinds of questions, all their labels, and who was asked; None: the answers tell it.
        kind: of all questions, where there is no codebook.
        tasks: their strata, roles and clusters, by round and task_key. Answers to gold tasks and probes tell about
            annotators alone: no coefficient counts them.
        gold: right answers: unit (a task or a document), value, question.
        lengths_of: code points of texts by document, for spans.
        resamples: bootstrap samples; 0: no intervals.
        seed: another one draws others.

    Returns:
        The tables summary, confusion and annotators.

    Raises:
        DataError: somebody gave two answers where one is asked for, and nothing tells which is the last.
    """
    sheet = Sheet(frame, codebook, kind, join_tasks(frame, tasks))
    sample = of_the_sample(sheet)
    made: dict[str, list[pa.Table]] = {
        "summary": [summary.SCHEMA.empty_table()],
        "confusion": [confusion.SCHEMA.empty_table()],
        "annotators": [people.SCHEMA.empty_table()],
    }
    for name in sheet.questions:
        ballots = sample.ballots(name)
        length, unknown = lengths(sample, ballots, lengths_of or {})
        given = answers(ballots, length)
        found = summary.summary(sample, given, length, unknown, resamples=resamples, seed=seed)
        made["summary"].append(found)
        made["confusion"].append(confusion.confusion(given))
        every = ballots if sample is sheet else sheet.ballots(name)
        made["annotators"].append(people.people(sheet, every, found, gold))
    return {name: pa.concat_tables(parts) for name, parts in made.items()}
