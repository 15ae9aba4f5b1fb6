"""Two versions compared: documents, texts, labels, splits, columns, and how the corpus as a whole has moved.

Only narrow columns are read: a text is its digest. What differs is listed by id, so lists are as long as the changes.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation import store
from curation.errors import UsageError
from curation.release.manifest import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: the codebooks of a release's campaigns
GUIDELINES = "guidelines"

#: in this order they are told
CHANGES = (
    "added", "removed", "text_changed", "metadata_changed", "split_moved",
    "label_added", "label_removed", "label_changed",
)  # fmt: skip

#: a row a change. `id` is the document; of a label change also what was asked
SCHEMA = pa.schema(
    [
        pa.field("change", pa.string(), False),
        pa.field("id", pa.string(), False),
        pa.field("campaign", pa.string()),
        pa.field("question", pa.string()),
        pa.field("target", pa.string()),
        #: value, split or names of columns before and after; of a removed document, why
        pa.field("before", pa.string()),
        pa.field("after", pa.string()),
        pa.field("reason", pa.string()),
    ]
)

#: of a document; the text is told by its digest, labels and splits are told apart, rights are no metadata
METADATA = (
    "url", "title", "outlet", "network", "dateline", "byline", "syndicated_from", "published_at", "zone", "section",
    "tags", "language", "n_words",
)  # fmt: skip


@dataclass(frozen=True)
class Shift:
    """A share of the documents, or a figure of their texts, before and after."""

    what: str
    of: str
    before: float
    after: float


@dataclass(frozen=True)
class Difference:
    """What differs between two versions."""

    before: str
    after: str
    #: as :data:`SCHEMA` says, sorted
    changes: pa.Table
    documents: tuple[int, int]
    labels: tuple[int, int]
    #: columns by configuration that are new, that are gone, and that have another type
    columns_added: tuple[str, ...]
    columns_removed: tuple[str, ...]
    columns_retyped: tuple[str, ...]
    #: campaigns whose answers mean something else than before, and why
    guidelines: tuple[tuple[str, str], ...]
    outlets: tuple[Shift, ...]
    drift: tuple[Shift, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Changes by kind; every kind is there."""
        found = {row["values"]: row["counts"] for row in pc.value_counts(self.changes["change"]).to_pylist()}
        return {name: found.get(name, 0) for name in CHANGES}

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs that a reader of the data would notice."""
        return not (self.changes.num_rows or self.columns_added or self.columns_removed or self.columns_retyped)

    def to_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        told = {name: value for name, value in vars(self).items() if name != "changes"}
        shifts = {name: [vars(shift) for shift in told[name]] for name in ("outlets", "drift")}
        return {**told, **shifts, "counts": self.counts, "changes": self.changes.to_pylist()}


def compare(
    before: Path,
    after: Path,
    *,
    told: Mapping[str, Any] | None = None,
    reasons: Mapping[str, str] | None = None,
) -> Difference:
    """What differs between two folders of releases.

    Args:
        before: the earlier version.
        after: the later one.
        told: the later one's name, version and tables, where it has no manifest yet.
        reasons: why documents are gone, where the later one does not tell yet.

    Raises:
        UsageError: one of them is no release.
    """
    manifests = [_manifest(before), told or _manifest(after)]
    old, new = (_documents(folder) for folder in (before, after))
    labels = [_labels(folder) for folder in (before, after)]
    places = pc.index_in(old["id"].combine_chunks(), value_set=new["id"].combine_chunks())
    rows = [
        *_presence(old, new, places, _reasons(after) if reasons is None else reasons),
        *_in_both(old, new, places),
        *_label_changes(*labels),
    ]
    changes = pa.Table.from_pylist(rows, SCHEMA)
    order = pa.array([CHANGES.index(change) for change in changes["change"].to_pylist()], pa.int8())
    keys = [(name, "ascending") for name in ("order", "id", "campaign", "question", "target", "after")]
    changes = changes.append_column("order", order).sort_by(keys).drop_columns(["order"])
    return Difference(
        before=_name(manifests[0]),
        after=_name(manifests[1]),
        changes=changes,
        documents=(old.num_rows, new.num_rows),
        labels=(len(labels[0]), len(labels[1])),
        **_columns(*(manifest["tables"] for manifest in manifests)),
        guidelines=_guidelines(before, after),
        outlets=_shares(old, new, "outlet"),
        drift=(*_shares(old, new, "language"), *_shares(old, new, "split"), *_lengths(old, new)),
    )


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise UsageError("no release", where=str(folder), remedy="Name a folder like releases/NAME/1.0.0.") from None
    return told


def _name(manifest: Mapping[str, Any]) -> str:
    return f"{manifest['name']} {manifest['version']}"


def _documents(folder: Path) -> pa.Table:
    wanted = ("id", "text_sha256", "split", *METADATA)
    files = store.parquet_files(folder / "data" / "default")
    tables = [_read(path, wanted) for path in files]
    return pa.concat_tables(tables, promote_options="default").sort_by("id").combine_chunks()


def _read(path: Path, wanted: tuple[str, ...]) -> pa.Table:
    import pyarrow.parquet as pq

    there = set(pq.read_schema(path).names)
    table = store.read_table(path, [name for name in wanted if name in there])
    for name in wanted:
        if name not in there:
            table = table.append_column(name, pa.nulls(table.num_rows, pa.string()))
    return table.select(wanted)


def _reasons(after: Path) -> dict[str, str]:
    """Why documents are gone, as the later version tells."""
    path = after / "changes.parquet"
    if not path.exists():
        return {}
    table = store.read_table(path, ["change", "id", "reason"])
    gone = table.filter(pc.equal(table["change"], "removed"))
    return {
        id_: reason for id_, reason in zip(gone["id"].to_pylist(), gone["reason"].to_pylist(), strict=True) if reason
    }


def _presence(old: pa.Table, new: pa.Table, places: pa.Array, reasons: Mapping[str, str]) -> list[dict[str, Any]]:
    gone = old["id"].filter(pc.is_null(places)).to_pylist()
    added = new["id"].filter(pc.invert(pc.is_in(new["id"], value_set=old["id"].combine_chunks()))).to_pylist()
    return [
        *({"change": "added", "id": id_} for id_ in added),
        *({"change": "removed", "id": id_, "reason": reasons.get(id_)} for id_ in gone),
    ]


def _in_both(old: pa.Table, new: pa.Table, places: pa.Array) -> list[dict[str, Any]]:
    old = old.filter(pc.is_valid(places))
    new = new.take(places.drop_null())
    ids = old["id"].to_pylist()
    texts = _differs(old["text_sha256"], new["text_sha256"])
    splits = _differs(old["split"], new["split"])
    metadata: dict[int, list[str]] = {}
    for name in METADATA:
        # of a text that changed, the number of words says nothing new
        for row in np.flatnonzero(_differs(old[name], new[name]) & ~(texts if name == "n_words" else False)).tolist():
            metadata.setdefault(row, []).append(name)
    homes = [table["split"].to_pylist() for table in (old, new)]
    return [
        *({"change": "text_changed", "id": ids[row]} for row in np.flatnonzero(texts)),
        *({"change": "metadata_changed", "id": ids[row], "after": ", ".join(names)} for row, names in metadata.items()),
        *(
            {"change": "split_moved", "id": ids[row], "before": homes[0][row], "after": homes[1][row]}
            for row in np.flatnonzero(splits)
        ),
    ]


def _differs(one: pa.ChunkedArray, other: pa.ChunkedArray) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Row by row, whether two columns differ; null differs from any value."""
    if pa.types.is_list(one.type):
        return np.array([a != b for a, b in zip(one.to_pylist(), other.to_pylist(), strict=True)], bool)
    if one.type != other.type:
        one, other = one.cast(pa.string()), other.cast(pa.string())
    unequal = pc.fill_null(pc.not_equal(one, other), False)
    only_one = pc.xor(pc.is_null(one), pc.is_null(other))
    return np.asarray(pc.or_(unequal, only_one).to_numpy(), bool)


