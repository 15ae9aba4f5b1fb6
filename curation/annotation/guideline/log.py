"""Mistakes in the changelog of a ``codebook.toml``: every value that it names must have been one, and lead to one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from curation.toml import Mistake, Place

    Change = dict[str, Any]
    Log = list[Change]
    #: the values of today, each with the questions that have it
    Owners = Mapping[str, list[str]]

#: keys that hold lists of values, and those that lead from value to value
LISTS, MOVES = ("labels", "split", "deprecate"), ("rename", "merge")


def mistakes(data: dict[str, Any]) -> Iterator[Mistake]:
    """All mistakes of a changelog, in a parsed codebook that may have others."""
    head = data.get("codebook")
    version = str(head.get("guideline_version")) if isinstance(head, dict) else ""
    changes = _tables(data.get("changelog"))
    versions = [str(change.get("version")) for _, change in changes]
    if changes and version not in versions:
        text = f"the changelog says nothing about version {version}"
        yield ("codebook", "guideline_version"), text, version, versions
    owners = _owners(data)
    in_order = sorted(changes, key=lambda one: (str(one[1].get("date")), one[0]))
    log = [change for _, change in in_order]
    for n, (i, change) in enumerate(in_order):
        place = ("changelog", str(i))
        if str(change.get("version")) in (str(one.get("version")) for j, one in changes if j < i):
            yield (*place, "version"), f"version {change.get('version')} occurs twice", "", ()
        yield from _effect(place, change)
        yield from _moves(place, change, log[: n + 1], log[n:], owners)
        yield from _lists(place, change, log[n:], owners)


def _effect(place: Place, change: Change) -> Iterator[Mistake]:
    asks = bool(change.get("labels")) or bool(change.get("split"))
    if change.get("split") and change.get("effect") == "none":
        yield (*place, "effect"), "what is split is asked again: the effect is 'labels'", "", ()
    elif (change.get("effect") == "labels") != asks and not (change.get("effect") == "all" and change.get("split")):
        yield (*place, "effect"), "effect 'labels', and no other, needs a list of labels", "", ()


def _moves(place: Place, change: Change, earlier: Log, later: Log, owners: Owners) -> Iterator[Mistake]:
    """What is wrong with the renamed and merged values of one version."""
    for key in MOVES:
        pairs = _pairs(change, key)
        for old, new in pairs.items():
            of, bare = _parts(old, owners)
            sources = [value for one in MOVES for value in _of(_pairs(change, one), of, owners)]
            end = _end(new, later[1:], of, owners)
            still = [one for one in owners.get(bare, ()) if one in owners.get(end, ()) and of in ("", one)]
            text = ""
            known: list[str] = []
            if new in sources:
                text = f"'{new}' is both an old and a new value in one version: use two versions"
            elif end not in owners and end not in _split(later, of, owners):
                text, known = f"'{old}' becomes '{end}', which is no value", [*owners]
            elif new in owners and new in _split(earlier, of, owners):
                text = f"'{new}' was split, and its older answers are asked again: let '{old}' become another"
            elif end != bare and still:
                text = f"'{old}' became '{new}' but is still offered: take its [[question.label]] out"
            elif key == "rename" and list(pairs.values()).count(new) > 1:
                text = f"several values become '{new}': write them as merge"
            elif sources.count(bare) > 1:
                text = f"'{old}' is both renamed and merged"
            if text:
                yield (*place, key), text, end if known else "", known


def _lists(place: Place, change: Change, later: Log, owners: Owners) -> Iterator[Mistake]:
    """Values that a version names and that nobody knows, or that two questions have."""
    # a value may be gone by now: then this version or a later one says what became of it
    once = {_parts(old, owners)[1] for one in later for key in (*MOVES, "split") for old in _named(one, key)}
    for key in LISTS:
        for name in _named(change, key):
            of, bare = _parts(name, owners)
            have = [question for question in owners.get(bare, ()) if of in ("", question)]
            if not have and bare not in once:
                hint = (
                    ": leave its [[question.label]] in, for old answers are shown by it" if key == "deprecate" else ""
                )
                text = f"'{name}' is no value, and nothing says what became of it"
                yield (*place, key), text + hint, bare, [*owners, *sorted(once - owners.keys())]
            elif len(have) > 1:
                text = f"'{name}' is a value of {' and '.join(have)}: write {have[0]}.{bare} or {have[1]}.{bare}"
                yield (*place, key), text, "", ()


def _owners(data: dict[str, Any]) -> dict[str, list[str]]:
    """Each value of today with the questions that have it."""
    owners: dict[str, list[str]] = defaultdict(list)
    for _, question in _tables(data.get("question")):
        for _, label in _tables(question.get("label")):
            owners[str(label.get("value"))].append(str(question.get("name")))
    return dict(owners)


def _end(value: str, later: Log, of: str, owners: Owners) -> str:
    """What became of a value through later versions."""
    for change in later:
        for key in MOVES:
            pairs = _pairs(change, key)
            ends = dict(zip(_of(pairs, of, owners), (pairs[old] for old in _fitting(pairs, of, owners)), strict=True))
            if value in ends:
                value = ends[value]
                break
    return value


def _split(log: Log, of: str, owners: Owners) -> set[str]:
    """The values that were split, of a question or of those that are not named."""
    return {value for change in log for value in _of(_named(change, "split"), of, owners)}


def _of(names: Iterable[str], of: str, owners: Owners) -> list[str]:
    """The values without their questions, of names that may belong to this question."""
    return [_parts(name, owners)[1] for name in _fitting(names, of, owners)]


def _fitting(names: Iterable[str], of: str, owners: Owners) -> list[str]:
    return [name for name in names if not of or _parts(name, owners)[0] in ("", of)]


def _parts(name: str, owners: Owners) -> tuple[str, str]:
    """The question that stands before a value, and the value."""
    question, dot, value = name.partition(".")
    return (question, value) if dot and any(question in of for of in owners.values()) else ("", name)


def _named(change: Change, key: str) -> list[str]:
    held = change.get(key)
    return [str(name) for name in held] if isinstance(held, (list, dict)) else []


def _pairs(change: Change, key: str) -> dict[str, str]:
    held = change.get(key)
    return {str(old): str(new) for old, new in held.items()} if isinstance(held, dict) else {}


def _tables(found: Any) -> list[tuple[int, dict[str, Any]]]:
    return [(i, one) for i, one in enumerate(found if isinstance(found, list) else ()) if isinstance(one, dict)]
