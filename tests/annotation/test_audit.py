"""What may be drawn, in which words it is asked, and what the answers say."""

from __future__ import annotations

import math
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from curation import config, schema
from curation.annotation import label_studio
from curation.annotation.audit import (
    AUDITS,
    INDIRECT,
    LEAST,
    SEVERAL,
    UNCLEAR,
    audit_json,
    audit_tasks,
    dropped_strata,
    in_words,
    keeper_target,
    merged_strata,
)
from curation.annotation.codebook import Codebook, load, shipped
from curation.annotation.instruction import markdown
from curation.annotation.page import page
from curation.annotation.precision import Precision, precision, wilson
from curation.annotation.sampling.draw import draw
from curation.errors import ConfigError
from curation.quality import MEASURES

BOOKS = {name: shipped(audit.codebook) for name, audit in AUDITS.items()}


def turned(table: pa.Table) -> pa.Table:
    return table.take(pa.array(range(table.num_rows))[::-1])


# -- codebooks and pages --------------------------------------------------------------------------


@pytest.mark.parametrize("name", AUDITS)
def test_the_shipped_codebooks_ask_what_is_counted(name: str) -> None:
    book, audit = BOOKS[name], AUDITS[name]
    assert (book.codebook.shows, book.name) == (name, f"audit_{name}")
    assert book.known_answers() == {name: (*audit.right, audit.wrong, UNCLEAR)}
    for label in book.question[0].label:
        assert label.definition, label.value
        assert label.hotkey, label.value
        assert f"{label.shown} [{label.hotkey}]." in markdown(book)
    label_studio.validate_page(page(book))


def test_a_pair_stands_side_by_side_under_its_question() -> None:
    root = ElementTree.fromstring(page(BOOKS["merged"]))
    assert [text.get("name") for text in root.iter("Text")] == ["other", "text"]
    assert [view.get("className") for view in root.findall("View")] == ["kurasi-panel", "kurasi-pasangan"]
    assert [choices.get("toName") for choices in root.iter("Choices")] == ["text"]


@pytest.mark.parametrize("name", AUDITS)
def test_no_field_has_a_name_that_label_studio_keeps_for_itself(name: str) -> None:
    fields = {tag.get("value", "")[1:] for tag in ElementTree.fromstring(page(BOOKS[name])).iter()}
    assert not fields & {"source", "id", "data", "meta", "annotations", "predictions"}


def test_every_limit_of_the_profile_has_words() -> None:
    limits = config.load().quality.limits
    words = {reason.measure: reason for reason in BOOKS["dropped"].reason}
    assert set(words) <= {measure.name for measure in MEASURES}
    for name, limit in limits.items():
        assert limit.min is None or words[name].below, name
        assert limit.max is None or words[name].above, name


def test_reasons_are_told_in_indonesian() -> None:
    limits = config.load().quality.limits | {"word_length": config.Limit(min=4, max=9)}
    values = {"word_count": 1042.0, "table": 0.5, "word_length": 12.25, "gambling": 8.0, "indonesian": 0.0}

    def said(*names: str) -> str:
        return in_words(names, values, limits, BOOKS["dropped"])

    assert said("gambling") == "Iklan judi"
    assert said("indonesian", "table") == "Bukan bahasa Indonesia; tabel atau daftar angka (50% dari semua kata)"
    assert said("word_length") == "Kata-katanya terlalu panjang (rata-rata 12,2 huruf)"
    assert said("word_count") == "Teks terlalu panjang (1.042 kata)"


# -- what may be drawn ----------------------------------------------------------------------------


def selection(*rows: tuple[str, str, str]) -> pa.Table:
    made = [
        {"id": id_, "selected": outcome == "selected", "outcome": outcome, "why": "", "keeper_id": keeper}
        for id_, outcome, keeper in rows
    ]
    return schema.from_rows("selection", made)


def pair(a: str, b: str, kind: str, merges: bool = True) -> dict[str, Any]:
    zeros = {"jaccard": 0.9, "containment_a": 0.9, "containment_b": 0.9, "evidence": ""}
    flags = dict.fromkeys(("same_text", "same_page", "one_corrects", "starts_alike"), False)
    return {"id_a": a, "id_b": b, "kind": kind, "merges": merges, **zeros, **flags}