# -- labels ---------------------------------------------------------------------------------------

#: campaign, document, target, question, method
Asked = tuple[str, str, str | None, str, str]


def _labels(folder: Path) -> dict[tuple[str, str, str | None, str, str], set[str]]:
    """The resolved answers of people, by what was asked; those of a model apart from each other."""
    place = folder / "data" / "labels"
    found: dict[tuple[str, str, str | None, str, str], set[str]] = {}
    if not place.is_dir():
        return found
    for table in store.scan([place], ["campaign", "document_id", "target", "question", "method", "value"]):
        for row in table.to_pylist():
            who = row["method"] if row["method"].startswith("model:") else ""
            asked = (row["campaign"], row["document_id"], row["target"], row["question"], who)
            found.setdefault(asked, set()).add(row["value"])
    return found


def _label_changes(old: Mapping[Any, set[str]], new: Mapping[Any, set[str]]) -> list[dict[str, Any]]:
    rows = []
    for asked in old.keys() | new.keys():
        before, after = old.get(asked), new.get(asked)
        if before == after:
            continue
        campaign, document, target, question, who = asked
        change = "label_added" if before is None else "label_removed" if after is None else "label_changed"
        told = [None if values is None else ", ".join(sorted(values)) for values in (before, after)]
        asks = {"campaign": campaign, "question": f"{question} ({who})" if who else question, "target": target}
        rows.append({"change": change, "id": document, **asks, "before": told[0], "after": told[1]})
    return rows


