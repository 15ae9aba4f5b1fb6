from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.annotation import annotators
from curation.annotation.annotators import Annotators, Person, Row, person
from curation.errors import InputError


def test_kept_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "annotators.csv"
    people = Annotators().including([Person("2", "sari@kampus.example"), Person("3", "bayu@kampus.example")])
    people.save(path)
    assert path.read_text() == "annotator,user_id,email\na01,2,sari@kampus.example\na02,3,bayu@kampus.example\n"
    assert annotators.load(path) == people
    assert annotators.load(tmp_path / "none.csv") == Annotators()


def test_a_number_and_an_address_are_one_person_once_seen_together() -> None:
    by_number = Annotators().including([Person("2")])
    both = by_number.including([Person("2", "sari@kampus.example")])
    assert both.rows == (Row("a01", "2", "sari@kampus.example"),)
    assert both.pseudonym(Person(email="SARI@kampus.example")) == "a01"


def test_the_same_number_on_another_server_is_another_person() -> None:
    people = Annotators().including([Person("2", "sari@kampus.example")])
    people = people.including([Person("2", "bayu@kampus.example")])
    assert people.pseudonym(Person("2", "bayu@kampus.example")) == "a02"


def test_two_accounts_may_be_given_one_pseudonym_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "annotators.csv"
    path.write_text("annotator,user_id,email\nsari,2,\nsari,9,sari@lain.example\n")
    people = annotators.load(path).including([Person("11")])
    assert people.pseudonym(Person("2")) == people.pseudonym(Person("9")) == "sari"
    assert people.pseudonym(Person("11")) == "a01"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("annotator,email\n", "user_id"),
        ("annotator,user_id,email\n,2,\n", "annotators.csv:2: a line without a pseudonym"),
    ],
)
def test_a_broken_file_is_told(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "annotators.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=told):
        annotators.load(path)


@pytest.mark.parametrize("value", [None, "", {}, [], True, 1.5, {"id": None}])
def test_nobody(value: object) -> None:
    assert person(value) is None


@given(st.lists(st.sets(st.integers(1, 30).map(lambda n: Person(str(n)))), max_size=6))
def test_a_pseudonym_never_changes(nights: list[set[Person]]) -> None:
    people = Annotators()
    given_out: dict[Person, str] = {}
    for night in nights:
        people = people.including(night)
        for one in night:
            assert given_out.setdefault(one, people.pseudonym(one)) == people.pseudonym(one)
    assert len(set(given_out.values())) == len(given_out)


def test_a_number_alone_is_whom_the_same_export_names_with_an_address():
    """The file was written by hand with addresses; an export names one and the same by number in `updated_by`."""
    known = Annotators((Row("a04", "", "sari@kampus.example"),))
    found = known.including([Person("2"), Person("2", "sari@kampus.example")])
    assert found.rows == (Row("a04", "2", "sari@kampus.example"),)
