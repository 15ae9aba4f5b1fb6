"""The documents that measures look at, with what several of them need made once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.text import n_words

#: Characters of a body that are read: ten times the longest articles. What is longer is a file that was taken for one;
#: its beginning measures as all of it would, and no text needs more memory than a batch of ordinary ones.
LENGTH = 500_000

#: Words of a line, on average, in tables, lists, verse; a paragraph has more.
_FEW_WORDS = 16


@dataclass(frozen=True)
class ShortLines:
    """Lines of some documents of a batch: each one's text, document and words."""

    text: pa.StringArray
    document: npt.NDArray[np.int64]
    n_words: npt.NDArray[np.int32]

    def share(self, chosen: npt.NDArray[np.bool_], documents: int) -> npt.NDArray[np.float64]:
        """The share of their words that each document has in the chosen lines; 0 where it has no lines here."""
        total = np.bincount(self.document, self.n_words, minlength=documents)
        part = np.bincount(self.document, self.n_words * chosen, minlength=documents)
        return np.asarray(part / np.maximum(total, 1))


class Documents:
    r"""A batch of documents: id, title, body, language, n_words, n_chrome; and what cleaning found in them (id, kind).

    Of a body of more than :data:`LENGTH` characters only the beginning is seen, and its words; `whole` has all of it.

    >>> some = Documents(pa.table({"title": ["Banjir Surut", None], "body": ["Warga pulang.", ""]}))
    >>> some.lower.to_pylist()
    ['warga pulang.', '']
    >>> some.texts.to_pylist()
    ['Banjir Surut\nWarga pulang.', '\n']
    """

    def __init__(self, table: pa.Table, flags: pa.Table | None = None) -> None:
        self.whole = table.combine_chunks()
        self.table = _beginnings(self.whole)
        self._flags = flags

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def __getitem__(self, column: str) -> pa.Array:
        """A column in one piece."""
        chunks = self.table[column].combine_chunks()
        return chunks if isinstance(chunks, pa.Array) else chunks.chunk(0)

    @cached_property
    def lower(self) -> pa.StringArray:
        """The bodies in lower case."""
        return pc.utf8_lower(self["body"])

    @cached_property
    def titles(self) -> pa.StringArray:
        """The headlines; empty where there is none."""
        return pc.fill_null(self["title"], "")

    @cached_property
    def texts(self) -> pa.StringArray:
        """Headline and body, a line break between them."""
        return pc.binary_join_element_wise(self.titles, self["body"], "\n")

    @cached_property
    def lines_of_few_words(self) -> ShortLines:
        r"""The lines of those documents whose lines are short, in lower case; articles of paragraphs have none here.

        >>> body = ["Beras 14.000\nGula 17.500", "Air surut dan warga pulang ke rumah mereka."]
        >>> some = Documents(pa.table({"body": body, "n_words": pa.array([4, 8], pa.int32())}))
        >>> some.lines_of_few_words.text.to_pylist()
        ['beras 14.000', 'gula 17.500']
        """
        breaks = pc.add(pc.count_substring(self["body"], "\n"), 1)
        short = pc.less_equal(self["n_words"], pc.multiply(breaks, _FEW_WORDS))
        places = pc.indices_nonzero(pc.and_(short, pc.greater(breaks, 1)))
        pieces = pc.split_pattern(self.lower.take(places), "\n")
        document = places.to_numpy()[pc.list_parent_indices(pieces).to_numpy()]
        text = pc.utf8_trim_whitespace(pc.list_flatten(pieces))
        return ShortLines(text, document, n_words(text).to_numpy())

    def flagged(self, *kinds: str) -> npt.NDArray[np.bool_]:
        """The documents in which cleaning found one of these kinds."""
        found = np.zeros(len(self), bool)
        if self._flags is not None and self._flags.num_rows:
            wanted = self._flags.filter(pc.is_in(self._flags["kind"], pa.array(kinds)))
            found |= pc.is_in(self["id"], wanted["id"].combine_chunks()).to_numpy(zero_copy_only=False)
        return found


def _beginnings(table: pa.Table) -> pa.Table:
    """The same with at most :data:`LENGTH` characters of each body, and as many words."""
    if "body" not in table.column_names:
        return table
    long = pc.fill_null(pc.greater(pc.binary_length(table["body"]), LENGTH), False)  # bytes are no fewer
    if not pc.any(long).as_py():
        return table
    begun = pc.utf8_slice_codeunits(table["body"].filter(long), 0, LENGTH).combine_chunks()
    for name, values in (("body", begun), ("n_words", n_words(begun))):
        if name in table.column_names:
            column = pc.replace_with_mask(table[name].combine_chunks(), long.combine_chunks(), values)
            table = table.set_column(table.column_names.index(name), name, column)
    return table