def _guidelines(before: Path, after: Path) -> tuple[tuple[str, str], ...]:
    """The campaigns whose answers mean something else than before, and why.

    A codebook that travels with a release says what each change of its guideline touches.
    """
    found = []
    for path in sorted((before / GUIDELINES).glob("*.toml")):
        if not (after / GUIDELINES / path.name).exists():
            continue
        old, new = (tomllib.loads((folder / GUIDELINES / path.name).read_text("utf-8")) for folder in (before, after))
        known = {change["version"] for change in old.get("changelog", ())}
        touching = [
            c["version"] for c in new.get("changelog", ()) if c["version"] not in known and c["effect"] != "none"
        ]
        gone = sorted(_values(old) - _values(new))
        if touching:
            found.append((path.stem, f"version {', '.join(touching)} of the guideline touches answers"))
        elif gone:
            found.append((path.stem, f"no longer offered: {', '.join(gone)}"))
    return tuple(found)


def _values(codebook: Mapping[str, Any]) -> set[str]:
    return {f"{q['name']}.{label['value']}" for q in codebook.get("question", ()) for label in q.get("label", ())}


# -- columns and figures --------------------------------------------------------------------------


def _columns(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    kinds = [
        {
            f"{config}.{column['name']}": column["type"]
            for config, table in tables.items()
            for column in table["columns"]
        }
        for tables in (old, new)
    ]
    before, after = kinds
    # a configuration that one of them lacks is told by its labels, not by each of its columns
    both = {*old} & {*new}
    before = {name: kind for name, kind in before.items() if name.partition(".")[0] in both}
    after = {name: kind for name, kind in after.items() if name.partition(".")[0] in both}
    return {
        "columns_added": tuple(sorted(after.keys() - before.keys())),
        "columns_removed": tuple(sorted(before.keys() - after.keys())),
        "columns_retyped": tuple(sorted(name for name in before.keys() & after.keys() if before[name] != after[name])),
    }


def _shares(old: pa.Table, new: pa.Table, column: str) -> tuple[Shift, ...]:
    """The share of each value, largest change first; those that are equal are left out."""
    found = []
    for table in (old, new):
        counts = pc.value_counts(pc.fill_null(table[column], "unknown")).to_pylist()
        found.append({row["values"]: row["counts"] / max(table.num_rows, 1) for row in counts})
    shifts = (
        Shift(column, value, found[0].get(value, 0.0), found[1].get(value, 0.0)) for value in {**found[0], **found[1]}
    )
    moved = [shift for shift in shifts if shift.before != shift.after]
    return tuple(sorted(moved, key=lambda shift: (-abs(shift.after - shift.before), shift.of)))


def _lengths(old: pa.Table, new: pa.Table) -> tuple[Shift, ...]:
    """Quartiles of the number of words."""
    names = ("first quartile", "median", "third quartile")
    told = [
        pc.quantile(table["n_words"], [0.25, 0.5, 0.75]).to_pylist() if table.num_rows else [0.0] * 3
        for table in (old, new)
    ]
    pairs = zip(names, *told, strict=True)
    return tuple(Shift("words", name, a or 0.0, b or 0.0) for name, a, b in pairs if a != b)
