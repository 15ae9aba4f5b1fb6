"""learn: what each site and network prints again and again, out of core.

Universal rules make rough bodies; their lines and sentences are counted by hash. What a body holds of its own is
signed, so that near-copies are found by their articles, not by their chrome, and each story counts once a site.
What lines are too short for, or stands inside a line, is learned as passages, for near-duplicates only.
"""

from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation import schema, store
from curation.boilerplate import repeats
from curation.boilerplate.learned import line_key, sentences
from curation.dedup.candidates import candidates
from curation.dedup.cluster import clusters
from curation.dedup.passages import passages
from curation.dedup.sets import stop_shingles
from curation.dedup.signature import sign
from curation.stages import clean, dedup

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from curation.config import Dedup
    from curation.engine import Engine
    from curation.lines import Mask

#: what decides what is learned; told in the manifest of a version
CODE = (*clean.CODE, *dedup.CODE, "stages/learn.py")

#: distinct pieces that are grouped at a time
_PART = 2_000_000
#: articles whose headlines are compared
_SAMPLE = 100
#: stories of a site or network in which passages are looked for, and how many are loaded at a time
_STORIES = 1_000
_LOADED = 20_000

_KEYS = pa.schema([("key", pa.uint64()), ("n", pa.int64())])
_OWN = ("site_key", "network_key", "site", "network")
_SUMS = ("n_documents", "n_clusters", "n_head", "n_tail")
_COUNTS = pa.schema(
    [
        *((name, pa.uint64()) for name in _OWN[:2]),
        *((name, pa.string()) for name in (*_OWN[2:], "story", "text")),
        *((name, pa.int64()) for name in _SUMS),
    ]
)
_PASSAGES = pa.schema([_COUNTS.field(name) for name in (*_OWN[2:], "text", *_SUMS[:2])])


def learn(
    batches: Sequence[tuple[Path, clean.CleanSettings]], settings: Dedup, engine: Engine, scratch: Path
) -> pa.Table:
    """The table `chrome` of a corpus; whoever keeps it numbers it.

    Args:
        batches: articles, and how they are cleaned: without learned lines.
        settings: of near-duplicates.
        engine: runs it.
        scratch: folder for what is deleted at the end.
    """
    shutil.rmtree(scratch, ignore_errors=True)
    files: list[Path] = []
    for number, (articles, how) in enumerate(batches):
        function = partial(rough_pieces, settings=how)
        files += _mapped(function, store.pieces([articles]), engine, scratch / f"rough-{number:05d}", "pieces")
    repeated = _repeated_keys(files, engine, scratch / "keys")
    function = partial(sign_own, repeated=repeated)
    signed = _mapped(function, map(store.read_table, files), engine, scratch / "signed", "signatures")
    articles_of, stories = [articles for articles, _ in batches], _stories(signed, settings)
    copies = _copies(stories)
    chosen: list[Mapping[str, Any]] = list(_chosen(*_counts(files, repeated, stories), _totals(files, stories)))
    titles = _titles(chosen, files, articles_of, copies)
    # where only copies of stories hold a piece, nothing above it tells of a topic
    owns = ((row, titles.get(row["key"], ()), titles.get(row["site"] or row["network"], ())) for row in chosen)
    chosen = [row for row, here, everywhere in owns if not repeats.is_topical(row["text"], here, everywhere)]
    chosen += _passages(chosen, files, articles_of, copies, settings.backend, engine, scratch / "passages")
    shutil.rmtree(scratch, ignore_errors=True)
    return schema.from_rows("chrome", sorted(map(_row, chosen), key=_order))


def rough_pieces(articles: pa.Table, settings: clean.CleanSettings) -> dict[str, pa.Table]:
    """The table `pieces` of a batch of articles."""
    found = repeats.pieces(clean.clean_raw(articles, settings).bodies)
    document = found["document"].combine_chunks()
    columns: dict[str, Any] = {name: articles[name].combine_chunks().take(document) for name in _OWN[2:]}
    columns["id"] = articles["id"].combine_chunks().take(document)
    columns["number"] = pa.array(np.arange(found.num_rows), pa.int32())
    keys = found["key"].to_pylist()
    for name in ("site", "network"):
        columns[f"{name}_key"] = repeats.owner_keys(columns[name].to_pylist(), keys)
    return {"pieces": schema.conform("pieces", pa.table(columns | {n: found[n] for n in ("leaf", "prose", "text")}))}


