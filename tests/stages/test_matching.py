"""Matching on a cluster finds what one machine finds; here on one machine, which runs the same steps."""

from __future__ import annotations

import hashlib
import random

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation import schema, store
from curation.config import Dedup, Engine
from curation.dedup import groups
from curation.engine import engine_for
from curation.stages import matching
from curation.stages.dedup import find_candidates, match_batch, sign_batch

WORDS = [
    f"{a}{b}" for a in ("bakar", "kota", "sidang", "pasar", "warga", "hujan") for b in ("", "nya", "an", "kan", "ku")
]


def body(seed: int, changed: int) -> str:
    """A text of its own for every seed, with some words of another one."""
    draw = random.Random(seed)
    words = [draw.choice(WORDS) + str(draw.randrange(40)) for _ in range(90)]
    other = random.Random(f"{seed}-{changed}")
    for _ in range(changed):
        words[other.randrange(len(words))] = other.choice(WORDS)
    return " ".join(words)


def write_batches(folder, batches):
    """Signatures and documents of each batch; a document is (text, words changed, page or none)."""
    places, number = [], 0
    for name, batch in enumerate(batches):
        rows = []
        for seed, changed, page in batch:
            text = body(seed, changed)
            rows.append(
                {
                    "id": hashlib.sha256(f"{number}".encode()).hexdigest()[:16],
                    "url_key": page and f"detak.example/{page}",
                    "title": f"Warga Sumberejo {seed}",
                    "body": text,
                    "outlet": "Detak",
                    "tags": [],
                    "n_words": 90,
                    "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
                }
            )
            number += 1
        documents, signatures = folder / f"documents-{name}", folder / f"signatures-{name}"
        for part, start in enumerate(range(0, max(1, len(rows)), 5)):
            table = schema.from_rows("documents", rows[start : start + 5])
            store.write_table(documents / f"part-{part:05d}.parquet", table)
            store.write_table(signatures / f"part-{part:05d}.parquet", sign_batch(table)["signatures"])
        places.append((signatures, documents))
    return places


DOCUMENT = st.tuples(
    st.integers(0, 5), st.sampled_from([0, 0, 2, 9, 30]), st.sampled_from([None, None, None, "a", "b"])
)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.lists(DOCUMENT, max_size=12), min_size=1, max_size=3),
    st.integers(1, 9),
    st.integers(1, 4),
    st.booleans(),
)
def test_the_same_overlaps_however_the_work_is_cut(tmp_path_factory, batches, block, workers, crowds):
    folder = tmp_path_factory.mktemp("match")
    places = write_batches(folder, batches)
    signatures, documents = [one for one, _ in places], [two for _, two in places]
    engine = _InTurn(workers, engine_for(Engine(workers=1), folder / "many"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "BLOCK", block)
        if crowds:
            for name, value in {"CROWD": 3, "FIRST": 2, "EARLIEST": 1, "CLOSEST": 2}.items():
                patch.setattr(groups, name, value)
        expected = match_batch(signatures, documents, Dedup(), folder / "one")
        found = matching.match_on_cluster(signatures, documents, Dedup(), folder / "many", (), engine)
    assert found.equals(expected)
    assert not (folder / "many" / "match").exists()


class _InTurn:
    """As many chunks as for some workers, in one process: a pool would cost seconds."""

    def __init__(self, workers, engine):
        self.workers, self.map_batches, self.map_groups = workers, engine.map_batches, engine.map_groups


def test_a_component_that_is_larger_than_a_block_is_cut(tmp_path):
    """Everybody is a copy of everybody: each block takes the texts that it needs, and no more."""
    places = write_batches(tmp_path, [[(1, changed, None) for changed in range(12)]])
    pairs = find_candidates([places[0][0]], Dedup())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "BLOCK", 10)
        blocks = matching._Blocks.of(pairs)
    assert pairs.num_rows > 50  # of 12 documents
    assert len(set(blocks.of_pair)) > 3
    later = pc.if_else(pairs["b_is_later"], pairs["id_b"], pairs["id_a"]).to_pylist()
    whole = dict(zip(later, blocks.of_pair.tolist(), strict=True))
    assert [whole[one] for one in later] == blocks.of_pair.tolist()  # what waits lies with what it waits for
    texts = pa.concat_tables(
        blocks.texts(store.read_table(file))["texts"] for file in store.parquet_files(places[0][1])
    )
    needed = {
        (id_, block)
        for pair, block in zip(pairs.to_pylist(), blocks.of_pair.tolist(), strict=True)
        for id_ in (pair["id_a"], pair["id_b"])
    }
    assert sorted(zip(texts["id"].to_pylist(), texts["block"].to_pylist(), strict=True)) == sorted(needed)
