"""What a round will take, and how much its answers will then tell: before it is begun."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from curation.annotation.precision import Z, wilson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curation.annotation.assignment.people import People

#: what is supposed where no pilot has shown it
SECONDS = 90.0
AGREEMENT = 0.6
#: nobody plans further
YEARS = 5


@dataclass(frozen=True)
class Basis:
    """What a plan rests on."""

    #: of one answer
    seconds: float
    #: Krippendorff's alpha and half of its 95 % interval, over so many tasks of a pilot
    alpha: float = AGREEMENT
    half: float | None = None
    tasks: int = 0
    #: labels to choose from
    values: int = 2

    def half_width(self, tasks: int) -> float:
        """Half of the 95 % interval of alpha after so many tasks.

        With a pilot its interval shrinks with the square root of the tasks. Without one, labels are supposed to be
        equally frequent, and each task to tell as much as two annotators do: with more the interval is narrower.

        >>> round(Basis(90).half_width(400), 3), round(Basis(90, 0.7, 0.12, 100).half_width(400), 3)
        (0.078, 0.06)
        """
        if self.half is not None:
            return self.half * math.sqrt(self.tasks / tasks)
        chance = 1 / self.values
        observed = 1 - (1 - self.alpha) * (1 - chance)
        return Z * math.sqrt(observed * (1 - observed) / tasks) / (1 - chance)


@dataclass(frozen=True)
class Plan:
    """What so many tasks take and tell."""

    tasks: int
    hours: float
    cost: float | None
    #: last day of work; None where the people don't suffice
    end: date | None
    alpha_half: float
    #: half of the 95 % interval of a share that is one half; of any other it is narrower
    share_half: float

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain values."""
        return asdict(self)


def plan(tasks: int, annotators: int, people: People, basis: Basis, start: date, *, rate: float | None = None) -> Plan:
    """What a round of so many tasks takes and tells.

    Args:
        tasks: tasks of the round.
        annotators: that answer each.
        people: with their hours.
        basis: seconds an answer, and what a pilot says about agreement.
        start: first day.
        rate: price of an hour.
    """
    hours = tasks * annotators * basis.seconds / 3600
    low, high = wilson(0.5, tasks)
    return Plan(
        tasks=tasks,
        hours=round(hours, 1),
        cost=None if rate is None else round(hours * rate, 2),
        end=_end(hours, people, start),
        alpha_half=basis.half_width(tasks),
        share_half=(high - low) / 2,
    )


def _end(hours: float, people: People, start: date) -> date | None:
    """The day on which the people have worked so many hours."""
    day = start
    while day < start + timedelta(days=365 * YEARS):
        hours -= sum(member.hours for member in people if member.is_there(day)) / 7
        if hours <= 1e-9:
            return day
        day += timedelta(days=1)
    return None


def plan_text(plans: Sequence[Plan], annotators: int, basis: Basis, chosen: int) -> str:
    """The plans as a table, and what they rest on."""
    lines = [f"{'tasks':>7} {'hours':>8} {'cost':>14} {'done on':>11} {'alpha':>8} {'a share':>8}"]
    for one in plans:
        cost = "–" if one.cost is None else f"{one.cost:,.0f}"
        mark = "  ←" if one.tasks == chosen else ""
        values = f"{f'±{one.alpha_half:.3f}':>8} {f'±{one.share_half:.3f}':>8}"
        lines.append(f"{one.tasks:>7,} {one.hours:>8,.1f} {cost:>14} {one.end or '–'!s:>11} {values}{mark}")
    if basis.half is None:
        source = f"supposed: {basis.seconds:.0f} s an answer, alpha {basis.alpha:g}. A pilot would tell"
    else:
        source = f"from {basis.tasks:,} tasks so far: {basis.seconds:.0f} s an answer, alpha {basis.alpha:.2f}"
    lines += [
        "",
        f"{annotators} annotators a task; {source}.",
        "± is half of a 95 % interval; a share is taken as one half, the worst case.",
    ]
    return "\n".join(lines)
