"""clean: from articles to documents, with every change on record."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curation import ledger, schema, store
from curation.boilerplate import RULES
from curation.boilerplate.cleaner import Cleaned, clean_texts
from curation.language.detect import languages
from curation.quality.text import n_words
from curation.rule import ChromeTable, Context
from curation.timings import spent_on
from curation.workspace.frozen import with_frozen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from curation.lines import Value
    from curation.sites import Sites

#: modules and packages whose change makes documents stale
CODE = (
    "boilerplate",
    "kernels",
    "language",
    "ledger.py",
    "lines.py",
    "literals.py",
    "quality/text.py",
    "rule.py",
    "schema.py",
    "sites/__init__.py",
    "stages/clean.py",
    "workspace/frozen.py",
)

#: a headline shorter than this is no evidence that a paragraph holds a link
_SHORTEST_TITLE = 20


@dataclass(frozen=True)
class CleanSettings:
    """What cleaning needs beyond the articles; picklable, the same for every batch of a run."""

    sites: Sites
    disable: tuple[str, ...] = ()
    chrome: ChromeTable = field(default_factory=ChromeTable)
    #: tables `articles` whose headlines tell where an inline link ends
    crawl: tuple[Path, ...] = ()
    #: digest of what they hold: what a process has read before, it reads again only if that changed
    crawl_content: str = ""
    #: rows of this batch that stay as they were when they were labelled or released
    frozen: Path | None = None


def clean_articles(articles: pa.Table, settings: CleanSettings) -> dict[str, pa.Table]:
    """The tables documents, edits, metadata and findings for a batch of articles, in their order."""
    titles = [_headline(title) for title in articles["title"].to_pylist()]
    cleaned = clean_raw(articles, settings)
    ids = articles["id"].to_pylist()
    edits = ledger.edit_rows(ids, cleaned.raws, cleaned.ledgers)
    made = {
        "documents": _documents(articles, titles, cleaned, edits),
        "edits": edits,
        "metadata": _metadata(ids, cleaned),
        "findings": _findings(ids, cleaned),
    }
    return with_frozen(made, settings.frozen)


def clean_raw(articles: pa.Table, settings: CleanSettings) -> Cleaned:
    """The raw texts of articles after the rule book, what is frozen not yet in its place."""
    sites = [settings.sites.find(host) for host in articles["site"].to_pylist()]
    owners = zip(articles["site"].to_pylist(), articles["network"].to_pylist(), strict=True)
    context = Context(
        titles=[_headline(title) for title in articles["title"].to_pylist()],
        sites=sites,
        chrome=settings.chrome,
        owners=[tuple(owner for owner in pair if owner) for pair in owners],
        seen_titles=_seen_titles(settings.crawl, settings.crawl_content),
    )
    rules = [rule for rule in RULES if rule.name not in settings.disable]
    return clean_texts(articles["raw"].to_pylist(), context, rules)


def text_digest(text: str) -> str:
    """sha256 of a text in NFC and UTF-8, in hex."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


@lru_cache(maxsize=2)
def _seen_titles(crawl: tuple[Path, ...], content: str) -> frozenset[str]:
    """The headlines of the crawl, read once a batch in each worker."""
    found: set[str] = set()
    for place in crawl:
        for table in store.scan([place], ["title"]):
            long_enough = pc.greater_equal(pc.utf8_length(table["title"]), _SHORTEST_TITLE)
            found.update(pc.utf8_trim_whitespace(table["title"].filter(long_enough)).to_pylist())
    return frozenset(found)


def _headline(title: str | None) -> str | None:
    """A headline without line breaks and doubled spaces."""
    return " ".join(title.split()) or None if title else None


