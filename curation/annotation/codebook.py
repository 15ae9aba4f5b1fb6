"""``codebook.toml``: what is asked about an article, in which words, and what is stored.

Page, instruction and checks are all made from it. The stored value of a label never changes; the text shown
and its definition may, with a new ``guideline_version`` and a line in the changelog that says which answers
the change touches.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from curation.errors import UsageError
from curation.toml import Mistake, Place, Section, load_file

Kind = Literal["choice", "choices", "spans"]
#: an article, with a target where a question is about one; an article and why it was dropped; two that were merged
Shows = Literal["article", "dropped", "merged"]


class Head(Section, frozen=True):
    """Name, version and opening words."""

    name: str
    guideline_version: str
    title: str
    #: tells the annotator what the work is for
    intro: str = ""
    #: what a task shows; all but an article belongs to an audit (see :mod:`curation.annotation.audit`)
    shows: Shows = "article"
    language: Literal["id"] = "id"


class Change(Section, frozen=True):
    """One version of the guideline: what changed, and which answers given before it are affected."""

    version: str
    date: str
    note: str
    effect: Literal["none", "labels", "all"]
    #: stored values, where the effect is "labels"
    labels: tuple[str, ...] = ()


class Label(Section, frozen=True):
    """One answer: what is stored, what is shown, and when it applies."""

    value: str
    shown: str
    definition: str = ""
    examples: tuple[str, ...] = ()
    hotkey: str | None = None


class Condition(Section, frozen=True):
    """Ask only where another question got this answer."""

    question: str
    value: str


class Question(Section, frozen=True):
    """One question: one answer (choice), any number (choices), or marked passages (spans)."""

    name: str
    text: str
    kind: Kind
    label: tuple[Label, ...]
    #: whether the answer is about the article alone or about the target in it
    per: Literal["document", "target"] = "document"
    required: bool = False
    hint: str = ""
    visible_when: Condition | None = None

    @property
    def values(self) -> tuple[str, ...]:
        """The stored values in order."""
        return tuple(label.value for label in self.label)

    def is_asked(self, answers: Mapping[str, Container[str]]) -> bool:
        """Whether the page shows the question, given the values answered to the others."""
        condition = self.visible_when
        return condition is None or condition.value in answers.get(condition.question, ())


class Target(Section, frozen=True):
    """Whom or what the stance is about, and the other words by which texts call it."""

    name: str
    aliases: tuple[str, ...] = ()


class Reason(Section, frozen=True):
    """How a page says that a measure is below or above its limit: ``{}`` is its value, ``{%}`` that in per cent."""

    measure: str
    below: str = ""
    above: str = ""


class Codebook(Section, frozen=True):
    """A whole codebook. Its questions stand on one page."""

    codebook: Head
    changelog: tuple[Change, ...]
    question: tuple[Question, ...]
    target: tuple[Target, ...] = ()
    #: of a page that shows what was dropped
    reason: tuple[Reason, ...] = ()

    @property
    def name(self) -> str:
        """Name of the question set; part of every task key."""
        return self.codebook.name

    @property
    def version(self) -> str:
        """Version of the guideline."""
        return self.codebook.guideline_version

    @property
    def per_target(self) -> bool:
        """Whether a task is an article and a target, or an article alone."""
        return any(question.per == "target" for question in self.question)

    def known_answers(self) -> dict[str, tuple[str, ...]]:
        """The values that may be stored, by question.

        >>> shipped("topic").known_answers()["text_problem"]
        ('cut', 'chrome_left', 'not_indonesian', 'duplicate')
        """
        return {question.name: question.values for question in self.question}


SHIPPED = Path(__file__).parent / "codebooks"


def load(path: Path) -> Codebook:
    """Read and check a codebook.

    Raises:
        UsageError: the file can't be read.
        ConfigError: one line for each mistake, with file, line and a suggestion.
    """
    return load_file(Codebook, path, _mistakes)


def shipped(name: str) -> Codebook:
    """A codebook that comes with the package.

    >>> [label.shown for label in shipped("stance").question[0].label]
    ['Mendukung', 'Menolak', 'Netral', 'Tidak bisa dinilai']
    """
    return load(shipped_path(name))


def shipped_path(name: str) -> Path:
    """The file of a codebook that comes with the package."""
    path = SHIPPED / f"{name}.toml"
    if not path.exists():
        raise UsageError(f"no shipped codebook '{name}'", remedy=f"Known: {', '.join(shipped_names())}.")
    return path


def shipped_names() -> list[str]:
    """The codebooks that come with the package."""
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


# -- what the types alone don't say ---------------------------------------------------------------

STORED = re.compile(r"[a-z0-9_]+")


def _mistakes(data: dict[str, Any]) -> Iterator[Mistake]:
    """All mistakes that the types alone don't show, in a file that may have others."""
    questions = _tables(data, "question")
    seen: dict[str, list[str]] = {}
    hotkeys: dict[str, str] = {}
    if not questions and "question" not in data:
        yield ("question",), "a codebook needs a [[question]]", "", ()
    for i, question in questions:
        here = ("question", str(i))
        name = str(question.get("name", ""))
        yield from _stored((*here, "name"), "name", question.get("name"))
        if name in seen:
            yield (*here, "name"), f"two questions are called '{name}'", "", ()
        yield from _condition((*here, "visible_when"), question.get("visible_when"), seen)
        yield from _labels(here, question, hotkeys)
        seen[name] = [str(label.get("value")) for _, label in _tables(question, "label")]
    yield from _targets(data, questions)
    yield from _changelog(data)


