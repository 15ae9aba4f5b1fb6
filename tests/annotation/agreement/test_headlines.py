"""Real votes on 15,000 headlines: the published figures, to ten digits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import curation

VOTES = Path(__file__).parents[4] / "shared" / "data" / "headline_votes.csv.gz"
pytestmark = pytest.mark.skipif(
    not VOTES.exists(), reason="../shared/data/headline_votes.csv.gz is not here: the published figures are NOT tested"
)


@pytest.fixture(scope="module")
def result() -> Any:
    return curation.agreement(pd.read_csv(VOTES))


def test_fleiss_and_alpha_are_those_published(result: Any) -> None:
    overall = result.summary[result.summary["scope"] == "all"].set_index("coefficient")
    assert overall.loc["fleiss_kappa", "value"] == pytest.approx(0.42061314439746783, abs=1e-11)
    assert overall.loc["krippendorff_alpha", "value"] == pytest.approx(0.4206260196608438, abs=1e-11)
    assert (overall["n_units"] == 15_000).all()
    assert (overall["low"] < overall["value"]).all()
    assert (overall["high"] > overall["value"]).all()


def test_the_order_of_rows_changes_nothing(result: Any) -> None:
    shuffled = curation.agreement(pd.read_csv(VOTES).sample(frac=1, random_state=3))
    pd.testing.assert_frame_equal(shuffled.summary, result.summary)
    pd.testing.assert_frame_equal(shuffled.confusion, result.confusion)


def test_long_is_as_wide(result: Any) -> None:
    wide = pd.read_csv(VOTES)
    long = wide.melt("item", [f"annotator_{n}" for n in (1, 2, 3)], "annotator", "label").sample(frac=1, random_state=4)
    pd.testing.assert_frame_equal(curation.agreement(long).summary, result.summary)
    assert str(result).startswith("answer: one label; 45,000 answers of 3 annotators, 15,000 units with two or more")
