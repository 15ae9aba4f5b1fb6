"""Which articles somebody wants withdrawn, what must go with them, and what resembles them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from curation import store
from curation.errors import InputError, UsageError
from curation.ingest.urls import site_of, url_key
from curation.release.takedown.redact import holding
from curation.workspace.withdrawn import Entry, read_withdrawn, sha256, text_sha256

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from curation.workspace import Workspace

_NARROW = ["id", "url", "url_key", "site", "title", "outlet", "source_sha256"]


@dataclass(frozen=True)
class Asked:
    """What somebody wants withdrawn."""

    ids: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.ids or self.urls or self.sites)


class Article(NamedTuple):
    """One article that goes."""

    id: str
    scope: str
    url: str | None
    title: str | None
    outlet: str | None
    url_key: str | None
    source_sha256: str | None
    raw_sha256: str | None


class Near(NamedTuple):
    """A near-duplicate that would stay."""

    id: str
    of: str
    #: the larger share of one's shingles that the other holds
    containment: float
    title: str | None
    outlet: str | None


@dataclass(frozen=True)
class Found:
    """The articles that are meant."""

    articles: tuple[Article, ...] = ()
    near: tuple[Near, ...] = ()
    sites: tuple[str, ...] = ()
    #: names that fit nothing
    unknown: tuple[str, ...] = ()
    #: names of what was withdrawn before, with the day
    already: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        """The articles by id."""
        return [article.id for article in self.articles]

    def entries(self, reason: str, date: str) -> list[Entry]:
        """What the ledger says of them."""
        of = {"reason": reason, "date": date}
        return [
            *(Entry(**of, scope="site", site_sha256=sha256(site)) for site in self.sites),
            *(
                Entry(
                    **of,
                    scope=article.scope,
                    id=article.id,
                    url_key_sha256=sha256(article.url_key),
                    raw_sha256=article.raw_sha256,
                    source_sha256=article.source_sha256,
                )
                for article in self.articles
            ),
        ]


def read_file(path: Path) -> tuple[list[str], list[str]]:
    """Ids and URLs of a file with one a line; blank lines and what follows # are left out.

    Raises:
        UsageError: a line is neither.
        InputError: the file can't be read.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"can't be read ({error})", where=str(path), remedy="It must be a readable file in UTF-8."
        ) from None
    ids, urls = [], []
    for number, line in enumerate(lines, 1):
        name = re.sub(r"(^|\s)#.*", "", line).strip()
        if not name:
            continue
        if re.fullmatch("[0-9a-f]{16}", name):
            ids.append(name)
        elif url_key(name):
            urls.append(name)
        else:
            remedy = "Write one id (16 hex digits) or URL a line."
            raise UsageError(f"'{name}' is neither an id nor a URL", where=f"{path}:{number}", remedy=remedy)
    return ids, urls


def find(workspace: Workspace, asked: Asked, *, with_copies: bool = False) -> Found:
    """The articles that are meant, in all batches and all releases, with what must go with them.

    The other versions of a page go with it, and so do articles of the very same text: ingest would refuse them, too.

    Args:
        workspace: any.
        asked: what somebody wants withdrawn.
        with_copies: near-duplicates go as well.
    """
    places = [place for place in article_places(workspace) if store.parquet_files(place)]
    narrow = _known(workspace, places)
    hosts = tuple(host for site in asked.sites if (host := site_of(site)))
    scopes, unknown, already = _named(narrow, asked, read_withdrawn(workspace.state).ids)
    hashes = _with_same(places, narrow, scopes)
    near: list[Near] = []
    while scopes:
        near = _near(workspace, narrow, scopes)
        if not with_copies or not near:
            break
        scopes |= dict.fromkeys((one.id for one in near), "copy")
        hashes = _with_same(places, narrow, scopes)
    rows = {row["id"]: row for row in _rows(narrow, scopes)}
    articles = tuple(_article(rows[id_], scope, hashes.get(id_)) for id_, scope in sorted(scopes.items()))
    notes = []
    if articles and workspace.corpus_stage("dedup").manifest() is None:
        notes.append("near-duplicates are not known: curation run finds them")
    return Found(articles, tuple(near), hosts if articles else (), tuple(unknown), tuple(already), notes)


def article_places(workspace: Workspace) -> list[Path]:
    """The articles of all batches, also of those in quarantine and the dropped ones."""
    return [workspace.batch_stage(batch.name, "ingest").table("articles") for batch in workspace.batches()]


def _known(workspace: Workspace, places: Sequence[Path]) -> pa.Table:
    """What articles there are, those of which only a release is left last."""
    kind = pa.schema([(name, pa.string()) for name in _NARROW])
    tables = [kind.empty_table(), *(table.cast(kind) for table in store.scan(places, _NARROW))]
    table = pa.concat_tables(tables)
    rows: dict[str, dict[str, str | None]] = {}
    for home in sorted(workspace.releases.glob("*/[0-9]*/data/default")):
        for part in store.scan([home], ["id", "url", "title", "outlet"]):
            fresh = part.filter(pc.invert(pc.is_in(part["id"], table["id"].combine_chunks())))
            rows |= {row["id"]: row for row in fresh.to_pylist() if row["url"] or row["id"] not in rows}
    released = [{**row, "url_key": url_key(row["url"]), "site": site_of(row["url"])} for row in rows.values()]
    return pa.concat_tables([table, pa.Table.from_pylist(released, kind)])


