from __future__ import annotations

from itertools import product
from typing import Any

import pyarrow as pa
import pytest

from curation.dedup import groups
from curation.dedup.verify import measure


def candidates(*pairs: tuple[int, int, bool]) -> pa.Table:
    """Pairs of (earlier, later, whether it waits)."""
    return pa.table(
        {
            "id_a": [f"d{earlier:02d}" for earlier, _, _ in pairs],
            "id_b": [f"d{later:02d}" for _, later, _ in pairs],
            "b_is_later": [True] * len(pairs),
            "waits": [waits for _, _, waits in pairs],
        }
    )


@pytest.mark.parametrize(("others", "backend"), [*product([0, 1], ["numba", "datasketch"])])
def test_what_waits_is_left_out_for_a_copy_of_all_the_others(news: Any, others: int, backend: str) -> None:
    at_once = groups.EARLIEST + 1
    copies = [news.reworded(news.text(1), 30, seed) for seed in range(at_once + 2 - others)]
    # where one of those that it does not wait for is another text, the rest is measured, too
    documents = news.bodies(*[news.text(2)] * others, *copies)
    last = at_once + 1
    pairs = [*((one, last, False) for one in range(at_once)), (at_once, last, True), (at_once - 1, at_once, False)]
    found = measure(candidates(*pairs), [documents], backend=backend)
    told = set(zip(found["id_a"].to_pylist(), found["id_b"].to_pylist(), strict=True))
    assert ((f"d{at_once:02d}", f"d{last:02d}") in told) == bool(others)
    assert (f"d{at_once - 1:02d}", f"d{at_once:02d}") in told
    assert found["words"].null_count == 0
    assert len(told) == at_once + 1  # one of all is left out: it waits, or it is another text
