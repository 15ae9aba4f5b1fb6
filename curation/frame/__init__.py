"""The verbs for notebooks: ``curation.clean(frame)``. A pandas frame in gives pandas out, Arrow gives Arrow."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curation import config as settings
from curation import ledger, schema, store
from curation.annotation import agreement as annotators_agreement
from curation.annotation import codebook as codebooks
from curation.annotation.agreement import columns as answer_columns
from curation.annotation.guideline.changes import NEEDED, today
from curation.dedup.find import near_duplicates
from curation.errors import UsageError
from curation.frame.results import Agreement, Cleaned, Copies, Judged
from curation.language.detect import languages
from curation.quality.text import n_words
from curation.stages.clean import text_digest
from curation.stages.judge import judge_documents, measure_documents
from curation.verbs.files import TABLES, is_articles, run_on_files

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from curation.annotation.agreement.ballots import Kind
    from curation.config import Config


def read(source: str | Path) -> pa.Table:
    """The articles of an input of any readable kind, as the table `articles`.

    Raises:
        UsageError: nothing is there.
        InputError: it can't be read.
    """
    return _run(Path(source), settings.load())["articles"]


def clean(frame: Any, *, config: str | Path | None = None, **overrides: object) -> Cleaned:
    r"""Clean articles: a frame with a text column (text, isi, content ...) and what else is known of them.

    Args:
        frame: pandas, Arrow, what :func:`read` gave, or the path of an input.
        config: a settings file; None takes the shipped defaults.
        **overrides: single settings, with two underscores for the dot: ``rules__disable=["photo_credit"]``.

    Returns:
        The tables articles, rejected, documents, edits, metadata and findings; one article can be explained.

    >>> import pyarrow as pa
    >>> page = "AMBON - Air surut.\nBaca juga: Hujan Reda di Ambon"
    >>> result = clean(pa.table({"judul": ["Air Surut"], "isi": [page]}))
    >>> result.documents["body"].to_pylist()
    ['AMBON - Air surut.']
    """
    loaded = _settings(config, overrides)
    if isinstance(frame, str | Path):
        return Cleaned(_run(Path(frame), loaded, config), settings=loaded)
    table, pandas = _table(frame)
    with tempfile.TemporaryDirectory() as folder:
        # what :func:`read` gave only needs cleaning
        known = is_articles(table.column_names)
        path = Path(folder) / ("articles.parquet" if known else "frame.parquet")
        store.write_table(path, table)
        return Cleaned(_run(path.parent if known else path, loaded, config), pandas, settings=loaded)


def undo(body: str, edits: Any) -> str:
    """Raw text from a body and its rows of the table `edits`, without being given raw.

    Args:
        body: the document's body.
        edits: the document's edits: Arrow, pandas or a list of dictionaries, in any order.

    >>> undo("Air surut.", [{"seq": 0, "start": 10, "end": 13, "removed": "***", "replacement": ""}])
    'Air surut.***'
    """
    rows = edits if isinstance(edits, list) else _table(edits)[0].to_pylist()
    ordered = sorted(rows, key=lambda row: row["seq"])
    return ledger.undo(body, [(row["start"], row["end"], row["removed"], row["replacement"]) for row in ordered])


def judge(documents: Any, findings: Any = None, *, config: str | Path | None = None, **overrides: object) -> Judged:
    """Measure documents and hold them against the limits.

    Args:
        documents: the table that :func:`clean` gives, pandas or Arrow.
        findings: the findings that it gives: some kinds of page are told by what cleaning removed.
        config: a settings file; None takes the shipped defaults.
        **overrides: single settings, with two underscores for the dot: ``quality__profile="gopher"``.

    Returns:
        The tables measures, verdicts and findings (personal data, paragraphs in another language, spam).
    """
    table, pandas = _table(documents)
    texts, loaded = _documents(table), _settings(config, overrides)
    made = measure_documents(texts, None if findings is None else _table(findings)[0])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "measures.parquet"
        store.write_table(path, made["measures"])
        verdicts = judge_documents([path], loaded.quality)
    return Judged({**made, "verdicts": verdicts}, pandas, texts=texts, settings=loaded)


def dedup(documents: Any, *, threshold: float | None = None, config: str | Path | None = None) -> Copies:
    """Near-duplicates among documents (the table that :func:`clean` gives).

    Args:
        documents: pandas or Arrow.
        threshold: Jaccard of five-word shingles from which two are copies.
        config: a settings file; None takes the shipped defaults.

    Returns:
        The tables pairs and clusters; they can be judged by other limits, and looked at pair by pair.

    >>> import pyarrow as pa
    >>> one = "Air Sungai Wai Batu surut pagi ini. Warga Desa Rimbo pulang dan menjemur kasur di halaman sekolah."
    >>> copies = dedup(pa.table({"id": ["a", "b"], "body": [one, one.replace("halaman sekolah", "tepi jalan")]}))
    >>> copies.clusters["size"].to_pylist()
    [2, 2]
    >>> copies.rethreshold(jaccard=0.9, containment=0.9).clusters["size"].to_pylist()
    [1, 1]
    >>> copies.compare("a", "b")
    Comparison(a, b, near)
    """
    table, pandas = _table(documents)
    overrides = {} if threshold is None else {"dedup__jaccard": threshold}
    texts, limits = _documents(table), _settings(config, overrides).dedup
    pairs, clusters = near_duplicates(texts, limits)
    return Copies({"pairs": pairs, "clusters": clusters}, pandas, texts=texts, limits=limits)


def agreement(
    frame: Any,
    *,
    codebook: str | Path | None = None,
    kind: Kind | None = None,
    annotators: Sequence[str] | None = None,
    tasks: Any = None,
    gold: Any = None,
    documents: Any = None,
    resamples: int = 1000,
    seed: int = 1,
    **columns: str,
) -> Agreement:
    """How far annotators agree, question by question: coefficients with 95 % bootstrap intervals.

    Args:
        frame: pandas, Arrow, or the path of a Parquet or CSV file. Long (unit, annotator, value; the table
            `annotations` is one) or wide (a row a unit, columns annotator_1, annotator_2 ...).
        codebook: the codebook.toml, or the name of a shipped codebook; without one, kinds and labels are those
            that the answers show.
        kind: of all questions, where there is no codebook: choice, choices (any number of labels) or spans.
        annotators: the columns of a wide frame that hold answers, where they have other names.
        tasks: the table `tasks`: strata, and which tasks are gold or probes; no coefficient counts those.
        gold: right answers, with columns for unit (task or document), value and perhaps question.
        documents: the table `documents`: how long texts are, for spans.
        resamples: bootstrap samples; 0: no intervals.
        seed: another one draws others.
        **columns: names of columns that are not recognised: ``unit="kalimat", value="sikap"``.

    Returns:
        The tables summary, confusion and annotators. A value that is undefined is null, and its note says why.

    Raises:
        UsageError: a column can't be told.
        DataError: an answer lacks its unit or annotator, or somebody gave two where one is asked for.

    >>> import pyarrow as pa
    >>> votes = {"judul": ["a", "b", "c"], "annotator_1": [1, 0, 1], "annotator_2": [1, 0, 0]}
    >>> agreement(pa.table(votes), unit="judul")
    Agreement(answer: alpha 0.444)
    """
    table, pandas = _answers(frame)
    book = None
    if codebook is not None:
        shipped = str(codebook) in codebooks.shipped_names()
        book = codebooks.shipped(str(codebook)) if shipped else codebooks.load(Path(codebook))
    if book is not None and set(NEEDED) <= set(table.column_names):
        table = today(table, book)
    lengths = {}
    if documents is not None:
        texts = _table(documents)[0]
        lengths = dict(zip(texts["id"].to_pylist(), pc.utf8_length(texts["body"]).to_pylist(), strict=True))
    made = annotators_agreement.measure(
        answer_columns.answers(table, columns, annotators),
        codebook=book,
        kind=kind,
        tasks=None if tasks is None else _table(tasks)[0],
        gold=None if gold is None else answer_columns.expected(_answers(gold)[0]),
        lengths_of=lengths,
        resamples=resamples,
        seed=seed,
    )
    return Agreement(made, pandas)


def _answers(frame: Any) -> tuple[pa.Table, bool]:
    """A frame or a file of answers."""
    if isinstance(frame, str | Path):
        return answer_columns.read(Path(frame)), False
    try:
        return _table(frame)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        remedy = "Make the column text: frame[name].astype(str)"
        raise UsageError(f"a column holds values of several kinds ({error.args[0]})", remedy=remedy) from None


def _settings(config: str | Path | None, overrides: Mapping[str, object]) -> Config:
    given = tuple(f"{name.replace('__', '.')}={_toml(value)}" for name, value in overrides.items())
    return settings.load(Path(config) if config else None, given)


def _toml(value: object) -> str:
    return store.canonical_json(value)


def _table(frame: Any) -> tuple[pa.Table, bool]:
    if isinstance(frame, pa.Table):
        return frame, False
    if hasattr(frame, "to_dict") and hasattr(frame, "columns"):
        return pa.Table.from_pandas(frame, preserve_index=False), True
    raise UsageError(
        f"a pandas frame or an Arrow table is needed, not {type(frame).__name__}", remedy="Write pandas.DataFrame(...)."
    )


def _documents(table: pa.Table) -> pa.Table:
    """A frame with at least id and body as the table `documents`; what can be computed is, the rest is null.

    Raises:
        UsageError: a column is missing that nothing can stand for.
    """
    wanted = schema.arrow_schema("documents")
    missing = [name for name in ("id", "body") if name not in table.column_names]
    if missing:
        raise UsageError(f"the frame lacks the column(s) {', '.join(missing)}", remedy="Make it with curation.clean.")
    given = {field.name: table[field.name].cast(field.type) for field in wanted if field.name in table.column_names}
    bodies = given["body"].combine_chunks()
    computed: dict[str, Callable[[], pa.Array]] = {
        "n_words": lambda: n_words(bodies),
        "language": lambda: pa.array(languages(bodies.to_pylist()), pa.string()),
        "text_sha256": lambda: pa.array([text_digest(body) for body in bodies.to_pylist()], pa.string()),
        "outlet": lambda: pa.repeat("unknown", table.num_rows),
        "tags": lambda: pa.array([[]] * table.num_rows, pa.list_(pa.string())),
    }
    columns = {}
    for column in wanted:
        if column.name in given:
            columns[column.name] = given[column.name]
        elif column.name in computed:
            columns[column.name] = computed[column.name]()
        else:
            columns[column.name] = pa.nulls(table.num_rows, column.type)
    return schema.conform("documents", pa.table(columns))


def _run(source: Path, loaded: Config, config: str | Path | None = None) -> dict[str, pa.Table]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        run_on_files(source, out, "clean", loaded, home=Path(config).parent if config else None)
        names = [name for tables in TABLES["clean"].values() for name in tables]
        return {name: store.read_table(out / f"{name}.parquet") for name in names}