def test_dropped_documents_stand_in_the_stratum_of_their_reason() -> None:
    chosen = selection(
        ("a", "failed_checks", "a"), ("b", "failed_checks", "b"), ("c", "selected", "c"), ("d", "duplicate", "c")
    )
    reasons = [("a", ["spam"]), ("b", ["word_count", "spam"]), ("c", []), ("d", [])]
    verdicts = schema.from_rows("verdicts", [{"id": i, "keep": not why, "reasons": why} for i, why in reasons])
    assert dropped_strata(chosen, verdicts) == {"a": "spam", "b": SEVERAL}
    assert dropped_strata(turned(chosen), turned(verdicts)) == {"a": "spam", "b": SEVERAL}
    assert dropped_strata(chosen.slice(2), verdicts) == {}


def test_copies_stand_in_the_stratum_of_their_pair_with_the_keeper() -> None:
    chosen = selection(
        ("a", "duplicate", "c"),  # tied to the keeper by b alone
        ("b", "duplicate", "c"),
        ("c", "selected", "c"),
        ("d", "duplicate", "c"),
        ("e", "duplicate", "b"),
        ("f", "failed_checks", "c"),
    )
    rows = [pair("a", "b", "near"), pair("a", "c", "rewrite", merges=False), pair("b", "c", "exact")]
    rows += [pair("c", "d", "contains"), pair("b", "e", "update"), pair("c", "f", "near")]
    pairs = schema.from_rows("pairs", rows)
    expected = {"a": INDIRECT, "b": "exact", "d": "contained", "e": "update"}
    assert merged_strata(chosen, pairs) == expected
    assert merged_strata(turned(chosen), turned(pairs)) == expected
    assert merged_strata(chosen.slice(2, 1), pairs) == {}


strata = st.dictionaries(st.text("0123456789abcdef", min_size=3, max_size=6), st.sampled_from("ABCDE"), min_size=5)


@given(strata, st.integers(5, 60), st.integers(0, 3))
def test_small_strata_get_a_few_tasks_and_weights_add_up(strata: dict[str, str], n: int, seed: int) -> None:
    drawn = draw(strata, n, seed, LEAST)
    assert drawn == draw(dict(reversed(strata.items())), n, seed, LEAST)
    sizes, taken = Counter(strata.values()), Counter(stratum for stratum, _ in drawn.values())
    assert taken.total() == min(n, len(strata))
    for name, size in sizes.items():
        assert taken[name] <= size
        assert n < LEAST * len(sizes) or taken[name] >= min(LEAST, size)
        weights = [1 / p for stratum, p in drawn.values() if stratum == name]
        assert math.isclose(sum(weights), size)


# -- tasks ----------------------------------------------------------------------------------------


def test_a_pair_is_shown_with_its_keeper_as_it_was(documents: pa.Table, clusters: pa.Table) -> None:
    kept, copy = documents["id"][1].as_py(), documents["id"][3].as_py()
    target = keeper_target(kept, documents["text_sha256"][1].as_py())
    arguments = (clusters, BOOKS["merged"], "audit-merged", "main")
    tasks = audit_tasks({copy: ("near", 0.5)}, {copy: target}, documents, *arguments)
    shown = audit_json(tasks, documents, BOOKS["merged"], lambda left, right: (f"1 {left}", f"2 {right}"))
    label_studio.validate_tasks(page(BOOKS["merged"]), shown)
    data = shown[0]["data"]
    assert (data["document_id"], data["other_id"]) == (copy, kept)
    assert data["text"] == documents["body"][3].as_py()  # as it is, for its digest is compared
    assert data["other_marked"] == f"1 {documents['body'][1].as_py()}"
    assert data["text_marked"] == f"2 {documents['body'][3].as_py()}"
    assert data["other_published"] == "Detak · 3 Maret 2026"
    # a keeper with another text makes another task
    changed = audit_tasks({copy: ("near", 0.5)}, {copy: keeper_target(kept, "0" * 64)}, documents, *arguments)
    assert changed["task_key"] != tasks["task_key"]


# -- Wilson's interval ----------------------------------------------------------------------------


@given(st.integers(1, 5000), st.data())
def test_wilson_is_what_scipy_computes(n: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, n))
    oracle = binomtest(right, n).proportion_ci(method="wilson")
    assert wilson(right / n, n) == pytest.approx((oracle.low, oracle.high), abs=1e-12)


