"""The names in both languages: nothing that a person reads is without its other language."""

from __future__ import annotations

import re
from pathlib import Path

from curation import config
from curation.dedup import kind
from curation.report import words
from curation.report.funnel import _OUTCOMES, OUTSIDE, REMAINS
from curation.workspace.decisions import DECISIONS

PACKAGE = Path(words.__file__).parents[1]


def test_every_line_of_the_funnel_has_its_name() -> None:
    assert {*REMAINS, *OUTSIDE, *_OUTCOMES, "rejected", "not selected yet"} <= words.FUNNEL.keys()


def test_every_reason_of_the_readers_has_its_name() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (PACKAGE / "ingest").rglob("*.py")]
    reasons = {name for text in sources for name in re.findall(r'Rejection\([^"()]+, "(\w+)"', text)}
    assert reasons >= {"empty", "malformed", "joined"}
    assert reasons <= words.REJECTED.keys()


def test_every_decision_and_kind_has_its_name() -> None:
    assert set(DECISIONS) <= words.STATES.keys()
    source = Path(kind.__file__).read_text(encoding="utf-8")
    assert set(words.KINDS) <= set(re.findall(r'"(\w+)"', source))


def test_every_measure_with_a_shipped_limit_has_a_sentence() -> None:
    for profile in config.profile_names():
        limits = config.load(overrides=(f"quality.profile={profile}",)).quality.limits
        if profile == "indonesian-news":
            assert limits.keys() <= words.MEASURES.keys()


def test_what_is_unknown_is_shown_as_it_is_and_escaped() -> None:
    assert words.funnel_line("<b>") == "&lt;b&gt;"
    assert words.language("xx") == "xx"
    assert words.named("<i>", words.STATES) == "&lt;i&gt;"
