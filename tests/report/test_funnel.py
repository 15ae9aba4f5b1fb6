"""The funnel accounts for every input."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from curation.report.funnel import funnel_of, funnel_text, is_detail
from curation.workspace import Batch, Workspace

#: the lines that articles end in
ENDS = (
    "out of scope",
    "failed checks",
    "duplicates",
    "dropped by decision",
    "withdrawn",
    "not selected yet",
    "selected",
)
OUTCOMES = st.sampled_from(
    [
        None,  # not selected yet
        ("selected", "selected"),
        ("selected", "kept by Dewi: baik"),
        ("failed_checks", "word_count"),
        ("failed_checks", "word_count, paywall"),
        ("out_of_scope", "out of scope: terms"),
        ("duplicate", "duplicate of 00 (Kabar)"),
        ("decision", "dropped by Dewi: iklan"),
        ("withdrawn", "withdrawn on request"),
    ]
)


def check_sums(funnel: list[tuple[str, int]]) -> dict[str, int]:
    """Every line adds up; returns the funnel as a dictionary."""
    counts = dict(funnel)
    assert len(counts) == len(funnel), "a line stands there twice"
    assert counts["inputs"] == counts["rejected"] + counts["articles"]
    assert counts["articles"] == sum(counts[end] for end in ENDS)
    for line in ("rejected", "out of scope", "failed checks", "quarantined batches", "dropped batches"):
        assert counts[line] == sum(n for what, n in funnel if what.startswith(f"{line}: "))
    return counts


def test_every_outcome_has_its_line(workspace: Workspace) -> None:
    counts = check_sums(funnel_of(workspace))
    assert counts["inputs"] == 11
    assert counts["rejected: repeat"] == 2
    assert [counts[end] for end in ENDS] == [1, 1, 1, 1, 0, 1, 3]
    assert counts["failed checks: word_count + paywall"] == 1
    assert counts["selected: by decision"] == 1
    assert counts["quarantined batches: malam-2"] == counts["quarantined batches"] == 2
    assert json.loads(json.dumps(counts)) == counts


@given(articles=st.lists(OUTCOMES, max_size=12), rejected=st.lists(st.sampled_from(["empty", "repeat"]), max_size=5))
@settings(max_examples=25, deadline=None)
def test_no_input_vanishes(
    invented: SimpleNamespace, articles: list[tuple[str, str] | None], rejected: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder))
        rows = [invented.article(number) for number in range(len(articles))]
        invented.add_batch(workspace, "malam-1", rows, rejected)
        chosen = {row["id"]: outcome for row, outcome in zip(rows, articles, strict=True) if outcome}
        invented.add_selection(workspace, chosen, {})
        counts = check_sums(funnel_of(workspace))
    assert counts["inputs"] == len(articles) + len(rejected)
    assert counts["not selected yet"] == articles.count(None)


def test_a_dropped_batch_leaves_the_sum_although_the_selection_is_old(workspace: Workspace) -> None:
    workspace.set_batch(Batch("malam-1", "dropped", "Dewi: salah kirim"))
    counts = check_sums(funnel_of(workspace))
    assert counts["inputs"] == counts["selected"] == 0
    assert counts["dropped batches: malam-1"] == 11


def test_details_are_summed_up_where_there_are_many(workspace: Workspace, invented: SimpleNamespace) -> None:
    invented.add_batch(workspace, "malam-3", [], [f"alasan {n:02}" for n in range(40)])
    funnel = funnel_of(workspace)
    check_sums(funnel)
    assert sum(what.startswith("rejected: ") for what, _ in funnel) == 13


def test_an_empty_workspace_has_a_funnel(tmp_path: Path) -> None:
    funnel = funnel_of(Workspace(tmp_path))
    assert check_sums(funnel)["inputs"] == 0
    assert funnel_text(funnel).splitlines() == ["inputs      0", "articles    0", "selected    0"]


def test_the_text_is_aligned_and_leaves_out_what_did_not_happen(workspace: Workspace) -> None:
    lines = funnel_text(funnel_of(workspace)).splitlines()
    assert not any("withdrawn" in line for line in lines)
    assert len({line.rindex("%") for line in lines if "%" in line}) == 1
    full = next(line for line in lines if line.startswith("inputs"))
    assert max(line.count("█") for line in lines) == full.count("█") == 24
    assert sum(map(is_detail, dict(funnel_of(workspace)))) == sum(line.startswith("    ") for line in lines)
