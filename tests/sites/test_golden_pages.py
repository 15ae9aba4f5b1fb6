"""Every site has a golden page, written in its style, and the page comes out exactly as its expectation says.

The pages are invented: news, persons and places of work. Their elements, their JSON-LD, their read-also blocks,
advertisements and credits are those of the site.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from curation import sites
from curation.config import Input
from curation.ingest import convert, read, record_tables
from curation.sites import shipped_sites
from curation.stages.clean import CleanSettings, clean_articles

GOLDEN = Path(__file__).parent / "golden"
SITES = sorted(path.stem for path in Path(sites.__file__).parent.glob("*.toml"))


def expected(site: str) -> dict[str, Any]:
    missing = dict.fromkeys(("section", "zone"))  # TOML has no null
    return {**missing, **tomllib.loads((GOLDEN / f"{site}.toml").read_text(encoding="utf-8"))}


def came_out(site: str) -> dict[str, Any]:
    known = shipped_sites()
    (records,) = record_tables(read(GOLDEN / f"{site}.html", Input()))
    made = convert(records, batch="golden", site_record=known.find)
    assert made["rejected"].to_pylist() == []
    (article,) = made["articles"].to_pylist()
    assert article["outlet"] != article["site"], "no site's record claims the page's host"
    (document,) = clean_articles(made["articles"], CleanSettings(known))["documents"].to_pylist()
    found = {name: article[name] for name in ("url", "authors", "published_at", "zone")}
    found |= {name: document[name] for name in ("title", "section", "tags")}
    return {**found, "body": [line for line in document["body"].split("\n") if line]}


@pytest.mark.parametrize("site", SITES)
def test_golden_page(site: str) -> None:
    assert came_out(site) == expected(site)


def test_site_and_golden_page_come_as_a_pair() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.html")) == SITES
    assert sorted(path.stem for path in GOLDEN.glob("*.toml")) == SITES


@pytest.mark.parametrize("site", SITES)
def test_the_golden_page_is_that_of_the_site(site: str) -> None:
    record = shipped_sites().find(expected(site)["url"].split("/")[2].removeprefix("www."))
    path = Path(sites.__file__).parent / f"{site}.toml"
    assert record is not None
    assert record.outlet == tomllib.loads(path.read_text(encoding="utf-8"))["outlet"]
