"""What the verbs give: frozen tables that show themselves in a notebook."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from curation.annotation.agreement.page import agreement_html
from curation.annotation.agreement.text import agreement_line, agreement_text
from curation.dedup import kind
from curation.dedup.cluster import clusters as make_clusters
from curation.errors import UsageError
from curation.explain.compare import Comparison
from curation.explain.explanation import explain_tables
from curation.verbs.borderline import borderline as nearest_to_a_limit
from curation.verbs.pairs import pair_rows, with_limits

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from curation.config import Config, Dedup
    from curation.explain.explanation import Explanation


@dataclass(frozen=True, repr=False)
class Result:
    """Named tables; :meth:`to_pandas` gives them as frames."""

    tables: Mapping[str, pa.Table]
    #: whether the input was a pandas frame: then the attributes are frames too
    pandas: bool = False

    def __getattr__(self, name: str) -> Any:
        """A table by name: ``result.documents``."""
        try:
            table = self.tables[name]
        except KeyError:
            raise AttributeError(f"no table '{name}'; there are: {', '.join(self.tables)}") from None
        return table.to_pandas() if self.pandas else table

    def to_pandas(self) -> dict[str, Any]:
        """All tables as pandas frames."""
        return {name: table.to_pandas() for name, table in self.tables.items()}

    def __repr__(self) -> str:
        rows = ", ".join(f"{name}: {table.num_rows:,} rows" for name, table in self.tables.items())
        return f"{type(self).__name__}({rows})"


@dataclass(frozen=True, repr=False)
class Cleaned(Result):
    """The tables articles, rejected, documents, edits, metadata and findings."""

    settings: Config = field(kw_only=True)

    def explain(self, key: str) -> Explanation:
        """One article: every edit and its rule, what was read, what is beyond a limit. In a terminal with ``print``.

        Args:
            key: id or its beginning (6 digits or more), URL or source_ref; of a rejected input its source_ref.

        Raises:
            UsageError: nothing is known by this key, or more than one page is.
        """
        return explain_tables(self.tables, key, self.settings)

    def _repr_html_(self) -> str:
        from curation.frame.notebook import cleaned_piece

        return cleaned_piece(self.tables, self.settings)


@dataclass(frozen=True, repr=False)
class Judged(Result):
    """The tables measures, verdicts and findings."""

    #: the table `documents`
    texts: pa.Table = field(kw_only=True)
    settings: Config = field(kw_only=True)

    def _repr_html_(self) -> str:
        from curation.frame.notebook import judged_piece

        return judged_piece(self.tables, self.texts, self.settings)


@dataclass(frozen=True, repr=False)
class Copies(Result):
    """The tables pairs and clusters, and what they were made of."""

    #: the table `documents`
    texts: pa.Table = field(kw_only=True)
    limits: Dedup = field(kw_only=True)

    def rethreshold(self, jaccard: float | None = None, containment: float | None = None) -> Copies:
        """The pairs and clusters by other limits, from what was measured: no text is read.

        Args:
            jaccard: least share of shingles of both that are shared; None keeps the limit.
            containment: least share of the shorter text that the other holds; None keeps the limit.

        Raises:
            UsageError: a limit is below what was measured.
        """
        limits = with_limits(self.limits, jaccard, containment)
        pairs = kind.judge(self.tables["pairs"], limits)
        tables = {"pairs": pairs, "clusters": make_clusters(self.tables["clusters"]["id"], pairs)}
        return replace(self, tables=tables, limits=limits)

    def borderline(self, n: int = 20) -> Any:
        """The `n` pairs that the smallest move of a limit would flip, and what would flip them: nearest first."""
        found = nearest_to_a_limit(self.tables["pairs"], self.limits, n)
        return found.to_pandas() if self.pandas else found

    def compare(self, id_a: str, id_b: str) -> Comparison:
        """Two documents side by side, word by word: in a notebook as it is, in a terminal with ``print``.

        Raises:
            UsageError: there is no such document.
        """
        pair = pair_rows(self.tables["pairs"], [(min(id_a, id_b), max(id_a, id_b))])[0]
        rows = [self.texts.filter(pc.equal(self.texts["id"], pair[name])).to_pylist() for name in ("id_a", "id_b")]
        for name, found in zip(("id_a", "id_b"), rows, strict=True):
            if not found:
                raise UsageError(
                    f"no document has the id '{pair[name]}'", remedy="Ids stand in the column id of texts."
                )
        return Comparison(rows[0][0], rows[1][0], pair if "kind" in pair else None)

    def _repr_html_(self) -> str:
        from curation.frame.notebook import copies_piece

        return copies_piece(self)


@dataclass(frozen=True, repr=False)
class Agreement(Result):
    """The tables summary, confusion and annotators: in a notebook as they are, in a terminal with ``print``."""

    def __str__(self) -> str:
        return agreement_text(self.tables)

    def __repr__(self) -> str:
        return f"Agreement({agreement_line(self.tables)})"

    def _repr_html_(self) -> str:
        return agreement_html(self.tables)
