"""What people decided: read from a table that people write."""

from __future__ import annotations

import pytest

from curation.errors import ConfigError
from curation.workspace.decisions import (
    Decision,
    by_id,
    names_of,
    read_decisions,
    told_apart,
    without_document,
)

HEADER = "document,decision,other,who,why\n"


def written(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "decisions.csv"
    path.write_bytes(text.encode(encoding))
    return path


def problems(path):
    with pytest.raises(ConfigError) as caught:
        read_decisions(path)
    return [problem.removeprefix(f"{path}:") for problem in caught.value.problems]


def test_no_file_no_decisions(tmp_path):
    assert read_decisions(tmp_path / "decisions.csv") == []
    assert read_decisions(written(tmp_path, HEADER)) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_read(tmp_path, encoding, end):
    text = HEADER + 'a, keep ,,Sinta,"layak, walau pendek"\n\nb,not_duplicate,https://warta.example/1,Budi,laga lain\n'
    assert read_decisions(written(tmp_path, text.replace("\n", end), encoding)) == [
        Decision("a", "keep", "", "Sinta", "layak, walau pendek"),
        Decision("b", "not_duplicate", "https://warta.example/1", "Budi", "laga lain"),
    ]


def test_columns_may_stand_in_any_order_and_have_company(tmp_path):
    text = "why,who,document,date,decision,other\niklan,Budi,a,2026-03-01,drop,\n"
    assert read_decisions(written(tmp_path, text)) == [Decision("a", "drop", "", "Budi", "iklan")]


def test_every_bad_row_is_told(tmp_path):
    text = HEADER + (
        "a,kepp,,Sinta,layak\n"
        "b,drop,,Sinta,iklan\n"
        ",drop,,Sinta,iklan\n"
        "c,drop,,,iklan\n"
        "d,drop\n"
        "e,not_duplicate,,Sinta,laga lain\n"
        "f,drop,,Sinta,salah, dan iklan\n"
    )
    assert problems(written(tmp_path, text)) == [
        "2: unknown decision 'kepp'. Known: keep, drop, keeper, not_duplicate.",
        "4: the column 'document' is empty. Write an id or a URL.",
        "5: 'who' and 'why' must be filled in: a decision without them can't be defended later.",
        "6: 'who' and 'why' must be filled in: a decision without them can't be defended later.",
        "7: not_duplicate needs the second document in the column 'other'.",
        "8: more values than columns. Put a text with commas in quotes.",
    ]


def test_a_table_with_other_columns_or_letters(tmp_path):
    assert problems(written(tmp_path, "document;decision;other;who;why\n")) == [
        "1: missing column(s) document, decision, other, who, why. Write: document,decision,other,who,why"
    ]
    assert problems(written(tmp_path, "")) == [
        "1: missing column(s) document, decision, other, who, why. Write: document,decision,other,who,why"
    ]
    (problem,) = problems(written(tmp_path, HEADER + "a,keep,,Sinta,café\n", "latin-1"))
    assert "not written in UTF-8" in problem


def decide(document, decision, other=""):
    return Decision(document, decision, other, "Sinta", "sebab")


IDS = names_of(["a", "b"], ["https://warta.example/a", None])


def test_the_last_decision_on_a_document_holds():
    first, last = decide("a", "drop"), decide("https://warta.example/a", "keep")
    assert by_id([first, last, decide("b", "not_duplicate", "a"), decide("unknown", "drop")], IDS) == {"a": last}


def test_pairs_told_apart_have_no_direction():
    found = told_apart(
        [
            decide("b", "not_duplicate", "https://warta.example/a"),
            decide("a", "not_duplicate", "b"),
            decide("a", "not_duplicate", "a"),
            decide("a", "not_duplicate", "unknown"),
            decide("a", "drop"),
        ],
        IDS,
    )
    assert found == {("a", "b")}


@pytest.mark.parametrize(
    ("decision", "text"),
    [
        ("keep", "kept by Sinta: sebab"),
        ("drop", "dropped by Sinta: sebab"),
        ("keeper", "made keeper by Sinta: sebab"),
        ("not_duplicate", "told apart by Sinta: sebab"),
    ],
)
def test_a_decision_as_people_read_it(decision, text):
    assert str(decide("a", decision)) == text


def test_a_url_means_every_version_of_the_page():
    names = names_of(["a", "b", "c"], ["https://warta.example/1", "https://warta.example/1", None])
    drop = decide("https://warta.example/1", "drop")
    assert by_id([drop], names) == {"a": drop, "b": drop}
    assert told_apart([decide("https://warta.example/1", "not_duplicate", "c")], names) == {("a", "c"), ("b", "c")}


def test_a_name_without_a_document_is_told():
    decisions = [decide("a", "drop"), decide("x", "keep"), decide("b", "not_duplicate", "y"), decide("x", "drop")]
    assert without_document(decisions, IDS) == ["x", "y"]
