"""A page with all of its chrome, copied whole by an aggregator, comes out exact: title, publisher and every block."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "../shared/data"
PAGES = {
    "seed": (SHARED / "seed.txt", SHARED / "seed_expected.json"),
    "seed_like": (HERE / "seed_like.txt", HERE / "seed_like_expected.json"),
}
#: curly and straight quotes count as equal
STRAIGHT = str.maketrans("“”‘’", "\"\"''")


@pytest.fixture(params=PAGES)
def page(request, clean):
    text, expected = PAGES[request.param]
    if not text.exists():
        pytest.skip(f"no seed page at {text}")
    made = clean([text.read_text(encoding="utf-8")], titles=[None])
    return made, json.loads(expected.read_text(encoding="utf-8"))


def values(made, field):
    return [value.value for value in made.values if value.field == field]


def test_the_blocks_are_exact(page):
    made, expected = page
    blocks = [block for block in made.bodies[0].split("\n") if block]
    assert [b.translate(STRAIGHT) for b in blocks] == [b.translate(STRAIGHT) for b in expected["blocks"]]


def test_paragraphs_stay_apart(page):
    made, expected = page
    assert made.bodies[0].count("\n\n") == len(expected["blocks"]) - 1
    assert "\n\n\n" not in made.bodies[0]


def test_what_was_read_on_the_way(page):
    made, expected = page
    for field in ("title", "dateline", "syndicated_from"):
        assert values(made, field)[:1] == [expected[field]]
    assert expected["publisher"] in values(made, "publisher")
    assert values(made, "attribution") == expected["attribution"]


def test_every_change_has_a_rule_and_raw_comes_back(page):
    made, _ = page
    assert made.restored == made.raws
    assert made.fired[0] >= {"headline", "breadcrumb", "reading_time", "counter", "interface_label", "above_headline"}
    assert made.fired[0] >= {"publisher", "baca_juga", "dilansir", "glued_word", "end_mark", "layout"}


def test_the_chrome_has_names(page):
    """Each line above the text is removed by the rule that knows it; what is left falls to `above_headline`."""
    made, _ = page
    raw = made.raws[0]
    removed = {raw[c.start : c.end].strip(): c.rule for c in made.ledgers[0]}
    assert removed["Sosial Media"] == "interface_label"
    assert removed["Komentar"] == "interface_label"
    assert removed["Additional JS"] == "interface_label"
    assert [rule for text, rule in removed.items() if text.startswith("Home ")] == ["breadcrumb"]
    assert [rule for text, rule in removed.items() if text.isdigit()] == ["counter"]
    assert [rule for text, rule in removed.items() if "Setiap Hari Pukul" in text] == ["above_headline"]


def test_a_given_title_makes_no_difference(page, clean):
    made, expected = page
    assert clean(made.raws, titles=[expected["title"]]).bodies == made.bodies
