from __future__ import annotations

import json

import pytest

from curation import schema
from curation.check import frame, suites
from curation.errors import UsageError

FRAMES = {
    "raw": lambda write: frame.raw(write("articles", {}), write("rejected", {})),
    "clean": lambda write: frame.clean(write("documents", {}), write("articles", {})),
    "annotated": lambda write: frame.annotated(write("annotations", {}), write("tasks", {}), {}),
    "released": lambda write: frame.released(write("released", {})),
}


@pytest.mark.parametrize("name", suites.names())
def test_a_suite_is_canonical_and_explains_itself(name):
    path = schema.data_folder("expectations") / f"{name}.json"
    text = path.read_text(encoding="utf-8")
    suite = json.loads(text)
    assert suites.canonical(suite) == text
    assert suite["name"] == name
    for expectation in suite["expectations"]:
        assert set(expectation) == {"type", "kwargs", "severity", "meta"}
        assert expectation["severity"] in suites.SEVERITIES
        assert {"why", "owner"} <= set(expectation["meta"]) <= {"why", "owner", "example"}
        assert len(expectation["meta"]["why"]) > 20
    assert 6 <= len(suite["expectations"]) <= 16


@pytest.mark.parametrize("name", suites.names())
def test_a_suite_names_only_columns_of_its_narrow_frame(name, write):
    made = FRAMES[name](write)
    assert suites.columns(suites.load(name)) <= set(made.columns)
    assert not {"raw", "body", "title", "quote"} & set(made.columns)


def test_every_table_that_is_checked_has_a_suite():
    assert sorted(FRAMES) == suites.names()


def test_an_unknown_suite_is_a_usage_error():
    with pytest.raises(UsageError, match=r"no suite 'mentah'.*annotated, clean, raw, released"):
        suites.load("mentah")