def _documents(articles: pa.Table, titles: Sequence[str | None], cleaned: Cleaned, edits: pa.Table) -> pa.Table:
    read = _by_document(cleaned)
    found = [_first_values(values) for values in read]
    bodies = pa.array(cleaned.bodies, pa.string())
    tags = [
        list(dict.fromkeys([*given, *(value.value for value in values if value.field == "tag")]))
        for given, values in zip(articles["tags"].to_pylist(), read, strict=True)
    ]
    bylines = [
        values.get("author") or ", ".join(authors) or None
        for values, authors in zip(found, articles["authors"].to_pylist(), strict=True)
    ]
    outlets = [
        _outlet(row, site, values)
        for row, site, values in zip(articles["outlet"].to_pylist(), articles["site"].to_pylist(), found, strict=True)
    ]
    columns: dict[str, Any] = {
        name: articles[name] for name in ("id", "url", "url_key", "network", "published_at", "zone")
    }
    columns |= {
        "title": pa.array(
            [title or values.get("title") for title, values in zip(titles, found, strict=True)], pa.string()
        ),
        "body": bodies,
        "dateline": _column(found, "dateline"),
        "byline": pa.array(bylines, pa.string()),
        "publisher": _column(found, "publisher"),
        "outlet": pa.array(outlets, pa.string()),
        "syndicated_from": pa.array([_syndicated_from(values) for values in found], pa.string()),
        "section": pc.coalesce(articles["section"].combine_chunks(), _column(found, "section")),
        "tags": pa.array(tags, pa.list_(pa.string())),
        "language": pa.array(_languages(cleaned.bodies), pa.string()),
        "n_words": n_words(bodies),
        "n_chrome": _n_chrome(articles["id"].combine_chunks(), edits),
        "text_sha256": pa.array([text_digest(body) for body in cleaned.bodies], pa.string()),
    }
    return schema.conform("documents", pa.table(columns))


def _languages(bodies: Sequence[str]) -> list[str | None]:
    with spent_on("language"):
        return languages(bodies)


def _n_chrome(ids: pa.Array, edits: pa.Table) -> pa.Array:
    """Characters that edits took from each document, blank space aside; a repair takes what it does not put back."""
    ink = [pc.utf8_length(pc.replace_substring_regex(edits[name], r"\s+", "")) for name in ("removed", "replacement")]
    taken = pa.table({"id": edits["id"], "taken": pc.max_element_wise(pc.subtract(*ink), 0)})
    total = taken.group_by("id").aggregate([("taken", "sum")])
    place = pc.index_in(ids, total["id"].combine_chunks())
    return pc.fill_null(total["taken_sum"].combine_chunks().take(place), 0)


def _outlet(outlet: str, site: str | None, values: Mapping[str, str]) -> str:
    """The outlet by its site's record; where there is none, the publisher that the text names."""
    known = outlet not in (site, "unknown")
    return outlet if known else values.get("publisher") or outlet


def _syndicated_from(values: Mapping[str, str]) -> str | None:
    """Whom the text says it was taken from, unless it only names its own publisher."""
    source = values.get("syndicated_from") or values.get("source")
    own = values.get("publisher")
    return None if source and own and source.casefold() == own.casefold() else source


def _by_document(cleaned: Cleaned) -> list[list[Value]]:
    groups: list[list[Value]] = [[] for _ in cleaned.raws]
    for value in cleaned.values:
        groups[value.document].append(value)
    return groups


def _first_values(values: Sequence[Value]) -> dict[str, str]:
    """The first value of each field, as the rule book orders them."""
    found: dict[str, str] = {}
    for value in values:
        found.setdefault(value.field, value.value)
    return found


def _column(found: Sequence[Mapping[str, str]], name: str) -> pa.Array:
    return pa.array([values.get(name) for values in found], pa.string())


def _metadata(ids: Sequence[str], cleaned: Cleaned) -> pa.Table:
    names = ("id", "field", "start", "end", "value", "rule")
    values = sorted((v.document, v.field, v.start, v.end, v.value, v.rule) for v in cleaned.values)
    rows = (dict(zip(names, (ids[document], *rest), strict=True)) for document, *rest in values)
    return schema.from_rows("metadata", rows)


def _findings(ids: Sequence[str], cleaned: Cleaned) -> pa.Table:
    names = ("id", "kind", "start", "end", "score", "rule")
    rows = ((ids[f.document], f.kind, f.start, f.end, f.score, f.rule) for f in cleaned.flags)
    return schema.from_rows("findings", (dict(zip(names, row, strict=True)) for row in rows))
