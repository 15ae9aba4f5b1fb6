"""docs/ builds as a site without a warning and without the network, and no link of a page leads nowhere."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from lxml import html

from tests.docs.blocks import ROOT, pages, tokens

EVERY_PAGE = [*pages(), ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", ROOT / "data" / "sample" / "README.md"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make docs` builds it: a page that is not in the navigation, a dead link or a dead anchor is a
    warning, and a warning is an error."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return folder


def test_every_page_is_built(site: Path) -> None:
    written = {page.relative_to(ROOT / "docs").with_suffix(".html") for page in pages() if page.name != "README.md"}
    assert {*written, Path("notebook.html")} <= {path.relative_to(site) for path in site.rglob("*.html")}
    assert not list(site.rglob("*.py"))
    assert not [path for path in site.rglob("*.html") if "```" in path.read_text(encoding="utf-8")]


def test_the_notebook_is_a_page_with_its_results(site: Path) -> None:
    page = html.parse(site / "notebook.html").getroot()
    results = page.xpath("//div[@class='curation-result']")
    assert len(results) > 4
    assert all(result.xpath(".//h3 | .//ul") for result in results)
    assert "cleaned = curation.clean(RAW)" in page.text_content()
    dead = [link for link in page.xpath("//@href") if ":" not in link and not (site / link.partition("#")[0]).exists()]
    assert not dead
    assert "ten-minutes.ipynb" not in (site / "index.html").read_text(encoding="utf-8")


def test_the_site_asks_nobody_for_anything(site: Path) -> None:
    """Links may lead outside; what a browser loads by itself may not."""
    loaded = re.compile(
        r"<(?:script|img|iframe|source)\b[^>]*\bsrc=[\"']?(?:https?:)?//|<link\b[^>]*href=[\"']?(?:https?:)?//"
    )
    pages_that_load = [str(path) for path in site.rglob("*.html") if loaded.search(path.read_text(encoding="utf-8"))]
    fetched = re.compile(r"url\(\s*[\"']?(?:https?:)?//|@import\s+[\"'](?:https?:)?//")
    styles = [str(path) for path in site.rglob("*.css") if fetched.search(path.read_text(encoding="utf-8"))]
    assert (pages_that_load, styles) == ([], [])


@pytest.mark.parametrize("page", EVERY_PAGE, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    dead = []
    for token in tokens(page):
        for child in token.children or ():
            target = str(child.attrs.get("href") or child.attrs.get("src") or "")
            path, _, anchor = target.partition("#")
            if not target or re.match(r"[a-z]+:", target):
                continue
            file = (page.parent / path) if path else page
            if not file.exists() or (anchor and file.suffix == ".md" and anchor not in _anchors(file)):
                dead.append(target)
    assert not dead


@cache
def _anchors(page: Path) -> set[str]:
    """Headings as they are linked to: lower case, no marks, hyphens for blanks."""
    found = tokens(page)
    titles = [found[n + 1].content for n, token in enumerate(found) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
