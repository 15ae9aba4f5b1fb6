"""The answers to a task as an adjudicator sees them: who gave them is not there to be found."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from string import ascii_uppercase
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from curation.annotation.guideline.changes import today
from curation.annotation.page import answer_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pyarrow as pa

    from curation.annotation.codebook import Codebook, Question

#: of one annotator: by question the values, each with the passage that was marked
Said = dict[str, list[tuple[str, str | None]]]

#: letters of a passage that are shown: it is known again by its beginning
LONGEST = 160

OPEN = "belum sepakat"
NONE = "(tidak ada)"
#: keeps a letter on the line of its answer
NBSP = "\N{NO-BREAK SPACE}"


def blind(
    annotations: pa.Table, codebook: Codebook, questions: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, str]]:
    """The fields of each task's page with what its annotators said.

    Args:
        annotations: the answers that count.
        codebook: the questions, and what is shown for each value.
        questions: the tasks, and of each the questions that are open.
    """
    return {
        key: _fields(codebook, in_letters(key, said), questions[key])
        for key, said in _by_task(annotations, codebook, questions).items()
    }


def _by_task(annotations: pa.Table, codebook: Codebook, keys: Iterable[str]) -> dict[str, dict[str, Said]]:
    """What each annotator said of each of the tasks; of the article as a whole, on the page of whichever target."""
    once = {question.name for question in codebook.question if codebook.is_once(question)}
    said = today(annotations, codebook)
    said = said.filter(pc.invert(said["skipped"]))
    order = [(name, "ascending") for name in ("updated_at", "annotation_id", "start", "end")]
    found: dict[str, dict[str, Said]] = {key: {} for key in sorted(keys)}
    of_article: dict[str, set[str]] = defaultdict(set)
    for key, document in zip(said["task_key"].to_pylist(), said["document_id"].to_pylist(), strict=True):
        of_article[document] |= {key} & found.keys()
    pages: dict[tuple[str, str, str], str] = {}
    for row in said.sort_by(order).to_pylist():
        name, question, page = row["annotator"], row["question"], row["annotation_id"]
        for key in of_article[row["document_id"]] if question in once else {row["task_key"]} & found.keys():
            answers = found[key].setdefault(name, {})
            if pages.get((key, name, question)) != page:  # what was said last counts
                answers[question] = []
            pages[key, name, question] = page
            answers[question].append((row["value"], row["quote"]))
    return found


def in_letters(task_key: str, said: Mapping[str, Said]) -> list[tuple[str, Said]]:
    """The answers under letters that are dealt anew in each task, so that A is not the same person throughout.

    >>> ["".join(letter for letter, of in in_letters(key, {"a01": {}, "a02": {"stance": []}}) if of) for key in "ab"]
    ['B', 'A']
    """
    dealt = sorted(said, key=lambda name: hashlib.sha256(f"{task_key}\0{name}".encode()).digest())
    return [(ascii_uppercase[i % 26] * (i // 26 + 1), said[name]) for i, name in enumerate(dealt)]


def _fields(codebook: Codebook, said: Sequence[tuple[str, Said]], are_open: Sequence[str]) -> dict[str, str]:
    made = {}
    for question in codebook.question:
        asked, answers = answer_fields(question)
        each = _each(question, said)
        head = f"{question.text} ({OPEN})" if question.name in are_open else question.text
        made[asked] = head if each else ""
        made[answers] = ("\n" if question.kind == "spans" else " · ").join(each)
    return made


def _each(question: Question, said: Sequence[tuple[str, Said]]) -> list[str]:
    """The answer of everybody who was asked; nothing if nobody gave one."""
    shown = {label.value: label.shown for label in question.label}
    if not any(of_one.get(question.name) for _, of_one in said):
        return []
    each = []
    for letter, of_one in said:
        given = of_one.get(question.name, [])
        if question.kind != "spans":
            given = sorted(given, key=lambda one: [*shown, one[0]].index(one[0]))
        if given or question.is_asked({name: {value for value, _ in held} for name, held in of_one.items()}):
            words = [_passage(quote, shown.get(value, value), len(shown)) for value, quote in given]
            each.append(f"{letter}:{NBSP}{', '.join(words) or NONE}")
    return each


def _passage(quote: str | None, kind: str, kinds: int) -> str:
    r"""An answer, or a marked passage on one line, so that none can look like somebody else's answer.

    >>> _passage("Warga menolak.\nB: Mendukung", "Alasan", 2), _passage(None, "Mendukung", 4)
    ('«Warga menolak. B: Mendukung» (Alasan)', 'Mendukung')
    """
    if quote is None:
        return kind
    words = " ".join(quote.split())
    cut = words if len(words) <= LONGEST else f"{words[:LONGEST].rstrip()} …"
    return f"«{cut}» ({kind})" if kinds > 1 else f"«{cut}»"
