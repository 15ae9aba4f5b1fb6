from __future__ import annotations

import subprocess
import sys

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from curation.language.grams import LANES, model, pack, scores
from curation.language.kernel import FOLD, ROWS, cut, rows_of

texts = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=400), max_size=6)


def test_the_weights_fit_the_table() -> None:
    grams = model()
    assert grams.table.shape == (ROWS, LANES // 8)
    assert len(grams.codes) == len(set(grams.codes)) <= LANES
    assert not grams.table.view(np.uint8)[:, len(grams.codes) :].any()


@given(texts)
def test_scores_are_the_mean_of_the_rows(bodies: list[str]) -> None:
    packed = pack(pa.array(bodies, pa.string()))
    found = scores(packed.data, packed.offsets[:-1], packed.offsets[1:])
    table = model().table.view(np.uint8).astype(np.float64)[:, : len(model().codes)]
    for body, row in zip(bodies, found, strict=True):
        rows = rows_of(np.frombuffer(body.encode(), np.uint8), FOLD)
        mean = table[rows].sum(axis=(0, 1)) * model().step / max(1, len(rows))
        np.testing.assert_allclose(row, mean)


def test_long_texts_overflow_nothing() -> None:
    body = "Kada kawa badiam haja. " * 5_000
    packed = pack(pa.array([body, body[: len(body) // 2]]))
    long, half = scores(packed.data, packed.offsets[:-1], packed.offsets[1:])
    np.testing.assert_allclose(long, half, atol=0.01)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_case_digits_and_marks_do_not_matter(body: str) -> None:
    plain = rows_of(np.frombuffer(f"air laut {body} ".encode(), np.uint8), FOLD)
    loud = rows_of(np.frombuffer(f"AIR -- 12 Laut, {body}! ".encode(), np.uint8), FOLD)
    assert plain.tolist() == loud.tolist()


def pieces(bodies: list[str], fewest: int) -> list[tuple[int, int, str]]:
    packed = pack(pa.array(bodies, pa.string()))
    room = np.empty((len(packed.data) + len(bodies) + 1, 5), np.int64)
    found = room[: cut(packed.data, packed.offsets, FOLD, fewest, room)]
    return [(text, line, packed.data[start:end].tobytes().decode()) for text, line, start, end, _ in found.tolist()]


def test_long_lines_are_cut_at_the_ends_of_sentences() -> None:
    body = "Satu dua tiga empat. Lima enam.\n Tujuh delapan sembilan? “Sepuluh sebelas belasan.” Habis \nSisa ini\n"
    assert pieces(["", body], 3) == [
        (1, 1, "Satu dua tiga empat. Lima enam."),
        (1, 2, "Tujuh delapan sembilan?"),
        (1, 2, "“Sepuluh sebelas belasan.” Habis"),
    ]


@given(texts, st.integers(1, 8))
def test_pieces_lie_in_their_line_in_order(bodies: list[str], fewest: int) -> None:
    at = dict.fromkeys(range(len(bodies)), 0)
    for text, _, piece in pieces(bodies, fewest):
        assert "\n" not in piece
        at[text] = bodies[text].index(piece, at[text]) + len(piece)


def test_numbers_of_lines_go_on_from_text_to_text() -> None:
    assert [line for _, line, _ in pieces(["a b\nc d", "e f"], 2)] == [0, 1, 2]


def test_same_scores_without_a_compiler() -> None:
    """In a process of its own, since modules keep what they were compiled to."""
    bodies = ["Air sungai surut dan warga pulang.", "", "Banyune wis asat, wong-wong padha mulih."]
    code = f"""
import sys
sys.modules["numba"] = None
import pyarrow as pa
from curation.language.grams import pack, scores
packed = pack(pa.array({bodies!r}))
print(scores(packed.data, packed.offsets[:-1], packed.offsets[1:]).tolist())
"""
    run = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    packed = pack(pa.array(bodies))
    assert run.stdout.strip() == repr(scores(packed.data, packed.offsets[:-1], packed.offsets[1:]).tolist())
