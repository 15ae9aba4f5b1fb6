"""``codebook.toml``: what is asked about an article, in which words, and what is stored.

Page, instruction and checks are all made from it. The text shown and the definition of a label may change, with a new
``guideline_version`` and a line in the changelog that says which answers the change touches. A stored value changes
only by such a line, too: it says what the old ones mean today (see :mod:`curation.annotation.guideline.changes`).
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from curation.annotation.guideline.mistakes import mistakes
from curation.errors import UsageError
from curation.toml import Section, load_file

Kind = Literal["choice", "choices", "spans"]
#: an article, with a target where a question is about one; an article and why it was dropped; two that were merged;
#: an article with what its annotators said
Shows = Literal["article", "dropped", "merged", "adjudication"]


class Head(Section, frozen=True):
    """Name, version and opening words."""

    name: str
    guideline_version: str
    title: str
    #: tells the annotator what the work is for
    intro: str = ""
    #: what a task shows; all but an article belongs to an audit (see :mod:`curation.annotation.audit`) or settles what
    #: another campaign leaves open (see :mod:`curation.annotation.adjudication`)
    shows: Shows = "article"
    #: a page of one's own beside the codebook, used as it is; none: the page is made from the questions
    page: str | None = None
    #: controls whose answers stay in Label Studio's export: of a page of one's own, or questions that were taken out
    not_read: tuple[str, ...] = ()
    language: Literal["id"] = "id"


class Change(Section, frozen=True):
    """One version of the guideline: what changed, and which answers given before it are affected."""

    version: str
    date: str
    note: str
    effect: Literal["none", "labels", "all"]
    #: stored values that are asked again, where the effect is "labels"; question.value where two questions have one
    labels: tuple[str, ...] = ()
    #: stored values and what is stored instead; answers count on
    rename: dict[str, str] = msgspec.field(default_factory=dict)
    #: the same, where several become one
    merge: dict[str, str] = msgspec.field(default_factory=dict)
    #: values whose answers are asked again, for several others stand in their place; until then they don't count
    split: tuple[str, ...] = ()
    #: values that are offered no more; their labels stay in the codebook, and answers count on
    deprecate: tuple[str, ...] = ()

    @property
    def taken_away(self) -> tuple[str, ...]:
        """The values that can't be answered any more."""
        return (*self.rename, *self.merge, *self.split, *self.deprecate)


class Label(Section, frozen=True):
    """One answer: what is stored, what is shown, and when it applies."""

    value: str
    shown: str
    definition: str = ""
    examples: tuple[str, ...] = ()
    hotkey: str | None = None


class Condition(Section, frozen=True):
    """Ask only where another question got this answer, or one of these."""

    question: str
    value: str | tuple[str, ...]

    @property
    def values(self) -> tuple[str, ...]:
        """The answers, of which one is enough."""
        return (self.value,) if isinstance(self.value, str) else self.value


class Question(Section, frozen=True):
    """One question: one answer (choice), any number (choices), or marked passages (spans)."""

    name: str
    text: str
    kind: Kind
    label: tuple[Label, ...]
    #: whether the answer is about the article alone or about the target in it
    per: Literal["document", "target"] = "document"
    required: bool = False
    #: version of the guideline that first asked it; older answers need not have it
    since: str | None = None
    hint: str = ""
    visible_when: Condition | None = None

    @property
    def values(self) -> tuple[str, ...]:
        """The stored values in order."""
        return tuple(label.value for label in self.label)

    def is_asked(self, answers: Mapping[str, Container[str]]) -> bool:
        """Whether the page shows the question, given the values answered to the others."""
        condition = self.visible_when
        return condition is None or any(value in answers.get(condition.question, ()) for value in condition.values)


class Target(Section, frozen=True):
    """Whom or what the stance is about, and the other words by which texts call it."""

    name: str
    aliases: tuple[str, ...] = ()


class Reason(Section, frozen=True):
    """How a page says that a measure is below or above its limit: ``{}`` is its value, ``{%}`` that in per cent."""

    measure: str
    below: str = ""
    above: str = ""


class Predictions(Section, frozen=True):
    """A model's answers, shown already chosen in some of the tasks (see :mod:`curation.annotation.preannotation`)."""

    #: whose labels stand in the campaign's ``models/<model>.parquet``
    model: str
    question: str
    #: of the tasks that the model knows
    share: float = 0.5
    #: another one takes other tasks
    seed: int = 1


class Codebook(Section, frozen=True):
    """A whole codebook. Its questions stand on one page."""

    codebook: Head
    changelog: tuple[Change, ...]
    question: tuple[Question, ...]
    target: tuple[Target, ...] = ()
    #: of a page that shows what was dropped
    reason: tuple[Reason, ...] = ()
    #: of a model, for some tasks
    predictions: Predictions | None = None
    #: not written here but read from the file that `page` names
    own_page: str = ""

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

    def is_once(self, question: Question) -> bool:
        """Whether one answer is enough for all the tasks of an article."""
        return self.per_target and question.per == "document"

    def offered(self, question: Question) -> tuple[Label, ...]:
        """The labels that may be chosen today."""
        gone = {name for change in self.changelog for name in change.deprecate}
        return tuple(label for label in question.label if not gone & {label.value, f"{question.name}.{label.value}"})

    def known_answers(self) -> dict[str, tuple[str, ...]]:
        """The values of today, by question.

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
    book = load_file(Codebook, path, mistakes)
    if book.codebook.page is None or book.codebook.shows != "article":
        return book
    from curation.annotation.own_page.controls import joined  # reads XML, and is rarely needed

    return msgspec.structs.replace(book, own_page=joined(path.parent / book.codebook.page, book))


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
