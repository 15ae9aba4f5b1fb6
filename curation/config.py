"""``curation.toml``: every setting, its default, and errors that name file, line and remedy.

All mistakes of a file are reported at once. A value set on the command line with ``--set key=value`` wins
over the file, the file over the profile that ``[quality] profile`` names, the profile over the defaults here.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
import tomllib
import typing
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from curation import schema
from curation.errors import ConfigError, UsageError


class Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One table of the configuration file."""


class Input(Section, frozen=True):
    """What to read. Each path, file or folder, is a batch."""

    paths: tuple[str, ...] = ()
    #: our column name → the input's, where the usual names don't fit: {text = "isi_lengkap"}
    columns: dict[str, str] = {}


class Rules(Section, frozen=True):
    """Which cleaning rules to leave out, here for all sites (a site's TOML has the same key)."""

    disable: tuple[str, ...] = ()


class Chrome(Section, frozen=True):
    """Which version of the learned chrome table ``clean`` uses; 0 is the empty one."""

    version: int = 0
    #: learned lines that shall stay in the texts all the same, as printed
    keep: tuple[str, ...] = ()


class Limit(Section, frozen=True):
    """A measure's accepted range, both ends included."""

    min: float | None = None
    max: float | None = None


class Quality(Section, frozen=True):
    """The profile with the limits, and limits of one's own by measure: ``[quality.word_count] min = 80``."""

    profile: str = "indonesian-news"
    limits: dict[str, Limit] = {}


class Scope(Section, frozen=True):
    """What the corpus is about; documents outside are measured but not selected."""

    #: first and last day, as clocks in Jakarta show it; what has no date is not outside
    since: dt.date | None = None
    until: dt.date | None = None
    outlets: tuple[str, ...] = ()
    #: at least one must occur in title or body; letter case and word ends count as equal
    terms: tuple[str, ...] = ()


class Dedup(Section, frozen=True):
    """When two documents are copies. J and C are exact, on five-word shingles of cleaned bodies."""

    jaccard: float = 0.7
    #: share of the shorter text that the other holds. 0.65: at 0.8 a quarter of the reworded copies that a reader
    #: paired are missed; what is no copy above 0.65 is told by its facts (template) or its shape (overlap)
    containment: float = 0.65
    bands: int = 25
    rows: int = 5
    #: what computes signatures and compares texts; the results are the same
    backend: str = "numba"


class Checks(Section, frozen=True):
    """When a batch is quarantined."""

    #: largest share of rejected inputs of a batch, repeats aside
    max_rejected: float = 0.05


class Release(Section, frozen=True):
    """Name of the published corpus."""

    name: str = "corpus"


class Engine(Section, frozen=True):
    """What runs the stages. `workers` 0 means all cores; `memory` is the shuffle's limit."""

    name: str = "local"
    workers: int = 0
    memory: str = "1GB"


class Config(Section, frozen=True):
    """All settings of a workspace."""

    input: Input = Input()
    rules: Rules = Rules()
    chrome: Chrome = Chrome()
    quality: Quality = Quality()
    scope: Scope = Scope()
    dedup: Dedup = Dedup()
    checks: Checks = Checks()
    release: Release = Release()
    engine: Engine = Engine()


class Site(Section, frozen=True):
    """One site or family of hosts, from a TOML of ``curation/sites/`` or of the workspace's ``sites/``."""

    #: the outlet's name as people write it
    outlet: str
    network: str | None = None
    #: hosts without www and m.; a leading dot means the host and all below it
    hosts: tuple[str, ...] = ()
    #: rules that do harm on this site
    disable: tuple[str, ...] = ()
    #: names under which the house prints itself before the lead: SINDONEWS.COM, MALANG TERKINI
    datelines: tuple[str, ...] = ()
    #: CSS selectors for HTML: what holds the article, and what to drop inside it
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


S = TypeVar("S", bound=Section)

#: what a file's own check found: where, what, the word that was written, the words that would do
Mistake = tuple[tuple[str, ...], str, str, Iterable[str]]
Mistakes = Callable[[dict[str, Any]], Iterable[Mistake]]


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
    problems: list[str] = []
    data, lines = _read(path, problems)
    if not problems:
        where = {key: f"{path}:{line}" for key, line in lines.items()}
        _check(kind, data, (), where, problems, str(path))
        for place, message, name, known in mistakes(data) if mistakes else ():
            _report(place, message, name, known, where, problems, str(path))
    if problems:
        raise ConfigError(problems)
    return msgspec.convert(data, kind)


