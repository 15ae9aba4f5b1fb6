"""Frames of answers as researchers have them, brought into one shape: a row an answer.

Long frames have a row an answer (the table `annotations` is one), wide frames a row a unit and a column an annotator.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curation.errors import DataError, InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

#: What is read, and the usual names of its column, the likeliest first.
NAMES: dict[str, tuple[str, ...]] = {
    "unit": (
        *("task_key", "unit", "unit_id", "item", "item_id", "task", "task_id", "document_id", "doc_id", "text_id"),
        *("id", "dokumen", "teks"),
    ),
    "annotator": (
        *("annotator", "annotator_id", "rater", "rater_id", "coder", "coder_id", "worker", "worker_id", "user"),
        *("anotator", "penilai", "pelabel"),
    ),
    "value": (
        *("value", "label", "labels", "answer", "rating", "code", "choice", "choices", "category", "annotation"),
        *("jawaban", "kategori", "kelas"),
    ),
    "question": ("question", "variable", "pertanyaan"),
    "campaign": ("campaign",),
    "round": ("round", "putaran"),
    "stratum": ("stratum", "strata"),
    "guideline_version": ("guideline_version", "guideline", "version"),
    "document": ("document_id", "doc_id"),
    "target": ("target",),
    "annotation": ("annotation_id",),
    "when": ("updated_at", "created_at", "timestamp"),
    "lead_time": ("lead_time", "seconds"),
    "start": ("start",),
    "end": ("end",),
    "skipped": ("skipped", "was_cancelled"),
}
_KINDS = {"when": pa.timestamp("us"), "lead_time": pa.float64(), "start": pa.int64(), "end": pa.int64()}
_ID = re.compile(r".+[ _.-]id|id[ _.-].+|no|nomor|index", re.IGNORECASE)
_WHO = r"annotator|annot|ann|rater|coder|judge|expert|worker|labell?er|voter|anotator|penilai|pelabel|juri|r|a"
_WHAT = r"label|vote|answer|rating|code|jawaban"
#: a column of a wide frame: annotator_1, rater2, coder_b, label_1, label_annotator_1, annotator_1_label
WIDE = re.compile(
    rf"(?:(?:{_WHAT})[ _.-])?(?:{_WHO}|{_WHAT})(?:[ _.-]?\d+|[ _.-][a-z])(?:[ _.-](?:{_WHAT}))?", re.IGNORECASE
)


def answers(frame: pa.Table, named: Mapping[str, str], annotators: Sequence[str] | None = None) -> pa.Table:
    """A frame in long form, with the names of :data:`NAMES`; what it does not tell is null.

    Args:
        frame: long or wide.
        named: columns by what they hold (unit, annotator, value ...), where they have other names.
        annotators: the columns of a wide frame that hold answers.

    Raises:
        UsageError: a column can't be told.
        DataError: an answer lacks its unit or its annotator.

    >>> wide = pa.table({"item": [1, 2], "annotator_1": [0, 1], "annotator_2": [0, None]})
    >>> answers(wide, {}).select(["unit", "annotator", "value"]).to_pylist()[-1]
    {'unit': '2', 'annotator': 'annotator_2', 'value': None}
    """
    held = _recognised(frame, named)
    if annotators is not None or not ("annotator" in held and "value" in held):
        frame, held = _melted(frame, held, annotators)
    made = {}
    for role in NAMES:
        column = frame[held[role]] if role in held else pa.nulls(frame.num_rows)
        made[role] = _typed(role, column, held.get(role, role))
    if "question" not in held:
        made["question"] = pa.chunked_array([pa.repeat("answer", frame.num_rows)])
    for role in ("unit", "annotator"):
        if made[role].null_count:
            row = pc.index(pc.is_null(made[role]), True).as_py()
            what = f"row {row + 1} lacks its {role}"
            raise DataError(what, where=f"column '{held[role]}'", remedy="Fill it in, or leave the row out.")
    return pa.table(made)


def expected(frame: pa.Table) -> pa.Table:
    """Right answers: unit, value and question, which is null where the frame names none.

    Raises:
        UsageError: a column can't be told.
    """
    held = _recognised(frame, {})
    if lacking := [role for role in ("unit", "value") if role not in held]:
        remedy = f"Call it '{NAMES[lacking[0]][0]}'."
        raise UsageError(f"the gold answers lack a column for the {lacking[0]}", remedy=remedy)
    made = {role: _text(frame[held[role]], role) for role in ("unit", "value")}
    made["question"] = (
        _text(frame[held["question"]], "question") if "question" in held else pa.nulls(frame.num_rows, pa.string())
    )
    if pa.types.is_list(made["value"].type):
        # an empty list is an answer, too: a row without a value
        filled = pc.if_else(
            pc.equal(pc.list_value_length(made["value"]), 0), pa.scalar([None], pa.list_(pa.string())), made["value"]
        )
        parents = pc.list_parent_indices(filled)
        return pa.table(
            {**{key: made[key].take(parents) for key in ("unit", "question")}, "value": pc.list_flatten(filled)}
        )
    return pa.table(made)


def read(path: Path) -> pa.Table:
    """A Parquet or CSV file.

    Raises:
        UsageError: it is not there.
        InputError: it can't be read.
    """
    from pyarrow import csv, parquet

    if not path.is_file():
        raise UsageError("no such file", where=str(path), remedy="Check the path.")
    try:
        return parquet.read_table(path) if path.suffix == ".parquet" else csv.read_csv(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise InputError(f"not readable as a table ({error})", where=str(path), remedy="Give Parquet or CSV.") from None


def _recognised(frame: pa.Table, named: Mapping[str, str]) -> dict[str, str]:
    for role, name in named.items():
        if role not in NAMES:
            raise UsageError(f"there is no '{role}' to name a column for", remedy=f"Known: {', '.join(NAMES)}.")
        if name not in frame.column_names:
            raise UsageError(f"there is no column '{name}'", remedy=f"The frame has: {', '.join(frame.column_names)}.")
    lower = {name.lower(): name for name in reversed(frame.column_names)}
    held = {
        role: lower[next(name for name in names if name in lower)]
        for role, names in NAMES.items()
        if lower.keys() & set(names)
    }
    held.update(named)
    if "unit" not in held:
        # sentence_id, id_berita: the one that is left
        left = [name for name in frame.column_names if name not in held.values() and _ID.fullmatch(name)]
        if len(left) == 1:
            held["unit"] = left[0]
    return held


def _melted(
    frame: pa.Table, held: Mapping[str, str], annotators: Sequence[str] | None
) -> tuple[pa.Table, dict[str, str]]:
    """A wide frame with a row an answer."""
    if annotators is None:
        annotators = [name for name in frame.column_names if WIDE.fullmatch(name)]
    if missing := [name for name in annotators if name not in frame.column_names]:
        raise UsageError(
            f"there is no column '{missing[0]}'", remedy=f"The frame has: {', '.join(frame.column_names)}."
        )
    if len(annotators) < 2:
        lacking = [role for role in ("annotator", "value") if role not in held]
        raise UsageError(
            f"no column is recognised as the {' or the '.join(lacking)}, and no columns annotator_1, annotator_2 ...",
            where=", ".join(frame.column_names),
            remedy=f"Name it: {', '.join(f'{role}=...' for role in lacking)}; or name a wide frame's annotators=[...].",
        )
    unit = frame[held["unit"]] if "unit" in held else pa.nulls(0)
    if len(unit) < frame.num_rows or not (len(pc.unique(unit)) == len(unit) or held.keys() & {"round", "question"}):
        # a row is a unit, also where several have one name
        unit = pa.array(range(1, frame.num_rows + 1))
    given = [_text(frame[name], name) for name in annotators]
    if len({column.type for column in given}) > 1:
        raise UsageError(
            "some annotators' columns hold lists, others don't",
            where=", ".join(annotators),
            remedy="Turn each answer into a list, or none.",
        )
    kept = [
        role for role in ("round", "stratum", "guideline_version", "document", "target", "campaign") if role in held
    ]
    n = frame.num_rows
    columns = {
        "unit": pa.chunked_array([part for _ in annotators for part in _chunks(unit)]),
        "annotator": pa.chunked_array([pa.repeat(name, n) for name in annotators], pa.string()),
        "value": pa.chunked_array([part for column in given for part in _chunks(column)], given[0].type),
        **{role: pa.chunked_array([p for _ in annotators for p in _chunks(frame[held[role]])]) for role in kept},
    }
    if "question" in held:
        columns["question"] = pa.chunked_array([p for _ in annotators for p in _chunks(frame[held["question"]])])
    return pa.table(columns), {role: role for role in columns}


def _chunks(column: Any) -> list[Any]:
    return column.chunks if isinstance(column, pa.ChunkedArray) else [column]


def _typed(role: str, column: Any, name: str) -> pa.ChunkedArray:
    column = column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column])
    try:
        if role == "skipped":
            return pc.fill_null(column.cast(pa.bool_()), False)
        if role == "when" and not pa.types.is_timestamp(column.type):
            column = _time(column)
        if role in _KINDS:
            return column.cast(_KINDS[role], safe=role != "when")
    except pa.ArrowInvalid as error:
        raise UsageError(f"the column '{name}' is no {role} ({error})", remedy=f"Name another: {role}=...") from None
    return _text(column, name)


def _time(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Times from text with or without a zone, or from numbers, of which the larger is the later."""
    if pa.types.is_floating(column.type):
        return column.cast(pa.int64(), safe=False)
    try:
        return column.cast(pa.timestamp("us", tz="UTC")).cast(pa.timestamp("us"))
    except pa.ArrowInvalid:
        return column.cast(pa.timestamp("us"))


def _text(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    """Values as text, so that 1 and 1.0, which pandas makes of whole numbers beside gaps, are one label."""
    kind = column.type
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return column.cast(pa.list_(pa.string()))
    if pa.types.is_dictionary(kind):
        return _text(column.cast(kind.value_type), name)
    if pa.types.is_floating(kind):
        column = pc.if_else(pc.is_nan(column), None, column)
        if pc.all(pc.equal(column, pc.round(column))).as_py() is not False:
            column = column.cast(pa.int64())
    return column.cast(pa.string())
