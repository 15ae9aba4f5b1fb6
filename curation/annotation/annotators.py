"""Who answered, under another name: the file ``annotators.csv`` of a campaign maps people to pseudonyms.

Tables hold ``a01``, ``a02`` ... only. The file is the one place where an e-mail address stands; it stays in
the campaign's folder and never travels with a release. Two accounts of one person may be given one pseudonym
there by hand.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from curation.errors import InputError
from curation.store import write_atomically

HEADER = ["annotator", "user_id", "email"]


class Person(NamedTuple):
    """An account as an export names it: by number, by e-mail address, or both."""

    user_id: str = ""
    email: str = ""


class Row(NamedTuple):
    """One line of the file."""

    annotator: str
    user_id: str
    email: str


@dataclass(frozen=True)
class Annotators:
    """The known accounts and their pseudonyms.

    >>> people = Annotators().including([Person("7", "sari@kampus.example"), Person("3")])
    >>> people.pseudonym(Person(email="Sari@kampus.example")), people.pseudonym(Person("3"))
    ('a02', 'a01')
    """

    rows: tuple[Row, ...] = ()

    def pseudonym(self, person: Person) -> str:
        """The pseudonym of a known account."""
        found = self._find(person)
        if found is None:
            raise KeyError(person)
        return self.rows[found].annotator

    def including(self, people: Iterable[Person]) -> Annotators:
        """These and the new ones among `people`; a pseudonym once given never changes."""
        known = self
        found = sorted(set(people), key=lambda p: (p.user_id.zfill(12), p.email))
        # first those whose address is known: then their numbers are known, too, where they stand alone
        for person in [p for p in found if p.email and known._find(p) is not None] + found:
            known = known._with(person)
        return known

    def _with(self, person: Person) -> Annotators:
        rows = list(self.rows)
        found = self._find(person)
        if found is None:
            numbers = [int(row.annotator[1:]) for row in rows if re.fullmatch(r"a\d+", row.annotator)]
            rows.append(Row(f"a{max(numbers, default=0) + 1:02d}", *person))
        else:
            row = rows[found]
            rows[found] = Row(row.annotator, row.user_id or person.user_id, row.email or person.email)
        return Annotators(tuple(rows))

    def _find(self, person: Person) -> int | None:
        """By address where both sides have one, for numbers differ from server to server; else by number."""
        email = person.email.lower()
        for i, row in enumerate(self.rows):
            if email and row.email.lower() == email:
                return i
        for i, row in enumerate(self.rows):
            if person.user_id and row.user_id == person.user_id and not (email and row.email):
                return i
        return None

    def save(self, path: Path) -> None:
        """Write the file in one step."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerows([HEADER, *self.rows])
        write_atomically(path, out.getvalue().encode())


def load(path: Path) -> Annotators:
    """The annotators of a campaign; none where the file is not there yet.

    Raises:
        InputError: the file lacks a column or a pseudonym.
    """
    if not path.exists():
        return Annotators()
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in HEADER if name not in (reader.fieldnames or ())]
        if missing:
            raise InputError(
                f"the column(s) {', '.join(missing)} are missing",
                where=str(path),
                remedy="Put them into the first line.",
            )
        rows = [Row(*((line[name] or "").strip() for name in HEADER)) for line in reader]
    for number, row in enumerate(rows, 2):
        if not row.annotator:
            raise InputError("a line without a pseudonym", where=f"{path}:{number}", remedy="Fill in 'annotator'.")
    return Annotators(tuple(rows))


def person(value: Any) -> Person | None:
    """An account from what an export holds there: a number, an address, or an object with both.

    >>> person({"id": 4, "email": "bayu@kampus.example", "first_name": ""})
    Person(user_id='4', email='bayu@kampus.example')
    """
    if isinstance(value, dict):
        found = Person(_text(value.get("id")), _text(value.get("email")))
        return found if any(found) else None
    text = _text(value)
    if not text:
        return None
    return Person(email=text) if "@" in text else Person(text)


def _text(value: Any) -> str:
    return str(value).strip() if isinstance(value, (int, str)) and not isinstance(value, bool) else ""