def _labels(here: Place, question: dict[str, Any], hotkeys: dict[str, str]) -> Iterator[Mistake]:
    labels = _tables(question, "label")
    if question.get("kind") in ("choice", "choices") and len(labels) < 2 and "label" in question:
        yield (*here, "label"), f"'{question.get('name')}' offers nothing to choose from", "", ()
    for key in ("value", "shown"):
        counts = Counter(str(label[key]) for _, label in labels if key in label)
        for i, label in labels:
            if counts[str(label.get(key))] > 1:
                text = f"{key} '{label[key]}' occurs twice in '{question.get('name')}'"
                yield (*here, "label", str(i), key), text, "", ()
                counts[str(label[key])] = 1
    for i, label in labels:
        place = (*here, "label", str(i))
        yield from _stored((*place, "value"), "value", label.get("value"))
        if "hotkey" not in label:
            continue
        hotkey = str(label["hotkey"])
        owner = f"{question.get('name')}.{label.get('value')}"
        if not re.fullmatch("[a-z0-9]", hotkey):
            yield (*place, "hotkey"), f"hotkey '{hotkey}' must be one small letter or digit", "", ()
        elif hotkey in hotkeys:
            yield (*place, "hotkey"), f"hotkey '{hotkey}' already belongs to {hotkeys[hotkey]}", "", ()
        hotkeys.setdefault(hotkey, owner)


def _condition(place: Place, condition: Any, seen: dict[str, list[str]]) -> Iterator[Mistake]:
    if not isinstance(condition, dict):
        return
    name, value = str(condition.get("question")), str(condition.get("value"))
    if name not in seen:
        yield place, f"visible_when names '{name}', which is no question above", name, seen
    elif value not in seen[name]:
        yield place, f"'{name}' has no value '{value}'", value, seen[name]


def _targets(data: dict[str, Any], questions: list[tuple[int, dict[str, Any]]]) -> Iterator[Mistake]:
    head = data.get("codebook")
    is_audit = isinstance(head, dict) and head.get("shows", "article") != "article"
    asked = any(question.get("per") == "target" for _, question in questions)
    if asked and not data.get("target") and not is_audit:
        yield ("target",), "a question is asked per target, but there is no [[target]]", "", ()
    owners: dict[str, str] = {}
    for i, target in _tables(data, "target"):
        aliases = target.get("aliases", [])
        for word in [target.get("name"), *(aliases if isinstance(aliases, list) else [])]:
            folded = " ".join(str(word).casefold().split())
            if not folded:
                yield ("target", str(i)), "a target's name or alias is empty", "", ()
            elif folded in owners:
                yield ("target", str(i)), f"'{word}' already stands for '{owners[folded]}'", "", ()
            owners.setdefault(folded, str(target.get("name")))


def _changelog(data: dict[str, Any]) -> Iterator[Mistake]:
    head = data.get("codebook")
    version = str(head.get("guideline_version")) if isinstance(head, dict) else ""
    yield from _stored(("codebook", "name"), "name", head.get("name") if isinstance(head, dict) else None)
    changes = _tables(data, "changelog")
    versions = [str(change.get("version")) for _, change in changes]
    if changes and version not in versions:
        text = f"the changelog says nothing about version {version}"
        yield ("codebook", "guideline_version"), text, version, versions
    for i, change in changes:
        place = ("changelog", str(i))
        if versions.index(versions[i]) < i:
            yield (*place, "version"), f"version {versions[i]} occurs twice", "", ()
        if (change.get("effect") == "labels") != bool(change.get("labels")):
            yield (*place, "effect"), "effect 'labels', and no other, needs a list of labels", "", ()


def _stored(place: Place, key: str, value: Any) -> Iterator[Mistake]:
    if value is not None and not STORED.fullmatch(str(value)):
        yield place, f"{key} '{value}' may hold only a-z, 0-9 and _", "", ()


def _tables(data: dict[str, Any], key: str) -> list[tuple[int, dict[str, Any]]]:
    found: Iterable[Any] = data.get(key) if isinstance(data.get(key), list) else ()  # type: ignore[assignment]
    return [(i, table) for i, table in enumerate(found) if isinstance(table, dict)]
