"""Questions about the article, which stand on the page of each of its targets and want one answer."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from curation.annotation.guideline.changes import is_newer, today
from curation.annotation.reading.problem import Problem

if TYPE_CHECKING:
    import pyarrow as pa

    from curation.annotation.codebook import Codebook


def unanswered(annotations: pa.Table, codebook: Codebook) -> list[Problem]:
    """A problem for each article and annotator who answered its tasks, but no required question about it.

    Args:
        annotations: all that were pulled; skips are no answers.
        codebook: with targets; without them nothing is asked once an article.
    """
    asked = [question for question in codebook.question if codebook.is_once(question) and question.required]
    if not asked or codebook.codebook.shows != "article":
        return []
    said: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    tasks: dict[tuple[str, str], list[str]] = defaultdict(list)
    versions: dict[tuple[str, str], set[str]] = defaultdict(set)
    names = ("document_id", "annotator", "task_key", "question", "value", "skipped", "guideline_version")
    answers_now = today(annotations, codebook)
    rows = zip(*(answers_now[name].to_pylist() for name in names), strict=True)
    for document, annotator, task, question, value, skipped, version in rows:
        if not skipped:
            said[document, annotator][question].add(value)
            tasks[document, annotator].append(task)
            versions[document, annotator].add(version)
    return [
        Problem(
            min(tasks[document, annotator]),
            "",
            f"{annotator} answered '{question.name}' on no task of article {document}",
            f"Let {annotator} answer it on one of them; the other answers are used.",
            f"the answer to '{question.name}', which is asked once an article, is missing",
        )
        for (document, annotator), answers in sorted(said.items())
        for question in asked
        if question.is_asked(answers) and not answers.get(question.name)
        if not all(is_newer(codebook, question, version) for version in versions[document, annotator])
    ]
