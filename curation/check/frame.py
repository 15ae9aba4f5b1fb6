"""The narrow frames that suites look at: lengths, booleans, years and ids, derived by DuckDB from Parquet.

A pandas frame with the texts in it costs Great Expectations over ten times the time and memory (it hashes the
whole frame), and its reports print unexpected values, which would leak text that a release withholds.
"""

from __future__ import annotations

import hashlib
import unicodedata
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from curation import schema, store
from curation.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

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

#: Bounded, and offline: DuckDB would fetch an extension that it lacks.
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "1GB",
    "autoinstall_known_extensions": False,
}

RAW = f"""
    SELECT id, id AS article_id, batch, length(raw) AS n_chars,
           n_replaced / greatest(length(raw), 1) AS replaced_share,
           url IS NOT NULL AS has_url, published_at IS NOT NULL AS has_date, year(published_at) AS year,
           regexp_matches(raw, '{MARKUP}') AS has_markup, regexp_matches(raw, '{MOJIBAKE}') AS has_mojibake,
           regexp_matches(url, '{ADDRESS}') AS url_is_address, outlet <> 'unknown' AS knows_outlet,
           CASE WHEN url_key IS NOT NULL THEN row_number() OVER (PARTITION BY url_key ORDER BY id) = 1 END AS new_page,
           fetched_at >= published_at - INTERVAL 1 DAY AS fetched_after, false AS broken
    FROM articles
    UNION ALL BY NAME
    SELECT source_ref AS id, batch, reason IN {BROKEN} AS broken FROM rejected
    WHERE reason NOT IN ('repeat', 'joined', 'withdrawn')
"""

CLEAN = """
    SELECT d.id, length(d.body) AS n_chars, d.language = 'id' AS is_indonesian,
           d.title IS NOT NULL AS has_title, year(d.published_at) AS year,
           1 - length(d.body) / nullif(length(a.raw), 0) AS removed_share,
           CASE WHEN count(*) OVER outlet >= 20
               THEN median(1 - length(d.body) / nullif(length(a.raw), 0)) OVER outlet END AS outlet_removed_share,
           CASE WHEN length(d.title) > 20 THEN starts_with(lower(d.body), lower(d.title)) END AS repeats_title,
           a.id IS NOT NULL AS has_article,
           d.text_sha256 = digest_of(d.body) AS sha256_matches,
           CASE WHEN $decided THEN s.id IS NOT NULL END AS is_decided,
           CASE WHEN s.selected THEN d.n_words END AS selected_words,
           CASE WHEN s.selected AND s.keeper_id = d.id THEN c.cluster_id END AS kept_cluster,
           CASE WHEN s.id IS NOT NULL THEN k.id IS NOT NULL END AS keeper_exists
    FROM documents d LEFT JOIN articles a ON a.id = d.id LEFT JOIN selection s ON s.id = d.id
    LEFT JOIN clusters c ON c.id = d.id LEFT JOIN (SELECT DISTINCT id FROM documents) k ON k.id = s.keeper_id
    WINDOW outlet AS (PARTITION BY d.outlet)
"""

ANNOTATED = """
    WITH answers AS (
        SELECT *, count(DISTINCT annotation_id) OVER (PARTITION BY campaign, task_key, annotator) AS n_given
        FROM annotations
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
    LEFT JOIN documents d ON d.id = n.document_id
    UNION ALL BY NAME
    SELECT task_key AS id, false AS is_answered
    FROM tasks t ANTI JOIN annotations n ON t.campaign = n.campaign AND t.task_key = n.task_key
    UNION ALL BY NAME
    SELECT task_key AS id, count(DISTINCT annotator) FILTER (WHERE state = 'answered') >= max(wanted) AS has_enough
    FROM assignments WHERE state <> 'superseded' GROUP BY task_key HAVING bool_or(state = 'answered')
    UNION ALL BY NAME
    FROM figures
"""

