"""``people.csv`` of a campaign: how many hours a week each annotator has, and from when until when.

One line a person, by pseudonym. Accounts stand in ``annotators.csv``, where one person may have several; here is
nothing that names anybody.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from curation.errors import InputError, UsageError
from curation.store import write_atomically

HEADER = ("annotator", "hours", "from", "until", "language")
LANGUAGES = ("id", "en")


class Member(NamedTuple):
    """One annotator of a campaign."""

    annotator: str
    #: a week
    hours: float
    #: first and last day, where there is one
    since: date | None = None
    until: date | None = None
    #: of what is written to them
    language: str = "id"

    def is_there(self, day: date) -> bool:
        """Whether the person works on that day.

        >>> Member("a01", 6, until=date(2026, 3, 31)).is_there(date(2026, 4, 1))
        False
        """
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


People = tuple[Member, ...]


def load(path: Path) -> People:
    """The annotators of a campaign in the order of the file; none where it is not there yet.

    Raises:
        InputError: names the line that can't be read.
    """
    if not path.exists():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in HEADER[:2] if name not in (reader.fieldnames or ())]
        if missing:
            raise InputError(
                f"the column(s) {', '.join(missing)} are missing",
                where=str(path),
                remedy="Put them into the first line.",
            )
        people = [_member(line, f"{path}:{reader.line_num}") for line in reader]
    names = [member.annotator for member in people]
    for place, name in enumerate(names):
        if name in names[:place]:
            raise InputError(f"'{name}' has two lines", where=str(path), remedy="Leave one.")
    return tuple(people)


def save(path: Path, people: Iterable[Member]) -> None:
    """Write the file in one step."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for one in people:
        writer.writerow([one.annotator, f"{one.hours:g}", one.since or "", one.until or "", one.language])
    write_atomically(path, out.getvalue().encode())


def joined(people: People, member: Member) -> People:
    """The people with one more, or with one who comes back.

    Raises:
        UsageError: the person is there already.
    """
    for place, known in enumerate(people):
        if known.annotator == member.annotator:
            if known.until is None:
                raise UsageError(f"'{member.annotator}' is there already", remedy="Change the hours in people.csv.")
            return (*people[:place], member, *people[place + 1 :])
    return (*people, member)


def without(people: People, annotator: str, last_day: date) -> People:
    """The people with one of them gone after a day.

    Raises:
        UsageError: there is no such person.
    """
    if annotator not in (member.annotator for member in people):
        known = ", ".join(member.annotator for member in people) or "nobody"
        raise UsageError(f"there is no annotator '{annotator}'", remedy=f"There are: {known}.")
    return tuple(m._replace(until=last_day) if m.annotator == annotator else m for m in people)


def _member(line: dict[str, str | None], where: str) -> Member:
    text = {name: (line.get(name) or "").strip() for name in HEADER}
    if not text["annotator"]:
        raise InputError("a line without a pseudonym", where=where, remedy="Fill in 'annotator'.")
    try:
        hours = float(text["hours"].replace(",", "."))
    except ValueError:
        hours = 0.0
    if not 0 < hours <= 168:
        raise InputError(f"'{text['hours']}' is no number of hours a week", where=where, remedy="Write one, such as 6.")
    if text["language"] not in ("", *LANGUAGES):
        raise InputError(f"no messages in '{text['language']}'", where=where, remedy="Write id or en.")
    since, until = _day(text["from"], where), _day(text["until"], where)
    return Member(text["annotator"], hours, since, until, text["language"] or "id")


def _day(text: str, where: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InputError(f"'{text}' is no day", where=where, remedy="Write it as 2026-03-31.") from None
