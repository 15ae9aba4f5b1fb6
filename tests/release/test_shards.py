"""Documents lie by split, and what is labelled apart: a version that only labels anew shares all other files."""

from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from curation import schema, store
from curation.release import shards

ROW = st.tuples(
    st.sampled_from(shards.SPLITS),
    st.sampled_from(["none", "open", "labelled"]),
    st.one_of(st.none(), st.integers(2019, 2026)),
)


def documents(rows: list[tuple[str, str, int | None]]) -> pa.Table:
    made = [
        {
            "id": str(i), "body": "Air surut.", "outlet": "Detak", "n_words": 2, "text_sha256": "0", "cluster_id": "c",
            "cluster_size": 1, "split": split, "topics": [], "stance": [], "label_status": status, "tags": [],
            "text_access": "full", "published_at": year and datetime(year, 3, 1, tzinfo=UTC),
        }
        for i, (split, status, year) in enumerate(rows)
    ]  # fmt: skip
    return schema.from_rows("released", made).sort_by([("published_at", "ascending"), ("id", "ascending")])


@given(st.lists(ROW, max_size=40), st.integers(1, 9))
def test_every_row_lies_once_where_it_belongs(tmp_path_factory, rows, size):
    table = documents(rows)
    folder = tmp_path_factory.mktemp("shards")
    pieces = [table.slice(start, size) for start in range(0, table.num_rows, size)]
    written = shards.write(folder, table.schema, pieces)
    found = {path.name: store.read_table(path) for path in folder.glob("*.parquet")}
    assert [(one.path.name, one.rows) for one in written] == [(name, found[name].num_rows) for name in sorted(found)]
    assert [one.sha256 for one in written] == [store.file_digest(one.path) for one in written]
    for name, part in found.items():
        assert set(shards.names(part).to_pylist()) == {name}
        assert part.equals(part.sort_by([("published_at", "ascending"), ("id", "ascending")]))
    assert sorted(id_ for part in found.values() for id_ in part["id"].to_pylist()) == sorted(table["id"].to_pylist())


def test_labelling_anew_leaves_the_years_as_they_were(workspace, release):
    folder = workspace()
    table = store.read_table(folder / "released.parquet")
    position = table.schema.get_field_index("label_status")

    def with_status(first: str) -> pa.Table:
        values = [first if i < 3 else "none" for i in range(table.num_rows)]
        return table.set_column(position, table.schema.field(position), [values])

    store.write_table(folder / "released.parquet", with_status("open"))
    old = release(folder).folder
    store.write_table(folder / "released.parquet", with_status("labelled"))
    new = release(folder, version="1.0.1").folder
    for name, is_same in (("train-2025.parquet", True), ("train-labelled.parquet", False)):
        assert (new / "data/default" / name).samefile(old / "data/default" / name) == is_same