def sign_own(pieces: pa.Table, repeated: pa.Array) -> dict[str, pa.Table]:
    """The table `signatures` of what bodies hold of their own; only of those that hold repeated pieces."""
    holders = pc.unique(pieces["id"].filter(pa.array(_is_repeated(pieces, repeated))))
    pieces = pieces.filter(pc.is_in(pieces["id"], holders)).combine_chunks()
    document, leaf, mask = _documents(pieces), pieces["leaf"].to_numpy(), _is_repeated(pieces, repeated)
    texts = repeats.own_texts(document, leaf, mask, pieces["text"].to_pylist())
    ids = pieces["id"].unique()
    return {
        "signatures": sign(pa.table({"id": ids, "body": texts, "text_sha256": list(map(clean.text_digest, texts))}))
    }


def _mapped(
    function: Callable[[pa.Table], Mapping[str, pa.Table]],
    source: Iterable[pa.Table | store.Piece],
    engine: Engine,
    folder: Path,
    table: str,
) -> list[Path]:
    """The files that the engine makes of a source."""
    draft = store.Stage(folder).begin("learn")
    engine.map_batches(function, source, draft)
    return store.parquet_files(draft.path / table)


def _documents(pieces: pa.Table) -> Any:
    """The number of each piece's article within the table."""
    return pieces["id"].combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)


def _is_repeated(pieces: pa.Table, repeated: pa.Array) -> Mask:
    found: Mask = pc.or_(*(pc.is_in(pieces[name], repeated) for name in _OWN[:2])).to_numpy()
    return found


def _repeated_keys(files: Sequence[Path], engine: Engine, scratch: Path) -> pa.Array:
    """The keys of pieces that enough articles of an owner hold."""
    counts: list[Path] = []
    for file in files:
        table = store.read_table(file, ["id", *_OWN[:2]])
        for name in _OWN[:2]:
            once = table.select(["id", name]).filter(pc.is_valid(table[name])).group_by(["id", name]).aggregate([])
            found = once.group_by(name).aggregate([(name, "count")]).rename_columns(_KEYS.names)
            counts.append(scratch / "counts" / f"{len(counts):05d}.parquet")
            store.write_table(counts[-1], found.cast(_KEYS))
    if not counts:
        return pa.array([], pa.uint64())
    parts = 1 + sum(map(store.count_rows, counts)) // _PART
    engine.map_groups(_often, [counts], scratch / "often", ["key"], parts, _KEYS)
    often = [store.read_table(file)["key"].combine_chunks() for file in store.parquet_files(scratch / "often")]
    return pa.chunked_array(often, pa.uint64()).combine_chunks()


def _often(counts: pa.Table) -> pa.Table:
    summed = counts.group_by("key", use_threads=False).aggregate([("n", "sum")]).rename_columns(_KEYS.names)
    return summed.filter(pc.greater_equal(summed["n"], repeats.LEAST))


def _stories(signed: Sequence[Path], settings: Dedup) -> pa.Table:
    """The articles that may be near-copies (id), and for each the smallest id of its story.

    Provisional: candidates are taken at their word, which costs a count here and there, not an article.
    """
    together = partial(store.scan, list(signed))  # one batch: nobody asks who came first
    found = candidates([together], settings.bands, settings.rows, settings.backend)
    pairs = found.append_column("kind", pa.repeat("near", found.num_rows))
    pairs = pairs.append_column("merges", pa.repeat(True, found.num_rows))
    for name in ("jaccard", "containment_a", "containment_b"):
        pairs = pairs.append_column(name, pa.repeat(1.0, found.num_rows))
    ids = pa.chunked_array([*found["id_a"].chunks, *found["id_b"].chunks], pa.string())
    clustered = clusters(pc.unique(ids).sort(), pairs)
    return clustered.select(["id", "cluster_id"]).rename_columns(["id", "story"])