@given(st.floats(0, 1), st.floats(0.5, 1e6), st.floats(1.01, 100))
def test_wilson_holds_its_share_and_shrinks(share: float, n: float, more: float) -> None:
    low, high = wilson(share, n)
    assert 0 <= low <= share <= high <= 1
    narrow = wilson(share, n * more)
    assert narrow[1] - narrow[0] < high - low
    assert wilson(share, math.inf) == (share, share)


# -- what the answers say -------------------------------------------------------------------------


def task(id_: str, stratum: str, probability: float, **other: Any) -> dict[str, Any]:
    return {
        **{"campaign": "audit-dropped", "round": "main", "task_key": f"t{id_}", "document_id": id_, "cluster_id": id_},
        **{"text_sha256": "s", "target": "Iklan judi", "stratum": stratum, "inclusion_probability": probability},
        **{"role": "normal", **other},
    }


def answer(id_: str, value: str | None, annotator: str = "a01", **other: Any) -> dict[str, Any]:
    when = datetime(2026, 3, 1, tzinfo=UTC)
    return {
        **{"campaign": "audit-dropped", "round": "main", "task_key": f"t{id_}", "document_id": id_},
        **{"annotation_id": f"{annotator}{id_}", "text_sha256": "s", "target": "Iklan judi", "annotator": annotator},
        **{"question": "dropped" if value else "", "value": value, "skipped": value is None, "source": "e.json"},
        **{"created_at": when, "updated_at": when, "label_config_sha256": "", "guideline_version": "1.0", **other},
    }


def found(tasks: list[dict[str, Any]], answers: list[dict[str, Any]], book: Codebook = BOOKS["dropped"]) -> Precision:
    return precision(schema.from_rows("tasks", tasks), schema.from_rows("annotations", answers), book)


def test_strata_weigh_as_many_documents_as_they_stand_for() -> None:
    # 4 of 40 and 4 of 10: by hand 0.8 * 3/4 + 0.2 * 2/4 = 0.7, and 1 / (0.64 / 4 + 0.04 / 4) = 5.88 tasks
    tasks = [task(f"a{i}", "spam", 0.1) for i in range(4)] + [task(f"b{i}", "table", 0.4) for i in range(4)]
    said = ["right", "wrong_reason", "right", "wrong", "right", "right", "wrong", "wrong"]
    seen = found(tasks, [answer(row["document_id"], value) for row, value in zip(tasks, said, strict=True)])
    assert [(s.name, s.population, s.right, s.wrong, s.value) for s in seen.strata] == [
        ("spam", 40, 3, 1, 0.75),
        ("table", 10, 2, 2, 0.5),
    ]
    assert seen.overall.value == pytest.approx(0.7)
    assert seen.n_effective == pytest.approx(1 / 0.17)
    assert (seen.overall.low, seen.overall.high) == pytest.approx(wilson(0.7, 1 / 0.17))
    assert seen.wrong == ("a3", "b2", "b3")
    assert dict(seen.answers) == {"right": 4, "wrong_reason": 1, "wrong": 3, "unclear": 0}
    assert "70.0%" in seen.line()


def test_tasks_that_were_not_drawn_have_no_part() -> None:
    tasks = [task(f"a{i}", "spam", 0.5) for i in range(4)]
    given = [answer(row["document_id"], "right") for row in tasks]
    not_drawn = task("g", "gold", 1.0, inclusion_probability=None, role="gold")
    assert found([*tasks, not_drawn], [*given, answer("g", "wrong")]) == found(tasks, given)


def test_equal_weights_give_the_plain_interval() -> None:
    tasks = [task(f"{s}{i}", s, 0.1) for s in "abc" for i in range(10)]
    seen = found(
        tasks, [answer(row["document_id"], "right" if row["document_id"] < "c5" else "wrong") for row in tasks]
    )
    assert seen.n_effective == pytest.approx(30)
    oracle = binomtest(25, 30).proportion_ci(method="wilson")
    assert (seen.overall.low, seen.overall.high) == pytest.approx((oracle.low, oracle.high))


