"""Which lines hold which literals: one pass over a batch for all rules of a step."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa


class Literals:
    """Groups of lower-case strings, looked for together, whatever the case of the text (of its ASCII letters).

    >>> import pyarrow as pa
    >>> wanted = Literals([["baca juga", "simak"], ["iklan"]])
    >>> wanted.find(pa.array(["BACA JUGA: Iklan", "Air surut", "Simak"])).tolist()
    [[True, False, True], [True, False, False]]
    """

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        from curation.kernels.automaton import automaton

        self.automaton = automaton(groups)
        self.groups = len(groups)

    def find(self, texts: pa.StringArray) -> npt.NDArray[np.bool_]:
        """Groups × texts: whether a text holds a string of the group."""
        from curation.kernels.automaton import search
        from curation.kernels.strings import strings

        found = np.zeros((self.groups, len(texts)), bool)
        search(strings(texts), self.automaton, found)
        return found


@lru_cache(maxsize=16)
def literals(groups: tuple[tuple[str, ...], ...]) -> Literals:
    """The same, made once for each set of rules."""
    return Literals(groups)
