"""The narrow frames that suites look at: lengths, booleans, years and ids, derived by DuckDB from Parquet.

A pandas frame with the texts in it costs Great Expectations over ten times the time and memory (it hashes the
whole frame), and its reports print unexpected values, which would leak text that a release withholds.

In each query, what is told of a text is written down first (``MATERIALIZED``), so that joins, windows and what DuckDB
spills hold narrow rows: else it carries the texts through all of them, and a million documents need more than is given.
"""

from __future__ import annotations

import os
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from curation import schema, store
from curation.config import Engine
from curation.errors import InputError, UsageError
from curation.kernels.digests import text_digests

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    import duckdb
    import pandas as pd

    #: one table: a file, a folder of parts, or those of several batches
    Places = Path | Sequence[Path]

#: Left over from HTML, and UTF-8 read as Latin-1: signs of a broken extraction or decoding.
MARKUP = r"<(?:p|br|div|span|script|a|img)\b[^<>]*>"
MOJIBAKE = r"Ã[\x{80}-\x{BF}]|â€|Â[\x{A0}-\x{BF}]"

#: What a browser could open; what a text for everybody should not show: an e-mail address, a NIK, a mobile number.
ADDRESS = r"^https?://[^/\s]+\.[^/\s]+"
PRIVATE = r"[\w.+-]+@[\w-]+\.\w|\b\d{16}\b|(?:\+62|\b0)8\d{2}[ -]?\d{3,4}[ -]?\d{3,5}\b"

#: Reasons of `rejected` that speak of a broken input; repeats, joined pages and withdrawals are in order.
BROKEN = ("empty", "malformed", "unreadable", "no_text")

RAW = f"""
    WITH narrow AS MATERIALIZED (
        SELECT id, id AS article_id, batch, url_key, length(raw) AS n_chars,
               n_replaced / greatest(length(raw), 1) AS replaced_share,
               url IS NOT NULL AS has_url, published_at IS NOT NULL AS has_date, year(published_at) AS year,
               regexp_matches(raw, '{MARKUP}') AS has_markup, regexp_matches(raw, '{MOJIBAKE}') AS has_mojibake,
               regexp_matches(url, '{ADDRESS}') AS url_is_address, outlet <> 'unknown' AS knows_outlet,
               fetched_at >= published_at - INTERVAL 1 DAY AS fetched_after, false AS broken
        FROM articles
    )
    SELECT * EXCLUDE (url_key),
           CASE WHEN url_key IS NOT NULL THEN row_number() OVER (PARTITION BY url_key ORDER BY id) = 1 END AS new_page
    FROM narrow
    UNION ALL BY NAME
    SELECT source_ref AS id, batch, reason IN {BROKEN} AS broken FROM rejected
    WHERE reason NOT IN ('repeat', 'joined', 'withdrawn')
"""

CLEAN = """
    WITH bodies AS MATERIALIZED (
        SELECT id, outlet, length(body) AS n_chars, language = 'id' AS is_indonesian, title IS NOT NULL AS has_title,
               year(published_at) AS year, n_words, text_sha256 = digest_of(body) AS sha256_matches,
               CASE WHEN length(title) > 20 THEN starts_with(lower(body), lower(title)) END AS repeats_title
        FROM documents
    ), raws AS MATERIALIZED (
        SELECT id, length(raw) AS n_chars FROM articles
    ), joined AS MATERIALIZED (
        SELECT d.*, 1 - d.n_chars / nullif(a.n_chars, 0) AS removed_share, a.id IS NOT NULL AS has_article,
               CASE WHEN $decided THEN s.id IS NOT NULL END AS is_decided,
               CASE WHEN s.selected THEN d.n_words END AS selected_words,
               CASE WHEN s.selected AND s.keeper_id = d.id THEN c.cluster_id END AS kept_cluster,
               CASE WHEN s.id IS NOT NULL THEN k.id IS NOT NULL END AS keeper_exists
        FROM bodies d LEFT JOIN raws a ON a.id = d.id LEFT JOIN selection s ON s.id = d.id
        LEFT JOIN clusters c ON c.id = d.id LEFT JOIN (SELECT DISTINCT id FROM bodies) k ON k.id = s.keeper_id
    ), outlets AS (
        SELECT outlet, median(removed_share) AS outlet_removed_share FROM joined GROUP BY outlet HAVING count(*) >= 20
    )
    SELECT joined.* EXCLUDE (outlet, n_words), outlet_removed_share FROM joined LEFT JOIN outlets USING (outlet)
"""