def test_several_annotators_vote_and_what_they_cannot_tell_is_set_aside() -> None:
    tasks = [task(id_, "spam", 0.5) for id_ in "abcdef"]
    answers = [
        *(answer("a", value, who) for value, who in (("right", "a01"), ("right", "a02"), ("wrong", "a03"))),
        *(answer("b", value, who) for value, who in (("right", "a01"), ("wrong", "a02"))),  # divided
        *(answer("c", "unclear", who) for who in ("a01", "a02")),
        answer("d", None),  # skipped
        answer("e", "wrong", text_sha256="another text"),  # drawn again since
    ]
    seen = found(tasks, answers)
    counts = {"right": seen.overall.right, "wrong": seen.overall.wrong, "unclear": seen.overall.unclear}
    assert counts == {"right": 1, "wrong": 0, "unclear": 2}
    assert (seen.overall.open, seen.overall.drawn, seen.annotators) == (3, 6, 3)
    again = found(tasks[::-1], answers[::-1])
    assert again == seen


def test_a_stratum_without_a_judgement_is_named_and_has_no_part() -> None:
    tasks = [task("a", "spam", 0.1), task("b", "table", 0.1)]
    seen = found(tasks, [answer("a", "right"), answer("b", "unclear")])
    assert seen.unjudged == ("table",)
    assert (seen.overall.value, seen.overall.population) == (1.0, 20)
    nothing = found(tasks, [])
    assert nothing.overall.value is None
    assert nothing.n_effective is None
    assert "not known yet" in nothing.line()
    assert nothing.to_dict()["overall"]["open"] == 2


def test_who_has_read_all_of_it_leaves_nothing_to_chance() -> None:
    tasks = [task(id_, "spam", 1.0) for id_ in "abcd"]
    seen = found(tasks, [answer(id_, "wrong" if id_ == "a" else "right") for id_ in "abcd"])
    assert (seen.overall.value, seen.overall.low, seen.overall.high, seen.n_effective) == (0.75, 0.75, 0.75, None)
    partly = found(tasks, [answer(id_, "right") for id_ in "abc"])
    assert partly.overall.low == pytest.approx(wilson(1, 3)[0])


def test_only_the_last_round_counts() -> None:
    tasks = [task("a", "spam", 0.5, round="lama"), task("b", "spam", 0.5, round="baru")]
    seen = found(tasks, [answer("a", "wrong", round="lama"), answer("b", "right", round="baru")])
    assert (seen.round, seen.overall.drawn, seen.overall.value) == ("baru", 1, 1.0)


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    """Samples of 60 from 900 documents in three uneven strata, of which 91 % were dropped rightly."""
    random = np.random.default_rng(7)
    where = {f"{i:04d}": name for i, name in enumerate(["big"] * 700 + ["middle"] * 180 + ["small"] * 20)}
    shares = {"big": 0.95, "middle": 0.8, "small": 0.5}
    right = {id_: bool(random.random() < shares[name]) for id_, name in where.items()}
    truth = sum(right.values()) / len(right)
    held, values = 0, []
    for seed in range(200):
        drawn = draw(where, 60, seed, LEAST)
        answers = [answer(id_, "right" if right[id_] else "wrong") for id_ in drawn]
        seen = found([task(id_, *place) for id_, place in drawn.items()], answers).overall
        assert seen.value is not None
        assert seen.low is not None
        assert seen.high is not None
        values.append(seen.value)
        held += seen.low <= truth <= seen.high
    assert held >= 185  # 95 % of 200 is 190; 185 is 1.6 standard errors below
    assert abs(float(np.mean(values)) - truth) < 0.01


def test_a_codebook_that_lost_a_value_is_refused() -> None:
    book = BOOKS["dropped"]
    question = book.question[0]
    fewer = tuple(label for label in question.label if label.value != "wrong_reason")
    changed = msgspec.structs.replace(book, question=(msgspec.structs.replace(question, label=fewer),))
    with pytest.raises(ConfigError, match="'dropped' lacks wrong_reason"):
        found([task("a", "spam", 1.0)], [], changed)


def test_an_audit_needs_no_list_of_targets_but_other_codebooks_do(tmp_path: Path) -> None:
    text = (Path(config.__file__).parent / "annotation" / "codebooks" / "audit" / "dropped.toml").read_text()
    path = tmp_path / "codebook.toml"
    path.write_text(text.replace('shows = "dropped"', 'shows = "article"'), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"there is no \[\[target\]\]"):
        load(path)
