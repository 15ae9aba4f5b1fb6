from __future__ import annotations

import pyarrow as pa

from curation.annotation.assignment.revision import divided, last_pages
from curation.annotation.codebook import shipped
from curation.annotation.guideline.changes import changes_since
from tests.annotation.assignment.conftest import annotations, answer, changed


def test_changes_add_up_from_version_to_version() -> None:
    book = changed("all", of=changed("labels", "neutral", of=changed("none")))
    assert [change.version for change in changes_since(book, "1.1")] == ["1.2", "1.3"]
    assert [change.version for change in changes_since(book, "1.3")] == []
    # a version that nobody knows any more is older than all
    assert [change.version for change in changes_since(book, "0.9")] == ["1.0", "1.1", "1.2", "1.3"]


def test_a_codebook_that_went_back_lets_its_answers_stand_again() -> None:
    said = annotations([answer("t1", "a01", "neutral", 1)])
    _, aside = divided(said, changed("all"))
    assert aside.num_rows == 1
    counting, nothing = divided(aside, shipped("stance"))
    assert (counting.num_rows, nothing.num_rows) == (1, 0)


def test_the_whole_page_goes_with_a_touched_answer() -> None:
    page = answer("t1", "a01", "neutral", 1)
    sure = page | {"question": "confidence", "value": "sure"}
    other = answer("t2", "a01", "favor", 1)
    counting, aside = divided(annotations([page, sure, other]), changed("labels", "neutral"))
    assert counting["task_key"].to_pylist() == ["t2"]
    assert sorted(aside["question"].to_pylist()) == ["confidence", "stance"]


def test_a_later_page_follows_an_earlier_one_and_both_are_kept_once() -> None:
    book = changed("labels", "neutral")
    old, new = answer("t1", "a01", "neutral", 1), answer("t1", "a01", "favor", 9, "1.1")
    said = annotations([new, old])
    for given in (said, pa.concat_tables([said, said])):
        counting, aside = divided(given, book)
        assert counting["value"].to_pylist() == ["favor"]
        assert aside["value"].to_pylist() == ["neutral"]
    page = last_pages(said, book)["t1", "a01"]
    assert (page.guideline_version, page.stands) == ("1.1", True)


def test_skips_are_touched_by_all_only() -> None:
    skip = annotations([answer("t1", "a01", None, 1)])
    assert last_pages(skip, changed("labels", "neutral"))["t1", "a01"].stands
    assert not last_pages(skip, changed("all"))["t1", "a01"].stands
