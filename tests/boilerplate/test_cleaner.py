"""Cleaning as a whole: reversible, repeatable, alone as in company, and it leaves clean news alone."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.boilerplate import RULES
from curation.boilerplate.cleaner import LONGEST_DROP, clean_texts
from curation.boilerplate.learned import line_key
from curation.config import Site
from curation.rule import ChromeTable, Context, rule

HERE = Path(__file__).parent
EXAMPLES = [
    example
    for file in sorted((HERE / "examples").glob("*.toml"))
    for example in tomllib.loads(file.read_text(encoding="utf-8"))["example"]
]
ARTICLES = (HERE / "clean_articles.txt").read_text(encoding="utf-8").rstrip("\n").split("\n===\n")

AWKWARD = {
    "empty": "",
    "blank": " \n\t\n\u00a0\r\n \u3000",
    "many blanks": " " * 1_000,
    "one": "a",
    "break": "\n",
    "nul": "\x00",
    "nuls in text": "Air\x00 surut.\n\x00\x00\nWarga\x00 pulang.",
    "lone carriage returns": "Air surut.\rWarga pulang.\r\rBaca juga: Harga Beras Turun\r",
    "windows": "Air surut.\r\n\r\nBaca juga: Harga Beras Turun\r\nWarga pulang.\r\n",
    "unseen only": "\u200b\ufeff\n\u200b",
    "unseen around breaks": "\u200b\nAir surut.\u200b \n\u200b\u200b\n\u200b***",
    "form feed and separators": "Air\x0csurut.\x1c\x1d\x1e\x1f\x85\u2028Warga\u2029pulang.\x0b",
    "emoji": "👨‍👩‍👧‍👦 Ambon (KBN) - Air surut 👍🏽.\n🙂\nBaca juga: 😀 Harga Turun di Pasar 😀",
    "combining": "Cafe\u0301 tutup.\nBaca juga: Cafe\u0301 Tua di Ambon Tutup\n\u0301\u0301\u0301",
    "one long line": "Air surut di kota itu. " * 45_000,
    "one long word": "a" * 1_000_000,
    "many short lines": "a\n" * 200_000,
    "many labels": "Baca juga: Harga Beras Turun\n" * 5_000,
    "many marks": "*" * 10_000,
    "brackets": "(" * 5_000 + ")" * 5_000,
    "dashes": "- " * 5_000,
    "commas": "A., " * 5_000,
}

FRAGMENTS = sorted({line for example in EXAMPLES for line in example["raw"].split("\n") if line.strip()})
ODD = st.sampled_from(
    ["\n", "\n\n", " ", "\r", "\u00a0", "\u200b", ".", ",", "-", "(", ")", "\x00", "😀", "\u0301", "A"]
)
TEXT = st.lists(st.sampled_from(FRAGMENTS) | ODD | st.just("\n") | st.text(max_size=5), max_size=14).map("".join)


def rows(made, document):
    return (
        made.bodies[document],
        made.ledgers[document],
        [value._replace(document=0) for value in made.values if value.document == document],
        [flag._replace(document=0) for flag in made.flags if flag.document == document],
    )


def check(made):
    """What must hold of any text."""
    assert made.restored == made.raws
    for raw, body, changes in zip(made.raws, made.bodies, made.ledgers, strict=True):
        assert all(a.end <= b.start for a, b in itertools.pairwise(changes))
        assert all(raw[c.start : c.end] != c.replacement for c in changes)
        assert body == body.strip()
    for value in made.values:
        assert 0 <= value.start <= value.end <= len(made.raws[value.document])
    for flag in made.flags:
        assert 0 <= flag.start <= flag.end <= len(made.bodies[flag.document])


# -- any text ---------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=40)  # all rules, up to seven times over
@given(st.lists(TEXT, min_size=1, max_size=4), st.none() | st.sampled_from(FRAGMENTS))
def test_any_texts(clean, texts, title):
    titles = [title, *[None] * (len(texts) - 1)]
    made = clean(texts, titles=titles)
    check(made)
    assert clean(texts, titles=titles) == made
    turned = clean(texts[::-1], titles=titles[::-1])
    for document in range(len(texts)):
        alone = clean([texts[document]], titles=[titles[document]])
        assert rows(alone, 0) == rows(made, document) == rows(turned, len(texts) - 1 - document)


@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_texts(clean, name):
    made = clean([AWKWARD[name]], titles=[None])
    check(made)
    company = clean([ARTICLES[0], AWKWARD[name], ARTICLES[1]], titles=[None] * 3)
    assert rows(company, 1) == rows(made, 0)
    assert company.bodies[::2] == ARTICLES[:2]


def test_blank_texts_become_empty(clean):
    for name in ("empty", "blank", "many blanks", "break", "nul", "unseen only"):
        assert clean([AWKWARD[name]], titles=[None]).bodies == [""], name


def test_no_text_at_all(clean):
    made = clean([])
    assert (made.bodies, made.ledgers, made.values, made.flags) == ([], [], [], [])


# -- clean news and second cleaning -----------------------------------------------------------------


@pytest.mark.parametrize("number", range(len(ARTICLES)))
def test_clean_news_stay_as_they_are(clean, number):
    made = clean([ARTICLES[number]], titles=[None])
    assert made.bodies == [ARTICLES[number]]
    assert made.ledgers == [[]]
    assert (made.values, made.flags) == ([], [])


def test_there_are_enough_of_them():
    assert len(set(ARTICLES)) >= 30


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["rule"])
def test_cleaning_twice_is_cleaning_once(clean, example):
    context = {"titles": [example.get("title")], "seen_titles": frozenset(example.get("seen_titles", ()))}
    once = clean([example["raw"]], **context)
    twice = clean(once.bodies, **context)
    assert twice.bodies == once.bodies
    assert twice.ledgers == [[]]


# -- long lines -------------------------------------------------------------------------------------


@rule(step="chrome", source="a test")
def drop_all(lines, context):
    """Drop every line."""
    for line in lines:
        yield line.drop()


@rule(step="chrome", grain="document", source="a test")
def drop_texts(lines, context):
    """Drop every line with the blank space around it, in one edit."""
    for line in lines:
        text = lines.texts[line.document]
        start, end = (
            len(text[: line.start].rstrip(" ")),
            line.end + len(text[line.end :]) - len(text[line.end :].lstrip(" ")),
        )
        yield line.drop()._replace(start=start, end=end)


@pytest.mark.parametrize("eager", [drop_all, drop_texts], ids=lambda rule: rule.name)
def test_a_long_line_is_never_removed_whole(clean, eager):
    short, long = "a" * LONGEST_DROP, "b" * (LONGEST_DROP + 1)
    text = f"{short}\n  {long}  \n{short}\n\n{long}"
    made = clean([text], [eager])
    assert made.bodies[0].split() == [long, long]
    assert made.restored == [text]


def test_nor_by_the_rules_of_the_book(clean):
    long = "Warta Lintang " * 40
    raw = f"{long}\nAir Sungai Lintang Surut\nAir surut.\n{long}"
    table = ChromeTable(1, {("Warta", line_key(long)): "any"})
    made = clean([raw], titles=["Air Sungai Lintang Surut"], chrome=table, owners=[("Warta",)])
    assert made.bodies[0].count(long.strip()) == 2
    assert "Air Sungai Lintang Surut" not in made.bodies[0]


def test_inside_a_long_line_rules_cut(clean):
    raw = "Air surut di desa itu sejak pagi. " * 20 + "[Gambas:Video Lintang] " + "Warga pulang ke rumah. " * 20
    assert clean([raw], titles=[None]).bodies == [raw.replace("[Gambas:Video Lintang] ", "").strip()]


# -- leaving rules out --------------------------------------------------------------------------------


@pytest.mark.parametrize("made_rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_can_be_left_out(clean, made_rule):
    """For all sites, and for one; where it is left out for one, it still works for the others."""
    name = made_rule.name
    raws = [example["raw"] for example in EXAMPLES if example["rule"] == name]
    table = ChromeTable(1, {("W", key): "any" for e in EXAMPLES if e["rule"] == name for key in e.get("chrome", ())})
    context = {
        "titles": [e.get("title") for e in EXAMPLES if e["rule"] == name],
        "seen_titles": frozenset(title for e in EXAMPLES for title in e.get("seen_titles", ())),
        "chrome": table,
        "owners": [("W",)] * len(raws),
    }
    without = clean(raws, [r for r in RULES if r.name != name], **context)
    site = Site(outlet="Warta", disable=(name,))
    here = clean(raws, **context, sites=[site] * len(raws))
    assert all(name not in fired for fired in here.fired)
    assert here == without
    mixed = clean(raws, **context, sites=[site, *[None] * (len(raws) - 1)])
    assert name not in mixed.fired[0]
    assert all(name in fired for fired in mixed.fired[1:])


def test_a_site_that_leaves_nothing_out_changes_nothing(clean):
    raws = [example["raw"] for example in EXAMPLES]
    plain = clean(raws, titles=[None] * len(raws))
    assert clean(raws, titles=[None] * len(raws), sites=[Site(outlet="Warta")] * len(raws)) == plain


# -- overlapping edits --------------------------------------------------------------------------------


def cutting(name, pattern, replacement=""):
    def function(lines, context):
        for line in lines:
            at = line.text.find(pattern)
            if at >= 0:
                yield line.cut(at, at + len(pattern), replacement)

    function.__name__ = name
    return rule(step="chrome", source="a test")(function)


def test_where_two_rules_overlap_the_longer_cut_wins_then_the_earlier_rule(clean):
    text = "satu dua tiga empat"
    first, second, wide = (
        cutting("first", "dua", "2"),
        cutting("second", "dua", "II"),
        cutting("wide", "dua tiga", "23"),
    )
    assert clean([text], [first, second]).bodies == ["satu 2 tiga empat"]
    assert clean([text], [second, first]).bodies == ["satu II tiga empat"]
    assert clean([text], [first, wide]).bodies == ["satu 23 empat"]
    touching = cutting("touching", " tiga", " 3")
    made = clean([text], [first, touching])
    assert made.bodies == ["satu 2 3 empat"]
    assert [change.rule for change in made.ledgers[0]] == ["first", "touching"]


# -- real articles ------------------------------------------------------------------------------------


def test_real_articles_come_back_and_stay_clean(real_articles):
    raws = [row["text"] or "" for row in real_articles]
    titles = [None if row["title"] == "No Title" else (row["title"] or "").strip() or None for row in real_articles]
    seen = frozenset(title for title in titles if title and len(title) >= 20)
    changed = []
    for start in range(0, len(raws), 1_000):
        part = slice(start, start + 1_000)
        context = Context(titles=titles[part], seen_titles=seen)
        once = clean_texts(raws[part], context, RULES)
        for raw, body, changes in zip(once.raws, once.bodies, once.ledgers, strict=True):
            parts, at = [], 0
            for change in changes:
                parts += [raw[at : change.start], change.replacement]
                at = change.end
            assert "".join([*parts, raw[at:]]) == body
        again = clean_texts(once.bodies, context, RULES)
        changed += [
            (start + n, [(c.rule, body[c.start : c.end]) for c in again.ledgers[n]])
            for n, body in enumerate(once.bodies)
            if body != again.bodies[n]
        ]
    assert len(raws) == 4_000
    assert len(changed) <= 0.002 * len(raws), changed


def test_what_two_rules_read_in_the_same_words_is_there_once():
    @rule(step="chrome", literals=("kepala desa",))
    def first(lines, context):
        for line in lines:
            yield line.read("author")

    @rule(step="tail", literals=("kepala desa",))
    def second(lines, context):
        for line in lines:
            yield line.read("author")
            yield line.read("editor")

    made = clean_texts(["Kepala Desa Waai"], Context(), [first, second])
    assert [(value.field, value.rule) for value in made.values] == [("author", "first"), ("editor", "second")]


def test_edits_may_share_blank_space():
    @rule(step="chrome", literals=("iklan",))
    def longer(lines, context):
        for line in lines:
            yield line.cut(line.text.index("Iklan"), line.text.index("Foto"))

    @rule(step="chrome", literals=("foto",))
    def shorter(lines, context):
        for line in lines:
            yield line.cut(line.text.index(" Foto"), line.text.index(" Warga"))

    made = clean_texts(["Air surut. Iklan sabun mandi Foto: X Warga pulang."], Context(), [longer, shorter])
    assert made.bodies == ["Air surut.  Warga pulang."]
    assert [change.rule for change in made.ledgers[0]] == ["longer", "shorter"]