ANNOTATED = """
    WITH answers AS (
        SELECT *, count(DISTINCT annotation_id) OVER (PARTITION BY campaign, task_key, annotator) AS n_given
        FROM annotations
    ), texts AS MATERIALIZED (
        SELECT d.id, d.title, d.body, d.text_sha256 FROM documents d
        SEMI JOIN annotations n ON n.document_id = d.id
    )
    SELECT n.annotation_id AS id, n.annotator, true AS is_answered, t.task_key IS NOT NULL AS has_task,
           n.text_sha256 = t.text_sha256 AS is_task_text, n.skipped, n.lead_time,
           CASE WHEN $texts THEN d.id IS NOT NULL END AS has_document, n.n_given > 1 AS answered_twice,
           n."end" - n."start" AS span_chars,
           CASE WHEN n.text_sha256 = d.text_sha256 THEN n.quote = substring(
               CASE n.field WHEN 'title' THEN d.title ELSE d.body END, n."start" + 1, n."end" - n."start")
               END AS quote_matches,
           CASE WHEN NOT n.skipped THEN EXISTS (
               FROM known w WHERE w.question = n.question AND (w.value = n.value OR w.value IS NULL))
               END AS known_value
    FROM answers n LEFT JOIN tasks t ON t.campaign = n.campaign AND t.task_key = n.task_key
    LEFT JOIN texts d ON d.id = n.document_id
    UNION ALL BY NAME
    SELECT task_key AS id, false AS is_answered
    FROM tasks t ANTI JOIN annotations n ON t.campaign = n.campaign AND t.task_key = n.task_key
    UNION ALL BY NAME
    SELECT task_key AS id, count(DISTINCT annotator) FILTER (WHERE state = 'answered') >= max(wanted) AS has_enough
    FROM assignments WHERE state <> 'superseded' GROUP BY task_key HAVING bool_or(state = 'answered')
    UNION ALL BY NAME
    FROM figures
"""

#: what is seen of a published text: a row a document, in the order of its file
SEEN = """
    SELECT id, outlet, language, published_at, n_words, text_access, licence, cluster_id, split,
           body IS NOT NULL AS has_body, body IS NULL AND title IS NULL AND byline IS NULL AND dateline IS NULL
               AND len(tags) = 0 AS is_empty,
           CASE WHEN text_access = 'full' THEN text_sha256 = digest_of(body) END AS sha256_matches,
           CASE WHEN $public THEN regexp_matches(concat_ws(' ', title, body), $private) END AS shows_private,
           filename AS file, file_row_number
    FROM released
"""

RELEASED = """
    narrow AS MATERIALIZED (
        SELECT id, outlet, language = 'id' AS is_indonesian, year(published_at) AS year, n_words, text_access,
               cluster_id, text_access NOT IN ('withheld', 'withdrawn') OR is_empty AS withheld_is_empty,
               text_access <> 'withdrawn' AND list_contains($withdrawn, id) AS is_withdrawn, shows_private,
               text_access IN ('withheld', 'withdrawn') OR has_body AS given_is_there,
               NOT $public OR NOT has_body OR licence IS NOT NULL AS has_licence,
               split, sha256_matches, coalesce(published_at, 'infinity') AS moment, file, file_row_number AS place
        FROM seen
    ), torn AS (
        SELECT cluster_id FROM narrow WHERE split <> 'held' GROUP BY cluster_id HAVING min(split) < max(split)
    )
    SELECT n.* EXCLUDE (moment, file, place),
           CASE WHEN n.split <> 'held' THEN torn.cluster_id IS NULL END AS one_split,
           b.id IS NULL OR (b.moment, b.id) < (n.moment, n.id) AS in_order
    FROM narrow n LEFT JOIN torn ON torn.cluster_id = n.cluster_id
    LEFT JOIN narrow b ON b.file = n.file AND b.place = n.place - 1
"""


#: a row an annotator, with the share of gold tasks answered rightly, or a question, with how far people agree
FIGURES = pa.schema([("id", pa.string()), ("gold_share", pa.float64()), ("alpha", pa.float64())])


_ENGINE = Engine()


@dataclass(frozen=True)
class Bounds:
    """What looking at tables may take: memory and threads as settings say, and a folder for what does not fit.

    Args:
        engine: the settings.
        scratch: the folder; None takes the system's for temporary files.
    """

    engine: Engine = _ENGINE
    scratch: Path | None = None


DEFAULT = Bounds()


def raw(articles: Places, rejected: Places, bounds: Bounds = DEFAULT) -> pd.DataFrame:
    """One row an input that is new: an article, or one that was rejected as broken."""
    return _frame(RAW, {"articles": articles, "rejected": rejected}, bounds)


def clean(
    documents: Places,
    articles: Places,
    selection: Path | None = None,
    clusters: Path | None = None,
    bounds: Bounds = DEFAULT,
) -> pd.DataFrame:
    """One row a document; what needs selection or clusters is null where they are not given."""
    places = {"documents": documents, "articles": articles, "selection": selection, "clusters": clusters}
    return _frame(CLEAN, places, bounds, {"decided": selection is not None})


