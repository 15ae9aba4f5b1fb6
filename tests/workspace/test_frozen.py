"""Frozen rows take the place of newly made ones, wherever they stand in their files."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from curation import schema, store
from curation.workspace import frozen

IDS = [f"{number:016x}" for number in range(12)]


def edits(ids: list[str], rule: str) -> pa.Table:
    """Two of each document."""
    rows = [(id_, seq) for id_ in ids for seq in range(2)]
    known = {"id": [id_ for id_, _ in rows], "seq": [seq for _, seq in rows], "rule": [rule] * len(rows)}
    return filled("edits", known)


def filled(name: str, known: dict[str, list]) -> pa.Table:
    """A table with something in each column."""
    kinds = schema.arrow_schema(name)
    count = len(known["id"])
    plain = {pa.string(): "", pa.bool_(): False}
    columns = {
        field.name: pa.array(
            known.get(field.name, [None if field.nullable else plain.get(field.type, 0)] * count), field.type
        )
        if not pa.types.is_list(field.type)
        else pa.array([[]] * count, field.type)
        for field in kinds
    }
    return schema.conform(name, pa.table(columns))


@pytest.mark.parametrize("size", [1, 3, 100])
def test_frozen_rows_are_found_in_any_row_group(tmp_path: Path, size: int) -> None:
    old = {"documents": filled("documents", {"id": IDS, "body": ["lama"] * 12}), "edits": edits(IDS, "lama")}
    for name, table in old.items():
        pieces = (table.slice(start, size) for start in range(0, table.num_rows, size))
        store.write_stream(tmp_path / f"{name}.parquet", table.schema, pieces)
    here = [IDS[4], "f" * 16, IDS[9]]
    made = {name: schema.empty(name) for name in frozen.TABLES}
    made |= {"documents": filled("documents", {"id": here, "body": ["baru"] * 3}), "edits": edits(here, "baru")}
    found = frozen.with_frozen(made, tmp_path)
    assert found["documents"]["id"].to_pylist() == here
    assert found["documents"]["body"].to_pylist() == ["lama", "baru", "lama"]
    told = found["edits"].select(["id", "seq", "rule"]).to_pylist()
    rules = ("lama", "baru", "lama")
    assert told == [
        {"id": id_, "seq": seq, "rule": rule} for id_, rule in zip(here, rules, strict=True) for seq in range(2)
    ]