def _counts(files: Sequence[Path], repeated: pa.Array, stories: pa.Table) -> tuple[pa.Table, pa.Table]:
    """How often each repeated piece is printed by which site: single articles, and near-copies by story."""
    single = copies = _COUNTS.empty_table()
    for file in files:
        table = store.read_table(file)
        mask = _is_repeated(table, repeated)
        leaf, prose = (table[name].to_numpy() for name in ("leaf", "prose"))
        head, tail = repeats.places(_documents(table), leaf, prose, mask)
        story = stories["story"].take(pc.index_in(table["id"], stories["id"].combine_chunks()))
        table = table.append_column("story", story)
        table = table.append_column("n_head", pa.array(head)).append_column("n_tail", pa.array(tail))
        held = table.filter(pa.array(mask)).group_by(["id", *_OWN, "story"])
        once = held.aggregate([("text", "min"), ("n_head", "min"), ("n_tail", "min")])
        ones = pa.repeat(1, once.num_rows)
        columns = [*(once[name] for name in (*_OWN, "story", "text_min")), ones, ones, once["n_head_min"]]
        rows = pa.table([*columns, once["n_tail_min"]], names=_COUNTS.names).cast(_COUNTS)
        alone = pc.is_null(rows["story"])
        single = _grouped(pa.concat_tables([single, rows.filter(alone)]), [*_OWN, "story"], "sum")
        copies = _grouped(pa.concat_tables([copies, rows.filter(pc.invert(alone))]), [*_OWN, "story"], "min")
    return single, copies


def _grouped(rows: pa.Table, keys: Sequence[str], fold: str) -> pa.Table:
    """Counts by other keys; articles add up (fold: sum), copies of one story count as one (min)."""
    folds = [("text", "min"), ("n_documents", "sum"), *((name, fold) for name in _SUMS[1:])]
    grouped = rows.group_by(list(keys)).aggregate(folds).rename_columns([*keys, "text", *_SUMS])
    missing = [pa.field(name, _COUNTS.field(name).type) for name in _COUNTS.names if name not in grouped.column_names]
    for field in missing:
        grouped = grouped.append_column(field, pa.nulls(grouped.num_rows, field.type))
    return grouped.select(_COUNTS.names).cast(_COUNTS)


def _totals(files: Sequence[Path], stories: pa.Table) -> dict[str, int]:
    """The articles of each site and network, near-copies counted once."""
    totals: dict[str, int] = {}
    copies = _copies(stories)
    for file in files:
        table = store.read_table(file, ["id", "site", "network"])
        articles = table.filter(pc.invert(pc.is_in(table["id"], copies))).group_by(table.column_names).aggregate([])
        for name in ("site", "network"):
            for found in pc.value_counts(articles[name]).to_pylist():
                totals[found["values"]] = totals.get(found["values"], 0) + found["counts"]
    return totals


def _copies(stories: pa.Table) -> pa.Array:
    """The articles that are near-copies of the one that stands for their story."""
    return stories.filter(pc.not_equal(stories["id"], stories["story"]))["id"].combine_chunks()


