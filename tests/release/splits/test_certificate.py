"""The largest containment across splits is found, and a wrong certificate is told."""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path

import pyarrow as pa
import pytest

from curation import schema, store
from curation.dedup.signature import sign
from curation.release import manifest
from curation.release.digest import logical_digest
from curation.release.splits import signed
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


def found(table: pa.Table, tmp_path: Path, size: int = 7, known: tuple[Path, ...] = ()):
    pieces = [table.slice(start, size) for start in range(0, table.num_rows, size)]
    scratch = tmp_path / f"scratch-{random.random()}"
    scratch.mkdir()
    return certify(lambda columns: [piece.select(columns) for piece in pieces], scratch, known)


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


def corpus(seed: int) -> pa.Table:
    """Texts of which some are copied in part, into any split."""
    draw = random.Random(seed)
    texts = [text(1000 * seed + n, draw.randint(0, 90)) for n in range(30)]
    for _ in range(12):
        words = draw.choice(texts).split()
        start = draw.randint(0, len(words))
        texts.append(" ".join([*words[start : start + draw.randint(5, 80)], *text(draw.randint(0, 99), 15).split()]))
    splits = ("train", "train", "validation", "test", "held")
    return documents([(f"d{n:02d}", draw.choice(splits), body) for n, body in enumerate(texts)])


@pytest.mark.parametrize("seed", range(12))
def test_signatures_of_the_workspace_change_nothing(tmp_path, seed):
    """Batches in another order, more documents than are released, texts that were masked since, a spec of old."""
    draw, table = random.Random(seed), corpus(seed)
    rows = sign(table.append_column("url_key", pa.array(["satu.example/1"] * table.num_rows))).to_pylist()
    for row in rows:
        if draw.random() < 0.2:  # of another text; what it says must not count
            row |= {"text_sha256": "0" * 64, "signature": bytes(512), "sketch": b"\7\0\0\0"}
        elif draw.random() < 0.2:
            row |= {"spec": "words3", "signature": bytes(512), "sketch": b"\7\0\0\0"}
    rows = [row for row in rows if draw.random() < 0.9]
    rows += [{**row, "id": f"x{row['id']}"} for row in rows[:5]]
    draw.shuffle(rows)
    places = tuple(tmp_path / name for name in ("batch-1", "batch-2"))
    for place, some in zip(places, (rows[:20], rows[20:]), strict=True):
        store.write_table(place / "part-00000.parquet", schema.from_rows("signatures", some))
    alone = found(table, tmp_path)
    assert alone.measured > 0
    assert found(table, tmp_path, known=places) == alone
    assert found(table, tmp_path, size=50, known=places[:1]) == alone


def test_what_is_signed_is_not_signed_again(tmp_path, monkeypatch):
    """Else all of the above would pass without a look at the workspace's signatures."""
    table = corpus(1)
    store.write_table(tmp_path / "known" / "part-00000.parquet", sign(table))
    asked = []
    monkeypatch.setattr(signed, "sign", lambda part, **threads: asked.extend(part["id"].to_pylist()) or sign(part))
    found(table, tmp_path, known=(tmp_path / "known",))
    assert asked == []
    found(table, tmp_path)
    assert sorted(asked) == [row["id"] for row in table.to_pylist() if row["split"] != "held"]


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
