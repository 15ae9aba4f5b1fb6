"""Answers that are not what their author said on our page: kept out, reported, and what was known before stays.

Label Studio's open edition lets every annotator overwrite and delete what others said and change the page itself;
the export shows such answers like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from curation import store
from curation.annotation.export import Problem, Pulled

if TYPE_CHECKING:
    from curation.annotation.project.record import Spell

Pair = tuple[str, str]  # task, annotator


def checked(pulled: Pulled, older: pa.Table, doubtful: Sequence[Spell] = ()) -> Pulled:
    """An export without the answers that somebody else changed or that another page may have asked for.

    What the same person was known to have said of the task stays in its place; where that is the same, the answer
    is a good one.

    Args:
        pulled: what the export holds.
        older: the annotations known before.
        doubtful: when the page on the server may have been another one.
    """
    table = pulled.annotations
    changed = pc.fill_null(pc.not_equal(table["updated_by"], table["annotator"]), False)
    suspect = changed
    for spell in doubtful:
        at = table["updated_at"]
        since, until = (pa.scalar(time, at.type) for time in (spell.since, spell.until))
        suspect = pc.or_(suspect, pc.and_(pc.greater_equal(at, since), pc.less_equal(at, until)))
    if not pc.any(suspect).as_py():
        return pulled
    rows = table.filter(suspect).to_pylist()
    pairs = {_pair(row): row for row in rows}
    known, found = _said(older, pairs), _said(table, pairs)
    refused = {pair: row for pair, row in pairs.items() if known.get(pair) != found[pair]}
    problems = [_problem(row, pair in known) for pair, row in sorted(refused.items())]
    keep = [pair not in refused for pair in _pairs(table)]
    return replace(
        pulled,
        annotations=table.filter(pa.array(keep, pa.bool_())),
        problems=(*pulled.problems, *problems),
        given=pulled.given - refused.keys(),
    )


def gone(pulled: Pulled, older: pa.Table, project: int, remedy: str) -> list[Problem]:
    """The answers of a project that were read once and are on the server no more.

    Args:
        pulled: its export of today, unchecked.
        older: the annotations known before.
        project: its number.
        remedy: what to do.
    """
    here = pc.match_substring_regex(older["source"], rf"^\d{{8}}T\d+-{project}\.json$")
    problems: dict[Pair, Problem] = {}
    for row in older.filter(here).select(["task_key", "annotator", "annotation_id"]).to_pylist():
        if _pair(row) not in pulled.given:
            what = f"this answer of {row['annotator']} was deleted on the server; it is kept as it was"
            problems[_pair(row)] = Problem(row["task_key"], row["annotation_id"], what, remedy)
    return list(problems.values())


def _problem(row: Mapping[str, Any], is_known: bool) -> Problem:
    author, changer = row["annotator"], row["updated_by"]
    if changer and changer != author:
        what = f"{changer} changed this answer of {author}"
    else:
        what = f"{author} gave this answer while the page on the server may have been another one"
    kept = "; what was read before stays" if is_known else "; it is not used"
    return Problem(row["task_key"], row["annotation_id"], what + kept, f"Let {author} save it again, then pull.")


def _pair(row: Mapping[str, Any]) -> Pair:
    return row["task_key"], row["annotator"]


def _pairs(table: pa.Table) -> Iterable[Pair]:
    return zip(table["task_key"].to_pylist(), table["annotator"].to_pylist(), strict=True)


def _said(table: pa.Table, pairs: Mapping[Pair, Any]) -> dict[Pair, set[tuple[Any, ...]]]:
    """What these people said of these tasks."""
    tasks = pa.array([key for key, _ in pairs], pa.string())
    near = table.filter(pc.is_in(table["task_key"], tasks)).select(["task_key", "annotator", *_SAID])
    said: dict[Pair, set[tuple[Any, ...]]] = {}
    for row in near.to_pylist():
        if _pair(row) in pairs:
            said.setdefault(_pair(row), set()).add(tuple(row[name] for name in _SAID))
    return said


_SAID = ("question", "value", "start", "end", "skipped", "text_sha256")


# -- the list for people --------------------------------------------------------------------------


def read(path: Path) -> dict[str, list[Problem]]:
    """What was kept out so far, by project."""
    return msgspec.json.decode(path.read_bytes(), type=dict[str, list[Problem]]) if path.exists() else {}


def write(path: Path, problems: Mapping[str, Sequence[Problem]]) -> None:
    """Write what is kept out now, with why and what to do; the answers themselves stand in ``exports/``."""
    store.write_json(path, {name: [vars(problem) for problem in found] for name, found in problems.items() if found})
