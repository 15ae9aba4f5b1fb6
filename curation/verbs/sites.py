"""A draft of a site's record, from pages of the site."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from curation import ingest
from curation.errors import InputError, UsageError
from curation.ingest.decode import decode
from curation.ingest.urls import site_of
from curation.sites import Sites
from curation.sites.draft import Found, Page, containers, repeated
from curation.stages.clean import CleanSettings, clean_articles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow as pa

    from curation.config import Input

_NOBODY = Sites({})
#: more pages than this tell nothing new
_ENOUGH = 100


class Draft(NamedTuple):
    """The record's text, and from how many pages it was made."""

    toml: str
    pages: int


def draft_site(host: str, inputs: Mapping[str, Path], settings: Input) -> Draft:
    """A site's record from the pages of its host, and of the hosts below it, among some inputs.

    Args:
        host: with or without ``www.`` and ``m.``.
        inputs: files and folders that hold HTML, as files, in a column or in a WARC.
        settings: how to read them.

    Raises:
        UsageError: HOST is none, or no page is from there.
        InputError: an input can't be read.
    """
    name = site_of(host)
    if name is None:
        raise UsageError(f"'{host}' is no host", remedy="Write it as in an address: kabar.example")
    hosts: Counter[str] = Counter()
    chosen: list[ingest.Record] = []
    for record in _records(inputs, settings):
        site = site_of(record.url) or site_of(record.source) or ""
        hosts[site] += 1
        if site == name or site.endswith(f".{name}"):
            chosen.append(record)
    chosen = chosen[:_ENOUGH]
    if not chosen:
        seen = ", ".join(f"{site or 'no address'} ({count})" for site, count in hosts.most_common(5))
        remedy = f"Pages with HTML that are there: {seen}." if seen else "Give HTML pages, or rows with an HTML column."
        raise UsageError(f"no page of {name} among the inputs", remedy=remedy)
    own = Counter({site: count for site, count in hosts.items() if site == name or site.endswith(f".{name}")})
    made = ingest.convert(ingest.record_table(chosen), batch="draft", site_record=_NOBODY.find)["articles"]
    parsed = list(_parsed(chosen, made.to_pylist()))
    if not parsed:
        raise UsageError(f"no article text is found on {len(chosen)} pages of {name}", remedy="Give pages of articles.")
    return Draft(_toml(name, own, parsed, _publishers(made)), len(parsed))


def write_draft(draft: Draft, host: str, folder: Path) -> Path:
    """Write a draft into a workspace's folder of sites.

    Raises:
        UsageError: a record of that name is there.
    """
    path = folder / f"{site_of(host)}.toml"
    if path.exists():
        raise UsageError("there is a record already", where=str(path), remedy="Move it away, or delete it.")
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(draft.toml, encoding="utf-8")
    return path


def _records(inputs: Mapping[str, Path], settings: Input) -> Iterator[ingest.Record]:
    """The records with HTML. An input of another kind among several is passed over."""
    for path in inputs.values():
        if not path.exists():
            raise UsageError("no such file or folder", where=str(path), remedy="Check the path.")
        try:
            for record in ingest.read(path, settings):
                if isinstance(record, ingest.Record) and record.pages:
                    yield record
        except InputError:
            if len(inputs) == 1:
                raise


def _toml(name: str, hosts: Counter[str], parsed: list[Page], printed: Counter[str]) -> str:
    names = Counter(site_name for page in parsed if (site_name := _site_name(page.tree)))
    outlet = names.most_common(1)[0][0] if names else name
    keep = containers(parsed)
    best = keep[0].selector if keep and keep[0].pages * 2 > len(parsed) else None
    drop = repeated(parsed, best) if best else []
    n = len(parsed)
    lines = [
        f"# Drafted from {n} pages of {name}. Look at each line, and at what comes out: curation clean IN -o DIR",
        f"# og:site_name: {_counted(names) or 'on no page'}",
        f"outlet = {_quoted(outlet)}",
        '# network = "..."',
        f"# seen: {_counted(hosts)}",
        f"hosts = [{_quoted(f'.{name}')}]",
        f"# printed before the lead: {_counted(printed) or 'nothing'}",
        f"datelines = [{', '.join(_quoted(one) for one in printed)}]",
        f"# hold the text, of {n} pages on so many: {_listed(keep[:6]) or 'nothing with a name of its own'}",
        f"keep = [{_quoted(best)}]" if best else "# keep = []",
        "# links, or the same words on several pages:",
        *(f"#   {one.selector} ({one.pages}): {one.example[:70]}" for one in drop),
        f"drop = [{', '.join(_quoted(one.selector) for one in drop)}]",
    ]
    return "\n".join(lines) + "\n"


def _parsed(records: list[ingest.Record], articles: list[dict[str, Any]]) -> Iterator[Page]:
    """Each page of the records that became articles, with the text that was found without any record of the site."""
    from lxml import html as lxml_html

    texts = {row["source_ref"]: tuple(row["raw"].splitlines()) for row in articles}
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    for record in records:
        lines = texts.get(record.source_ref, ())
        for data in record.pages if lines else ():
            text, _ = decode(data, record.charset, html=True)
            if text.strip():
                yield Page(lxml_html.document_fromstring(text.encode(), parser=parser), lines)


def _site_name(tree: Any) -> str | None:
    found = tree.xpath("//meta[@property='og:site_name']/@content")
    return " ".join(str(found[0]).split()) or None if found else None


def _publishers(articles: pa.Table) -> Counter[str]:
    """The publishers that the rules read before the leads."""
    rows = clean_articles(articles, CleanSettings(_NOBODY))["metadata"].to_pylist()
    lead = {"publisher", "city_publisher", "agency"}
    return Counter(row["value"] for row in rows if row["field"] == "publisher" and row["rule"] in lead)


def _counted(names: Counter[str]) -> str:
    return ", ".join(f"{name} ({count})" for name, count in names.most_common(8))


def _listed(found: list[Found]) -> str:
    return ", ".join(f"{one.selector} ({one.pages})" for one in found)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