RELEASED = """
    WITH narrow AS (
        SELECT id, outlet, language = 'id' AS is_indonesian, year(published_at) AS year, n_words, text_access,
               cluster_id, text_access NOT IN ('withheld', 'withdrawn') OR (body IS NULL AND title IS NULL
                   AND byline IS NULL AND dateline IS NULL AND len(tags) = 0) AS withheld_is_empty,
               text_access <> 'withdrawn' AND list_contains($withdrawn, id) AS is_withdrawn,
               CASE WHEN $public THEN regexp_matches(concat_ws(' ', title, body), $private) END AS shows_private,
               text_access IN ('withheld', 'withdrawn') OR body IS NOT NULL AS given_is_there,
               NOT $public OR body IS NULL OR licence IS NOT NULL AS has_licence,
               split, CASE WHEN split <> 'held' THEN min(split) OVER cluster = max(split) OVER cluster END AS one_split,
               CASE WHEN text_access = 'full' THEN text_sha256 = digest_of(body) END AS sha256_matches,
               coalesce(published_at, 'infinity') AS moment, filename, file_row_number
        FROM released WINDOW cluster AS (PARTITION BY cluster_id, split = 'held')
    ), ordered AS (
        SELECT *, lag(id) OVER reading AS id_before, lag(moment) OVER reading AS moment_before
        FROM narrow WINDOW reading AS (PARTITION BY filename ORDER BY file_row_number)
    )
    SELECT * EXCLUDE (moment, filename, file_row_number, id_before, moment_before),
           id_before IS NULL OR moment_before < moment
               OR (moment_before = moment AND id_before < id) AS in_order
    FROM ordered
"""


#: a row an annotator, with the share of gold tasks answered rightly, or a question, with how far people agree
FIGURES = pa.schema([("id", pa.string()), ("gold_share", pa.float64()), ("alpha", pa.float64())])


def raw(articles: Places, rejected: Places) -> pd.DataFrame:
    """One row an input that is new: an article, or one that was rejected as broken."""
    return _frame(RAW, {"articles": articles, "rejected": rejected})


def clean(
    documents: Places, articles: Places, selection: Path | None = None, clusters: Path | None = None
) -> pd.DataFrame:
    """One row a document; what needs selection or clusters is null where they are not given."""
    places = {"documents": documents, "articles": articles, "selection": selection, "clusters": clusters}
    return _frame(CLEAN, places, {"decided": selection is not None})


def annotated(
    annotations: Places,
    tasks: Places,
    known: Mapping[str, Collection[str] | None],
    documents: Places | None = None,
    assignments: Path | None = None,
    figures: pa.Table | None = None,
) -> pd.DataFrame:
    """One row an answer, one a task that nobody answered, one a task that was assigned, and those of the figures.

    Args:
        annotations: the table.
        tasks: the table.
        known: the codebook's values by question; None for a question with free answers.
        documents: the texts that span quotes are compared with.
        assignments: how many annotators each task shall have.
        figures: what was counted of annotators and questions (see :data:`FIGURES`).
    """
    rows = [(q, value) for q, values in known.items() for value in ([None] if values is None else values)]
    book = pa.table(
        {"question": pa.array([q for q, _ in rows], pa.string()),
         "value": pa.array([v for _, v in rows], pa.string())}
    )  # fmt: skip
    places = {"annotations": annotations, "tasks": tasks, "documents": documents, "assignments": assignments}
    counted = FIGURES.empty_table() if figures is None else figures.select(FIGURES.names).cast(FIGURES)
    return _frame(ANNOTATED, places, {"texts": documents is not None}, known=book, figures=counted)


def released(table: Path, public: bool = False, withdrawn: Collection[str] = ()) -> pd.DataFrame:
    """One row a published document; in the public flavour, a text needs a licence, and shows no private data."""
    params = {"public": public, "private": PRIVATE, "withdrawn": sorted(withdrawn)}
    return _frame(RELEASED, {"released": table}, params)


def _frame(
    query: str,
    places: Mapping[str, Places | None],
    params: Mapping[str, Any] | None = None,
    **tables: pa.Table,
) -> pd.DataFrame:
    import duckdb
    from duckdb.func import ARROW

    with closing(duckdb.connect(":memory:", config=SETTINGS)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.create_function("digest_of", _digests, ["VARCHAR"], "VARCHAR", type=ARROW)
        for name, table in tables.items():
            connection.register(name, table)
        try:
            for name, place in places.items():
                _view(connection, name, place)
            made: pd.DataFrame = connection.sql(query, params=params).to_arrow_table().to_pandas()
            return made
        except duckdb.Error as error:
            where = ", ".join(str(path) for place in places.values() for path in _paths(place))
            raise InputError(f"can't be checked: {str(error).splitlines()[0]}", where=where) from error


def _digests(texts: pa.ChunkedArray) -> pa.Array:
    """The column text_sha256 of texts; DuckDB's own nfc_normalize takes six times as long, also for what is NFC."""
    values = (unicodedata.normalize("NFC", text).encode() for text in texts.to_pylist())
    return pa.array([hashlib.sha256(value).hexdigest() for value in values], pa.string())


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
