"""checks/index.html: one page that says what the JSON beside it says, needs nothing else, and quotes no text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from curation.release.papers.checks import page

RULE = {
    "expectation": "expect_column_values_to_be_in_set", "column": "one_split", "asks": "true", "severity": "critical",
    "why": "Copies <of> one text must not be learned & tested on.", "owner": "release", "passed": True, "count": 0,
    "share": 0.0, "ids": [],
}  # fmt: skip
WARNING = RULE | {"column": "cluster_id", "severity": "warning", "passed": False, "count": 25, "share": 0.125}
SUITE = {"suite": "released", "notes": "Of the table.", "passed": True, "rows": 200, "expectations": 2}


class Cells(HTMLParser):
    """The rows of all tables, cell by cell."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1][-1] += data


def test_every_expectation_has_its_row_with_why_and_owner():
    met = {**RULE, "asks": "true or false"}
    rows = Cells(page([{**SUITE, "failures": [WARNING | {"ids": ["d1", "d2"]}], "met": [met]}], "pasar 1.0.0")).rows
    assert rows[1] == ["released", "passed", "200", "1 of 2", "1"]
    assert rows[3][:3] == ["warning", "cluster_id", "true"]
    assert rows[3][3].split() == [*RULE["why"].split()[:-1], "on.d1", "d2", "…"]
    assert rows[3][4:] == ["release", "warning", "25 (12.5%)"]
    assert rows[4] == ["met", "one_split", "true or false", RULE["why"], "release", "critical", ""]


def test_what_fails_is_told_and_a_gate_in_words_has_rows_too():
    failed = RULE | {"passed": False, "count": 1, "share": 0.5}
    gate = {"suite": "audit", "passed": False, "failures": ["curation.toml: no audit"], "met": ["[checks] …: met"]}
    rows = Cells(page([{**SUITE, "passed": False, "failures": [failed], "met": []}, gate], "pasar")).rows
    assert rows[1][1] == "failed"
    assert rows[2] == ["audit", "failed", "", "1 of 2", "0"]
    assert rows[4][0] == "failed"
    assert [row[0] for row in rows[6:]] == ["failed", "met"]
    assert rows[6][3] == "curation.toml: no audit"


def test_the_page_needs_nothing_else_and_is_the_same_each_time():
    suite = {**SUITE, "failures": [WARNING], "met": [RULE]}
    text = page([suite], "pasar 1.0.0")
    assert text == page([suite], "pasar 1.0.0")
    assert "default-src 'none'" in text
    assert not re.findall(r"(?:src|href)\s*=\s*[\"'](?!#)|url\(|@import|<script|<link", text)
    assert "Copies &lt;of&gt; one text" in text
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text


def test_a_release_has_the_page_of_its_suites_without_a_word_of_its_texts(workspace, release):
    made = release(workspace())
    text = (made.folder / "checks/index.html").read_text(encoding="utf-8")
    rows = Cells(text).rows
    assert rows[1][:2] == ["released", "passed"]
    assert {"one_split", "is_withdrawn", "in_order"} <= {row[1] for row in rows}
    assert "Harga" not in text
    assert "Pasar Induk" not in text
