"""The documents that measures look at, with what several of them need made once."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc


class Documents:
    r"""A batch of documents: id, title, body, language, n_words, n_chrome; and what cleaning found in them (id, kind).

    >>> some = Documents(pa.table({"title": ["Banjir Surut", None], "body": ["Warga pulang.", ""]}))
    >>> some.lower.to_pylist()
    ['warga pulang.', '']
    >>> some.texts.to_pylist()
    ['Banjir Surut\nWarga pulang.', '\n']
    """

    def __init__(self, table: pa.Table, flags: pa.Table | None = None) -> None:
        self.table = table.combine_chunks()
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

    def flagged(self, *kinds: str) -> npt.NDArray[np.bool_]:
        """The documents in which cleaning found one of these kinds."""
        found = np.zeros(len(self), bool)
        if self._flags is not None and self._flags.num_rows:
            wanted = self._flags.filter(pc.is_in(self._flags["kind"], pa.array(kinds)))
            found |= pc.is_in(self["id"], wanted["id"].combine_chunks()).to_numpy(zero_copy_only=False)
        return found
