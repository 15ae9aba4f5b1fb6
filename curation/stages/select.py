"""select: which documents make the corpus, which copy of a story is kept, and why.

The keeper of a cluster is the first by: a person's choice, frozen (labelled or released before), in scope and past
its verdict, the latest version of its page, not copied from another member, of a known address, complete (90 % of the
longest), clean (least removed), early, id.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from curation import schema, store
from curation.workspace.decisions import by_id, named

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from curation.config import Scope
    from curation.engine import Engine
    from curation.workspace.decisions import Decision

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]

#: documents that are selected at a time; each takes some 700 bytes
TOGETHER = 1_000_000
#: of temporary files
_IN_A_FILE = 100_000

CODE = ("schema.py", "stages/select.py", "workspace/decisions.py")

#: scope is in days as most readers' clocks show them
_JAKARTA = dt.timedelta(hours=7)
_NARROW = ("id", "url", "url_key", "outlet", "published_at", "n_words")


@dataclass(frozen=True)
class Wishes:
    """What decides beside the documents themselves; picklable."""

    scope: Scope
    #: of people
    decisions: list[Decision]
    #: documents that were labelled or released
    frozen: Collection[str] = ()
    #: (id, release) of published documents
    released: pa.Table | None = None


def select_corpus(
    documents: Sequence[Path],
    verdicts: Callable[[], Iterable[pa.Table]],
    copies: store.Stage,
    wishes: Wishes,
    engine: Engine,
    scratch: Path,
    draft: store.Draft,
) -> None:
    """Write the tables `verdicts` and `selection` of a corpus.

    No cluster has to do with another one, so a large corpus is taken apart by them.

    Args:
        documents: the table of each batch, in the order of arrival.
        verdicts: gives the table of the same documents in parts, as often as asked.
        copies: holds the tables clusters and pairs.
        wishes: what decides.
        engine: brings clusters together.
        scratch: folder for temporary files.
        draft: takes the tables.
    """
    apart = sum(map(store.count_rows, documents)) // TOGETHER
    if not apart:
        judgements = pa.concat_tables([schema.empty("verdicts"), *verdicts()])
        pairs, clusters = copies.read("pairs"), copies.read("clusters")
        selection = _select(survey(documents, wishes.scope), judgements, clusters, pairs, wishes)
        draft.write(0, {"verdicts": judgements, "selection": selection})
        return
    shutil.rmtree(scratch, ignore_errors=True)
    clusters = copies.read("clusters", ["id", "cluster_id"])
    keys = schema.id_numbers(clusters["id"])  # sorted, as the table is

    def beside_clusters(name: str, tables: Iterable[pa.Table], key: str = "id") -> list[Path]:
        files: list[Path] = []
        for table in store.together(tables, _IN_A_FILE):
            cluster = clusters["cluster_id"].take(pa.array(np.searchsorted(keys, schema.id_numbers(table[key]))))
            files.append(scratch / name / f"{len(files):05d}.parquet")
            store.write_table(files[-1], table.append_column("cluster_id", cluster))
        return files

    rows = [beside_clusters("narrow", _surveyed(documents, wishes.scope)), beside_clusters("verdicts", verdicts())]
    merged = chain([schema.empty("pairs")], store.scan([copies.table("pairs")]))
    sources = [*rows, beside_clusters("pairs", merged, "id_a")]
    kind = schema.arrow_schema("selection")
    function = partial(_select_clusters, wishes=wishes)
    engine.map_groups(function, sources, scratch / "selected", ["cluster_id"], 1 + apart, kind)
    engine.sort(store.parquet_files(scratch / "selected"), scratch / "selection.parquet", ["id"], kind)
    made = {"selection": store.scan([scratch / "selection.parquet"]), "verdicts": verdicts()}
    parts = ({name: table} for name, tables in made.items() for table in store.together(tables, TOGETHER))
    for part, tables in enumerate(parts):
        draft.write(part, tables)
    shutil.rmtree(scratch)


def _select_clusters(narrow: pa.Table, verdicts: pa.Table, pairs: pa.Table, wishes: Wishes) -> pa.Table:
    return _select(narrow, verdicts, narrow.select(["id", "cluster_id"]), pairs, wishes)


def _select(narrow: pa.Table, verdicts: pa.Table, clusters: pa.Table, pairs: pa.Table, wishes: Wishes) -> pa.Table:
    return select(narrow, verdicts, clusters, pairs, wishes.decisions, wishes.frozen, wishes.released)


def survey(documents: Sequence[Path], scope: Scope) -> pa.Table:
    """One narrow row a document: what selecting needs to know, streamed from the wide tables.

    Args:
        documents: the table of each batch, in the order of arrival.
        scope: what the corpus is about.

    Returns:
        id, url, url_key, outlet, published_at, n_words, arrival (number of the batch), removed (share of raw that
        cleaning took), outside (why it is out of scope, or null).
    """
    return pa.concat_tables([_EMPTY, *_surveyed(documents, scope)])


def _surveyed(documents: Sequence[Path], scope: Scope) -> Iterator[pa.Table]:
    for arrival, place in enumerate(documents):
        for table in store.scan([place], [*_NARROW, "n_chrome", "title", "body"]):
            columns = {name: table[name] for name in _NARROW}
            columns["arrival"] = pa.array(np.full(table.num_rows, arrival))
            columns["removed"] = _removed(table)
            columns["outside"] = _outside(table, scope)
            yield pa.table(columns)


def _removed(table: pa.Table) -> pa.ChunkedArray:
    taken = pc.fill_null(table["n_chrome"], 0).cast(pa.float64())
    left = pc.utf8_length(table["body"]).cast(pa.float64())
    return pc.divide(taken, pc.max_element_wise(pc.add(left, taken), 1.0))


_EMPTY = pa.table(
    {
        **{name: pa.array([], schema.arrow_schema("documents").field(name).type) for name in _NARROW},
        "arrival": pa.array([], pa.int64()),
        "removed": pa.array([], pa.float64()),
        "outside": pa.array([], pa.string()),
    }
)


def _outside(table: pa.Table, scope: Scope) -> pa.Array:
    """Why each document is out of scope: before, after, outlet or terms; null where it is inside."""
    reason = pa.nulls(table.num_rows, pa.string())
    tests: list[tuple[str, Any]] = []
    if scope.terms:
        words = "|".join(re.escape(term.lower()) for term in scope.terms)
        text = pc.binary_join_element_wise(table["title"].fill_null(""), table["body"], "\n")
        tests.append(
            ("terms", pc.invert(pc.match_substring_regex(pc.utf8_lower(text), rf"(?:^|[^\pL\pN])(?:{words})")))
        )
    if scope.outlets:
        tests.append(("outlet", pc.invert(pc.is_in(table["outlet"], pa.array(scope.outlets)))))
    day = pc.add(table["published_at"], _JAKARTA).cast(pa.timestamp("us")).cast(pa.date32(), safe=False)
    if scope.since:
        tests.append((f"before {scope.since}", pc.less(day, scope.since)))
    if scope.until:
        tests.append((f"after {scope.until}", pc.greater(day, scope.until)))
    for name, test in tests:
        reason = pc.if_else(pc.fill_null(test, False), name, reason)
    return reason


def select(
    narrow: pa.Table,
    verdicts: pa.Table,
    clusters: pa.Table,
    pairs: pa.Table,
    decisions: list[Decision],
    frozen: Iterable[str] = (),
    released: pa.Table | None = None,
) -> pa.Table:
    """The table `selection`, sorted by id.

    Args:
        narrow: what :func:`survey` gives.
        verdicts: of the same documents.
        clusters: of the same documents.
        pairs: verified pairs.
        decisions: of people.
        frozen: documents that were labelled or released.
        released: (id, release) of published documents; a copy of one says so.
    """
    table = narrow.sort_by("id").combine_chunks()
    ids = table["id"].combine_chunks()
    verdicts = verdicts.take(pc.index_in(ids, verdicts["id"].combine_chunks()))
    names = clusters["cluster_id"].take(pc.index_in(ids, clusters["id"].combine_chunks())).combine_chunks()
    cluster = names.dictionary_encode().indices.to_numpy()
    decided = by_id(decisions, named(decisions, [table]))
    chosen = _decided(ids, decided, "keeper")
    dropped, kept = _decided(ids, decided, "drop"), _decided(ids, decided, "keep", "keeper")
    inside, passed = _mask(pc.is_null(table["outside"])), _mask(verdicts["keep"])
    copied = _copied(ids, cluster, pairs)

    keeper = _keepers(
        cluster,
        [
            ~chosen,
            ~_mask(pc.is_in(ids, pa.array(sorted(frozen), pa.string()))),
            ~((inside & passed & ~dropped) | kept),
            _superseded(table, cluster),
            copied,
            _mask(pc.is_null(table["url"])),
            _is_cut(table, cluster),
            np.round(table["removed"].to_numpy(), 1),
            _moments(table),
            table["arrival"].to_numpy(),
        ],
    )
    where = _where(ids, table["outlet"], released).take(keeper)
    twin = pc.binary_join_element_wise("duplicate of ", ids.take(keeper), " (", where, ")", "")
    is_twin = pc.not_equal(keeper, pa.array(np.arange(len(ids))))
    said = _said(ids, decided)
    tests = [
        ("decision", pa.array(dropped), said),
        ("selected", pa.array(kept), said),
        ("out_of_scope", pa.array(~inside), pc.binary_join_element_wise("out of scope", table["outside"], ": ")),
        ("failed_checks", pa.array(~passed), pc.binary_join(verdicts["reasons"], ", ")),
        ("duplicate", is_twin, twin),
    ]
    holds = pc.make_struct(*(test for _, test, _ in tests), field_names=[str(i) for i in range(len(tests))])
    outcome = pc.case_when(holds, *(pa.scalar(name) for name, _, _ in tests), pa.scalar("selected"))
    return schema.conform(
        "selection",
        pa.table(
            {
                "id": ids,
                "selected": pc.equal(outcome, "selected"),
                "outcome": outcome,
                "why": pc.case_when(holds, *(_one(why) for _, _, why in tests), pa.scalar("selected")),
                "keeper_id": ids.take(keeper),
                "origin_id": _origins(ids, cluster, copied),
            }
        ),
    )


def _where(ids: pa.Array, outlets: pa.ChunkedArray, released: pa.Table | None) -> pa.ChunkedArray:
    """The outlet of each document, and the release that holds it."""
    if released is None or not released.num_rows:
        return outlets
    version = released["release"].take(pc.index_in(ids, released["id"].combine_chunks()))
    with_release = pc.binary_join_element_wise(outlets, version, ", released in ")
    return pc.coalesce(with_release, outlets)


def _mask(values: pa.ChunkedArray | pa.Array) -> Mask:
    return np.asarray(
        values.to_numpy(zero_copy_only=False) if isinstance(values, pa.Array) else values.to_numpy(), bool
    )


def _one(values: pa.ChunkedArray | pa.Array) -> pa.Array:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values


def _said(ids: pa.Array, decided: Mapping[str, Decision]) -> pa.Array:
    """What was decided on each document, by whom and why."""
    place = pc.index_in(ids, pa.array(list(decided), pa.string()))
    return pa.array([str(decision) for decision in decided.values()], pa.string()).take(place)


def _decided(ids: pa.Array, decided: Mapping[str, Decision], *what: str) -> Mask:
    """The documents of which a person said so."""
    said = [key for key, decision in decided.items() if decision.decision in what]
    return _mask(pc.is_in(ids, pa.array(said, pa.string())))


def _keepers(cluster: Numbers, rank: Sequence[npt.NDArray[Any]]) -> pa.Array:
    """For each document the row of its cluster's keeper: the first by the rank's columns, then by row."""
    # lexsort wants the most important key last
    order = np.lexsort((np.arange(len(cluster)), *reversed(rank), cluster))
    _, first = np.unique(cluster[order], return_index=True)
    return pa.array(order[first][cluster]) if len(cluster) else pa.array([], pa.int64())


def _moments(table: pa.Table) -> Numbers:
    """Publication times as numbers, unknown ones last."""
    never = np.iinfo(np.int64).max
    return np.asarray(pc.fill_null(table["published_at"].cast(pa.int64()), never).to_numpy(), np.int64)


def _is_cut(table: pa.Table, cluster: Numbers) -> Mask:
    """Which documents have less than 90 % of the words of their cluster's longest."""
    words = table["n_words"].to_numpy()
    longest = np.zeros(cluster.max(initial=-1) + 1, words.dtype)
    np.maximum.at(longest, cluster, words)
    return np.asarray(words < 0.9 * longest[cluster], bool)


