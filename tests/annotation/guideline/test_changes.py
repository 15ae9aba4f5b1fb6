"""Labels that are renamed, merged, split and deprecated: what was answered before still says what it said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import curation
from curation.annotation import codebook as codebooks
from curation.annotation.agreement import measure
from curation.annotation.agreement.columns import answers
from curation.annotation.assignment.revision import divided, last_pages, touched
from curation.annotation.codebook import Codebook, Condition
from curation.annotation.guideline.changes import accepted, fates, storable, today
from curation.annotation.instruction import markdown
from curation.annotation.page import page
from curation.annotation.reading.answers import Reading, read_answers
from curation.annotation.resolution.resolve import dawid_skene, majority
from curation.errors import ConfigError
from tests.annotation.assignment.conftest import annotations, answer

BOOK = """
[codebook]
name = "frame"
guideline_version = "{version}"
title = "Bingkai"

[[changelog]]
version = "1.0"
date = "2026-01-05"
effect = "none"
note = "Versi pertama."
{log}
[[question]]
name = "stance"
text = "Bingkai apa?"
kind = "choice"
required = true
{labels}
"""


def book(tmp_path: Path, values: str, *changes: str) -> Codebook:
    """A codebook with these values, and a version for each change."""
    log = "".join(
        f'\n[[changelog]]\nversion = "1.{i}"\ndate = "2026-02-0{i}"\nnote = "Lain."\n{change}\n'
        for i, change in enumerate(changes, 1)
    )
    labels = "".join(f'[[question.label]]\nvalue = "{v}"\nshown = "{v.title()}"\n' for v in values.split())
    path = tmp_path / "codebook.toml"
    path.write_text(BOOK.format(version=f"1.{len(changes)}", log=log, labels=labels), encoding="utf-8")
    return codebooks.load(path)


def said(*given: tuple[str, str, str, str]) -> pa.Table:
    """Answers: task, annotator, value, version."""
    rows = [answer(key, who, value, hour, version) for hour, (key, who, value, version) in enumerate(given)]
    return annotations({**row, "target": None} for row in rows)


RENAME = 'effect = "none"\nrename = { pro = "favor" }'
MERGE = 'effect = "none"\nmerge = { calm = "neutral", dry = "neutral" }'
SPLIT = 'effect = "labels"\nsplit = ["other"]'
DEPRECATE = 'effect = "none"\ndeprecate = ["mixed"]'


def values(table: pa.Table) -> list[Any]:
    found: list[Any] = table["value"].to_pylist()
    return found


def test_a_renamed_value_counts_without_being_asked_again(tmp_path: Path) -> None:
    renamed = book(tmp_path, "favor against", RENAME)
    table = said(("t1", "a01", "pro", "1.0"), ("t1", "a02", "favor", "1.1"), ("t1", "a03", "against", "1.0"))
    assert values(today(table, renamed)) == ["favor", "favor", "against"]
    assert not touched(table, renamed).any()
    counting, aside = divided(table, renamed)
    assert (counting.num_rows, aside.num_rows) == (3, 0)
    assert sorted(values(counting)) == ["against", "favor", "pro"]  # kept as it was given
    for resolved in (majority(counting, renamed), dawid_skene(counting, renamed)):
        assert [row["value"] for row in resolved.labels.to_pylist()] == ["favor"]
        assert resolved.ties == 0


def test_agreement_takes_the_old_and_the_new_name_for_one(tmp_path: Path) -> None:
    renamed = book(tmp_path, "favor against", RENAME)
    table = said(*((f"t{i}", who, "against" if i % 2 else value, version) for i in range(6) for who, value, version in
                   (("a01", "pro", "1.0"), ("a02", "favor", "1.1"))))  # fmt: skip
    found = curation.agreement(table, codebook=tmp_path / "codebook.toml", resamples=0).summary
    unread = measure(answers(table, {}), codebook=renamed, resamples=0)["summary"]
    alphas = [
        {row["coefficient"]: row["value"] for row in table.to_pylist() if row["scope"] == "all"}
        for table in (found, unread)
    ]
    assert alphas[0]["krippendorff_alpha"] == 1.0
    assert alphas[1]["krippendorff_alpha"] < 1.0


def test_renames_add_up_over_versions_and_may_go_back(tmp_path: Path) -> None:
    twice = book(tmp_path, "support against", RENAME, 'effect = "none"\nrename = { favor = "support" }')
    table = said(("t1", "a01", "pro", "1.0"), ("t2", "a01", "favor", "1.1"), ("t3", "a01", "support", "1.2"))
    assert values(today(table, twice)) == ["support"] * 3
    back = book(tmp_path, "pro against", RENAME, 'effect = "none"\nrename = { favor = "pro" }')
    assert values(today(said(("t1", "a01", "pro", "1.0"), ("t2", "a01", "favor", "1.1")), back)) == ["pro"] * 2


def test_merged_values_are_one_answer_also_where_somebody_gave_both(tmp_path: Path) -> None:
    merged = book(tmp_path, "neutral favor", MERGE)
    table = said(("t1", "a01", "calm", "1.0"), ("t1", "a01", "dry", "1.0"), ("t1", "a02", "neutral", "1.1"))
    assert values(today(table, merged)) == ["neutral", "neutral"]
    assert majority(table, merged).labels["n_votes"].to_pylist() == [2]


def test_a_split_value_is_asked_again_and_counts_no_more(tmp_path: Path) -> None:
    split = book(tmp_path, "favor money health", SPLIT)
    table = said(("t1", "a01", "other", "1.0"), ("t2", "a01", "favor", "1.0"))
    assert values(today(table, split)) == ["favor"]
    counting, aside = divided(table, split)
    assert (values(counting), values(aside)) == (["favor"], ["other"])
    assert not last_pages(table, split)["t1", "a01"].stands
    assert [row["document_id"] for row in majority(table, split).labels.to_pylist()] == ["t2"]
    again = pa.concat_tables([table, said(("t1", "a01", "money", "1.1"))])
    assert sorted(values(today(divided(again, split)[0], split))) == ["favor", "money"]


def test_what_stays_offered_after_a_split_counts_from_then_on(tmp_path: Path) -> None:
    split = book(tmp_path, "favor other health", SPLIT)
    assert values(today(said(("t1", "a01", "other", "1.0"), ("t2", "a01", "other", "1.1")), split)) == ["other"]


def test_a_deprecated_value_is_offered_no_more_and_counts_on(tmp_path: Path) -> None:
    gone = book(tmp_path, "favor against mixed", DEPRECATE)
    table = said(("t1", "a01", "mixed", "1.0"))
    assert not touched(table, gone).any()
    assert [row["value"] for row in majority(table, gone).labels.to_pylist()] == ["mixed"]
    assert 'alias="mixed"' not in page(gone)
    assert "- **Mixed" not in markdown(gone)
    assert "Tidak dipakai lagi: mixed. Jawaban lama tetap berlaku." in markdown(gone)


def test_a_later_change_of_a_renamed_label_finds_the_answers_under_both_names(tmp_path: Path) -> None:
    later = book(tmp_path, "favor against", RENAME, 'effect = "labels"\nlabels = ["favor"]')
    table = said(("t1", "a01", "pro", "1.0"), ("t2", "a01", "favor", "1.1"), ("t3", "a01", "against", "1.0"))
    assert touched(table, later).tolist() == [True, True, False]


def test_the_values_that_an_answer_may_hold(tmp_path: Path) -> None:
    found = book(tmp_path, "favor mixed neutral", RENAME, MERGE, SPLIT, DEPRECATE)
    assert accepted(found, found.question[0]) == {"favor", "mixed", "neutral", "pro", "calm", "dry", "other"}
    assert storable(found) == {"stance": accepted(found, found.question[0])}


def read(codebook: Codebook, version: str, **given: str) -> list[str]:
    """What is wrong with an annotation of that version."""
    result = [
        {"from_name": name, "to_name": "text", "type": "choices", "value": {"choices": [value]}}
        for name, value in given.items()
    ]
    reading = Reading("t1", "7")
    read_answers(reading, result, "Teks.", codebook, version)
    return [problem.what for problem in reading.problems]


def test_a_pull_reads_old_values_and_no_unknown_ones(tmp_path: Path) -> None:
    renamed = book(tmp_path, "favor against", RENAME)
    assert read(renamed, "1.0", stance="pro") == []
    assert read(renamed, "1.1", stance="favor") == []
    assert read(renamed, "1.0", stance="con") == ["'con' is no value of 'stance'"]


def test_an_old_value_from_a_page_that_was_still_open_means_the_same(tmp_path: Path) -> None:
    """Who opened a task before the change saves it under the new version."""
    renamed = book(tmp_path, "favor against", RENAME, SPLIT)
    assert read(renamed, "1.2", stance="pro") == []
    table = said(("t1", "a01", "pro", "1.2"), ("t2", "a01", "other", "1.2"))
    assert values(today(table, renamed)) == ["favor"]
    assert touched(table, renamed).tolist() == [False, True]


def test_a_question_that_a_renamed_value_opened_is_still_opened_by_the_old_name(tmp_path: Path) -> None:
    renamed = book(tmp_path, "favor against", RENAME)
    why = msgspec.structs.replace(
        renamed.question[0], name="why", visible_when=Condition(question="stance", value="favor")
    )
    both = msgspec.structs.replace(renamed, question=(*renamed.question, why))
    assert read(both, "1.0", stance="pro", why="against") == []
    assert read(both, "1.0", stance="pro") == ["the required answer to 'why' is missing"]
    # what was split is asked again: today's questions can't be asked of it
    split = msgspec.structs.replace(book(tmp_path, "favor against", SPLIT), question=both.question)
    assert read(split, "1.0", stance="other") == []


def test_a_question_that_came_later_is_not_missed_in_older_answers(tmp_path: Path) -> None:
    grown = book(tmp_path, "favor against", 'effect = "none"')
    later = msgspec.structs.replace(grown.question[0], name="why", since="1.1")
    both = msgspec.structs.replace(grown, question=(*grown.question, later))
    assert read(both, "1.0", stance="favor") == []
    assert read(both, "1.1", stance="favor") == ["the required answer to 'why' is missing"]
    path = tmp_path / "codebook.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("required = true", 'required = true\nsince = "1.2"'), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"the changelog knows no version 1\.2\. Did you mean '1\."):
        codebooks.load(path)


def test_answers_to_a_question_that_was_taken_out_are_passed_over(tmp_path: Path) -> None:
    kept = book(tmp_path, "favor against")
    head = msgspec.structs.replace(kept.codebook, not_read=("mood",))
    without = msgspec.structs.replace(kept, codebook=head)
    assert read(kept, "1.0", stance="favor", mood="glad") == ["'mood' is no question of the codebook"]
    assert read(without, "1.0", stance="favor", mood="glad") == []
    assert storable(without)["mood"] is None


def test_skips_and_questions_that_are_gone_have_no_fate(tmp_path: Path) -> None:
    renamed = book(tmp_path, "favor against", RENAME)
    rows = [answer("t1", "a01", None, 1), answer("t2", "a01", "x", 1) | {"question": "gone"}]
    assert fates(annotations(rows), renamed) == [None, None]
    assert today(annotations(rows), renamed).num_rows == 2


# -- mistakes in the changelog ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "changes", "told"),
    [
        ("favor against", ['effect = "none"\nrename = { pro = "favr" }'],
         "'pro' becomes 'favr', which is no value. Did you mean 'favor'?"),
        ("favor pro", [RENAME], "'pro' became 'favor' but is still offered: take its [[question.label]] out"),
        ("favor b", ['effect = "none"\nrename = { a = "favor", c = "favor" }'],
         "several values become 'favor': write them as merge"),
        ("favor b", ['effect = "none"\nrename = { a = "c", c = "a" }'],
         "'c' is both an old and a new value in one version"),
        ("favor b", ['effect = "none"\nrename = { a = "b" }\nmerge = { a = "favor" }'], 
         "'a' is both renamed and merged"),
        ("favor b", ['effect = "none"\nrename = { a = "c" }', 'effect = "none"\nrename = { c = "d" }'],
         "'a' becomes 'd', which is no value"),
        ("favor b", ['effect = "none"\nsplit = ["other"]'], "what is split is asked again: the effect is 'labels'"),
        ("favor against", ['effect = "none"\ndeprecate = ["mixed"]'], "leave its [[question.label]] in"),
        ("favor against", ['effect = "labels"\nlabels = ["againts"]'], "Did you mean 'against'?"),
        (
            "favor other",
            [SPLIT, 'effect = "none"\nmerge = { rest = "other" }'],
            "'other' was split, and its older answers are asked again",
        ),
        ("favor against", ['effect = "none"\nrename = ["pro"]'], "'rename': expected"),
    ],
)  # fmt: skip
def test_each_mistake_is_told_with_its_line(tmp_path: Path, values: str, changes: list[str], told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        book(tmp_path, values, *changes)
    text = (tmp_path / "codebook.toml").read_text(encoding="utf-8").splitlines()
    found = [problem for problem in caught.value.problems if told in problem]
    assert found, caught.value.problems
    line = int(found[0].removeprefix(f"{tmp_path / 'codebook.toml'}:").split(":")[0])
    assert text[line - 1].split(" =")[0] in ("rename", "merge", "split", "deprecate", "labels", "effect")


TWO = """
[[question]]
name = "tone"
text = "Nadanya?"
kind = "choice"
[[question.label]]
value = "neutral"
shown = "Datar"
[[question.label]]
value = "mixed"
shown = "Campur"
"""


def with_tone(tmp_path: Path, change: str) -> Codebook:
    book(tmp_path, "favor mixed neutral")
    path = tmp_path / "codebook.toml"
    text = path.read_text(encoding="utf-8").replace('guideline_version = "1.0"', 'guideline_version = "1.1"')
    log = f'[[changelog]]\nversion = "1.1"\ndate = "2026-02-01"\nnote = "Lain."\n{change}\n'
    path.write_text(text + log + TWO, encoding="utf-8")
    return codebooks.load(path)


def test_a_value_that_two_questions_have_is_named_with_its_question(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"write stance\.mixed or tone\.mixed"):
        with_tone(tmp_path, DEPRECATE)
    found = with_tone(tmp_path, 'effect = "none"\ndeprecate = ["tone.mixed"]')
    assert [[label.value for label in found.offered(question)] for question in found.question] == [
        ["favor", "mixed", "neutral"],
        ["neutral"],
    ]
    # what the other question calls the same is no concern of this one
    apart = with_tone(tmp_path, 'effect = "none"\nrename = { "stance.pro" = "favor", "tone.favor" = "mixed" }')
    assert fates(said(("t1", "a01", "pro", "1.0")), apart) == [("favor", False, False)]
    merged = with_tone(tmp_path, 'effect = "none"\nmerge = { "tone.flat" = "neutral", "tone.dry" = "neutral" }')
    assert storable(merged) == {"stance": {"favor", "mixed", "neutral"}, "tone": {"neutral", "mixed", "flat", "dry"}}


# -- any series of changes --------------------------------------------------------------------------


@st.composite
def histories(draw: st.DrawFn) -> tuple[str, list[str], dict[tuple[str, str], str | None]]:
    """Values of today, changes, and what each value of each version is today; None: it is asked again."""
    live, ever_split, fresh = ["a", "b", "c", "d"], set[str](), iter(f"n{i}" for i in range(99))
    shown, changes = list(live), []  # shown: also the deprecated
    now: dict[tuple[str, str], str | None] = {("1.0", value): value for value in live}
    for number in range(1, 1 + draw(st.integers(1, 5))):
        olds = draw(st.lists(st.sampled_from(live), min_size=1, max_size=2, unique=True))
        kind = draw(st.sampled_from(["rename", "merge", "split", "deprecate"]))
        if kind == "deprecate":
            live = [value for value in live if value not in olds]
            changes.append(f'effect = "none"\ndeprecate = {json.dumps(olds)}')
        elif kind == "split":
            ever_split |= {*olds}
            new = [next(fresh) for _ in range(2)]
            live, shown = ([*(v for v in of if v not in olds), *new] for of in (live, shown))
            now = {key: None if value in olds else value for key, value in now.items()}
            changes.append(f'effect = "labels"\nsplit = {json.dumps(olds)}')
        else:
            others = [v for v in live if v not in {*olds} | ever_split] if kind == "merge" else []
            one = draw(st.sampled_from([*others, next(fresh)]))
            ends = {old: one if kind == "merge" else next(fresh) for old in olds}
            live, shown = (
                [*(v for v in of if v not in olds), *(e for e in dict.fromkeys(ends.values()) if e not in of)]
                for of in (live, shown)
            )
            now = {key: ends.get(value, value) if value else None for key, value in now.items()}
            pairs = ", ".join(f"{old} = {json.dumps(end)}" for old, end in ends.items())
            changes.append(f'effect = "none"\n{kind} = {{ {pairs} }}')
        if not live:
            live.append(next(fresh))
            shown.append(live[0])
        now |= {(f"1.{number}", value): value for value in live}
    if len(shown) < 2:
        shown.append(next(fresh))
    return " ".join(shown), changes, now


@settings(max_examples=60)
@given(histories())
def test_any_series_of_changes_tells_what_each_old_value_is_today(
    tmp_path_factory: pytest.TempPathFactory, history: tuple[str, list[str], dict[tuple[str, str], str | None]]
) -> None:
    shown, changes, now = history
    found = book(tmp_path_factory.mktemp("history"), shown, *changes)
    table = said(*((f"t{i}", "a01", value, version) for i, (version, value) in enumerate(now)))
    once = today(table, found)
    assert dict(zip(once["task_key"].to_pylist(), values(once), strict=True)) == {
        f"t{i}": value for i, value in enumerate(now.values()) if value is not None
    }
    assert today(once, found) == once
    assert touched(table, found).tolist() == [value is None for value in now.values()]
    assert {value for _, value in now} <= (storable(found)["stance"] or set())
