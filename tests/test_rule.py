"""The contract of a rule: what it declares, what it is shown, what it answers."""

from __future__ import annotations

import pytest

from curation.config import Site
from curation.lines import Edit, Flag, Lines, Value
from curation.rule import Context, after, any_of, rule, try_rule


@rule(step="chrome", literals=("iklan", "c++ (x)"), source="a test")
def shout(lines, context):
    """Cut a line.

    And say why.
    """
    for line in lines:
        yield line.drop()
        yield line.read("caption")
        yield line.flag("seen")


def texts(lines):
    return [line.text for line in lines]


def test_a_rule_knows_its_function():
    assert shout.name == "shout"
    assert shout.summary == "Cut a line."
    assert shout.doc.endswith("And say why.")
    assert shout.__doc__ == shout.function.__doc__
    assert shout.__module__ == __name__


def test_an_unknown_step_is_refused():
    with pytest.raises(AssertionError, match="chorme"):
        rule(step="chorme")


def test_literals_are_found_in_any_case_and_taken_literally():
    lines = Lines.of(["IKLAN\nikla\nPakai C++ (X)\nc+++ (x)\nabc"])
    assert texts(shout.select(lines)) == ["IKLAN", "Pakai C++ (X)"]
    assert any_of(("b.", "a|")) == r"a\||b\."


def declared(**declaration):
    return rule(step="chrome", **declaration)(lambda lines, context: ())


@pytest.mark.parametrize(
    ("declaration", "expected"),
    [
        ({}, ["a1", "b2", "c3", "d4", "x1", "y2"]),
        ({"head": 2}, ["a1", "b2", "x1", "y2"]),
        ({"tail": 1}, ["d4", "y2"]),
        ({"head": 3, "tail": 3}, ["b2", "c3", "x1", "y2"]),
        ({"shape": "^[ax]"}, ["a1", "x1"]),
        ({"literals": ("2", "3"), "head": 2}, ["b2", "y2"]),
        ({"literals": ("2", "3"), "shape": "^c", "head": 2}, []),
        ({"shape": "1$", "tail": 2}, ["x1"]),
        ({"longest": 1}, []),
        ({"beyond_ascii": True}, []),
        ({"longest": 2, "shape": "^x"}, ["x1"]),
    ],
)
def test_only_what_is_declared_is_shown(declaration, expected):
    lines = Lines.of(["a1\n\nb2\nc3\n d4", "x1\ny2"])
    assert texts(declared(**declaration).select(lines)) == expected
    # and of lines that were chosen before, only those
    chosen = lines.where(lines.matching("[a-c]"))
    assert texts(declared(**declaration).select(chosen)) == [text for text in expected if text[0] in "abc"]


def test_answers_are_signed():
    answers = try_rule(shout, "Air surut.\nIklan")
    assert answers == [
        Edit(0, 11, 16, "", "shout"),
        Value(0, "caption", "Iklan", 11, 16, "shout"),
        Flag(0, "seen", 11, 16, 1.0, "shout"),
    ]
    assert after(shout, "Air surut.\nIklan\nWarga pulang.") == "Air surut.\n\nWarga pulang."
    assert try_rule(shout, "Air surut.") == []


def test_a_site_may_leave_a_rule_out():
    here, there = Site(outlet="Warta", disable=("shout",)), Site(outlet="Detak", disable=("layout",))
    lines = shout.select(Lines.of(["iklan", "iklan", "iklan"]))
    answers = shout(lines, Context(sites=[here, there, None]))
    assert {answer.document for answer in answers} == {1, 2}


def test_the_context_of_a_line():
    first, second = Lines.of(["a", "b"])
    site = Site(outlet="Warta")
    context = Context(titles=["Judul", None], sites=[None, site])
    assert (context.title(first), context.title(second)) == ("Judul", None)
    assert (context.site(first), context.site(second)) == (None, site)
    assert Context().title(first) is None
    assert Context().site(first) is None
