"""What of an export was not used and why, and the same told briefly where it is long."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

AGAIN = "Correct it in Label Studio and export again."
#: sorts of problems that are told one by one
MOST = 20


@dataclass(frozen=True)
class Problem:
    """What was not used, and what to do about it."""

    task_key: str
    annotation_id: str
    what: str
    remedy: str
    #: the same for all problems of a sort; empty where `what` already is
    kind: str = ""

    def __str__(self) -> str:
        return printable(f"{self.place}{self.what}. {self.remedy}")

    @property
    def place(self) -> str:
        """Where it is, for the beginning of a sentence."""
        annotation = f", annotation {clipped(self.annotation_id)}" if self.annotation_id else ""
        return f"task {clipped(self.task_key) or '?'}{annotation}: " if self.task_key or annotation else ""


@dataclass(frozen=True)
class Group:
    """All problems of one sort."""

    count: int
    #: the first of them
    example: Problem

    def __str__(self) -> str:
        one = self.example
        if self.count == 1:
            return str(one)
        first = f"{one.place}{one.what}" if one.kind else one.place.removesuffix(": ")
        told = f" The first: {first}." if first else ""
        return printable(f"{self.count:,} times: {one.kind or one.what}. {one.remedy}{told}")


def grouped(problems: Iterable[Problem]) -> list[Group]:
    """The problems by sort, the most frequent sort first: a foreign export has ten thousand of one.

    >>> twice = [Problem("0f3a", "7", "it holds no answer", AGAIN), Problem("1b2c", "8", "it holds no answer", AGAIN)]
    >>> print(*grouped(twice))
    2 times: it holds no answer. Correct it in Label Studio and export again. The first: task 0f3a, annotation 7.
    """
    found: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        found.setdefault((problem.kind or problem.what, problem.remedy), []).append(problem)
    return sorted((Group(len(group), group[0]) for group in found.values()), key=lambda group: -group.count)


def told(problems: Iterable[Problem]) -> list[str]:
    """A line for each sort of problem, and one more where there are too many sorts."""
    groups = grouped(problems)
    rest = sum(group.count for group in groups[MOST:])
    more = [f"and {rest:,} more of {len(groups) - MOST:,} other sorts: --json lists them all"] if rest else []
    return [*map(str, groups[:MOST]), *more]


def clipped(text: str, most: int = 60) -> str:
    """A text that may be anything, short enough for a sentence."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def printable(text: str) -> str:
    """A text without what would move the terminal's cursor or break the line.

    >>> printable("a" + chr(0) + "b" + chr(27) + "[2J")
    'a·b·[2J'
    """
    return "".join(char if char.isprintable() else "·" for char in text)
