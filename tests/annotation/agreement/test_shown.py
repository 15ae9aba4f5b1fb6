"""What a person sees in a terminal and in a notebook."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pyarrow as pa
import pytest

import curation
from curation import schema
from curation.annotation.agreement.text import MOST
from tests.annotation.agreement.conftest import annotation, frame


@pytest.fixture
def result(rows: list[dict[str, Any]]) -> Any:
    return curation.agreement(pa.Table.from_pylist(rows), resamples=200)


def test_the_text_says_everything_a_reader_asks_for(result: Any) -> None:
    text = str(result)
    assert text.startswith("answer: one label; 11 answers of 3 annotators, 4 units with two or more\n\n  All answers")
    for title in (
        "Each label against all others",
        "What is taken for what",
        "Annotators",
        "Every two annotators",
    ):
        assert f"\n  {title}\n" in text
    assert re.search(r"^    percent agreement +0\.667 +0\.\d{3} … \d\.\d{3} +4$", text, re.MULTILINE)
    assert re.search(r"Fleiss' kappa .* over the units with 3 answers; 1 other is left out", text)
    assert not any(line != line.rstrip() for line in text.splitlines())
    assert "nan" not in text.lower()


def test_an_undefined_value_is_a_dash_with_its_reason() -> None:
    text = str(curation.agreement(frame({1: {"a01": "ya", "a02": "ya"}, 2: {"a01": "ya", "a02": "ya"}})))
    assert re.search(
        r"Krippendorff's alpha +– +– +2  everybody gave the same label \(ya\): chance agreement is 1", text
    )
    alone = str(curation.agreement(frame({1: {"a01": "ya"}})))
    assert "only a01 answered: there is nobody to agree with" in alone
    assert "Each label" not in alone
    assert repr(curation.agreement(frame({1: {"a01": "ya"}}))) == "Agreement(answer: alpha undefined)"


def test_nothing_was_answered() -> None:
    result = curation.agreement(schema.empty("annotations"))
    assert str(result) == "There is no answer to any question."
    assert result._repr_html_() == "<p>There is no answer to any question.</p>"


def test_long_blocks_are_cut_and_say_so() -> None:
    sheet = {n: {"a01": f"label {n:03}", "a02": f"label {n // 2:03}"} for n in range(MOST + 9)}
    text = str(curation.agreement(frame(sheet), resamples=0))
    assert "... and 9 more: see the tables" in text


class Balanced(HTMLParser):
    """Fails where a tag is closed that was not open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_page_is_sound_and_escapes_what_it_shows(result: Any) -> None:
    page = Balanced()
    page.feed(result._repr_html_())
    assert page.open == []
    assert "What is taken for what" in page.texts
    assert result._repr_html_().count("<circle") == str(result).count(" … ")
    sly = curation.agreement(
        frame({1: {"<b>a</b>": "<i>x", "a02": "x&y"}, 2: {"<b>a</b>": "x&y", "a02": "x&y"}}), resamples=0
    )
    html = sly._repr_html_()
    assert "<b>" not in html
    assert "<i>" not in html
    assert "&lt;i&gt;x" in html
    assert "x&amp;y" in html


def test_a_campaigns_questions_come_one_after_the_other() -> None:
    table = schema.from_rows(
        "annotations",
        [
            *annotation("a01", "t1", seconds=20.0, stance="favor", topic=["health", "sports"]),
            *annotation("a02", "t1", seconds=40.0, stance="favor", topic=["health"]),
            *annotation("a02", "t2", skip=True),
        ],
    )
    text = str(curation.agreement(table))
    first, second = text.split("\n\n\n")
    assert first.startswith("stance: one label; 2 answers of 2 annotators, 1 unit with two or more; 1 skip not counted")
    assert second.startswith("topic: any number of labels;")
    assert "40 (40 … 40)" in first
