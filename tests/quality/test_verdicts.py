from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import curation.quality
from curation import config, schema
from curation.config import Limit
from curation.quality import MEASURES
from curation.quality.verdicts import verdicts

DATA = Path(__file__).parents[2] / "../shared/data"
NAMES = [one.name for one in MEASURES]
PROFILES = sorted((Path(curation.quality.__file__).parent / "profiles").glob("*.toml"))


def table(*rows: dict[str, Any]) -> pa.Table:
    return schema.from_rows("measures", [{"id": str(i), **row} for i, row in enumerate(rows)])


def test_all_reasons_in_the_order_of_the_measures() -> None:
    limits = {"repetition": Limit(max=0.3), "word_count": Limit(min=50, max=900), "gambling": Limit(max=1)}
    rows = [
        {"word_count": 50.0, "repetition": 0.3, "gambling": 1.0},
        {"word_count": 49.0, "repetition": 0.31, "gambling": 0.0},
        {"word_count": 901.0, "repetition": None, "gambling": 2.0},
        {},
    ]
    found = verdicts(table(*rows), limits)
    assert found.schema == schema.arrow_schema("verdicts")
    assert found["reasons"].to_pylist() == [[], ["word_count", "repetition"], ["word_count", "gambling"], []]
    assert found["keep"].to_pylist() == [True, False, False, True]


def test_no_limits_and_no_documents() -> None:
    assert verdicts(table({"word_count": 1.0}), {})["keep"].to_pylist() == [True]
    assert verdicts(table(), {"word_count": Limit(min=50)}).num_rows == 0


VALUES = st.none() | st.floats(0, 10)
ROWS = st.lists(st.fixed_dictionaries(dict.fromkeys(NAMES, VALUES)), max_size=6)
LIMITS = st.dictionaries(st.sampled_from(NAMES), st.builds(Limit, min=VALUES, max=VALUES))


@given(ROWS, LIMITS)
def test_verdicts_equal_the_definition(rows: list[dict[str, float | None]], limits: dict[str, Limit]) -> None:
    expected = []
    for row in rows:
        reasons = []
        for name in NAMES:
            value, limit = row[name], limits.get(name, Limit())
            if value is not None and (
                (limit.min is not None and value < limit.min) or (limit.max is not None and value > limit.max)
            ):
                reasons.append(name)
        expected.append(reasons)
    found = verdicts(table(*rows), limits)
    assert found["reasons"].to_pylist() == expected
    assert found["keep"].to_pylist() == [not reasons for reasons in expected]


@pytest.mark.parametrize("file", PROFILES, ids=lambda file: file.stem)
def test_shipped_profiles_name_measures_and_say_why(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    limits = tomllib.loads(text)["quality"]
    assert set(limits) <= set(NAMES)
    for name in limits:
        after = text.split(f"[quality.{name}]\n")[1]
        assert after.startswith("# "), f"{name}: no comment says why"


def test_the_profile_is_the_default_and_a_workspace_may_change_it() -> None:
    shipped = config.load().quality.limits
    assert shipped["word_count"].min == 60
    changed = config.load(None, ("quality.word_count.min=80",)).quality.limits
    assert changed["word_count"].min == 80
    assert changed["gambling"] == shipped["gambling"]