def annotated(
    annotations: Places,
    tasks: Places,
    known: Mapping[str, Collection[str] | None],
    documents: Places | None = None,
    assignments: Path | None = None,
    figures: pa.Table | None = None,
    bounds: Bounds = DEFAULT,
) -> pd.DataFrame:
    """One row an answer, one a task that nobody answered, one a task that was assigned, and those of the figures.

    Args:
        annotations: the table.
        tasks: the table.
        known: the codebook's values by question; None for a question with free answers.
        documents: the texts that span quotes are compared with.
        assignments: how many annotators each task shall have.
        figures: what was counted of annotators and questions (see :data:`FIGURES`).
        bounds: what it may take.
    """
    rows = [(q, value) for q, values in known.items() for value in ([None] if values is None else values)]
    book = pa.table(
        {"question": pa.array([q for q, _ in rows], pa.string()),
         "value": pa.array([v for _, v in rows], pa.string())}
    )  # fmt: skip
    places = {"annotations": annotations, "tasks": tasks, "documents": documents, "assignments": assignments}
    counted = FIGURES.empty_table() if figures is None else figures.select(FIGURES.names).cast(FIGURES)
    return _frame(ANNOTATED, places, bounds, {"texts": documents is not None}, known=book, figures=counted)


def released(
    table: Path,
    public: bool = False,
    withdrawn: Collection[str] = (),
    seen: pa.Table | None = None,
    bounds: Bounds = DEFAULT,
) -> pd.DataFrame:
    """One row a published document; in the public flavour, a text needs a licence, and shows no private data.

    Args:
        table: what is published.
        public: whether it is for everybody.
        withdrawn: ids of what was taken down.
        seen: the columns of :data:`SEEN` for all of it, where somebody has just read the texts; None reads them here.
        bounds: what it may take.
    """
    params = {"public": public, "withdrawn": sorted(withdrawn)}
    if seen is not None:
        return _frame(f"WITH {RELEASED}", {}, bounds, params, seen=seen)
    query = f"WITH seen AS MATERIALIZED ({SEEN}), {RELEASED}"
    return _frame(query, {"released": table}, bounds, params | {"private": PRIVATE})


def _frame(
    query: str,
    places: Mapping[str, Places | None],
    bounds: Bounds,
    params: Mapping[str, Any] | None = None,
    **tables: pa.Table,
) -> pd.DataFrame:
    import duckdb
    from duckdb.func import ARROW

    with _spill(bounds) as folder, closing(duckdb.connect(":memory:", config=_settings(bounds, folder))) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.create_function("digest_of", text_digests, ["VARCHAR"], "VARCHAR", type=ARROW)
        for name, table in tables.items():
            connection.register(name, table)
        try:
            for name, place in places.items():
                _view(connection, name, place)
            made = connection.sql(query, params=params).to_arrow_table()
            frame: pd.DataFrame = made.cast(_wide(made.schema)).to_pandas()
            return frame
        except duckdb.Error as error:
            where = ", ".join(str(path) for place in places.values() for path in _paths(place))
            raise InputError(
                f"can't be checked: {str(error).splitlines()[0]}",
                where=where,
                remedy="A damaged table is made again with: curation run; more memory is given by [engine] memory.",
            ) from error


def _wide(made: pa.Schema) -> pa.Schema:
    """The same with one type of integers: Great Expectations compares those of any other value by value, in Python."""
    return pa.schema([field.with_type(pa.int64()) if pa.types.is_integer(field.type) else field for field in made])


@contextmanager
def _spill(bounds: Bounds) -> Iterator[Path]:
    """The folder that takes what does not fit; nothing is left in it."""
    if bounds.scratch:
        bounds.scratch.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="check-", dir=bounds.scratch) as made:
        yield Path(made)


def _settings(bounds: Bounds, folder: Path) -> dict[str, str | bool | int | float | list[str]]:
    """Bounded, and offline: DuckDB would fetch an extension that it lacks."""
    return {
        "memory_limit": bounds.engine.memory,
        "threads": bounds.engine.workers or os.cpu_count() or 1,
        "temp_directory": str(folder),
        "preserve_insertion_order": False,
        "autoinstall_known_extensions": False,
    }


def _view(connection: duckdb.DuckDBPyConnection, name: str, place: Places | None) -> None:
    """A table by name: its Parquet files, or no rows where a stage had nothing to write."""
    files: list[Path] = []
    for path in _paths(place):
        found = store.parquet_files(path)
        if not found and (path.suffix == ".parquet" or not (path.parent / store.MANIFEST).exists()):
            raise UsageError("no such table", where=str(path), remedy="Make it with: curation run")
        files += found
    if files:
        names = [str(file) for file in files]
        connection.read_parquet(names, filename=True, file_row_number=True).create_view(name)
    else:
        nothing = schema.empty(name).append_column("filename", pa.array([], pa.string()))
        connection.register(name, nothing.append_column("file_row_number", pa.array([], pa.int64())))


def _paths(place: Places | None) -> Sequence[Path]:
    return [] if place is None else [place] if isinstance(place, Path) else place
