"""The largest containment across splits is found, and a wrong certificate is told."""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path

import pyarrow as pa
import pytest

from curation import schema, store
from curation.release import manifest
from curation.release.digest import logical_digest
from curation.release.splits.certificate import certify
from curation.release.verify import verify
from tests.release.test_verify import reseal

WORDS = [f"kata{n}" for n in range(3000)]


def text(seed: int, n: int = 120) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=n))


def documents(rows: list[tuple[str, str, str]]) -> pa.Table:
    ids, splits, bodies = zip(*rows, strict=True)
    return pa.table(
        {"id": ids, "split": splits, "body": bodies, "text_sha256": [store.digest(body) for body in bodies]}
    )


def found(table: pa.Table, tmp_path: Path, size: int = 7):
    pieces = [table.slice(start, size) for start in range(0, table.num_rows, size)]
    scratch = tmp_path / f"scratch-{random.random()}"
    scratch.mkdir()
    return certify(lambda: iter(pieces), scratch)


FAR = [(f"d{n:02d}", ("train", "validation", "test", "held")[n % 4], text(n)) for n in range(40)]


def test_unrelated_texts_have_none(tmp_path):
    one = found(documents(FAR), tmp_path)
    assert (one.largest_containment, one.pair, one.measured) == (None, None, 0)


@pytest.mark.parametrize(("a", "b"), [("train", "test"), ("train", "validation"), ("validation", "test")])
def test_a_copy_across_splits_is_found_whatever_the_order(tmp_path, a, b):
    words = text(99).split()
    copy = " ".join([*words[:100], *text(100, 20).split()])
    rows = [*FAR, ("x1", a, " ".join(words)), ("x2", b, copy)]
    one = found(documents(rows), tmp_path)
    # 96 shingles of the hundred words are in both, of 116 each
    assert one.pair == ("x1", "x2")
    assert one.largest_containment == pytest.approx(96 / 116, abs=1e-6)
    assert found(documents(rows[::-1]), tmp_path, size=3) == one


@pytest.mark.parametrize("b", ["train", "held"])
def test_copies_in_one_split_or_held_count_for_nothing(tmp_path, b):
    rows = [*FAR, ("x1", "train", text(99)), ("x2", b, text(99))]
    assert found(documents(rows), tmp_path).pair is None


def test_a_short_text_inside_a_long_one_is_found(tmp_path):
    short = text(99, 60)
    one = found(documents([*FAR, ("x1", "train", f"{text(98, 300)} {short}"), ("x2", "test", short)]), tmp_path)
    assert (one.pair, one.largest_containment) == (("x1", "x2"), 1.0)


@pytest.fixture
def folder(workspace, release):
    made = workspace()
    table = store.read_table(made / "released.parquet")
    rows = table.to_pylist()
    for i, row in enumerate(rows):
        row["split"] = "test" if i % 2 else "train"
    rows[1]["body"] = rows[0]["body"] + " Kabar ini sudah dibenarkan dinas setempat."
    rows[1]["text_sha256"] = hashlib.sha256(rows[1]["body"].encode()).hexdigest()
    store.write_table(made / "released.parquet", schema.from_rows("released", rows))
    return release(made).folder


def test_deep_verification_computes_it_again(folder):
    told = json.loads((folder / "MANIFEST.json").read_text())["splits"]["certificate"]
    assert told["largest_containment"] == 1.0
    assert verify(folder, deep=True) == []
    reseal(folder, splits={"certificate": told | {"largest_containment": 0.1}})
    assert verify(folder) == []
    assert verify(folder, deep=True) == [
        f"the split certificate is wrong: it says 0.1 of {told['pair']}, but the largest containment across splits is "
        f"{told['largest_containment']} of {told['pair']}"
    ]


def test_a_near_duplicate_that_was_planted_is_found(workspace, release):
    """Somebody puts a copy of a training text into the test, and makes all digests fit."""
    made = workspace()
    rows = store.read_table(made / "released.parquet").to_pylist()
    for i, row in enumerate(rows):
        row["split"] = "test" if i % 2 else "train"
    store.write_table(made / "released.parquet", schema.from_rows("released", rows))
    folder = release(made).folder
    path = folder / "data/default/test-2025.parquet"
    table = store.read_table(path)
    train = store.read_table(folder / "data/default/train-2025.parquet")
    bodies = [train["body"][0].as_py(), *table["body"].to_pylist()[1:]]
    table = table.set_column(table.schema.get_field_index("body"), table.schema.field("body"), [bodies])
    path.unlink()
    store.write_table(path, table)
    told = json.loads((folder / "MANIFEST.json").read_text())
    kind = manifest.arrow_schema(told["tables"]["default"]["columns"])
    told["tables"]["default"]["logical_digest"] = logical_digest(kind, store.scan([folder / "data/default"]))
    reseal(folder, tables=told["tables"])
    assert verify(folder) == []
    (problem,) = verify(folder, deep=True)
    assert "the largest containment across splits is 1.0 of" in problem
