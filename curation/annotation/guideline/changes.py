"""Labels that were renamed, merged, split or deprecated: what answers given before mean today.

Answers stay in the annotations as they were given. Whoever counts them reads them through :func:`today`, so that a
renamed value counts without being asked again and a split one doesn't count until it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from curation.annotation.codebook import Change, Codebook, Question


#: the columns of annotations without which what became of an answer can't be told
NEEDED = ("annotation_id", "annotator", "question", "value", "guideline_version", "start", "end")


class Fate(NamedTuple):
    """What became of a stored value since the version under which it was given."""

    #: as it is stored today
    value: str
    #: whether a change asks for the answer again
    asked_again: bool
    #: whether nothing that is stored today says the same
    split: bool


def changes_since(codebook: Codebook, version: str) -> tuple[Change, ...]:
    """The changes that came after a version, up to the codebook's own; all where the version is not known.

    >>> from curation.annotation.codebook import shipped
    >>> changes_since(shipped("stance"), "1.0")
    ()
    """
    log = sorted(codebook.changelog, key=lambda change: change.date)
    versions = [change.version for change in log]
    first = versions.index(version) + 1 if version in versions else 0
    return tuple(log[first : versions.index(codebook.version) + 1])


def fate(changes: Iterable[Change], question: str, known: Container[str], value: str) -> Fate:
    """Follow a value through changes, the oldest first.

    Args:
        changes: those after the version under which it was given.
        question: that it answers.
        known: the question's values of today.
        value: as it was given.

    >>> from curation.annotation.codebook import Change
    >>> more = {"date": "2026-03-01", "note": "", "effect": "none"}
    >>> log = [Change(version="1.1", rename={"pro": "favor"}, **more), Change(version="1.2", split=("mixed",), **more)]
    >>> fate(log, "stance", ("favor", "against"), "pro")
    Fate(value='favor', asked_again=False, split=False)
    >>> fate(log, "stance", ("favor", "against"), "mixed").split
    True
    """
    now, asked_again, split = value, False, False
    for change in changes:
        before = now
        for old, new in (*change.rename.items(), *change.merge.items()):
            if names(old, question, before):
                now = new
        split |= any(names(name, question, before) for name in change.split)
        touched = any(names(name, question, one) for name in change.labels for one in (before, now))
        asked_again |= split or touched or change.effect == "all"
    # two questions may have had the value of which one keeps it
    return Fate(now if now in known else value, asked_again, split)


def fate_since(codebook: Codebook, version: str, question: str, value: str) -> Fate:
    """What became of a value that was given under a version.

    One that this version had no longer was given on a page that was opened before: it is followed from the beginning.
    """
    known = codebook.known_answers()[question]
    found = fate(changes_since(codebook, version), question, known, value)
    if found.value in known or found.split:
        return found
    return fate(changes_since(codebook, ""), question, known, value)


def names(name: str, question: str, value: str) -> bool:
    """Whether a changelog's name means this value of this question.

    >>> names("other", "tone", "other"), names("tone.other", "tone", "other"), names("frame.other", "tone", "other")
    (True, True, False)
    """
    return name in (value, f"{question}.{value}")


def fates(annotations: pa.Table, codebook: Codebook) -> list[Fate | None]:
    """What became of each row; None for a skip, and for an answer to a question that is gone.

    Args:
        annotations: question, value, guideline_version.
        codebook: with its changelog.
    """
    known = codebook.known_answers()
    found: dict[tuple[str | None, ...], Fate | None] = {}
    columns = (annotations[name].to_pylist() for name in ("guideline_version", "question", "value"))
    rows = list(zip(*columns, strict=True))
    for row in dict.fromkeys(rows):
        version, question, value = row
        found[row] = fate_since(codebook, version or "", question, value) if question in known and value else None
    return [found[row] for row in rows]


def today(annotations: pa.Table, codebook: Codebook) -> pa.Table:
    """Annotations in the stored values of today, without the pages on which a split value stands.

    Args:
        annotations: with the columns of :data:`NEEDED`.
        codebook: with its changelog.
    """
    if not any(change.rename or change.merge or change.split for change in codebook.changelog):
        return annotations
    found = fates(annotations, codebook)
    values = [one.value if one else value for one, value in zip(found, annotations["value"].to_pylist(), strict=True)]
    pages = list(zip(*(annotations[name].to_pylist() for name in ("annotation_id", "annotator")), strict=True))
    gone = {page for page, one in zip(pages, found, strict=True) if one and one.split}
    places = zip(*(annotations[name].to_pylist() for name in ("question", "start", "end")), strict=True)
    # two values that were merged are one answer
    seen: set[object] = set()
    keep = []
    for answer in zip(pages, places, values, strict=True):
        keep.append(answer[0] not in gone and answer not in seen)
        seen.add(answer)
    place = annotations.schema.get_field_index("value")
    field = annotations.schema.field(place)
    return annotations.set_column(place, field, pa.array(values, field.type)).filter(pa.array(keep, pa.bool_()))


def accepted(codebook: Codebook, question: Question) -> frozenset[str]:
    """The values of a question that an answer may hold: those of today, and those that were taken away.

    Args:
        codebook: with its changelog.
        question: one of its questions.
    """
    elsewhere = {value for one in codebook.question if one is not question for value in one.values}
    found = {*question.values}
    for name in (name for change in codebook.changelog for name in change.taken_away):
        of, dot, value = name.partition(".")
        if not dot or not any(one.name == of for one in codebook.question):
            of, value = question.name, name
        became = fate(changes_since(codebook, ""), of, question.values, value)
        if of == question.name and (became.value in question.values or (became.split and value not in elsewhere)):
            found.add(value)
    return frozenset(found)


def storable(codebook: Codebook) -> dict[str, frozenset[str] | None]:
    """The values that annotations may hold, by question.

    Of a question that was taken out, nothing is known any more: None.
    """
    known = {question.name: accepted(codebook, question) for question in codebook.question}
    return {**dict.fromkeys(codebook.codebook.not_read), **known}


def is_newer(codebook: Codebook, question: Question, version: str) -> bool:
    """Whether a question was first asked after a version."""
    return any(change.version == question.since for change in changes_since(codebook, version))


def answers_today(codebook: Codebook, version: str, given: Mapping[str, Iterable[str]]) -> dict[str, set[str]] | None:
    """What the answers of one page are today; None where a value was split.

    Args:
        codebook: with its changelog.
        version: of the guideline under which they were given.
        given: values by question.
    """
    found = {name: [fate_since(codebook, version, name, value) for value in values] for name, values in given.items()}
    if any(one.split for of in found.values() for one in of):
        return None
    return {name: {one.value for one in of} for name, of in found.items()}
