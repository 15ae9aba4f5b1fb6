"""Records to rows of the tables `articles` and `rejected`: the interpretation, pure and in any process."""

from __future__ import annotations

import hashlib
import html
from typing import TYPE_CHECKING, Any, NamedTuple

from curation import schema
from curation.ingest import dates
from curation.ingest.columns import NOTHING
from curation.ingest.decode import decode, repair
from curation.ingest.page.head import Head
from curation.ingest.record import Record, Rejection, records
from curation.ingest.urls import site_of, url_key

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

    from curation.config import Site

    SiteRecord = Callable[[str | None], Site | None]


class Text(NamedTuple):
    """What `raw` will be, and how it was made."""

    raw: str
    extractor: str
    n_replaced: int
    head: Head
    captions: tuple[str, ...] = ()


def convert(table: pa.Table, *, batch: str, site_record: SiteRecord) -> dict[str, pa.Table]:
    """The rows of `articles` and `rejected` for a table of records.

    Exact repeats are kept: only who sees all batches can tell them. `first_seen` is the batch itself.

    Args:
        table: made by :func:`curation.ingest.record_table`.
        batch: name of the batch.
        site_record: finds the site's record by host; None for unknown hosts.
    """
    articles: list[dict[str, Any]] = []
    rejected: list[dict[str, Any]] = []
    for found in records(table):
        row = found if isinstance(found, Rejection) else _article(found, batch, site_record)
        if isinstance(row, Rejection):
            rejected.append({"batch": batch, "source_ref": row.source_ref, "reason": row.reason, "detail": row.detail})
        else:
            articles.append(row)
    return {
        "articles": schema.from_rows("articles", articles),
        "rejected": schema.from_rows("rejected", rejected),
    }


def _article(record: Record, batch: str, site_record: SiteRecord) -> dict[str, Any] | Rejection:
    site = site_of(record.url) or site_of(record.source)
    known = site_record(site)
    made = _from_pages(record, known) if record.pages else _from_row(record)
    if isinstance(made, Rejection):
        return made
    found = identity(record)
    fetched = dates.parse(record.fetched_at)
    date_text = made.head.date_text or record.date_text
    published = dates.parse(date_text, fetched.instant if fetched else None)
    return {
        "id": found.id,
        "source_id": record.source_id,
        "url": record.url,
        "url_key": found.url_key,
        "site": site,
        "outlet": known.outlet if known else site or record.source or "unknown",
        "network": known.network if known else None,
        "batch": batch,
        "first_seen": batch,
        "fetched_at": fetched.instant if fetched else None,
        "title": title(made.head.title or record.title),
        "authors": list(made.head.authors or record.authors),
        "editors": list(made.head.editors) if record.pages else None,
        "published_at": published.instant if published else None,
        "zone": published.zone if published else None,
        "date_text": date_text,
        "modified_at": made.head.modified.instant if made.head.modified else None,
        "section": title(made.head.section or record.section),
        "tags": list(made.head.tags or record.tags),
        "captions": list(made.captions) if record.pages else None,
        "raw": made.raw,
        "source_ref": record.source_ref,
        "source_sha256": found.source_sha256,
        "extractor": made.extractor,
        "n_replaced": record.n_replaced + made.n_replaced,
        "pages": max(len(record.pages), 1),
    }


class Identity(NamedTuple):
    """What tells an article from all others."""

    id: str
    url_key: str | None
    source_sha256: str


def identity(record: Record) -> Identity:
    """The id of a record's article, and what it is made of; nothing has to be extracted for it."""
    key = url_key(record.url)
    sha256 = _sha256(record)
    made = hashlib.sha256(f"{key or record.source_id or ''}\0{sha256}".encode())
    return Identity(made.hexdigest()[:16], key, sha256)


def _from_row(record: Record) -> Text:
    return Text(record.text or "", "none", 0, Head())


def _from_pages(record: Record, site: Site | None) -> Text | Rejection:
    """The text of all pages and the metadata of the first one."""
    texts = []
    for page in record.pages:
        try:
            texts.append(_page(page, record.charset, site))
        except Exception as error:  # whatever lxml or trafilatura raise: one page must not stop a batch
            detail = f"The page can't be taken apart ({type(error).__name__}: {error})."
            return Rejection(record.source_ref, "unreadable", repair(detail).text)
    raw = "\n".join(text.raw for text in texts if text.raw)
    if not any(map(str.isalnum, raw)):
        return Rejection(record.source_ref, "no_text", "No article text is found on the page.")
    n_replaced = sum(text.n_replaced for text in texts)
    captions = dict.fromkeys(caption for text in texts for caption in text.captions)
    return Text(raw, texts[0].extractor, n_replaced, texts[0].head, tuple(captions))


def _page(page: bytes, charset: str | None, site: Site | None) -> Text:
    from lxml import etree

    from curation.ingest.page import blocks, json_ld
    from curation.ingest.page.body import body
    from curation.ingest.page.head import claims, head, headline
    from curation.ingest.page.selectors import drop, selected

    text, n_replaced = decode(page, charset, html=True)
    if not text.strip():
        return Text("", "none", n_replaced, Head())
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    tree = etree.fromstring(text.encode(), parser)
    claimed = claims(tree)
    found = headline(tree, claimed)
    drop(selected(tree, site.drop if site else ()))
    kept = selected(tree, site.keep if site else ())
    marked = tree.xpath("//*[@itemprop='articleBody']")
    lines = blocks.read(tree, [*kept, *marked, *([] if found.element is None else [found.element])])
    said = head(claimed, found, lines)
    made = body(text, lines, kept, site, found, json_ld.body(claimed.described))
    captions = tuple(repair(caption).text for caption in made.captions)
    return Text(repair(made.text).text, made.extractor, n_replaced, _repaired(said), captions)


def _repaired(found: Head) -> Head:
    def one(text: str | None) -> str | None:
        return None if text is None else repair(text).text

    def many(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(repair(text).text for text in texts)

    return found._replace(
        title=one(found.title),
        date_text=one(found.date_text),
        section=one(found.section),
        authors=many(found.authors),
        tags=many(found.tags),
        editors=many(found.editors),
    )


def _sha256(record: Record) -> str:
    """Of the source: the bytes of all pages, or of the file, or title and text of a row."""
    if record.sha256:
        return record.sha256
    source = record.pages or (f"{record.title or ''}\0{record.text}".encode(),)
    made = hashlib.sha256()
    for page in source:
        made.update(page)
    return made.hexdigest()


def title(text: str | None) -> str | None:
    r"""A short text without HTML entities and superfluous blank space; None where it says nothing.

    >>> title("  Harga beras &amp; gula \n naik "), title("No Title")
    ('Harga beras & gula naik', None)
    """
    if text is None:
        return None
    shown = " ".join(html.unescape(text).split())
    return None if shown.lower() in NOTHING else repair(shown).text
