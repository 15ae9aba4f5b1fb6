"""A small model of our own: which of the languages that Indonesian news quote a text is in.

Runs of 3, 4 and 5 letters vote. Each is hashed to a row of a table of 2^16 rows, a row holds a byte for every language,
and the mean of a text's rows is its score: a linear model (multinomial logistic regression), trained by
``benchmarks/language_train.py`` on the texts that it lists. ``NOTICE`` tells whose they are, and the licence of the
weights.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Bytes = npt.NDArray[np.uint8]
Rows = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]

WEIGHTS = Path(__file__).with_name("grams.npz")
#: A row of the table in bytes: more than there are languages.
LANES = 16


class Grams(NamedTuple):
    """The model, as its file holds it."""

    codes: tuple[str, ...]
    """ISO 639 codes; "ar" is Arabic in Latin letters, as prayers are printed."""
    table: npt.NDArray[np.uint64]
    """A byte a language and row, in two words."""
    step: float
    """What a unit of such a byte weighs."""


class Packed(NamedTuple):
    """Texts end to end, as UTF-8."""

    data: Bytes
    offsets: Rows
    """Where each begins; the last number is the end."""


@cache
def model() -> Grams:
    """The shipped weights.

    >>> model().codes
    ('id', 'ms', 'jv', 'su', 'en', 'min', 'bjn', 'nij', 'ban', 'mad', 'ace', 'bug', 'bbc', 'ar')
    """
    with np.load(WEIGHTS) as file:
        weights, codes, step = file["weights"], file["codes"], file["step"]
    table = np.zeros((len(weights), LANES), np.uint8)
    table[:, : len(codes)] = weights
    return Grams(tuple(codes.tolist()), table.view(np.uint64), float(step))


def pack(texts: pa.Array | pa.ChunkedArray) -> Packed:
    """Texts of an Arrow column end to end; a null is an empty text.

    >>> pack(pa.array(["air", None, "é"])).offsets.tolist()
    [0, 3, 3, 5]
    """
    whole = pc.fill_null(texts.cast(pa.large_string()), "")
    whole = whole.combine_chunks() if isinstance(whole, pa.ChunkedArray) else whole
    _, offsets, data = whole.buffers()
    content = np.frombuffer(data or b"", np.uint8)
    content.flags.writeable = False  # or a kernel is compiled for either kind
    bounds = np.frombuffer(offsets, np.int64)[whole.offset :][: len(whole) + 1] if len(whole) else np.zeros(1, np.int64)
    return Packed(content, bounds.copy())


def scores(data: Bytes, starts: Rows, ends: Rows) -> Scores:
    """How much each stretch of bytes speaks for each language; the difference of two is the logarithm of their odds.

    Args:
        data: UTF-8.
        starts: first byte of each stretch.
        ends: the byte after its last.

    Returns:
        A row a stretch, a column a language, in the order of :func:`model`.

    >>> texts = pack(pa.array(["Kami kada hakun amun tanah ngitu dijual.", "Kami tidak mau tanah itu dijual."]))
    >>> found = scores(texts.data, texts.offsets[:-1], texts.offsets[1:])
    >>> [model().codes[best] for best in found.argmax(axis=1)]
    ['bjn', 'id']
    """
    from curation.language.kernel import FOLD, add_up

    grams = model()
    totals, sizes = np.zeros((len(starts), LANES), np.int64), np.zeros(len(starts), np.int64)
    add_up(data, starts, ends, FOLD, grams.table, totals, sizes)
    means: Scores = grams.step * totals[:, : len(grams.codes)] / np.maximum(sizes, 1)[:, None]
    return means
