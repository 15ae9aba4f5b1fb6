from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from curation import schema
from curation.dedup.shingle import SPEC, shingle_hashes
from curation.dedup.signature import SKETCH_LIMIT, sign


def test_rows_hold_signature_and_sketch(news: Any) -> None:
    documents = news.bodies(news.text(1), "", "Kabar singkat.", news.text(2, 900))
    signed = sign(documents)
    assert signed.schema == schema.arrow_schema("signatures")
    rows = signed.to_pylist()
    for row, body in zip(rows, documents["body"].to_pylist(), strict=True):
        hashes = shingle_hashes(body)
        assert row["spec"] == SPEC
        assert row["n_shingles"] == len(hashes)
        assert len(row["signature"]) == (4 * 128 if len(hashes) else 0)
        assert row["sketch"] == hashes[hashes < SKETCH_LIMIT].astype("<u4").tobytes()
    assert 140 < len(rows[3]["sketch"]) / 4 < 220  # about one in five of 896


def test_batches_do_not_matter(news: Any) -> None:
    documents = news.bodies(*(news.text(i, 10 * i) for i in range(12)))
    whole = sign(documents)
    for size in (1, 5):
        parts = [sign(documents.slice(i, size)) for i in range(0, documents.num_rows, size)]
        assert pa.concat_tables(parts).combine_chunks().equals(whole.combine_chunks())


def test_no_documents(news: Any) -> None:
    assert sign(news.bodies()).num_rows == 0


def test_chunked_and_sliced_input(news: Any) -> None:
    documents = news.bodies(*(news.text(i) for i in range(6)))
    chunked = pa.concat_tables([documents.slice(2, 1), documents.slice(3, 2)])
    assert sign(chunked).to_pylist() == sign(documents).slice(2, 3).to_pylist()


def test_equal_share_of_signature_estimates_jaccard(news: Any) -> None:
    body = news.text(5, 400)
    one, two = sign(news.bodies(body, news.reworded(body, 40)))["signature"].to_pylist()
    a, b = shingle_hashes(body), shingle_hashes(news.reworded(body, 40))
    exact = len(np.intersect1d(a, b)) / len(np.union1d(a, b))
    assert (
        abs(np.mean(np.frombuffer(one, "<u4") == np.frombuffer(two, "<u4")) - exact) < 0.13
    )  # three standard errors at 128
