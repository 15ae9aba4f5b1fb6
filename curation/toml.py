"""TOML files as sections: every mistake is told at once, with file, line and what would have been right."""

from __future__ import annotations

import difflib
import math
import re
import tomllib
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from curation.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from pathlib import Path


class Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One table of a file."""


S = TypeVar("S", bound=Section)

#: the keys that lead to a value
Place = tuple[str, ...]

#: what a file's own check found: where, what, the word that was written, the words that would do
Mistake = tuple[Place, str, str, Iterable[str]]
Mistakes = Callable[[dict[str, Any]], Iterable[Mistake]]


@dataclass
class Problems:
    """Mistakes while they are found."""

    #: what is named where no line is known
    file: str
    #: where each key and table stands
    where: Mapping[Place, str] = field(default_factory=dict)
    #: one sentence each
    found: list[str] = field(default_factory=list)

    def report(self, place: Place, message: str, name: str = "", known: Iterable[str] = ()) -> None:
        """Add a mistake.

        Args:
            place: of the value.
            message: what is wrong.
            name: the word that was written.
            known: the words that would do.
        """
        known = list(known)
        at = self.where.get(place) or self.where.get(place[:-1]) or self.file
        near = difflib.get_close_matches(name, known, n=1) if name else []
        hint = f" Did you mean '{near[0]}'?" if near else f" Known: {', '.join(known)}." if name and known else ""
        self.found.append(f"{at}: {message}.{hint}")

    def refuse(self) -> None:
        """Raise if there was any mistake: those of the file by their lines, then those of the command line."""
        if self.found:
            raise ConfigError(sorted(self.found, key=self._line))

    def _line(self, problem: str) -> float:
        line = re.match(re.escape(self.file) + r":(\d+): ", problem)
        return int(line[1]) if line else math.inf


def load_file(kind: type[S], path: Path, mistakes: Mistakes | None = None) -> S:
    """Any TOML file of a workspace as its section: a site, the rights, the card, a codebook.

    Args:
        kind: the section that the whole file must fit.
        path: the file.
        mistakes: finds in the parsed file what types alone don't show; reported together with the rest.

    Raises:
        UsageError: the file can't be read.
        ConfigError: one line for each mistake, with file, line and a suggestion.
    """
    data, problems = read(path)
    problems.refuse()
    check(kind, data, problems)
    for mistake in mistakes(data) if mistakes else ():
        problems.report(*mistake)
    problems.refuse()
    return msgspec.convert(data, kind)


def read(path: Path) -> tuple[dict[str, Any], Problems]:
    """The parsed file, and where its keys stand; what is no TOML is a problem.

    Raises:
        UsageError: the file can't be read.
    """
    problems = Problems(str(path))
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UsageError("no such file", where=str(path), remedy="Make one with: curation init DIR") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"can't be read ({error})", where=str(path), remedy="It must be a readable file in UTF-8."
        ) from None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        at = f"{path}:{line[1]}" if line else str(path)
        problems.found.append(f"{at}: not valid TOML: {error}")
        return {}, problems
    problems.where = {key: f"{path}:{line}" for key, line in key_lines(text).items()}
    return data, problems


def key_lines(text: str) -> dict[Place, int]:
    r"""Line number of every key and table header of a TOML text.

    >>> key_lines("[dedup]\njaccard = 0.7\n")
    {('dedup',): 1, ('dedup', 'jaccard'): 2}

    The tables of an array are numbered:

    >>> key_lines("[[outlet]]\nname = 'Detak'\n")
    {('outlet',): 1, ('outlet', '0'): 1, ('outlet', '0', 'name'): 2}
    """
    found: dict[Place, int] = {}
    arrays: dict[Place, int] = {}
    table: Place = ()
    in_string = False
    for number, line in enumerate(text.splitlines(), 1):
        quotes = line.count('"""') + line.count("'''")
        if in_string or quotes % 2:
            in_string = in_string != bool(quotes % 2)
            if in_string and quotes % 2 == 0:
                continue
        if header := re.match(r"\s*(\[\[?)([^\[\]]+)\]\]?\s*(#.*)?$", line):
            *parents, name = split_key(header[2])
            table = (*_numbered(parents, arrays), name)
            found.setdefault(table, number)
            if header[1] == "[[":
                arrays[table] = arrays.get(table, -1) + 1
                table = (*table, str(arrays[table]))
                found[table] = number
        elif pair := re.match(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"))*)\s*=""", line):
            found.setdefault(table + split_key(pair[1]), number)
    return found


def split_key(key: str) -> Place:
    """The parts of a dotted key.

    >>> split_key('quality."word_count".min')
    ('quality', 'word_count', 'min')
    """
    return tuple(part.strip().strip("\"'") for part in key.split("."))


def _numbered(parents: list[str], arrays: dict[Place, int]) -> Place:
    """A table's parents, each array among them with the number of its last table."""
    path: Place = ()
    for part in parents:
        path = (*path, part)
        if path in arrays:
            path = (*path, str(arrays[path]))
    return path


def check(kind: Any, value: Any, problems: Problems, place: Place = ()) -> None:
    """Report everything in a value that does not fit a section or another type."""
    if isinstance(kind, type) and issubclass(kind, Section) and isinstance(value, dict):
        fields = {field.name: field.type for field in msgspec.structs.fields(kind)}
        for name, inner in value.items():
            if name in fields:
                check(fields[name], inner, problems, (*place, name))
            else:
                named = [part for part in place if not part.isdecimal()]
                table = f"[{'.'.join(named)}]" if named else "the file"
                problems.report((*place, name), f"unknown key '{name}' in {table}", name, fields)
        for one in msgspec.structs.fields(kind):
            if one.required and one.name not in value:
                problems.report((*place, one.name), f"the key '{one.name}' is missing")
        return
    if typing.get_origin(kind) is tuple and isinstance(value, list):
        inner_type = typing.get_args(kind)[0]
        if isinstance(inner_type, type) and issubclass(inner_type, Section):
            for number, inner in enumerate(value):
                check(inner_type, inner, problems, (*place, str(number)))
            return
        if typing.get_origin(inner_type) is typing.Literal:
            for inner in value:
                check(inner_type, inner, problems, place)
            return
    if typing.get_origin(kind) is typing.Literal:
        if value not in (words := typing.get_args(kind)):
            problems.report(place, f"'{place[-1]}' can't be '{value}'", str(value), words)
        return
    if typing.get_origin(kind) is dict and isinstance(value, dict):
        _, inner_type = typing.get_args(kind)
        for name, inner in value.items():
            check(inner_type, inner, problems, (*place, name))
        return
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        message = str(error).split(" - at")[0].lower().replace("`", "'")
        problems.report(place, f"'{place[-1]}': {message}")
