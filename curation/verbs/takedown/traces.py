"""Finding a text again wherever a workspace may keep it, without keeping the text.

A text is told by its shingles (five words in a row, as in near-duplicate detection), but for those that an article has
that stays. So the search does not care for mark-up, line breaks or letter case, and does not find what may be there.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from curation.dedup.sets import shingle_sets
from curation.errors import InputError
from curation.ingest.readers import stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import numpy.typing as npt

#: so many shingles of one value are no accident
LEAST = 3
#: bytes of a text file that are looked at as one value
PIECE = 32 << 20
#: hashes have 32 bits
_HASHES = 2**32
_LOW = 2**24 - 1

_TAG = re.compile(r"<[^<>]*>")
_ESCAPED = re.compile(r"\\[nrt]|\\u00[0-9a-f]{2}", re.IGNORECASE)


@dataclass(frozen=True)
class Traces:
    """What tells the texts that are looked for."""

    shingles: npt.NDArray[np.uint32]

    @classmethod
    def of(cls, texts: Iterable[str | None], staying: Iterable[pa.ChunkedArray]) -> Traces:
        """The shingles that these texts have and no other.

        Args:
            texts: what must go.
            staying: texts that stay.
        """
        every = cls(np.unique(shingle_sets(pa.array([*texts], pa.large_string())).hashes))
        shared = [np.unique(found[every.has(found)]) for column in staying for found in (shingle_sets(column).hashes,)]
        return cls(np.setdiff1d(every.shingles, np.concatenate([np.empty(0, np.uint32), *shared])))

    @cached_property
    def _low_bits(self) -> npt.NDArray[np.bool_]:
        """Which low halves of hashes occur: one look rules out nearly all others."""
        table: npt.NDArray[np.bool_] = np.zeros(_LOW + 1, bool)
        table[self.shingles & np.uint32(_LOW)] = True
        return table

    def has(self, hashes: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
        """Which hashes are among the shingles, which are sorted."""
        found: npt.NDArray[np.bool_] = self._low_bits[hashes & np.uint32(_LOW)]
        at = np.flatnonzero(found)
        found[at] = np.isin(hashes[at], self.shingles)
        return found

    def among(self, texts: pa.Array | pa.ChunkedArray) -> npt.NDArray[np.bool_]:
        """Which texts hold a passage of what is looked for.

        >>> gone = Traces.of(["Warga menanam seribu bibit bakau di muara sungai pagi ini"], [])
        >>> gone.among(pa.array(["<p>Warga menanam seribu bibit bakau di muara</p>", "Pasar ramai."])).tolist()
        [True, False]
        """
        sets = shingle_sets(texts)
        hits = np.concatenate([[0], np.cumsum(self.has(sets.hashes))])
        held = hits[sets.offsets[1:]] - hits[sets.offsets[:-1]]
        # in a long text, or with many shingles, some hashes are equal by chance
        by_chance = np.diff(sets.offsets) * len(self.shingles) / _HASHES
        return np.asarray(held >= LEAST + np.floor(10 * by_chance), bool)


def search(root: Path, traces: Traces, skip: Iterable[Path] = ()) -> Iterator[tuple[Path, str]]:
    """The files below a folder that still hold a passage, and where in them.

    Args:
        root: the folder.
        traces: what is looked for.
        skip: files and folders that are not looked at.
    """
    skipped = set(skip)
    for path in sorted(root.rglob("*")):
        if path.is_symlink() or not path.is_file() or any(place in skipped for place in (path, *path.parents)):
            continue
        if (where := held_in(path, traces)) is not None:
            yield path, where


def held_in(path: Path, traces: Traces) -> str | None:
    """Where in a file a passage stands: a column, a line, or nothing in particular; None where it holds none."""
    try:
        with path.open("rb") as file:
            is_table = file.read(4) == b"PAR1"
        return _in_table(path, traces) if is_table else _in_text(path, traces)
    except (InputError, *stream.BROKEN, pa.ArrowException) as error:
        return f"can't be read: {error}"


def _in_table(path: Path, traces: Traces) -> str | None:
    with pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            table = file.read_row_group(group)
            for name in table.column_names:
                for column in _strings(table[name].combine_chunks()):
                    if traces.among(column).any():
                        return f"column {name}"
    return None


def _strings(column: Any) -> Iterator[pa.Array]:
    """The texts in a column, whatever they lie in."""
    kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        yield column
    elif pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        yield pa.array([(value or b"").decode("utf-8", "replace") for value in column.to_pylist()], pa.large_string())
    elif pa.types.is_list(kind) or pa.types.is_large_list(kind):
        yield from _strings(column.flatten())
    elif pa.types.is_struct(kind):
        for part in column.flatten():
            yield from _strings(part)


def _in_text(path: Path, traces: Traces) -> str | None:
    before = 0
    with stream.open_bytes(path) as data:
        while piece := data.read(PIECE):
            piece += data.readline()
            text = piece.decode("utf-16" if piece[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
            if traces.among(pa.array([plain(text)], pa.large_string())).any():
                lines = text.split("\n")
                hits = np.flatnonzero(traces.among(pa.array([plain(line) for line in lines], pa.large_string())))
                return f"line {before + int(hits[0]) + 1}" if len(hits) else ""
            before += text.count("\n")
    return None


def plain(text: str) -> str:
    r"""A text without what HTML and JSON put between its words.

    >>> plain('"Air<br>surut\\nsore ini &amp; malam"')
    '"Air surut sore ini & malam"'
    """
    return html.unescape(_TAG.sub(" ", _ESCAPED.sub(_character, text)))


def _character(match: re.Match[str]) -> str:
    return " " if len(match[0]) == 2 else chr(int(match[0][2:], 16))
