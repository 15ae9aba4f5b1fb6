"""Dawid and Skene's model: against plain Python, on simulated annotators, and as labels."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation import schema
from curation.annotation import codebook as codebooks
from curation.annotation.codebook import Codebook
from curation.annotation.resolution.dawid_skene import PRIOR, fit
from curation.annotation.resolution.resolve import dawid_skene, majority
from tests.annotation.resolution.test_resolve import CYCLING, PARKING, answers

BOOK = codebooks.load(Path(__file__).parents[1] / "codebook.toml")


def slow(votes: list[tuple[int, int, int]], n_labels: int, steps: int) -> list[list[float]]:
    """The same model after so many steps, vote by vote."""
    units, people = 1 + max(v[0] for v in votes), 1 + max(v[1] for v in votes)
    labels = range(n_labels)
    chances = []
    for u in range(units):
        given_ = [v[2] for v in votes if v[0] == u]
        chances.append([given_.count(k) / len(given_) for k in labels])
    for _ in range(steps):
        said = [[[PRIOR] * n_labels for _ in labels] for _ in range(people)]
        for u, who, label in votes:
            for k in labels:
                said[who][k][label] += chances[u][k]
        share = [PRIOR + sum(row[k] for row in chances) for k in labels]
        for u in range(units):
            weights = []
            for k in labels:
                log = math.log(share[k] / sum(share))
                log += sum(math.log(said[w][k][x] / sum(said[w][k])) for v, w, x in votes if v == u)
                weights.append(math.exp(log))
            chances[u] = [weight / sum(weights) for weight in weights]
    return chances


ballots = st.lists(st.dictionaries(st.integers(0, 3), st.integers(0, 2), min_size=1), min_size=1, max_size=8)


@settings(max_examples=50)
@given(ballots)
def test_it_is_the_model_vote_by_vote(sheet: list[dict[int, int]]) -> None:
    votes = [(u, who, label) for u, by in enumerate(sheet) for who, label in by.items()]
    unit, annotator, label = np.array(votes).T
    made = fit(unit, annotator, label, 3)
    # where two labels are equally likely, rounding grows with the steps
    assert made.posterior == pytest.approx(np.array(slow(votes, 3, made.steps)), abs=1e-6)
    assert made.posterior.sum(axis=1) == pytest.approx(1)
    assert made.confusion.sum(axis=2) == pytest.approx(1)
    assert made.share.sum() == pytest.approx(1)
    # EM never makes the votes less likely
    assert (np.diff(made.log_likelihood) > -1e-9).all()


def simulated(seed: int, skill: list[float], units: int = 2000, missing: float = 0.0) -> tuple[Any, ...]:
    """Three labels; each annotator is right with this chance, else says one of the others."""
    random = np.random.default_rng(seed)
    truth = random.choice(3, units, p=[0.5, 0.3, 0.2])
    unit = np.repeat(np.arange(units), len(skill))
    annotator = np.tile(np.arange(len(skill)), units)
    right = random.random(len(unit)) < np.array(skill)[annotator]
    label = np.where(right, truth[unit], (truth[unit] + random.integers(1, 3, len(unit))) % 3)
    there = random.random(len(unit)) >= missing
    there[:: len(skill)] = True
    return truth, unit[there], annotator[there], label[there]


def test_it_finds_how_each_annotator_errs() -> None:
    skill = [0.9, 0.8, 0.7, 0.6]
    truth, *votes = simulated(1, skill, missing=0.2)
    made = fit(*votes, 3)
    assert made.converged
    assert made.share == pytest.approx([0.5, 0.3, 0.2], abs=0.03)
    for annotator, chance in enumerate(skill):
        assert np.diagonal(made.confusion[annotator]) == pytest.approx(chance, abs=0.06)
    assert (made.posterior.argmax(axis=1) == truth).mean() > 0.9


def test_it_beats_the_majority_where_some_are_careless() -> None:
    truth, *votes = simulated(2, [0.92, 0.9, 0.4, 0.4, 0.35])
    made = fit(*votes, 3)
    counts = np.zeros((len(truth), 3))
    np.add.at(counts, (votes[0], votes[2]), 1)
    by_majority = (counts.argmax(axis=1) == truth).mean()
    by_model = (made.posterior.argmax(axis=1) == truth).mean()
    assert by_model > by_majority + 0.05


def test_probabilities_mean_what_they_say() -> None:
    truth, *votes = simulated(4, [0.8, 0.7, 0.7], units=4000)
    chance = fit(*votes, 3).posterior
    sure = chance.max(axis=1)
    for low, high in ((0.5, 0.7), (0.7, 0.9), (0.9, 1.0)):
        here = (sure > low) & (sure <= high)
        assert (chance.argmax(axis=1) == truth)[here].mean() == pytest.approx(sure[here].mean(), abs=0.06)


def test_the_order_of_votes_changes_nothing_but_rounding() -> None:
    _, unit, annotator, label = simulated(3, [0.8, 0.7, 0.6], units=300)
    order = np.random.default_rng(1).permutation(len(unit))
    again = fit(unit[order], annotator[order], label[order], 3)
    assert again.posterior == pytest.approx(fit(unit, annotator, label, 3).posterior, abs=1e-9)


def test_no_votes() -> None:
    none = np.empty(0, np.int64)
    made = fit(none, none, none, 3)
    assert made.converged
    assert made.posterior.shape == (0, 3)


# -- as labels ------------------------------------------------------------------------------------


def table(*rows: list[dict[str, Any]]) -> pa.Table:
    return schema.from_rows("annotations", [row for annotation in rows for row in annotation])


def test_labels_have_the_shape_of_the_majority(codebook: Codebook) -> None:
    annotations = table(
        *(
            answers(name, target, stance=stance, text_problem=problem)
            for name, target, stance, problem in (
                ("a01", PARKING, "favor", ["cut"]),
                ("a02", PARKING, "favor", ["cut"]),
                ("a03", PARKING, "against", []),
                ("a01", CYCLING, "against", ["cut"]),
                ("a02", CYCLING, "against", ["cut"]),
            )
        ),
        answers("a04", skip=True),
    )
    model, votes = dawid_skene(annotations, codebook), majority(annotations, codebook)
    assert model.labels.schema == votes.labels.schema
    same = ["campaign", "document_id", "target", "question", "value", "n_votes"]
    assert model.labels.select(same).to_pylist() == votes.labels.select(same).to_pylist()
    assert set(model.labels["method"].to_pylist()) == {"dawid_skene"}
    for row in model.labels.to_pylist():
        chances = json.loads(row["distribution"])
        assert chances[row["value"]] == max(chances.values()) > 0.5
    assert [note.split(":")[0] for note in model.notes] == ["stance", "text_problem"]
    assert all(" converged after " in note for note in model.notes)


def test_the_better_annotator_decides_where_the_majority_has_a_tie() -> None:
    rows = []
    for n in range(30):
        true = ("favor", "against")[n % 2]
        wrong = ("against", "favor")[n % 2]
        rows += [answers(name, document=f"d{n}", stance=true) for name in ("a01", "a02")]
        rows.append(answers("a03", document=f"d{n}", stance=true if n % 3 else wrong))
    rows += [answers("a01", document="last", stance="favor"), answers("a03", document="last", stance="against")]
    annotations = table(*rows)
    assert majority(annotations, BOOK).ties == 1
    model = dawid_skene(annotations, BOOK)
    assert model.ties == 0
    last = [row for row in model.labels.to_pylist() if row["document_id"] == "last"]
    assert [row["value"] for row in last] == ["favor"]


def test_two_who_contradict_each_other_are_a_tie() -> None:
    rows = [answers("a01", stance="favor"), answers("a02", stance="against")]
    assert (dawid_skene(table(*rows), BOOK).labels.num_rows, dawid_skene(table(*rows), BOOK).ties) == (0, 1)


def test_nothing_was_answered() -> None:
    resolved = dawid_skene(schema.empty("annotations"), BOOK)
    assert (resolved.labels.num_rows, resolved.ties, resolved.notes) == (0, 0, ())
