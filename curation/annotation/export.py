"""A Label Studio export, read into the annotations table with every answer checked.

Neither server nor SDK checks enough: a renamed label, a second answer of one person, a span that doesn't
match its text all get through. Here an annotation with a fault stays out of the table as a whole and is
reported; nothing is mended in silence. An export of any other project is read as far as it is understood.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from curation import schema
from curation.annotation.annotators import Annotators, person
from curation.annotation.codebook import Codebook
from curation.annotation.page import TEXT, config_sha256
from curation.annotation.reading.answers import Reading, read_answers
from curation.annotation.reading.file import REMEDY, decode, is_task
from curation.annotation.reading.matching import Known, Match, text_sha256
from curation.annotation.reading.problem import Problem, clipped

__all__ = ["Problem", "Pulled", "read_export"]


@dataclass(frozen=True)
class Pulled:
    """What an export holds."""

    annotations: pa.Table
    problems: tuple[Problem, ...]
    #: those known before and the new ones
    annotators: Annotators
    #: task and annotator of each annotation in the export, refused ones too
    given: frozenset[tuple[str, str]]
    #: what else is to be known of the export: how its tasks were found, what it holds that is no answer
    notes: tuple[str, ...] = ()

    def into(self, older: pa.Table) -> pa.Table:
        """An annotations table with this export in it: it replaces what the same people said of the same tasks.

        Only what they said later stays: who is asked again under another guideline answers in another project, and the
        first one may be read again after that.
        """
        new, known = _said_last(self.annotations), _said_last(older)
        later = {pair for pair, when in known.items() if pair in new and when > new[pair]}
        kept = older.filter(pa.array([p not in self.given or p in later for p in _pairs(older)], pa.bool_()))
        used = self.annotations.filter(pa.array([p not in later for p in _pairs(self.annotations)], pa.bool_()))
        return _ordered(pa.concat_tables([kept, used]))


def _pairs(table: pa.Table) -> Iterable[tuple[str, str]]:
    return zip(table["task_key"].to_pylist(), table["annotator"].to_pylist(), strict=True)


def _said_last(table: pa.Table) -> dict[tuple[str, str], datetime]:
    """When each person last said something of each task."""
    last: dict[tuple[str, str], datetime] = {}
    for pair, when in zip(_pairs(table), table["updated_at"].to_pylist(), strict=True):
        last[pair] = max(when, last.get(pair, when))
    return last


def read_export(
    path: Path,
    codebook: Codebook,
    tasks: pa.Table,
    annotators: Annotators,
    given_out: Mapping[str, Collection[str]] | None = None,
) -> Pulled:
    """Read and check an export.

    Args:
        path: Label Studio's JSON export, of the snapshot kind or the simple one.
        codebook: the questions and stored values that are known.
        tasks: the tasks table; an answer to another task is reported.
        annotators: known pseudonyms.
        given_out: the digests of the texts that were given out of each document, where there are earlier ones; an
            answer to one of them is read, with that digest.

    Raises:
        UsageError: the file is not there.
        InputError: the file is no such export.
    """
    known = Known(tasks, given_out or {})
    entries = decode(path)
    exported = [entry for entry in entries if is_task(entry)]
    matches = [known.match(task) for task in exported]
    pairs = list(zip(exported, matches, strict=True))
    readings = [reading for task, match in pairs for reading in _readings(task, match, codebook)]
    ours = [reading for reading in readings if reading.task_key in known.by_key]
    annotators = annotators.including({p for reading in ours for p in (reading.by, reading.updated_by) if p})
    counts = Counter((reading.task_key, annotators.pseudonym(reading.by)) for reading in ours if reading.by)
    rows: list[dict[str, Any]] = []
    strays = [n for n, entry in enumerate(entries, 1) if not is_task(entry)]
    problems = [Problem("", "", f"entry {n} of the file is no task", REMEDY, "an entry is no task") for n in strays]
    for reading in readings:
        name = annotators.pseudonym(reading.by) if reading.by and reading.task_key in known.by_key else ""
        if counts[reading.task_key, name] > 1:
            reading.refuse(f"{name} answered this task more than once", "Delete all but one and export again.")
        problems += reading.problems
        if not reading.refused:
            changed = annotators.pseudonym(reading.updated_by) if reading.updated_by else None
            signed = {"annotator": name, "updated_by": changed, "source": path.name}
            rows += [{**row, **signed} for row in reading.rows]
    table = _ordered(schema.from_rows("annotations", rows))
    return Pulled(table, tuple(problems), annotators, frozenset(counts), tuple(_notes(pairs)))


def _ordered(table: pa.Table) -> pa.Table:
    keys = ("campaign", "task_key", "annotator", "annotation_id", "question", "start", "end", "value")
    return table.sort_by([(key, "ascending") for key in keys])


def _notes(pairs: list[tuple[dict[str, Any], Match]]) -> Iterable[str]:
    """How the tasks were found, and what is in them that is no answer of a person."""
    by_text = sum(match.by_text for _, match in pairs)
    if by_text:
        yield f"tasks without a task_key, found by a text that no other task shows: {by_text:,} of {len(pairs):,}"
    ours = [task for task, match in pairs if match.task]
    for field, what in (("drafts", "begun and not submitted"), ("predictions", "of models and not of people")):
        count = sum(len(_list(task.get(field))) for task in ours)
        if count:
            yield f"{field} left out, {what}: {count:,}"
    remarks = sum(bool(item.get("meta")) for task in ours for item in _items(task))
    if remarks:
        yield f"remarks on single answers ('meta') left out, for no table holds them: {remarks:,}"


def _items(task: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """All that was marked and chosen in a task."""
    for annotation in _list(task.get("annotations")):
        found = annotation.get("result") if isinstance(annotation, dict) else None
        yield from (item for item in _list(found) if isinstance(item, dict))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


# -- one task -------------------------------------------------------------------------------------


def _readings(exported: dict[str, Any], match: Match, codebook: Codebook) -> list[Reading]:
    """The annotations of one exported task."""
    data = exported["data"] if isinstance(exported["data"], dict) else {}
    key = match.task["task_key"] if match.task else _string(data.get("task_key"))
    listed = exported.get("annotations")
    readings = []
    if listed is not None and not isinstance(listed, list):
        readings.append(Reading(key, ""))
        readings[0].refuse("its annotations are no list", "Export again with full annotations.")
    for annotation in _list(listed):
        found = annotation if isinstance(annotation, dict) else {}
        reading = Reading(key, _id(found), person(found.get("completed_by")), person(found.get("updated_by")))
        readings.append(reading)
        if not found:
            reading.refuse("the export holds only its number", "Export again with full annotations.")
        elif match.task is None:
            of = _types(found) if match.kind else ""
            reading.refuse(match.what + of, match.remedy, match.kind + of)
        else:
            _read(reading, found, data, match, codebook)
    return readings


def _types(annotation: dict[str, Any]) -> str:
    """What the answers of an annotation are, for the end of a sentence."""
    items = (item for item in _list(annotation.get("result")) if isinstance(item, dict))
    types = sorted({clipped(type_) for item in items if (type_ := _string(item.get("type")))})
    return f", answered by {', '.join(types[:5])}" if types else ""


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _id(annotation: dict[str, Any]) -> str:
    found = annotation.get("id", annotation.get("unique_id"))
    return str(found) if isinstance(found, (int, str)) and not isinstance(found, bool) else ""


def _read(reading: Reading, found: dict[str, Any], data: dict[str, Any], match: Match, codebook: Codebook) -> None:
    """Fill in the rows of one annotation, or say why not."""
    task = match.task or {}
    # on what page people answered in a project made by hand is not known
    page = _string(data.get("label_config_sha256")) or ("" if match.by_text else config_sha256(codebook))
    created, updated = _time(found.get("created_at")), _time(found.get("updated_at"))
    if not reading.annotation_id or reading.by is None or created is None:
        reading.refuse("number, annotator or time is missing")
        return
    common = {
        **{name: task[name] for name in ("campaign", "round", "task_key", "document_id")},
        "text_sha256": text_sha256(match.text),
        "annotation_id": reading.annotation_id,
        "created_at": created,
        "updated_at": updated or created,
        "lead_time": _seconds(found.get("lead_time")),
        "label_config_sha256": page,
        "guideline_version": _string(data.get("guideline_version")) or codebook.version,
    }
    if found.get("was_cancelled"):
        reading.rows = [{**common, "target": task["target"], "question": "", "skipped": True}]
        return
    answers = read_answers(reading, found.get("result"), match.text, codebook, common["guideline_version"])
    for question in codebook.question:
        about = {"question": question.name, "target": task["target"] if question.per == "target" else None}
        for answer in answers.get(question.name, ()):
            where = {"field": TEXT} if question.kind == "spans" else {}
            reading.rows.append({**common, **about, **where, **answer._asdict(), "skipped": False})


def _time(value: Any) -> datetime | None:
    try:
        time = datetime.fromisoformat(value)
        return time.astimezone(UTC) if time.tzinfo else None
    except (TypeError, ValueError, OverflowError):
        return None


def _seconds(value: Any) -> float | None:
    """A time on the page, if it can be one."""
    try:
        seconds = float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else math.nan
    except OverflowError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None