def _named(narrow: pa.Table, asked: Asked, gone: dict[str, Entry]) -> tuple[dict[str, str], list[str], list[str]]:
    """The scope by id of what is named; what names nothing; and what was withdrawn before."""
    scopes: dict[str, str] = {}
    unknown, already = [], []
    for scope, names in (("site", asked.sites), ("url", asked.urls), ("id", asked.ids)):
        for name in names:
            if scope == "id":
                match, before = pc.equal(narrow["id"], name), gone.get(name)
            elif scope == "url":
                key = url_key(name) or name
                match = pc.or_(pc.equal(narrow["url_key"], key), pc.equal(narrow["url"], name))
                before = next((old for old in gone.values() if old.url_key_sha256 == sha256(key)), None)
            else:
                host = site_of(name) or name
                match = pc.or_(pc.equal(narrow["site"], host), pc.ends_with(narrow["site"], f".{host}"))
                before = None
            found = narrow.filter(pc.fill_null(match, False))["id"].to_pylist()
            fresh = [id_ for id_ in found if id_ not in gone]
            scopes |= dict.fromkeys(fresh, scope)
            if not fresh and (before or found):
                day = (before or gone[found[0]]).date
                already.append(f"{name} (on {day})")
            elif not fresh:
                unknown.append(name)
    return scopes, unknown, already


def _with_same(places: Sequence[Path], narrow: pa.Table, scopes: dict[str, str]) -> dict[str, str | None]:
    """Add other versions of the pages, and articles of the same text, to `scopes`; returns the texts' hashes by id."""
    hashes: dict[str, str | None] = {}
    while True:
        fresh = [id_ for id_ in scopes if id_ not in hashes]
        if not fresh:
            return hashes
        texts = {row["id"]: row["raw"] for row in store.rows_where(places, "id", fresh, ["id", "raw"])}
        hashes |= {id_: text_sha256(texts.get(id_)) for id_ in fresh}
        keys = pc.unique(narrow.filter(_is_in(narrow["id"], fresh))["url_key"]).drop_null()
        same = set(narrow.filter(pc.is_in(narrow["url_key"], value_set=keys))["id"].to_pylist())
        same |= set(_of_text(places, [text for text in texts.values() if text_sha256(text)]))
        for id_ in sorted(same - scopes.keys()):
            scopes[id_] = "copy"


def _of_text(places: Sequence[Path], texts: Sequence[str]) -> Iterator[str]:
    """The articles whose raw text is one of these."""
    if not texts:
        return
    sizes = pa.array({len(text.encode()) for text in texts}, pa.int32())
    wanted = {sha256(text) for text in texts}
    for table in store.scan(places, ["id", "raw"]):
        table = table.filter(pc.is_in(pc.binary_length(table["raw"]).cast(pa.int32()), value_set=sizes))
        for id_, raw in zip(table["id"].to_pylist(), table["raw"].to_pylist(), strict=True):
            if sha256(raw) in wanted:
                yield id_


def _near(workspace: Workspace, narrow: pa.Table, scopes: Collection[str]) -> list[Near]:
    """The near-duplicates of these articles that are not among them, the most similar first."""
    stage = workspace.corpus_stage("dedup")
    if stage.manifest() is None:
        return []
    pairs = stage.read("pairs", ["id_a", "id_b", "containment_a", "containment_b", "merges"])
    pairs = pairs.filter(pc.and_(pairs["merges"], pc.xor(_is_in(pairs["id_a"], scopes), _is_in(pairs["id_b"], scopes))))
    found: dict[str, tuple[float, str]] = {}
    for row in pairs.to_pylist():
        inside, outside = (row["id_a"], row["id_b"]) if row["id_a"] in scopes else (row["id_b"], row["id_a"])
        share = max(row["containment_a"], row["containment_b"])
        found[outside] = max(found.get(outside, (0.0, "")), (share, inside))
    titles = {row["id"]: row for row in _rows(narrow, found)}
    near = [
        Near(id_, of, share, titles[id_]["title"], titles[id_]["outlet"])
        for id_, (share, of) in found.items()
        if id_ in titles
    ]
    return sorted(near, key=lambda one: (-one.containment, one.id))


def _rows(narrow: pa.Table, ids: Iterable[str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = narrow.filter(_is_in(narrow["id"], ids)).to_pylist()
    return rows


def _article(row: dict[str, Any], scope: str, raw_sha256: str | None) -> Article:
    told = {name: row[name] for name in _NARROW if name != "site"}
    return Article(**told, scope=scope, raw_sha256=raw_sha256)


def _is_in(column: pa.ChunkedArray, ids: Iterable[str]) -> pa.ChunkedArray:
    return pc.is_in(column, value_set=pa.array(sorted(ids), pa.string()))


def texts_of(workspace: Workspace, ids: Sequence[str]) -> Iterator[str | None]:
    """All that is known of the words of these articles: as they came, cleaned, frozen and published."""
    places = article_places(workspace)
    for row in store.rows_where(places, "id", ids, ["title", "raw", "id"]):
        yield from (row["title"], row["raw"])
    for row in store.rows_where(_document_places(workspace), "id", ids, ["title", "body", "id"]):
        yield from (row["title"], row["body"])
    for _, row in holding(workspace.releases, ids):
        yield from (row["title"], row["body"])


def staying_texts(workspace: Workspace, ids: Sequence[str]) -> Iterator[pa.ChunkedArray]:
    """The words of all other articles."""
    for places, name in ((article_places(workspace), "raw"), (_document_places(workspace), "body")):
        for table in store.scan(places, ["id", "title", name]):
            table = table.filter(pc.invert(_is_in(table["id"], ids)))
            yield from (table["title"], table[name])


def _document_places(workspace: Workspace) -> list[Path]:
    batches = [batch.name for batch in workspace.batches()]
    made = [workspace.batch_stage(batch, "clean").table("documents") for batch in batches]
    frozen = [workspace.state / "batches" / batch / "frozen" / "documents.parquet" for batch in batches]
    return [place for place in (*made, *frozen) if place.exists()]
