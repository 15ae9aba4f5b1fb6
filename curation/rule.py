"""The contract of a cleaning rule: one file, one function, found in ten seconds.

A rule takes the :class:`~curation.lines.Lines` that may concern it and a :class:`Context`, and yields edits,
values read (metadata) or flags (findings). What may concern it, it declares: literals, a shape, a place. One
combined pass over the batch finds the lines that hold any literal at all, so a rule costs almost nothing
where it has nothing to do.

Rules run in :data:`STEPS`. All rules of a step see the same text; the next step sees it edited. Where two
edits of one step overlap, the longer one wins, then the rule that comes first in the rule book.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from curation.lines import Edit, Flag, Line, Lines, Value

if TYPE_CHECKING:
    from curation.config import Site

#: characters: what no reader sees, code and hidden characters. joins: what the scraper broke or glued. head,
#: chrome, tail: what the site put before, into and after the article. ends: what is left at the very end once all
#: that is gone. layout: blank space that the others left. flags: findings on the finished body.
STEPS = ("characters", "joins", "head", "chrome", "tail", "ends", "layout", "flags")

Grain = Literal["inline", "line", "block", "document", "corpus"]
Answer = Edit | Value | Flag
Function = Callable[[Lines, "Context"], Iterable[Answer]]


@dataclass(frozen=True)
class ChromeTable:
    """Learned lines by site or network: key → position (head, tail, any)."""

    version: int = 0
    lines: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Context:
    """What a rule may know beyond the text, by document of the batch."""

    titles: Sequence[str | None] = ()
    sites: Sequence[Site | None] = ()
    chrome: ChromeTable = field(default_factory=ChromeTable)
    #: under which names each document's chrome may be learned: its site, its network
    owners: Sequence[tuple[str, ...]] = ()
    #: headlines of the crawl, as printed
    seen_titles: frozenset[str] = frozenset()

    @cached_property
    def disabled(self) -> dict[str, set[int]]:
        """The documents on whose sites a rule does harm, by the rule's name."""
        found: dict[str, set[int]] = {}
        for document, site in enumerate(self.sites):
            for name in site.disable if site else ():
                found.setdefault(name, set()).add(document)
        return found

    def title(self, line: Line) -> str | None:
        """The headline of the line's document."""
        return self.titles[line.document] if self.titles else None

    def site(self, line: Line) -> Site | None:
        """The site record of the line's document."""
        return self.sites[line.document] if self.sites else None


@dataclass(frozen=True)
class Rule:
    """A rule and what it declares."""

    name: str
    function: Function
    step: str
    grain: Grain
    literals: tuple[str, ...] = ()
    shape: str | None = None
    head: int | None = None
    tail: int | None = None
    longest: int | None = None
    beyond_ascii: bool = False
    source: str = ""

    @property
    def group(self) -> str:
        """The shelf it stands on: the folder of its file."""
        return self.function.__module__.split(".")[-2]

    @property
    def doc(self) -> str:
        """What it does, why, and an example."""
        return inspect.getdoc(self.function) or ""

    @property
    def summary(self) -> str:
        """The first sentence of its docstring."""
        return self.doc.split("\n\n")[0].replace("\n", " ")

    def select(self, lines: Lines, holding: Lines | None = None) -> Lines:
        """The lines that may concern this rule.

        Args:
            lines: of a batch.
            holding: those of them that hold one of the literals, where that is known.
        """
        found = (lines if holding is None else holding).within(self.head, self.tail, self.longest)
        if self.literals and holding is None and len(found):
            found = found.where(found.matching(any_of(self.literals), ignore_case=True))
        if self.beyond_ascii:
            found = found.beyond_ascii
        if self.shape and len(found):
            found = found.where(found.matching(self.shape))
        return found

    def __call__(self, lines: Lines, context: Context) -> list[Answer]:
        """The rule's answers for the lines that concern it, signed with its name."""
        signature, off, new = (self.name,), context.disabled.get(self.name, ()), tuple.__new__
        return [
            new(type(answer), answer[:-1] + signature)  # what _replace does, faster
            for answer in self.function(lines, context)
            if answer[0] not in off
        ]


def any_of(literals: Iterable[str]) -> str:
    """An RE2 pattern for any of the literals."""
    return "|".join(re.escape(literal) for literal in sorted(literals))


def rule(
    *,
    step: str,
    grain: Grain = "line",
    literals: Sequence[str] = (),
    shape: str | None = None,
    head: int | None = None,
    tail: int | None = None,
    longest: int | None = None,
    beyond_ascii: bool = False,
    source: str = "",
) -> Callable[[Function], Rule]:
    """Declare a rule.

    Args:
        step: when it runs, one of :data:`STEPS`.
        grain: what it looks at.
        literals: lower-case strings; only lines that hold one are shown to the rule.
        shape: RE2 pattern; only lines in which it occurs are shown to the rule.
        head: only the first so many lines of a document.
        tail: only the last so many lines of a document.
        longest: only lines of at most so many characters.
        beyond_ascii: only lines with a character that isn't printable ASCII.
        source: where the rule was learned.
    """
    assert step in STEPS, step

    def declare(function: Function) -> Rule:
        made = Rule(
            function.__name__, function, step, grain, tuple(literals), shape, head, tail, longest, beyond_ascii, source
        )
        # as functools.wraps does, so that doctest and help() find the rule's docstring
        made.__dict__.update(
            __doc__=function.__doc__,
            __module__=function.__module__,
            __name__=function.__name__,
            __wrapped__=function,
        )
        return made

    return declare


def try_rule(made: Rule, text: str, **context: object) -> list[Answer]:
    """What one rule answers for one text: for doctests and for trying things out.

    ``title="..."`` and ``seen_titles=frozenset(...)`` set the context.
    """
    title = context.pop("title", None)
    given = Context(titles=[title], **context)  # type: ignore[arg-type, list-item]
    lines = made.select(Lines.of([text]))
    return made(lines, given) if len(lines) else []


def after(made: Rule, text: str, **context: object) -> str:
    """The text after one rule, for doctests."""
    edits = [answer for answer in try_rule(made, text, **context) if isinstance(answer, Edit)]
    for edit in sorted(edits, reverse=True, key=lambda e: (e.start, e.end)):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return text