def _chosen(single: pa.Table, copies: pa.Table, totals: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """The pieces that look like chrome: those of a network that several of its sites print, then those of sites."""
    both = pa.concat_tables([single, copies])
    sites = both.group_by("network_key").aggregate([("site", "count_distinct")]).drop_null()
    several = sites.filter(pc.greater(sites["site_count_distinct"], 1))["network_key"].combine_chunks()
    done = set()
    for keys in (("network_key", "network"), _OWN):
        rows = pa.concat_tables([single, _grouped(copies, [*keys, "story"], "min")])
        if keys != _OWN:
            rows = rows.filter(pc.is_in(rows["network_key"], several))
        for row in _placed(_grouped(rows, keys, "sum"), totals):
            if row["network_key"] not in done:
                yield row
            if row["site"] is None:
                done.add(row["network_key"])


def _placed(counts: pa.Table, totals: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    for row in counts.filter(pc.greater_equal(counts["n_clusters"], repeats.LEAST)).to_pylist():
        n_owner = totals[row["site"] or row["network"]]
        place = repeats.position_of(row["text"], row["n_clusters"], row["n_head"], row["n_tail"], n_owner)
        if place:
            yield row | {"position": place, "key": row["site_key"] or row["network_key"]}


def _titles(
    rows: Sequence[Mapping[str, Any]], files: Sequence[Path], articles: Sequence[Path], copies: pa.Array
) -> dict[Any, list[str]]:
    """Headlines of a sample of the articles that hold each chosen piece (by key), and of each site and network."""
    wanted = {name: pa.array([row["key"] for row in rows], pa.uint64()) for name in _OWN[:2]}
    wanted |= {name: pa.array({row[name] for row in rows if row[name]}, pa.string()) for name in _OWN[2:]}
    samples = {name: pa.table({name: values[:0], "id": pa.array([], pa.string())}) for name, values in wanted.items()}
    for file in files:
        table = store.read_table(file, ["id", *_OWN])
        table = table.filter(pc.invert(pc.is_in(table["id"], copies)))
        for name, values in wanted.items():
            pairs = table.select([name, "id"]).filter(pc.is_in(table[name], values)).cast(samples[name].schema)
            pairs = pairs.group_by([name, "id"]).aggregate([]).select([name, "id"]).cast(samples[name].schema)
            samples[name] = _smallest(pa.concat_tables([samples[name], pairs]), _SAMPLE)
    ids = pc.unique(pa.chunked_array([chunk for one in samples.values() for chunk in one["id"].chunks], pa.string()))
    titles = _headlines(articles, ids)
    shown: dict[Any, list[str]] = {}
    for name, sample in samples.items():
        for key, article in zip(sample[name].to_pylist(), sample["id"].to_pylist(), strict=True):
            shown.setdefault(key, []).append(titles[article])
    return shown


def _headlines(articles: Sequence[Path], ids: pa.Array) -> dict[str, str]:
    titles: dict[str, str] = {}
    for table in store.scan_where(articles, "id", ids, ["id", "title"]):
        titles |= zip(table["id"].to_pylist(), table["title"].to_pylist(), strict=True)
    return titles


def _smallest(pairs: pa.Table, count: int) -> pa.Table:
    """The rows with the smallest ids, so many for each key: a sample, since ids are digests."""
    key = pairs.column_names[0]
    ordered = pairs.sort_by([(key, "ascending"), ("id", "ascending")])
    number = ordered[key].combine_chunks().dictionary_encode().indices.to_numpy(zero_copy_only=False)
    first = np.flatnonzero(np.r_[True, number[1:] != number[:-1]]) if len(number) else number
    rank = np.arange(len(number)) - np.repeat(first, np.diff(np.r_[first, len(number)]))
    return ordered.filter(pa.array(rank < count))


def find_passages(texts: pa.Table, by: str, known: Collection[int], backend: str) -> pa.Table:
    """The passages of chrome of sites or networks.

    Args:
        texts: a sample of the stories of some owners: each text whole, and without its learned lines, which cleaning
            leaves in where they stand apart from where they were learned.
        by: site or network; what one site of a network prints is left to the site.
        known: hashes of stop-shingles that need no passage.
        backend: of near-duplicates.
    """
    rows = []
    for owner in pc.unique(texts[by]).sort().to_pylist():
        own = texts.filter(pc.equal(texts[by], owner)).sort_by("id")
        titles, hosts = (own[name].to_pylist() for name in ("title", "site"))
        stops, chosen, sites = set(known), [], 2 if by == "network" else 1
        for form in ("whole", "text"):
            for found in passages(own[form].to_pylist(), np.array(sorted(stops), np.uint32), backend):
                speaks = repeats.position_of(found.text[: repeats.LONGEST], found.n, 0, 0, found.n)
                is_chrome = (found.sure or speaks) and len({hosts[n] for n in found.holders}) >= sites
                if is_chrome and not repeats.is_topical(found.text, [titles[n] for n in found.holders], titles):
                    chosen.append(found)
                    stops |= stop_shingles([found.text])
        for text, n, _, _ in chosen:
            if not any(text != other.text and text in other.text for other in chosen):
                where = {"site": owner if by == "site" else None, "network": own["network"][0].as_py()}
                rows.append(where | {"text": text, "n_documents": n, "n_clusters": n})
    return pa.Table.from_pylist(rows, _PASSAGES)


def _passages(
    lines: Sequence[Mapping[str, Any]],
    files: Sequence[Path],
    articles: Sequence[Path],
    copies: pa.Array,
    backend: str,
    engine: Engine,
    scratch: Path,
) -> list[Mapping[str, Any]]:
    """What the stories of a network hold again and again beside the chosen lines, then those of a site."""
    keys = pa.array([row["key"] for row in lines], pa.uint64())
    chosen = {(row["site"] or row["network"], line_key(row["text"])): row for row in lines}
    for by in ("network", "site"):
        texts, total = _sampled(by, keys, files, articles, copies, scratch / f"texts-{by}")
        if texts:
            known = stop_shingles(row["text"] for row in chosen.values())
            function = partial(find_passages, by=by, known=known, backend=backend)
            engine.map_groups(function, [texts], scratch / by, [by], 1 + total // _LOADED, _PASSAGES)
            for row in (row for table in store.scan([scratch / by]) for row in table.to_pylist()):
                chosen.setdefault((row["site"] or row["network"], line_key(row["text"])), row | {"position": "passage"})
    return [row for row in chosen.values() if row["position"] == "passage"]


def _sampled(
    by: str, keys: pa.Array, files: Sequence[Path], articles: Sequence[Path], copies: pa.Array, into: Path
) -> tuple[list[Path], int]:
    """Files with the rough texts of a sample of each owner's stories, less the lines of these keys; and how many."""
    sample, room = pa.table({by: pa.array([], pa.string()), "id": pa.array([], pa.string())}), _LOADED
    for file in files:
        pairs = store.read_table(file, [by, "id"]).drop_null().group_by([by, "id"]).aggregate([])
        pairs = pairs.filter(pc.invert(pc.is_in(pairs["id"], copies))).select([by, "id"])
        sample = pa.concat_tables([sample, pairs.cast(sample.schema)])
        if sample.num_rows > room or file == files[-1]:
            sample = _smallest(sample, _STORIES)
            room = _LOADED + 2 * sample.num_rows
    ids = sample["id"].combine_chunks()
    titles = _headlines(articles, ids)
    made = []
    for number, file in enumerate(files):
        table = store.read_table(file).filter(pc.field("id").isin(ids))
        if table.num_rows:
            texts = _without(table, pc.or_(*(pc.is_in(table[column], keys) for column in _OWN[:2])).to_numpy())
            shown = pa.array([titles[article] for article in texts["id"].to_pylist()], pa.string())
            made.append(into / f"{number:05d}.parquet")
            store.write_table(made[-1], texts.append_column("title", shown))
    return made, sample.num_rows


def _without(pieces: pa.Table, dropped: Mask) -> pa.Table:
    """The rough text of each article (id, site, network), whole and less what is dropped of its pieces (text)."""
    leaf, text = pieces["leaf"].to_numpy(), pieces["text"].to_pylist()
    kept = leaf & ~dropped
    for line in np.flatnonzero(dropped & ~leaf):
        kept[line + 1 : line + 1 + len(sentences(text[line]))] = False
    texts: dict[tuple[str | None, ...], tuple[list[str], list[str]]] = {}
    for n, article in enumerate(zip(*(pieces[name].to_pylist() for name in ("id", *_OWN[2:])), strict=True)):
        whole, rest = texts.setdefault(article, ([], []))
        whole += [text[n]] * bool(leaf[n])
        rest += [text[n]] * bool(kept[n])
    forms = (map("\n".join, form) for form in zip(*texts.values(), strict=True))
    columns = zip(("id", *_OWN[2:], "whole", "text"), (*zip(*texts, strict=True), *forms), strict=True)
    return pa.table({name: pa.array(column, pa.string()) for name, column in columns})


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "site": row["site"],
        "network": row["network"],
        "line_key": line_key(row["text"]),
        "position": row["position"],
        "n_documents": row["n_documents"],
        "n_clusters": row["n_clusters"],
        "example": row["text"],
        "version": 0,
    }


def _order(row: Mapping[str, Any]) -> tuple[str, str, int, str]:
    return row["network"] or "", row["site"] or "", -row["n_clusters"], row["line_key"]