def load(path: Path | None = None, overrides: tuple[str, ...] = (), mistakes: Mistakes | None = None) -> Config:
    """The settings of a file (None: the shipped defaults) with ``key=value`` overrides.

    Args:
        path: the file.
        overrides: they win over the file.
        mistakes: finds in the parsed file what types alone don't show; reported together with the rest.

    Raises:
        UsageError: the file can't be read.
        ConfigError: one line for each mistake, with file, line and a suggestion.
    """
    problems: list[str] = []
    data, lines = _read(path, problems) if path else ({}, {})
    where = {key: f"{path}:{line}" for key, line in lines.items()}
    for override in overrides:
        _override(data, where, override, problems)
    quality = data.get("quality")
    if isinstance(quality, dict):
        data["quality"] = _nest_limits(quality)
    _check(Config, data, (), where, problems, str(path or "--set"))
    for place, message, name, known in mistakes(data) if mistakes else ():
        _report(place, message, name, known, where, problems, str(path))
    if problems:
        raise ConfigError(problems)
    return _with_profile(msgspec.convert(data, Config))


def profile_names() -> list[str]:
    """The shipped quality profiles."""
    return sorted(path.stem for path in _PROFILES.glob("*.toml"))


_PROFILES = Path(__file__).parent / "quality" / "profiles"


def _with_profile(config: Config) -> Config:
    """The limits of the profile, under those of the file."""
    file = _PROFILES / f"{config.quality.profile}.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8")).get("quality", {})
    limits = {name: msgspec.convert(limit, Limit) for name, limit in table.items()}
    for name, limit in config.quality.limits.items():
        shipped = limits.get(name, Limit())
        limits[name] = Limit(
            min=shipped.min if limit.min is None else limit.min,
            max=shipped.max if limit.max is None else limit.max,
        )
    quality = Quality(profile=config.quality.profile, limits=dict(sorted(limits.items())))
    return msgspec.structs.replace(config, quality=quality)


# -- reading and locating -------------------------------------------------------------------------

Path_ = tuple[str, ...]


