"""The rule book and the files on its shelves; every rule does what its examples say."""

from __future__ import annotations

import doctest
import importlib
import re
import tomllib
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation import boilerplate
from curation.boilerplate import RULES
from curation.lines import Edit, Lines
from curation.rule import STEPS, ChromeTable, Context, Rule, try_rule

SHELVES = Path(boilerplate.__file__).parent
#: modules that hold what rules share, or run them
HELPERS = {
    "names",
    "shapes",
    "cleaner",
    "datelines.parts",
    "datelines.gazetteer",
    "sentences",
    "promo.calls",
    "promo.words",
}
HELPERS |= {
    "repair.lexicon",
    "repeats",
    "bylines.parts",
    "bylines.roles",
    "captions.credits",
    "related.labels",
    "related.seen",
    "related.title_end",
    "related.title_next",
    "related.title_words",
    "seam",
    "widgets.places",
}
EXAMPLES = [
    example
    for file in sorted((Path(__file__).parent / "examples").glob("*.toml"))
    for example in tomllib.loads(file.read_text(encoding="utf-8"))["example"]
]

by_name = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
by_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e["rule"])


def rule_modules():
    names = {
        ".".join(path.relative_to(SHELVES).with_suffix("").parts)
        for path in SHELVES.rglob("*.py")
        if path.name != "__init__.py"
    }
    assert names >= HELPERS
    return sorted(names - HELPERS)


# -- the files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", rule_modules())
def test_one_file_one_rule(name):
    module = importlib.import_module(f"curation.boilerplate.{name}")
    own = [value for value in vars(module).values() if isinstance(value, Rule) and value.__module__ == module.__name__]
    (rule,) = own
    assert rule.name == name.split(".")[-1]
    assert rule in RULES
    assert re.match(r'"""\S.*\."""', Path(module.__file__).read_text(encoding="utf-8"))


def test_the_rule_book_holds_all_of_them_and_no_other():
    assert sorted(rule.__module__.removeprefix("curation.boilerplate.") for rule in RULES) == rule_modules()
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", sorted(HELPERS))
def test_helpers_hold_no_rule(name):
    module = importlib.import_module(f"curation.boilerplate.{name}")
    assert not [value for value in vars(module).values() if isinstance(value, Rule)]


def test_the_order_of_the_book_is_the_order_of_the_steps():
    steps = [STEPS.index(rule.step) for rule in RULES]
    assert steps == sorted(steps)


# -- what each rule says of itself --------------------------------------------------------------------


@by_name
def test_a_rule_says_what_it_does_and_whence_it_comes(rule):
    assert rule.step in STEPS
    assert rule.grain in ("inline", "line", "block", "document", "corpus")
    assert rule.summary.endswith(".")
    assert len(rule.summary) < 250
    assert doctest.DocTestParser().get_examples(rule.doc), "show it: a doctest in Indonesian"
    assert rule.source
    assert all(literal == literal.lower() != "" for literal in rule.literals)
    assert pc.match_substring_regex(pa.array([""]), rule.shape or "").null_count == 0  # RE2 knows its syntax


# -- what each rule does ------------------------------------------------------------------------------


def context_of(example):
    lines = example.get("chrome", {})
    return {
        "titles": [example.get("title")],
        "seen_titles": frozenset(example.get("seen_titles", ())),
        "chrome": ChromeTable(1 if lines else 0, {("Warta", key): place for key, place in lines.items()}),
        "owners": [(example.get("owner", "Warta"),)],
    }


def test_every_rule_has_two_examples():
    count = {rule.name: 0 for rule in RULES}
    for example in EXAMPLES:
        count[example["rule"]] += 1
    assert {name: n for name, n in count.items() if n < 2} == {}


@by_example
def test_examples(clean, example):
    made = clean([example["raw"]], **context_of(example))
    assert made.bodies == [example["body"].removeprefix("\n")]
    assert example["rule"] in made.fired[0]
    assert made.restored == [example["raw"]]
    values: dict[str, str] = {flag.kind: "" for flag in made.flags}
    for value in made.values:
        values.setdefault(value.field, value.value)
    assert example.get("found", {}).items() <= values.items()
    for value in made.values:
        assert value.value in " ".join(example["raw"][value.start : value.end].split()).replace("\u00a0", " ")


@by_example
def test_examples_need_their_rule(clean, example):
    rest = [rule for rule in RULES if rule.name != example["rule"]]
    made = clean([example["raw"]], rest, **context_of(example))
    with_it = clean([example["raw"]], **context_of(example))
    assert example["rule"] not in made.fired[0]
    assert (made.bodies, made.values, made.flags) != (with_it.bodies, with_it.values, with_it.flags)


# -- what is declared narrows the search and loses nothing ----------------------------------------------

#: what these declare is itself what they look for
DECLARATION_IS_THE_RULE = {"counter"}


@pytest.mark.parametrize(
    "rule",
    [r for r in RULES if (r.literals or r.shape) and r.name not in DECLARATION_IS_THE_RULE],
    ids=lambda r: r.name,
)
def test_literals_and_shapes_lose_nothing(clean, rule, real_texts):
    """The function finds on all lines what it finds on those that it is shown, in examples and in real texts."""
    wide = Rule(rule.name, rule.function, rule.step, rule.grain, head=rule.head, tail=rule.tail, longest=rule.longest)
    texts = [example["raw"] for example in EXAMPLES] + real_texts
    if rule.step != "characters":
        texts = clean(texts, [r for r in RULES if r.step == "characters"]).bodies
    seen = frozenset(title for example in EXAMPLES for title in example.get("seen_titles", ()))
    lines, context = Lines.of(texts), Context(titles=[None] * len(texts), seen_titles=seen)
    found = rule(rule.select(lines), context)
    assert found == wide(wide.select(lines), context)
    assert found


def _module(rule):
    return importlib.import_module(rule.function.__module__)


@pytest.mark.parametrize(
    "rule",
    [r for r in RULES if r.group == "widgets" and r.literals and not r.shape and hasattr(_module(r), "_LABELS")],
    ids=lambda r: r.name,
)
@given(st.data())
@settings(max_examples=200, deadline=None)
def test_every_label_of_a_widget_holds_a_literal(rule, data):
    """For whatever label the rule's pattern allows; real texts hold few of them."""
    labels = re.compile(_module(rule)._LABELS, re.ASCII)
    label = data.draw(st.from_regex(labels, fullmatch=True))
    assert any(literal in label.lower() for literal in rule.literals)


@by_name
def test_a_rule_answers_only_for_the_lines_it_is_shown(rule):
    if rule.grain in ("line", "inline"):
        for example in EXAMPLES:
            for answer in try_rule(rule, example["raw"]):
                assert answer.document == 0
                assert 0 <= answer.start <= answer.end <= len(example["raw"])
                if isinstance(answer, Edit):
                    assert example["raw"][answer.start : answer.end] != answer.replacement