def _copied(ids: pa.Array, cluster: Numbers, pairs: pa.Table) -> Mask:
    """Which documents are known to be copies of another member of their cluster."""
    pairs = pairs.filter(pc.and_(pairs["merges"], pc.is_valid(pairs["direction"])))
    a, b = (pc.index_in(pairs[name], ids) for name in ("id_a", "id_b"))
    known = pc.and_(pc.is_valid(a), pc.is_valid(b))
    pairs, a, b = pairs.filter(known), a.filter(known).to_numpy(), b.filter(known).to_numpy()
    copy = np.where(_mask(pc.equal(pairs["direction"], "a_from_b")), a, b)
    found = np.zeros(len(ids), bool)
    found[copy[cluster[a] == cluster[b]]] = True
    return found


def _superseded(table: pa.Table, cluster: Numbers) -> Mask:
    """Which documents have a later version of the same page in their cluster; the table is sorted by id."""
    page = table["url_key"].combine_chunks().dictionary_encode().indices
    rows = np.flatnonzero(_mask(pc.is_valid(page)))
    keys = pc.fill_null(page, 0).to_numpy()[rows]
    moments = pc.fill_null(table["published_at"].cast(pa.int64()), np.iinfo(np.int64).min).to_numpy()[rows]
    group, arrival = cluster[rows], table["arrival"].to_numpy()[rows]
    order = np.lexsort((rows, moments, arrival, keys, group))
    same = (group[order][1:] == group[order][:-1]) & (keys[order][1:] == keys[order][:-1])
    found = np.zeros(table.num_rows, bool)
    found[rows[order][:-1][same]] = True
    return found


def _origins(ids: pa.Array, cluster: Numbers, copied: Mask) -> pa.Array:
    """The one member of a cluster that is no copy while others are, where there is just one."""
    size = np.bincount(cluster)
    first = np.flatnonzero(~copied)
    firsts = np.bincount(cluster[first], minlength=len(size))
    origin = np.zeros(len(size), np.int64)
    origin[cluster[first]] = first
    known = (size > 1) & (firsts == 1)
    return ids.take(pa.array(origin[cluster], mask=~known[cluster])) if len(cluster) else pa.array([], pa.string())