def _read(path: Path, problems: list[str]) -> tuple[dict[str, Any], dict[Path_, int]]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UsageError("no such file", where=str(path), remedy="Make one with: curation init DIR") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"can't be read ({error})", where=str(path)) from None
    try:
        return tomllib.loads(text), key_lines(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        place = f"{path}:{line[1]}" if line else str(path)
        problems.append(f"{place}: not valid TOML: {error}")
        return {}, {}


def key_lines(text: str) -> dict[Path_, int]:
    r"""Line number of every key and table header of a TOML text.

    >>> key_lines("[dedup]\njaccard = 0.7\n")
    {('dedup',): 1, ('dedup', 'jaccard'): 2}

    The tables of an array are numbered:

    >>> key_lines("[[outlet]]\nname = 'Detak'\n")
    {('outlet',): 1, ('outlet', '0'): 1, ('outlet', '0', 'name'): 2}
    """
    found: dict[Path_, int] = {}
    arrays: dict[Path_, int] = {}
    table: Path_ = ()
    in_string = False
    for number, line in enumerate(text.splitlines(), 1):
        quotes = line.count('"""') + line.count("'''")
        if in_string or quotes % 2:
            in_string = in_string != bool(quotes % 2)
            if in_string and quotes % 2 == 0:
                continue
        if header := re.match(r"\s*(\[\[?)([^\[\]]+)\]\]?\s*(#.*)?$", line):
            *parents, name = _split_key(header[2])
            table = (*_numbered(parents, arrays), name)
            found.setdefault(table, number)
            if header[1] == "[[":
                arrays[table] = arrays.get(table, -1) + 1
                table = (*table, str(arrays[table]))
                found[table] = number
        elif pair := re.match(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"))*)\s*=""", line):
            found.setdefault(table + _split_key(pair[1]), number)
    return found


def _split_key(key: str) -> Path_:
    return tuple(part.strip().strip("\"'") for part in key.split("."))


def _numbered(parents: list[str], arrays: dict[Path_, int]) -> Path_:
    """A table's parents, each array among them with the number of its last table."""
    path: Path_ = ()
    for part in parents:
        path = (*path, part)
        if path in arrays:
            path = (*path, str(arrays[path]))
    return path


def _override(data: dict[str, Any], where: dict[Path_, str], override: str, problems: list[str]) -> None:
    key, equals, text = override.partition("=")
    if not equals:
        problems.append(f"--set {override}: write it as key=value, for example quality.word_count.min=80")
        return
    try:
        value = tomllib.loads(f"x = {text}")["x"]
    except tomllib.TOMLDecodeError:
        value = text
    path = _split_key(key)
    table = data
    for i, part in enumerate(path[:-1]):
        where[path[: i + 1]] = f"--set {key}"
        inner = table.setdefault(part, {})
        if not isinstance(inner, dict):
            problems.append(f"--set {key}: '{part}' is a value, not a table")
            return
        table = inner
    table[path[-1]] = value
    where[path] = f"--set {key}"


def _nest_limits(quality: dict[str, Any]) -> dict[str, Any]:
    """``[quality.word_count]`` is written without the word "limits"."""
    limits = {name: value for name, value in quality.items() if isinstance(value, dict)}
    rest = {name: value for name, value in quality.items() if name not in limits}
    return {**rest, "limits": limits}


# -- checking -------------------------------------------------------------------------------------


def _check(kind: Any, value: Any, path: Path_, where: dict[Path_, str], problems: list[str], file: str) -> None:
    """Append a located problem for everything in `value` that does not fit `kind`."""
    if isinstance(kind, type) and issubclass(kind, Section) and isinstance(value, dict):
        fields = {field.name: field.type for field in msgspec.structs.fields(kind)}
        for name, inner in value.items():
            if name in fields:
                _check(fields[name], inner, (*path, name), where, problems, file)
            else:
                named = [part for part in path if part != "limits" and not part.isdecimal()]
                table = f"[{'.'.join(named)}]" if named else "the file"
                _report((*path, name), f"unknown key '{name}' in {table}", name, fields, where, problems, file)
        for field in msgspec.structs.fields(kind):
            if field.required and field.name not in value:
                message = f"the key '{field.name}' is missing"
                _report((*path, field.name), message, "", (), where, problems, file)
        return
    if typing.get_origin(kind) is tuple and isinstance(value, list):
        inner_type = typing.get_args(kind)[0]
        if isinstance(inner_type, type) and issubclass(inner_type, Section):
            for number, inner in enumerate(value):
                _check(inner_type, inner, (*path, str(number)), where, problems, file)
            return
    if typing.get_origin(kind) is typing.Literal:
        if value not in (words := typing.get_args(kind)):
            _report(path, f"'{path[-1]}' can't be '{value}'", str(value), words, where, problems, file)
        return
    if typing.get_origin(kind) is dict and isinstance(value, dict):
        _, inner_type = typing.get_args(kind)
        for name, inner in value.items():
            if path == ("quality", "limits") and name not in (known := schema.table_schema("measures").names()[1:]):
                _report((*path, name), f"unknown measure '{name}'", name, known, where, problems, file)
            else:
                _check(inner_type, inner, (*path, name), where, problems, file)
        return
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        message = str(error).split(" - at")[0].lower().replace("`", "'")
        _report(path, f"'{path[-1]}': {message}", "", (), where, problems, file)
        return
    allowed = _CHOICES.get(path)
    if allowed and value not in (choices := allowed()):
        _report(path, f"'{path[-1]}' can't be '{value}'", str(value), choices, where, problems, file)
    share = _SHARES.get(path)
    if share and not 0 <= value <= 1:
        _report(path, f"'{path[-1]}' must lie between 0 and 1", "", (), where, problems, file)


_CHOICES: dict[Path_, Callable[[], list[str]]] = {
    ("quality", "profile"): profile_names,
    ("dedup", "backend"): lambda: ["numba", "datasketch"],
    ("engine", "name"): lambda: ["local"],
}
_SHARES: dict[Path_, bool] = {
    ("dedup", "jaccard"): True,
    ("dedup", "containment"): True,
    ("checks", "max_rejected"): True,
}


def _report(
    path: Path_,
    message: str,
    name: str,
    known: Any,
    where: dict[Path_, str],
    problems: list[str],
    file: str,
) -> None:
    shown = tuple(part for part in path if part != "limits")
    place = where.get(shown) or where.get(shown[:-1]) or file
    near = difflib.get_close_matches(name, list(known), n=1) if name else []
    hint = f" Did you mean '{near[0]}'?" if near else f" Known: {', '.join(known)}." if name and known else ""
    problems.append(f"{place}: {message}.{hint}")
